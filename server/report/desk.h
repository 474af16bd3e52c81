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

/// The request when its requester or some addressed unit is in the actor's scope (routes.cpp).
base::Result<Request> seen_request(store::Tx& tx, const auth::Actor& actor, base::Date day,
                                   std::int64_t id);

// Workbooks sent out and taken back (workbook_routes.cpp).
inline constexpr std::size_t kWorkbookUpload = 6 * 1024 * 1024;    ///< of one, as base64
inline constexpr std::size_t kWorkbooksUpload = 22 * 1024 * 1024;  ///< of a zip of them, as base64
base::Result<http::Response> get_workbook(const Desk&, const auth::Actor&, const http::Request&);
base::Result<http::Response> read_workbook(const Desk&, const auth::Actor&, const http::Request&);
base::Result<http::Response> annotate_workbook(const Desk&, const auth::Actor&,
                                               const http::Request&);
base::Result<http::Response> get_workbooks(const Desk&, const auth::Actor&, const http::Request&);
base::Result<http::Response> read_workbooks(const Desk&, const auth::Actor&, const http::Request&);

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

// Checks, explanations, drafts and evidence (check_routes.cpp, explain_route in report_routes.cpp).
base::Result<http::Response> list_checks(const Desk&, const auth::Actor&, const http::Request&);
base::Result<http::Response> create_check_route(const Desk&, const auth::Actor&,
                                                const http::Request&);
base::Result<http::Response> replace_check_route(const Desk&, const auth::Actor&,
                                                 const http::Request&);
base::Result<http::Response> explain_route(const Desk&, const auth::Actor&, const http::Request&);
base::Result<http::Response> keep_draft_route(const Desk&, const auth::Actor&,
                                              const http::Request&);
base::Result<http::Response> attach_evidence_route(const Desk&, const auth::Actor&,
                                                   const http::Request&);
base::Result<http::Response> get_evidence(const Desk&, const auth::Actor&, const http::Request&);

// Reminders of reports (remind_routes.cpp).
base::Result<http::Response> list_report_reminders(const Desk&, const auth::Actor&,
                                                   const http::Request&);
base::Result<http::Response> see_report_reminders_route(const Desk&, const auth::Actor&,
                                                        const http::Request&);
base::Result<http::Response> remind_silent_route(const Desk&, const auth::Actor&,
                                                 const http::Request&);

// Regimes, and what requests cost (regime_routes.cpp).
base::Result<http::Response> list_regimes(const Desk&, const auth::Actor&, const http::Request&);
base::Result<http::Response> create_regime_route(const Desk&, const auth::Actor&,
                                                 const http::Request&);
base::Result<http::Response> get_regime(const Desk&, const auth::Actor&, const http::Request&);
base::Result<http::Response> replace_regime_route(const Desk&, const auth::Actor&,
                                                  const http::Request&);
base::Result<http::Response> issue_regime_route(const Desk&, const auth::Actor&,
                                                const http::Request&);
base::Result<http::Response> weigh_request(const Desk&, const auth::Actor&, const http::Request&);
base::Result<http::Response> get_burden(const Desk&, const auth::Actor&, const http::Request&);
base::Result<http::Response> put_budget(const Desk&, const auth::Actor&, const http::Request&);
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

// What was published (publication_routes.cpp).
base::Result<http::Response> publish_request_route(const Desk&, const auth::Actor&,
                                                   const http::Request&);
base::Result<http::Response> publish_question_route(const Desk&, const auth::Actor&,
                                                    const http::Request&);
base::Result<http::Response> list_publications(const Desk&, const auth::Actor&,
                                               const http::Request&);
base::Result<http::Response> get_publication(const Desk&, const auth::Actor&, const http::Request&);
base::Result<http::Response> get_publication_document(const Desk&, const auth::Actor&,
                                                      const http::Request&);
base::Result<http::Response> get_publication_differences(const Desk&, const auth::Actor&, const http::Request&);
// Forms in workbooks of others (form_routes.cpp).
base::Result<http::Response> list_forms(const Desk&, const auth::Actor&, const http::Request&);
base::Result<http::Response> read_forms(const Desk&, const auth::Actor&, const http::Request&);
inline constexpr std::size_t kFormsLimit = 40 * 1024 * 1024;  ///< of the body, files in base64

// How far targets are (standing_routes.cpp).
base::Result<http::Response> get_standing(const Desk&, const auth::Actor&, const http::Request&);
base::Result<http::Response> get_heat_map(const Desk&, const auth::Actor&, const http::Request&);
base::Result<http::Response> get_target(const Desk&, const auth::Actor&, const http::Request&);
base::Result<http::Response> propose_allocation(const Desk&, const auth::Actor&,
                                                const http::Request&);

}  // namespace report
