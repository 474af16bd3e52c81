#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/result.h"
#include "base/working_days.h"
#include "direct/programme.h"
#include "org/unit.h"

/// Work with a lead, a deliverable and a term, and what is said of it on the way. Pure.
namespace direct {

using TaskId = base::Id<struct TaskTag>;

enum class TaskState { open, done, cancelled };
std::string_view name(TaskState state);
std::optional<TaskState> task_state_named(std::string_view name);

struct Task {
  TaskId id;
  ProgrammeId programme;
  std::string objective;         ///< code, or empty
  std::optional<TaskId> parent;  ///< the superior's task that it makes concrete
  org::UnitId unit;              ///< who asks for it
  std::string title;
  org::UnitId lead;
  std::vector<org::UnitId> supporting;
  std::string deliverable;
  base::Date from, due;
  TaskState state = TaskState::open;
  int percent = 0;
  std::int64_t revision = 1;
  std::string overdue_reason;
  std::optional<base::Date> done_on;
  base::Date made_on;
};

/// How a task stands on a day.
enum class TaskStanding { open, due_soon, overdue, done, done_late, cancelled };
std::string_view name(TaskStanding standing);
/// Due soon: at most five working days are left.
TaskStanding standing_of(const Task& task, base::Date day, const base::WorkingCalendar& calendar);

/// Faults of the task's own words, each with its field: "task.deliverable_missing",
/// "task.lead_missing", "task.due_before_start". `at` goes before the fields.
base::Problems faults_of(const Task& task, const std::string& at = {});

enum class UpdateKind { progress, evidence, done, reopened, overdue_reason, changed, cancelled };
std::string_view name(UpdateKind kind);

/// What is said of a task: checked against how it stands; gives the task afterwards.
/// - progress, done, overdue_reason: the lead's; evidence: the supporting units' too; reopened,
///   cancelled: the asking unit's (who may is decided elsewhere);
/// - "task.not_open" for all but reopened, "task.not_done" for that; "task.percent_form" outside 0
///   to 100; "task.text_missing" (reopened, cancelled, overdue_reason, and progress that falls need
///   words); "task.not_overdue"; "task.evidence_missing" (done without words and without a file).
struct AskedUpdate {
  UpdateKind kind = UpdateKind::progress;
  int percent = 0;
  std::string text;
  bool has_file = false;
};
base::Result<Task> updated(Task task, const AskedUpdate& asked, base::Date day);

/// The days on which a task that is due on `due` is spoken of: five and one working days before,
/// three after; and to the superior, five working days after.
struct ReminderDay {
  int number = 1;  ///< 1 to 3 to the lead, 4 to its superior
  base::Date day;
};
inline constexpr int kEscalation = 4;
std::vector<ReminderDay> reminder_days(base::Date due, const base::WorkingCalendar& calendar);

}  // namespace direct
