#include "report/routes.h"

#include <algorithm>

#include "http/json.h"
#include "journal/journal.h"
#include "office/pdf.h"
#include "org/authority.h"
#include "org/routes.h"
#include "org/table_response.h"
#include "org/unit_json.h"
#include "org/unit_store.h"
#include "registry/attachment.h"
#include "registry/keep_template.h"
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

constexpr std::size_t kEvidenceLimit = registry::kMostBytes / 3 * 4 + 64 * 1024;

bool may_decide(store::Tx& tx, const Actor& actor, const Request& request, base::Date day) {
  return org::allows(tx, actor, org::Act::decide, request.unit, day).has_value();
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
                             {"due_on", report.due_on.text()},
                             {"state", name(report.state)},
                             {"submitted_at", when(report.submitted_at)},
                             {"accepted_at", when(report.accepted_at)}});
    }
    return http::json_response(object{
        {"items", std::move(items)},
        {"next", more ? value(std::to_string(found.back().report.id.value)) : value(nullptr)}});
  });
}

constexpr const char* kDocx =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
constexpr const char* kXlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What a file is made of, gathered in one transaction and written outside of it.
struct Gathered {
  std::string name;
  std::string period;
  office::Document paper;
  std::optional<office::Template> own;
  std::vector<office::Sheet> sheets;
};

/// The consolidated report is the requester's: its figures are those of every addressed unit.
Result<Gathered> gathered_report(const Desk& desk, const Actor& actor, const http::Request& request,
                                 const std::string& format) {
  const base::Date day = desk.clock.today();
  return desk.db.read([&](store::Tx& tx) -> Result<Gathered> {
    ASSIGN_OR_RETURN(const Request found,
                     seen_request(tx, actor, day, request.id_parameter("request")));
    if (!org::allows(tx, actor, org::Act::see, found.unit, day)) {
      return base::refuse(ProblemKind::not_found, "request.not_found");
    }
    Gathered made;
    made.name = "bao-cao-" + found.period + "-" + std::to_string(found.id.value) + "." + format;
    made.period = period_words(base::Period::parse(found.period).value());
    if (format == "xlsx") {
      made.sheets = consolidated_sheets(tx, found, day);
      return made;
    }
    ASSIGN_OR_RETURN(const PaperForm form,
                     paper_form(request.asked("profile").value_or(""), found.line, day));
    made.paper = consolidated_document(tx, found, day, form, request.asked("sources") == "true");
    if (request.asked("template") != "default")
      made.own = registry::template_in_use(tx, found.unit, "BC", form.layout);
    return made;
  });
}

/// ?profile= names another profile than the line's; ?template=default passes over the unit's own.
Result<Response> get_document(const Desk& desk, const Actor& actor, const http::Request& request) {
  const std::string format = request.parameters.find("format")->second;
  if (format != "docx" && format != "xlsx" && format != "pdf")
    return base::refuse(ProblemKind::not_found, "request.format");
  ASSIGN_OR_RETURN(const Gathered made, gathered_report(desk, actor, request, format));
  if (format == "xlsx")
    return org::file_response(made.name, kXlsx, office::write_xlsx(made.sheets));
  ASSIGN_OR_RETURN(std::string docx, written_paper(made.paper, made.own, made.period));
  if (format == "docx") return org::file_response(made.name, kDocx, std::move(docx));
  ASSIGN_OR_RETURN(std::string pdf, office::pdf_of(docx));
  return org::file_response(made.name, "application/pdf", std::move(pdf));
}

object work_item(store::Tx& tx, const Request& request, org::UnitId unit, base::Date due_on,
                 base::Date day) {
  return {{"request", request.id.value},
          {"title", request.title},
          {"unit", org::to_json(org::unit_store::ref(tx, unit, day))},
          {"period", request.period},
          {"due_on", due_on.text()},
          {"overdue_days", std::max<std::int64_t>(0, (day.days() - due_on.days()).count())},
          {"is_illustrative", request.is_illustrative}};
}

Result<Response> list_work(const Desk& desk, const Actor& actor) {
  const base::Date day = desk.clock.today();
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    const org::Scope scope = org::scope_of(actor, day);
    array items;
    for (const auto& [report, filled, total] : report_store::owed(tx, scope)) {
      const Request request = report_store::find_request(tx, report.request).value();
      object item = work_item(tx, request, report.unit, report.due_on, day);
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
      object item = work_item(tx, request, request.unit, request.due_on, day);
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

Result<Request> seen_request(store::Tx& tx, const Actor& actor, base::Date day, std::int64_t id) {
  auto found = report_store::in_scope(tx, org::scope_of(actor, day), {id})
                   ? report_store::find_request(tx, {id})
                   : std::nullopt;
  if (!found) {
    return base::refuse(ProblemKind::not_found, "request.not_found");
  }
  return *std::move(found);
}

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
      {get, "/regimes", "listRegimes", with(list_regimes)},
      {post, "/regimes", "createRegime", with(create_regime_route)},
      {get, "/regimes/{regime}", "getRegime", with(get_regime)},
      {put, "/regimes/{regime}", "replaceRegime", with(replace_regime_route)},
      {post, "/regimes/{regime}/requests", "issueRegime", with(issue_regime_route)},
      {post, "/burdens", "weighRequest", with(weigh_request)},
      {get, "/units/{unit}/burdens/{year}", "getBurden", with(get_burden)},
      {put, "/units/{unit}/burdens/{year}", "putBudget", with(put_budget)},
      {post, "/requests", "createRequest", with(create_request_route)},
      {get, "/requests", "listRequests", with(list_requests)},
      {get, "/requests/{request}", "getRequest", with(get_request)},
      {get, "/requests/{request}/documents/{format}", "getDocument", with(get_document)},
      {post, "/requests/{request}/reminders", "remindSilent", with(remind_silent_route)},
      {get, "/report-reminders", "listReportReminders", with(list_report_reminders)},
      {post, "/report-reminders/seen", "seeReportReminders", with(see_report_reminders_route)},
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
      {put, "/reports/{report}/explanations", "explainDoubts", with(explain_route)},
      {put, "/reports/{report}/draft", "keepDraft", with(keep_draft_route)},
      {get, "/checks", "listChecks", with(list_checks)},
      {post, "/checks", "createCheck", with(create_check_route)},
      {put, "/checks/{check}", "replaceCheck", with(replace_check_route)},
      {get, "/reports/{report}/workbook", "getWorkbook", with(get_workbook)},
      {post, "/reports/{report}/workbook-readings", "readWorkbook", with(read_workbook),
       kWorkbookUpload + 1024},
      {post, "/reports/{report}/workbook-copies", "annotateWorkbook", with(annotate_workbook),
       kWorkbookUpload + 1024},
      {get, "/requests/{request}/workbooks", "getWorkbooks", with(get_workbooks)},
      {post, "/requests/{request}/workbook-readings", "readWorkbooks", with(read_workbooks),
       kWorkbooksUpload + 1024},
      {get, "/facts/{fact}", "getFact", with(get_fact)},
      {post, "/facts/{fact}/attachments", "attachEvidence", with(attach_evidence_route),
       kEvidenceLimit},
      {get, "/facts/{fact}/attachments/{attachment}", "getEvidence", with(get_evidence)},
      {get, "/rollup", "getRollup", with(get_rollup)},
      {get, "/rollup/contributions", "listContributions", with(list_contributions)},
      {post, "/requests/{request}/publications", "publishRequest", with(publish_request_route)},
      {post, "/publications", "publishQuestion", with(publish_question_route)},
      {get, "/publications", "listPublications", with(list_publications)},
      {get, "/publications/{publication}", "getPublication", with(get_publication)},
      {get, "/publications/{publication}/documents/{format}", "getPublicationDocument",
       with(get_publication_document)},
      {get, "/publications/{publication}/differences", "getPublicationDifferences",
       with(get_publication_differences)},
      {get, "/journal", "listJournal", with(list_journal)},
      {get, "/forms", "listForms", with(list_forms)},
      {post, "/form-readings", "readForms", with(read_forms), kFormsLimit},
      {get, "/programmes/{programme}/standing", "getStanding", with(get_standing)},
      {get, "/programmes/{programme}/heatmap", "getHeatMap", with(get_heat_map)},
      {get, "/targets/{target}", "getTarget", with(get_target)},
      {get, "/targets/{target}/allocation-proposal", "proposeAllocation", with(propose_allocation)},
  };
}

}  // namespace report
