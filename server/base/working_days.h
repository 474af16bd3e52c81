#pragma once

#include <set>

#include "base/date.h"

namespace base {

/// Which days are worked: Monday to Friday, but for holidays, and also the Saturdays and Sundays
/// that are worked in exchange (the Labour Code, article 112; each year's exchange is announced).
struct WorkingCalendar {
  std::set<Date> holidays;
  std::set<Date> worked;  ///< Saturdays and Sundays on which work is made up

  bool is_working(Date day) const;
  /// The n-th working day after `day` (n > 0) or before it (n < 0); `day` itself for 0.
  Date plus(Date day, int working_days) const;
  /// Working days in (from, to]; negative when `to` is earlier.
  int between(Date from, Date to) const;
};

}  // namespace base
