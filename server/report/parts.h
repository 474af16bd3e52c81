#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "direct/indicator.h"
#include "report/fact.h"
#include "report/rollup.h"

/// Wholes and their parts, pure: what must add up does, or says why not.
namespace report {

using Breakdowns = std::map<direct::IndicatorId, std::vector<direct::Breakdown>>;

/// A cell of one report, as the check of parts needs it.
struct PartCell {
  direct::IndicatorId indicator;
  FactState state = FactState::blank;
  std::optional<std::int64_t> amount;
  std::string remark;
};

/// Parts that do not go with their whole.
struct PartFinding {
  /// "parts.differ": they must add up to the whole and do not; "parts.exceed": those known come to
  /// more than the whole already, and none is below zero; "parts.part_exceeds": one "of which" line
  /// is more than its whole.
  std::string code;
  direct::IndicatorId whole;
  std::string breakdown;
  std::vector<direct::IndicatorId> parts;  ///< those that count in `actual`
  std::int64_t expected = 0;               ///< the whole
  base::Wide actual = 0;                   ///< what the parts come to
  bool is_explained = false;               ///< the whole bears a remark
};

/// Of one report's cells. What is not applicable counts as nothing; while a part is blank or not
/// yet known the sum is not judged, unless it is too much already. Cells that are not in the report
/// are not judged.
std::vector<PartFinding> faults_of_parts(const Breakdowns& breakdowns,
                                         const std::vector<PartCell>& cells);

/// Adds up wholes and parts unit by unit beside a roll-up, to say which units make the difference.
class PartsCheck {
 public:
  /// `visible` are the measures asked for; those of their parts are added behind them.
  PartsCheck(const Breakdowns& breakdowns, std::vector<Measure>& visible,
             const std::function<Measure(direct::IndicatorId)>& measure_of_part);

  bool is_needed() const { return !checks_.empty(); }
  /// Call before each `rollup.end`.
  void take(const Rollup& rollup, const base::Period& part, std::size_t nodes);
  /// Writes what was found into the totals of wholes, and cuts the totals of parts off.
  void finish(const std::vector<org::unit_store::Node>& nodes, const std::vector<int>& wanted,
              std::vector<std::vector<Total>>& totals) const;
  std::size_t visible() const { return visible_; }

 private:
  struct Check {
    std::size_t whole = 0;  // measures
    std::vector<std::size_t> parts;
    direct::Breakdown breakdown;
  };
  struct Compared {
    base::Wide whole = 0, parts = 0;
    base::Wide over = 0;  // by which its largest part is more than the whole
    bool is_incomplete = false;
  };
  static PartsTotal total_of(const Check& check, const std::vector<Total>& totals);
  void compare(std::size_t check, org::UnitId unit, std::optional<std::int64_t> whole,
               const std::vector<std::optional<std::int64_t>>& parts);

  std::size_t visible_ = 0;
  std::vector<Check> checks_;
  std::vector<std::map<org::UnitId, Compared>> compared_;  // by check
  std::map<org::UnitId, std::vector<int>> seats_;          // of guests
};

}  // namespace report
