#include <charconv>

#include "http/json.h"
#include "journal/journal.h"
#include "org/authority.h"
#include "org/routes.h"
#include "report/change_report.h"
#include "report/desk.h"
#include "report/examine.h"
#include "report/fact_store.h"
#include "report/narrative_json.h"
#include "report/report_json.h"

namespace report {
namespace {

using auth::Actor;
using base::ProblemKind;
using base::Result;
using http::Response;
using http::json::array;
using http::json::object;

Response report_response(store::Tx& tx, const Sheet& sheet, const Actor& actor, base::Date day) {
  Response response = http::json_response(report_json(tx, sheet, actor, day));
  response.headers.emplace_back("ETag", "\"" + std::to_string(sheet.report.revision) + "\"");
  return response;
}

FactKind asked_kind(const http::Request& request) {
  return request.asked("kind") == "estimate" ? FactKind::estimate : FactKind::actual;
}

Result<void> empty_body(const http::Request& request) {
  RETURN_IF_REFUSED(http::decode<int>(request, [](http::Fields&) { return 0; }));
  return {};
}

}  // namespace

Result<OnReport> on_report(const http::Request& request) {
  const auto revision = org::asked_revision(request);
  if (!revision) return base::refuse(ProblemKind::invalid, "report.revision_missing", "If-Match");
  return OnReport{{request.id_parameter("report")}, *revision};
}

Result<Response> change_of_report(
    const Desk& desk, const Actor& actor, const http::Request& request,
    const std::function<Result<void>(store::Tx&, Now, OnReport)>& act) {
  ASSIGN_OR_RETURN(const OnReport on, on_report(request));
  const Now now = desk.now();
  const auto answered = [&](store::Tx& tx) {
    return report_response(tx, report_store::sheet(tx, on.report).value(), actor, now.day);
  };
  if (!request.header("idempotency-key")) {
    // Nothing to be kept for a retry, so the one writer does not wait for the answer to be written.
    RETURN_IF_REFUSED(desk.db.write([&](store::Tx& tx) { return act(tx, now, on); }));
    return desk.db.read([&](store::Tx& tx) -> Result<Response> { return answered(tx); });
  }
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(act(tx, now, on));
    return answered(tx);
  });
}

Result<Response> get_report(const Desk& desk, const Actor& actor, const http::Request& request) {
  const base::Date day = desk.clock.today();
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const Sheet sheet,
                     seen_report(tx, actor, day, {request.id_parameter("report")}));
    return report_response(tx, sheet, actor, day);
  });
}

Result<Response> put_cells_route(const Desk& desk, const Actor& actor,
                                 const http::Request& request) {
  ASSIGN_OR_RETURN(const std::vector<Entry> entries,
                   http::decode<std::vector<Entry>>(request, read_entries));
  return change_of_report(desk, actor, request, [&](store::Tx& tx, Now now, OnReport on) {
    return put_cells(tx, actor, now, on, entries);
  });
}

Result<Response> submit_route(const Desk& desk, const Actor& actor, const http::Request& request) {
  RETURN_IF_REFUSED(empty_body(request));
  return change_of_report(desk, actor, request, [&](store::Tx& tx, Now now, OnReport on) {
    return submit_report(tx, actor, now, on);
  });
}

Result<Response> explain_route(const Desk& desk, const Actor& actor, const http::Request& request) {
  using Explanations = std::vector<AskedExplanation>;
  ASSIGN_OR_RETURN(const Explanations asked,
                   http::decode<Explanations>(request, [](http::Fields& fields) {
                     Explanations made;
                     fields.objects("explanations", true, 5000, [&](http::Fields& one) {
                       std::string pointer = one.pointer("");
                       if (pointer.ends_with('/')) pointer.pop_back();
                       made.push_back({one.text("doubt", 200), one.text("text", 1000), pointer});
                     });
                     return made;
                   }));
  return change_of_report(desk, actor, request, [&](store::Tx& tx, Now now, OnReport on) {
    return explain_doubts(tx, actor, now, on, asked);
  });
}

Result<Response> accept_route(const Desk& desk, const Actor& actor, const http::Request& request) {
  RETURN_IF_REFUSED(empty_body(request));
  return change_of_report(desk, actor, request, [&](store::Tx& tx, Now now, OnReport on) {
    return accept_report(tx, actor, now, on);
  });
}

Result<Response> return_route(const Desk& desk, const Actor& actor, const http::Request& request) {
  struct Asked {
    std::string remark;
    std::vector<ReturnedCell> cells;
    std::vector<ReturnedSection> sections;
  };
  ASSIGN_OR_RETURN(const Asked asked, http::decode<Asked>(request, [](http::Fields& fields) {
                     Asked made{fields.maybe_text("remark", 1000).value_or(""), {}, {}};
                     fields.objects("cells", false, 5000, [&](http::Fields& one) {
                       std::string pointer = one.pointer("");
                       if (pointer.ends_with('/')) pointer.pop_back();
                       made.cells.push_back({one.text("indicator", 40),
                                             one.maybe_text("remark", 1000).value_or(""), pointer,
                                             read_kind(one)});
                     });
                     made.sections = read_returned_sections(fields);
                     return made;
                   }));
  return change_of_report(desk, actor, request, [&](store::Tx& tx, Now now, OnReport on) {
    return return_report(tx, actor, now, on, asked.remark, asked.cells, asked.sections);
  });
}

Result<Response> exclude_route(const Desk& desk, const Actor& actor, const http::Request& request) {
  ASSIGN_OR_RETURN(const std::string reason,
                   http::decode<std::string>(
                       request, [](http::Fields& fields) { return fields.text("reason", 1000); }));
  const std::string indicator = request.parameters.find("indicator")->second;
  return change_of_report(desk, actor, request, [&](store::Tx& tx, Now now, OnReport on) {
    return exclude_cell(tx, actor, now, on, indicator, reason, asked_kind(request));
  });
}

Result<Response> include_route(const Desk& desk, const Actor& actor, const http::Request& request) {
  const std::string indicator = request.parameters.find("indicator")->second;
  return change_of_report(desk, actor, request, [&](store::Tx& tx, Now now, OnReport on) {
    return include_cell(tx, actor, now, on, indicator, asked_kind(request));
  });
}

Result<Response> get_fact(const Desk& desk, const Actor& actor, const http::Request& request) {
  const base::Date day = desk.clock.today();
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    const auto fact = fact_store::find(tx, FactId{request.id_parameter("fact")});
    if (!org::sees(tx, actor, org::unit_of(fact), day)) {
      return base::refuse(ProblemKind::not_found, "fact.not_found");
    }
    return http::json_response(fact_json(tx, *fact, day));
  });
}

Result<Response> list_journal(const Desk& desk, const Actor& actor, const http::Request& request) {
  const std::string about(request.asked("object").value_or(""));
  const base::Date day = desk.clock.today();
  std::int64_t id = 0;
  if (about.starts_with("report:"))
    std::from_chars(about.data() + 7, about.data() + about.size(), id);
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(seen_report(tx, actor, day, {id}));
    array items;
    for (const journal::Leaf& leaf : journal::about(tx, "report:" + std::to_string(id))) {
      items.push_back(object{{"sequence", leaf.sequence},
                             {"at", leaf.at.text()},
                             {"actor", leaf.actor},
                             {"act", leaf.event.act},
                             {"object", leaf.event.object},
                             {"detail", http::json::parse(leaf.event.detail)}});
    }
    return http::json_response(object{{"items", items}, {"next", nullptr}});
  });
}

}  // namespace report
