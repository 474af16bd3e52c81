#pragma once

#include <optional>
#include <string>
#include <vector>

#include "auth/actor.h"
#include "base/result.h"
#include "direct/follow_task.h"
#include "inspect/brief.h"
#include "inspect/finding.h"
#include "inspect/follow_up.h"
#include "inspect/inspection.h"
#include "inspect/note.h"
#include "inspect/session.h"
#include "inspect/supplement.h"
#include "report/service.h"
#include "store/db.h"

/// The acts of this folder: each is called inside one write transaction and leaves one journal
/// leaf; it changes nothing when it refuses.
namespace inspect {

using report::Now;

/// An act on an inspection: `revision` is the one the sender saw.
struct OnInspection {
  InspectionId inspection;
  std::int64_t revision = 0;
};

/// A version of a procedure by who defines what all units share; the version before ends on its
/// first day. "procedure.from_not_later", "procedure.no_step", "procedure.step_twice".
base::Result<ProcedureId> define_procedure(store::Tx& tx, const auth::Actor& actor, Now now,
                                           Procedure procedure);

/// Plans an inspection, by who decides for its unit. Refuses, all at once, what `faults_of_scope`
/// names, "inspection.procedure_unknown", "inspection.unit_not_below", "programme.not_found",
/// "document.not_found", "inspection.line_unknown"; and without a reason "inspection.clash"
/// (another team at the unit in the quarter) and "inspection.overload" (too many at it in the
/// year).
struct AskedInspection {
  Inspection inspection;
  std::string procedure;  ///< code
  std::string reason;
};
base::Result<InspectionId> plan_inspection(store::Tx& tx, const auth::Actor& actor, Now now,
                                           const AskedInspection& asked);
base::Result<void> replace_inspection(store::Tx& tx, const auth::Actor& actor, Now now,
                                      OnInspection on, const AskedInspection& asked);

/// Besides `faults_of_team`: "inspection.member_unknown", "inspection.member_of_unit" (holds a post
/// at an inspected unit), and without a reason "inspection.member_overload". Who leaves a team that
/// works loses its sight at once.
base::Result<void> put_team(store::Tx& tx, const auth::Actor& actor, Now now, OnInspection on,
                            std::vector<Member> team, const std::string& reason);

struct AskedOutline {
  std::vector<report::OutlineSection> sections;
  std::vector<std::string> indicators;
  std::string period;
  base::Date due_on;
};
/// "inspection.outline_empty", "inspection.due_past", "indicator.unknown", and the outline's own.
base::Result<void> put_outline(store::Tx& tx, const auth::Actor& actor, Now now, OnInspection on,
                               const AskedOutline& asked);
/// Decides it: "inspection.term_too_long" (args: the cap). From now on the team sees the units.
base::Result<void> decide_inspection(store::Tx& tx, const auth::Actor& actor, Now now,
                                     OnInspection on, const std::optional<int>& days,
                                     const std::string& reason);
/// Tells the units and asks for their self-reports, a request of the report's own machinery.
base::Result<void> announce_inspection(store::Tx& tx, const auth::Actor& actor, Now now,
                                       OnInspection on);
/// Takes the self-reports as received, on the day the last of them came in by the clock's zone.
base::Result<void> verify_inspection(store::Tx& tx, const auth::Actor& actor, Now now,
                                     OnInspection on, const base::Clock& clock);
base::Result<void> extend_inspection(store::Tx& tx, const auth::Actor& actor, Now now,
                                     OnInspection on, int days, const std::string& reason);
base::Result<void> cancel_inspection(store::Tx& tx, const auth::Actor& actor, Now now,
                                     OnInspection on, const std::string& reason);

struct Prefilled {
  report::ReportId report;
  int sections = 0, blocks = 0;
};
/// Fills the empty sections of the unit's own self-report with the units' paragraphs of the same
/// section and, in the first, the figures of the looked-at programmes. By who may enter for it.
base::Result<Prefilled> prefill_self_report(store::Tx& tx, const auth::Actor& actor, Now now,
                                            InspectionId inspection, org::UnitId unit);

struct AskedSupplement {
  org::UnitId unit;
  base::Date due_on;
  std::string remark;
  std::vector<report::ReturnedSection> sections;
  std::vector<report::ReturnedCell> cells;
};
/// Gives back named sections and figures of a self-report: "supplement.nothing_named",
/// "supplement.due_past", "inspection.not_inspected", and what a report's return refuses
/// ("narrative.section_unknown", "report.cell_not_asked", "report.remark_short").
base::Result<void> ask_supplement(store::Tx& tx, const auth::Actor& actor, Now now, OnInspection on,
                                  const AskedSupplement& asked);

base::Result<WorkingSessionId> hold_session(store::Tx& tx, const auth::Actor& actor, Now now,
                                            const WorkingSession& session);
/// "session.not_found", "session.changed".
base::Result<void> rewrite_session(store::Tx& tx, const auth::Actor& actor, Now now,
                                   const WorkingSession& session);

/// A picture or a file of the session.
base::Result<void> attach_to_session(store::Tx& tx, const auth::Actor& actor, Now now,
                                     InspectionId inspection, WorkingSessionId session,
                                     const direct::AskedFile& file);

base::Result<NoteId> write_note(store::Tx& tx, const auth::Actor& actor, Now now,
                                InspectionId inspection, const std::string& text, bool is_shared);
/// By its author alone; another's private note does not exist: "note.not_found", "note.changed".
base::Result<void> rewrite_note(store::Tx& tx, const auth::Actor& actor, Now now,
                                InspectionId inspection, NoteId note, std::int64_t revision,
                                const std::string& text, bool is_shared);

/// "finding.no_evidence", "finding.evidence_unknown", "finding.repeats_unknown",
/// "inspection.not_inspected"; "finding.not_yours" for who is neither its author nor leads.
base::Result<FindingId> add_finding(store::Tx& tx, const auth::Actor& actor, Now now,
                                    OnInspection on, Finding finding);
base::Result<void> rewrite_finding(store::Tx& tx, const auth::Actor& actor, Now now,
                                   OnInspection on, const Finding& finding);
base::Result<void> remove_finding(store::Tx& tx, const auth::Actor& actor, Now now, OnInspection on,
                                  FindingId finding);

base::Result<void> draft_result(store::Tx& tx, const auth::Actor& actor, Now now, OnInspection on,
                                const std::string& summary);
base::Result<void> hold_conference(store::Tx& tx, const auth::Actor& actor, Now now,
                                   OnInspection on, base::Date day, const std::string& text);

/// A task to be: its lead and due date are asked for by name when they are missing.
struct AskedFollowUp {
  std::optional<org::UnitId> unit;
  std::optional<FindingId> finding;
  std::optional<direct::ProgrammeId> programme;
  std::string title, deliverable;
  std::optional<org::UnitId> lead;
  std::vector<org::UnitId> supporting;
  std::optional<base::Date> from, due;
};
/// Concludes: each demand becomes a task of who decides. "demand.lead_missing",
/// "demand.due_missing", "demand.due_past", "demand.finding_unknown", "inspection.not_inspected",
/// "inspection.programme_not_in_scope", and what a task refuses, each at "/demands/0/…".
base::Result<void> conclude_inspection(store::Tx& tx, const auth::Actor& actor, Now now,
                                       OnInspection on, const std::string& summary,
                                       const std::vector<AskedFollowUp>& demands);
base::Result<void> hand_over_conclusion(store::Tx& tx, const auth::Actor& actor, Now now,
                                        OnInspection on);
/// A task of the unit itself, by who directs it.
base::Result<void> commit_to(store::Tx& tx, const auth::Actor& actor, Now now, OnInspection on,
                             const AskedFollowUp& asked);
/// Closes a demand or commitment, or says what it lacks: what `against` names,
/// "follow_up.not_found", "follow_up.remark_missing".
base::Result<void> verify_follow_up(store::Tx& tx, const auth::Actor& actor, Now now,
                                    OnInspection on, FollowUpId follow_up, bool is_closed,
                                    const std::string& remark);
base::Result<void> close_inspection(store::Tx& tx, const auth::Actor& actor, Now now,
                                    OnInspection on);

/// A shortcoming of an earlier inspection of one of these units.
struct EarlierFinding {
  Finding finding;
  std::string title;  ///< of its inspection
  base::Date concluded_on;
  int open = 0, closed = 0;  ///< of its demands
  bool is_repeated = false;  ///< found again by some later inspection
  bool is_taken = false;     ///< by this one
};
/// Unclosed and repeated ones first.
std::vector<EarlierFinding> earlier_findings(store::Tx& tx, const Inspection& inspection);

/// What the system knows of the inspected units and of those under them in the time looked at, the
/// gravest first. Asks some questions a unit that is inspected, none for each below it.
std::vector<BriefLine> write_brief(store::Tx& tx, const Inspection& inspection, base::Date day,
                                   const base::Clock& clock, const MoreLines& more_lines = {});

/// May the demand or commitment be closed by the actor, and how does it stand?
Verifying verifying(store::Tx& tx, const auth::Actor& actor, base::Date day,
                    const FollowUp& follow_up, const std::string& remark);

}  // namespace inspect
