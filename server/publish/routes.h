#pragma once

#include "auth/route.h"
#include "base/date.h"
#include "store/db.h"

namespace publish {

/// Behind the log-in: bulletins, and what of publications is open. The public pages are
/// public_site.h's.
auth::Routes routes(store::Db& db, const base::Clock& clock);

}  // namespace publish
