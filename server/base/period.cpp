#include "base/period.h"

#include <array>
#include <stdexcept>
#include <utility>

namespace base {
namespace {

struct Kind {
  Frequency frequency;
  std::string_view name;
  int count;   ///< periods in a year
  int months;  ///< months in a period
};

constexpr std::array<Kind, 5> kKinds{{{Frequency::month, "month", 12, 1},
                                      {Frequency::quarter, "quarter", 4, 3},
                                      {Frequency::half, "half", 2, 6},
                                      {Frequency::nine_months, "nine_months", 1, 9},
                                      {Frequency::year, "year", 1, 12}}};

const Kind& kind_of(Frequency frequency) { return kKinds.at(std::to_underlying(frequency)); }

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The first day of the month `month` (1..13: the thirteenth is next January).
Date month_start(int year, int month) {
  const std::chrono::year_month start =
      std::chrono::year{year} / std::chrono::January + std::chrono::months(month - 1);
  return Date(std::chrono::sys_days(start / 1));
}

}  // namespace

std::string_view name(Frequency frequency) { return kind_of(frequency).name; }

std::optional<Frequency> frequency_named(std::string_view name) {
  for (const Kind& kind : kKinds) {
    if (kind.name == name) return kind.frequency;
  }
  return std::nullopt;
}

Period::Period(int year, Frequency frequency, int index)
    : year_(year), frequency_(frequency), index_(index) {
  if (index < 1 || index > kind_of(frequency).count) {
    throw std::invalid_argument("a year has no such period");
  }
}

std::optional<Period> Period::parse(std::string_view text) {
  if (text.size() < 4 || text.size() == 5 || text.size() > 7) return std::nullopt;
  int year = 0;
  for (const char c : text.substr(0, 4)) {
    if (!is_digit(c)) return std::nullopt;
    year = year * 10 + (c - '0');
  }
  if (year == 0) return std::nullopt;
  if (text.size() == 4) return Period(year, Frequency::year, 1);
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  const char first = text[5];
  const char second = text[6];
  if (first == '9' && second == 'M') return Period(year, Frequency::nine_months, 1);
  if (!is_digit(second)) return std::nullopt;
  const int number = second - '0';
  if (first == 'H' && number >= 1 && number <= 2) return Period(year, Frequency::half, number);
  if (first == 'Q' && number >= 1 && number <= 4) return Period(year, Frequency::quarter, number);
  if (!is_digit(first)) return std::nullopt;
  const int month = (first - '0') * 10 + number;
  if (month < 1 || month > 12) return std::nullopt;
  return Period(year, Frequency::month, month);
}

std::string Period::text() const {
  std::string text = std::to_string(year_);
  text.insert(0, text.size() < 4 ? 4 - text.size() : 0, '0');
  switch (frequency_) {
    case Frequency::month:
      return text + (index_ < 10 ? "-0" : "-") + std::to_string(index_);
    case Frequency::quarter:
      return text + "-Q" + std::to_string(index_);
    case Frequency::half:
      return text + "-H" + std::to_string(index_);
    case Frequency::nine_months:
      return text + "-9M";
    case Frequency::year:
      break;
  }
  return text;
}

Date Period::first() const {
  return month_start(year_, (index_ - 1) * kind_of(frequency_).months + 1);
}

Date Period::end() const { return month_start(year_, index_ * kind_of(frequency_).months + 1); }

std::vector<Period> Period::parts(Frequency frequency) const {
  std::vector<Period> parts;
  for (int index = 1; index <= kind_of(frequency).count; ++index) {
    const Period part(year_, frequency, index);
    if (first() <= part.first() && part.end() <= end()) parts.push_back(part);
  }
  return parts;
}

Period Period::previous() const {
  if (index_ > 1) return Period(year_, frequency_, index_ - 1);
  return Period(year_ - 1, frequency_, kind_of(frequency_).count);
}

}  // namespace base
