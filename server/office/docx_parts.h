#pragma once

#include <pugixml.hpp>
#include <string>

namespace office {

/// The root of a part that describes the package: "content-types", "relationships".
pugi::xml_node start_package_part(pugi::xml_document& part, const char* root,
                                  const std::string& space);

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
