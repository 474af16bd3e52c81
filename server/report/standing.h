#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "direct/programme.h"
#include "direct/target_status.h"
#include "store/db.h"

/// How far targets are, from accepted facts: no figure of its own is kept.
namespace report {

/// A target on a day: what is there, what should be, and the word for it.
struct Standing {
  direct::Target target;
  direct::Indicator indicator;
  std::optional<base::Period> reached;  ///< the last collected period that is in it
  std::optional<std::int64_t> actual, expected;
  direct::TargetStatus status = direct::TargetStatus::no_data;
  std::int64_t counted = 0, expected_cells = 0;
  bool is_estimate = false;  ///< units that were divided are in it by a share
};

/// A programme's headline is counts by status, never an average.
struct Headline {
  std::int64_t exceeded = 0, completed = 0, on_track = 0, behind = 0, no_data = 0;
};
Headline headline_of(const std::vector<Standing>& standings);

/// Of the owner's own targets, in their order.
std::vector<Standing> standings(store::Tx& tx, const direct::Programme& programme, base::Date day);

/// Each unit's part of each target: rows are units, columns the targets of `standings`.
struct HeatMap {
  struct Cell {
    std::optional<std::int64_t> allocated, actual;
    direct::TargetStatus status = direct::TargetStatus::no_data;
  };
  std::vector<org::UnitRef> units;
  std::vector<Standing> targets;
  std::vector<std::vector<Cell>> cells;
};
HeatMap heat_map(store::Tx& tx, const direct::Programme& programme, base::Date day);

/// One target's way: what was there at the end of each collected period, what should have been, and
/// the same a year before.
struct TrendPoint {
  base::Period period;
  std::optional<std::int64_t> actual, expected, year_before;
};
std::vector<TrendPoint> trend(store::Tx& tx, const Standing& standing, base::Date day);
/// The actuals of units under the target's own at each of those points, a row a unit; none where
/// nothing counts or the point is not over by `day`.
std::vector<std::vector<std::optional<std::int64_t>>> ways(store::Tx& tx, const Standing& standing,
                                                           const std::vector<org::UnitId>& units,
                                                           const std::vector<TrendPoint>& points,
                                                           base::Date day);

/// The value of an indicator for each unit in a period; none where nothing counts. For keys by
/// which a target is divided.
std::vector<std::optional<std::int64_t>> values_of(store::Tx& tx,
                                                   const std::vector<org::UnitId>& units,
                                                   const std::string& indicator,
                                                   const base::Period& period);

}  // namespace report
