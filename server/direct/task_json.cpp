#include "direct/task_json.h"

#include "org/unit_json.h"
#include "org/unit_store.h"
#include "registry/document_json.h"

namespace direct {
namespace {

using http::json::array;
using http::json::object;
using http::json::value;

constexpr std::int64_t kMost = 1LL << 53;

value text_or_null(const std::string& text) { return text.empty() ? value(nullptr) : value(text); }

value unit_json(store::Tx& tx, org::UnitId unit, base::Date day) {
  return org::to_json(org::unit_store::ref(tx, unit, day));
}

array updates_json(store::Tx& tx, TaskId task, base::Date day) {
  array made;
  for (const auto& one : task_store::updates(tx, task)) {
    made.push_back(object{{"id", one.id},
                          {"kind", one.kind},
                          {"percent", one.percent},
                          {"text", one.text},
                          {"unit", unit_json(tx, one.unit, day)},
                          {"by", one.actor},
                          {"at", one.at.text()}});
  }
  return made;
}

array extensions_json(store::Tx& tx, TaskId task) {
  array made;
  for (const auto& one : task_store::extensions(tx, task)) {
    made.push_back(
        object{{"id", one.id},
               {"due", one.due_on.text()},
               {"asked_due", one.asked_due_on.text()},
               {"reason", one.reason},
               {"state", one.state},
               {"asked_by", one.asked_by},
               {"asked_at", one.asked_at.text()},
               {"decided_by", text_or_null(one.decided_by)},
               {"decided_at", one.decided_at ? value(one.decided_at->text()) : value(nullptr)},
               {"decision", one.decision}});
  }
  return made;
}

array acts_on(store::Tx& tx, const Task& task, const TaskRights& rights, base::Date day) {
  const bool is_open = task.state == TaskState::open;
  bool is_asked = false;
  for (const auto& one : task_store::extensions(tx, task.id)) {
    is_asked = is_asked || one.state == "asked";
  }
  array acts;
  if (is_open && rights.leads) {
    acts = {"progress", "evidence", "done"};
    if (!is_asked) acts.push_back("ask_extension");
    if (task.due < day) acts.push_back("overdue_reason");
  } else if (is_open && rights.supports) {
    acts.push_back("evidence");
  }
  if (rights.asks && is_open) {
    acts.push_back("change");
    acts.push_back("cancel");
    if (is_asked) acts.push_back("decide_extension");
  }
  if (rights.asks && task.state == TaskState::done) acts.push_back("reopen");
  return acts;
}

}  // namespace

object to_json(store::Tx& tx, const Task& task, base::Date day,
               const base::WorkingCalendar& calendar) {
  array supporting;
  for (const org::UnitId unit : task.supporting) supporting.push_back(unit_json(tx, unit, day));
  const bool is_open = task.state == TaskState::open;
  return {{"id", task.id.value},
          {"programme", task.programme.value},
          {"objective", text_or_null(task.objective)},
          {"parent", task.parent ? value(task.parent->value) : value(nullptr)},
          {"unit", unit_json(tx, task.unit, day)},
          {"title", task.title},
          {"lead", unit_json(tx, task.lead, day)},
          {"supporting", std::move(supporting)},
          {"deliverable", task.deliverable},
          {"from", task.from.text()},
          {"due", task.due.text()},
          {"state", name(task.state)},
          {"standing", name(standing_of(task, day, calendar))},
          {"working_days_left", is_open ? value(calendar.between(day, task.due)) : value(nullptr)},
          {"percent", task.percent},
          {"overdue_reason", text_or_null(task.overdue_reason)},
          {"done_on", task.done_on ? value(task.done_on->text()) : value(nullptr)},
          {"revision", task.revision}};
}

object page_json(store::Tx& tx, const Task& task, const auth::Actor& actor, base::Date day) {
  object made = to_json(tx, task, day, task_store::calendar(tx));
  array files;
  for (const auto& file : registry::attachments(tx, "task:" + std::to_string(task.id.value))) {
    files.push_back(registry::to_json(file));
  }
  made["updates"] = updates_json(tx, task.id, day);
  made["extensions"] = extensions_json(tx, task.id);
  made["attachments"] = std::move(files);
  made["acts"] = acts_on(tx, task, rights_on(tx, actor, day, task), day);
  return made;
}

Task read_task(http::Fields& fields, bool is_new) {
  Task made;
  if (is_new) {
    made.programme = {fields.integer("programme", 1, kMost)};
    made.unit = {fields.integer("unit", 1, kMost)};
    made.objective = fields.maybe_text("objective", 40).value_or("");
    if (const auto parent = fields.maybe_integer("parent", 1, kMost)) made.parent = TaskId{*parent};
  }
  made.title = fields.text("title", 1000);
  made.lead = {fields.maybe_integer("lead", 1, kMost).value_or(0)};
  for (const std::int64_t unit : fields.integers("supporting", false, 200)) {
    made.supporting.push_back({unit});
  }
  made.deliverable = fields.maybe_text("deliverable", 1000).value_or("");
  made.from = fields.date("from");
  made.due = fields.date("due");
  return made;
}

}  // namespace direct
