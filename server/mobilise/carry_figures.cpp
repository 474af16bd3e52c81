#include <algorithm>

#include "mobilise/change_movement.h"
#include "mobilise/contribution_store.h"
#include "report/change_report.h"

namespace mobilise {
namespace {

/// What counts at the unit itself, of a binding, in the days; none when nothing does.
std::optional<std::int64_t> figure_of(store::Tx& tx, const Movement& movement, org::UnitId unit,
                                      const Binding& binding, base::Date from, base::Date to) {
  std::optional<std::int64_t> made;
  for (const Counted& one : contribution_store::counted(tx, movement.id, from, to, false)) {
    if (one.unit == unit && one.stage == binding.stage && one.kind == binding.kind)
      made = made.value_or(0) + one.quantity;
  }
  return made;
}

}  // namespace

base::Result<int> carry_figures(store::Tx& tx, const auth::Actor& actor, Now now, MovementId id,
                                report::OnReport on) {
  ASSIGN_OR_RETURN(const Movement movement, seen_movement(tx, actor, now.day, id));
  ASSIGN_OR_RETURN(const report::Sheet sheet, report::seen_report(tx, actor, now.day, on.report));
  RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::enter, sheet.report.unit, now.day));
  std::vector<report::Entry> entries;
  for (const report::Cell& cell : sheet.cells) {
    if (cell.fact.kind != report::FactKind::actual) continue;
    const auto binding =
        std::find_if(movement.bindings.begin(), movement.bindings.end(),
                     [&](const Binding& one) { return one.indicator == cell.indicator.code; });
    const auto period = base::Period::parse(cell.fact.period);
    if (binding == movement.bindings.end() || !period) continue;
    const auto figure =
        figure_of(tx, movement, sheet.report.unit, *binding, period->first(), period->end());
    if (!figure) continue;
    report::Entry entry;
    entry.indicator = cell.indicator.code;
    entry.state = report::FactState::value;
    entry.figure = std::to_string(*figure);
    if (cell.fact.remark.empty()) entry.remark = movement.name;
    entry.pointer = "/" + cell.indicator.code;
    entries.push_back(std::move(entry));
  }
  if (entries.empty()) {
    return base::refuse(base::ProblemKind::conflict, "movement.nothing_bound");
  }
  RETURN_IF_REFUSED(report::put_cells(tx, actor, now, on, entries));
  return static_cast<int>(entries.size());
}

}  // namespace mobilise
