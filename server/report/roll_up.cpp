#include <algorithm>
#include <map>
#include <unordered_map>

#include "direct/indicator_store.h"
#include "org/unit_store.h"
#include "report/fact_store.h"
#include "report/restate.h"
#include "report/service.h"

namespace report {
namespace {

using base::ProblemKind;
using org::unit_store::Node;

/// From this many units on, one pass over the period's index beats a look-up per unit.
constexpr std::size_t kScanFrom = 300;

base::Result<std::vector<Measure>> read_measures(store::Tx& tx, const RollupQuestion& question) {
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
  const auto known = direct::indicator_store::all(tx);
  if (all) asked = known;
  std::unordered_map<direct::IndicatorId, const direct::Indicator*> by_id;
  for (const direct::Indicator& indicator : known) by_id.emplace(indicator.id, &indicator);
  std::vector<Measure> measures;
  for (const direct::Indicator& indicator : asked) {
    Measure measure{indicator, indicator, {}, {}};
    if (indicator.is_derived()) {
      measure.first = *by_id.at(indicator.numerator);
      measure.second = *by_id.at(indicator.denominator);
    } else if (indicator.weight) {
      measure.second = *by_id.at(indicator.weight);
    }
    measure.parts = parts_of(measure, question.period, question.year_to_date, question.until);
    if (!all || !measure.parts.empty()) measures.push_back(std::move(measure));
  }
  return measures;
}

struct Loaded {
  base::Date on;
  std::vector<Node> nodes;
  std::vector<Measure> measures;
};

base::Result<Loaded> load(store::Tx& tx, const RollupQuestion& question) {
  Loaded loaded;
  loaded.on = question.on.value_or(question.period.last());
  ASSIGN_OR_RETURN(loaded.measures, read_measures(tx, question));
  if (!org::unit_store::alive(tx, question.unit, loaded.on)) {
    return base::refuse(
        ProblemKind::invalid, "unit.not_in_period", "?unit",
        {org::unit_store::ref(tx, question.unit, loaded.on).name, loaded.on.text()});
  }
  if (!org::unit_store::line_exists(tx, question.line)) {
    return base::refuse(ProblemKind::invalid, "request.line_unknown", "?line", {question.line});
  }
  loaded.nodes = org::unit_store::subtree(tx, question.unit, loaded.on, question.line);
  return loaded;
}

std::vector<base::Date> last_days(const std::vector<base::Period>& parts) {
  std::vector<base::Date> days;
  for (const base::Period& part : parts) days.push_back(part.last());
  return days;
}

/// Feeds every part, each restated from the tree of its own last day. True when anything was.
bool feed(store::Tx& tx, const Loaded& loaded, const std::string& line, Rollup& rollup) {
  const std::vector<Node>& nodes = loaded.nodes;
  const auto take = [&](const fact_store::Line& fact) {
    rollup.take(fact.unit, fact.indicator, fact.state, fact.status, fact.amount, fact.at);
  };
  const Restatement restatement(tx, nodes, line, loaded.on, last_days(rollup.parts()));
  bool was_restated = false;
  for (const base::Period& part : rollup.parts()) {
    const std::string period = part.text();
    Restated restated = restatement.of(tx, part.last());
    std::vector<org::UnitId> guests;
    for (const Guest& guest : restated.guests) guests.push_back(guest.unit);
    was_restated = was_restated || !guests.empty();
    rollup.begin(part, std::move(restated));
    if (nodes.size() + guests.size() < kScanFrom) {
      for (const Node& node : nodes) fact_store::of_unit(tx, node.id, period, take);
      for (const org::UnitId guest : guests) fact_store::of_unit(tx, guest, period, take);
    } else {
      fact_store::scan(tx, period, take);
      for (const Measure& measure : rollup.measures()) {
        if (measure.indicator.across_units == direct::AcrossUnits::latest) {
          fact_store::of_indicator(tx, measure.indicator.id, period, take);
        }
      }
    }
    const auto asked = fact_store::asked(tx, period);
    std::vector<bool> was_asked;
    for (const direct::IndicatorId slot : rollup.collected()) {
      was_asked.push_back(std::find(asked.begin(), asked.end(), slot) != asked.end());
    }
    rollup.end(was_asked);
  }
  return was_restated;
}

std::string why_not(const Fact* fact) {
  if (!fact || fact->state == FactState::blank) return "silent";
  if (fact->status == FactStatus::excluded) return "excluded";
  if (fact->status != FactStatus::accepted) return "not_accepted";
  if (fact->state == FactState::not_applicable) return "not_applicable";
  if (fact->state == FactState::not_yet) return "not_yet";
  return "";
}

}  // namespace

base::Result<RollupAnswer> roll_up(store::Tx& tx, const RollupQuestion& question) {
  ASSIGN_OR_RETURN(Loaded loaded, load(tx, question));
  std::vector<int> wanted{0};
  for (std::size_t i = 1; question.below && i < loaded.nodes.size(); ++i) {
    if (loaded.nodes[i].level == *question.below) wanted.push_back(static_cast<int>(i));
  }
  Rollup rollup(loaded.nodes, wanted, std::move(loaded.measures));
  const bool was_restated = feed(tx, loaded, question.line, rollup);
  std::vector<org::UnitId> ids;
  for (const int node : wanted) ids.push_back(loaded.nodes[static_cast<std::size_t>(node)].id);
  return RollupAnswer{loaded.on, rollup.measures(), org::unit_store::refs(tx, ids, loaded.on),
                      rollup.finish(), was_restated};
}

namespace {

/// A unit whose cells a total is made of in one part, and the share of it that is in.
struct Source {
  org::UnitId unit;
  bool is_expected_leaf = false;
  std::optional<Guest> guest;
};

std::vector<Source> sources_of(const std::vector<Node>& nodes, const Restated& restated) {
  std::vector<Source> sources;
  for (std::size_t n = 0; n < nodes.size(); ++n) {
    const bool was_there = restated.passed.empty() || !restated.passed[n];
    sources.push_back({nodes[n].id, nodes[n].is_leaf && was_there, {}});
  }
  for (const Guest& guest : restated.guests) {
    const auto as_node = std::find_if(sources.begin(), sources.end(), [&](const Source& source) {
      return source.unit == guest.unit;
    });
    if (as_node != sources.end()) sources.erase(as_node);
    sources.push_back({guest.unit, guest.was_leaf, guest});
  }
  return sources;
}

/// The shares of a guest that are in the tree asked for, which is the root's.
void say_share(store::Tx& tx, const std::vector<Node>& nodes, base::Date on, const Guest& guest,
               Contribution& item) {
  for (const Guest::Seat& seat : guest.seats) {
    if (seat.node < 0) continue;
    const org::UnitId unit = nodes[static_cast<std::size_t>(seat.node)].id;
    item.shares.push_back(
        {org::unit_store::ref(tx, unit, on), seat.numerator, seat.denominator, guest.basis});
  }
  if (item.shares.empty()) {
    item.is_counted = false;
    item.why = "undivided";
  }
}

void explain_source(store::Tx& tx, const Loaded& loaded, const base::Period& part,
                    const Source& source, bool leaf_is_expected, Explanation& explanation) {
  const Measure& measure = explanation.measure;
  std::vector<const direct::Indicator*> sides{&measure.first};
  if (measure.second) sides.push_back(&*measure.second);
  std::vector<std::optional<Fact>> facts;
  bool any = false;
  bool all_count = true;
  for (const auto* side : sides) {
    facts.push_back(fact_store::find(tx, source.unit, side->id, part.text()));
    any = any || facts.back();
    all_count = all_count && why_not(facts.back() ? &*facts.back() : nullptr).empty();
  }
  if (!any && !(leaf_is_expected && source.is_expected_leaf)) return;
  for (std::size_t side = 0; side < sides.size(); ++side) {
    Contribution item{org::unit_store::ref(tx, source.unit, source.guest ? part.last() : loaded.on),
                      *sides[side],
                      part.text(),
                      facts[side],
                      "",
                      {},
                      all_count,
                      why_not(facts[side] ? &*facts[side] : nullptr),
                      {}};
    if (!all_count && item.why.empty()) item.why = "pair_missing";
    if (source.guest) say_share(tx, loaded.nodes, loaded.on, *source.guest, item);
    if (item.fact) {
      if (const auto last = fact_store::last(tx, item.fact->id)) {
        item.by = last->actor;
        item.at = last->at;
      }
    }
    explanation.items.push_back(std::move(item));
  }
}

}  // namespace

base::Result<Explanation> explain(store::Tx& tx, const RollupQuestion& question) {
  ASSIGN_OR_RETURN(const Loaded loaded, load(tx, question));
  Rollup rollup(loaded.nodes, {0}, loaded.measures);
  feed(tx, loaded, question.line, rollup);
  Explanation explanation{loaded.measures.front(), rollup.finish().front().front(), {}};
  const Measure measure = explanation.measure;
  const Restatement restatement(tx, loaded.nodes, question.line, loaded.on,
                                last_days(measure.parts));
  for (const base::Period& part : measure.parts) {
    const auto asked = fact_store::asked(tx, part.text());
    const bool leaf_is_expected =
        std::find(asked.begin(), asked.end(), measure.first.id) == asked.end();
    for (const Source& source : sources_of(loaded.nodes, restatement.of(tx, part.last()))) {
      explain_source(tx, loaded, part, source, leaf_is_expected, explanation);
    }
  }
  return explanation;
}

}  // namespace report
