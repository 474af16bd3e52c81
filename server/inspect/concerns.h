#pragma once

#include "org/reorganise.h"

namespace inspect {

/// What this folder keeps of units: inspections that look at them or are theirs and are not over.
std::vector<org::Concern> concerns_of(store::Tx& tx, const std::vector<org::UnitId>& units,
                                      std::optional<base::Instant> since);

}  // namespace inspect
