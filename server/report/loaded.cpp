#include "report/loaded.h"

#include <algorithm>
#include <unordered_map>

#include "direct/indicator_store.h"
#include "org/kept_tree.h"
#include "report/fact_store.h"
#include "report/kept_facts.h"
#include "report/restate.h"

namespace report {
namespace {

using base::ProblemKind;
using org::unit_store::Node;

/// Indicators by id, each read once.
class Indicators {
 public:
  explicit Indicators(store::Tx& tx) : tx_(tx) {}
  void know(const std::vector<direct::Indicator>& all) {
    for (const auto& one : all) by_id_.emplace(one.id, one);
  }
  const direct::Indicator& of(direct::IndicatorId id) {
    const auto at = by_id_.find(id);
    if (at != by_id_.end()) return at->second;
    return by_id_.emplace(id, direct::indicator_store::find(tx_, id).value()).first->second;
  }

 private:
  store::Tx& tx_;
  std::unordered_map<direct::IndicatorId, direct::Indicator> by_id_;
};

Measure measured(Indicators& indicators, const direct::Indicator& indicator,
                 const RollupQuestion& question) {
  Measure measure =
      measure_of(indicator, [&](direct::IndicatorId id) { return indicators.of(id); });
  measure.parts = parts_of(measure, question.period, question.year_to_date, question.until);
  return measure;
}

base::Result<std::vector<Measure>> read_measures(store::Tx& tx, Indicators& indicators,
                                                 const RollupQuestion& question) {
  std::vector<direct::Indicator> asked;
  base::Problems problems;
  for (const std::string& code : question.indicators) {
    if (auto indicator = direct::indicator_store::find_by_code(tx, code)) {
      asked.push_back(*std::move(indicator));
    } else {
      problems.push_back({ProblemKind::invalid, "indicator.unknown", "?indicator", {code}});
    }
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  const bool all = question.indicators.empty();
  if (all) asked = direct::indicator_store::all(tx);
  indicators.know(asked);
  std::vector<Measure> measures;
  for (const direct::Indicator& indicator : asked) {
    Measure measure = measured(indicators, indicator, question);
    if (!all || !measure.parts.empty()) measures.push_back(std::move(measure));
  }
  return measures;
}

/// How many units and indicators are worth a look-up each; from there on, a walk over the covering
/// index is cheaper. A look-up costs PostgreSQL a round trip.
struct Worth {
  std::size_t units, indicators, walks;
};
Worth worth(store::Dialect dialect) {
  return dialect == store::Dialect::postgres ? Worth{30, 3, 32} : Worth{300, 8, 64};
}

/// The facts of one part, by the cheapest way.
void read_facts(store::Tx& tx, const std::vector<org::UnitId>& few, const std::string& period,
                Rollup& rollup) {
  const auto take = [&](const fact_store::Line& fact) {
    rollup.take(fact.unit, fact.indicator, fact.state, fact.status, fact.amount, fact.at);
  };
  const auto& indicators = rollup.collected();
  const Worth is_worth = worth(tx.dialect());
  if (!few.empty() && indicators.size() <= is_worth.indicators) {
    for (const org::UnitId unit : few) {
      for (const auto indicator : indicators) {
        fact_store::of_cell(tx, unit, indicator, period, take);
      }
    }
  } else if (!few.empty()) {
    for (const org::UnitId unit : few) fact_store::of_unit(tx, unit, period, take);
  } else if (indicators.size() <= is_worth.walks) {
    const auto numbers = kept_facts::numbers(tx, period);
    for (const auto indicator : indicators) {
      kept_facts::of_indicator(tx, indicator, period, numbers, take);
    }
  } else {
    fact_store::scan(tx, period, take);
  }
}

}  // namespace

base::Result<Loaded> load(store::Tx& tx, const RollupQuestion& question) {
  Loaded loaded;
  loaded.on = question.on.value_or(question.period.last());
  Indicators indicators(tx);
  ASSIGN_OR_RETURN(loaded.measures, read_measures(tx, indicators, question));
  if (!org::unit_store::alive(tx, question.unit, loaded.on)) {
    return base::refuse(
        ProblemKind::invalid, "unit.not_in_period", "?unit",
        {org::unit_store::ref(tx, question.unit, loaded.on).name, loaded.on.text()});
  }
  if (!org::unit_store::line_exists(tx, question.line)) {
    return base::refuse(ProblemKind::invalid, "request.line_unknown", "?line", {question.line});
  }
  loaded.nodes = org::kept_tree::subtree(tx, question.unit, loaded.on, question.line);
  return loaded;
}

Measure measure_in(store::Tx& tx, direct::IndicatorId indicator, const RollupQuestion& question) {
  Indicators indicators(tx);
  return measured(indicators, direct::indicator_store::find(tx, indicator).value(), question);
}

std::vector<base::Date> last_days(const std::vector<base::Period>& parts) {
  std::vector<base::Date> days;
  for (const base::Period& part : parts) days.push_back(part.last());
  return days;
}

bool feed(store::Tx& tx, const Loaded& loaded, const std::string& line, Rollup& rollup,
          const std::function<void(const base::Period&)>& before_end) {
  const Restatement restatement(tx, loaded.nodes, line, loaded.on, last_days(rollup.parts()));
  bool was_restated = false;
  for (const base::Period& part : rollup.parts()) {
    Restated restated = restatement.of(tx, part.last());
    std::vector<org::UnitId> few;  // none when there are too many to look each up
    if (loaded.nodes.size() + restated.guests.size() < worth(tx.dialect()).units) {
      for (const Node& node : loaded.nodes) few.push_back(node.id);
      for (const Guest& guest : restated.guests) few.push_back(guest.unit);
    }
    was_restated = was_restated || !restated.guests.empty();
    rollup.begin(part, std::move(restated));
    read_facts(tx, few, part.text(), rollup);
    const auto asked = fact_store::asked(tx, part.text());
    std::vector<bool> was_asked;
    for (const direct::IndicatorId slot : rollup.collected()) {
      was_asked.push_back(std::find(asked.begin(), asked.end(), slot) != asked.end());
    }
    if (before_end) before_end(part);
    rollup.end(was_asked);
  }
  return was_restated;
}

}  // namespace report
