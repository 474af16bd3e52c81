#include "mobilise/desk.h"
#include "mobilise/mobilise_json.h"
#include "mobilise/movement_store.h"
#include "org/routes.h"
#include "report/report_store.h"

namespace mobilise {

using auth::Actor;
using base::Result;
using http::Request;
using http::Response;
using http::json::object;

namespace {

MovementId of_path(const Request& request) { return {request.id_parameter("movement")}; }

Response movement_response(store::Tx& tx, const Actor& actor, base::Date day, MovementId id,
                           int status = 200) {
  const Movement movement = movement_store::find(tx, id).value();
  return tagged(page_json(tx, movement, actor, day), movement.revision, status);
}

/// One act on the movement of the path, answered with the movement as it stands after it.
Result<Response> on_one(const Desk& desk, const Actor& actor, const Request& request,
                        const std::function<Result<void>(store::Tx&, Now, OnMovement)>& act) {
  ASSIGN_OR_RETURN(const std::int64_t revision, asked_revision(request));
  const Now now = desk.now();
  const OnMovement on{of_path(request), revision};
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(act(tx, now, on));
    return movement_response(tx, actor, now.day, on.movement);
  });
}

}  // namespace

Result<Response> list_movements(const Desk& desk, const Actor& actor, const Request& request) {
  const base::Date day = desk.clock.today();
  movement_store::Wanted wanted;
  if (const auto id = org::asked_id(request, "unit")) wanted.unit = org::UnitId{*id};
  ASSIGN_OR_RETURN(wanted.state, asked_named<State>(request, "state", state_named));
  ASSIGN_OR_RETURN(wanted.year, asked_year(request));
  wanted.before = org::asked_cursor(request);
  const auto page = static_cast<std::size_t>(org::asked_limit(request, 50, 200));
  wanted.limit = static_cast<int>(page) + 1;
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    return page_of(movement_store::visible(tx, org::scope_of(actor, day), wanted), page,
                   [&](const Movement& one) { return head_json(tx, one, day); });
  });
}

Result<Response> create_movement_route(const Desk& desk, const Actor& actor,
                                       const Request& request) {
  ASSIGN_OR_RETURN(const Movement asked, http::decode<Movement>(request, [](http::Fields& fields) {
                     return read_movement(fields, true);
                   }));
  const Now now = desk.now();
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const MovementId id, create_movement(tx, actor, now, asked));
    return movement_response(tx, actor, now.day, id, 201);
  });
}

Result<Response> get_movement(const Desk& desk, const Actor& actor, const Request& request) {
  const base::Date day = desk.clock.today();
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(seen_movement(tx, actor, day, of_path(request)));
    return movement_response(tx, actor, day, of_path(request));
  });
}

Result<Response> replace_movement_route(const Desk& desk, const Actor& actor,
                                        const Request& request) {
  ASSIGN_OR_RETURN(const Movement asked, http::decode<Movement>(request, [](http::Fields& fields) {
                     return read_movement(fields, false);
                   }));
  return on_one(desk, actor, request, [&](store::Tx& tx, Now now, OnMovement on) {
    return replace_movement(tx, actor, now, on, asked);
  });
}

Result<Response> put_plan_route(const Desk& desk, const Actor& actor, const Request& request) {
  ASSIGN_OR_RETURN(const auto lines, http::decode<std::vector<PlanLine>>(request, read_plan));
  return on_one(desk, actor, request, [&](store::Tx& tx, Now now, OnMovement on) {
    return put_plan(tx, actor, now, on, lines);
  });
}

Result<Response> start_route(const Desk& desk, const Actor& actor, const Request& request) {
  RETURN_IF_REFUSED(empty_body(request));
  return on_one(desk, actor, request, [&](store::Tx& tx, Now now, OnMovement on) {
    return start_movement(tx, actor, now, on);
  });
}

Result<Response> close_route(const Desk& desk, const Actor& actor, const Request& request) {
  RETURN_IF_REFUSED(empty_body(request));
  return on_one(desk, actor, request, [&](store::Tx& tx, Now now, OnMovement on) {
    return close_movement(tx, actor, now, on);
  });
}

Result<Response> get_totals(const Desk& desk, const Actor& actor, const Request& request) {
  const base::Date day = desk.clock.today();
  TotalsQuestion question;
  question.line = org::asked_line(request);
  ASSIGN_OR_RETURN(question.period, asked_period(request, "period"));
  const auto unit = org::asked_id(request, "unit");
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const Movement movement, seen_movement(tx, actor, day, of_path(request)));
    question.unit = unit ? org::UnitId{*unit} : movement.unit;
    RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::see, question.unit, day));
    ASSIGN_OR_RETURN(const Totals totals, movement_totals(tx, movement, question));
    return http::json_response(to_json(totals, question));
  });
}

Result<Response> carry_route(const Desk& desk, const Actor& actor, const Request& request) {
  RETURN_IF_REFUSED(empty_body(request));
  ASSIGN_OR_RETURN(const std::int64_t revision, asked_revision(request));
  const Now now = desk.now();
  const report::OnReport on{{request.id_parameter("report")}, revision};
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const int cells, carry_figures(tx, actor, now, of_path(request), on));
    const auto report = report::report_store::find(tx, on.report).value();
    return tagged(object{{"report", on.report.value}, {"cells", cells}}, report.revision, 200);
  });
}

Result<Response> get_year_of_body(const Desk& desk, const Actor& actor, const Request& request) {
  const base::Date day = desk.clock.today();
  const org::UnitId unit{request.id_parameter("unit")};
  ASSIGN_OR_RETURN(const std::optional<int> asked, asked_year(request));
  const int year = asked.value_or(day.year());
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::see, unit, day));
    return http::json_response(
        to_json(tx, year_of_body(tx, actor, day, unit, year), unit, year, day));
  });
}

}  // namespace mobilise
