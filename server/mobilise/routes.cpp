#include "mobilise/routes.h"

#include <charconv>

#include "mobilise/desk.h"
#include "org/routes.h"
#include "registry/attachment.h"

namespace mobilise {

using base::ProblemKind;

base::Result<std::int64_t> asked_revision(const http::Request& request) {
  const auto revision = org::asked_revision(request);
  if (!revision) return base::refuse(ProblemKind::invalid, "movement.revision_missing", "If-Match");
  return *revision;
}

base::Result<void> empty_body(const http::Request& request) {
  RETURN_IF_REFUSED(http::decode<int>(request, [](http::Fields&) { return 0; }));
  return {};
}

base::Result<std::optional<int>> asked_year(const http::Request& request) {
  const auto asked = request.asked("year");
  if (!asked) return std::optional<int>();
  int year = 0;
  const auto [end, error] = std::from_chars(asked->data(), asked->data() + asked->size(), year);
  if (error != std::errc() || end != asked->data() + asked->size() || year < 2000 || year > 2999) {
    return base::refuse(ProblemKind::invalid, "movement.year", "?year", {std::string(*asked)});
  }
  return std::optional<int>(year);
}

base::Result<std::optional<base::Period>> asked_period(const http::Request& request,
                                                       std::string_view name) {
  const auto asked = request.asked(name);
  if (!asked) return std::optional<base::Period>();
  const auto period = base::Period::parse(*asked);
  if (!period)
    return base::refuse(ProblemKind::invalid, "json.expected_period", "?" + std::string(name));
  return period;
}

http::Response tagged(const http::json::value& body, std::int64_t revision, int status) {
  http::Response response = http::json_response(body, status);
  response.headers.emplace_back("ETag", "\"" + std::to_string(revision) + "\"");
  return response;
}

namespace {

constexpr std::size_t kFileLimit = registry::kMostBytes / 3 * 4 + 64 * 1024;

}  // namespace

auth::Routes routes(store::Db& db, const base::Clock& clock) {
  using enum http::Method;
  const Desk desk{db, clock};
  const auto with = [desk](Handler* handler) {
    return [desk, handler](const auth::Actor& actor, const http::Request& request) {
      return handler(desk, actor, request);
    };
  };
#define ONE "/movements/{movement}"
#define GIFT ONE "/contributions/{contribution}"
#define MODEL "/models/{model}"
  return {
      {get, "/movements", "listMovements", with(list_movements)},
      {post, "/movements", "createMovement", with(create_movement_route)},
      {get, ONE, "getMovement", with(get_movement)},
      {put, ONE, "replaceMovement", with(replace_movement_route)},
      {put, ONE "/plan", "putMovementPlan", with(put_plan_route)},
      {put, ONE "/start", "startMovement", with(start_route)},
      {put, ONE "/closing", "closeMovement", with(close_route)},
      {get, ONE "/totals", "getMovementTotals", with(get_totals)},
      {put, ONE "/figures/{report}", "carryFigures", with(carry_route)},
      {get, ONE "/contributions", "listMovementContributions", with(list_contributions)},
      {post, ONE "/contributions", "reportContribution", with(report_route)},
      {get, GIFT, "getContribution", with(get_contribution)},
      {put, GIFT, "correctContribution", with(correct_route)},
      {put, GIFT "/withdrawal", "withdrawContribution", with(withdraw_route)},
      {get, "/models", "listModels", with(list_models)},
      {post, "/models", "registerModel", with(register_model_route)},
      {get, MODEL, "getModel", with(get_model)},
      {put, MODEL, "rewriteModel", with(rewrite_model_route)},
      {put, MODEL "/recognition", "recogniseModel", with(recognise_model_route)},
      {put, MODEL "/withdrawal", "withdrawModel", with(withdraw_model_route)},
      {post, MODEL "/attachments", "attachToModel", with(attach_to_model_route), kFileLimit},
      {get, MODEL "/attachments/{attachment}", "getModelAttachment", with(get_model_attachment)},
      {get, "/commendations", "listCommendations", with(list_commendations)},
      {post, "/commendations", "giveCommendation", with(commend_route)},
      {put, "/commendations/{commendation}/withdrawal", "withdrawCommendation",
       with(withdraw_commendation_route)},
      {get, "/units/{unit}/mobilisation", "getYearOfBody", with(get_year_of_body)},
      {get, "/units/{unit}/administrative-reform", "getAdministrativeReform", with(get_reform)},
  };
#undef ONE
#undef GIFT
#undef MODEL
}

}  // namespace mobilise
