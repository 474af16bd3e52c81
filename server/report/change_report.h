#pragma once

#include <functional>
#include <string>

#include "org/authority.h"
#include "report/service.h"

namespace report {

/// The one way a report changes: authority, revision, the pure rule, every changed fact as a new
/// revision, one journal leaf. Who may: to enter, the report's own unit; to decide, the unit that
/// asked.
struct Change {
  org::Act act;
  std::string name;  ///< "report.submitted"
  std::function<base::Result<Sheet>(Sheet)> rule;
  std::string detail = "{}";
  bool is_mandated = false;  ///< a folder above has found that the actor may
};
base::Result<void> change_report(store::Tx& tx, const auth::Actor& actor, Now now, OnReport on,
                                 const Change& change);

/// The report when the actor may see it: it is of a unit in scope. Refused as "report.not_found"
/// otherwise.
base::Result<Sheet> seen_report(store::Tx& tx, const auth::Actor& actor, base::Date day,
                                ReportId id);

}  // namespace report
