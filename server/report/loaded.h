#pragma once

#include <functional>
#include <string>
#include <vector>

#include "org/unit_store.h"
#include "report/service.h"

namespace report {

/// A roll-up question with all it needs but the facts.
struct Loaded {
  base::Date on;
  std::vector<org::unit_store::Node> nodes;  ///< the tree asked for, the asked unit first
  std::vector<Measure> measures;
};

/// "indicator.unknown", "unit.not_in_period", "request.line_unknown".
base::Result<Loaded> load(store::Tx& tx, const RollupQuestion& question);

/// The last days of collected periods.
std::vector<base::Date> last_days(const std::vector<base::Period>& parts);

/// Feeds every part, each restated from the tree of its own last day, with `before_end` called when
/// the facts of one are in. True when anything was restated.
bool feed(store::Tx& tx, const Loaded& loaded, const std::string& line, Rollup& rollup,
          const std::function<void(const base::Period&)>& before_end = {});

/// Measures of other indicators for the same question.
Measure measure_in(store::Tx& tx, direct::IndicatorId indicator, const RollupQuestion& question);

}  // namespace report
