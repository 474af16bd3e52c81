#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "base/date.h"
#include "org/succession_store.h"
#include "org/unit_store.h"
#include "report/rollup.h"
#include "store/db.h"

/// How the figures of one day's tree stand in another day's.
namespace report {

/// The successions that any part of a question may meet, read once.
class Restatement {
 public:
  /// `nodes` is the tree asked for, of the day `on`; `days` are the last days of the parts.
  Restatement(store::Tx& tx, const std::vector<org::unit_store::Node>& nodes, std::string line,
              base::Date on, const std::vector<base::Date>& days);

  /// The guests of a part whose last day is `of`.
  Restated of(store::Tx& tx, base::Date of) const;
  bool is_needed() const { return !links_.empty(); }

 private:
  int common_seat(const std::vector<int>& nodes) const;

  const std::vector<org::unit_store::Node>& nodes_;
  std::string line_;
  base::Date on_;
  std::vector<org::Succession> links_;
  std::unordered_map<org::UnitId, int> node_of_;
};

}  // namespace report
