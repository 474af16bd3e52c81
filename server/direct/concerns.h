#pragma once

#include "org/reorganise.h"

namespace direct {

/// What this folder keeps of units: programmes, targets, and tasks they lead. It does not keep when
/// these were made, so nothing since an instant.
std::vector<org::Concern> concerns_of(store::Tx& tx, const std::vector<org::UnitId>& units,
                                      std::optional<base::Instant> since);

}  // namespace direct
