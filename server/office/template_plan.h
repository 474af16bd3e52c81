#pragma once

#include <vector>

#include "base/result.h"
#include "office/template.h"
#include "office/template_marks.h"

namespace office {

/// What is to be done in one part of a template: every paragraph with a mark stands in it once.
struct TemplatePlan {
  struct Repeated {
    const TemplateField* field = nullptr;
    Mark open, close;
    Span span;
  };
  struct Inserted {
    const TemplateField* field = nullptr;
    Mark mark;
  };
  std::vector<pugi::xml_node> texts;  ///< paragraphs outside of what is repeated
  std::vector<Repeated> repeated;
  std::vector<Inserted> inserted;
};

/// Adds what is wrong to `faults`, as Template::read tells it; such a plan is not to be used.
/// `is_main`: the document's text, which alone takes blocks. `used` gets the names that occur.
TemplatePlan plan_of(pugi::xml_node root, const std::vector<TemplateField>& known, bool is_main,
                     std::vector<std::string>& used, base::Problems& faults);

}  // namespace office
