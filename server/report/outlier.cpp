#include "report/outlier.h"

#include <algorithm>
#include <limits>

#include "base/decimal.h"

namespace report {
namespace {

using base::Wide;

constexpr std::size_t kLeastSiblings = 5;

Wide size_of(Wide value) { return value < 0 ? -value : value; }

}  // namespace

std::int64_t twice_median(std::vector<std::int64_t> values) {
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  if (values.size() % 2 == 1) return 2 * values[half];
  return values[half - 1] + values[half];
}

std::optional<Apart> apart_from(std::int64_t value, const std::vector<std::int64_t>& history) {
  if (history.size() < kLeastHistory) return std::nullopt;
  const std::int64_t middle = twice_median(history);
  const Wide off = size_of(Wide{2} * value - middle);  // everything here is twice as large
  if (2 * off < size_of(middle) || off == 0) return std::nullopt;
  std::vector<std::int64_t> deviations;
  Wide sum = 0;
  for (const std::int64_t one : history) {
    const Wide deviation = size_of(Wide{2} * one - middle);
    deviations.push_back(static_cast<std::int64_t>(deviation));
    sum += deviation;
  }
  const std::int64_t spread = twice_median(deviations);  // four times the deviation
  const bool is_apart = spread > 0 ? 6745 * 2 * off > Wide{35000} * spread
                                   : 10000 * off * static_cast<Wide>(history.size()) >
                                         Wide{35000} * 12533 / 10000 * sum;
  if (!is_apart) return std::nullopt;
  return Apart{middle};
}

std::optional<int> scale_slip(std::int64_t value, const std::vector<std::int64_t>& history) {
  if (history.size() < kLeastForScale || value == 0) return std::nullopt;
  const Wide middle = size_of(twice_median(history));
  if (middle == 0) return std::nullopt;
  const Wide twice = size_of(Wide{2} * value);
  for (const int power : {3, 6}) {
    const Wide times = power == 3 ? 1000 : 1'000'000;
    // Within a factor of two and a half of it.
    const auto is_near = [&](Wide large, Wide small) {
      return 5 * large >= 2 * times * small && 2 * large <= 5 * times * small;
    };
    if (is_near(twice, middle)) return power;
    if (is_near(middle, twice)) return -power;
  }
  return std::nullopt;
}

std::optional<std::int64_t> step_of(std::int64_t value, std::int64_t twice_median) {
  const Wide twice = Wide{2} * value;
  const Wide greater = std::max<Wide>(twice, twice_median);
  const Wide lesser = std::min<Wide>(twice, twice_median);
  if (lesser < 0) return std::nullopt;
  return static_cast<std::int64_t>(std::min<Wide>(1000 * (greater + 2) / (lesser + 2),
                                                  std::numeric_limits<std::int64_t>::max()));
}

std::optional<std::int64_t> outer_fence(std::vector<std::int64_t> steps) {
  if (steps.size() < kLeastSteps) return std::nullopt;
  std::sort(steps.begin(), steps.end());
  const std::int64_t lower = steps[steps.size() / 4], upper = steps[steps.size() * 3 / 4];
  return static_cast<std::int64_t>(
      std::min<Wide>(upper + 3 * (Wide{upper} - lower), std::numeric_limits<std::int64_t>::max()));
}

bool all_moved(const Moved& own, const std::vector<Moved>& siblings) {
  if (siblings.size() < kLeastSiblings || own.before == 0) return false;
  const Wide moved = Wide{own.now} - own.before;
  std::size_t same = 0;
  for (const Moved& step : siblings) {
    const Wide change = Wide{step.now} - step.before;
    if ((change > 0) != (moved > 0) || step.before == 0) continue;
    // |change / before| ≥ ½ |moved / own.before|
    if (2 * size_of(change) * size_of(own.before) >= size_of(moved) * size_of(step.before)) ++same;
  }
  return 2 * same > siblings.size();
}

}  // namespace report
