#include "inspect/change_inspection.h"
#include "registry/attachment.h"

namespace inspect {
namespace {

using base::ProblemKind;

base::Result<Inspection> checked(store::Tx& tx, const auth::Actor& actor, Now now,
                                 const WorkingSession& session) {
  ASSIGN_OR_RETURN(Inspection inspection,
                   may_do(tx, actor, now.day, session.inspection, Deed::hold_session));
  base::Problems problems = faults_of(session);
  if (!inspection.inspected(session.unit))
    problems.push_back({ProblemKind::invalid, "inspection.not_inspected", "/unit", {}});
  if (!problems.empty()) return base::refuse(std::move(problems));
  return inspection;
}

}  // namespace

base::Result<WorkingSessionId> hold_session(store::Tx& tx, const auth::Actor& actor, Now now,
                                            const WorkingSession& session) {
  ASSIGN_OR_RETURN(const Inspection inspection, checked(tx, actor, now, session));
  const WorkingSessionId id = session_store::add(tx, session, actor, now.at);
  record(tx, actor, now, inspection, "session_held");
  return id;
}

base::Result<void> rewrite_session(store::Tx& tx, const auth::Actor& actor, Now now,
                                   const WorkingSession& session) {
  RETURN_IF_REFUSED(seen_inspection(tx, actor, now.day, session.inspection));
  const auto kept = session_store::find(tx, session.id);
  if (!kept || kept->inspection != session.inspection)
    return base::refuse(ProblemKind::not_found, "session.not_found");
  ASSIGN_OR_RETURN(const Inspection inspection, checked(tx, actor, now, session));
  if (kept->revision != session.revision || !session_store::save(tx, session)) {
    return base::refuse(ProblemKind::changed, "session.changed", "",
                        {std::to_string(session.revision), std::to_string(kept->revision)});
  }
  record(tx, actor, now, inspection, "session_written");
  return {};
}

base::Result<void> attach_to_session(store::Tx& tx, const auth::Actor& actor, Now now,
                                     InspectionId id, WorkingSessionId session,
                                     const direct::AskedFile& file) {
  RETURN_IF_REFUSED(seen_inspection(tx, actor, now.day, id));
  const auto kept = session_store::find(tx, session);
  if (!kept || kept->inspection != id)
    return base::refuse(ProblemKind::not_found, "session.not_found");
  ASSIGN_OR_RETURN(const Inspection inspection, may_do(tx, actor, now.day, id, Deed::hold_session));
  RETURN_IF_REFUSED(
      registry::attach(tx, actor, now.at, object_of(session), kept->unit, file.name, file.base64));
  record(tx, actor, now, inspection, "session_attached");
  return {};
}

}  // namespace inspect
