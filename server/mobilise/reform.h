#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

/// Administrative reform beside its figures. Pure.
namespace mobilise {

/// Of a unit and a time; what nobody accepted is not there. Satisfaction is in its indicator's
/// smallest unit.
struct ReformFigures {
  std::optional<std::int64_t> handled, on_time, online, satisfaction;
};

/// `part` of `whole` in hundredths of a per cent, rounded half up; none without a whole.
std::optional<std::int64_t> rate_of(std::optional<std::int64_t> part,
                                    std::optional<std::int64_t> whole);

enum class ReformStanding { kept, behind, none_handled, no_data };
std::string_view name(ReformStanding standing);
/// Behind: fewer on time than `least`, in hundredths of a per cent; reckoned without rounding.
ReformStanding standing_of(const ReformFigures& figures, std::int64_t least);

}  // namespace mobilise
