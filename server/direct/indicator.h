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

/// One indicator in a sum, times coefficient / 10^decimals.
struct Term {
  IndicatorId part;
  std::int64_t coefficient = 1;
  int decimals = 0;
  friend bool operator==(const Term&, const Term&) = default;
};

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
      frequency;       ///< how often it is collected; set by the first request or import
  IndicatorId weight;  ///< of a weighted mean
  bool is_illustrative = false;
  /// A derived one is `factor_above` / `factor_below` × the sum of `above` / the sum of `below`;
  /// it does not divide when there is nothing below.
  std::string formula = {};  ///< as it was written
  std::vector<Term> above = {}, below = {};
  std::int64_t factor_above = 1, factor_below = 1;
  std::int64_t revision = 1;  ///< of its breakdowns

  /// Computed from others, so never typed.
  bool is_derived() const { return !above.empty(); }
};

/// An indicator as asked for: parts by code.
struct NewIndicator {
  Indicator indicator;
  std::string numerator, denominator, weight;  ///< codes; empty for none
  std::string place;                           ///< of its faults: "/" or "line 3, "
  std::string part_of, breakdown;              ///< its whole's code; empty for none
  bool adds_up = true;                         ///< with its fellows of the breakdown, to the whole
};

/// The formula as asked: its text, or that of a ratio of two indicators, which is times 100 when
/// its measure unit is "%". Empty for what is not derived.
std::string formula_of(const NewIndicator& asked);

/// Faults of the definition alone: a ratio without its two parts, parts on what is not a ratio, a
/// formula that cannot be rolled up, a weighted mean without a weight, time and unit rules that do
/// not go together, itself as its own part. Pure.
base::Problems faults_of(const NewIndicator& asked);

/// What a whole is broken down into.
struct Breakdown {
  std::string name;     ///< "Giới tính", "Trong đó"
  bool adds_up = true;  ///< the parts make the whole; else they are only some of it
  std::vector<IndicatorId> parts;
  friend bool operator==(const Breakdown&, const Breakdown&) = default;
};

/// Why `part` cannot be one of `whole`'s parts: "indicator.part_self", "indicator.part_of_derived",
/// "indicator.part_measure" (other unit of measure or decimals), "indicator.part_rules" (other or
/// not added up), "indicator.part_frequency". Empty when it can. Pure.
std::string part_fault(const Indicator& whole, const Indicator& part);

}  // namespace direct
