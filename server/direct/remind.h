#pragma once

#include <string>
#include <vector>

#include "auth/actor.h"
#include "direct/task.h"
#include "org/authority.h"
#include "store/db.h"

/// Reminders: each term of each task is spoken of on its days, once, however often the server was
/// stopped meanwhile.
namespace direct {

/// Sends what fell due since the last call up to and with `today`, in this transaction: what went
/// out is kept as rows, so that neither a restart nor a second server repeats it. The first call
/// begins on its own day. Gives how many went out. The fourth goes to the lead's superior: who
/// asked for the task, and stays with the lead's own list too.
std::int64_t send_reminders(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                            base::Date today);

struct Reminder {
  std::int64_t id = 0;
  TaskId task;
  base::Date due_on, on;
  int number = 1;
  org::UnitId unit;  ///< to whom
  bool is_seen = false;
};
/// To the units where the account holds a post today, newest first, `before` an id.
std::vector<Reminder> reminders(store::Tx& tx, const auth::Actor& actor, base::Date today,
                                bool unseen_only, std::int64_t before, int limit);
/// Marks them seen, those of the account's units only; gives how many were.
std::int64_t see_reminders(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                           base::Date today, const std::vector<std::int64_t>& ids);

}  // namespace direct
