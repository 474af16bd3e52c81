#pragma once

#include <vector>

#include "inspect/brief.h"

namespace app {

/// Unanswered petitions that the units and those under them raised or hold, as lines of the brief.
std::vector<inspect::BriefLine> petition_lines(store::Tx& tx, const std::vector<org::UnitId>& units,
                                               base::Date day);

}  // namespace app
