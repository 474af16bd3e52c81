#include "direct/follow_task.h"

#include <algorithm>
#include <set>

#include "direct/programme_store.h"
#include "journal/journal.h"
#include "org/authority.h"
#include "org/unit_store.h"
#include "registry/attachment.h"

namespace direct {
namespace {

using base::ProblemKind;

std::string object_of(TaskId id) { return "task:" + std::to_string(id.value); }

void record(store::Tx& tx, const auth::Actor& actor, base::Instant now, const std::string& act,
            const Task& task) {
  journal::record(tx, actor, now, {act, object_of(task.id), task.unit.value, "{}"});
}

base::Problems faults_of_units(store::Tx& tx, base::Date day, const Task& task,
                               const std::string& at) {
  base::Problems problems;
  const auto stands = [&](org::UnitId unit) { return org::unit_store::alive(tx, unit, day); };
  if (task.lead && !stands(task.lead)) {
    problems.push_back({ProblemKind::invalid, "task.lead_unknown", at + "lead", {}});
  }
  std::set<org::UnitId> seen{task.lead};
  for (std::size_t i = 0; i < task.supporting.size(); ++i) {
    const std::string field = at + "supporting/" + std::to_string(i);
    if (!stands(task.supporting[i])) {
      problems.push_back({ProblemKind::invalid, "task.supporting_unknown", field, {}});
    } else if (!seen.insert(task.supporting[i]).second) {
      problems.push_back({ProblemKind::invalid, "task.supporting_twice", field, {}});
    }
  }
  return problems;
}

base::Result<Task> in_hand(store::Tx& tx, const auth::Actor& actor, base::Date day, OnTask on) {
  ASSIGN_OR_RETURN(Task task, seen_task(tx, actor, day, on.task));
  if (task.revision != on.revision) {
    return base::refuse(ProblemKind::changed, "task.changed", "",
                        {std::to_string(on.revision), std::to_string(task.revision)});
  }
  return task;
}

base::Result<void> keep(store::Tx& tx, const Task& task) {
  if (task_store::save(tx, task)) return {};
  return base::refuse(ProblemKind::changed, "task.changed", "",
                      {std::to_string(task.revision - 1), "?"});
}

bool may_say(const TaskRights& rights, UpdateKind kind) {
  switch (kind) {
    case UpdateKind::progress:
    case UpdateKind::done:
    case UpdateKind::overdue_reason:
      return rights.leads;
    case UpdateKind::evidence:
      return rights.leads || rights.supports;
    case UpdateKind::reopened:
    case UpdateKind::cancelled:
    case UpdateKind::changed:
      return rights.asks;
  }
  return false;
}

}  // namespace

base::Result<Task> seen_task(store::Tx& tx, const auth::Actor& actor, base::Date day, TaskId id) {
  auto found = task_store::in_scope(tx, org::scope_of(actor, day), id) ? task_store::find(tx, id)
                                                                       : std::nullopt;
  if (!found) {
    return base::refuse(ProblemKind::not_found, "task.not_found");
  }
  return *std::move(found);
}

TaskRights rights_on(store::Tx& tx, const auth::Actor& actor, base::Date day, const Task& task) {
  TaskRights made;
  const auto may = [&](org::Act act, org::UnitId unit) {
    return org::allows(tx, actor, act, unit, day).has_value();
  };
  made.asks = may(org::Act::direct, task.unit);
  made.leads = may(org::Act::adopt, task.lead);
  for (const org::UnitId unit : task.supporting) {
    if (made.supports || !may(org::Act::adopt, unit)) continue;
    made.supports = true;
    made.speaks_for = unit;
  }
  if (made.asks) made.speaks_for = task.unit;
  if (made.leads) made.speaks_for = task.lead;
  return made;
}

base::Result<TaskId> create_task(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                                 base::Date day, Task task, const std::string& at) {
  RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::direct, task.unit, day));
  base::Problems problems = faults_of(task, at);
  const auto more = faults_of_units(tx, day, task, at);
  problems.insert(problems.end(), more.begin(), more.end());
  const auto programme = programme_store::find(tx, task.programme);
  if (!programme || !programme_store::in_scope(tx, org::scope_of(actor, day), task.programme)) {
    problems.push_back({ProblemKind::invalid, "programme.not_found", at + "programme", {}});
  } else if (!task.objective.empty()) {
    const auto objectives = programme_store::objectives(tx, task.programme);
    const bool known = std::any_of(objectives.begin(), objectives.end(), [&](const Objective& one) {
      return one.code == task.objective;
    });
    if (!known) {
      problems.push_back({ProblemKind::invalid,
                          "programme.objective_unknown",
                          at + "objective",
                          {task.objective}});
    }
  }
  if (task.parent && !seen_task(tx, actor, day, *task.parent)) {
    problems.push_back({ProblemKind::invalid, "task.not_found", at + "parent", {}});
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  task.made_on = day;
  task.id = task_store::add(tx, task);
  record(tx, actor, now, "task.created", task);
  return task.id;
}

base::Result<void> change_task(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                               base::Date day, OnTask on, const Task& asked) {
  ASSIGN_OR_RETURN(Task task, in_hand(tx, actor, day, on));
  if (!rights_on(tx, actor, day, task).asks) {
    return base::refuse(ProblemKind::forbidden, "authority.not_yours");
  }
  if (task.state != TaskState::open) {
    return base::refuse(ProblemKind::conflict, "task.not_open", "", {task.title});
  }
  task.title = asked.title;
  task.lead = asked.lead;
  task.supporting = asked.supporting;
  task.deliverable = asked.deliverable;
  task.from = asked.from;
  task.due = asked.due;
  base::Problems problems = faults_of(task, "/");
  const auto more = faults_of_units(tx, day, task, "/");
  problems.insert(problems.end(), more.begin(), more.end());
  if (!problems.empty()) return base::refuse(std::move(problems));
  ++task.revision;
  RETURN_IF_REFUSED(keep(tx, task));
  task_store::replace_supporting(tx, task.id, task.supporting);
  task_store::add_update(tx, task.id, task.unit, UpdateKind::changed, task.percent, "", actor, now);
  record(tx, actor, now, "task.changed", task);
  return {};
}

base::Result<void> update_task(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                               base::Date day, OnTask on, AskedUpdate asked,
                               const std::optional<AskedFile>& file) {
  ASSIGN_OR_RETURN(const Task task, in_hand(tx, actor, day, on));
  const TaskRights rights = rights_on(tx, actor, day, task);
  if (!may_say(rights, asked.kind)) {
    return base::refuse(ProblemKind::forbidden, "authority.not_yours");
  }
  asked.has_file = file.has_value();
  ASSIGN_OR_RETURN(const Task after, updated(task, asked, day));
  RETURN_IF_REFUSED(keep(tx, after));
  task_store::add_update(tx, task.id, rights.speaks_for, asked.kind, after.percent, asked.text,
                         actor, now);
  if (file) {
    RETURN_IF_REFUSED(registry::attach(tx, actor, now, object_of(task.id), rights.speaks_for,
                                       file->name, file->base64));
  }
  record(tx, actor, now, "task." + std::string(name(asked.kind)), task);
  return {};
}

base::Result<std::int64_t> ask_extension(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                                         base::Date day, TaskId id, base::Date due,
                                         const std::string& reason) {
  ASSIGN_OR_RETURN(const Task task, seen_task(tx, actor, day, id));
  if (!rights_on(tx, actor, day, task).leads) {
    return base::refuse(ProblemKind::forbidden, "authority.not_yours");
  }
  if (task.state != TaskState::open) {
    return base::refuse(ProblemKind::conflict, "task.not_open", "", {task.title});
  }
  if (due <= task.due) {
    return base::refuse(ProblemKind::invalid, "extension.not_later", "/due", {task.due.text()});
  }
  task_store::Extension asked;
  asked.task = id;
  asked.due_on = task.due;
  asked.asked_due_on = due;
  asked.reason = reason;
  asked.asked_at = now;
  asked.asked_by = actor.name();
  const auto made = task_store::ask_extension(tx, asked);
  if (!made) return base::refuse(ProblemKind::conflict, "extension.asked_already");
  record(tx, actor, now, "task.extension_asked", task);
  return *made;
}

base::Result<void> decide_extension(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                                    base::Date day, std::int64_t id, bool is_approved,
                                    const std::string& reason) {
  auto extension = task_store::extension(tx, id);
  if (!seen_task(tx, actor, day, extension ? extension->task : TaskId{})) {
    return base::refuse(ProblemKind::not_found, "extension.not_found");
  }
  Task task = task_store::find(tx, extension->task).value();
  if (!rights_on(tx, actor, day, task).asks) {
    return base::refuse(ProblemKind::forbidden, "authority.not_yours");
  }
  if (extension->state != "asked") {
    return base::refuse(ProblemKind::conflict, "extension.decided", "", {extension->decided_by});
  }
  if (!is_approved && reason.empty()) {
    return base::refuse(ProblemKind::invalid, "extension.reason_missing", "/reason");
  }
  extension->state = is_approved ? "approved" : "refused";
  extension->decided_at = now;
  extension->decided_by = actor.name();
  extension->decision = reason;
  task_store::decide_extension(tx, *extension);
  if (is_approved) {
    task.due = extension->asked_due_on;
    task.overdue_reason.clear();
    ++task.revision;
    RETURN_IF_REFUSED(keep(tx, task));
  }
  record(tx, actor, now, "task.extension_" + extension->state, task);
  return {};
}

}  // namespace direct
