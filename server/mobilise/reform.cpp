#include "mobilise/reform.h"

#include <array>

#include "base/decimal.h"

namespace mobilise {

std::optional<std::int64_t> rate_of(std::optional<std::int64_t> part,
                                    std::optional<std::int64_t> whole) {
  if (!part || !whole) return std::nullopt;
  return base::divide_half_up(*part, *whole, 4);
}

std::string_view name(ReformStanding standing) {
  static constexpr std::array<std::string_view, 4> kNames{"kept", "behind", "none_handled",
                                                          "no_data"};
  return kNames[static_cast<std::size_t>(standing)];
}

ReformStanding standing_of(const ReformFigures& figures, std::int64_t least) {
  if (!figures.handled) return ReformStanding::no_data;
  if (*figures.handled == 0) return ReformStanding::none_handled;
  if (!figures.on_time) return ReformStanding::no_data;
  const base::Wide reached = base::Wide(*figures.on_time) * 10000;
  return reached < base::Wide(*figures.handled) * least ? ReformStanding::behind
                                                        : ReformStanding::kept;
}

}  // namespace mobilise
