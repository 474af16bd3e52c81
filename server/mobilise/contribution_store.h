#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mobilise/contribution.h"
#include "mobilise/tally.h"
#include "org/authority.h"
#include "store/db.h"

/// All SQL of contributions, who told them and what they were before.
namespace mobilise::contribution_store {

ContributionId add(store::Tx& tx, const Contribution& contribution, const auth::Actor& actor,
                   base::Instant at);
std::optional<Contribution> find(store::Tx& tx, ContributionId id);
/// Writes what it says now, raising its revision; false when someone saved first.
[[nodiscard]] bool save(store::Tx& tx, Contribution& contribution);
void add_body(store::Tx& tx, ContributionId id, const Telling& telling, const auth::Actor& actor,
              base::Instant at);
void remove_body(store::Tx& tx, ContributionId id, org::UnitId body);

/// What it was at the revision it bears, and why that ends.
struct Revision {
  std::int64_t revision = 0;
  std::string act;  ///< "corrected", "joined", "left", "withdrawn"
  Contribution was;
  std::string reason, actor;
  base::Instant at;
};
void keep(store::Tx& tx, const Contribution& was, const std::string& act, const std::string& reason,
          const auth::Actor& actor, base::Instant at);
/// Oldest first.
std::vector<Revision> history(store::Tx& tx, ContributionId id);

/// Those that count and have its key, and its quantity or a day near its own.
std::vector<Contribution> like(store::Tx& tx, const Contribution& told);

struct Wanted {
  MovementId movement;
  std::optional<org::UnitId> under;  ///< counted at it or below it in `line` on `tree_on`
  std::string line = org::kGovernment;
  base::Date tree_on;
  std::optional<base::Date> from, to;  ///< half-open
  std::optional<Stage> stage;
  std::optional<GiftKind> kind;
  std::optional<org::UnitId> body;
  bool with_withdrawn = false;
  bool sees_whole = false;
  std::int64_t after = 0;
  int limit = 100;
};
/// In order of id; what is in a tally of the same question and nothing else.
std::vector<Contribution> list(store::Tx& tx, const org::Scope& scope, const Wanted& wanted);

/// What counts of the movement in [from, to), unit by unit; by body too when asked.
std::vector<Counted> counted(store::Tx& tx, MovementId movement, base::Date from, base::Date to,
                             bool by_body);
/// Of one body, of all it reported or of what others reported too.
std::vector<Counted> of_body(store::Tx& tx, MovementId movement, org::UnitId body, base::Date from,
                             base::Date to, bool shared_only);

/// Heirs on the day of the ended units at which the movement counts something.
Seats heirs(store::Tx& tx, MovementId movement, base::Date day);
/// Bodies that told something that counts.
std::vector<org::UnitId> bodies(store::Tx& tx, MovementId movement);
/// How many that count lie outside [from, to).
std::int64_t outside(store::Tx& tx, MovementId movement, base::Date from, base::Date to);

}  // namespace mobilise::contribution_store
