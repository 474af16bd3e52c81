#include "app/brief_petitions.h"

#include "petition/overview.h"

namespace app {

std::vector<inspect::BriefLine> petition_lines(store::Tx& tx, const std::vector<org::UnitId>& units,
                                               base::Date day) {
  std::vector<inspect::BriefLine> lines;
  for (const petition::OpenPetition& one : petition::open_petitions(tx, units, day)) {
    inspect::BriefLine line;
    line.kind =
        one.is_overdue ? inspect::BriefKind::petition_overdue : inspect::BriefKind::petition_open;
    line.unit = one.unit;
    line.subject = one.title;
    line.due_on = one.due_on;
    line.count = one.raisers;
    line.source = "petition";
    line.source_id = one.id;
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace app
