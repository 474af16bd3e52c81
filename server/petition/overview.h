#pragma once

#include <array>
#include <string>
#include <vector>

#include "base/date.h"
#include "org/unit.h"
#include "store/db.h"

/// Petitions of a unit, those under it and those it holds, by subject and age.
namespace petition {

/// From how many days on an open petition falls into each age.
inline constexpr std::array<int, 4> kAges{0, 11, 31, 61};

struct SubjectCount {
  std::string subject;
  std::int64_t raised = 0;  ///< all but those withdrawn or merged
  std::int64_t units = 0;   ///< that raised them
  std::int64_t open = 0;
  std::array<std::int64_t, kAges.size()> by_age{};  ///< of the open ones
  std::int64_t overdue = 0;                         ///< open, and some holder is past its day
  std::int64_t answered = 0;
  std::int64_t answered_late = 0;  ///< parts answered after their day
  std::int64_t answered_parts = 0;
};
/// As things stand on the day; every subject that has one, in the subjects' order.
std::vector<SubjectCount> overview(store::Tx& tx, org::UnitId unit, base::Date day);

/// An unanswered petition that concerns a unit: it raised it, or it holds it.
struct OpenPetition {
  std::int64_t id = 0;
  org::UnitId unit;  ///< who raised it, or holds it
  bool is_held = false;
  std::string title;
  std::int64_t raisers = 0;
  base::Date raised_on, due_on;
  bool is_overdue = false;  ///< held past its day; what waits for more has no day to pass
};
/// Those of the units and all under them: what they hold, then what they raised and others hold;
/// the oldest first, at most 500 of each.
std::vector<OpenPetition> open_petitions(store::Tx& tx, const std::vector<org::UnitId>& units,
                                         base::Date day);

}  // namespace petition
