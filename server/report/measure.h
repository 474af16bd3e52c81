#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "base/period.h"
#include "direct/indicator.h"

/// What a total is made of, pure.
namespace report {

/// One asked indicator with what it is made of, and the collected periods it is made from.
struct Measure {
  /// A collected indicator in a cell: the asked one itself, a term of its formula, or its weight.
  struct Term {
    direct::Indicator indicator;
    bool is_below = false;   ///< of the divisor, or the weight
    std::int64_t times = 1;  ///< in its side's smallest unit
  };
  direct::Indicator indicator;
  std::vector<Term> terms;  ///< the first is above
  int above_decimals = 0, below_decimals = 0;
  std::vector<base::Period> parts;

  bool has_below() const;
};

/// What `indicator` is made of, `by_id` finding the others; without the periods.
Measure measure_of(const direct::Indicator& indicator,
                   const std::function<direct::Indicator(direct::IndicatorId)>& by_id);

/// The collected periods that make up `period` for this measure: all of its frequency inside the
/// period for what flows, the last one for what stands ("latest" does not fall back to an earlier
/// one). With `year_to_date`, from the year's beginning to the period's end; with `until`, only
/// what ended before that day. Empty when the indicator is not collected that often, or its terms
/// are not collected equally often.
std::vector<base::Period> parts_of(const Measure& measure, const base::Period& period,
                                   bool year_to_date = false, std::optional<base::Date> until = {});

}  // namespace report
