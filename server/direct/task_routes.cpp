#include <charconv>

#include "direct/annex.h"
#include "direct/desk.h"
#include "direct/programme_store.h"
#include "direct/remind.h"
#include "direct/task_json.h"
#include "org/routes.h"
#include "org/table_response.h"
#include "org/unit_json.h"
#include "org/unit_store.h"
#include "registry/attachment.h"

namespace direct {

using auth::Actor;
using base::ProblemKind;
using base::Result;
using http::Request;
using http::Response;
using http::json::array;
using http::json::object;
using http::json::value;

namespace {

constexpr int kMostRows = 100'000;

/// "2022-04-20.17": the last task's due day and id.
void read_cursor(const Request& request, task_store::Wanted& wanted) {
  const std::string text(request.asked("cursor").value_or(""));
  if (text.size() < 12 || text[10] != '.') return;
  const auto due = base::Date::parse(text.substr(0, 10));
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(text.data() + 11, text.data() + text.size(), id);
  if (!due || error != std::errc() || end != text.data() + text.size()) return;
  wanted.after_due = *due;
  wanted.after_id = id;
}

Result<task_store::Wanted> asked_tasks(const Request& request) {
  task_store::Wanted wanted;
  if (const auto id = org::asked_id(request, "programme")) wanted.programme = ProgrammeId{*id};
  if (const auto id = org::asked_id(request, "unit")) wanted.unit = org::UnitId{*id};
  if (const auto id = org::asked_id(request, "lead")) wanted.lead = org::UnitId{*id};
  if (const auto id = org::asked_id(request, "parent")) wanted.parent = TaskId{*id};
  if (const auto state = request.asked("state")) {
    wanted.state = task_state_named(*state);
    if (!wanted.state) {
      return base::refuse(ProblemKind::invalid, "json.not_one_of", "?state",
                          {"open, done, cancelled"});
    }
  }
  ASSIGN_OR_RETURN(wanted.due_from, org::asked_date(request, "due_from"));
  ASSIGN_OR_RETURN(wanted.due_to, org::asked_date(request, "due_to"));
  read_cursor(request, wanted);
  return wanted;
}

Response task_response(store::Tx& tx, const Actor& actor, base::Date day, TaskId id,
                       int status = 200) {
  const Task task = task_store::find(tx, id).value();
  Response response = http::json_response(page_json(tx, task, actor, day), status);
  response.headers.emplace_back("ETag", "\"" + std::to_string(task.revision) + "\"");
  return response;
}

Result<OnTask> on_task(const Request& request) {
  const auto revision = org::asked_revision(request);
  if (!revision) return base::refuse(ProblemKind::invalid, "task.revision_missing", "If-Match");
  return OnTask{{request.id_parameter("task")}, *revision};
}

/// One act on the task of the path, answered with the task as it stands after it.
Result<Response> on_one(
    const Desk& desk, const Actor& actor, const Request& request, TaskId id,
    const std::function<Result<void>(store::Tx&, base::Instant, base::Date)>& act,
    int status = 200) {
  const base::Instant now = desk.clock.now();
  const base::Date day = desk.clock.day_of(now);
  return desk.act(actor, request, [&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(act(tx, now, day));
    return task_response(tx, actor, day, id, status);
  });
}

object reminder_json(store::Tx& tx, const Reminder& reminder, base::Date day) {
  const auto task = task_store::find(tx, reminder.task);
  return {{"id", reminder.id},
          {"task", object{{"id", reminder.task.value},
                          {"title", task->title},
                          {"lead", org::to_json(org::unit_store::ref(tx, task->lead, day))},
                          {"state", name(task->state)}}},
          {"due", reminder.due_on.text()},
          {"on", reminder.on.text()},
          {"number", reminder.number},
          {"kind", reminder.number == kEscalation ? "escalation" : "reminder"},
          {"unit", org::to_json(org::unit_store::ref(tx, reminder.unit, day))},
          {"seen", reminder.is_seen}};
}

}  // namespace

Result<Response> list_tasks(const Desk& desk, const Actor& actor, const Request& request) {
  ASSIGN_OR_RETURN(task_store::Wanted wanted, asked_tasks(request));
  ASSIGN_OR_RETURN(const auto format, org::asked_format(request));
  const base::Date day = desk.clock.today();
  const auto page =
      static_cast<std::size_t>(format ? kMostRows : org::asked_limit(request, 50, 500));
  wanted.limit = static_cast<int>(page) + 1;
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    const org::Scope scope = org::scope_of(actor, day);
    if (wanted.programme && !programme_store::in_scope(tx, scope, *wanted.programme)) {
      return base::refuse(ProblemKind::not_found, "programme.not_found");
    }
    auto found = task_store::visible(tx, scope, wanted);
    const bool more = found.size() > page;
    if (more) found.pop_back();
    if (format) return org::table_response("nhiem-vu", task_sheet(tx, found, day), *format);
    const base::WorkingCalendar calendar = task_store::calendar(tx);
    array items;
    for (const Task& task : found) items.push_back(to_json(tx, task, day, calendar));
    const auto cursor = [&] {
      return value(found.back().due.text() + "." + std::to_string(found.back().id.value));
    };
    return http::json_response(
        object{{"items", std::move(items)}, {"next", more ? cursor() : value(nullptr)}});
  });
}

Result<Response> create_task_route(const Desk& desk, const Actor& actor, const Request& request) {
  ASSIGN_OR_RETURN(const Task asked,
                   http::decode<Task>(request, [](http::Fields& f) { return read_task(f, true); }));
  const base::Instant now = desk.clock.now();
  const base::Date day = desk.clock.day_of(now);
  return desk.act(actor, request, [&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const TaskId id, create_task(tx, actor, now, day, asked));
    return task_response(tx, actor, day, id, 201);
  });
}

Result<Response> get_task(const Desk& desk, const Actor& actor, const Request& request) {
  const base::Date day = desk.clock.today();
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const Task task, seen_task(tx, actor, day, {request.id_parameter("task")}));
    return task_response(tx, actor, day, task.id);
  });
}

Result<Response> replace_task(const Desk& desk, const Actor& actor, const Request& request) {
  ASSIGN_OR_RETURN(const OnTask on, on_task(request));
  ASSIGN_OR_RETURN(const Task asked, http::decode<Task>(request, [](http::Fields& f) {
                     return read_task(f, false);
                   }));
  return on_one(desk, actor, request, on.task,
                [&](store::Tx& tx, base::Instant now, base::Date day) {
                  return change_task(tx, actor, now, day, on, asked);
                });
}

Result<Response> update_task_route(const Desk& desk, const Actor& actor, const Request& request) {
  struct Asked {
    AskedUpdate update;
    std::optional<AskedFile> file;
  };
  ASSIGN_OR_RETURN(const OnTask on, on_task(request));
  ASSIGN_OR_RETURN(
      const Asked asked, http::decode<Asked>(request, [](http::Fields& f) {
        constexpr std::size_t kLongest = registry::kMostBytes / 3 * 4 + 1024;
        static constexpr std::array kKinds{UpdateKind::progress,       UpdateKind::evidence,
                                           UpdateKind::done,           UpdateKind::reopened,
                                           UpdateKind::overdue_reason, UpdateKind::cancelled};
        Asked made;
        made.update.kind = kKinds[f.one_of(
            "kind", {"progress", "evidence", "done", "reopened", "overdue_reason", "cancelled"})];
        made.update.percent = static_cast<int>(f.maybe_integer("percent", 0, 100).value_or(0));
        made.update.text = f.maybe_text("text", 4000).value_or("");
        if (f.has("file")) {
          f.object("file", [&](http::Fields& file) {
            made.file = AskedFile{file.text("name", 200), file.raw_text("base64", kLongest)};
          });
        }
        return made;
      }));
  return on_one(
      desk, actor, request, on.task,
      [&](store::Tx& tx, base::Instant now, base::Date day) {
        return update_task(tx, actor, now, day, on, asked.update, asked.file);
      },
      201);
}

Result<Response> get_task_attachment(const Desk& desk, const Actor& actor, const Request& request) {
  const base::Date day = desk.clock.today();
  const TaskId id{request.id_parameter("task")};
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(seen_task(tx, actor, day, id));
    const auto file = registry::find_attachment(tx, request.id_parameter("attachment"));
    if (!file || file->object != "task:" + std::to_string(id.value)) {
      return base::refuse(ProblemKind::not_found, "attachment.not_found");
    }
    return org::file_response(file->name, file->media_type, registry::content_of(tx, *file));
  });
}

Result<Response> ask_extension_route(const Desk& desk, const Actor& actor, const Request& request) {
  struct Asked {
    base::Date due;
    std::string reason;
  };
  ASSIGN_OR_RETURN(const Asked asked, http::decode<Asked>(request, [](http::Fields& f) {
                     return Asked{f.date("due"), f.text("reason", 1000)};
                   }));
  const TaskId id{request.id_parameter("task")};
  return on_one(
      desk, actor, request, id,
      [&](store::Tx& tx, base::Instant now, base::Date day) -> Result<void> {
        RETURN_IF_REFUSED(ask_extension(tx, actor, now, day, id, asked.due, asked.reason));
        return {};
      },
      201);
}

Result<Response> decide_extension_route(const Desk& desk, const Actor& actor,
                                        const Request& request) {
  struct Asked {
    bool is_approved;
    std::string reason;
  };
  ASSIGN_OR_RETURN(const Asked asked, http::decode<Asked>(request, [](http::Fields& f) {
                     return Asked{f.one_of("decision", {"approved", "refused"}) == 0,
                                  f.maybe_text("reason", 1000).value_or("")};
                   }));
  const std::int64_t id = request.id_parameter("extension");
  const base::Instant now = desk.clock.now();
  const base::Date day = desk.clock.day_of(now);
  return desk.act(actor, request, [&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(decide_extension(tx, actor, now, day, id, asked.is_approved, asked.reason));
    return task_response(tx, actor, day, task_store::extension(tx, id)->task);
  });
}

Result<Response> list_reminders(const Desk& desk, const Actor& actor, const Request& request) {
  const base::Date day = desk.clock.today();
  const auto page = static_cast<std::size_t>(org::asked_limit(request, 50, 200));
  const bool unseen = request.asked("unseen") == "true";
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    auto found =
        reminders(tx, actor, day, unseen, org::asked_cursor(request), static_cast<int>(page) + 1);
    const bool more = found.size() > page;
    if (more) found.pop_back();
    array items;
    for (const Reminder& one : found) items.push_back(reminder_json(tx, one, day));
    return http::json_response(
        object{{"items", std::move(items)},
               {"next", more ? value(std::to_string(found.back().id)) : value(nullptr)}});
  });
}

Result<Response> see_reminders_route(const Desk& desk, const Actor& actor, const Request& request) {
  using Ids = std::vector<std::int64_t>;
  ASSIGN_OR_RETURN(const Ids ids, http::decode<Ids>(request, [](http::Fields& f) {
                     return f.integers("ids", true, 500);
                   }));
  const base::Instant now = desk.clock.now();
  return desk.act(actor, request, [&](store::Tx& tx) -> Result<Response> {
    return http::json_response(
        object{{"seen", see_reminders(tx, actor, now, desk.clock.day_of(now), ids)}});
  });
}

}  // namespace direct
