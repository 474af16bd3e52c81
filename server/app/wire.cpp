#include "app/wire.h"

#include "app/care_state.h"

#include <algorithm>
#include <iterator>

#include "app/brief_petitions.h"
#include "app/concerns.h"
#include "app/receipt_routes.h"
#include "auth/own_account_routes.h"
#include "direct/routes.h"
#include "exchange/routes.h"
#include "http/problem_response.h"
#include "inspect/routes.h"
#include "journal/journal.h"
#include "mobilise/routes.h"
#include "org/post_store.h"
#include "org/routes.h"
#include "petition/routes.h"
#include "publish/public_site.h"
#include "publish/routes.h"
#include "registry/routes.h"
#include "registry/template_routes.h"
#include "report/routes.h"

namespace app {
namespace {

/// The first account stewards the tree: it is made administrator of the topmost unit, when there is
/// one.
void welcome_first_account(store::Tx& tx, const auth::Actor& actor, base::Date day) {
  static constexpr store::Sql kTop{
      "unit.topmost",
      "select unit_id from unit_parent where parent_id is null and valid_from <= :day and "
      ":day < valid_to order by unit_id limit 1"};
  const auto top =
      tx.one(kTop, {{"day", day}}, [](const store::Row& row) { return row.id<org::UnitId>(0); });
  if (!top) return;
  org::post_store::appoint(
      tx, {*top, org::Role::administrator, "Quản trị", actor.account(), day, base::kForever});
}

http::Response plain(int status, const char* text) {
  http::Response response;
  response.status = status;
  response.content_type = "text/plain; charset=utf-8";
  response.body = text;
  return response;
}

base::Problem meaning_of(const std::exception& failure) {
  if (dynamic_cast<const store::DiskFull*>(&failure) != nullptr) {
    return {base::ProblemKind::storage_full, "storage.full", "", {}};
  }
  if (dynamic_cast<const store::Unusable*>(&failure) != nullptr ||
      dynamic_cast<const store::Unreachable*>(&failure) != nullptr) {
    return {base::ProblemKind::unavailable, "storage.unavailable", "", {}};
  }
  return {};
}

http::Response readiness(const Place& place, store::Db& db) {
  const char* why = why_not_ready(place, db);
  return why == nullptr ? plain(200, "ready\n") : plain(503, why);
}

}  // namespace

auth::Routes all_routes(store::Db& db, const base::Clock& clock, auth::Sessions& sessions,
                        const journal::SigningKey& key) {
  auth::Routes routes = auth::routes(sessions);
  for (auth::Routes more :
       {auth::own_account_routes(sessions), org::routes(db, clock), org::people_routes(db, clock),
        org::reorganisation_routes(db, clock, all_concerns()), registry::routes(db, clock),
        registry::template_routes(db, clock), direct::routes(db, clock), report::routes(db, clock),
        exchange::routes(db, clock), inspect::routes(db, clock, petition_lines),
        petition::routes(db, clock),
        mobilise::routes(db, clock), publish::routes(db, clock),
        receipt_routes(db, clock, key)}) {
    std::move(more.begin(), more.end(), std::back_inserter(routes));
  }
  return routes;
}

void wire(http::Router& router, const Place& place, store::Db& db, const base::Clock& clock, auth::Sessions& sessions,
          const journal::SigningKey& key, const std::string& origin) {
  router.problem_of_failure = meaning_of;
  sessions.on_event([&clock](store::Tx& tx, const auth::Actor& actor, const char* act) {
    if (std::string_view(act) == "account.set_up") welcome_first_account(tx, actor, clock.today());
    journal::record(tx, actor, clock.now(),
                    {act, "account:" + std::to_string(actor.account().value), 0, "{}"});
  });
  auth::mount_open(router, sessions, auth::open_routes(sessions));
  auth::mount(router, sessions, all_routes(db, clock, sessions, key));
  // No Actor is in these, and no session is looked at.
  publish::PublicSite site = publish::public_site(db, clock, origin);
  for (publish::PublicPage& page : site.pages) {
    router.add({http::Method::get, page.path, page.operation_id, std::move(page.handle)});
  }
  router.add_rest(site.prefix, std::move(site.nothing));
  router.add({http::Method::get, "/healthz", "getHealth",
              [](const http::Request&) { return plain(200, "ok\n"); }});
  router.add({http::Method::get, "/readyz", "getReadiness",
              [&db, place](const http::Request&) { return readiness(place, db); }});
}

}  // namespace app
