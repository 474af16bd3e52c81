#pragma once

#include <cstdint>
#include <optional>
#include <vector>

/// Figures that stand apart from a unit's own past. Pure, in integers.
namespace report {

/// How many earlier figures are needed before anything is said.
inline constexpr std::size_t kLeastHistory = 6;
/// And before a slip of the unit of measure is suspected.
inline constexpr std::size_t kLeastForScale = 3;

/// Twice the median, so that it stays whole for an even number. `values` is not empty.
std::int64_t twice_median(std::vector<std::int64_t> values);

/// How far a figure is from what the unit reported before.
struct Apart {
  std::int64_t twice_median = 0;
  friend bool operator==(const Apart&, const Apart&) = default;
};
/// Apart by the modified z-score of Iglewicz and Hoaglin ("How to detect and handle outliers",
/// 1993): 0.6745·|x − median| over the median absolute deviation above 3.5, or, when half of the
/// past is one and the same figure, |x − median| over 1.2533 times the mean absolute deviation;
/// and by at least half of the median, since a figure that never moves makes every step look
/// large. A past that is all the same says nothing of a step to half as much again. None with less
/// than kLeastHistory figures.
std::optional<Apart> apart_from(std::int64_t value, const std::vector<std::int64_t>& history);

/// The power of ten between a figure and the unit's median, when it is near a thousand or a
/// million either way: đồng for nghìn đồng, or for triệu đồng. 3, 6, −3, −6; none otherwise.
std::optional<int> scale_slip(std::int64_t value, const std::vector<std::int64_t>& history);

/// How one unit's figure moved from the period before.
struct Moved {
  std::int64_t before = 0, now = 0;
};
/// Most of the units moved the same way, and by half as much of their own figure or more: what
/// stands apart then is the period, not the unit. At least five are needed to say so.
bool all_moved(const Moved& own, const std::vector<Moved>& siblings);

/// How many times as large the greater of a figure and its usual one is, in thousandths: 1000 when
/// they are the same. One of the smallest unit is added to both, so that a step from nothing has a
/// size; none where one of the two is below zero.
std::optional<std::int64_t> step_of(std::int64_t value, std::int64_t twice_median);
/// How many steps are needed before they say what is usual.
inline constexpr std::size_t kLeastSteps = 20;
/// From where on a step is far out among all of them: Tukey's outer fence, Q3 + 3·(Q3 − Q1)
/// ("Exploratory Data Analysis", 1977). None of fewer than kLeastSteps.
std::optional<std::int64_t> outer_fence(std::vector<std::int64_t> steps);

}  // namespace report
