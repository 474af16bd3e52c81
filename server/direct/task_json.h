#pragma once

#include "auth/actor.h"
#include "base/working_days.h"
#include "direct/follow_task.h"
#include "http/json.h"

namespace direct {

http::json::object to_json(store::Tx& tx, const Task& task, base::Date day,
                           const base::WorkingCalendar& calendar);
/// With what was said of it, its files, longer terms, what makes it concrete below, and what the
/// actor may do: progress, evidence, done, overdue_reason, ask_extension, change, cancel, reopen,
/// decide_extension.
http::json::object page_json(store::Tx& tx, const Task& task, const auth::Actor& actor,
                             base::Date day);

/// The words, units and days of a task; what stands fixed (programme, unit, objective, parent) only
/// when it is new.
Task read_task(http::Fields& fields, bool is_new);

}  // namespace direct
