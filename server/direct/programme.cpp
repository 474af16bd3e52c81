#include "direct/programme.h"

namespace direct {

std::string_view name(AdoptionState state) {
  switch (state) {
    case AdoptionState::adopted:
      return "adopted";
    case AdoptionState::declined:
      return "declined";
    case AdoptionState::silent:
      return "silent";
  }
  return "silent";
}

std::optional<base::Wide> allocation_difference(const Indicator& indicator, std::int64_t amount,
                                                const std::vector<CoverageCell>& cells) {
  if (indicator.across_units != AcrossUnits::sum) return std::nullopt;
  std::optional<base::Wide> allocated;
  for (const CoverageCell& cell : cells) {
    if (cell.allocated) allocated = allocated.value_or(0) + *cell.allocated;
  }
  if (!allocated) return std::nullopt;
  return *allocated - amount;
}

CoverageCounts count(const std::vector<CoverageCell>& cells) {
  CoverageCounts counts;
  for (const CoverageCell& cell : cells) {
    switch (cell.adoption.state) {
      case AdoptionState::adopted:
        ++counts.adopted;
        break;
      case AdoptionState::declined:
        ++counts.declined;
        break;
      case AdoptionState::silent:
        ++counts.silent;
        break;
    }
  }
  return counts;
}

}  // namespace direct
