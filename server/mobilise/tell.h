#pragma once

#include "mobilise/service.h"

namespace mobilise {

/// Fills in the giver where none is named, and looks the contribution over.
base::Problems look_over(store::Tx& tx, const auth::Actor& actor, Now now, const Movement& movement,
                         Contribution& asked);
/// Asks, for each it may be the same as; nothing once that is answered.
base::Problems doubles_of(store::Tx& tx, const Contribution& asked, org::UnitId body,
                          const Sameness& sameness);
/// The one that `asked` is said to be the same as: "contribution.same_unlike".
base::Result<Contribution> the_same(store::Tx& tx, const Contribution& asked, ContributionId same);
/// Adds the bodies that did not tell `kept` yet to it, with a trace. Gives how many.
base::Result<int> join(store::Tx& tx, const auth::Actor& actor, Now now, Contribution kept,
                       const std::vector<Telling>& bodies, const std::string& reason);

}  // namespace mobilise
