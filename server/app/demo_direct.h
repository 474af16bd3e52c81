#pragma once

#include <map>
#include <string>

#include "auth/actor.h"
#include "base/result.h"
#include "org/unit.h"
#include "store/db.h"

namespace app {

/// The people and the day that the demo's direction is given by.
struct DemoDirection {
  const auth::Actor& city;                           ///< compiles at the city
  const auth::Actor& district;                       ///< compiles at the district
  const std::map<std::string, auth::Actor>& clerks;  ///< by their communes' codes
  base::Date today;
};

/// The scenario's steps 1 and 2 through the program's own acts: ten programmes of the city with
/// their papers, nine of the district, targets given to 29 communes (two of which do not add up),
/// answers (two communes silent, one declines), and tasks on their way. Real numbers and titles,
/// invented figures.
base::Result<int> load_direction(store::Tx& tx, const DemoDirection& demo);

}  // namespace app
