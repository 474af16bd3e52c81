#pragma once

#include <string_view>

#include "http/json.h"
#include "report/form_consolidation.h"

namespace report {

/// A form's definition; see docs/formats/foreign-forms.md. Refuses, besides what Fields refuses,
/// "form.code_twice", "form.no_such_column" (a fact or ratio of one that is not there) and
/// "form.measure_other" (a measure that is none).
base::Result<Form> read_form_definition(const http::json::value& body);
Form read_form_fields(http::Fields& fields);  ///< the same inside another body

/// What a person decided of one file; a mapping as mapping_json gives it is one.
AskedMapping read_asked_mapping(http::Fields& fields);

http::json::object mapping_json(const FormMapping& mapping);
http::json::object consolidation_json(const FormConsolidation& made, const Form& form);

}  // namespace report
