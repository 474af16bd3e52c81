#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "office/unzip.h"

namespace office {

/// How much of a template from outside is taken. With these, reading one stays under 64 MB.
struct TemplateLimits {
  std::size_t most_bytes = 4 * 1024 * 1024;
  UnzipLimits zip{1000, 400, 16 * 1024 * 1024, 200};
  std::size_t most_xml = 5 * 1024 * 1024 / 2;  ///< of the parts that hold text, together
  std::size_t most_elements = 100'000;         ///< of those parts
};

/// The parts of a .docx that somebody made, as far as a document made of it keeps them. What could
/// run or reach out is refused; what says who made it, and when, is left out.
struct TemplatePackage {
  struct Link {
    std::string uri;     ///< type of the relation, as written
    std::string target;  ///< a part of `parts`, or an address when it leads out
    bool is_external = false;
  };
  struct Part {
    std::string type;   ///< content type
    std::string bytes;  ///< XML checked to be sound, without DTD, for the parts with text
    bool has_text = false;
    std::map<std::string, Link> links;  ///< by id
  };

  std::string main;                   ///< name of the document's part
  std::map<std::string, Part> parts;  ///< by name

  /// As the bytes of a .docx, with properties of its own: the same parts are the same bytes.
  std::string zipped(const std::string& title, const std::string& creator) const;
};

/// Refuses, at once:
///   what it is: "docx.not_a_document", "docx.old_doc", and as for a workbook (read_xlsx.h)
///     "docx.encrypted", "docx.truncated", "docx.damaged", "docx.too_many_parts",
///     "docx.bad_part_name", "docx.duplicate_part", "docx.missing_part", "docx.bad_relation",
///     "docx.too_many_entries", "docx.doctype", "docx.malformed", "docx.encoding";
///   its size: "docx.too_large", "docx.packed_too_tight";
///   what it holds: "template.macros", "template.active_part" (an embedded or active object),
///     "template.external" (something is fetched from elsewhere; links to http, https and mailto
///     that a reader clicks on are none).
base::Result<TemplatePackage> read_template_package(std::string_view bytes,
                                                    const TemplateLimits& limits);

}  // namespace office
