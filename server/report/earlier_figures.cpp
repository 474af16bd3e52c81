#include "report/earlier_figures.h"

#include "org/unit_store.h"
#include "report/fact_store.h"

namespace report {
namespace {

/// The unit's totals of `then` for the lines that `is_asked`.
EarlierFigures totals_of(store::Tx& tx, const Sheet& sheet, const Request& request,
                         const base::Period& then,
                         const std::function<bool(const Cell&)>& is_asked) {
  RollupQuestion question{sheet.report.unit, then, {}, {}, request.line, {}, false};
  question.on = base::Period::parse(request.period).value().last();
  for (const Cell& cell : sheet.cells) {
    if (is_asked(cell)) question.indicators.push_back(cell.indicator.code);
  }
  EarlierFigures made;
  if (question.indicators.empty()) return made;
  const auto answer = roll_up(tx, question);
  if (!answer || answer->totals.empty()) return made;
  for (std::size_t m = 0; m < answer->measures.size(); ++m) {
    const Total& total = answer->totals.front()[m];
    const auto id = answer->measures[m].indicator.id;
    if (total.value) made.figures.emplace(id, *total.value);
    if (total.restated > 0 || !total.undivided.empty()) made.restated.emplace(id, total);
  }
  return made;
}

}  // namespace

EarlierFigures earlier_figures(store::Tx& tx, const Sheet& sheet, const Request& request,
                               const base::Period& then) {
  const auto began = org::unit_store::first_day(tx, sheet.report.unit);
  if (began && *began > then.last()) {
    return totals_of(tx, sheet, request, then,
                     [](const Cell& cell) { return cell.fact.kind == FactKind::actual; });
  }
  EarlierFigures made;
  fact_store::of_unit(tx, sheet.report.unit, then.text(), [&](const fact_store::Line& line) {
    if (line.state == FactState::value && line.status != FactStatus::draft) {
      made.figures.emplace(line.indicator, line.amount);
    }
  });
  return made;
}

EarlierFigures year_before(store::Tx& tx, const Sheet& sheet, const Request& request) {
  const base::Period period = base::Period::parse(request.period).value();
  return totals_of(tx, sheet, request, base::Period(period.year() - 1, base::Frequency::year, 1),
                   [&](const Cell& cell) { return cell.fact.period != request.period; });
}

}  // namespace report
