#pragma once

#include "auth/route.h"

namespace auth {

/// /account and /sessions: what people do with their own account. Nobody else's is ever in reach:
/// the account is the session's.
Routes own_account_routes(Sessions& sessions);

}  // namespace auth
