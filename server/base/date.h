#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace base {

/// A civil day without a zone, from 0001-01-01 to 9999-12-31. Spans of days are half-open
/// [from, to); an open end is kForever.
class Date {
 public:
  constexpr Date() = default;
  constexpr explicit Date(std::chrono::sys_days days) : days_(days) {}
  constexpr Date(int year, unsigned month, unsigned day)
      : days_(std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(day)) {}

  /// Reads "2021-07-01"; nothing else, and no day that is not in the calendar.
  static std::optional<Date> parse(std::string_view text);

  std::string text() const;        ///< "2021-07-01"
  std::string vietnamese() const;  ///< "1/7/2021"
  int year() const;
  unsigned month() const;
  unsigned day() const;
  Date plus_days(int days) const { return Date(days_ + std::chrono::days(days)); }
  constexpr std::chrono::sys_days days() const { return days_; }

  friend auto operator<=>(const Date&, const Date&) = default;

 private:
  std::chrono::sys_days days_{};
};

inline const Date kForever{9999, 12, 31};

/// Microseconds since 1970-01-01T00:00:00Z: when something happened or was recorded.
struct Instant {
  std::int64_t microseconds = 0;

  std::string text() const;  ///< RFC 3339 in UTC: "2021-07-01T02:00:00.000000Z"
  friend auto operator<=>(const Instant&, const Instant&) = default;
};

/// The only reader of the time. `today` is the civil day at the configured offset (+07:00).
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
  Date today() const { return day_of(now()); }
  /// The civil day of an instant at this clock's offset.
  Date day_of(Instant instant) const;
  int offset_minutes = 7 * 60;
};

class SystemClock final : public Clock {
 public:
  Instant now() const override;
};

/// Stands still until told otherwise; for tests and replays.
class FixedClock final : public Clock {
 public:
  explicit FixedClock(Instant at) : at_(at) {}
  Instant now() const override { return at_; }
  void set(Instant at) { at_ = at; }

 private:
  Instant at_;
};

}  // namespace base
