#pragma once

#include <string_view>
#include <vector>

#include "auth/actor.h"
#include "org/unit.h"
#include "store/db.h"

/// Sight of units that is lent to a person for a cause and taken back when the cause ends: that of
/// inspectors while their inspection runs. It lets see, and nothing else.
namespace org::lent_sight {

/// The account sees the unit and all under it from the day on, because of `because`
/// ("inspection:5"). Lent already, it stays as it is.
void lend(store::Tx& tx, auth::AccountId account, UnitId unit, std::string_view because,
          base::Date day);
/// All that was lent for the cause ends: on `day` it is gone already.
void take_back(store::Tx& tx, std::string_view because, base::Date day);
/// That of one account.
void take_back(store::Tx& tx, std::string_view because, auth::AccountId account, base::Date day);

/// The units an account sees on the day by what was lent to it.
std::vector<UnitId> of_account(store::Tx& tx, auth::AccountId account, base::Date day);

}  // namespace org::lent_sight
