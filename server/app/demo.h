#pragma once

#include <string>

#include "base/words.h"

namespace app {

/// The demo's log-ins, a line each.
std::string demo_log_ins(base::Language language);

}  // namespace app
