#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "exchange/mapping.h"
#include "org/authority.h"
#include "store/db.h"

/// All SQL of mappings.
namespace exchange::mapping_store {

/// The rows of a system whose units are in the scope: another's unit is as if it were not mapped.
/// In order of kind and foreign ids.
std::vector<Mapping> rows(store::Tx& tx, const org::Scope& scope, std::string_view system);

/// The units of the scope.
std::vector<org::UnitId> visible_units(store::Tx& tx, const org::Scope& scope);

enum class Put { added, changed, same };
/// Writes the row in the place of the one with its foreign ids, if there is one.
Put put(store::Tx& tx, std::string_view system, const Mapping& row);
/// False when there was none.
bool remove(store::Tx& tx, std::string_view system, const Mapping& row);

struct System {
  std::string name;
  std::int64_t rows = 0;
};
std::vector<System> systems(store::Tx& tx);

}  // namespace exchange::mapping_store
