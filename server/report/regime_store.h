#pragma once

#include <optional>
#include <vector>

#include "org/authority.h"
#include "report/regime.h"
#include "store/db.h"

/// All SQL of regimes.
namespace report::regime_store {

/// None when the unit has given that code to another regime.
std::optional<RegimeId> add(store::Tx& tx, const Regime& regime);
/// Everything but whose it is and its code; false when someone saved a newer revision first.
[[nodiscard]] bool save(store::Tx& tx, const Regime& regime);
std::optional<Regime> find(store::Tx& tx, RegimeId id);

/// Those a person meets, by id: of units in the scope, and of every unit above the person's own,
/// which may ask them.
struct Wanted {
  std::optional<org::UnitId> unit;
  std::int64_t after = 0;
  int limit = 50;
};
std::vector<Regime> visible(store::Tx& tx, const org::Scope& scope, const Wanted& wanted);
bool in_scope(store::Tx& tx, const org::Scope& scope, RegimeId id);

/// Whether the unit has asked it for the period already.
bool was_asked(store::Tx& tx, RegimeId id, org::UnitId by, std::string_view period);

}  // namespace report::regime_store
