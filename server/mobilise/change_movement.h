#pragma once

#include <functional>
#include <string>

#include "mobilise/service.h"

namespace mobilise {

/// What the actor is to the movement on the day.
Parts parts_of(store::Tx& tx, const auth::Actor& actor, base::Date day, const Movement& movement);

/// The one way a movement changes: sight, authority, revision, the course, the rule, one journal
/// leaf. `rule` gets the movement in its state after the deed.
base::Result<void> change_movement(store::Tx& tx, const auth::Actor& actor, Now now, OnMovement on,
                                   Deed deed,
                                   const std::function<base::Result<void>(Movement&)>& rule);

void record(store::Tx& tx, const auth::Actor& actor, Now now, const std::string& act,
            const std::string& object, org::UnitId unit, const std::string& detail = "{}");

/// Is the unit at or under a body of the movement, in any line, on the day?
bool is_carried(store::Tx& tx, const Movement& movement, org::UnitId unit, base::Date day);
/// Is one the other, or above it in any line on the day?
bool is_related(store::Tx& tx, org::UnitId one, org::UnitId other, base::Date day);

/// Is `upper` above `lower` in any line on the day?
bool is_above(store::Tx& tx, org::UnitId upper, org::UnitId lower, base::Date day);

void append(base::Problems& problems, base::Problems more);

}  // namespace mobilise
