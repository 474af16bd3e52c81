#include "direct/task.h"
#include "http/json.h"
#include "journal/journal.h"
#include "org/routes.h"
#include "org/unit_json.h"
#include "org/unit_store.h"
#include "report/desk.h"
#include "report/remind_reports.h"

namespace report {
namespace {

using auth::Actor;
using base::Result;
using http::Response;
using http::json::array;
using http::json::object;
using http::json::value;

object reminder_json(store::Tx& tx, const ReportReminder& reminder, base::Date day) {
  const Report report = report_store::find(tx, reminder.report).value();
  const Request request = report_store::find_request(tx, report.request).value();
  const bool escalates = reminder.number == direct::kEscalation;
  return {{"id", reminder.id},
          {"report", report.id.value},
          {"request", request.id.value},
          {"title", request.title},
          {"period", request.period},
          {"due_on", reminder.due_on.text()},
          {"on", reminder.on.text()},
          {"kind", escalates                    ? "escalation"
                   : reminder.number >= kByHand ? "by_hand"
                                                : "reminder"},
          {"number", reminder.number >= kByHand ? reminder.number - kByHand + 1 : reminder.number},
          {"words", reminder.words},
          {"of", org::to_json(org::unit_store::ref(tx, report.unit, day))},
          {"unit", org::to_json(org::unit_store::ref(tx, reminder.unit, day))},
          {"seen", reminder.is_seen}};
}

}  // namespace

Result<Response> list_report_reminders(const Desk& desk, const Actor& actor,
                                       const http::Request& request) {
  const base::Date day = desk.clock.today();
  const auto page = static_cast<std::size_t>(org::asked_limit(request, 50, 200));
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    auto found = report_reminders(tx, actor, day, request.asked("unseen") == "true",
                                  org::asked_cursor(request), static_cast<int>(page) + 1);
    const bool more = found.size() > page;
    if (more) found.pop_back();
    array items;
    for (const ReportReminder& one : found) items.push_back(reminder_json(tx, one, day));
    return http::json_response(
        object{{"items", std::move(items)},
               {"next", more ? value(std::to_string(found.back().id)) : value(nullptr)}});
  });
}

Result<Response> see_report_reminders_route(const Desk& desk, const Actor& actor,
                                            const http::Request& request) {
  using Ids = std::vector<std::int64_t>;
  ASSIGN_OR_RETURN(const Ids ids, http::decode<Ids>(request, [](http::Fields& fields) {
                     return fields.integers("ids", true, 500);
                   }));
  const Now now = desk.now();
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    return http::json_response(object{{"seen", see_report_reminders(tx, actor, now, ids)}});
  });
}

Result<Response> remind_silent_route(const Desk& desk, const Actor& actor,
                                     const http::Request& request) {
  ASSIGN_OR_RETURN(const std::string words,
                   http::decode<std::string>(request, [](http::Fields& fields) {
                     return fields.maybe_text("words", 500).value_or("");
                   }));
  const Now now = desk.now();
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const std::int64_t sent,
                     remind_silent(tx, actor, now, {request.id_parameter("request")}, words));
    return http::json_response(object{{"reminded", sent}}, 201);
  });
}

}  // namespace report
