#include "report/burden_store.h"

#include <set>

namespace report::burden_store {
namespace {

// A period's text begins with its year: "2021", "2021-07", "2021-Q3".
std::vector<store::Param> of_year(org::UnitId unit, int year) {
  return {{"unit", unit}, {"year", std::to_string(year)}};
}
#define OF_YEAR "r.unit_id = :unit and substr(q.period, 1, 4) = :year "

}  // namespace

std::vector<Overlap> overlaps(store::Tx& tx, const AskedCell& cell,
                              const std::vector<org::UnitId>& units) {
  static constexpr store::Sql kRequests{
      "request.asking_line",
      "select q.id, q.title, q.unit_id, r.unit_id from request_indicator i join request q on q.id "
      "= i.request_id join report r on r.request_id = q.id where i.indicator_id = :indicator and "
      "i.kind = :kind and (case when i.period = '' then q.period else i.period end) = :period "
      "order by q.id"};
  const std::set<org::UnitId> wanted(units.begin(), units.end());
  std::vector<Overlap> found;
  tx.each(kRequests,
          {{"indicator", cell.indicator.id},
           {"kind", static_cast<int>(cell.kind)},
           {"period", cell.period}},
          [&](const store::Row& row) {
            if (!wanted.contains(row.id<org::UnitId>(3))) return;
            if (found.empty() || found.back().request != row.id<RequestId>(0)) {
              found.push_back({cell.indicator.code, cell.kind, cell.period, row.id<RequestId>(0),
                               row.string(1), row.id<org::UnitId>(2), 0});
            }
            ++found.back().units;
          });
  return found;
}

std::int64_t minutes(store::Tx& tx, org::UnitId unit, int year) {
  static constexpr store::Sql kMinutes{"report.minutes_of_year",
                                       "select cast(coalesce(sum(r.minutes), 0) as bigint) from "
                                       "report r join request q on q.id = r.request_id "
                                       "where " OF_YEAR};
  return tx.integer(kMinutes, of_year(unit, year));
}

std::vector<YearLine> lines(store::Tx& tx, org::UnitId unit, int year) {
  static constexpr store::Sql kLines{
      "report.lines_of_year",
      "select q.unit_id, q.regime_id, coalesce(g.name, q.title), count(*), cast(sum(r.new_cells) "
      "as bigint), cast(sum(r.minutes) as bigint) from report r join request q on q.id = "
      "r.request_id left join regime g on "
      "g.id = q.regime_id where " OF_YEAR
      "group by q.unit_id, q.regime_id, coalesce(g.name, q.title) order by 6 desc, 3 limit 500"};
  return tx.all(kLines, of_year(unit, year), [](const store::Row& row) {
    YearLine line{row.id<org::UnitId>(0),
                  {},
                  row.string(2),
                  static_cast<int>(row.integer(3)),
                  static_cast<int>(row.integer(4)),
                  row.integer(5)};
    if (!row.is_null(1)) line.regime = row.id<RegimeId>(1);
    return line;
  });
}

std::optional<std::int64_t> budget(store::Tx& tx, org::UnitId unit, int year) {
  static constexpr store::Sql kFind{
      "burden_budget.find",
      "select minutes from burden_budget where unit_id = :unit and year = :year"};
  return tx.one(kFind, {{"unit", unit}, {"year", year}},
                [](const store::Row& row) { return row.integer(0); });
}

void set_budget(store::Tx& tx, org::UnitId unit, int year, std::int64_t minutes,
                auth::AccountId account, base::Instant at) {
  static constexpr store::Sql kSet{
      "burden_budget.set",
      "insert into burden_budget (unit_id, year, minutes, account_id, at) values (:unit, :year, "
      ":minutes, :account, :at) on conflict (unit_id, year) do update set minutes = "
      "excluded.minutes, account_id = excluded.account_id, at = excluded.at"};
  tx.run(kSet,
         {{"unit", unit}, {"year", year}, {"minutes", minutes}, {"account", account}, {"at", at}});
}

}  // namespace report::burden_store
