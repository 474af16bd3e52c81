#pragma once

#include "org/reorganise.h"

namespace petition {

/// What this folder keeps of units: petitions they raised, and parts they hold unanswered.
std::vector<org::Concern> concerns_of(store::Tx& tx, const std::vector<org::UnitId>& units,
                                      std::optional<base::Instant> since);

}  // namespace petition
