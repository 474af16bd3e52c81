#include "inspect/inspection.h"

#include <algorithm>
#include <array>
#include <set>

namespace inspect {
namespace {

using base::ProblemKind;

constexpr std::array<std::string_view, 3> kRoles{"head", "deputy", "member"};

}  // namespace

std::string_view name(TeamRole role) { return kRoles[static_cast<std::size_t>(role)]; }

std::optional<TeamRole> team_role_named(std::string_view name) {
  const auto at = std::find(kRoles.begin(), kRoles.end(), name);
  if (at == kRoles.end()) return std::nullopt;
  return static_cast<TeamRole>(at - kRoles.begin());
}

const Inspected* Inspection::inspected(org::UnitId one) const {
  const auto at = std::find_if(units.begin(), units.end(),
                               [&](const Inspected& each) { return each.unit == one; });
  return at == units.end() ? nullptr : &*at;
}

const Member* Inspection::member(auth::AccountId account) const {
  const auto at = std::find_if(team.begin(), team.end(),
                               [&](const Member& each) { return each.account == account; });
  return at == team.end() ? nullptr : &*at;
}

std::string object_of(InspectionId id) { return "inspection:" + std::to_string(id.value); }

Dates dates_of(const Inspection& inspection) {
  return {inspection.decided_on, inspection.announced_on, inspection.received_on,
          inspection.conferred_on, inspection.concluded_on};
}

std::optional<base::Date> due_of(const Inspection& inspection, const Procedure& procedure,
                                 const base::WorkingCalendar& calendar) {
  return last_day(procedure.clock, inspection.term_days + inspection.extended_days,
                  procedure.is_working, dates_of(inspection), calendar);
}

base::Problems faults_of_scope(const Inspection& inspection, const Procedure& procedure,
                               base::Date day) {
  base::Problems problems;
  const auto fault = [&](const char* code, std::string field, std::vector<std::string> args = {}) {
    problems.push_back({ProblemKind::invalid, code, std::move(field), std::move(args)});
  };
  if (inspection.to <= inspection.from) fault("inspection.span", "/to");
  const base::Date earliest = earliest_of(procedure, day);
  if (inspection.from < earliest) {
    fault("inspection.too_far_back", "/from",
          {std::to_string(procedure.years_back), earliest.text()});
  }
  if (inspection.units.empty()) fault("inspection.no_unit", "/units");
  std::set<org::UnitId> seen;
  for (std::size_t i = 0; i < inspection.units.size(); ++i) {
    if (!seen.insert(inspection.units[i].unit).second)
      fault("inspection.unit_twice", "/units/" + std::to_string(i));
  }
  if (inspection.programmes.empty()) fault("inspection.no_programme", "/programmes");
  return problems;
}

base::Problems faults_of_team(const std::vector<Member>& team) {
  base::Problems problems;
  std::set<auth::AccountId> seen;
  for (std::size_t i = 0; i < team.size(); ++i) {
    if (team[i].account && !seen.insert(team[i].account).second) {
      problems.push_back({ProblemKind::invalid,
                          "inspection.member_twice",
                          "/members/" + std::to_string(i) + "/login",
                          {team[i].login}});
    }
  }
  const auto heads = std::count_if(
      team.begin(), team.end(), [](const Member& member) { return member.role == TeamRole::head; });
  if (heads != 1) {
    problems.push_back(
        {ProblemKind::invalid, "inspection.no_head", "/members", {std::to_string(heads)}});
  }
  return problems;
}

base::Problems faults_of_extension(const Inspection& inspection, const Procedure& procedure,
                                   int days, const std::string& reason) {
  base::Problems problems;
  const int left = most_extension(procedure, inspection.term_days) - inspection.extended_days;
  if (days > left) {
    problems.push_back({ProblemKind::invalid,
                        "inspection.extension_too_long",
                        "/days",
                        {std::to_string(procedure.extension_part), std::to_string(left)}});
  }
  if (reason.empty()) {
    problems.push_back({ProblemKind::invalid, "inspection.extension_reason", "/reason", {}});
  }
  return problems;
}

}  // namespace inspect
