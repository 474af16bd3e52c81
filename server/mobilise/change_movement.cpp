#include "mobilise/change_movement.h"

#include <algorithm>

#include "journal/journal.h"
#include "mobilise/movement_store.h"
#include "org/post_store.h"

namespace mobilise {

using base::ProblemKind;

Parts parts_of(store::Tx& tx, const auth::Actor& actor, base::Date day, const Movement& movement) {
  const auto may = [&](org::Act act, org::UnitId unit) {
    return org::allows(tx, actor, act, unit, day).has_value();
  };
  Parts made;
  made.owner = may(org::Act::direct, movement.unit);
  made.carrier = std::any_of(movement.carriers.begin(), movement.carriers.end(),
                             [&](org::UnitId unit) { return may(org::Act::enter, unit); });
  return made;
}

base::Result<Movement> seen_movement(store::Tx& tx, const auth::Actor& actor, base::Date day,
                                     MovementId id) {
  if (movement_store::sight(tx, org::scope_of(actor, day), id) == movement_store::Sight::none)
    return base::refuse(ProblemKind::not_found, "movement.not_found");
  return movement_store::find(tx, id).value();
}

base::Result<void> change_movement(store::Tx& tx, const auth::Actor& actor, Now now, OnMovement on,
                                   Deed deed,
                                   const std::function<base::Result<void>(Movement&)>& rule) {
  RETURN_IF_REFUSED(seen_movement(tx, actor, now.day, on.movement));
  movement_store::lock(tx, on.movement);
  Movement movement = movement_store::find(tx, on.movement).value();
  const auto changed = [&] {
    return base::refuse(
        ProblemKind::changed, "movement.changed", "",
        {std::to_string(on.revision), std::to_string(movement.revision), movement.changed_by});
  };
  const auto state = after(movement.state, deed, parts_of(tx, actor, now.day, movement),
                           static_cast<int>(movement.carriers.size()));
  const bool is_yours = state || state.error().front().kind != ProblemKind::forbidden;
  if (is_yours && movement.revision != on.revision) return changed();
  RETURN_IF_REFUSED(state);
  movement.state = *state;
  RETURN_IF_REFUSED(rule(movement));
  movement.changed_by = actor.name();
  if (!movement_store::save(tx, movement)) return changed();
  record(tx, actor, now, "movement." + std::string(name(deed)), object_of(movement.id),
         movement.unit);
  return {};
}

void record(store::Tx& tx, const auth::Actor& actor, Now now, const std::string& act,
            const std::string& object, org::UnitId unit, const std::string& detail) {
  journal::record(tx, actor, now.at, {act, object, unit.value, detail});
}

bool is_carried(store::Tx& tx, const Movement& movement, org::UnitId unit, base::Date day) {
  const auto above = org::post_store::unit_and_superiors(tx, unit, day);
  return std::any_of(above.begin(), above.end(),
                     [&](org::UnitId one) { return movement.takes_part(one); });
}

bool is_above(store::Tx& tx, org::UnitId upper, org::UnitId lower, base::Date day) {
  const auto above = org::post_store::unit_and_superiors(tx, lower, day);
  return upper != lower && std::find(above.begin(), above.end(), upper) != above.end();
}

bool is_related(store::Tx& tx, org::UnitId one, org::UnitId other, base::Date day) {
  return one == other || is_above(tx, one, other, day) || is_above(tx, other, one, day);
}

void append(base::Problems& problems, base::Problems more) {
  problems.insert(problems.end(), more.begin(), more.end());
}

}  // namespace mobilise
