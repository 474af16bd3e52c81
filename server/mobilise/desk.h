#pragma once

#include "auth/actor.h"
#include "base/date.h"
#include "http/json.h"
#include "http/message.h"
#include "journal/journal.h"
#include "mobilise/service.h"
#include "store/db.h"

namespace mobilise {

/// What every handler of this folder works with; defined in the routes' files only.
struct Desk {
  store::Db& db;
  const base::Clock& clock;

  Now now() const {
    const base::Instant at = clock.now();
    return {at, clock.day_of(at)};
  }
};

using Handler = base::Result<http::Response>(const Desk&, const auth::Actor&, const http::Request&);

/// If-Match: "<revision>"; refused as "movement.revision_missing" when absent or out of form.
base::Result<std::int64_t> asked_revision(const http::Request& request);
/// A body of which nothing is to be said.
base::Result<void> empty_body(const http::Request& request);
/// ?year= as the contract takes it: "movement.year".
base::Result<std::optional<int>> asked_year(const http::Request& request);
/// ?name=PERIOD; none when absent, "json.expected_period" when malformed.
base::Result<std::optional<base::Period>> asked_period(const http::Request& request,
                                                       std::string_view name);
/// ?name= as one of an enumeration: "json.not_one_of".
template <class Named>
base::Result<std::optional<Named>> asked_named(const http::Request& request, std::string_view name,
                                               std::optional<Named> (*named)(std::string_view)) {
  const auto asked = request.asked(name);
  if (!asked) return std::optional<Named>();
  const auto found = named(*asked);
  if (!found) {
    return base::refuse(base::ProblemKind::invalid, "json.not_one_of", "?" + std::string(name),
                        {"…"});
  }
  return found;
}
/// With its revision as ETag.
http::Response tagged(const http::json::value& body, std::int64_t revision, int status);

/// A page of what was found with one more asked than is told.
template <class Item, class Tell>
http::Response page_of(std::vector<Item> found, std::size_t page, Tell tell) {
  const bool more = found.size() > page;
  if (more) found.pop_back();
  http::json::array items;
  std::int64_t last = 0;
  for (const Item& one : found) {
    items.push_back(tell(one));
    last = one.id.value;
  }
  return http::json_response(http::json::object{
      {"items", std::move(items)},
      {"next", more ? http::json::value(std::to_string(last)) : http::json::value(nullptr)}});
}

// Movements (movement_routes.cpp).
Handler list_movements, create_movement_route, get_movement, replace_movement_route, put_plan_route,
    start_route, close_route, get_totals, carry_route, get_year_of_body;
// Contributions (contribution_routes.cpp).
Handler list_contributions, report_route, get_contribution, correct_route, withdraw_route;
// Models and commendations (model_routes.cpp).
Handler list_models, register_model_route, get_model, rewrite_model_route, recognise_model_route,
    withdraw_model_route, attach_to_model_route, get_model_attachment, list_commendations,
    commend_route, withdraw_commendation_route;
// Administrative reform (reform_routes.cpp).
Handler get_reform;

}  // namespace mobilise
