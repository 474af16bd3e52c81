#include <algorithm>
#include <map>

#include "mobilise/contribution_store.h"
#include "mobilise/service.h"
#include "org/unit_store.h"

namespace mobilise {
namespace {

using base::ProblemKind;

std::int64_t contributions_in(const Tally& tally) {
  std::int64_t made = 0;
  for (const Figure& one : tally.figures) made += one.pledges + one.receipts;
  return made;
}

std::map<org::UnitId, std::vector<Counted>> by_body(const std::vector<Counted>& all) {
  std::map<org::UnitId, std::vector<Counted>> made;
  for (const Counted& one : all) made[one.body].push_back(one);
  return made;
}

}  // namespace

Reach reach_of(const Movement& movement, const std::optional<base::Period>& period) {
  if (!period) return {movement.from, movement.to, movement.to.plus_days(-1)};
  return {std::max(period->first(), movement.from), std::min(period->end(), movement.to),
          period->last()};
}

base::Result<Totals> movement_totals(store::Tx& tx, const Movement& movement,
                                     const TotalsQuestion& question) {
  if (!org::unit_store::line_exists(tx, question.line)) {
    return base::refuse(ProblemKind::invalid, "movement.line_unknown", "?line", {question.line});
  }
  Totals made;
  const Reach reach = reach_of(movement, question.period);
  made.from = reach.from;
  made.to = reach.to;
  made.tree_on = reach.tree_on;
  if (!org::unit_store::alive(tx, question.unit, reach.tree_on)) {
    return base::refuse(
        ProblemKind::invalid, "unit.not_in_period", "?unit",
        {org::unit_store::ref(tx, question.unit, reach.tree_on).code, reach.tree_on.text()});
  }
  const auto nodes = org::unit_store::subtree(tx, question.unit, reach.tree_on, question.line);
  std::vector<int> wanted{0};
  for (std::size_t i = 1; i < nodes.size(); ++i)
    if (nodes[i].parent == 0) wanted.push_back(static_cast<int>(i));
  std::vector<org::UnitId> ids;
  for (const int node : wanted) ids.push_back(nodes[static_cast<std::size_t>(node)].id);

  const Seats seats = contribution_store::heirs(tx, movement.id, reach.tree_on);
  made.units = org::unit_store::refs(tx, ids, reach.tree_on);
  made.tallies = tally(nodes, wanted, seats,
                       contribution_store::counted(tx, movement.id, reach.from, reach.to, false));
  const auto told =
      by_body(contribution_store::counted(tx, movement.id, reach.from, reach.to, true));
  made.repeats = -contributions_in(made.tallies.front());
  for (const auto& [body, counted] : told) {
    const Tally one = tally(nodes, {0}, seats, counted).front();
    made.repeats += contributions_in(one);
    if (contributions_in(one) == 0) continue;
    made.bodies.emplace_back(org::unit_store::ref(tx, body, reach.tree_on), one);
  }
  return made;
}

}  // namespace mobilise
