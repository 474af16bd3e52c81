#pragma once

#include "http/json.h"
#include "report/examine.h"

namespace report {

http::json::object check_json(const Check& check);
/// A new check, or what replaces one: then `code` is not in the body.
Check read_check_body(http::Fields& fields, bool is_new);
http::json::array doubts_json(const Sheet& sheet, const std::vector<Doubt>& doubts);

}  // namespace report
