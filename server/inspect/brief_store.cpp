#include "inspect/brief_store.h"

#include "report/fact.h"

namespace inspect::brief_store {
namespace {

/// The unit and all under it in the line on the day.
#define BRIEF_UNDER                                                                    \
  "with recursive under(unit_id) as (select id from unit where id = :unit "            \
  "union select c.unit_id from unit_parent c join under u on c.parent_id = u.unit_id " \
  "where c.line = :line and c.valid_from <= :day and :day < c.valid_to) "

constexpr store::Sql kCourses{
    "brief.courses", BRIEF_UNDER
    "select p.unit_id, p.id, r.title, r.period, coalesce(p.due_on, r.due_on), p.submitted_at, "
    "(select min(t.submitted_at) from report_round t where t.report_id = p.id), "
    "(select count(*) from report_round t where t.report_id = p.id and t.returned_at is not null) "
    "from report p join request r on r.id = p.request_id where p.unit_id in (select unit_id from "
    "under) and r.id <> :self and coalesce(p.due_on, r.due_on) >= :from and coalesce(p.due_on, "
    "r.due_on) < :to order by p.id limit 20000"};
constexpr store::Sql kRequests{
    "brief.requests", BRIEF_UNDER
    "select distinct r.id from report p join request r on r.id = p.request_id where p.unit_id in "
    "(select unit_id from under) and r.id <> :self and r.due_on >= :from and r.due_on < :to and "
    "exists (select 1 from request_section s where s.request_id = r.id) order by r.id limit 500"};
constexpr store::Sql kFigures{
    "brief.figures", BRIEF_UNDER
    "select f.unit_id, f.indicator_id, f.period, f.id, f.amount from fact f where f.unit_id in "
    "(select unit_id from under) and f.kind = 0 and f.state = 1 and f.status in (1, 3) and "
    "f.period >= :first and f.period < :last limit 500000"};

}  // namespace

std::vector<ReportCourse> courses(store::Tx& tx, const Asked& asked, const base::Clock& clock) {
  return tx.all(kCourses,
                {{"unit", asked.unit},
                 {"line", asked.line},
                 {"day", asked.day},
                 {"self", asked.self.value},
                 {"from", asked.from},
                 {"to", asked.to}},
                [&](const store::Row& row) {
                  ReportCourse one;
                  one.unit = row.id<org::UnitId>(0);
                  one.report = row.id<report::ReportId>(1);
                  one.title = row.string(2);
                  one.period = row.string(3);
                  one.due_on = row.date(4);
                  const int column = row.is_null(6) ? 5 : 6;
                  if (!row.is_null(column)) one.handed_in = clock.day_of(row.instant(column));
                  one.returned = row.integer(7);
                  return one;
                });
}

std::vector<report::RequestId> requests(store::Tx& tx, const Asked& asked) {
  return tx.all(kRequests,
                {{"unit", asked.unit},
                 {"line", asked.line},
                 {"day", asked.day},
                 {"self", asked.self.value},
                 {"from", asked.from},
                 {"to", asked.to}},
                [](const store::Row& row) { return row.id<report::RequestId>(0); });
}

std::vector<FigurePoint> figures(store::Tx& tx, const Asked& asked) {
  // A year more, which the first figures are set beside.
  const std::string first = std::to_string(asked.from.year() - 1);
  const std::string last = std::to_string(asked.to.year() + 1);
  return tx.all(kFigures,
                {{"unit", asked.unit},
                 {"line", asked.line},
                 {"day", asked.day},
                 {"first", first},
                 {"last", last}},
                [](const store::Row& row) {
                  return FigurePoint{row.id<org::UnitId>(0), row.integer(1), row.string(2),
                                     row.integer(3), row.integer(4)};
                });
}

}  // namespace inspect::brief_store
