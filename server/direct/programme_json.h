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
http::json::object task_json(store::Tx& tx, const Task& task, base::Date day);

NewProgramme read_programme(http::Fields& fields);
AskedAdoption read_adoption(http::Fields& fields, bool of_target);
Task read_task(http::Fields& fields);
NewIndicator read_indicator(http::Fields& fields);

}  // namespace direct
