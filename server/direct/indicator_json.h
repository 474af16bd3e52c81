#pragma once

#include <vector>

#include "direct/define_indicators.h"
#include "http/json.h"
#include "store/db.h"

namespace direct {

/// With what it is made of and what it is broken down into.
http::json::object detail_json(store::Tx& tx, const Indicator& indicator);

NewIndicator read_indicator(http::Fields& fields);
std::vector<AskedBreakdown> read_breakdowns(http::Fields& fields);

}  // namespace direct
