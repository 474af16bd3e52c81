#include "base/working_days.h"

#include <chrono>

namespace base {

bool WorkingCalendar::is_working(Date day) const {
  if (holidays.contains(day)) return false;
  const unsigned weekday = std::chrono::weekday(day.days()).iso_encoding();
  return weekday <= 5 || worked.contains(day);
}

Date WorkingCalendar::plus(Date day, int working_days) const {
  const int step = working_days < 0 ? -1 : 1;
  for (int left = working_days; left != 0;) {
    day = day.plus_days(step);
    if (is_working(day)) left -= step;
  }
  return day;
}

int WorkingCalendar::between(Date from, Date to) const {
  if (to < from) return -between(to, from);
  int count = 0;
  for (Date day = from; day < to;) {
    day = day.plus_days(1);
    if (is_working(day)) ++count;
  }
  return count;
}

}  // namespace base
