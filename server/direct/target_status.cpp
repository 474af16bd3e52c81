#include "direct/target_status.h"

#include <array>

#include "base/decimal.h"

namespace direct {
namespace {

constexpr std::array<std::string_view, 5> kNames{"exceeded", "completed", "on_track", "behind",
                                                 "no_data"};

bool adds_up(AcrossTime rule) { return rule == AcrossTime::sum || rule == AcrossTime::cumulative; }

int months_of(const base::Period& period) {
  return static_cast<int>(period.parts(base::Frequency::month).size());
}

}  // namespace

std::string_view name(TargetStatus status) { return kNames[static_cast<std::size_t>(status)]; }

std::optional<std::int64_t> expected_by(const Indicator& indicator, base::Period target_period,
                                        std::int64_t target,
                                        const std::vector<Milestone>& milestones,
                                        base::Period until) {
  const Milestone* latest = nullptr;
  for (const Milestone& one : milestones) {
    if (one.period.last() > until.last()) continue;
    if (!latest || latest->period.last() < one.period.last()) latest = &one;
  }
  if (latest) return latest->amount;
  if (!adds_up(indicator.across_time) || !milestones.empty()) return std::nullopt;
  const int months = months_of(target_period);
  if (months == 0) return std::nullopt;
  int passed = 0;
  for (const base::Period& month : target_period.parts(base::Frequency::month)) {
    if (month.last() <= until.last()) ++passed;
  }
  return static_cast<std::int64_t>(static_cast<base::Wide>(target) * passed / months);
}

TargetStatus status_of(Direction direction, std::int64_t target, std::optional<std::int64_t> actual,
                       std::optional<std::int64_t> expected, bool is_over) {
  if (!actual) return TargetStatus::no_data;
  if (direction == Direction::down) {
    if (*actual > target) return TargetStatus::behind;
    if (!is_over) return TargetStatus::on_track;
    return *actual < target ? TargetStatus::exceeded : TargetStatus::completed;
  }
  if (*actual > target) return TargetStatus::exceeded;
  if (*actual == target) return TargetStatus::completed;
  if (is_over || (expected && *actual < *expected)) return TargetStatus::behind;
  return TargetStatus::on_track;
}

}  // namespace direct
