#include "inspect/plan_guard.h"

#include "inspect/inspection_store.h"
#include "org/unit_store.h"

namespace inspect {

std::string_view name(PlanWarning::Kind kind) {
  switch (kind) {
    case PlanWarning::Kind::clash:
      return "inspection.clash";
    case PlanWarning::Kind::overload:
      return "inspection.overload";
    case PlanWarning::Kind::member_overload:
      break;
  }
  return "inspection.member_overload";
}

std::vector<PlanWarning> units_weighed(store::Tx& tx, const Inspection& inspection,
                                       base::Date day) {
  std::vector<PlanWarning> made;
  for (std::size_t i = 0; i < inspection.units.size(); ++i) {
    const org::UnitId unit = inspection.units[i].unit;
    const auto others = [&](int quarter) {
      return 1 + inspection_store::others_at(tx, inspection.id, unit, inspection.year, quarter);
    };
    const auto warn = [&](PlanWarning::Kind kind, int count) {
      made.push_back({kind, inspection.quarter, org::unit_store::ref(tx, unit, day), "", count,
                      "/units/" + std::to_string(i)});
    };
    if (const int count = others(inspection.quarter); count > 1)
      warn(PlanWarning::Kind::clash, count);
    if (const int count = others(0); count > kMostAYear) warn(PlanWarning::Kind::overload, count);
  }
  return made;
}

std::vector<PlanWarning> members_weighed(store::Tx& tx, const Inspection& inspection,
                                         const std::vector<Member>& team) {
  std::vector<PlanWarning> made;
  for (std::size_t i = 0; i < team.size(); ++i) {
    const int count = 1 + inspection_store::other_teams(tx, inspection.id, team[i].account,
                                                        inspection.year, inspection.quarter);
    if (count <= kMostTeams) continue;
    made.push_back({PlanWarning::Kind::member_overload, inspection.quarter, std::nullopt,
                    team[i].name, count, "/members/" + std::to_string(i) + "/login"});
  }
  return made;
}

base::Problems refusals_of(const std::vector<PlanWarning>& warnings) {
  base::Problems problems;
  for (const PlanWarning& one : warnings) {
    problems.push_back({base::ProblemKind::conflict,
                        std::string(name(one.kind)),
                        one.field,
                        {one.unit ? one.unit->name : one.person, std::to_string(one.quarter),
                         std::to_string(one.count)}});
  }
  return problems;
}

}  // namespace inspect
