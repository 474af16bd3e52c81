#pragma once

#include <vector>

#include "auth/actor.h"
#include "direct/indicator.h"
#include "office/csv.h"
#include "store/db.h"

namespace direct {

struct DefinedIndicators {
  std::vector<Indicator> added;
  std::size_t unchanged = 0;  ///< known already with the same definition
};

/// Rows of a csv with the columns code, name, measure_unit, decimals, direction, across_units,
/// across_time, numerator, denominator, weight and optionally frequency; all faults at once, by
/// line.
base::Result<std::vector<NewIndicator>> indicator_rows(const office::CsvTable& table);

/// Adds indicators, parts by code among the new and the known. All faults at once: those of
/// `faults_of`, a code twice, a code taken by another definition ("indicator.code_taken"), an
/// unknown part, a part that is itself derived.
base::Result<DefinedIndicators> define_indicators(store::Tx& tx, const auth::Actor& actor,
                                                  base::Instant now,
                                                  const std::vector<NewIndicator>& asked);

}  // namespace direct
