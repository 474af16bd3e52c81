#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace base {

/// Sums and products of figures; never a double.
__extension__ typedef __int128 Wide;

/// How a figure was written.
enum class Notation {
  program,  ///< by a program: "-1234.5"; a single dot is the decimal sign
  typed,    ///< by a person: "1.234,5"; "1.234" and "1,234" are ambiguous and asked back
};

/// Reads a figure into the smallest unit of an indicator with `decimals` decimals (0..9):
/// "13,75" with 2 decimals → 1375. Accepts digits; "1.234,5" and "1,234.5"; repeated groups of
/// three; a single comma as decimal sign unless exactly three digits follow it (then
/// "figure.ambiguous", args: the text and its two readings; "0,125" and "1234,567" cannot be groups
/// and are taken). A leading minus (ASCII or U+2212) is allowed; surrounding spaces and NBSP are
/// dropped, inner NBSP or space between groups of three is taken as grouping. Other refusals:
/// "figure.not_a_number", "figure.too_many_decimals" (args: the text, the decimals; trailing zeros
/// are allowed), "figure.out_of_range" (beyond ±10^17), all with kind invalid and the given field.
Result<std::int64_t> parse_figure(std::string_view text, int decimals, Notation notation,
                                  std::string field = {});

/// "98.57": canonical text, dot, exactly `decimals` decimals.
std::string canonical_figure(Wide amount, int decimals);

/// "1.234,5": Vietnamese text, dots between groups, decimal comma.
std::string vietnamese_figure(Wide amount, int decimals);

/// numerator / denominator × 10^shift rounded half away from zero, exactly; none when the
/// denominator is zero or the result leaves 64 bits.
std::optional<std::int64_t> divide_half_up(Wide numerator, Wide denominator, int shift);

/// `amount` as a 64-bit figure, or none when it does not fit.
std::optional<std::int64_t> narrow(Wide amount);

}  // namespace base
