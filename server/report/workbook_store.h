#pragma once

#include <optional>

#include "report/workbook_identity.h"
#include "store/db.h"

/// All SQL of the place's own key.
namespace report::workbook_store {

std::optional<PlaceKey> find_key(store::Tx& tx);
/// The key that is there, or a new one of 256 random bits; it stays for good, and goes with a
/// backup.
PlaceKey make_key(store::Tx& tx);

}  // namespace report::workbook_store
