#pragma once

#include "auth/route.h"
#include "base/date.h"
#include "inspect/brief.h"
#include "store/db.h"

namespace inspect {

/// `more_lines`: what the brief tells besides of what folders above know.
auth::Routes routes(store::Db& db, const base::Clock& clock, MoreLines more_lines = {});

}  // namespace inspect
