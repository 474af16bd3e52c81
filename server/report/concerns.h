#pragma once

#include "org/reorganise.h"

namespace report {

/// What this folder keeps of units: open reports and requests, cells. Since an instant: the reports
/// and requests issued from then on.
std::vector<org::Concern> concerns_of(store::Tx& tx, const std::vector<org::UnitId>& units,
                                      std::optional<base::Instant> since);

}  // namespace report
