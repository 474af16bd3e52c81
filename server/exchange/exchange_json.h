#pragma once

#include <vector>

#include "exchange/mapping.h"
#include "exchange/packets.h"
#include "exchange/service.h"
#include "http/json.h"
#include "store/db.h"

/// Body ↔ struct.
namespace exchange {

http::json::object to_json(store::Tx& tx, const Mapping& row, base::Date day);
http::json::object to_json(const MappingImported& done);
/// What was taken, in our words beside DHIS2's counts, with what was read and is not kept.
http::json::object to_json(const ValuesImported& done);
http::json::object to_json(const Gap& gap);
/// Only what its kind has: counts of values, of definitions, or what differs.
http::json::object to_json(const PacketImported& done);

/// {"items": [{"kind", "foreign_id", "option_id"?, "attribute_id"?, "ours", "is_exported"?,
/// "note"?}]}
std::vector<MappingRow> read_mapping(http::Fields& fields);

}  // namespace exchange
