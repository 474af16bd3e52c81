#include "direct/routes.h"
#include "http/json.h"
#include "journal/journal.h"
#include "org/authority.h"
#include "org/routes.h"
#include "org/table_response.h"
#include "registry/attachment.h"
#include "report/check_json.h"
#include "report/check_store.h"
#include "report/desk.h"
#include "report/fact_store.h"
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

Response check_response(store::Tx& tx, CheckId id, int status = 200) {
  const Check check = check_store::find(tx, id).value();
  Response response = http::json_response(check_json(check), status);
  response.headers.emplace_back("ETag", "\"" + std::to_string(check.revision) + "\"");
  return response;
}

Result<Response> define(const Desk& desk, const Actor& actor, const http::Request& request,
                        const Check& asked) {
  const Now now = desk.now();
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(direct::may_define(tx, actor, now.day));
    ASSIGN_OR_RETURN(const CheckId id, define_check(tx, actor, now, asked));
    return check_response(tx, id, asked.id ? 200 : 201);
  });
}

}  // namespace

Result<Response> list_checks(const Desk& desk, const Actor&, const http::Request& request) {
  const auto page = static_cast<std::size_t>(org::asked_limit(request, 100, 500));
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    auto found = check_store::all(tx, org::asked_cursor(request), static_cast<int>(page) + 1);
    const bool more = found.size() > page;
    if (more) found.pop_back();
    array items;
    for (const Check& check : found) items.push_back(check_json(check));
    return http::json_response(
        object{{"items", std::move(items)},
               {"next", more ? value(std::to_string(found.back().id.value)) : value(nullptr)}});
  });
}

Result<Response> create_check_route(const Desk& desk, const Actor& actor,
                                    const http::Request& request) {
  ASSIGN_OR_RETURN(const Check asked, http::decode<Check>(request, [](http::Fields& fields) {
                     return read_check_body(fields, true);
                   }));
  return define(desk, actor, request, asked);
}

Result<Response> replace_check_route(const Desk& desk, const Actor& actor,
                                     const http::Request& request) {
  ASSIGN_OR_RETURN(Check asked, http::decode<Check>(request, [](http::Fields& fields) {
                     return read_check_body(fields, false);
                   }));
  const auto revision = org::asked_revision(request);
  if (!revision) return base::refuse(ProblemKind::invalid, "check.revision_missing", "If-Match");
  asked.id = {request.id_parameter("check")};
  asked.revision = *revision;
  return define(desk, actor, request, asked);
}

Result<Response> keep_draft_route(const Desk& desk, const Actor& actor,
                                  const http::Request& request) {
  // Kept as it was typed, so that nothing is lost for being wrong; read here only to be in form.
  const auto read = [](http::Fields& fields) {
    array cells;
    fields.objects("cells", true, 5000, [&](http::Fields& one) {
      object cell{{"indicator", one.text("indicator", 40)}, {"kind", name(read_kind(one))}};
      cell["typed"] = one.maybe_raw_text("typed", 200).value_or("");
      cell["remark"] = one.maybe_raw_text("remark", 1000).value_or("");
      cells.push_back(std::move(cell));
    });
    return cells.empty() ? std::string() : http::json::serialize(cells);
  };
  ASSIGN_OR_RETURN(const std::string body, http::decode<std::string>(request, read));
  const Now now = desk.now();
  RETURN_IF_REFUSED(desk.db.write([&](store::Tx& tx) {
    return keep_draft(tx, actor, now, {request.id_parameter("report")}, body);
  }));
  Response response;
  response.status = 204;
  return response;
}

Result<Response> attach_evidence_route(const Desk& desk, const Actor& actor,
                                       const http::Request& request) {
  ASSIGN_OR_RETURN(
      const AskedEvidence asked, http::decode<AskedEvidence>(request, [](http::Fields& fields) {
        return AskedEvidence{fields.text("name", 200),
                             fields.raw_text("base64", registry::kMostBytes / 3 * 4 + 8)};
      }));
  const Now now = desk.now();
  const FactId id{request.id_parameter("fact")};
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(attach_evidence(tx, actor, now, id, asked));
    return http::json_response(fact_json(tx, fact_store::find(tx, id).value(), now.day), 201);
  });
}

Result<Response> get_evidence(const Desk& desk, const Actor& actor, const http::Request& request) {
  const base::Date day = desk.clock.today();
  const FactId id{request.id_parameter("fact")};
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    const auto fact = fact_store::find(tx, id);
    if (!org::sees(tx, actor, org::unit_of(fact), day)) {
      return base::refuse(ProblemKind::not_found, "fact.not_found");
    }
    const auto file = registry::find_attachment(tx, request.id_parameter("attachment"));
    if (!file || file->object != "fact:" + std::to_string(id.value)) {
      return base::refuse(ProblemKind::not_found, "attachment.not_found");
    }
    return org::file_response(file->name, file->media_type, registry::content_of(tx, *file));
  });
}

}  // namespace report
