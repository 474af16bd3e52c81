#pragma once

#include "report/doubt.h"
#include "report/service.h"

/// Doubts with what the database knows, and what people say of them.
namespace report {

/// The sheet as it stands looked over: parts beside their wholes, checks in force on the period's last day, the unit's past
/// twelve periods, its siblings where a figure stands apart, and the explanations that still hold.
std::vector<Doubt> examine(store::Tx& tx, const Sheet& sheet);

struct AskedExplanation {
  std::string doubt, text, pointer;
};
/// Words to doubts of a report that is open, by its unit. Refuses "report.no_such_doubt" and
/// "report.remark_short".
base::Result<void> explain_doubts(store::Tx& tx, const auth::Actor& actor, Now now, OnReport on,
                                  const std::vector<AskedExplanation>& asked);

/// What is typed and not saved, kept for this account alone; it is no act and leaves no leaf.
/// Refused like entering.
base::Result<void> keep_draft(store::Tx& tx, const auth::Actor& actor, Now now, ReportId report,
                              const std::string& body);

/// A check for everybody, new or replacing one; who may define indicators may. Refuses what
/// `read_check` names, unknown indicators, a code that is taken.
base::Result<CheckId> define_check(store::Tx& tx, const auth::Actor& actor, Now now,
                                   const Check& asked);

/// A file kept with a fact of an open report: what the figure rests on.
struct AskedEvidence {
  std::string name, base64;
};
base::Result<void> attach_evidence(store::Tx& tx, const auth::Actor& actor, Now now, FactId fact,
                                   const AskedEvidence& asked);

}  // namespace report
