#include "office/cell_values.h"

#include <algorithm>
#include <charconv>
#include <chrono>

#include "base/date.h"
#include "base/decimal.h"
#include "office/xml_text.h"

namespace office {
namespace {

constexpr std::size_t kDoubleDigits = 15;
constexpr long kLargestPower = 309;    // no double is 1E309
constexpr long kSmallestPower = -324;  // nor 1E-324
constexpr std::int64_t kDaySeconds = 86'400;
constexpr std::string_view kDigits = "0123456789";

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of(kDigits) == std::string_view::npos;
}

/// 0.d1d2d3… × 10^point; no zero at either end of the digits.
struct Decimal {
  std::string digits;
  long point = 0;

  void strip() {
    const std::size_t from = std::min(digits.find_first_not_of('0'), digits.size());
    digits.erase(0, from);
    point -= static_cast<long>(from);
    digits.erase(digits.find_last_not_of('0') + 1);  // npos + 1 is 0: all of them
  }

  void round(std::size_t kept) {
    if (digits.size() <= kept) return;
    const bool is_up = digits[kept] >= '5';
    digits.resize(kept);
    if (is_up) {
      std::size_t at = kept;
      while (at > 0 && digits[at - 1] == '9') digits[--at] = '0';
      if (at > 0) {
        ++digits[at - 1];
      } else {
        digits.insert(0, 1, '1');
        ++point;
      }
    }
    strip();
  }

  std::string text() const {
    if (digits.empty()) return "0";
    const auto count = static_cast<long>(digits.size());
    if (point <= 0) return "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
    if (point >= count) return digits + std::string(static_cast<std::size_t>(point - count), '0');
    const auto whole = static_cast<std::size_t>(point);
    return digits.substr(0, whole) + "." + digits.substr(whole);
  }
};

std::string two_digits(std::int64_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string time_text(std::int64_t seconds) {
  return two_digits(seconds / 3600) + ":" + two_digits(seconds / 60 % 60) + ":" +
         two_digits(seconds % 60);
}

std::optional<std::string> day_text(std::int64_t serial, bool from_1904) {
  using std::chrono::days;
  using std::chrono::sys_days;
  const bool is_before_leap_day = serial < 60;
  if (!from_1904 && (serial < 1 || serial == 60)) return std::nullopt;
  const base::Date zero = from_1904            ? base::Date(1904, 1, 1)
                          : is_before_leap_day ? base::Date(1899, 12, 31)
                                               : base::Date(1899, 12, 30);
  const base::Date day = zero.plus_days(static_cast<int>(serial));
  if (day > base::kForever) return std::nullopt;
  return day.text();
}

/// The letters of a format's first section that say what is shown: those in quotes and brackets and
/// those after a backslash say nothing. Elapsed time is in brackets: "[h]" gives 'H'.
std::string speaking_letters(std::string_view code) {
  std::string letters;
  for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
    const char c = code[i];
    if (c == '"') {
      i = std::min(code.find('"', i + 1), code.size());
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;  // more bytes of that character are no ASCII letters
    } else if (c == '[') {
      const std::size_t close = std::min(code.find(']', i), code.size());
      const std::string_view inside = code.substr(i + 1, close - i - 1);
      if (!inside.empty() && inside.find_first_not_of(inside.front()) == std::string_view::npos &&
          std::string_view("hmsHMS").find(inside.front()) != std::string_view::npos) {
        letters += 'H';
      }
      i = close;
    } else {
      letters += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  return letters;
}

/// The UTF-16 unit of "_xHHHH_" at `at`.
std::optional<char32_t> escaped_unit(std::string_view text, std::size_t at) {
  constexpr std::size_t kLength = 7;
  if (text.size() - at < kLength || text[at + 1] != 'x' || text[at + 6] != '_') return std::nullopt;
  unsigned unit = 0;
  const char* const from = text.data() + at + 2;
  const auto [stop, error] = std::from_chars(from, from + 4, unit, 16);
  if (error != std::errc() || stop != from + 4) return std::nullopt;
  return unit;
}

void append_plain(std::string& out, char32_t c) {
  if (c == '\r') c = '\n';
  const bool is_control = (c < 0x20 && c != '\t' && c != '\n') || c == 0x7F;
  if (!is_control && c != 0xFFFE && c != 0xFFFF) append_character(out, c);
}

}  // namespace

Shown shown_by_built_in(std::size_t id) {
  if (id == 9 || id == 10) return Shown::percent;
  if (id >= 14 && id <= 17) return Shown::day;
  if ((id >= 18 && id <= 21) || id == 45 || id == 47) return Shown::time;
  if (id == 22) return Shown::day_and_time;
  if (id == 46) return Shown::elapsed;
  return Shown::number;
}

Shown shown_by(std::string_view code) {
  const std::string letters = speaking_letters(code);
  const auto has = [&](std::string_view any) {
    return letters.find_first_of(any) != std::string::npos;
  };
  const bool has_time = has("hs");
  if (has("yd") || (has("m") && !has_time && !has("H")))
    return has_time ? Shown::day_and_time : Shown::day;
  if (has("H")) return Shown::elapsed;
  if (has_time) return Shown::time;
  return has("%") ? Shown::percent : Shown::number;
}

std::optional<std::string> canonical_number(std::string_view stored) {
  const bool is_negative = stored.starts_with('-');
  if (is_negative || stored.starts_with('+')) stored.remove_prefix(1);
  long power = 0;
  if (const std::size_t e = stored.find_first_of("eE"); e != std::string_view::npos) {
    std::string_view exponent = stored.substr(e + 1);
    const bool is_small = exponent.starts_with('-');
    if (is_small || exponent.starts_with('+')) exponent.remove_prefix(1);
    if (!is_digits(exponent) || exponent.size() > 5) return std::nullopt;
    std::from_chars(exponent.data(), exponent.data() + exponent.size(), power);
    if (is_small) power = -power;
    stored = stored.substr(0, e);
  }
  const std::size_t dot = std::min(stored.find('.'), stored.size());
  Decimal decimal{std::string(stored), static_cast<long>(dot) + power};
  decimal.digits.erase(dot, 1);
  if (!is_digits(decimal.digits)) return std::nullopt;
  decimal.strip();
  if (decimal.digits.empty()) return "0";
  if (decimal.point > kLargestPower || decimal.point < kSmallestPower) return std::nullopt;
  decimal.round(std::max(kDoubleDigits, static_cast<std::size_t>(std::max(decimal.point, 0L))));
  return (is_negative ? "-" : "") + decimal.text();
}

std::optional<std::string> moment_of(std::string_view number, Shown shown, bool from_1904) {
  const std::size_t dot = std::min(number.find('.'), number.size());
  if (number.starts_with('-') || dot > 7) return std::nullopt;
  constexpr std::size_t kKept = 12;  // decimals of a day: a millionth of a second
  std::string fraction(number.substr(std::min(dot + 1, number.size())));
  fraction.resize(kKept, '0');
  std::int64_t day = 0;
  std::int64_t part = 0;
  const std::string_view whole = number.substr(0, dot);
  std::from_chars(whole.data(), whole.data() + whole.size(), day);
  std::from_chars(fraction.data(), fraction.data() + kKept, part);
  if (shown == Shown::day) return day_text(day, from_1904);
  std::int64_t seconds =
      base::divide_half_up(base::Wide{part} * kDaySeconds, 1'000'000'000'000, 0).value_or(0);
  if (shown == Shown::elapsed) return time_text(day * kDaySeconds + seconds);
  if (shown == Shown::time) return time_text(seconds % kDaySeconds);
  day += seconds / kDaySeconds;  // half a second before midnight is the next day
  seconds %= kDaySeconds;
  auto text = day_text(day, from_1904);
  if (text && seconds != 0) *text += "T" + time_text(seconds);
  return text;
}

std::optional<std::string> moment_of_iso(std::string_view text) {
  if (text.ends_with('Z')) text.remove_suffix(1);
  const std::string_view day = text.substr(0, std::min(text.find('T'), text.size()));
  const auto date = base::Date::parse(day);
  if (!date) return std::nullopt;
  if (day.size() == text.size()) return date->text();
  std::string_view time = text.substr(day.size() + 1);
  const std::size_t dot = std::min(time.find('.'), time.size());
  if (dot < time.size() && !is_digits(time.substr(dot + 1))) return std::nullopt;
  time = time.substr(0, dot);
  if (time.size() == 5 && dot == 5) return moment_of_iso(std::string(text) + ":00");
  if (time.size() != 8 || time[2] != ':' || time[5] != ':' || !is_digits(time.substr(0, 2)) ||
      !is_digits(time.substr(3, 2)) || !is_digits(time.substr(6, 2)) || time.substr(0, 2) > "23" ||
      time.substr(3, 2) > "59" || time.substr(6, 2) > "59") {
    return std::nullopt;
  }
  return date->text() + (time == "00:00:00" ? "" : "T" + std::string(time));
}

std::string plain_text(std::string_view stored) {
  if (stored.find("_x") == std::string_view::npos) return std::string(stored);
  std::string made;
  for (std::size_t i = 0; i < stored.size(); ++i) {
    const auto unit = stored[i] == '_' ? escaped_unit(stored, i) : std::nullopt;
    if (!unit) {
      made += stored[i];
      continue;
    }
    const bool is_high = *unit >= 0xD800 && *unit < 0xDC00;
    const auto low = is_high && i + 7 < stored.size() && stored[i + 7] == '_'
                         ? escaped_unit(stored, i + 7)
                         : std::nullopt;
    if (low && *low >= 0xDC00 && *low < 0xE000) {
      append_plain(made, 0x10000 + ((*unit - 0xD800) << 10) + (*low - 0xDC00));
      i += 13;
    } else if (*unit >= 0xD800 && *unit < 0xE000) {
      made += stored[i];  // half a character: left as it was written
    } else {
      append_plain(made, *unit);
      i += 6;
    }
  }
  return made;
}

std::string stored_text(std::string_view text) {
  std::string made;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '_' && escaped_unit(text, i)) made += "_x005F";
    made += text[i];
  }
  return made;
}

std::optional<Reference> reference_of(std::string_view text) {
  Reference found;
  std::size_t i = 0;
  for (; i < text.size() && text[i] >= 'A' && text[i] <= 'Z' && i < 4; ++i)
    found.column = found.column * 26 + static_cast<std::size_t>(text[i] - 'A' + 1);
  const std::string_view row = text.substr(i);
  if (i == 0 || !is_digits(row) || row.size() > 7 || row.front() == '0') return std::nullopt;
  std::from_chars(row.data(), row.data() + row.size(), found.row);
  if (found.column > kLastColumn || found.row > kLastRow) return std::nullopt;
  return found;
}

std::string column_letters(std::size_t column) {
  std::string letters;
  for (; column > 0; column = (column - 1) / 26)
    letters.insert(letters.begin(), static_cast<char>('A' + (column - 1) % 26));
  return letters;
}

}  // namespace office
