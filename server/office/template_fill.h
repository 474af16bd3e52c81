#pragma once

#include <pugixml.hpp>
#include <vector>

#include "base/result.h"
#include "office/template.h"

namespace office {

/// Puts the values into a part that was found sound. Refuses "template.grows".
base::Result<void> fill_part(pugi::xml_node root, const TemplateValues& values,
                             const std::vector<TemplateField>& known, bool is_main);

}  // namespace office
