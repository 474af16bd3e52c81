#pragma once

#include <map>

#include "report/service.h"

namespace report {

/// What a unit's cells were in another period, by indicator.
struct EarlierFigures {
  std::map<direct::IndicatorId, std::int64_t> figures;
  /// Of a unit that did not stand then: what its figures were made of. Empty otherwise.
  std::map<direct::IndicatorId, Total> restated;
};

/// The figures handed in for `then`; of a unit that began later, those of the units it came from,
/// restated to it as of the last day of the report's own period.
EarlierFigures earlier_figures(store::Tx& tx, const Sheet& sheet, const Request& request,
                               const base::Period& then);

/// What stands beside lines of the whole year: the unit's totals of the year before.
EarlierFigures year_before(store::Tx& tx, const Sheet& sheet, const Request& request);

}  // namespace report
