#include "direct/task.h"

#include <algorithm>
#include <array>

namespace direct {
namespace {

using base::ProblemKind;

constexpr std::array<std::string_view, 3> kStates{"open", "done", "cancelled"};
constexpr std::array<std::string_view, 6> kStandings{"open", "due_soon",  "overdue",
                                                     "done", "done_late", "cancelled"};
constexpr std::array<std::string_view, 7> kUpdates{
    "progress", "evidence", "done", "reopened", "overdue_reason", "changed", "cancelled"};

constexpr int kSoon = 5;  // working days

base::Problems faults_of_update(const Task& task, const AskedUpdate& asked, base::Date day) {
  base::Problems problems;
  const auto fault = [&](const char* code, const char* field) {
    problems.push_back({ProblemKind::invalid, code, field, {}});
  };
  if (asked.percent < 0 || asked.percent > 100) fault("task.percent_form", "/percent");
  const bool falls = asked.kind == UpdateKind::progress && asked.percent < task.percent;
  const bool needs_words = asked.kind == UpdateKind::reopened ||
                           asked.kind == UpdateKind::cancelled ||
                           asked.kind == UpdateKind::overdue_reason || falls;
  if (needs_words && asked.text.empty()) fault("task.text_missing", "/text");
  if (asked.kind == UpdateKind::overdue_reason && task.due >= day) {
    fault("task.not_overdue", "/text");
  }
  const bool proves = asked.kind == UpdateKind::done || asked.kind == UpdateKind::evidence;
  if (proves && asked.text.empty() && !asked.has_file) fault("task.evidence_missing", "/text");
  return problems;
}

}  // namespace

std::string_view name(TaskState state) { return kStates[static_cast<std::size_t>(state)]; }
std::string_view name(TaskStanding standing) {
  return kStandings[static_cast<std::size_t>(standing)];
}
std::string_view name(UpdateKind kind) { return kUpdates[static_cast<std::size_t>(kind)]; }

std::optional<TaskState> task_state_named(std::string_view name) {
  const auto at = std::find(kStates.begin(), kStates.end(), name);
  if (at == kStates.end()) return std::nullopt;
  return static_cast<TaskState>(at - kStates.begin());
}

TaskStanding standing_of(const Task& task, base::Date day, const base::WorkingCalendar& calendar) {
  switch (task.state) {
    case TaskState::cancelled:
      return TaskStanding::cancelled;
    case TaskState::done:
      return task.done_on.value_or(task.due) > task.due ? TaskStanding::done_late
                                                        : TaskStanding::done;
    case TaskState::open:
      break;
  }
  if (task.due < day) return TaskStanding::overdue;
  return calendar.between(day, task.due) <= kSoon ? TaskStanding::due_soon : TaskStanding::open;
}

base::Problems faults_of(const Task& task, const std::string& at) {
  base::Problems problems;
  const auto fault = [&](const char* code, const char* field) {
    problems.push_back({ProblemKind::invalid, code, at + field, {}});
  };
  if (task.deliverable.empty()) fault("task.deliverable_missing", "deliverable");
  if (!task.lead) fault("task.lead_missing", "lead");
  if (task.due < task.from) fault("task.due_before_start", "due");
  return problems;
}

base::Result<Task> updated(Task task, const AskedUpdate& asked, base::Date day) {
  const bool reopens = asked.kind == UpdateKind::reopened;
  if (reopens ? task.state != TaskState::done : task.state != TaskState::open) {
    return base::refuse(ProblemKind::conflict, reopens ? "task.not_done" : "task.not_open", "",
                        {task.title});
  }
  if (auto problems = faults_of_update(task, asked, day); !problems.empty()) {
    return base::refuse(std::move(problems));
  }
  switch (asked.kind) {
    case UpdateKind::progress:
      task.percent = asked.percent;
      break;
    case UpdateKind::done:
      task.state = TaskState::done;
      task.percent = 100;
      task.done_on = day;
      break;
    case UpdateKind::reopened:
      task.state = TaskState::open;
      task.percent = std::min(task.percent, 99);
      task.done_on.reset();
      break;
    case UpdateKind::overdue_reason:
      task.overdue_reason = asked.text;
      break;
    case UpdateKind::cancelled:
      task.state = TaskState::cancelled;
      break;
    case UpdateKind::evidence:
    case UpdateKind::changed:
      break;
  }
  ++task.revision;
  return task;
}

std::vector<ReminderDay> reminder_days(base::Date due, const base::WorkingCalendar& calendar) {
  return {{1, calendar.plus(due, -5)},
          {2, calendar.plus(due, -1)},
          {3, calendar.plus(due, 3)},
          {kEscalation, calendar.plus(due, 5)}};
}

}  // namespace direct
