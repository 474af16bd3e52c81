#pragma once

#include <string_view>
#include <vector>

#include "exchange/packet.h"
#include "store/db.h"

/// All SQL of what receivers call our packets' fields.
namespace exchange::names_store {

FieldNames names(store::Tx& tx, std::string_view system);
/// Puts these in the place of all the system had.
void replace(store::Tx& tx, std::string_view system, const FieldNames& names);

}  // namespace exchange::names_store
