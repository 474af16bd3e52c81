#pragma once

#include "app/place.h"
#include "auth/route.h"
#include "auth/sessions.h"
#include "base/date.h"
#include "http/router.h"
#include "journal/checkpoint.h"
#include "store/db.h"

namespace app {

/// Every route of the program, in layer order: read it and you know what can be asked.
auth::Routes all_routes(store::Db& db, const base::Clock& clock, auth::Sessions& sessions,
                        const journal::SigningKey& key);

/// The router a server runs: the routes above, signing in, the public pages, health, and what a
/// failure means. `origin` is the address browsers know the public pages by.
/// `key` signs receipts and must outlive the router.
void wire(http::Router& router, const Place& place, store::Db& db, const base::Clock& clock,
          auth::Sessions& sessions, const journal::SigningKey& key, const std::string& origin);

}  // namespace app
