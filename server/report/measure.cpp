#include "report/measure.h"

#include <algorithm>

namespace report {
namespace {

using direct::AcrossTime;

std::int64_t power_of_ten(int exponent) {
  std::int64_t made = 1;
  for (; exponent > 0; --exponent) made *= 10;
  return made;
}

}  // namespace

bool Measure::has_below() const {
  return std::any_of(terms.begin(), terms.end(), [](const Term& term) { return term.is_below; });
}

Measure measure_of(const direct::Indicator& indicator,
                   const std::function<direct::Indicator(direct::IndicatorId)>& by_id) {
  Measure made;
  made.indicator = indicator;
  if (!indicator.is_derived()) {
    made.terms.push_back({indicator, false, 1});
    made.above_decimals = indicator.decimals;
    if (indicator.weight) {
      made.terms.push_back({by_id(indicator.weight), true, 1});
      made.below_decimals = made.terms.back().indicator.decimals;
      made.above_decimals += made.below_decimals;
    }
    return made;
  }
  for (const bool is_below : {false, true}) {
    const auto& terms = is_below ? indicator.below : indicator.above;
    int& decimals = is_below ? made.below_decimals : made.above_decimals;
    std::vector<int> own;
    for (const direct::Term& term : terms) {
      made.terms.push_back({by_id(term.part), is_below, term.coefficient});
      own.push_back(term.decimals + made.terms.back().indicator.decimals);
      decimals = std::max(decimals, own.back());
    }
    for (std::size_t t = 0; t < own.size(); ++t) {
      made.terms[made.terms.size() - own.size() + t].times *= power_of_ten(decimals - own[t]);
    }
  }
  return made;
}

std::vector<base::Period> parts_of(const Measure& measure, const base::Period& period,
                                   bool year_to_date, std::optional<base::Date> until) {
  const auto frequency = measure.terms.front().indicator.frequency;
  if (!frequency) return {};
  for (const Measure::Term& term : measure.terms) {
    if (term.indicator.frequency != frequency) return {};
  }
  std::vector<base::Period> parts;
  if (year_to_date) {
    parts = base::Period(period.year(), base::Frequency::year, 1).parts(*frequency);
    std::erase_if(parts, [&](const base::Period& part) { return part.end() > period.end(); });
  } else {
    parts = period.parts(*frequency);
  }
  if (until) {
    std::erase_if(parts, [&](const base::Period& part) { return part.last() >= *until; });
  }
  const AcrossTime rule = measure.terms.front().indicator.across_time;
  if (!parts.empty() &&
      (rule == AcrossTime::latest || rule == AcrossTime::cumulative || rule == AcrossTime::none)) {
    // What stands is read at the end of the period asked, or not at all.
    parts.erase(parts.begin(), parts.end() - 1);
  }
  return parts;
}

}  // namespace report
