#include "report/narrative_store.h"

namespace report::narrative_store {
namespace {

/// Ten minutes: what is typed in one go is one revision of a paragraph.
constexpr std::int64_t kOneGo = 10LL * 60 * 1'000'000;

Block block_of(const store::Row& row) {
  return {row.id<BlockId>(0),
          row.string(1),
          row.integer(2),
          row.string(3),
          row.instant(4),
          row.is_null(5) ? BlockId{} : row.id<BlockId>(5),
          false};
}

Bound bound_of(const store::Row& row) {
  return {row.id<FactId>(0), row.integer(1), static_cast<FactState>(row.integer(2)),
          static_cast<FactStatus>(row.integer(3)), row.maybe_integer(4)};
}

void save_status(store::Tx& tx, ReportId report, const Section& section) {
  static constexpr store::Sql kSave{
      "report_section.save",
      "insert into report_section (report_id, section, status, remark) values (:report, :section, "
      ":status, :remark) on conflict (report_id, section) do update set status = excluded.status, "
      "remark = excluded.remark"};
  tx.run(kSave, {{"report", report},
                 {"section", section.asked.code},
                 {"status", static_cast<int>(section.status)},
                 {"remark", section.remark}});
}

void add_revision(store::Tx& tx, const Block& block, const fact_store::Hand& hand) {
  static constexpr store::Sql kAdd{
      "narrative_revision.add",
      "insert into narrative_revision (block_id, revision, text, actor, account_id, at) values "
      "(:block, :revision, :text, :actor, :account, :at) on conflict (block_id, revision) do "
      "update set text = excluded.text, at = excluded.at"};
  tx.run(kAdd, {{"block", block.id},
                {"revision", block.revision},
                {"text", block.text},
                {"actor", hand.actor.name()},
                {"account", hand.actor.account()},
                {"at", hand.at}});
}

void add_block(store::Tx& tx, ReportId report, const std::string& section, std::size_t position,
               Block& block, const fact_store::Hand& hand) {
  static constexpr store::Sql kAdd{
      "narrative_block.add",
      "insert into narrative_block (report_id, section, position, text, actor, account_id, at, "
      "from_id) values (:report, :section, :position, :text, :actor, :account, :at, :from) "
      "returning id"};
  block.id =
      BlockId{tx.integer(kAdd, {{"report", report},
                                {"section", section},
                                {"position", position},
                                {"text", block.text},
                                {"actor", hand.actor.name()},
                                {"account", hand.actor.account()},
                                {"at", hand.at},
                                {"from", block.from ? store::Value(block.from) : store::Value()}})};
  block.revision = 1;
  add_revision(tx, block, hand);
}

/// May the last revision be written over? Only by who wrote it, soon after, and while nobody above
/// has seen it.
bool is_same_go(store::Tx& tx, const Block& block, const fact_store::Hand& hand) {
  static constexpr store::Sql kCount{
      "narrative_revision.same_go",
      "select count(*) from narrative_revision v where v.block_id = :block and v.revision = "
      ":revision and v.account_id = :account and v.at > :since and not exists (select 1 from "
      "report_round_block b where b.block_id = v.block_id and b.revision = v.revision)"};
  return tx.integer(kCount, {{"block", block.id},
                             {"revision", block.revision},
                             {"account", hand.actor.account()},
                             {"since", hand.at.microseconds - kOneGo}}) > 0;
}

void save_block(store::Tx& tx, Block& block, const fact_store::Hand& hand) {
  static constexpr store::Sql kSave{
      "narrative_block.save",
      "update narrative_block set text = :text, revision = :revision, actor = :actor, account_id = "
      ":account, at = :at where id = :id"};
  if (!is_same_go(tx, block, hand)) ++block.revision;
  tx.run(kSave, {{"text", block.text},
                 {"revision", block.revision},
                 {"actor", hand.actor.name()},
                 {"account", hand.actor.account()},
                 {"at", hand.at},
                 {"id", block.id}});
  add_revision(tx, block, hand);
}

void save_section(store::Tx& tx, ReportId report, Section& section, const fact_store::Hand& hand) {
  static constexpr store::Sql kPlace{"narrative_block.place",
                                     "update narrative_block set position = :position where id = "
                                     ":id and position <> :position"};
  static constexpr store::Sql kRemove{"narrative_block.remove",
                                      "update narrative_block set is_removed = 1 where id = :id"};
  save_status(tx, report, section);
  for (std::size_t i = 0; i < section.blocks.size(); ++i) {
    Block& block = section.blocks[i];
    if (!block.id) {
      add_block(tx, report, section.asked.code, i, block, hand);
      continue;
    }
    if (block.is_changed) save_block(tx, block, hand);
    tx.run(kPlace, {{"position", i}, {"id", block.id}});
  }
  for (const BlockId removed : section.removed) tx.run(kRemove, {{"id", removed}});
}

void open_round(store::Tx& tx, const Sheet& sheet, const fact_store::Hand& hand) {
  static constexpr store::Sql kNext{
      "report_round.next",
      "select coalesce(max(round), 0) + 1 from report_round where report_id = :report"};
  static constexpr store::Sql kAdd{
      "report_round.add",
      "insert into report_round (report_id, round, submitted_at, submitted_by) values (:report, "
      ":round, :at, :by)"};
  static constexpr store::Sql kAddBlock{
      "report_round_block.add",
      "insert into report_round_block (report_id, round, position, section, block_id, revision) "
      "values (:report, :round, :position, :section, :block, :revision)"};
  const std::int64_t round = tx.integer(kNext, {{"report", sheet.report.id}});
  tx.run(
      kAdd,
      {{"report", sheet.report.id}, {"round", round}, {"at", hand.at}, {"by", hand.actor.name()}});
  std::int64_t position = 0;
  for (const Section& section : sheet.narrative.sections) {
    for (const Block& block : section.blocks) {
      tx.run(kAddBlock, {{"report", sheet.report.id},
                         {"round", round},
                         {"position", position++},
                         {"section", section.asked.code},
                         {"block", block.id},
                         {"revision", block.revision}});
    }
  }
}

void close_round(store::Tx& tx, const Sheet& sheet, const fact_store::Hand& hand) {
  static constexpr store::Sql kClose{
      "report_round.close",
      "update report_round set returned_at = :at, returned_by = :by, remark = :remark where "
      "report_id = :report and returned_at is null"};
  const std::vector<store::Param> params{{"report", sheet.report.id},
                                         {"at", hand.at},
                                         {"by", hand.actor.name()},
                                         {"remark", sheet.report.remark}};
  if (tx.run(kClose, params) > 0) return;
  open_round(tx, sheet, hand);  // handed up before rounds were kept
  tx.run(kClose, params);
}

}  // namespace

void add_outline(store::Tx& tx, RequestId request, const std::vector<OutlineSection>& outline) {
  static constexpr store::Sql kAdd{
      "request_section.add",
      "insert into request_section (request_id, position, code, title, guidance, is_required) "
      "values (:request, :position, :code, :title, :guidance, :required)"};
  for (std::size_t i = 0; i < outline.size(); ++i) {
    tx.run(kAdd, {{"request", request},
                  {"position", i},
                  {"code", outline[i].code},
                  {"title", outline[i].title},
                  {"guidance", outline[i].guidance},
                  {"required", outline[i].is_required ? 1 : 0}});
  }
}

std::vector<OutlineSection> outline(store::Tx& tx, RequestId request) {
  static constexpr store::Sql kOutline{
      "request_section.of_request",
      "select code, title, guidance, is_required from request_section where request_id = :request "
      "order by position"};
  return tx.all(kOutline, {{"request", request}}, [](const store::Row& row) {
    return OutlineSection{row.string(0), row.string(1), row.string(2), row.integer(3) != 0};
  });
}

Narrative of_report(store::Tx& tx, ReportId report, RequestId request) {
  static constexpr store::Sql kSections{
      "report_section.of_report",
      "select section, status, remark from report_section where report_id = :report"};
  static constexpr store::Sql kBlocks{
      "narrative_block.of_report",
      "select id, text, revision, actor, at, from_id, section from narrative_block where report_id "
      "= :report and is_removed = 0 order by position, id"};
  Narrative made;
  for (OutlineSection& asked : outline(tx, request)) {
    Section section;
    section.asked = std::move(asked);
    made.sections.push_back(std::move(section));
  }
  if (made.sections.empty()) return made;
  tx.each(kSections, {{"report", report}}, [&](const store::Row& row) {
    if (Section* section = made.find(row.text(0))) {
      section->status = static_cast<FactStatus>(row.integer(1));
      section->remark = row.string(2);
    }
  });
  tx.each(kBlocks, {{"report", report}}, [&](const store::Row& row) {
    if (Section* section = made.find(row.text(6))) section->blocks.push_back(block_of(row));
  });
  return made;
}

void save(store::Tx& tx, Sheet& sheet, const fact_store::Hand& hand) {
  for (Section& section : sheet.narrative.sections) {
    if (section.is_changed) save_section(tx, sheet.report.id, section, hand);
  }
  if (hand.act == "report.submitted") open_round(tx, sheet, hand);
  if (hand.act == "report.returned") close_round(tx, sheet, hand);
}

std::optional<Found> find(store::Tx& tx, BlockId block) {
  static constexpr store::Sql kFind{
      "narrative_block.find",
      "select b.id, b.text, b.revision, b.actor, b.at, b.from_id, b.section, b.report_id, "
      "r.request_id, r.unit_id, q.period, b.is_removed from narrative_block b join report r on "
      "r.id = b.report_id join request q on q.id = r.request_id where b.id = :id"};
  return tx.one(kFind, {{"id", block}}, [](const store::Row& row) {
    return Found{block_of(row), row.id<ReportId>(7), row.id<RequestId>(8), row.id<org::UnitId>(9),
                 row.string(6), row.string(10),      row.integer(11) != 0};
  });
}

std::vector<Revision> history(store::Tx& tx, BlockId block) {
  static constexpr store::Sql kHistory{
      "narrative_revision.of_block",
      "select revision, text, actor, at from narrative_revision where block_id = :block order by "
      "revision desc"};
  return tx.all(kHistory, {{"block", block}}, [](const store::Row& row) {
    return Revision{row.integer(0), row.string(1), row.string(2), row.instant(3)};
  });
}

void bind(store::Tx& tx, BlockId block, const std::vector<Binding>& bindings) {
  static constexpr store::Sql kClear{"narrative_binding.clear",
                                     "delete from narrative_binding where block_id = :block"};
  static constexpr store::Sql kAdd{
      "narrative_binding.add",
      "insert into narrative_binding (block_id, position, indicator_id, period, fact_id, "
      "fact_revision, amount) values (:block, :position, :indicator, :period, :fact, :revision, "
      ":amount)"};
  tx.run(kClear, {{"block", block}});
  for (std::size_t i = 0; i < bindings.size(); ++i) {
    const Binding& one = bindings[i];
    tx.run(kAdd, {{"block", block},
                  {"position", i},
                  {"indicator", one.indicator},
                  {"period", one.period},
                  {"fact", one.fact ? store::Value(one.fact) : store::Value()},
                  {"revision", one.fact_revision},
                  {"amount", one.amount}});
  }
}

std::vector<Binding> bindings(store::Tx& tx, BlockId block) {
  static constexpr store::Sql kOfBlock{
      "narrative_binding.of_block",
      "select indicator_id, period, fact_id, fact_revision, amount from narrative_binding where "
      "block_id = :block order by position"};
  return tx.all(kOfBlock, {{"block", block}}, [](const store::Row& row) {
    return Binding{row.id<direct::IndicatorId>(0), row.string(1),
                   row.is_null(2) ? FactId{} : row.id<FactId>(2), row.integer(3),
                   row.maybe_integer(4)};
  });
}

std::optional<Bound> fact(store::Tx& tx, org::UnitId unit, direct::IndicatorId indicator,
                          std::string_view period, bool estimate) {
  static constexpr store::Sql kFact{
      "fact.bound",
      "select id, revision, state, status, amount from fact where unit_id = :unit and period = "
      ":period and indicator_id = :indicator and kind = :kind"};
  return tx.one(
      kFact,
      {{"unit", unit}, {"period", period}, {"indicator", indicator}, {"kind", estimate ? 1 : 0}},
      bound_of);
}

std::vector<Round> rounds(store::Tx& tx, ReportId report) {
  static constexpr store::Sql kRounds{
      "report_round.of_report",
      "select round, submitted_at, submitted_by, returned_at, returned_by, remark from "
      "report_round where report_id = :report order by round"};
  return tx.all(kRounds, {{"report", report}}, [](const store::Row& row) {
    return Round{row.integer(0), row.instant(1),
                 row.string(2),  row.is_null(3) ? std::nullopt : std::optional(row.instant(3)),
                 row.string(4),  row.string(5)};
  });
}

std::vector<Block> handed_up(store::Tx& tx, ReportId report, std::int64_t round,
                             std::string_view section) {
  static constexpr store::Sql kHandedUp{
      "report_round_block.of_section",
      "select v.block_id, v.text, v.revision, v.actor, v.at, n.from_id from report_round_block b "
      "join narrative_revision v on v.block_id = b.block_id and v.revision = b.revision join "
      "narrative_block n on n.id = b.block_id where b.report_id = :report and b.round = :round and "
      "b.section = :section order by b.position"};
  return tx.all(kHandedUp, {{"report", report}, {"round", round}, {"section", section}}, block_of);
}

std::optional<Bound> given_back(store::Tx& tx, FactId fact, base::Instant at) {
  static constexpr store::Sql kGivenBack{
      "fact_revision.given_back",
      "select fact_id, revision, state, status, amount from fact_revision where fact_id = :fact "
      "and act = 'report.returned' and at = :at order by revision desc limit 1"};
  return tx.one(kGivenBack, {{"fact", fact}, {"at", at}}, bound_of);
}

std::optional<Bound> stood(store::Tx& tx, FactId fact, base::Instant at) {
  static constexpr store::Sql kStood{
      "fact_revision.stood",
      "select fact_id, revision, state, status, amount from fact_revision where fact_id = :fact "
      "and at <= :at order by revision desc limit 1"};
  return tx.one(kStood, {{"fact", fact}, {"at", at}}, bound_of);
}

std::vector<Earlier> written_in(store::Tx& tx, org::UnitId unit, std::string_view period) {
  static constexpr store::Sql kWritten{
      "report.written_in",
      "select r.id, r.request_id, q.unit_id, q.title, q.regime_id from report r join request q on "
      "q.id = r.request_id where r.unit_id = :unit and q.period = :period and exists (select 1 "
      "from narrative_block b where b.report_id = r.id and b.is_removed = 0) order by r.id desc "
      "limit 50"};
  return tx.all(kWritten, {{"unit", unit}, {"period", period}}, [](const store::Row& row) {
    return Earlier{row.id<ReportId>(0), row.id<RequestId>(1), row.id<org::UnitId>(2), row.string(3),
                   row.maybe_integer(4)};
  });
}

std::optional<std::int64_t> regime_of(store::Tx& tx, RequestId request) {
  static constexpr store::Sql kRegime{"request.regime",
                                      "select regime_id from request where id = :id"};
  return tx
      .one(kRegime, {{"id", request}}, [](const store::Row& row) { return row.maybe_integer(0); })
      .value_or(std::nullopt);
}

}  // namespace report::narrative_store
