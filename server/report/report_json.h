#pragma once

#include "auth/actor.h"
#include "http/json.h"
#include "report/service.h"

namespace report {

http::json::object request_json(store::Tx& tx, const Request& request, const org::Scope& scope,
                                bool may_decide);
http::json::object report_json(store::Tx& tx, const Sheet& sheet, const auth::Actor& actor,
                               base::Date day);
http::json::object overview_json(store::Tx& tx, const report_store::Overview& overview,
                                 base::Date day);
http::json::object fact_json(store::Tx& tx, const Fact& fact, base::Date day);
http::json::object rollup_json(store::Tx& tx, const RollupQuestion& question,
                               const RollupAnswer& answer);
http::json::object explanation_json(store::Tx& tx, const Explanation& explanation);

NewRequest read_request(http::Fields& fields);
/// "kind": what happened when it is not said.
FactKind read_kind(http::Fields& fields);
std::vector<Entry> read_entries(http::Fields& fields);

}  // namespace report
