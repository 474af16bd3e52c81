#include <algorithm>

#include "direct/indicator_store.h"
#include "direct/task_store.h"
#include "journal/journal.h"
#include "org/authority.h"
#include "org/post_store.h"
#include "org/unit_store.h"
#include "report/regime_store.h"
#include "report/service.h"

namespace report {
namespace {

using base::ProblemKind;

/// What is wrong with the lines of the form beside what is known of their indicators.
void check_lines(store::Tx& tx, const Regime& regime, base::Problems& problems) {
  for (std::size_t i = 0; i < regime.cells.size(); ++i) {
    const RegimeCell& cell = regime.cells[i];
    const std::string field = "/cells/" + std::to_string(i) + "/indicator";
    const auto indicator = direct::indicator_store::find_by_code(tx, cell.indicator);
    if (!indicator) {
      problems.push_back({ProblemKind::invalid, "indicator.unknown", field, {cell.indicator}});
    } else if (indicator->is_derived()) {
      problems.push_back(
          {ProblemKind::invalid, "request.derived_indicator", field, {cell.indicator}});
    } else if (cell.kind == FactKind::actual && indicator->frequency &&
               *indicator->frequency != regime.frequency) {
      problems.push_back({ProblemKind::invalid,
                          "request.frequency",
                          field,
                          {cell.indicator, std::string(base::name(*indicator->frequency)),
                           std::string(base::name(regime.frequency))}});
    }
  }
}

void check_addressees(store::Tx& tx, const Regime& regime, base::Date day,
                      base::Problems& problems) {
  const base::Date on = std::max(day, regime.from);
  for (std::size_t i = 0; i < regime.addressees.size(); ++i) {
    const org::UnitId unit = regime.addressees[i];
    const auto above = org::post_store::unit_and_superiors(tx, unit, on, regime.line);
    if (unit != regime.unit && std::find(above.begin(), above.end(), regime.unit) != above.end()) {
      continue;
    }
    problems.push_back({ProblemKind::invalid,
                        "request.unit_not_below",
                        "/addressees/" + std::to_string(i),
                        {std::to_string(unit.value), on.text()}});
  }
}

/// Who reports to `by` in the regime: the owner asks those the regime names; one of them asks the
/// units directly under it.
std::vector<org::UnitId> addressees_of(store::Tx& tx, const Regime& regime, org::UnitId by,
                                       base::Date day) {
  std::vector<org::UnitId> units;
  if (by != regime.unit) {
    for (const auto& unit : org::unit_store::children(tx, by, day, regime.line)) {
      units.push_back(unit.id);
    }
    return units;
  }
  if (!regime.addressee_level) return regime.addressees;
  for (const auto& node : org::unit_store::subtree(tx, by, day, regime.line)) {
    if (node.level == *regime.addressee_level && node.id != by) units.push_back(node.id);
  }
  return units;
}

bool is_addressed(store::Tx& tx, const Regime& regime, org::UnitId unit, base::Date day) {
  const auto named = addressees_of(tx, regime, regime.unit, day);
  return std::find(named.begin(), named.end(), unit) != named.end();
}

std::vector<base::Date> due_days(store::Tx& tx, const Regime& regime, const NewRequest& asked,
                                 const Days& window, base::Date day) {
  const base::WorkingCalendar calendar = direct::task_store::calendar(tx);
  const auto nodes = org::unit_store::subtree(tx, asked.request.unit, day, regime.line);
  std::vector<base::Date> due;
  for (const org::UnitId unit : asked.units) {
    const auto at =
        std::find_if(nodes.begin(), nodes.end(), [&](const auto& node) { return node.id == unit; });
    due.push_back(due_of(regime.deadlines, at == nodes.end() ? 0 : at->level, window, calendar));
  }
  return due;
}

}  // namespace

base::Result<RegimeId> define_regime(store::Tx& tx, const auth::Actor& actor, Now now,
                                     const Regime& asked) {
  Regime regime = asked;
  if (regime.id) {
    const auto known = regime_store::in_scope(tx, org::scope_of(actor, now.day), regime.id)
                           ? regime_store::find(tx, regime.id)
                           : std::nullopt;
    if (!known) {
      return base::refuse(ProblemKind::not_found, "regime.not_found");
    }
    regime.unit = known->unit;
    regime.code = known->code;
  }
  if (auto allowed = org::allows(tx, actor, org::Act::request, regime.unit, now.day); !allowed) {
    // Whoever may be asked by it sees it, so it is not theirs rather than not there.
    if (regime.id) return base::refuse(ProblemKind::forbidden, "authority.not_yours");
    return std::unexpected(allowed.error());
  }
  base::Problems problems = faults_of(regime);
  check_lines(tx, regime, problems);
  check_addressees(tx, regime, now.day, problems);
  if (!org::unit_store::line_exists(tx, regime.line)) {
    problems.push_back({ProblemKind::invalid, "request.line_unknown", "/line", {regime.line}});
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  const bool is_new = !regime.id;
  if (is_new) {
    const auto id = regime_store::add(tx, regime);
    if (!id)
      return base::refuse(ProblemKind::conflict, "regime.code_taken", "/code", {regime.code});
    regime.id = *id;
  } else if (!regime_store::save(tx, regime)) {
    return base::refuse(ProblemKind::changed, "regime.changed", "",
                        {std::to_string(regime.revision)});
  }
  journal::record(
      tx, actor, now.at,
      {is_new ? "regime.defined" : "regime.changed", "regime:" + std::to_string(regime.id.value),
       regime.unit.value, "{\"cells\":" + std::to_string(regime.cells.size()) + "}"});
  return regime.id;
}

base::Result<NewRequest> request_of_regime(store::Tx& tx, const auth::Actor& actor, Now now,
                                           RegimeId id, org::UnitId by,
                                           const base::Period& period) {
  const auto regime = regime_store::in_scope(tx, org::scope_of(actor, now.day), id)
                          ? regime_store::find(tx, id)
                          : std::nullopt;
  if (!regime) {
    return base::refuse(ProblemKind::not_found, "regime.not_found");
  }
  if (auto allowed = org::allows(tx, actor, org::Act::request, by, now.day); !allowed) {
    // Whose regime is seen is no secret.
    if (by == regime->unit) return base::refuse(ProblemKind::forbidden, "authority.not_yours");
    return std::unexpected(allowed.error());
  }
  const base::Date day = period.last();
  base::Problems problems;
  const auto fault = [&](std::string code, std::string field, std::vector<std::string> args) {
    problems.push_back({ProblemKind::invalid, std::move(code), std::move(field), std::move(args)});
  };
  if (period.frequency() != regime->frequency) {
    fault(
        "regime.frequency", "/period",
        {std::string(base::name(regime->frequency)), std::string(base::name(period.frequency()))});
  }
  if (day < regime->from || day >= regime->to) {
    fault("regime.not_in_force", "/period", {regime->code, day.text()});
  }
  if (by != regime->unit && !is_addressed(tx, *regime, by, day)) {
    fault("regime.not_addressed", "/unit", {regime->code});
  }
  if (regime_store::was_asked(tx, id, by, period.text())) {
    problems.push_back(
        {ProblemKind::conflict, "regime.asked_already", "/period", {regime->code, period.text()}});
  }
  if (!problems.empty()) return base::refuse(std::move(problems));

  NewRequest made;
  const Days window = days_of(regime->window, period);
  made.request.unit = by;
  made.request.title = regime->name;
  made.request.line = regime->line;
  made.request.period = period.text();
  made.request.is_illustrative = regime->is_illustrative;
  made.request.regime = id;
  made.request.guidance = regime->guidance;
  if (window != Days{period.first(), period.end()}) made.request.window = window;
  for (const RegimeCell& cell : regime->cells) {
    if (cell.kind == FactKind::actual) {
      made.indicators.push_back(cell.indicator);
      made.headings.push_back(cell.heading);
    } else {
      made.estimates.push_back({cell.indicator, period_of(cell, period).text(), cell.heading});
    }
  }
  made.outline = regime->sections;
  made.units = addressees_of(tx, *regime, by, day);
  made.due = due_days(tx, *regime, made, window, day);
  made.request.due_on =
      made.due.empty() ? day : *std::max_element(made.due.begin(), made.due.end());
  return made;
}

}  // namespace report
