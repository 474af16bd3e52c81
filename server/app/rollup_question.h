#pragma once

#include "app/commands.h"
#include "base/result.h"
#include "report/service.h"

namespace app {

/// The options as a question; the unit's code is read on --on, else on the last day of the period.
base::Result<report::RollupQuestion> read_question(store::Tx& tx, const RollupOptions& options);

}  // namespace app
