#pragma once

#include "http/json.h"
#include "report/burden.h"
#include "report/regime.h"

namespace report {

/// `may_change`: the account compiles for the owner.
http::json::object regime_json(store::Tx& tx, const Regime& regime, base::Date day,
                               bool may_change);
/// A new regime, or what replaces one: then `unit` and `code` are not in the body.
Regime read_regime(http::Fields& fields, bool is_new);

http::json::object burden_json(store::Tx& tx, const Burden& burden, base::Date day);

}  // namespace report
