#include "report/concerns.h"

namespace report {
namespace {

void add(std::vector<org::Concern>& all, std::vector<org::Concern> more) {
  all.insert(all.end(), more.begin(), more.end());
}

std::vector<org::Concern> issued_since(store::Tx& tx, const std::vector<org::UnitId>& units,
                                       base::Instant since) {
  static constexpr store::Sql kReports{"report.issued_since",
                                       "select r.unit_id, count(*) from report r join request q on "
                                       "q.id = r.request_id where q.at >= "
                                       ":since group by r.unit_id"};
  static constexpr store::Sql kReportsOf{"report.issued_since_of",
                                         "select count(*) from report r join request q on q.id = "
                                         "r.request_id where q.at >= :since and "
                                         "r.unit_id = :unit"};
  static constexpr store::Sql kRequests{
      "request.issued_since",
      "select unit_id, count(*) from request where at >= :since group by unit_id"};
  static constexpr store::Sql kRequestsOf{
      "request.issued_since_of",
      "select count(*) from request where at >= :since and unit_id = :unit"};
  const std::vector<store::Param> from{{"since", since}};
  std::vector<org::Concern> made;
  add(made, org::count_concerns(tx, "reports", kReports, kReportsOf, units, from));
  add(made, org::count_concerns(tx, "requests", kRequests, kRequestsOf, units, from));
  return made;
}

}  // namespace

std::vector<org::Concern> concerns_of(store::Tx& tx, const std::vector<org::UnitId>& units,
                                      std::optional<base::Instant> since) {
  static constexpr store::Sql kReports{
      "report.open_by_unit",
      "select unit_id, count(*) from report where state <> 'accepted' group by unit_id"};
  static constexpr store::Sql kReportsOf{
      "report.open_of_unit",
      "select count(*) from report where unit_id = :unit and state <> 'accepted'"};
  static constexpr store::Sql kRequests{
      "request.open_by_unit",
      "select q.unit_id, count(*) from request q where exists (select 1 from report r where "
      "r.request_id = q.id and r.state <> 'accepted') group by q.unit_id"};
  static constexpr store::Sql kRequestsOf{
      "request.open_of_unit",
      "select count(*) from request q where q.unit_id = :unit and exists (select 1 from report r "
      "where r.request_id = q.id and r.state <> 'accepted')"};
  static constexpr store::Sql kCells{"fact.by_unit",
                                     "select unit_id, count(*) from fact group by unit_id"};
  static constexpr store::Sql kCellsOf{"fact.count_of_unit",
                                       "select count(*) from fact where unit_id = :unit"};
  if (since) return issued_since(tx, units, *since);
  std::vector<org::Concern> made;
  add(made, org::count_concerns(tx, "open_reports", kReports, kReportsOf, units));
  add(made, org::count_concerns(tx, "open_requests", kRequests, kRequestsOf, units));
  add(made, org::count_concerns(tx, "figures", kCells, kCellsOf, units));
  return made;
}

}  // namespace report
