#include <unordered_set>

#include "direct/indicator_store.h"
#include "org/unit_store.h"
#include "report/loaded.h"
#include "report/parts.h"

namespace report {

base::Result<RollupAnswer> roll_up(store::Tx& tx, const RollupQuestion& question) {
  ASSIGN_OR_RETURN(Loaded loaded, load(tx, question));
  const std::unordered_set<org::UnitId> named(question.units.begin(), question.units.end());
  std::vector<int> wanted{0};
  for (std::size_t i = 1; i < loaded.nodes.size(); ++i) {
    const auto& node = loaded.nodes[i];
    if (node.level == question.below || named.contains(node.id)) {
      wanted.push_back(static_cast<int>(i));
    }
  }
  const Breakdowns breakdowns =
      question.with_parts ? direct::indicator_store::all_breakdowns(tx) : Breakdowns{};
  PartsCheck parts(breakdowns, loaded.measures,
                   [&](direct::IndicatorId part) { return measure_in(tx, part, question); });
  Rollup rollup(loaded.nodes, wanted, std::move(loaded.measures));
  const bool was_restated = feed(tx, loaded, question.line, rollup, [&](const base::Period& part) {
    if (parts.is_needed()) parts.take(rollup, part, loaded.nodes.size());
  });
  std::vector<org::UnitId> ids;
  for (const int node : wanted) ids.push_back(loaded.nodes[static_cast<std::size_t>(node)].id);
  auto totals = rollup.finish();
  parts.finish(loaded.nodes, wanted, totals);
  std::vector<Measure> measures = rollup.measures();
  measures.resize(parts.visible());
  return RollupAnswer{loaded.on, std::move(measures), org::unit_store::refs(tx, ids, loaded.on),
                      std::move(totals), was_restated};
}

}  // namespace report
