#pragma once

#include "http/json.h"
#include "org/authority.h"
#include "org/unit.h"
#include "org/unit_store.h"

namespace org {

http::json::object to_json(const UnitRef& unit);
http::json::object to_json(const Unit& unit);
http::json::object to_json(const Post& post, const Unit& unit);

/// A unit as of the day, with its names, codes, superiors, predecessors and successors through
/// time. A unit that does not stand on the day is told by its nearest name, with "alive" false.
/// "unit.not_found" for one that never stood.
base::Result<http::json::object> unit_page(store::Tx& tx, UnitId id, base::Date day,
                                           std::string_view line);

}  // namespace org
