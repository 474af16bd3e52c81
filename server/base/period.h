#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"

namespace base {

enum class Frequency { month, quarter, half, nine_months, year };

std::string_view name(Frequency frequency);  ///< "month", "quarter", "half", "nine_months", "year"
std::optional<Frequency> frequency_named(std::string_view name);

/// A reporting period, written 2021, 2021-H1, 2021-9M, 2021-Q3, 2021-07.
class Period {
 public:
  Period() = default;
  /// `index` counts from 1 within the year (month 1..12, quarter 1..4, half 1..2, otherwise 1).
  Period(int year, Frequency frequency, int index);

  static std::optional<Period> parse(std::string_view text);

  std::string text() const;
  int year() const { return year_; }
  int index() const { return index_; }
  Frequency frequency() const { return frequency_; }
  Date first() const;  ///< first day
  Date end() const;    ///< day after the last: the span is [first, end)
  Date last() const { return end().plus_days(-1); }

  /// The whole periods of `frequency` that lie inside this one, in order; itself when the
  /// frequency is its own; empty when none fits (halves in a quarter).
  std::vector<Period> parts(Frequency frequency) const;

  /// The period of the same kind just before, and the one of the year before.
  Period previous() const;
  Period year_before() const { return Period(year_ - 1, frequency_, index_); }

  friend auto operator<=>(const Period&, const Period&) = default;

 private:
  int year_ = 1;
  Frequency frequency_ = Frequency::year;
  int index_ = 1;
};

}  // namespace base
