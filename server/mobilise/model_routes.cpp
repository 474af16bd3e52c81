#include "mobilise/desk.h"
#include "mobilise/mobilise_json.h"
#include "mobilise/model.h"
#include "org/routes.h"
#include "org/table_response.h"
#include "registry/attachment.h"

namespace mobilise {

using auth::Actor;
using base::ProblemKind;
using base::Result;
using http::Request;
using http::Response;

namespace {

ModelId of_path(const Request& request) { return {request.id_parameter("model")}; }

Response model_response(store::Tx& tx, base::Date day, ModelId id, int status = 200) {
  const Model model = model_store::find(tx, id).value();
  return tagged(page_json(tx, model, day), model.revision, status);
}

Result<Response> on_one(const Desk& desk, const Actor& actor, const Request& request,
                        const std::function<Result<void>(store::Tx&, Now, OnModel)>& act) {
  ASSIGN_OR_RETURN(const std::int64_t revision, asked_revision(request));
  const Now now = desk.now();
  const OnModel on{of_path(request), revision};
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(act(tx, now, on));
    return model_response(tx, now.day, on.model);
  });
}

Result<Model> asked_model(const Request& request, bool is_new, base::Date today) {
  return http::decode<Model>(
      request, [&](http::Fields& fields) { return read_model(fields, is_new, today); });
}

Result<std::string> asked_reason(const Request& request) {
  return http::decode<std::string>(
      request, [](http::Fields& fields) { return fields.text("reason", 1000); });
}

Response commendation_response(store::Tx& tx, base::Date day, CommendationId id, int status) {
  const Commendation kept = commendation_store::find(tx, id).value();
  return tagged(to_json(tx, kept, day), kept.revision, status);
}

}  // namespace

Result<Response> list_models(const Desk& desk, const Actor& actor, const Request& request) {
  const base::Date day = desk.clock.today();
  WantedModels wanted;
  if (const auto id = org::asked_id(request, "unit")) wanted.unit = org::UnitId{*id};
  if (const auto id = org::asked_id(request, "movement")) wanted.movement = MovementId{*id};
  ASSIGN_OR_RETURN(wanted.field, asked_named<Field>(request, "field", field_named));
  ASSIGN_OR_RETURN(wanted.state, asked_named<ModelState>(request, "state", model_state_named));
  wanted.before = org::asked_cursor(request);
  const auto page = static_cast<std::size_t>(org::asked_limit(request, 50, 200));
  wanted.limit = static_cast<int>(page) + 1;
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    return page_of(model_store::visible(tx, org::scope_of(actor, day), wanted), page,
                   [&](const Model& one) { return to_json(tx, one, day); });
  });
}

Result<Response> register_model_route(const Desk& desk, const Actor& actor,
                                      const Request& request) {
  const Now now = desk.now();
  ASSIGN_OR_RETURN(const Model asked, asked_model(request, true, now.day));
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const ModelId id, register_model(tx, actor, now, asked));
    return model_response(tx, now.day, id, 201);
  });
}

Result<Response> get_model(const Desk& desk, const Actor& actor, const Request& request) {
  const base::Date day = desk.clock.today();
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(seen_model(tx, actor, day, of_path(request)));
    return model_response(tx, day, of_path(request));
  });
}

Result<Response> rewrite_model_route(const Desk& desk, const Actor& actor, const Request& request) {
  ASSIGN_OR_RETURN(const Model asked, asked_model(request, false, desk.clock.today()));
  return on_one(desk, actor, request, [&](store::Tx& tx, Now now, OnModel on) {
    return rewrite_model(tx, actor, now, on, asked);
  });
}

Result<Response> recognise_model_route(const Desk& desk, const Actor& actor,
                                       const Request& request) {
  ASSIGN_OR_RETURN(const Recognition asked, http::decode<Recognition>(request, read_recognition));
  return on_one(desk, actor, request, [&](store::Tx& tx, Now now, OnModel on) {
    return recognise_model(tx, actor, now, on, asked);
  });
}

Result<Response> withdraw_model_route(const Desk& desk, const Actor& actor,
                                      const Request& request) {
  ASSIGN_OR_RETURN(const std::string reason, asked_reason(request));
  return on_one(desk, actor, request, [&](store::Tx& tx, Now now, OnModel on) {
    return withdraw_model(tx, actor, now, on, reason);
  });
}

Result<Response> attach_to_model_route(const Desk& desk, const Actor& actor,
                                       const Request& request) {
  struct Asked {
    std::string name, base64;
  };
  ASSIGN_OR_RETURN(const Asked asked, http::decode<Asked>(request, [](http::Fields& fields) {
                     return Asked{fields.text("name", 200),
                                  fields.raw_text("base64", registry::kMostBytes / 3 * 4 + 4)};
                   }));
  const Now now = desk.now();
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(attach_to_model(tx, actor, now, of_path(request), asked.name, asked.base64));
    return model_response(tx, now.day, of_path(request), 201);
  });
}

Result<Response> get_model_attachment(const Desk& desk, const Actor& actor,
                                      const Request& request) {
  const base::Date day = desk.clock.today();
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(seen_model(tx, actor, day, of_path(request)));
    const auto file = registry::find_attachment(tx, request.id_parameter("attachment"));
    if (!file || file->object != object_of(of_path(request)))
      return base::refuse(ProblemKind::not_found, "attachment.not_found");
    return org::file_response(file->name, file->media_type, registry::content_of(tx, *file));
  });
}

Result<Response> list_commendations(const Desk& desk, const Actor& actor, const Request& request) {
  const base::Date day = desk.clock.today();
  std::optional<org::UnitId> unit;
  std::optional<MovementId> movement;
  if (const auto id = org::asked_id(request, "unit")) unit = org::UnitId{*id};
  if (const auto id = org::asked_id(request, "movement")) movement = MovementId{*id};
  const auto page = static_cast<std::size_t>(org::asked_limit(request, 50, 200));
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    return page_of(
        commendation_store::visible(tx, org::scope_of(actor, day), unit, movement,
                                    org::asked_cursor(request), static_cast<int>(page) + 1),
        page, [&](const Commendation& one) { return to_json(tx, one, day); });
  });
}

Result<Response> commend_route(const Desk& desk, const Actor& actor, const Request& request) {
  ASSIGN_OR_RETURN(const Commendation asked,
                   http::decode<Commendation>(request, read_commendation));
  const Now now = desk.now();
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const CommendationId id, commend(tx, actor, now, asked));
    return commendation_response(tx, now.day, id, 201);
  });
}

Result<Response> withdraw_commendation_route(const Desk& desk, const Actor& actor,
                                             const Request& request) {
  ASSIGN_OR_RETURN(const std::string reason, asked_reason(request));
  ASSIGN_OR_RETURN(const std::int64_t revision, asked_revision(request));
  const Now now = desk.now();
  const OnCommendation on{{request.id_parameter("commendation")}, revision};
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(withdraw_commendation(tx, actor, now, on, reason));
    return commendation_response(tx, now.day, on.commendation, 200);
  });
}

}  // namespace mobilise
