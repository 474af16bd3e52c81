#pragma once

#include <functional>

#include "auth/actor.h"
#include "base/date.h"
#include "http/message.h"
#include "report/service.h"
#include "store/db.h"

namespace report {

/// What every handler of this folder works with; defined in the routes' files only.
struct Desk {
  store::Db& db;
  const base::Clock& clock;

  Now now() const {
    const base::Instant at = clock.now();
    return {at, clock.day_of(at)};
  }
};

/// If-Match: "<revision>"; refused as "report.revision_missing" when absent or out of form.
base::Result<OnReport> on_report(const http::Request& request);

// Handlers on one report (report_routes.cpp).
base::Result<http::Response> get_report(const Desk&, const auth::Actor&, const http::Request&);
base::Result<http::Response> put_cells_route(const Desk&, const auth::Actor&, const http::Request&);
base::Result<http::Response> submit_route(const Desk&, const auth::Actor&, const http::Request&);
base::Result<http::Response> accept_route(const Desk&, const auth::Actor&, const http::Request&);
base::Result<http::Response> return_route(const Desk&, const auth::Actor&, const http::Request&);
base::Result<http::Response> exclude_route(const Desk&, const auth::Actor&, const http::Request&);
base::Result<http::Response> include_route(const Desk&, const auth::Actor&, const http::Request&);
base::Result<http::Response> get_fact(const Desk&, const auth::Actor&, const http::Request&);
base::Result<http::Response> list_journal(const Desk&, const auth::Actor&, const http::Request&);

/// One act on the report of the path, answered with the report as it stands after it.
base::Result<http::Response> change_of_report(
    const Desk& desk, const auth::Actor& actor, const http::Request& request,
    const std::function<base::Result<void>(store::Tx&, Now, OnReport)>& act);

// A report's words (narrative_routes.cpp).
base::Result<http::Response> put_section_route(const Desk&, const auth::Actor&,
                                               const http::Request&);
base::Result<http::Response> get_previous_section(const Desk&, const auth::Actor&,
                                                  const http::Request&);
base::Result<http::Response> get_differences(const Desk&, const auth::Actor&, const http::Request&);

// The requester's own text (compile_routes.cpp).
base::Result<http::Response> get_narrative(const Desk&, const auth::Actor&, const http::Request&);
base::Result<http::Response> get_narrative_section(const Desk&, const auth::Actor&,
                                                   const http::Request&);
base::Result<http::Response> put_narrative_section(const Desk&, const auth::Actor&,
                                                   const http::Request&);

// Questions about totals (rollup_routes.cpp).
base::Result<http::Response> get_rollup(const Desk&, const auth::Actor&, const http::Request&);
base::Result<http::Response> list_contributions(const Desk&, const auth::Actor&,
                                                const http::Request&);

// How far targets are (standing_routes.cpp).
base::Result<http::Response> get_standing(const Desk&, const auth::Actor&, const http::Request&);
base::Result<http::Response> get_heat_map(const Desk&, const auth::Actor&, const http::Request&);
base::Result<http::Response> get_target(const Desk&, const auth::Actor&, const http::Request&);
base::Result<http::Response> propose_allocation(const Desk&, const auth::Actor&,
                                                const http::Request&);

}  // namespace report
