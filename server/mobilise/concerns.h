#pragma once

#include "org/reorganise.h"

namespace mobilise {

/// What this folder keeps of units: contributions that count at them. With `since`, those reported
/// at or after it.
std::vector<org::Concern> concerns_of(store::Tx& tx, const std::vector<org::UnitId>& units,
                                      std::optional<base::Instant> since);

}  // namespace mobilise
