#include "report/fact_store.h"

#include "report/kept_facts.h"

namespace report::fact_store {
namespace {

#define FACT_COLUMNS                                                                           \
  "select id, unit_id, indicator_id, period, state, status, amount, remark, note, report_id, " \
  "revision, kind from fact "

constexpr store::Sql kFind{"fact.find", FACT_COLUMNS "where id = :id"};
constexpr store::Sql kFindCell{
    "fact.find_cell", FACT_COLUMNS
    "where unit_id = :unit and period = :period and indicator_id = :indicator and kind = :kind"};

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
          row.integer(10),
          static_cast<FactKind>(row.integer(11))};
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

// Few columns, since totals read many rows.
#define LINE_COLUMNS(indicator)                                           \
  "select unit_id, state * 8 + status, coalesce(amount, 0), at" indicator \
  " from fact where period = :period and "

Line line_of(const store::Row& row, direct::IndicatorId indicator) {
  const std::int64_t how = row.integer(1);
  return {row.id<org::UnitId>(0),           indicator,      static_cast<FactState>(how / 8),
          static_cast<FactStatus>(how % 8), row.integer(2), row.integer(3)};
}

}  // namespace

bool ask(store::Tx& tx, org::UnitId unit, direct::IndicatorId indicator, std::string_view period,
         FactKind kind, ReportId report) {
  static constexpr store::Sql kAsk{"fact.ask",
                                   "insert into fact (unit_id, indicator_id, period, kind, state, "
                                   "status, report_id) values (:unit, "
                                   ":indicator, "
                                   ":period, :kind, 0, 0, :report) on conflict (unit_id, period, "
                                   "indicator_id, kind) do nothing"};
  kept_facts::changed(tx, unit, period);
  return tx.run(kAsk, {{"unit", unit},
                       {"indicator", indicator},
                       {"period", period},
                       {"kind", static_cast<int>(kind)},
                       {"report", report}}) == 1;
}

FactId add(store::Tx& tx, const Fact& fact, const Hand& hand) {
  static constexpr store::Sql kAdd{"fact.add",
                                   "insert into fact (unit_id, indicator_id, period, kind, state, "
                                   "status, amount, remark, note, at, revision) values "
                                   "(:unit, :indicator, :period, :kind, :state, :status, :amount, "
                                   ":remark, :note, :at, 1) returning id"};
  kept_facts::changed(tx, fact.unit, fact.period);
  Fact made = fact;
  made.id = FactId{tx.integer(kAdd, {{"unit", fact.unit},
                                     {"indicator", fact.indicator},
                                     {"period", fact.period},
                                     {"kind", static_cast<int>(fact.kind)},
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
  kept_facts::changed(tx, fact.unit, fact.period);
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
                         std::string_view period, FactKind kind) {
  return tx.one(kFindCell,
                {{"unit", unit},
                 {"period", period},
                 {"indicator", indicator},
                 {"kind", static_cast<int>(kind)}},
                fact_of);
}

std::vector<Fact> of_report(store::Tx& tx, ReportId report) {
  static constexpr store::Sql kOfReport{
      "fact.of_report",
      "select f.id, f.unit_id, f.indicator_id, f.period, f.state, f.status, f.amount, f.remark, "
      "f.note, f.report_id, f.revision, f.kind from report r join request q on q.id = "
      "r.request_id join request_indicator i on i.request_id = q.id join fact f on f.unit_id = "
      "r.unit_id and f.indicator_id = i.indicator_id and f.kind = i.kind and f.period = case when "
      "i.period = '' then q.period else i.period end where r.id = :report order by i.position"};
  return tx.all(kOfReport, {{"report", report}}, fact_of);
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

void scan(store::Tx& tx, std::string_view period, const TakeLine& take) {
  static constexpr store::Sql kScan{"fact.scan", LINE_COLUMNS(", indicator_id") "kind = 0"};
  tx.each(kScan, {{"period", period}},
          [&](const store::Row& row) { take(line_of(row, row.id<direct::IndicatorId>(4))); });
}

void of_indicator(store::Tx& tx, direct::IndicatorId indicator, std::string_view period,
                  const TakeLine& take) {
  static constexpr store::Sql kOfIndicator{
      "fact.of_indicator", LINE_COLUMNS("") "kind = 0 and indicator_id = :indicator"};
  tx.each(kOfIndicator, {{"period", period}, {"indicator", indicator}},
          [&](const store::Row& row) { take(line_of(row, indicator)); });
}

void of_unit(store::Tx& tx, org::UnitId unit, std::string_view period, const TakeLine& take) {
  // The plus keeps this question out of `fact_scan`, which is of kind 0 only: without statistics
  // SQLite would walk everybody's facts of the period there instead of the unit's own few.
  static constexpr store::Sql kOfUnit{
      "fact.of_unit", LINE_COLUMNS(", indicator_id") "+kind = 0 and unit_id = :unit"};
  tx.each(kOfUnit, {{"unit", unit}, {"period", period}},
          [&](const store::Row& row) { take(line_of(row, row.id<direct::IndicatorId>(4))); });
}

void past_of_unit(
    store::Tx& tx, org::UnitId unit, const std::vector<std::string>& periods,
    const std::function<void(std::string_view, direct::IndicatorId, std::int64_t)>& take) {
  static constexpr store::Sql kPast{
      "fact.past_of_unit",
      "select period, indicator_id, amount from fact where unit_id = :unit and period in (:a, :b, "
      ":c, :d, :e, :f, :g, :h, :i, :j, :k, :l) and +kind = 0 and state = 1 and status in (1, 3)"};
  static constexpr const char* kNames[kMostPast] = {"a", "b", "c", "d", "e", "f",
                                                    "g", "h", "i", "j", "k", "l"};
  std::vector<store::Param> params{{"unit", unit}};
  for (std::size_t i = 0; i < kMostPast; ++i) {
    params.push_back({kNames[i], i < periods.size() ? periods[i] : std::string()});
  }
  tx.each(kPast, params, [&](const store::Row& row) {
    take(row.text(0), row.id<direct::IndicatorId>(1), row.integer(2));
  });
}

void of_cell(store::Tx& tx, org::UnitId unit, direct::IndicatorId indicator,
             std::string_view period, const TakeLine& take) {
  static constexpr store::Sql kOfCell{
      "fact.of_cell",
      LINE_COLUMNS("") "kind = 0 and indicator_id = :indicator and unit_id = :unit"};
  tx.each(kOfCell, {{"unit", unit}, {"indicator", indicator}, {"period", period}},
          [&](const store::Row& row) { take(line_of(row, indicator)); });
}

std::vector<direct::IndicatorId> asked(store::Tx& tx, std::string_view period) {
  static constexpr store::Sql kAsked{"request_indicator.of_period",
                                     "select distinct i.indicator_id from request q join "
                                     "request_indicator i on i.request_id = q.id where "
                                     "q.period = :period and i.kind = 0"};
  return tx.all(kAsked, {{"period", period}},
                [](const store::Row& row) { return row.id<direct::IndicatorId>(0); });
}

}  // namespace report::fact_store
