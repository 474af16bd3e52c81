#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "report/check.h"
#include "report/outlier.h"
#include "report/parts.h"
#include "report/report.h"

/// Looks a report over before it is handed in. Pure: what is known beside it is handed over.
namespace report {

/// What is known of one cell beside it. Only figures that were handed in.
struct CellPast {
  std::vector<std::int64_t> history;  ///< of the same unit, the nearest period first, at most 12
  std::optional<std::int64_t> previous, year_before;
  std::vector<Moved> siblings;  ///< of units under the same superior, where both are known
};

/// Apart from the unit's own past, unless the same period a year before was like it, or most of its
/// siblings moved alike: then it is the period that stands apart, not the unit.
std::optional<Apart> stands_apart(std::int64_t amount, const CellPast& past);

struct ReadCheck {
  Check check;
  direct::Formula formula;
};

/// A figure outside the sheet's own cells: of another period, or not asked here.
using OutsideFigures = std::function<std::optional<direct::Rational>(const direct::Reference&)>;

/// Every doubt, in this order: checks that do not hold (one whose figures are not all known is
/// passed over), slips of the unit of measure (to be explained), figures apart from the unit's own
/// past (a note, unless the other units moved alike or the same period a year ago was like it),
/// and a report all of whose figures, three or more that are not zero, are those of the period
/// before (a note).
std::vector<Doubt> doubts_of(const Sheet& sheet, const std::vector<ReadCheck>& checks,
                             const std::vector<CellPast>& past, const OutsideFigures& outside);

/// Parts that do not go with their whole (to be explained, by a remark at the whole too).
std::vector<Doubt> doubts_of_parts(const Sheet& sheet, const Breakdowns& breakdowns);

}  // namespace report
