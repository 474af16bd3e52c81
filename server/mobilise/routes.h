#pragma once

#include "auth/route.h"
#include "base/date.h"
#include "store/db.h"

namespace mobilise {

auth::Routes routes(store::Db& db, const base::Clock& clock);

}  // namespace mobilise
