#include "inspect/routes.h"

#include "inspect/change_inspection.h"
#include "inspect/desk.h"
#include "inspect/inspection_json.h"
#include "inspect/inspection_store.h"
#include "org/routes.h"
#include "registry/attachment.h"

namespace inspect {

base::Result<OnInspection> on_inspection(const http::Request& request) {
  const auto revision = org::asked_revision(request);
  if (!revision)
    return base::refuse(base::ProblemKind::invalid, "inspection.revision_missing", "If-Match");
  return OnInspection{{request.id_parameter("inspection")}, *revision};
}

http::Response inspection_response(store::Tx& tx, const auth::Actor& actor, base::Date day,
                                   InspectionId id, int status) {
  const Inspection inspection = inspection_store::find(tx, id).value();
  http::Response response = http::json_response(page_json(tx, inspection, actor, day), status);
  response.headers.emplace_back("ETag", "\"" + std::to_string(inspection.revision) + "\"");
  return response;
}

base::Result<http::Response> on_one(
    const Desk& desk, const auth::Actor& actor, const http::Request& request,
    const std::function<base::Result<void>(store::Tx&, Now, OnInspection)>& act, int status) {
  ASSIGN_OR_RETURN(const OnInspection on, on_inspection(request));
  const Now now = desk.now();
  return journal::act(desk.db, actor, request, now.at,
                      [&](store::Tx& tx) -> base::Result<http::Response> {
                        RETURN_IF_REFUSED(act(tx, now, on));
                        return inspection_response(tx, actor, now.day, on.inspection, status);
                      });
}

namespace {

constexpr std::size_t kFileLimit = registry::kMostBytes / 3 * 4 + 64 * 1024;

}  // namespace

auth::Routes routes(store::Db& db, const base::Clock& clock, MoreLines more_lines) {
  using enum http::Method;
  const Desk desk{db, clock, std::move(more_lines)};
  const auto with = [desk](Handler* handler) {
    return [desk, handler](const auth::Actor& actor, const http::Request& request) {
      return handler(desk, actor, request);
    };
  };
#define ONE "/inspections/{inspection}"
  return {
      {get, "/inspection-procedures", "listProcedures", with(list_procedures)},
      {post, "/inspection-procedures", "defineProcedure", with(define_procedure_route)},
      {get, "/units/{unit}/inspection-plans/{year}", "getInspectionPlan", with(get_plan)},
      {get, "/inspections", "listInspections", with(list_inspections)},
      {post, "/inspections", "createInspection", with(create_inspection)},
      {get, ONE, "getInspection", with(get_inspection)},
      {put, ONE, "replaceInspection", with(replace_inspection_route)},
      {put, ONE "/team", "putTeam", with(put_team_route)},
      {put, ONE "/outline", "putOutline", with(put_outline_route)},
      {put, ONE "/decision", "decideInspection", with(decide_route)},
      {put, ONE "/announcement", "announceInspection", with(announce_route)},
      {put, ONE "/prefilling", "prefillSelfReport", with(prefill_route)},
      {put, ONE "/verification", "verifyInspection", with(verify_route)},
      {put, ONE "/extension", "extendInspection", with(extend_route)},
      {post, ONE "/supplements", "askSupplement", with(supplement_route)},
      {post, ONE "/sessions", "createWorkingSession", with(create_session_route)},
      {get, ONE "/sessions/{session}", "getWorkingSession", with(get_session_route)},
      {put, ONE "/sessions/{session}", "replaceWorkingSession", with(replace_session_route)},
      {post, ONE "/sessions/{session}/attachments", "attachToSession",
       with(attach_to_session_route), kFileLimit},
      {get, ONE "/sessions/{session}/attachments/{attachment}", "getSessionAttachment",
       with(get_session_attachment)},
      {get, ONE "/notes", "listNotes", with(list_notes)},
      {post, ONE "/notes", "createNote", with(create_note_route)},
      {put, ONE "/notes/{note}", "replaceNote", with(replace_note_route)},
      {post, ONE "/findings", "createFinding", with(create_finding_route)},
      {put, ONE "/findings/{finding}", "replaceFinding", with(replace_finding_route)},
      {del, ONE "/findings/{finding}", "deleteFinding", with(delete_finding_route)},
      {get, ONE "/brief", "getBrief", with(get_brief)},
      {get, ONE "/earlier-findings", "listEarlierFindings", with(list_earlier_findings)},
      {put, ONE "/draft", "draftResult", with(draft_route)},
      {put, ONE "/conference", "holdConference", with(confer_route)},
      {put, ONE "/conclusion", "concludeInspection", with(conclude_route)},
      {put, ONE "/handover", "handOverConclusion", with(hand_over_route)},
      {post, ONE "/commitments", "createCommitment", with(commit_route)},
      {put, ONE "/follow-ups/{followup}/verification", "verifyFollowUp",
       with(verify_follow_up_route)},
      {put, ONE "/closing", "closeInspection", with(close_route)},
      {put, ONE "/cancellation", "cancelInspection", with(cancel_route)},
      {post, ONE "/papers", "issuePaper", with(issue_paper_route)},
      {get, ONE "/papers/{paper}", "getPaper", with(get_paper)},
      {get, "/conclusions", "listConclusions", with(list_conclusions)},
  };
#undef ONE
}

}  // namespace inspect
