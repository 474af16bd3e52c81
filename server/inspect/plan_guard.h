#pragma once

#include <optional>
#include <string>
#include <vector>

#include "inspect/inspection.h"
#include "store/db.h"

/// Warns of two teams at one unit in one quarter, and of too much for a unit or a person.
namespace inspect {

inline constexpr int kMostAYear = 2;  ///< inspections of one unit
inline constexpr int kMostTeams = 2;  ///< of one person in one quarter

struct PlanWarning {
  enum class Kind { clash, overload, member_overload };
  Kind kind = Kind::clash;
  int quarter = 0;
  std::optional<org::UnitRef> unit;
  std::string person;  ///< a member's name
  int count = 0;       ///< inspections or teams, this one too
  std::string field;   ///< of the request that meets it
};
std::string_view name(PlanWarning::Kind kind);  ///< the code of its refusal

/// What the plan means for the units it looks at, beside all others of the year.
std::vector<PlanWarning> units_weighed(store::Tx& tx, const Inspection& inspection, base::Date day);
/// What the team means for its members.
std::vector<PlanWarning> members_weighed(store::Tx& tx, const Inspection& inspection,
                                         const std::vector<Member>& team);
/// Each as a refusal that a reason lifts.
base::Problems refusals_of(const std::vector<PlanWarning>& warnings);

}  // namespace inspect
