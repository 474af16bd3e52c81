#include <algorithm>

#include "inspect/change_inspection.h"
#include "inspect/supplement.h"
#include "report/narrative_store.h"
#include "report/report_store.h"

namespace inspect {
namespace {

using base::ProblemKind;

Supplement supplement_of(const Inspection& inspection, const AskedSupplement& asked, Now now) {
  Supplement made;
  made.inspection = inspection.id;
  made.unit = asked.unit;
  made.due_on = asked.due_on;
  made.remark = asked.remark;
  made.at = now.at;
  for (const auto& section : asked.sections)
    made.items.push_back({section.section, "", "", section.remark});
  for (const auto& cell : asked.cells)
    made.items.push_back({"", cell.indicator, std::string(report::name(cell.kind)), cell.remark});
  return made;
}

}  // namespace

base::Result<void> ask_supplement(store::Tx& tx, const auth::Actor& actor, Now now, OnInspection on,
                                  const AskedSupplement& asked) {
  const auto rule = [&](Inspection& kept) -> base::Result<void> {
    base::Problems problems;
    if (asked.sections.empty() && asked.cells.empty())
      problems.push_back({ProblemKind::invalid, "supplement.nothing_named", "/sections", {}});
    if (asked.due_on <= now.day)
      problems.push_back({ProblemKind::invalid, "supplement.due_past", "/due_on", {}});
    const Inspected* const one = kept.inspected(asked.unit);
    const auto report_id = one != nullptr ? one->report : std::nullopt;
    if (!report_id)
      problems.push_back({ProblemKind::invalid, "inspection.not_inspected", "/unit", {}});
    if (!problems.empty()) return base::refuse(std::move(problems));
    Supplement made = supplement_of(kept, asked, now);
    made.report = *report_id;
    const auto before = supplement_store::of_inspection(tx, kept.id);
    made.number = 1 + static_cast<int>(std::count_if(
                          before.begin(), before.end(),
                          [&](const Supplement& each) { return each.unit == asked.unit; }));
    const auto rounds = report::narrative_store::rounds(tx, made.report);
    made.round = rounds.empty() ? 0 : rounds.back().round;
    const auto report = report::report_store::find(tx, made.report).value();
    RETURN_IF_REFUSED(report::return_for_supplement(tx, actor, now, {made.report, report.revision},
                                                    asked.remark, asked.cells, asked.sections));
    supplement_store::add(tx, made, actor);
    return {};
  };
  return change_inspection(tx, actor, now, on,
                           {Deed::ask_supplement, rule,
                            "{\"sections\":" + std::to_string(asked.sections.size()) +
                                ",\"cells\":" + std::to_string(asked.cells.size()) + "}"});
}

}  // namespace inspect
