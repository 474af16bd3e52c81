#pragma once

#include "http/json.h"
#include "org/authority.h"
#include "org/unit.h"
#include "org/unit_store.h"

namespace org {

http::json::object to_json(const UnitRef& unit);
http::json::object to_json(const Unit& unit);
http::json::object to_json(const Post& post, const Unit& unit);

}  // namespace org
