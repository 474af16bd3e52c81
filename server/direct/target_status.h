#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/period.h"
#include "direct/indicator.h"

/// How far a target is, in the words programmes are summed up by: vượt, hoàn thành, bảo đảm lộ
/// trình, chưa đạt, chưa có số liệu. Pure.
namespace direct {

enum class TargetStatus { exceeded, completed, on_track, behind, no_data };
std::string_view name(TargetStatus status);

/// A value on the way to a target.
struct Milestone {
  base::Period period;
  std::int64_t amount = 0;
};

/// What should be there by the last day of `until`, a period inside or before the target's: the
/// latest milestone that has passed, else for what adds up over time an equal part for each
/// period that has passed (rounded down); none where no way is known.
std::optional<std::int64_t> expected_by(const Indicator& indicator, base::Period target_period,
                                        std::int64_t target,
                                        const std::vector<Milestone>& milestones,
                                        base::Period until);

/// - no figure: no_data;
/// - higher is better (or neither): above the target exceeded, at it completed; else behind when
///   the period is over or less is there than expected, otherwise on_track;
/// - lower is better: while the period runs, above the target behind, else on_track; at its end
///   below the target exceeded, at it completed.
TargetStatus status_of(Direction direction, std::int64_t target, std::optional<std::int64_t> actual,
                       std::optional<std::int64_t> expected, bool is_over);

}  // namespace direct
