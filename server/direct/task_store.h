#pragma once

#include <optional>
#include <string>
#include <vector>

#include "auth/actor.h"
#include "direct/task.h"
#include "org/authority.h"
#include "store/db.h"

/// All SQL of tasks, what is said of them, and longer terms.
namespace direct::task_store {

TaskId add(store::Tx& tx, const Task& task);
std::optional<Task> find(store::Tx& tx, TaskId id);
/// Who asks, leads or supports is in the scope.
bool in_scope(store::Tx& tx, const org::Scope& scope, TaskId id);
/// Writes everything but the supporting units; false when someone saved a newer revision first.
[[nodiscard]] bool save(store::Tx& tx, const Task& task);
void replace_supporting(store::Tx& tx, TaskId id, const std::vector<org::UnitId>& units);

/// What a list of tasks asks for. Ordered by due day, then id: `after_due`, `after_id` say where to
/// go on.
struct Wanted {
  std::optional<ProgrammeId> programme;
  std::optional<org::UnitId> unit;  ///< asks for it
  std::optional<org::UnitId> lead;
  std::optional<TaskId> parent;
  std::optional<TaskState> state;
  std::optional<base::Date> due_from, due_to;  ///< due in [from, to)
  base::Date after_due{1, 1, 1};
  std::int64_t after_id = 0;
  int limit = 50;
};
std::vector<Task> visible(store::Tx& tx, const org::Scope& scope, const Wanted& wanted);
/// Open tasks the unit leads or supports, by due day.
std::vector<Task> duties(store::Tx& tx, org::UnitId unit, int limit);
/// Open tasks due in [from, to), by due day.
std::vector<Task> open_due(store::Tx& tx, base::Date from, base::Date to);

struct Update {
  std::int64_t id = 0;
  org::UnitId unit;
  std::string kind, text, actor;
  int percent = 0;
  base::Instant at;
  auth::AccountId account = {};
};
std::int64_t add_update(store::Tx& tx, TaskId task, org::UnitId unit, UpdateKind kind, int percent,
                        const std::string& text, const auth::Actor& actor, base::Instant at);
std::vector<Update> updates(store::Tx& tx, TaskId task);

struct Extension {
  std::int64_t id = 0;
  TaskId task;
  base::Date due_on, asked_due_on;
  std::string reason, state, asked_by, decided_by, decision;
  base::Instant asked_at;
  std::optional<base::Instant> decided_at;
};
/// None while one is asked and not decided.
std::optional<std::int64_t> ask_extension(store::Tx& tx, const Extension& extension);
void decide_extension(store::Tx& tx, const Extension& extension);
std::optional<Extension> extension(store::Tx& tx, std::int64_t id);
std::vector<Extension> extensions(store::Tx& tx, TaskId task);

base::WorkingCalendar calendar(store::Tx& tx);
void add_calendar_day(store::Tx& tx, base::Date day, bool is_holiday, const std::string& name);

}  // namespace direct::task_store
