#include "http/json.h"
#include "journal/journal.h"
#include "org/authority.h"
#include "org/routes.h"
#include "org/table_response.h"
#include "report/desk.h"
#include "report/publication_json.h"
#include "report/publish.h"

namespace report {
namespace {

using base::ProblemKind;
using base::Result;
using http::Response;
using http::json::array;
using http::json::object;
using http::json::value;

/// The publication, when its unit is in the actor's sight.
Result<Publication> seen_publication(store::Tx& tx, const auth::Actor& actor, base::Date day,
                                     std::int64_t id) {
  const auto found = publication_store::find(tx, {id});
  if (!org::sees(tx, actor, org::unit_of(found), day)) {
    return base::refuse(ProblemKind::not_found, "publication.not_found");
  }
  return *found;
}

/// What is known of it, with the frozen text in it as it stands, byte for byte.
Response full_response(store::Tx& tx, const Publication& publication, base::Date day, int status) {
  const std::string frozen = publication_store::frozen(tx, publication.id);
  object made = publication_json(tx, publication, day);
  made["changed_since"] = nullptr;
  if (!publication.replaced_by) made["changed_since"] = changed_since(tx, content_of(frozen));
  Response response = http::json_response(made, status);
  response.body.pop_back();
  response.body += ",\"frozen\":" + frozen + "}";
  return response;
}

void read_correction(http::Fields& fields, NewPublication& made) {
  if (const auto replaces = fields.maybe_integer("replaces", 1, 1LL << 53)) {
    made.replaces = {*replaces};
  }
  made.reason = fields.maybe_text("reason", 1000).value_or("");
  made.title = fields.maybe_text("title", 500).value_or("");
  made.is_illustrative = fields.boolean("is_illustrative", false);
}

NewPublication read_of_request(http::Fields& fields) {
  NewPublication made;
  read_correction(fields, made);
  return made;
}

NewPublication read_of_question(http::Fields& fields) {
  NewPublication made;
  read_correction(fields, made);
  made.question.unit = {fields.integer("unit", 1, 1LL << 53)};
  made.question.period = fields.period("period");
  made.question.line = fields.maybe_text("line", 40).value_or(org::kGovernment);
  made.question.on = fields.maybe_date("on");
  if (const auto below = fields.maybe_integer("below", 1, 9)) {
    made.question.below = static_cast<int>(*below);
  }
  made.question.indicators = fields.texts("indicators", true, 500);
  return made;
}

Result<Response> publish_response(const Desk& desk, const auth::Actor& actor,
                                  const http::Request& request, const NewPublication& asked) {
  const Now now = desk.now();
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const PublicationId id, publish(tx, actor, now, asked));
    return full_response(tx, publication_store::find(tx, id).value(), now.day, 201);
  });
}

}  // namespace

Result<Response> publish_request_route(const Desk& desk, const auth::Actor& actor,
                                       const http::Request& request) {
  ASSIGN_OR_RETURN(NewPublication asked, http::decode<NewPublication>(request, read_of_request));
  asked.request = RequestId{request.id_parameter("request")};
  const auto seen = desk.db.read([&](store::Tx& tx) {
    return report_store::in_scope(tx, org::scope_of(actor, desk.clock.today()), *asked.request);
  });
  if (!seen) return base::refuse(ProblemKind::not_found, "request.not_found");
  return publish_response(desk, actor, request, asked);
}

Result<Response> publish_question_route(const Desk& desk, const auth::Actor& actor,
                                        const http::Request& request) {
  ASSIGN_OR_RETURN(const NewPublication asked,
                   http::decode<NewPublication>(request, read_of_question));
  if (asked.question.indicators.empty()) {
    return base::refuse(ProblemKind::invalid, "request.no_indicator", "/indicators");
  }
  return publish_response(desk, actor, request, asked);
}

Result<Response> list_publications(const Desk& desk, const auth::Actor& actor,
                                   const http::Request& request) {
  const base::Date day = desk.clock.today();
  publication_store::Wanted wanted;
  if (const auto unit = org::asked_id(request, "unit")) wanted.unit = org::UnitId{*unit};
  if (const auto of = org::asked_id(request, "request")) wanted.request = RequestId{*of};
  wanted.after = org::asked_cursor(request);
  const auto page = static_cast<std::size_t>(org::asked_limit(request, 100, 500));
  wanted.limit = static_cast<int>(page) + 1;
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    auto found = publication_store::visible(tx, org::scope_of(actor, day), wanted);
    const bool more = found.size() > page;
    if (more) found.pop_back();
    array items;
    for (const Publication& one : found) items.push_back(publication_json(tx, one, day));
    return http::json_response(
        object{{"items", std::move(items)},
               {"next", more ? value(std::to_string(found.back().id.value)) : value(nullptr)}});
  });
}

Result<Response> get_publication(const Desk& desk, const auth::Actor& actor,
                                 const http::Request& request) {
  const base::Date day = desk.clock.today();
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const Publication found,
                     seen_publication(tx, actor, day, request.id_parameter("publication")));
    return full_response(tx, found, day, 200);
  });
}

Result<Response> get_publication_document(const Desk& desk, const auth::Actor& actor,
                                          const http::Request& request) {
  const base::Date day = desk.clock.today();
  const std::string format = request.parameters.find("format")->second;
  if (format != "json" && format != "csv" && format != "xlsx") {
    return base::refuse(ProblemKind::not_found, "publication.format");
  }
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const Publication found,
                     seen_publication(tx, actor, day, request.id_parameter("publication")));
    const std::string frozen = publication_store::frozen(tx, found.id);
    const std::string name = "cong-bo-" + std::to_string(found.id.value);
    if (format == "json") return org::file_response(name + ".json", "application/json", frozen);
    return org::table_response(name, publication_sheet(found, content_of(frozen)),
                               format == "csv" ? org::TableFormat::csv : org::TableFormat::xlsx);
  });
}

Result<Response> get_publication_differences(const Desk& desk, const auth::Actor& actor,
                                             const http::Request& request) {
  const base::Date day = desk.clock.today();
  const auto from = org::asked_id(request, "from");
  if (!from) return base::refuse(ProblemKind::invalid, "publication.from", "?from");
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const Publication after,
                     seen_publication(tx, actor, day, request.id_parameter("publication")));
    ASSIGN_OR_RETURN(const Publication before, seen_publication(tx, actor, day, *from));
    const Published then = content_of(publication_store::frozen(tx, before.id));
    const Published now = content_of(publication_store::frozen(tx, after.id));
    const org::UnitId line{org::asked_id(request, "unit").value_or(now.unit.value)};
    object made = differences_json(differences(then, now, line), then, now);
    made["before"] = publication_json(tx, before, day);
    made["after"] = publication_json(tx, after, day);
    return http::json_response(made);
  });
}

}  // namespace report
