#pragma once

#include "auth/route.h"
#include "base/date.h"
#include "direct/indicator.h"
#include "http/json.h"
#include "store/db.h"

namespace direct {

auth::Routes routes(store::Db& db, const base::Clock& clock);

/// Whether the actor may add to what all units share: indicators, checks.
base::Result<void> may_define(store::Tx& tx, const auth::Actor& actor, base::Date day);

/// An indicator with its parts by code.
http::json::object to_json(store::Tx& tx, const Indicator& indicator);

}  // namespace direct
