#include "report/consolidated_store.h"

#include <map>

namespace report::consolidated_store {
namespace {

#define SOURCE_COLUMNS                                                                  \
  "select b.id, b.text, b.revision, b.actor, b.at, b.from_id, b.report_id, r.unit_id, " \
  "r.state, b.section, b.is_removed from narrative_block b join report r on r.id = b.report_id "

SourceBlock source_of(const store::Row& row) {
  return {{row.id<BlockId>(0), row.string(1), row.integer(2), row.string(3), row.instant(4),
           row.is_null(5) ? BlockId{} : row.id<BlockId>(5), false},
          row.id<ReportId>(6),
          row.id<org::UnitId>(7),
          report_state_named(row.text(8)).value(),
          row.string(9),
          row.integer(10) != 0};
}

void add_revision(store::Tx& tx, const ConsolidatedBlock& block, const Hand& hand) {
  static constexpr store::Sql kAdd{
      "consolidation_revision.add",
      "insert into consolidation_revision (block_id, revision, text, actor, account_id, at) values "
      "(:block, :revision, :text, :actor, :account, :at)"};
  tx.run(kAdd, {{"block", block.id},
                {"revision", block.revision},
                {"text", block.text},
                {"actor", hand.actor.name()},
                {"account", hand.actor.account()},
                {"at", hand.at}});
}

void add(store::Tx& tx, RequestId request, ConsolidatedBlock& block, std::size_t position,
         const Hand& hand) {
  static constexpr store::Sql kAdd{
      "consolidation_block.add",
      "insert into consolidation_block (request_id, section, position, text, actor, account_id, "
      "at) values (:request, :section, :position, :text, :actor, :account, :at) returning id"};
  block.id = ConsolidatedId{tx.integer(kAdd, {{"request", request},
                                              {"section", block.section},
                                              {"position", position},
                                              {"text", block.text},
                                              {"actor", hand.actor.name()},
                                              {"account", hand.actor.account()},
                                              {"at", hand.at}})};
  block.revision = 1;
  add_revision(tx, block, hand);
}

void save_text(store::Tx& tx, ConsolidatedBlock& block, const Hand& hand) {
  static constexpr store::Sql kSave{
      "consolidation_block.save",
      "update consolidation_block set text = :text, revision = :revision, actor = :actor, "
      "account_id = :account, at = :at where id = :id"};
  ++block.revision;
  tx.run(kSave, {{"text", block.text},
                 {"revision", block.revision},
                 {"actor", hand.actor.name()},
                 {"account", hand.actor.account()},
                 {"at", hand.at},
                 {"id", block.id}});
  add_revision(tx, block, hand);
}

}  // namespace

std::int64_t revision(store::Tx& tx, RequestId request, std::string_view section) {
  static constexpr store::Sql kRevision{
      "consolidated_section.revision",
      "select revision from consolidated_section where request_id = :request and section = "
      ":section"};
  return tx
      .one(kRevision, {{"request", request}, {"section", section}},
           [](const store::Row& row) { return row.integer(0); })
      .value_or(1);
}

bool advance(store::Tx& tx, RequestId request, std::string_view section, std::int64_t seen) {
  static constexpr store::Sql kBegin{
      "consolidated_section.begin",
      "insert into consolidated_section (request_id, section, revision) values (:request, "
      ":section, 1) on conflict (request_id, section) do nothing"};
  static constexpr store::Sql kAdvance{
      "consolidated_section.advance",
      "update consolidated_section set revision = revision + 1 where request_id = :request and "
      "section = :section and revision = :seen"};
  tx.run(kBegin, {{"request", request}, {"section", section}});
  return tx.run(kAdvance, {{"request", request}, {"section", section}, {"seen", seen}}) == 1;
}

std::vector<ConsolidatedBlock> blocks(store::Tx& tx, RequestId request, std::string_view section) {
  static constexpr store::Sql kBlocks{
      "consolidation_block.of_request",
      "select id, section, text, revision, actor, at from consolidation_block where request_id = "
      ":request and (:section = '' or section = :section) and is_removed = 0 order by section, "
      "position, id"};
  static constexpr store::Sql kSources{
      "consolidation_source.of_request",
      "select s.block_id, s.source_id, s.source_revision from consolidation_source s join "
      "consolidation_block c on c.id = s.block_id where c.request_id = :request and (:section = '' "
      "or c.section = :section) and c.is_removed = 0 order by s.block_id, s.source_id"};
  const std::vector<store::Param> params{{"request", request}, {"section", section}};
  auto made = tx.all(kBlocks, params, [](const store::Row& row) {
    return ConsolidatedBlock{row.id<ConsolidatedId>(0),
                             row.string(1),
                             row.string(2),
                             row.integer(3),
                             row.string(4),
                             row.instant(5),
                             {},
                             false};
  });
  std::map<ConsolidatedId, std::size_t> at;
  for (std::size_t i = 0; i < made.size(); ++i) at.emplace(made[i].id, i);
  tx.each(kSources, params, [&](const store::Row& row) {
    made[at.at(row.id<ConsolidatedId>(0))].sources.push_back({row.id<BlockId>(1), row.integer(2)});
  });
  return made;
}

void save(store::Tx& tx, RequestId request, ConsolidatedBlock& block, std::size_t position,
          const Hand& hand) {
  static constexpr store::Sql kPlace{"consolidation_block.place",
                                     "update consolidation_block set position = :position where id "
                                     "= :id and position <> :position"};
  static constexpr store::Sql kClear{"consolidation_source.clear",
                                     "delete from consolidation_source where block_id = :block"};
  static constexpr store::Sql kAddSource{
      "consolidation_source.add",
      "insert into consolidation_source (block_id, source_id, source_revision) values (:block, "
      ":source, :revision)"};
  if (!block.id)
    add(tx, request, block, position, hand);
  else if (block.is_changed)
    save_text(tx, block, hand);
  tx.run(kPlace, {{"position", position}, {"id", block.id}});
  tx.run(kClear, {{"block", block.id}});
  for (const SourceMark& source : block.sources) {
    tx.run(kAddSource,
           {{"block", block.id}, {"source", source.block}, {"revision", source.revision}});
  }
}

void remove(store::Tx& tx, ConsolidatedId block) {
  static constexpr store::Sql kRemove{"consolidation_block.remove",
                                      "update consolidation_block set is_removed = 1 where id = "
                                      ":id"};
  tx.run(kRemove, {{"id", block}});
}

std::vector<SourceBlock> sources(store::Tx& tx, const org::Scope& scope, RequestId request,
                                 std::string_view section, bool submitted) {
  static constexpr store::Sql kSources{
      "narrative_block.of_request",
      "with recursive " ORG_VISIBLE_UNITS SOURCE_COLUMNS
      "where r.request_id = :request and (:section = '' or b.section = :section) and b.is_removed "
      "= 0 and (r.state = 'accepted' or (:submitted = 1 and r.state = 'submitted')) and r.unit_id "
      "in (select unit_id from visible) order by r.id, b.position, b.id"};
  return tx.all(kSources,
                {{"account", scope.account},
                 {"day", scope.day},
                 {"sees_all", scope.sees_all ? 1 : 0},
                 {"request", request},
                 {"section", section},
                 {"submitted", submitted ? 1 : 0}},
                source_of);
}

std::optional<SourceBlock> source(store::Tx& tx, RequestId request, BlockId block) {
  static constexpr store::Sql kSource{"narrative_block.of_request_one", SOURCE_COLUMNS
                                      "where r.request_id = :request and b.id = :block"};
  return tx.one(kSource, {{"request", request}, {"block", block}}, source_of);
}

std::optional<std::string> text_at(store::Tx& tx, BlockId block, std::int64_t revision) {
  static constexpr store::Sql kText{"narrative_revision.text",
                                    "select text from narrative_revision where block_id = :block "
                                    "and revision = :revision"};
  return tx.one(kText, {{"block", block}, {"revision", revision}},
                [](const store::Row& row) { return row.string(0); });
}

std::vector<EarlierRequest> requests_in(store::Tx& tx, org::UnitId unit, std::string_view period) {
  static constexpr store::Sql kRequests{
      "request.of_unit_in",
      "select id, title, regime_id from request where unit_id = :unit and period = :period order "
      "by id desc limit 200"};
  return tx.all(kRequests, {{"unit", unit}, {"period", period}}, [](const store::Row& row) {
    return EarlierRequest{row.id<RequestId>(0), row.string(1), row.maybe_integer(2)};
  });
}

std::vector<SourceBlock> written(store::Tx& tx, const org::Scope& scope, RequestId request,
                                 bool drafts) {
  static constexpr store::Sql kWritten{
      "narrative_block.written",
      "with recursive " ORG_VISIBLE_UNITS SOURCE_COLUMNS
      "where r.request_id = :request and b.is_removed = 0 and (:drafts = 1 or r.state <> 'draft') "
      "and r.unit_id in (select unit_id from visible) order by r.id, b.position, b.id"};
  return tx.all(kWritten,
                {{"account", scope.account},
                 {"day", scope.day},
                 {"sees_all", scope.sees_all ? 1 : 0},
                 {"request", request},
                 {"drafts", drafts ? 1 : 0}},
                source_of);
}

std::vector<LeftOut> left_out(store::Tx& tx, RequestId request, std::string_view section) {
  static constexpr store::Sql kLeftOut{
      "consolidation_left_out.of_section",
      "select source_id, reason, actor, at from consolidation_left_out where request_id = :request "
      "and section = :section order by source_id"};
  return tx.all(kLeftOut, {{"request", request}, {"section", section}}, [](const store::Row& row) {
    return LeftOut{row.id<BlockId>(0), row.string(1), row.string(2), row.instant(3)};
  });
}

void leave_out(store::Tx& tx, RequestId request, std::string_view section,
               const std::vector<LeftOut>& left_out) {
  static constexpr store::Sql kClear{"consolidation_left_out.clear",
                                     "delete from consolidation_left_out where request_id = "
                                     ":request and section = :section"};
  static constexpr store::Sql kAdd{
      "consolidation_left_out.add",
      "insert into consolidation_left_out (request_id, section, source_id, reason, actor, at) "
      "values (:request, :section, :source, :reason, :actor, :at)"};
  tx.run(kClear, {{"request", request}, {"section", section}});
  for (const LeftOut& one : left_out) {
    tx.run(kAdd, {{"request", request},
                  {"section", section},
                  {"source", one.block},
                  {"reason", one.reason},
                  {"actor", one.by},
                  {"at", one.at}});
  }
}

}  // namespace report::consolidated_store
