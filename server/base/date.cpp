#include "base/date.h"

#include <array>
#include <cstdio>

namespace base {
namespace {

using std::chrono::year_month_day;

constexpr std::int64_t kMicrosecondsPerDay = 86'400'000'000;

constexpr bool digits_at(std::string_view text, std::size_t from, std::size_t count) {
  for (std::size_t i = from; i < from + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return false;
  }
  return true;
}

constexpr int number_at(std::string_view text, std::size_t from, std::size_t count) {
  int number = 0;
  for (std::size_t i = from; i < from + count; ++i) number = number * 10 + (text[i] - '0');
  return number;
}

template <class... Arguments>
std::string formatted(const char* format, Arguments... arguments) {
  std::array<char, 64> buffer{};
  const int length = std::snprintf(buffer.data(), buffer.size(), format, arguments...);
  return std::string(buffer.data(), static_cast<std::size_t>(length));
}

}  // namespace

std::optional<Date> Date::parse(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  if (!digits_at(text, 0, 4) || !digits_at(text, 5, 2) || !digits_at(text, 8, 2)) {
    return std::nullopt;
  }
  const int year = number_at(text, 0, 4);
  const year_month_day day =
      std::chrono::year{year} / number_at(text, 5, 2) / number_at(text, 8, 2);
  if (year == 0 || !day.ok()) return std::nullopt;
  return Date(std::chrono::sys_days(day));
}

std::string Date::text() const { return formatted("%04d-%02u-%02u", year(), month(), day()); }

std::string Date::vietnamese() const { return formatted("%u/%u/%d", day(), month(), year()); }

int Date::year() const { return static_cast<int>(year_month_day(days_).year()); }

unsigned Date::month() const { return static_cast<unsigned>(year_month_day(days_).month()); }

unsigned Date::day() const { return static_cast<unsigned>(year_month_day(days_).day()); }

std::string Instant::text() const {
  const std::chrono::sys_time<std::chrono::microseconds> at{
      std::chrono::microseconds(microseconds)};
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::hh_mm_ss time(at - day);
  return Date(day).text() + formatted("T%02d:%02d:%02d.%06dZ",
                                      static_cast<int>(time.hours().count()),
                                      static_cast<int>(time.minutes().count()),
                                      static_cast<int>(time.seconds().count()),
                                      static_cast<int>(time.subseconds().count()));
}

Date Clock::day_of(Instant instant) const {
  const std::int64_t local = instant.microseconds + offset_minutes * std::int64_t{60'000'000};
  std::int64_t day = local / kMicrosecondsPerDay;
  if (local % kMicrosecondsPerDay < 0) --day;  // round towards the past before 1970 as well
  return Date(std::chrono::sys_days(std::chrono::days(static_cast<int>(day))));
}

Instant SystemClock::now() const {
  using std::chrono::microseconds;
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<microseconds>(since).count()};
}

}  // namespace base
