#include "base/decimal.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace base {
namespace {

__extension__ typedef unsigned __int128 Unsigned;

constexpr std::int64_t kLargest = 100'000'000'000'000'000;  // 10^17
constexpr std::string_view kMinusSign = "\xE2\x88\x92";     // U+2212
constexpr std::string_view kBlanks[] = {" ", "\t", "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Every kind of blank as a plain space, so that one rule serves them all.
std::string with_plain_blanks(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto blank = std::ranges::find_if(kBlanks, [&](auto b) { return text.starts_with(b); });
    out.push_back(blank == std::end(kBlanks) ? text.front() : ' ');
    text.remove_prefix(blank == std::end(kBlanks) ? 1 : blank->size());
  }
  const std::size_t first = out.find_first_not_of(' ');
  if (first == std::string::npos) return {};
  return out.substr(first, out.find_last_not_of(' ') - first + 1);
}

/// A figure taken apart: digits before and after the decimal sign, grouping gone.
struct Digits {
  std::string whole;
  std::string fraction;
};

/// The digits of "1234" or of "1.234.567" grouped by `group`; none when the groups are not of
/// three.
std::optional<std::string> ungrouped(std::string_view text, char group) {
  std::string digits;
  std::size_t run = 0;
  bool is_grouped = false;
  for (const char c : text) {
    if (c == group) {
      if (is_grouped ? run != 3 : run < 1 || run > 3) return std::nullopt;
      is_grouped = true;
      run = 0;
    } else if (is_digit(c)) {
      digits.push_back(c);
      ++run;
    } else {
      return std::nullopt;
    }
  }
  if (is_grouped ? run != 3 : run == 0) return std::nullopt;
  return digits;
}

/// `text` cut at its decimal sign `at`, the part before it grouped by `group`.
std::optional<Digits> cut(std::string_view text, std::size_t at, char group) {
  auto whole = ungrouped(text.substr(0, at), group);
  const std::string_view fraction = text.substr(at + 1);
  if (!whole || fraction.empty() || !std::ranges::all_of(fraction, is_digit)) return std::nullopt;
  return Digits{*std::move(whole), std::string(fraction)};
}

/// Could "12.345" be 12345? Not when the part before the sign is 0 or too long for a group.
bool looks_grouped(std::string_view text, std::size_t at) {
  return text.size() - at - 1 == 3 && at >= 1 && at <= 3 && text.front() != '0' &&
         std::ranges::all_of(text.substr(0, at), is_digit) &&
         std::ranges::all_of(text.substr(at + 1), is_digit);
}

struct Reading {
  std::optional<Digits> digits;
  bool is_ambiguous = false;
};

Reading read(std::string_view text, Notation notation) {
  const auto dots = std::ranges::count(text, '.');
  const auto commas = std::ranges::count(text, ',');
  const auto blanks = std::ranges::count(text, ' ');
  const std::size_t dot = text.rfind('.');
  const std::size_t comma = text.rfind(',');
  if (dots > 0 && commas > 0) {
    if (blanks > 0) return {};
    const bool comma_is_decimal = comma > dot;
    if ((comma_is_decimal ? commas : dots) != 1) return {};
    return {comma_is_decimal ? cut(text, comma, '.') : cut(text, dot, ',')};
  }
  if (dots + commas == 1) {
    const std::size_t at = dots == 1 ? dot : comma;
    if (blanks > 0) return {cut(text, at, ' ')};
    const bool is_program_dot = dots == 1 && notation == Notation::program;
    return {cut(text, at, ' '), !is_program_dot && looks_grouped(text, at)};
  }
  const char group = dots > 0 ? '.' : commas > 0 ? ',' : ' ';
  auto whole = ungrouped(text, group);
  if (!whole) return {};
  return {Digits{*std::move(whole), {}}};
}

/// Whole and fraction as one count of the smallest unit; none beyond the largest figure.
std::optional<std::int64_t> counted(const Digits& digits, int decimals) {
  std::string all = digits.whole + digits.fraction;
  all.append(static_cast<std::size_t>(decimals) - digits.fraction.size(), '0');
  std::int64_t amount = 0;
  for (const char c : all) {
    amount = amount * 10 + (c - '0');
    if (amount > kLargest) return std::nullopt;
  }
  return amount;
}

Unsigned magnitude(Wide amount) {
  const auto bits = static_cast<Unsigned>(amount);
  return amount < 0 ? ~bits + 1 : bits;
}

/// The sign, the whole digits and the fraction of an amount.
struct Written {
  std::string_view sign;
  std::string whole;
  std::string fraction;
};

Written written(Wide amount, int decimals) {
  std::string digits;
  for (Unsigned rest = magnitude(amount); rest != 0; rest /= 10) {
    digits.push_back(static_cast<char>('0' + static_cast<int>(rest % 10)));
  }
  const auto places = static_cast<std::size_t>(std::max(decimals, 0));
  if (digits.size() <= places) digits.append(places + 1 - digits.size(), '0');
  std::ranges::reverse(digits);
  const std::size_t at = digits.size() - places;
  return {amount < 0 ? "-" : "", digits.substr(0, at), digits.substr(at)};
}

/// One step of long division: the next digit of rest × 10 / divisor, without leaving 128 bits.
unsigned next_digit(Unsigned& rest, Unsigned divisor) {
  unsigned digit = 0;
  Unsigned sum = 0;
  for (int i = 0; i < 10; ++i) {
    if (sum >= divisor - rest) {
      sum -= divisor - rest;
      ++digit;
    } else {
      sum += rest;
    }
  }
  rest = sum;
  return digit;
}

}  // namespace

Result<std::int64_t> parse_figure(std::string_view text, int decimals, Notation notation,
                                  std::string field) {
  const auto refusal = [&](const char* code, std::vector<std::string> args) {
    return refuse(ProblemKind::invalid, code, std::move(field), std::move(args));
  };
  const std::string given(text);
  const std::string plain = with_plain_blanks(text);
  std::string_view figure = plain;
  const bool is_negative = figure.starts_with('-') || figure.starts_with(kMinusSign);
  if (is_negative) figure.remove_prefix(figure.front() == '-' ? 1 : kMinusSign.size());

  auto [digits, is_ambiguous] = read(figure, notation);
  if (!digits) return refusal("figure.not_a_number", {given});
  if (is_ambiguous) {
    const std::string sign = is_negative ? "-" : "";
    return refusal("figure.ambiguous", {given, sign + digits->whole + digits->fraction,
                                        sign + digits->whole + "," + digits->fraction + "0"});
  }
  while (digits->fraction.ends_with('0') &&
         digits->fraction.size() > static_cast<std::size_t>(decimals)) {
    digits->fraction.pop_back();
  }
  if (digits->fraction.size() > static_cast<std::size_t>(decimals)) {
    return refusal("figure.too_many_decimals", {given, std::to_string(decimals)});
  }
  const auto amount = counted(*digits, decimals);
  if (!amount) return refusal("figure.out_of_range", {given});
  return is_negative ? -*amount : *amount;
}

std::string canonical_figure(Wide amount, int decimals) {
  const Written parts = written(amount, decimals);
  std::string text = std::string(parts.sign) + parts.whole;
  return parts.fraction.empty() ? text : text + "." + parts.fraction;
}

std::string vietnamese_figure(Wide amount, int decimals) {
  const Written parts = written(amount, decimals);
  std::string text(parts.sign);
  for (std::size_t i = 0; i < parts.whole.size(); ++i) {
    if (i != 0 && (parts.whole.size() - i) % 3 == 0) text.push_back('.');
    text.push_back(parts.whole[i]);
  }
  return parts.fraction.empty() ? text : text + "," + parts.fraction;
}

std::optional<std::int64_t> divide_half_up(Wide numerator, Wide denominator, int shift) {
  if (denominator == 0) return std::nullopt;
  constexpr Unsigned kTooLarge = Unsigned{1} << 64U;
  Unsigned divisor = magnitude(denominator);
  for (; shift < 0; ++shift) {
    // Ten times a divisor this large is more than twice any numerator: the answer rounds to zero.
    if (divisor > ~Unsigned{0} / 10) return 0;
    divisor *= 10;
  }
  const Unsigned dividend = magnitude(numerator);
  Unsigned quotient = dividend / divisor;
  Unsigned rest = dividend % divisor;
  for (; shift > 0; --shift) {
    if (quotient > kTooLarge) return std::nullopt;
    if (quotient == 0 && rest == 0) return 0;
    quotient = quotient * 10 + next_digit(rest, divisor);
  }
  if (rest >= divisor - rest) ++quotient;
  if (quotient > kTooLarge) return std::nullopt;
  const bool is_negative = (numerator < 0) != (denominator < 0);
  return narrow(is_negative ? -static_cast<Wide>(quotient) : static_cast<Wide>(quotient));
}

std::optional<std::int64_t> narrow(Wide amount) {
  using Limits = std::numeric_limits<std::int64_t>;
  if (amount < Limits::min() || amount > Limits::max()) return std::nullopt;
  return static_cast<std::int64_t>(amount);
}

}  // namespace base
