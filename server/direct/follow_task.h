#pragma once

#include <optional>
#include <string>

#include "auth/actor.h"
#include "base/result.h"
#include "direct/task_store.h"

/// The acts on a task. Each runs inside one write transaction and leaves one journal leaf.
namespace direct {

struct OnTask {
  TaskId task;
  std::int64_t revision = 0;  ///< the one the sender saw
};

/// A task must have a lead, a deliverable, and a due date that is not before its start; a parent is
/// a task that is seen. All faults at once, each field after `at`.
base::Result<TaskId> create_task(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                                 base::Date day, Task task, const std::string& at = "/");

/// Who asks changes the words, the lead, the supporting units and the term: "task.not_open".
base::Result<void> change_task(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                               base::Date day, OnTask on, const Task& asked);

struct AskedFile {
  std::string name, base64;
};
/// What the lead or a supporting unit says of it, or who asks, with a file as evidence where there
/// is one. "task.not_found" out of sight, "authority.not_yours", "task.changed" for an old
/// revision, and what `updated` refuses.
base::Result<void> update_task(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                               base::Date day, OnTask on, AskedUpdate asked,
                               const std::optional<AskedFile>& file);

/// The lead asks for a longer term: "extension.not_later", "extension.asked_already".
base::Result<std::int64_t> ask_extension(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                                         base::Date day, TaskId task, base::Date due,
                                         const std::string& reason);
/// Who asked for the task approves, which moves its term, or refuses: "extension.not_found",
/// "extension.decided", "extension.reason_missing".
base::Result<void> decide_extension(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                                    base::Date day, std::int64_t extension, bool is_approved,
                                    const std::string& reason);

/// The task, when who asks, leads or supports is in the actor's scope.
base::Result<Task> seen_task(store::Tx& tx, const auth::Actor& actor, base::Date day, TaskId id);

/// May the actor speak for the lead; for a supporting unit; for who asks?
struct TaskRights {
  bool leads = false, supports = false, asks = false;
  org::UnitId speaks_for;  ///< the unit by which it may
};
TaskRights rights_on(store::Tx& tx, const auth::Actor& actor, base::Date day, const Task& task);

}  // namespace direct
