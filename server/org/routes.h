#pragma once

#include "auth/route.h"
#include "base/date.h"
#include "org/reorganise.h"
#include "store/db.h"

namespace org {

auth::Routes routes(store::Db& db, const base::Clock& clock);
/// Posts and appointments.
auth::Routes people_routes(store::Db& db, const base::Clock& clock);
/// Reorganisations; `concerns` are what folders above keep of units.
auth::Routes reorganisation_routes(store::Db& db, const base::Clock& clock,
                                   std::vector<ConcernsOf> concerns);

/// If-Match: "<revision>"; none when absent or out of form.
std::optional<std::int64_t> asked_revision(const http::Request& request);

/// ?on=DATE, else today; a malformed day is refused as "json.expected_date" with field "?on".
base::Result<base::Date> asked_day(const http::Request& request, const base::Clock& clock);
/// ?name=DATE; none when absent, refused like asked_day when malformed.
base::Result<std::optional<base::Date>> asked_date(const http::Request& request,
                                                   std::string_view name);
/// ?name=ID; none when absent or no number above zero.
std::optional<std::int64_t> asked_id(const http::Request& request, std::string_view name);
/// ?line=, else government.
std::string asked_line(const http::Request& request);
/// ?limit= (1..most, `usual` when absent or out of form).
int asked_limit(const http::Request& request, int usual, int most);
/// ?cursor= as the id after which to go on; 0 when absent.
std::int64_t asked_cursor(const http::Request& request);

}  // namespace org
