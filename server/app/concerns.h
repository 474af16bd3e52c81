#pragma once

#include <vector>

#include "org/reorganise.h"

namespace app {

/// What each folder above org/ keeps of units, for previews and refusals of reorganisations.
std::vector<org::ConcernsOf> all_concerns();

}  // namespace app
