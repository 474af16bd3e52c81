#pragma once

#include <string>

namespace office {

/// The parts of a .docx that do not hang on its text, and the one that describes it.
std::string content_types();
std::string package_relations();
std::string document_relations();
std::string styles_part();
std::string settings_part();
std::string app_properties();
/// Title and creator; no times, so that the same document is the same bytes.
std::string core_properties(const std::string& title, const std::string& creator);

}  // namespace office
