#pragma once

#include <map>
#include <string>

#include "auth/actor.h"
#include "base/date.h"
#include "base/result.h"
#include "store/db.h"

namespace app {

/// Who keeps the table of competences, who answers at the district, and the communes' clerks.
struct DemoPetitions {
  const auth::Actor& administrator;
  const auth::Actor& district;
  const std::map<std::string, auth::Actor>& clerks;  ///< by their communes' codes
};

/// Who may answer what, one petition that two communes share and the district has not answered yet,
/// and one that was answered and opened to the public. Invented, and marked so.
base::Result<int> load_petitions(store::Tx& tx, const DemoPetitions& demo);

}  // namespace app
