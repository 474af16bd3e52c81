#pragma once

#include "base/date.h"
#include "direct/programme.h"
#include "direct/service.h"
#include "http/json.h"
#include "store/db.h"

namespace direct {

http::json::object summary_json(store::Tx& tx, const Programme& programme, base::Date day);
http::json::object full_json(store::Tx& tx, const Programme& programme, base::Date day);
http::json::object coverage_json(store::Tx& tx, const Programme& programme, base::Date day);

/// What a programme says before its parts.
NewProgramme read_head(http::Fields& fields);
NewProgramme read_programme(http::Fields& fields);
AskedAdoption read_adoption(http::Fields& fields, bool of_target);

}  // namespace direct
