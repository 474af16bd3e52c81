#include "report/standing.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "direct/indicator_store.h"
#include "direct/programme_store.h"
#include "org/unit_store.h"
#include "report/service.h"

namespace report {
namespace {

using direct::TargetStatus;
using org::unit_store::Node;

base::Date day_of_tree(const base::Period& period, base::Date day) {
  return std::min(period.last(), day);
}

/// Totals of one unit and of units under it for all targets of one period, asked at once.
struct Totals {
  std::unordered_map<std::int64_t, std::size_t> unit_at, measure_at;  // by unit id, by indicator id
  std::vector<Measure> measures;
  std::vector<std::vector<Total>> totals;

  const Total* of(org::UnitId unit, direct::IndicatorId indicator) const {
    const auto u = unit_at.find(unit.value);
    const auto m = measure_at.find(indicator.value);
    return u == unit_at.end() || m == measure_at.end() ? nullptr : &totals[u->second][m->second];
  }
  std::optional<base::Period> reached(direct::IndicatorId indicator) const {
    const auto m = measure_at.find(indicator.value);
    if (m == measure_at.end() || measures[m->second].parts.empty()) return std::nullopt;
    return measures[m->second].parts.back();
  }
};

Totals ask(store::Tx& tx, const RollupQuestion& question) {
  Totals made;
  auto answer = roll_up(tx, question);
  if (!answer) return made;  // the unit was not there: nothing is known
  for (std::size_t u = 0; u < answer->units.size(); ++u) {
    made.unit_at.emplace(answer->units[u].id.value, u);
  }
  for (std::size_t m = 0; m < answer->measures.size(); ++m) {
    made.measure_at.emplace(answer->measures[m].indicator.id.value, m);
  }
  made.measures = std::move(answer->measures);
  made.totals = std::move(answer->totals);
  return made;
}

using Asked = std::map<std::string, Totals>;  // by period

/// One question a period: all indicators of the programme's targets of it.
Asked ask_all(store::Tx& tx, const std::vector<direct::Target>& targets, org::UnitId unit,
              base::Date day, const std::vector<org::UnitId>& units = {}) {
  std::map<std::string, std::set<std::string>> codes;
  for (const direct::Target& target : targets) {
    codes[target.period].insert(direct::indicator_store::find(tx, target.indicator).value().code);
  }
  Asked made;
  for (const auto& [text, indicators] : codes) {
    RollupQuestion question;
    question.unit = unit;
    question.period = base::Period::parse(text).value();
    question.indicators.assign(indicators.begin(), indicators.end());
    question.on = day_of_tree(question.period, day);
    question.units = units;
    question.until = day;
    made.emplace(text, ask(tx, question));
  }
  return made;
}

TargetStatus status_on(const direct::Indicator& indicator, const base::Period& period,
                       std::int64_t target, const std::vector<direct::Milestone>& milestones,
                       std::optional<std::int64_t> actual, std::optional<base::Period> reached,
                       base::Date day, std::optional<std::int64_t>* expected) {
  const bool is_over = period.last() < day;
  std::optional<std::int64_t> should;
  if (reached && !is_over) {
    should = direct::expected_by(indicator, period, target, milestones, *reached);
  }
  if (expected) *expected = should;
  return direct::status_of(indicator.direction, target, actual, should, is_over);
}

Standing standing_of(store::Tx& tx, const direct::Target& target, const Totals& totals,
                     base::Date day) {
  Standing made;
  made.target = target;
  made.indicator = direct::indicator_store::find(tx, target.indicator).value();
  made.reached = totals.reached(target.indicator);
  if (const Total* total = totals.of(target.unit, target.indicator)) {
    if (made.reached) made.actual = total->value;
    made.counted = total->counted;
    made.expected_cells = total->expected;
    made.is_estimate = !total->estimates.empty();
  }
  made.status = status_on(made.indicator, base::Period::parse(target.period).value(), target.amount,
                          direct::programme_store::milestones(tx, target.id), made.actual,
                          made.reached, day, &made.expected);
  return made;
}

}  // namespace

Headline headline_of(const std::vector<Standing>& standings) {
  Headline made;
  for (const Standing& one : standings) {
    switch (one.status) {
      case TargetStatus::exceeded:
        ++made.exceeded;
        break;
      case TargetStatus::completed:
        ++made.completed;
        break;
      case TargetStatus::on_track:
        ++made.on_track;
        break;
      case TargetStatus::behind:
        ++made.behind;
        break;
      case TargetStatus::no_data:
        ++made.no_data;
        break;
    }
  }
  return made;
}

std::vector<Standing> standings(store::Tx& tx, const direct::Programme& programme, base::Date day) {
  const auto targets = direct::programme_store::targets(tx, programme.id, programme.unit);
  const Asked asked = ask_all(tx, targets, programme.unit, day);
  std::vector<Standing> made;
  for (const direct::Target& target : targets) {
    made.push_back(standing_of(tx, target, asked.at(target.period), day));
  }
  return made;
}

HeatMap heat_map(store::Tx& tx, const direct::Programme& programme, base::Date day) {
  HeatMap made;
  const auto targets = direct::programme_store::targets(tx, programme.id, programme.unit);
  const auto units = direct::programme_store::addressees(tx, programme.id);
  const Asked asked = ask_all(tx, targets, programme.unit, day, units);
  made.units = org::unit_store::refs(tx, units, day);
  made.cells.assign(units.size(), std::vector<HeatMap::Cell>(targets.size()));
  std::unordered_map<std::int64_t, std::size_t> row;
  for (std::size_t u = 0; u < units.size(); ++u) row.emplace(units[u].value, u);
  for (std::size_t t = 0; t < targets.size(); ++t) {
    const Totals& totals = asked.at(targets[t].period);
    made.targets.push_back(standing_of(tx, targets[t], totals, day));
    for (const auto& cell : direct::programme_store::cells(tx, targets[t].id, units)) {
      made.cells[row.at(cell.unit.value)][t].allocated = cell.allocated;
    }
    const auto reached = totals.reached(targets[t].indicator);
    const base::Period period = base::Period::parse(targets[t].period).value();
    for (const org::UnitId unit : units) {
      HeatMap::Cell& cell = made.cells[row.at(unit.value)][t];
      const Total* total = totals.of(unit, targets[t].indicator);
      if (total && reached) cell.actual = total->value;
      if (!cell.allocated) continue;
      cell.status = status_on(made.targets[t].indicator, period, *cell.allocated, {}, cell.actual,
                              reached, day, nullptr);
    }
  }
  return made;
}

std::vector<TrendPoint> trend(store::Tx& tx, const Standing& standing, base::Date day) {
  const base::Period period = base::Period::parse(standing.target.period).value();
  if (!standing.reached) return {};
  const auto milestones = direct::programme_store::milestones(tx, standing.target.id);
  std::vector<TrendPoint> made;
  for (const base::Period& part : period.parts(standing.reached->frequency())) {
    TrendPoint point;
    point.period = part;
    point.expected =
        direct::expected_by(standing.indicator, period, standing.target.amount, milestones, part);
    const auto value_by = [&](const base::Period& whole, const base::Period& last) {
      RollupQuestion question;
      question.unit = standing.target.unit;
      question.period = whole;
      question.indicators = {standing.indicator.code};
      question.on = last.last();
      question.until = last.end();
      const Totals totals = ask(tx, question);
      const Total* total = totals.of(standing.target.unit, standing.target.indicator);
      return total ? total->value : std::nullopt;
    };
    if (part.last() < day) point.actual = value_by(period, part);
    point.year_before = value_by(period.year_before(), part.year_before());
    made.push_back(point);
  }
  return made;
}

std::vector<std::vector<std::optional<std::int64_t>>> ways(store::Tx& tx, const Standing& standing,
                                                           const std::vector<org::UnitId>& units,
                                                           const std::vector<TrendPoint>& points,
                                                           base::Date day) {
  const base::Period period = base::Period::parse(standing.target.period).value();
  std::unordered_map<std::int64_t, std::size_t> row;
  for (std::size_t u = 0; u < units.size(); ++u) row.emplace(units[u].value, u);
  std::vector<std::vector<std::optional<std::int64_t>>> made(
      units.size(), std::vector<std::optional<std::int64_t>>(points.size()));
  for (std::size_t p = 0; p < points.size() && points[p].period.last() < day; ++p) {
    RollupQuestion question;
    question.unit = standing.target.unit;
    question.period = period;
    question.indicators = {standing.indicator.code};
    question.on = day_of_tree(period, day);
    question.units = units;
    question.until = points[p].period.end();
    const Totals totals = ask(tx, question);
    for (const org::UnitId unit : units) {
      const Total* total = totals.of(unit, standing.target.indicator);
      if (total) made[row.at(unit.value)][p] = total->value;
    }
  }
  return made;
}

std::vector<std::optional<std::int64_t>> values_of(store::Tx& tx,
                                                   const std::vector<org::UnitId>& units,
                                                   const std::string& indicator,
                                                   const base::Period& period) {
  std::vector<std::optional<std::int64_t>> made;
  for (const org::UnitId unit : units) {
    RollupQuestion question;
    question.unit = unit;
    question.period = period;
    question.indicators = {indicator};
    const auto answer = roll_up(tx, question);
    made.push_back(answer ? answer->totals.front().front().value : std::nullopt);
  }
  return made;
}

}  // namespace report
