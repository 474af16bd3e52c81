#pragma once

#include <functional>
#include <string>
#include <vector>

#include "auth/actor.h"
#include "org/reorganisation.h"
#include "org/succession_store.h"
#include "store/db.h"

/// The acts on a reorganisation. Each runs inside one write transaction of its caller and leaves
/// one journal leaf; it changes nothing when it refuses.
namespace org {

/// Something that folders above keep of a unit, counted.
struct Concern {
  std::string what;  ///< open_reports, open_requests, targets, tasks, programmes, figures
  UnitId unit;
  std::int64_t count = 0;
};
/// What they keep of `units` (sorted). With `since`, only what was recorded at or after it, of the
/// kinds that know when.
using ConcernsOf = std::function<std::vector<Concern>(store::Tx&, const std::vector<UnitId>& units,
                                                      std::optional<base::Instant> since)>;

/// Counts rows by unit: `all` gives (unit, count) of every unit, `one` the count of :unit;
/// whichever is cheaper for that many units. `params` are bound besides.
std::vector<Concern> count_concerns(store::Tx& tx, const std::string& what, const store::Sql& all,
                                    const store::Sql& one, const std::vector<UnitId>& units,
                                    const std::vector<store::Param>& params = {});

/// A person at a unit that ends, and where they go on.
struct Displaced {
  std::string person, role, title;
  UnitRef unit;
  std::optional<UnitRef> heir;
};

struct Preview {
  Outcome outcome;
  Snapshot before;
  std::vector<UnitId> touched;  ///< units that stand, sorted
  std::vector<Concern> concerns;
  std::vector<Displaced> people;
};

/// Judges a plan and tells what it touches. The outcome's problems also hold
/// "succession.line_unknown", "succession.outside" (a unit that is not under `owner`) and
/// "succession.orphans_reports" (open reports of a unit that ends, and nobody is handed over).
Preview preview(store::Tx& tx, const Plan& plan, UnitId owner,
                const std::vector<ConcernsOf>& concerns);

struct On {
  ReorganisationId reorganisation;
  std::int64_t revision = 0;  ///< the one the sender saw
};
base::Result<ReorganisationId> draft(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                                     UnitId owner, const Plan& plan);
/// Replaces a draft's plan. "succession.not_draft" when it is applied already.
base::Result<void> redraft(store::Tx& tx, const auth::Actor& actor, base::Instant now, On on,
                           const Plan& plan);
/// Applies a draft in this transaction, or refuses with everything that speaks against it.
base::Result<void> apply(store::Tx& tx, const auth::Actor& actor, base::Instant now, On on,
                         const std::vector<ConcernsOf>& concerns);
/// Takes an applied one back. Refused, each named, while something depends on it:
/// "succession.built_on" (a later reorganisation), "succession.depended_on".
base::Result<void> undo(store::Tx& tx, const auth::Actor& actor, base::Instant now, On on,
                        const std::vector<ConcernsOf>& concerns);

}  // namespace org
