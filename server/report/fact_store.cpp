#include "report/fact_store.h"

namespace report::fact_store {
namespace {

#define FACT_COLUMNS                                                                           \
  "select id, unit_id, indicator_id, period, state, status, amount, remark, note, report_id, " \
  "revision from fact "

constexpr store::Sql kFind{"fact.find", FACT_COLUMNS "where id = :id"};
constexpr store::Sql kFindCell{
    "fact.find_cell", FACT_COLUMNS
    "where unit_id = :unit and period = :period and indicator_id = :indicator and kind = 0"};

Fact fact_of(const store::Row& row) {
  return {row.id<FactId>(0),
          row.id<org::UnitId>(1),
          row.id<direct::IndicatorId>(2),
          row.string(3),
          static_cast<FactState>(row.integer(4)),
          static_cast<FactStatus>(row.integer(5)),
          row.maybe_integer(6),
          row.string(7),
          row.string(8),
          row.is_null(9) ? ReportId{} : row.id<ReportId>(9),
          row.integer(10)};
}

Revision revision_of(const store::Row& row) {
  return {row.integer(0),
          static_cast<FactState>(row.integer(1)),
          static_cast<FactStatus>(row.integer(2)),
          row.maybe_integer(3),
          row.string(4),
          row.string(5),
          row.string(6),
          row.instant(7)};
}

void add_revision(store::Tx& tx, const Fact& fact, std::int64_t revision, const Hand& hand) {
  static constexpr store::Sql kAdd{
      "fact_revision.add",
      "insert into fact_revision (fact_id, revision, state, status, amount, note, act, account_id, "
      "actor, at) "
      "values (:fact, :revision, :state, :status, :amount, :note, :act, :account, :actor, :at)"};
  tx.run(kAdd, {{"fact", fact.id},
                {"revision", revision},
                {"state", static_cast<int>(fact.state)},
                {"status", static_cast<int>(fact.status)},
                {"amount", fact.amount},
                {"note", fact.note},
                {"act", hand.act},
                {"account", hand.actor.account()},
                {"actor", hand.actor.name()},
                {"at", hand.at}});
}

Line line_of(const store::Row& row, bool with_time) {
  return {row.id<org::UnitId>(0),
          row.id<direct::IndicatorId>(1),
          static_cast<FactState>(row.integer(2)),
          static_cast<FactStatus>(row.integer(3)),
          row.is_null(4) ? 0 : row.integer(4),
          with_time ? row.integer(5) : 0};
}

}  // namespace

void ask(store::Tx& tx, org::UnitId unit, direct::IndicatorId indicator, std::string_view period,
         ReportId report) {
  static constexpr store::Sql kAsk{
      "fact.ask",
      "insert into fact (unit_id, indicator_id, period, state, status, report_id) values (:unit, "
      ":indicator, "
      ":period, 0, 0, :report) on conflict (unit_id, period, indicator_id, kind) do nothing"};
  tx.run(kAsk, {{"unit", unit}, {"indicator", indicator}, {"period", period}, {"report", report}});
}

FactId add(store::Tx& tx, const Fact& fact, const Hand& hand) {
  static constexpr store::Sql kAdd{"fact.add",
                                   "insert into fact (unit_id, indicator_id, period, state, "
                                   "status, amount, remark, note, at, revision) values "
                                   "(:unit, :indicator, :period, :state, :status, :amount, "
                                   ":remark, :note, :at, 1) returning id"};
  Fact made = fact;
  made.id = FactId{tx.integer(kAdd, {{"unit", fact.unit},
                                     {"indicator", fact.indicator},
                                     {"period", fact.period},
                                     {"state", static_cast<int>(fact.state)},
                                     {"status", static_cast<int>(fact.status)},
                                     {"amount", fact.amount},
                                     {"remark", fact.remark},
                                     {"note", fact.note},
                                     {"at", hand.at}})};
  add_revision(tx, made, 1, hand);
  return made.id;
}

void save(store::Tx& tx, const Fact& fact, const Hand& hand) {
  static constexpr store::Sql kSave{
      "fact.save",
      "update fact set state = :state, status = :status, amount = :amount, remark = :remark, note "
      "= :note, at = :at, "
      "revision = revision + 1 where id = :id and revision = :revision"};
  const std::int64_t changed = tx.run(kSave, {{"state", static_cast<int>(fact.state)},
                                              {"status", static_cast<int>(fact.status)},
                                              {"amount", fact.amount},
                                              {"remark", fact.remark},
                                              {"note", fact.note},
                                              {"at", hand.at},
                                              {"id", fact.id},
                                              {"revision", fact.revision}});
  // Read and written in one serialised transaction, or the report's own revision was checked
  // before.
  if (changed != 1) throw store::Failure("fact.save: the fact changed under its report");
  add_revision(tx, fact, fact.revision + 1, hand);
}

std::optional<Fact> find(store::Tx& tx, FactId id) { return tx.one(kFind, {{"id", id}}, fact_of); }

std::optional<Fact> find(store::Tx& tx, org::UnitId unit, direct::IndicatorId indicator,
                         std::string_view period) {
  return tx.one(kFindCell, {{"unit", unit}, {"period", period}, {"indicator", indicator}}, fact_of);
}

std::vector<Fact> all_of(store::Tx& tx, org::UnitId unit, std::string_view period) {
  static constexpr store::Sql kAllOf{
      "fact.all_of", FACT_COLUMNS "where unit_id = :unit and period = :period and kind = 0"};
  return tx.all(kAllOf, {{"unit", unit}, {"period", period}}, fact_of);
}

std::vector<Revision> history(store::Tx& tx, FactId id) {
  static constexpr store::Sql kHistory{"fact_revision.of_fact",
                                       "select revision, state, status, amount, note, act, actor, "
                                       "at from fact_revision where fact_id = :fact "
                                       "order by revision desc"};
  return tx.all(kHistory, {{"fact", id}}, revision_of);
}

std::optional<Revision> last(store::Tx& tx, FactId id) {
  static constexpr store::Sql kLast{"fact_revision.last",
                                    "select revision, state, status, amount, note, act, actor, at "
                                    "from fact_revision where fact_id = :fact "
                                    "order by revision desc limit 1"};
  return tx.one(kLast, {{"fact", id}}, revision_of);
}

void scan(store::Tx& tx, std::string_view period, const std::function<void(const Line&)>& take) {
  static constexpr store::Sql kScan{
      "fact.scan",
      "select unit_id, indicator_id, state, status, amount from fact where period "
      "= :period and kind = 0"};
  tx.each(kScan, {{"period", period}}, [&](const store::Row& row) { take(line_of(row, false)); });
}

void of_unit(store::Tx& tx, org::UnitId unit, std::string_view period,
             const std::function<void(const Line&)>& take) {
  static constexpr store::Sql kOfUnit{"fact.of_unit",
                                      "select unit_id, indicator_id, state, status, amount, at "
                                      "from fact where unit_id = :unit and period = "
                                      ":period and kind = 0"};
  tx.each(kOfUnit, {{"unit", unit}, {"period", period}},
          [&](const store::Row& row) { take(line_of(row, true)); });
}

void of_indicator(store::Tx& tx, direct::IndicatorId indicator, std::string_view period,
                  const std::function<void(const Line&)>& take) {
  static constexpr store::Sql kOfIndicator{"fact.of_indicator",
                                           "select unit_id, indicator_id, state, status, amount, "
                                           "at from fact where period = :period and kind = 0 and "
                                           "indicator_id = :indicator"};
  tx.each(kOfIndicator, {{"period", period}, {"indicator", indicator}},
          [&](const store::Row& row) { take(line_of(row, true)); });
}

std::vector<direct::IndicatorId> asked(store::Tx& tx, std::string_view period) {
  static constexpr store::Sql kAsked{"request_indicator.of_period",
                                     "select distinct i.indicator_id from request q join "
                                     "request_indicator i on i.request_id = q.id where "
                                     "q.period = :period"};
  return tx.all(kAsked, {{"period", period}},
                [](const store::Row& row) { return row.id<direct::IndicatorId>(0); });
}

}  // namespace report::fact_store
