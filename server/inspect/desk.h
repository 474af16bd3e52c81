#pragma once

#include <functional>

#include "auth/actor.h"
#include "base/date.h"
#include "http/message.h"
#include "inspect/service.h"
#include "journal/journal.h"
#include "store/db.h"

namespace inspect {

/// What every handler of this folder works with; defined in the routes' files only.
struct Desk {
  store::Db& db;
  const base::Clock& clock;
  MoreLines more_lines;

  Now now() const {
    const base::Instant at = clock.now();
    return {at, clock.day_of(at)};
  }
};

using Handler = base::Result<http::Response>(const Desk&, const auth::Actor&, const http::Request&);

/// If-Match: "<revision>"; refused as "inspection.revision_missing" when absent or out of form.
base::Result<OnInspection> on_inspection(const http::Request& request);
/// One act on the inspection of the path, answered with the inspection as it stands after it.
base::Result<http::Response> on_one(
    const Desk& desk, const auth::Actor& actor, const http::Request& request,
    const std::function<base::Result<void>(store::Tx&, Now, OnInspection)>& act, int status = 200);
http::Response inspection_response(store::Tx& tx, const auth::Actor& actor, base::Date day,
                                   InspectionId id, int status = 200);

/// The inspection, for who is on its team or decides it; "authority.not_yours" for its units.
base::Result<Inspection> inside(store::Tx& tx, const auth::Actor& actor, base::Date day,
                                InspectionId id);

// Planning (plan_routes.cpp).
Handler list_procedures, define_procedure_route, get_plan, list_inspections, create_inspection,
    get_inspection, replace_inspection_route, put_team_route, put_outline_route, decide_route,
    list_conclusions;
// Its course (course_routes.cpp).
Handler announce_route, prefill_route, verify_route, extend_route, supplement_route, draft_route,
    confer_route, conclude_route, hand_over_route, commit_route, verify_follow_up_route,
    close_route, cancel_route;
// What is written on the way (work_routes.cpp).
Handler create_session_route, get_session_route, attach_to_session_route, get_session_attachment,
    replace_session_route, list_notes, create_note_route, replace_note_route, create_finding_route,
    replace_finding_route, delete_finding_route, list_earlier_findings, issue_paper_route,
    get_paper;
// What the system knows for the team (brief_routes.cpp).
Handler get_brief;

}  // namespace inspect
