#pragma once

#include <optional>
#include <vector>

#include "mobilise/movement.h"
#include "org/authority.h"
#include "store/db.h"

/// All SQL of movements, who carries them and their plans.
namespace mobilise::movement_store {

MovementId add(store::Tx& tx, const Movement& movement, const auth::Actor& actor, base::Instant at);
std::optional<Movement> find(store::Tx& tx, MovementId id);
/// Writes the movement with all that hangs on it, raising its revision; false when someone saved
/// first.
[[nodiscard]] bool save(store::Tx& tx, Movement& movement);
/// Keeps others from acting on the movement until this transaction ends: whoever waited reads what
/// is then.
void lock(store::Tx& tx, MovementId id);

/// How much of a movement is in sight.
enum class Sight {
  none,
  own,   ///< the movement, and the contributions at units in sight
  whole  ///< all contributions: of whoever sees its owner or a carrier
};
/// In sight: of who sees its owner or a carrier; and, once it runs, of who works below one.
Sight sight(store::Tx& tx, const org::Scope& scope, MovementId id);

struct Wanted {
  std::optional<org::UnitId> unit;  ///< owns or carries it
  std::optional<State> state;
  std::optional<int> year;  ///< some of it lies in the year
  std::int64_t before = 0;  ///< id before which to go on
  int limit = 50;
};
/// Newest first.
std::vector<Movement> visible(store::Tx& tx, const org::Scope& scope, const Wanted& wanted);

/// Parameters of the common table of units in sight.
std::vector<store::Param> scope_params(const org::Scope& scope);

}  // namespace mobilise::movement_store
