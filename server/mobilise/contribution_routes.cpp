#include "mobilise/contribution_store.h"
#include "mobilise/desk.h"
#include "mobilise/mobilise_json.h"
#include "mobilise/movement_store.h"
#include "org/routes.h"
#include "org/unit_store.h"

namespace mobilise {

using auth::Actor;
using base::Result;
using http::Request;
using http::Response;

namespace {

MovementId of_path(const Request& request) { return {request.id_parameter("movement")}; }
ContributionId gift_of_path(const Request& request) {
  return {request.id_parameter("contribution")};
}

Response contribution_response(store::Tx& tx, base::Date day, ContributionId id, int status = 200) {
  const Contribution kept = contribution_store::find(tx, id).value();
  return tagged(page_json(tx, kept, day), kept.revision, status);
}

Result<AskedContribution> asked_contribution(const Request& request, bool is_new) {
  return http::decode<AskedContribution>(
      request, [&](http::Fields& fields) { return read_contribution(fields, is_new); });
}

}  // namespace

Result<Response> list_contributions(const Desk& desk, const Actor& actor, const Request& request) {
  const base::Date day = desk.clock.today();
  contribution_store::Wanted wanted;
  wanted.movement = of_path(request);
  wanted.line = org::asked_line(request);
  if (const auto id = org::asked_id(request, "unit")) wanted.under = org::UnitId{*id};
  if (const auto id = org::asked_id(request, "body")) wanted.body = org::UnitId{*id};
  ASSIGN_OR_RETURN(wanted.stage, asked_named<Stage>(request, "stage", stage_named));
  ASSIGN_OR_RETURN(wanted.kind, asked_named<GiftKind>(request, "kind", gift_kind_named));
  ASSIGN_OR_RETURN(const auto period, asked_period(request, "period"));
  wanted.with_withdrawn = request.asked("withdrawn") == "true";
  wanted.after = org::asked_cursor(request);
  const auto page = static_cast<std::size_t>(org::asked_limit(request, 100, 500));
  wanted.limit = static_cast<int>(page) + 1;
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const Movement movement, seen_movement(tx, actor, day, wanted.movement));
    const org::Scope scope = org::scope_of(actor, day);
    if (wanted.under) RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::see, *wanted.under, day));
    if (!org::unit_store::line_exists(tx, wanted.line)) {
      return base::refuse(base::ProblemKind::invalid, "movement.line_unknown", "?line",
                          {wanted.line});
    }
    const Reach reach = reach_of(movement, period);
    wanted.from = reach.from;
    wanted.to = reach.to;
    wanted.tree_on = reach.tree_on;
    wanted.sees_whole =
        movement_store::sight(tx, scope, movement.id) == movement_store::Sight::whole;
    return page_of(contribution_store::list(tx, scope, wanted), page,
                   [&](const Contribution& one) { return to_json(tx, one, day); });
  });
}

Result<Response> report_route(const Desk& desk, const Actor& actor, const Request& request) {
  ASSIGN_OR_RETURN(AskedContribution asked, asked_contribution(request, true));
  asked.contribution.movement = of_path(request);
  const Now now = desk.now();
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(
        const ContributionId id,
        report_contribution(tx, actor, now, asked.contribution, asked.body, asked.sameness));
    return contribution_response(tx, now.day, id, 201);
  });
}

Result<Response> get_contribution(const Desk& desk, const Actor& actor, const Request& request) {
  const base::Date day = desk.clock.today();
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const Contribution kept,
                     seen_contribution(tx, actor, day, of_path(request), gift_of_path(request)));
    return contribution_response(tx, day, kept.id);
  });
}

Result<Response> correct_route(const Desk& desk, const Actor& actor, const Request& request) {
  ASSIGN_OR_RETURN(const AskedContribution asked, asked_contribution(request, false));
  ASSIGN_OR_RETURN(const std::int64_t revision, asked_revision(request));
  const Now now = desk.now();
  const OnContribution on{of_path(request), gift_of_path(request), revision};
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(
        correct_contribution(tx, actor, now, on, asked.contribution, asked.sameness, asked.reason));
    return contribution_response(tx, now.day, on.contribution);
  });
}

Result<Response> withdraw_route(const Desk& desk, const Actor& actor, const Request& request) {
  struct Asked {
    std::optional<org::UnitId> body;
    std::string reason;
  };
  ASSIGN_OR_RETURN(const Asked asked, http::decode<Asked>(request, [](http::Fields& fields) {
                     Asked made;
                     if (const auto id = fields.maybe_integer("body", 1, INT64_MAX))
                       made.body = org::UnitId{*id};
                     made.reason = fields.text("reason", 1000);
                     return made;
                   }));
  ASSIGN_OR_RETURN(const std::int64_t revision, asked_revision(request));
  const Now now = desk.now();
  const OnContribution on{of_path(request), gift_of_path(request), revision};
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(withdraw_contribution(tx, actor, now, on, asked.body, asked.reason));
    return contribution_response(tx, now.day, on.contribution);
  });
}

}  // namespace mobilise
