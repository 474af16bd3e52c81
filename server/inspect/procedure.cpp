#include "inspect/procedure.h"

#include <algorithm>
#include <array>
#include <set>

namespace inspect {
namespace {

constexpr std::array<std::string_view, 6> kStarts{
    "", "decision", "announcement", "self_report", "conference", "conclusion"};

}  // namespace

std::string_view name(ClockStart start) { return kStarts[static_cast<std::size_t>(start)]; }

std::optional<ClockStart> clock_start_named(std::string_view name) {
  const auto at = std::find(kStarts.begin(), kStarts.end(), name);
  if (at == kStarts.end()) return std::nullopt;
  return static_cast<ClockStart>(at - kStarts.begin());
}

base::Problems faults_of(const Procedure& procedure) {
  base::Problems problems;
  if (procedure.steps.empty())
    problems.push_back({base::ProblemKind::invalid, "procedure.no_step", "/steps", {}});
  std::set<std::string> seen;
  for (std::size_t i = 0; i < procedure.steps.size(); ++i) {
    if (seen.insert(procedure.steps[i].code).second) continue;
    problems.push_back({base::ProblemKind::invalid,
                        "procedure.step_twice",
                        "/steps/" + std::to_string(i) + "/code",
                        {procedure.steps[i].code}});
  }
  return problems;
}

int cap_of(const Procedure& procedure, std::int64_t level) {
  if (level <= 1) return procedure.cap_city;
  return level == 2 ? procedure.cap_district : procedure.cap_commune;
}

int most_extension(const Procedure& procedure, int days) { return days / procedure.extension_part; }

base::Date earliest_of(const Procedure& procedure, base::Date day) {
  // 29 February five years back is 1 March.
  const bool is_leap_day = day.month() == 2 && day.day() == 29;
  return is_leap_day ? base::Date(day.year() - procedure.years_back, 3, 1)
                     : base::Date(day.year() - procedure.years_back, day.month(), day.day());
}

std::optional<base::Date> Dates::of(ClockStart start) const {
  switch (start) {
    case ClockStart::none:
      return std::nullopt;
    case ClockStart::decision:
      return decision;
    case ClockStart::announcement:
      return announcement;
    case ClockStart::self_report:
      return self_report;
    case ClockStart::conference:
      return conference;
    case ClockStart::conclusion:
      return conclusion;
  }
  return std::nullopt;
}

std::optional<base::Date> last_day(ClockStart start, int days, bool is_working, const Dates& dates,
                                   const base::WorkingCalendar& calendar) {
  const auto from = dates.of(start);
  if (!from || days <= 0) return std::nullopt;
  return is_working ? calendar.plus(*from, days) : from->plus_days(days);
}

}  // namespace inspect
