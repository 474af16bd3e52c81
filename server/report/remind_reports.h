#pragma once

#include <string>
#include <vector>

#include "report/service.h"

/// Reminders to units whose reports are not handed in, by the same days as tasks: each once,
/// however often the server was stopped meanwhile.
namespace report {

/// Sends what fell due since the last call up to and with `now.day`; gives how many went out. The
/// first call begins on its own day. The fourth goes to who asked.
std::int64_t send_report_reminders(store::Tx& tx, const auth::Actor& actor, Now now);

/// Numbers from here on are a compiler's own.
inline constexpr int kByHand = 10;

/// Reminds every unit of a request that has not handed in, in the compiler's words if any. Gives
/// how many. One reminder by hand a day is enough ("report.reminded_today").
base::Result<std::int64_t> remind_silent(store::Tx& tx, const auth::Actor& actor, Now now,
                                         RequestId request, const std::string& words);

struct ReportReminder {
  std::int64_t id = 0;
  ReportId report;
  base::Date due_on, on;
  int number = 1;  ///< 1 to 3, 4 to the requester, from kByHand by a person
  org::UnitId unit;
  std::string words;
  bool is_seen = false;
};
/// To the units where the account holds a post, newest first, `before` an id.
std::vector<ReportReminder> report_reminders(store::Tx& tx, const auth::Actor& actor,
                                             base::Date today, bool unseen_only,
                                             std::int64_t before, int limit);
/// Marks them seen, those of the account's units only; gives how many were.
std::int64_t see_report_reminders(store::Tx& tx, const auth::Actor& actor, Now now,
                                  const std::vector<std::int64_t>& ids);

}  // namespace report
