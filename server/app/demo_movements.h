#pragma once

#include <map>
#include <string>
#include <vector>

#include "auth/actor.h"
#include "base/date.h"
#include "base/result.h"
#include "org/unit.h"
#include "store/db.h"

namespace app {

/// The Front and the mass organisations of the demo's district, each over the communes in a line of
/// its own.
base::Result<int> load_bodies(store::Tx& tx, const auth::Actor& console, base::Instant at,
                              const std::vector<org::Unit>& communes);

struct DemoMovements {
  const auth::Actor& front;                          ///< heads the Front
  const auth::Actor& women;                          ///< heads the women's union
  const auth::Actor& district;                       ///< heads the district
  const std::map<std::string, auth::Actor>& clerks;  ///< by their communes' codes
};

/// Step 9 of the scenario, under way: six bodies, one fund with pledges and receipts, a movement of
/// "Dân vận khéo" with models and a commendation. Invented figures and people, marked so.
base::Result<int> load_movements(store::Tx& tx, const DemoMovements& demo);

}  // namespace app
