#pragma once

#include <chrono>
#include <string>

#include "base/date.h"
#include "base/words.h"
#include "report/service.h"

namespace app {

/// The demo's log-ins, a line each.
std::string demo_log_ins(base::Language language);

/// Nine in the morning of a day of the demo, when its people act.
inline report::Now nine_on(base::Date day) {
  const auto since = day.days().time_since_epoch();
  return {base::Instant{std::chrono::duration_cast<std::chrono::microseconds>(since).count() +
                        2LL * 3600 * 1000000},
          day};
}

}  // namespace app
