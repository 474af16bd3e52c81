#pragma once

#include "auth/actor.h"
#include "base/date.h"
#include "base/result.h"
#include "store/db.h"

namespace app {

/// Who plans the demo's inspection and when; logins of its team.
struct DemoInspection {
  const auth::Actor& city;
  base::Instant at;
  base::Date today;
};

/// Step 5 of the scenario, up to where a visitor takes over: the city has planned to inspect the
/// district, named the team and written the outline; nothing is decided yet. Invented people.
base::Result<int> load_inspection(store::Tx& tx, const DemoInspection& demo);

}  // namespace app
