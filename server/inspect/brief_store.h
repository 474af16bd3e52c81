#pragma once

#include <vector>

#include "inspect/brief.h"
#include "inspect/inspection.h"
#include "store/db.h"

/// All SQL of the brief: one question for a unit and all under it, never one for each.
namespace inspect::brief_store {

struct Asked {
  org::UnitId unit;  ///< the inspected one
  std::string line;
  base::Date day;             ///< of the tree
  base::Date from, to;        ///< the time looked at
  report::RequestId self{0};  ///< the self-report's own request, which is left out
};

/// Reports of the units that fell due in the time looked at.
std::vector<ReportCourse> courses(store::Tx& tx, const Asked& asked, const base::Clock& clock);
/// The requests that asked some of them for words.
std::vector<report::RequestId> requests(store::Tx& tx, const Asked& asked);
/// Actual figures that were handed in or accepted, from a year before that time on.
std::vector<FigurePoint> figures(store::Tx& tx, const Asked& asked);

}  // namespace inspect::brief_store
