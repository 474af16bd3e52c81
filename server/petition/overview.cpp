#include "petition/overview.h"

#include <map>
#include <set>

namespace petition {
namespace {

#define UNITS_UNDER                                                                             \
  "with recursive under(unit_id) as (select id from unit where id = :unit union select "        \
  "c.unit_id from unit_parent c join under u on c.parent_id = u.unit_id where c.valid_from <= " \
  ":day and :day < c.valid_to) "
#define CONCERNS_UNIT                                                                          \
  "(exists (select 1 from petition_raiser r where r.petition_id = p.id and r.unit_id in "      \
  "(select unit_id from under)) or exists (select 1 from petition_part h where h.petition_id " \
  "= p.id and h.holder_id = :unit)) "

}  // namespace

std::vector<SubjectCount> overview(store::Tx& tx, org::UnitId unit, base::Date day) {
  static constexpr store::Sql kPetitions{
      "petition.by_subject", UNITS_UNDER
      "select p.subject, count(*), sum(case when p.state in ('open', 'returned') then 1 else 0 "
      "end), sum(case when p.state in ('open', 'returned') and p.raised_on <= :age1 then 1 else 0 "
      "end), sum(case when p.state in ('open', 'returned') and p.raised_on <= :age2 then 1 else 0 "
      "end), sum(case when p.state in ('open', 'returned') and p.raised_on <= :age3 then 1 else 0 "
      "end), sum(case when p.state = 'answered' then 1 else 0 end), sum(case when exists (select 1 "
      "from petition_part t where t.petition_id = p.id and t.state = 'held' and t.due_on < :day) "
      "then 1 else 0 end) from petition p where p.state in ('open', 'returned', 'answered') and "
      "p.raised_on <= :day and " CONCERNS_UNIT "group by p.subject"};
  static constexpr store::Sql kParts{
      "petition_part.by_subject", UNITS_UNDER
      "select p.subject, count(*), sum(case when t.answered_on > t.due_on then 1 else 0 end) from "
      "petition p join petition_part t on t.petition_id = p.id where t.state = 'answered' and "
      "p.state in ('open', 'returned', 'answered') and " CONCERNS_UNIT "group by p.subject"};
  static constexpr store::Sql kUnits{
      "petition_raiser.by_subject", UNITS_UNDER
      "select p.subject, count(distinct q.unit_id) from petition p join petition_raiser q on "
      "q.petition_id = p.id where p.state in ('open', 'returned', 'answered') "
      "and " CONCERNS_UNIT "group by p.subject"};
  static constexpr store::Sql kOrder{"petition_subject.codes",
                                     "select code from petition_subject order by position"};
  const std::vector<store::Param> params{{"unit", unit}, {"day", day}};
  auto with_ages = params;
  with_ages.push_back({"age1", day.plus_days(-kAges[1])});
  with_ages.push_back({"age2", day.plus_days(-kAges[2])});
  with_ages.push_back({"age3", day.plus_days(-kAges[3])});
  std::map<std::string, SubjectCount> made;
  tx.each(kPetitions, with_ages, [&](const store::Row& row) {
    SubjectCount& one = made[row.string(0)];
    one.subject = row.string(0);
    one.raised = row.integer(1);
    one.open = row.integer(2);
    const std::array<std::int64_t, 5> from{row.integer(2), row.integer(3), row.integer(4),
                                           row.integer(5), 0};
    for (std::size_t i = 0; i < kAges.size(); ++i) one.by_age[i] = from[i] - from[i + 1];
    one.answered = row.integer(6);
    one.overdue = row.integer(7);
  });
  tx.each(kParts, params, [&](const store::Row& row) {
    const auto at = made.find(row.string(0));
    if (at == made.end()) return;
    at->second.answered_parts = row.integer(1);
    at->second.answered_late = row.integer(2);
  });
  tx.each(kUnits, params, [&](const store::Row& row) {
    const auto at = made.find(row.string(0));
    if (at != made.end()) at->second.units = row.integer(1);
  });
  std::vector<SubjectCount> ordered;
  for (const auto& code : tx.all(kOrder, {}, [](const store::Row& row) { return row.string(0); })) {
    if (const auto at = made.find(code); at != made.end()) ordered.push_back(at->second);
  }
  return ordered;
}

std::vector<OpenPetition> open_petitions(store::Tx& tx, const std::vector<org::UnitId>& units,
                                         base::Date day) {
  static constexpr store::Sql kRaised{
      "petition.open_raised", UNITS_UNDER
      "select p.id, p.unit_id, 0, p.title, (select count(*) from petition_raiser c where "
      "c.petition_id = p.id), p.raised_on, (select min(t.due_on) from petition_part t where "
      "t.petition_id = p.id and t.state in ('held', 'asked', 'returned')), 0 from petition p where "
      "p.state in ('open', 'returned') and p.raised_on <= :day and exists (select 1 from "
      "petition_raiser r where r.petition_id = p.id and r.unit_id in (select unit_id from under)) "
      "order by p.raised_on, p.id limit 500"};
  static constexpr store::Sql kHeld{
      "petition.open_held", UNITS_UNDER
      "select p.id, t.holder_id, 1, p.title, (select count(*) from petition_raiser c where "
      "c.petition_id = p.id), p.raised_on, t.due_on, case when t.state = "
      "'held' and t.due_on < :day then 1 else 0 end from petition_part t join petition p on p.id = "
      "t.petition_id where t.state in ('held', 'asked') and p.raised_on <= :day and t.holder_id in "
      "(select unit_id from under) order by t.due_on, t.id limit 500"};
  std::vector<OpenPetition> made;
  std::set<std::pair<std::int64_t, std::int64_t>> told;
  std::set<std::int64_t> held;
  for (const store::Sql* sql : {&kHeld, &kRaised}) {
    for (const org::UnitId unit : units) {
      tx.each(*sql, {{"unit", unit}, {"day", day}}, [&](const store::Row& row) {
        OpenPetition one{row.integer(0), row.id<org::UnitId>(1), row.integer(2) != 0,
                         row.string(3),  row.integer(4),         row.date(5),
                         row.date(6),    row.integer(7) != 0};
        if (one.is_held) held.insert(one.id);
        if (!one.is_held && held.contains(one.id)) return;
        if (told.insert({one.id, one.unit.value}).second) made.push_back(std::move(one));
      });
    }
  }
  return made;
}

}  // namespace petition
