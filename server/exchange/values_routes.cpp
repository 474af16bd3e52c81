#include "base/hash.h"
#include "exchange/desk.h"
#include "exchange/exchange_json.h"
#include "journal/journal.h"
#include "org/routes.h"
#include "org/table_response.h"

namespace exchange {
namespace {

using auth::Actor;
using base::ProblemKind;
using base::Result;
using http::Response;
using http::json::array;
using http::json::object;

constexpr std::size_t kMostByHttp = 200'000;  // values of one request; more through the console

/// What the body claims to be: its media type, with the root of an XML deciding between the two.
Result<Form> form_of_body(const http::Request& request) {
  const std::string_view given = request.header("content-type").value_or("");
  const std::string_view type = given.substr(0, given.find_first_of("; "));
  if (type == "application/json") return Form::json;
  if (type == "text/csv") return Form::csv;
  if (type == "application/adx+xml") return Form::adx;
  if (type == "application/xml" || type == "text/xml") {
    return form_of(request.body) == Form::adx ? Form::adx : Form::xml;
  }
  return base::refuse(ProblemKind::malformed, "exchange.content_type", "Content-Type",
                      {std::string(type.substr(0, 80))});
}

Result<ForeignSet> set_of_body(const http::Request& request) {
  ASSIGN_OR_RETURN(const Form form, form_of_body(request));
  return read_foreign(request.body, form, kMostByHttp);
}

bool is_yes(const http::Request& request, std::string_view name) {
  const auto asked = request.asked(name);
  return asked && (*asked == "true" || *asked == "1");
}

Result<ExportValues> asked_export(const http::Request& request, const std::string& system) {
  ExportValues ask;
  ask.system = system;
  ask.unit = org::UnitId{org::asked_id(request, "unit").value_or(0)};
  ask.line = org::asked_line(request);
  ask.with_unaccepted = request.asked("status").value_or("") == "all";
  ask.mapped_only = is_yes(request, "mapped_only");
  for (const std::string_view code : request.all_asked("indicator"))
    ask.indicators.emplace_back(code);
  base::Problems problems;
  for (const std::string_view text : request.all_asked("period")) {
    const auto period = base::Period::parse(text);
    if (period) {
      ask.periods.push_back(*period);
    } else {
      problems.push_back(
          {ProblemKind::invalid, "fact.period", "?period", {std::string(text.substr(0, 40))}});
    }
  }
  if (ask.periods.empty() && problems.empty())
    problems.push_back({ProblemKind::invalid, "rollup.period_missing", "?period", {}});
  if (!problems.empty()) return base::refuse(std::move(problems));
  return ask;
}

}  // namespace

Result<ImportValues> asked_import(const http::Request& request, const std::string& system) {
  ImportValues ask;
  ask.system = system;
  ask.is_dry_run = is_yes(request, "dry_run");
  ask.sha256 = base::sha256_hex(request.body);
  if (const auto unit = org::asked_id(request, "unit")) ask.unit = org::UnitId{*unit};
  base::Problems problems;
  if (const auto status = request.asked("status")) {
    const auto named = report::fact_status_named(*status);
    if (!named || !may_be_imported(*named)) {
      problems.push_back({ProblemKind::invalid,
                          "exchange.status",
                          "?status",
                          {std::string(status->substr(0, 40))}});
    } else {
      ask.status = *named;
    }
  }
  if (const auto strategy = request.asked("strategy")) {
    ask.strategy = strategy_named(*strategy);
    if (!ask.strategy) {
      problems.push_back({ProblemKind::invalid,
                          "exchange.strategy",
                          "?strategy",
                          {std::string(strategy->substr(0, 40))}});
    }
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  return ask;
}

Result<Response> import_values_route(const Desk& desk, const Actor& actor,
                                     const http::Request& request) {
  ASSIGN_OR_RETURN(const std::string system, asked_system(request));
  ASSIGN_OR_RETURN(const ImportValues ask, asked_import(request, system));
  ASSIGN_OR_RETURN(const ForeignSet set, set_of_body(request));
  const report::Now now = desk.now();
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const ValuesImported done, import_values(tx, actor, now, set, ask));
    return http::json_response(to_json(done));
  });
}

Result<Response> list_gaps(const Desk& desk, const Actor& actor, const http::Request& request) {
  ASSIGN_OR_RETURN(const std::string system, asked_system(request));
  ASSIGN_OR_RETURN(const auto format, org::asked_format(request));
  ASSIGN_OR_RETURN(const ForeignSet set, set_of_body(request));
  const base::Date day = desk.clock.today();
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(may_map(tx, actor, day));
    ASSIGN_OR_RETURN(const std::vector<Gap> gaps, gaps_of(tx, actor, day, set, system));
    if (format) {
      return org::file_response(system + "-missing.csv", "text/csv; charset=utf-8",
                                skeleton_csv(gaps));
    }
    array items;
    for (const Gap& gap : gaps) items.push_back(to_json(gap));
    return http::json_response(object{{"items", items}, {"next", nullptr}});
  });
}

Result<Response> export_values_route(const Desk& desk, const Actor& actor,
                                     const http::Request& request) {
  ASSIGN_OR_RETURN(const std::string system, asked_system(request));
  ASSIGN_OR_RETURN(const ExportValues ask, asked_export(request, system));
  const auto form = form_named(request.asked("format").value_or("json"));
  if (!form) return base::refuse(ProblemKind::invalid, "exchange.form", "?format");
  const base::Date day = desk.clock.today();
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const ExportedValues out, export_values(tx, actor, day, ask, *form));
    const bool is_xml = *form == Form::xml || *form == Form::adx;
    Response response = org::file_response(
        system + (is_xml ? ".xml" : "." + std::string(name(*form))),
        is_xml ? "application/xml"
               : (*form == Form::csv ? "text/csv; charset=utf-8" : "application/json"),
        write_foreign(out.set));
    response.headers.emplace_back("X-Values", std::to_string(out.set.values.size()));
    response.headers.emplace_back("X-Left-Out", std::to_string(out.left_out + out.not_mapped));
    return response;
  });
}

}  // namespace exchange
