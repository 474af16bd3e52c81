#pragma once

#include "auth/actor.h"
#include "base/result.h"
#include "publish/service.h"
#include "store/db.h"

namespace app {

/// Who of the district writes and who reviews, and when.
struct DemoBulletins {
  const auth::Actor& writer;
  const auth::Actor& reviewer;
  publish::Now now;
};

/// Step 9 of the scenario: the year's figures are opened, two bulletins about the inspection to
/// come can be read by everybody, and a third, which the reviewer wrote, waits for the other.
/// Figures and people are invented.
base::Result<int> load_bulletins(store::Db& db, const DemoBulletins& demo);

}  // namespace app
