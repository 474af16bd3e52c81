#pragma once

#include "auth/route.h"
#include "base/date.h"
#include "direct/indicator.h"
#include "http/json.h"
#include "store/db.h"

namespace direct {

auth::Routes routes(store::Db& db, const base::Clock& clock);

/// An indicator with its parts by code.
http::json::object to_json(store::Tx& tx, const Indicator& indicator);

}  // namespace direct
