#include "office/template_package.h"

#include <algorithm>
#include <array>
#include <deque>
#include <pugixml.hpp>

#include "base/text.h"
#include "office/docx_parts.h"
#include "office/package.h"
#include "office/wordml.h"
#include "office/workbook_parts.h"
#include "office/xml_reader.h"
#include "office/xml_text.h"

namespace office {
namespace {

using base::Problem;
using base::ProblemKind;
using base::Problems;

constexpr std::size_t kMegabyte = 1024 * 1024;
constexpr std::string_view kWord = "wordprocessingml.";

/// The readers that workbooks and documents share speak of workbooks.
Problems of_document(Problems refused) {
  static constexpr std::pair<std::string_view, std::string_view> kRefusals[] = {
      {"xlsx.truncated", "docx.truncated"},
      {"xlsx.damaged", "docx.damaged"},
      {"xlsx.too_many_parts", "docx.too_many_parts"},
      {"xlsx.encrypted", "docx.encrypted"},
      {"xlsx.bad_part_name", "docx.bad_part_name"},
      {"xlsx.duplicate_part", "docx.duplicate_part"},
      {"xlsx.missing_part", "docx.missing_part"},
      {"xlsx.too_large", "docx.too_large"},
      {"xlsx.packed_too_tight", "docx.packed_too_tight"},
      {"xlsx.doctype", "docx.doctype"},
      {"xlsx.malformed", "docx.malformed"},
      {"xlsx.encoding", "docx.encoding"},
      {"xlsx.bad_relation", "docx.bad_relation"},
      {"xlsx.too_many_entries", "docx.too_many_entries"}};
  for (Problem& problem : refused) {
    for (const auto& [from, to] : kRefusals) {
      if (problem.code == from) {
        problem.code = to;
        break;
      }
    }
  }
  return refused;
}

template <class T>
base::Result<T> of_document(base::Result<T> read) {
  if (!read) return base::refuse(of_document(std::move(read).error()));
  return read;
}

std::optional<Problem> fault_of_kind(std::string_view bytes, const TemplateLimits& limits) {
  if (bytes.size() > limits.most_bytes) {
    return Problem{ProblemKind::too_large,
                   "docx.too_large",
                   "",
                   {std::to_string(limits.most_bytes / kMegabyte)}};
  }
  if (bytes.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) {
    // MS-OFFCRYPTO 2.3.4: a document under a password is a stream of that name in an OLE file.
    static constexpr std::string_view kSealed("E\0n\0c\0r\0y\0p\0t\0e\0d\0", 18);
    const bool is_sealed = bytes.find(kSealed) != std::string_view::npos;
    return Problem{ProblemKind::invalid, is_sealed ? "docx.encrypted" : "docx.old_doc", "", {}};
  }
  if (!bytes.starts_with("PK\x03\x04"))
    return Problem{ProblemKind::malformed, "docx.not_a_document", "", {}};
  return std::nullopt;
}

/// What becomes of a relation, by the last word of its type.
enum class Fate { kept, left_out, refused };

Fate fate_of(const std::string& type) {
  static constexpr std::array<std::string_view, 19> kKept{"styles",        "stylesWithEffects",
                                                          "settings",      "webSettings",
                                                          "fontTable",     "font",
                                                          "theme",         "themeOverride",
                                                          "numbering",     "header",
                                                          "footer",        "footnotes",
                                                          "endnotes",      "image",
                                                          "hyperlink",     "diagramData",
                                                          "diagramLayout", "diagramQuickStyle",
                                                          "diagramColors"};
  // Whose work it was, remarks on it, and stores that would overwrite what is filled in.
  static constexpr std::array<std::string_view, 15> kLeftOut{"core-properties",
                                                             "extended-properties",
                                                             "custom-properties",
                                                             "thumbnail",
                                                             "customXml",
                                                             "customXmlProps",
                                                             "comments",
                                                             "commentsExtended",
                                                             "commentsIds",
                                                             "commentsExtensible",
                                                             "people",
                                                             "glossaryDocument",
                                                             "attachedTemplate",
                                                             "printerSettings",
                                                             "metadata"};
  if (std::find(kKept.begin(), kKept.end(), type) != kKept.end()) return Fate::kept;
  if (std::find(kLeftOut.begin(), kLeftOut.end(), type) != kLeftOut.end()) return Fate::left_out;
  return Fate::refused;
}

bool is_address(std::string_view target) {
  std::string lower(target.substr(0, 8));
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return lower.starts_with("http://") || lower.starts_with("https://") ||
         lower.starts_with("mailto:");
}

bool holds_text(std::string_view type) {
  for (const std::string_view kind : {"document.main+xml", "template.main+xml", "header+xml",
                                      "footer+xml", "footnotes+xml", "endnotes+xml"}) {
    if (type.ends_with(std::string(kWord) + std::string(kind))) return true;
  }
  return false;
}

/// Pictures that are nothing but pictures: what draws an SVG may fetch what it names.
bool is_picture(std::string_view type) {
  static constexpr std::array<std::string_view, 8> kPictures{
      "image/png", "image/jpeg", "image/jpg",   "image/gif",
      "image/bmp", "image/tiff", "image/x-emf", "image/x-wmf"};
  return std::find(kPictures.begin(), kPictures.end(), type) != kPictures.end();
}

class PackageReader {
 public:
  PackageReader(Zip zip, const TemplateLimits& limits) : zip_(std::move(zip)), limits_(limits) {}

  base::Result<TemplatePackage> read() {
    if (!zip_.has("[Content_Types].xml")) return not_a_document("");
    ASSIGN_OR_RETURN(types_, of_document(ContentTypes::of(zip_)));
    ASSIGN_OR_RETURN(const Relations roots, of_document(relations_of(zip_, "")));
    for (const auto& [id, relation] : roots) {
      if (relation.type == "officeDocument" && !relation.is_external) made_.main = relation.target;
    }
    if (made_.main.empty()) return not_a_document("_rels/.rels");
    const std::string type = types_.type(made_.main);
    if (type.find("macroEnabled") != std::string::npos)
      return base::refuse(ProblemKind::invalid, "template.macros", made_.main);
    if (!type.ends_with("wordprocessingml.document.main+xml") &&
        !type.ends_with("wordprocessingml.template.main+xml")) {
      return not_a_document(made_.main);
    }
    waiting_.push_back(made_.main);
    while (!waiting_.empty()) {
      const std::string name = waiting_.front();
      waiting_.pop_front();
      if (!made_.parts.contains(name)) RETURN_IF_REFUSED(take(name));
    }
    return std::move(made_);
  }

 private:
  static std::unexpected<Problems> not_a_document(const std::string& field) {
    return base::refuse(ProblemKind::malformed, "docx.not_a_document", field);
  }

  base::Result<void> take(const std::string& name) {
    TemplatePackage::Part part;
    part.type = types_.type(name);
    if (part.type.ends_with("template.main+xml")) {  // a .dotx
      part.type.replace(part.type.rfind("template.main"), 13, "document.main");
    }
    const bool is_xml = part.type.ends_with("+xml") || part.type.ends_with("/xml");
    part.has_text = holds_text(part.type);
    // Read with its like, so that the bytes are sound before a tree is made of them.
    if (is_xml) RETURN_IF_REFUSED(check(name, part.has_text));
    ASSIGN_OR_RETURN(Zip::Part opened, of_document(zip_.part(name)));
    std::array<char, 16 * 1024> buffer;
    while (const std::size_t got = opened.read(buffer.data(), buffer.size()))
      part.bytes.append(buffer.data(), got);
    if (opened.refusal()) return base::refuse(of_document({*opened.refusal()}));
    if (part.bytes.starts_with("\xEF\xBB\xBF")) part.bytes.erase(0, 3);
    if (is_xml && !base::is_utf8(part.bytes))
      return base::refuse(ProblemKind::malformed, "docx.encoding", name);
    RETURN_IF_REFUSED(link(name, part));
    made_.parts.emplace(name, std::move(part));
    return {};
  }

  base::Result<void> check(const std::string& name, bool has_text) {
    ASSIGN_OR_RETURN(Zip::Part counted, of_document(zip_.part(name)));
    std::array<char, 16 * 1024> buffer;
    while (const std::size_t got = counted.read(buffer.data(), buffer.size())) {
      if (!has_text) continue;
      xml_ += got;
      if (xml_ > limits_.most_xml) {
        return base::refuse(ProblemKind::too_large, "docx.too_large", name,
                            {std::to_string(limits_.most_xml / kMegabyte)});
      }
    }
    if (counted.refusal()) return base::refuse(of_document({*counted.refusal()}));
    ASSIGN_OR_RETURN(Zip::Part opened, of_document(zip_.part(name)));
    XmlReader xml(std::move(opened));
    while (xml.next_element()) {
      if (has_text && ++elements_ > limits_.most_elements) {
        return base::refuse(ProblemKind::too_large, "docx.too_many_entries", name,
                            {std::to_string(limits_.most_elements)});
      }
    }
    if (auto refusal = xml.finish()) return base::refuse(of_document({*std::move(refusal)}));
    return {};
  }

  base::Result<void> link(const std::string& name, TemplatePackage::Part& part) {
    ASSIGN_OR_RETURN(const Relations relations, of_document(relations_of(zip_, name)));
    for (const auto& [id, relation] : relations) {
      const Fate fate = fate_of(relation.type);
      if (fate == Fate::left_out) continue;
      if (relation.type == "vbaProject" || relation.type == "wordVbaData")
        return base::refuse(ProblemKind::invalid, "template.macros", name);
      if (relation.is_external) {
        if (relation.type != "hyperlink" || !is_address(relation.outside)) {
          return base::refuse(ProblemKind::invalid, "template.external", name,
                              {first_units(relation.outside, 100)});
        }
        part.links.emplace(id, TemplatePackage::Link{relation.uri, relation.outside, true});
        continue;
      }
      if (fate == Fate::refused) {
        return base::refuse(ProblemKind::invalid, "template.active_part", name,
                            {first_units(relation.type, 40)});
      }
      if (relation.target.empty() || !zip_.has(relation.target)) {
        if (relation.type == "hyperlink") continue;  // to a place in the document itself
        return base::refuse(ProblemKind::malformed, "docx.bad_relation", name, {id});
      }
      if (relation.type == "image" && !is_picture(types_.type(relation.target))) {
        return base::refuse(ProblemKind::invalid, "template.active_part", name,
                            {first_units(types_.type(relation.target), 40)});
      }
      waiting_.push_back(relation.target);
      part.links.emplace(id, TemplatePackage::Link{relation.uri, relation.target, false});
    }
    return {};
  }

  Zip zip_;
  const TemplateLimits& limits_;
  ContentTypes types_;
  TemplatePackage made_;
  std::deque<std::string> waiting_;
  std::size_t xml_ = 0;
  std::size_t elements_ = 0;
};

std::string types_part(const TemplatePackage& package) {
  pugi::xml_document part;
  pugi::xml_node root = start_package_part(part, "Types", "content-types");
  pugi::xml_node relations = root.append_child("Default");
  relations.append_attribute("Extension") = "rels";
  relations.append_attribute("ContentType") =
      "application/vnd.openxmlformats-package.relationships+xml";
  const auto tell = [&](const std::string& name, const std::string& type) {
    pugi::xml_node one = root.append_child("Override");
    one.append_attribute("PartName") = ("/" + name).c_str();
    one.append_attribute("ContentType") = type.c_str();
  };
  tell("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
  tell("docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml");
  for (const auto& [name, one] : package.parts) tell(name, one.type);
  return to_text(part);
}

std::string links_part(const std::map<std::string, TemplatePackage::Link>& links) {
  pugi::xml_document part;
  pugi::xml_node root = start_package_part(part, "Relationships", "relationships");
  for (const auto& [id, link] : links) {
    pugi::xml_node one = root.append_child("Relationship");
    one.append_attribute("Id") = id.c_str();
    one.append_attribute("Type") = link.uri.c_str();
    one.append_attribute("Target") = (link.is_external ? link.target : "/" + link.target).c_str();
    if (link.is_external) one.append_attribute("TargetMode") = "External";
  }
  return to_text(part);
}

}  // namespace

std::string TemplatePackage::zipped(const std::string& title, const std::string& creator) const {
  static const std::string kOffice =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
  Package package;
  package.add("[Content_Types].xml", types_part(*this));
  package.add("_rels/.rels",
              links_part({{"rId1", {kOffice + "officeDocument", main, false}},
                          {"rId2",
                           {"http://schemas.openxmlformats.org/package/2006/relationships/metadata/"
                            "core-properties",
                            "docProps/core.xml", false}},
                          {"rId3", {kOffice + "extended-properties", "docProps/app.xml", false}}}));
  package.add("docProps/core.xml", core_properties(title, creator));
  package.add("docProps/app.xml", app_properties());
  for (const auto& [name, part] : parts) {
    package.add(name, part.bytes);
    if (part.links.empty()) continue;
    const std::size_t slash = name.rfind('/') + 1;
    package.add(name.substr(0, slash) + "_rels/" + name.substr(slash) + ".rels",
                links_part(part.links));
  }
  return package.bytes();
}

base::Result<TemplatePackage> read_template_package(std::string_view bytes,
                                                    const TemplateLimits& limits) {
  if (auto fault = fault_of_kind(bytes, limits)) return base::refuse(*std::move(fault));
  ASSIGN_OR_RETURN(Zip zip, of_document(Zip::open(bytes, limits.zip)));
  return PackageReader(std::move(zip), limits).read();
}

}  // namespace office
