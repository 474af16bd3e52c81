#pragma once

#include <vector>

#include "auth/actor.h"
#include "org/authority.h"
#include "org/unit.h"
#include "store/db.h"

/// All SQL of posts and appointments.
namespace org::post_store {

std::vector<Post> of_account(store::Tx& tx, auth::AccountId account, base::Date day);

/// The unit itself, or, once it has ended, the units standing on the day that its figures went to.
std::vector<UnitId> unit_or_heirs(store::Tx& tx, UnitId unit, base::Date day);
/// The unit itself and every unit above it on the day, in one line or, with none named, in any.
std::vector<UnitId> unit_and_superiors(store::Tx& tx, UnitId unit, base::Date day,
                                       std::string_view line = {});

struct Appointment {
  UnitId unit;
  Role role = Role::viewer;
  std::string title;
  auth::AccountId account;
  base::Date from;
  base::Date to = base::kForever;
};
/// Makes the post and appoints the account to it.
void appoint(store::Tx& tx, const Appointment& appointment);

}  // namespace org::post_store
