#pragma once

#include "auth/route.h"
#include "base/date.h"
#include "store/db.h"

namespace org {

auth::Routes routes(store::Db& db, const base::Clock& clock);

/// ?on=DATE, else today; a malformed day is refused as "json.expected_date" with field "?on".
base::Result<base::Date> asked_day(const http::Request& request, const base::Clock& clock);
/// ?line=, else government.
std::string asked_line(const http::Request& request);
/// ?limit= (1..most, `usual` when absent or out of form).
int asked_limit(const http::Request& request, int usual, int most);
/// ?cursor= as the id after which to go on; 0 when absent.
std::int64_t asked_cursor(const http::Request& request);

}  // namespace org
