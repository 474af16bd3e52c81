#pragma once

#include "auth/route.h"
#include "base/date.h"
#include "journal/checkpoint.h"
#include "store/db.h"

namespace app {

/// What a unit keeps as proof of what it handed in; the key must outlive the routes.
auth::Routes receipt_routes(store::Db& db, const base::Clock& clock,
                            const journal::SigningKey& key);

}  // namespace app
