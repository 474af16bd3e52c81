#include "report/routes.h"

#include <algorithm>

#include "http/json.h"
#include "journal/journal.h"
#include "org/authority.h"
#include "org/routes.h"
#include "org/unit_json.h"
#include "org/unit_store.h"
#include "report/desk.h"
#include "report/report_json.h"

namespace report {
namespace {

using auth::Actor;
using base::ProblemKind;
using base::Result;
using http::Response;
using http::json::array;
using http::json::object;
using http::json::value;

bool may_decide(store::Tx& tx, const Actor& actor, const Request& request, base::Date day) {
  return org::allows(tx, actor, org::Act::decide, request.unit, day).has_value();
}

/// The request when its requester or some addressed unit is in the actor's scope.
Result<Request> seen_request(store::Tx& tx, const Actor& actor, base::Date day, std::int64_t id) {
  auto found = report_store::find_request(tx, {id});
  if (!found || !report_store::in_scope(tx, org::scope_of(actor, day), {id})) {
    return base::refuse(ProblemKind::not_found, "request.not_found");
  }
  return *std::move(found);
}

Result<Response> create_request_route(const Desk& desk, const Actor& actor,
                                      const http::Request& request) {
  ASSIGN_OR_RETURN(const NewRequest asked, http::decode<NewRequest>(request, read_request));
  const Now now = desk.now();
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const RequestId id, create_request(tx, actor, now, asked));
    return http::json_response(request_json(tx, report_store::find_request(tx, id).value(),
                                            org::scope_of(actor, now.day), true),
                               201);
  });
}

Result<Response> list_requests(const Desk& desk, const Actor& actor, const http::Request& request) {
  const base::Date day = desk.clock.today();
  report_store::Wanted wanted;
  if (const auto unit = request.asked("unit"))
    wanted.unit = org::UnitId{std::atoll(std::string(*unit).c_str())};
  wanted.period = request.asked("period").value_or("");
  wanted.after = org::asked_cursor(request);
  const auto page = static_cast<std::size_t>(org::asked_limit(request, 50, 200));
  wanted.limit = static_cast<int>(page) + 1;
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    const org::Scope scope = org::scope_of(actor, day);
    auto found = report_store::requests(tx, scope, wanted);
    const bool more = found.size() > page;
    if (more) found.pop_back();
    array items;
    for (const Request& one : found)
      items.push_back(request_json(tx, one, scope, may_decide(tx, actor, one, day)));
    return http::json_response(
        object{{"items", items},
               {"next", more ? value(std::to_string(found.back().id.value)) : value(nullptr)}});
  });
}

Result<Response> get_request(const Desk& desk, const Actor& actor, const http::Request& request) {
  const base::Date day = desk.clock.today();
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const Request found,
                     seen_request(tx, actor, day, request.id_parameter("request")));
    const org::Scope scope = org::scope_of(actor, day);
    object made = request_json(tx, found, scope, may_decide(tx, actor, found, day));
    array reports;
    for (const auto& overview : report_store::reports(tx, scope, found.id)) {
      reports.push_back(overview_json(tx, overview, day));
    }
    made["reports"] = reports;
    return http::json_response(made);
  });
}

value when(const std::optional<base::Instant>& at) {
  return at ? value(at->text()) : value(nullptr);
}

Result<Response> list_unit_reports(const Desk& desk, const Actor& actor,
                                   const http::Request& request) {
  const org::UnitId unit{request.id_parameter("unit")};
  const auto page = static_cast<std::size_t>(org::asked_limit(request, 50, 200));
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::see, unit, desk.clock.today()));
    auto found =
        report_store::of_unit(tx, unit, org::asked_cursor(request), static_cast<int>(page) + 1);
    const bool more = found.size() > page;
    if (more) found.pop_back();
    array items;
    for (const auto& [asked, report] : found) {
      items.push_back(object{{"id", report.id.value},
                             {"title", asked.title},
                             {"period", asked.period},
                             {"due_on", asked.due_on.text()},
                             {"state", name(report.state)},
                             {"submitted_at", when(report.submitted_at)},
                             {"accepted_at", when(report.accepted_at)}});
    }
    return http::json_response(object{
        {"items", std::move(items)},
        {"next", more ? value(std::to_string(found.back().report.id.value)) : value(nullptr)}});
  });
}

/// The consolidated report is the requester's: its figures are those of every addressed unit.
Result<Response> get_document(const Desk& desk, const Actor& actor, const http::Request& request) {
  const base::Date day = desk.clock.today();
  const std::string format = request.parameters.find("format")->second;
  if (format != "docx" && format != "xlsx")
    return base::refuse(ProblemKind::not_found, "request.format");
  office::Document document;
  std::vector<office::Sheet> sheets;
  std::string name;
  const auto gathered = desk.db.read([&](store::Tx& tx) -> Result<int> {
    ASSIGN_OR_RETURN(const Request found,
                     seen_request(tx, actor, day, request.id_parameter("request")));
    if (!org::allows(tx, actor, org::Act::see, found.unit, day)) {
      return base::refuse(ProblemKind::not_found, "request.not_found");
    }
    name = "bao-cao-" + found.period + "-" + std::to_string(found.id.value) + "." + format;
    if (format == "docx") {
      document = consolidated_document(tx, found, day, request.asked("sources") == "true");
    } else {
      sheets = consolidated_sheets(tx, found, day);
    }
    return 0;
  });
  RETURN_IF_REFUSED(gathered);
  Response response;
  response.content_type =
      format == "docx" ? "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
                       : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  response.body = format == "docx" ? office::write_docx(document) : office::write_xlsx(sheets);
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + name + "\"");
  return response;
}

object work_item(store::Tx& tx, const Request& request, org::UnitId unit, base::Date day) {
  return {{"request", request.id.value},
          {"title", request.title},
          {"unit", org::to_json(org::unit_store::ref(tx, unit, day))},
          {"period", request.period},
          {"due_on", request.due_on.text()},
          {"overdue_days", std::max<std::int64_t>(0, (day.days() - request.due_on.days()).count())},
          {"is_illustrative", request.is_illustrative}};
}

Result<Response> list_work(const Desk& desk, const Actor& actor) {
  const base::Date day = desk.clock.today();
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    const org::Scope scope = org::scope_of(actor, day);
    array items;
    for (const auto& [report, filled, total] : report_store::owed(tx, scope)) {
      const Request request = report_store::find_request(tx, report.request).value();
      object item = work_item(tx, request, report.unit, day);
      item["kind"] = report.state == ReportState::submitted  ? "wait"
                     : report.state == ReportState::returned ? "fix"
                                                             : "enter";
      item["report"] = report.id.value;
      item["filled"] = filled;
      item["total"] = total;
      item["state"] = name(report.state);
      item["remark"] = report.remark;
      item["count"] = 0;
      items.push_back(item);
    }
    for (const auto& [id, waiting] : report_store::waiting(tx, scope)) {
      const Request request = report_store::find_request(tx, id).value();
      const Counts counts = report_store::counts(tx, scope, id);
      object item = work_item(tx, request, request.unit, day);
      item["kind"] = "review";
      item["report"] = nullptr;
      item["filled"] = counts.accepted;
      item["total"] = counts.total();
      item["state"] = "submitted";
      item["remark"] = "";
      item["count"] = waiting;
      items.push_back(item);
    }
    return http::json_response(object{{"items", items}, {"next", nullptr}});
  });
}

}  // namespace

auth::Routes routes(store::Db& db, const base::Clock& clock) {
  using enum http::Method;
  const Desk desk{db, clock};
  const auto with = [desk](auto handler) {
    return [desk, handler](const Actor& actor, const http::Request& request) {
      return handler(desk, actor, request);
    };
  };
  const auto work = [](const Desk& at, const Actor& actor, const http::Request&) {
    return list_work(at, actor);
  };
  return {
      {post, "/requests", "createRequest", with(create_request_route)},
      {get, "/requests", "listRequests", with(list_requests)},
      {get, "/requests/{request}", "getRequest", with(get_request)},
      {get, "/requests/{request}/documents/{format}", "getDocument", with(get_document)},
      {get, "/requests/{request}/narrative", "getNarrative", with(get_narrative)},
      {get, "/requests/{request}/narrative/{section}", "getNarrativeSection",
       with(get_narrative_section)},
      {put, "/requests/{request}/narrative/{section}", "putNarrativeSection",
       with(put_narrative_section)},
      {get, "/work", "listWork", with(work)},
      {get, "/units/{unit}/reports", "listUnitReports", with(list_unit_reports)},
      {get, "/reports/{report}", "getReport", with(get_report)},
      {put, "/reports/{report}/cells", "putCells", with(put_cells_route)},
      {put, "/reports/{report}/sections/{section}", "putSection", with(put_section_route)},
      {get, "/reports/{report}/sections/{section}/previous", "getPreviousSection",
       with(get_previous_section)},
      {get, "/reports/{report}/differences", "getDifferences", with(get_differences)},
      {put, "/reports/{report}/submission", "submitReport", with(submit_route)},
      {put, "/reports/{report}/acceptance", "acceptReport", with(accept_route)},
      {put, "/reports/{report}/return", "returnReport", with(return_route)},
      {put, "/reports/{report}/exclusions/{indicator}", "excludeCell", with(exclude_route)},
      {del, "/reports/{report}/exclusions/{indicator}", "includeCell", with(include_route)},
      {get, "/facts/{fact}", "getFact", with(get_fact)},
      {get, "/rollup", "getRollup", with(get_rollup)},
      {get, "/rollup/contributions", "listContributions", with(list_contributions)},
      {get, "/journal", "listJournal", with(list_journal)},
      {get, "/programmes/{programme}/standing", "getStanding", with(get_standing)},
      {get, "/programmes/{programme}/heatmap", "getHeatMap", with(get_heat_map)},
      {get, "/targets/{target}", "getTarget", with(get_target)},
      {get, "/targets/{target}/allocation-proposal", "proposeAllocation", with(propose_allocation)},
  };
}

}  // namespace report
