#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "office/template.h"

/// What templates of papers may hold, and how a paper is put into one: pure.
namespace registry {

/// The kinds of papers that are written for a unit: "BC", the consolidated report.
bool has_templates(std::string_view kind);

/// The fields of a kind's templates, docs/formats/templates.md. REQUIRES: has_templates(kind).
const std::vector<office::TemplateField>& template_fields(std::string_view kind);

/// The program's own template of the profile, with every field of the head, the text and the
/// signature in its place: to be edited in Word and given back.
std::string default_template(office::Profile profile);

/// A paper as the values of its fields.
office::TemplateValues values_of(const office::Document& paper);

}  // namespace registry
