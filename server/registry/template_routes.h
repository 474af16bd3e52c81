#pragma once

#include "auth/route.h"
#include "base/date.h"
#include "store/db.h"

namespace registry {

/// A unit's own templates, and the program's own ones.
auth::Routes template_routes(store::Db& db, const base::Clock& clock);

}  // namespace registry
