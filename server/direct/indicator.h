#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/period.h"
#include "base/result.h"

namespace direct {

using IndicatorId = base::Id<struct IndicatorTag>;

enum class Direction { up, down, none };
/// How a total over units is made.
enum class AcrossUnits { sum, ratio, weighted_mean, min, max, latest, none };
/// How a longer period is made of the collected ones.
enum class AcrossTime { sum, latest, cumulative, ratio, weighted_mean, min, max, none };

std::string_view name(Direction direction);
std::string_view name(AcrossUnits rule);
std::string_view name(AcrossTime rule);
std::optional<Direction> direction_named(std::string_view name);
std::optional<AcrossUnits> across_units_named(std::string_view name);
std::optional<AcrossTime> across_time_named(std::string_view name);

/// What a measure is. Amounts are integers in its smallest unit: 98.57 with two decimals is 9857.
struct Indicator {
  IndicatorId id;
  std::string code;
  std::string name;
  std::string measure_unit;
  int decimals = 0;
  Direction direction = Direction::none;
  AcrossUnits across_units = AcrossUnits::sum;
  AcrossTime across_time = AcrossTime::sum;
  std::optional<base::Frequency>
      frequency;  ///< how often it is collected; set by the first request or import
  IndicatorId numerator, denominator;  ///< of a ratio
  IndicatorId weight;                  ///< of a weighted mean
  bool is_illustrative = false;

  /// Computed from others, so never typed.
  bool is_derived() const { return across_units == AcrossUnits::ratio; }
};

/// An indicator as asked for: parts by code.
struct NewIndicator {
  Indicator indicator;
  std::string numerator, denominator, weight;  ///< codes; empty for none
  std::string place;                           ///< of its faults: "/" or "line 3, "
};

/// Faults of the definition alone: a ratio without its two parts, parts on what is not a ratio, a
/// weighted mean without a weight, time and unit rules that do not go together, itself as its own
/// part. Pure.
base::Problems faults_of(const NewIndicator& asked);

/// A ratio is shown as a percentage when its measure unit is "%"; the power of ten its quotient is
/// shifted by, decimals included.
int ratio_shift(const Indicator& indicator);

}  // namespace direct
