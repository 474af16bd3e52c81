#include "office/template.h"

#include <algorithm>
#include <array>
#include <functional>
#include <pugixml.hpp>
#include <set>
#include <stdexcept>

#include "base/text.h"
#include "office/template_fill.h"
#include "office/template_plan.h"
#include "office/wordml.h"
#include "office/xml_text.h"

namespace office {
namespace {

using base::Problem;
using base::ProblemKind;
using base::Problems;
using pugi::xml_node;

bool is(xml_node node, const char* name) { return std::string_view(node.name()) == name; }

/// False for what the strict reading before passes over and a tree cannot hold, such as a NUL in an
/// attribute. No DTD is ever processed.
bool load(pugi::xml_document& tree, const std::string& bytes) {
  return static_cast<bool>(tree.load_buffer(bytes.data(), bytes.size(),
                                            pugi::parse_default | pugi::parse_ws_pcdata,
                                            pugi::encoding_utf8));
}

/// Codes that count pages and point inside the document. Others may fetch, run or change by day.
bool is_harmless(std::string code) {
  code = base::is_utf8(code) ? base::upper(base::tidy(code)) : std::string();
  const std::string word = code.substr(0, code.find(' '));
  static constexpr std::array<std::string_view, 11> kHarmless{
      "PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "TOC", "PAGEREF",
      "REF",  "NOTEREF",  "SEQ",     "STYLEREF",     "TC"};
  if (std::find(kHarmless.begin(), kHarmless.end(), word) != kHarmless.end()) return true;
  return word == "HYPERLINK" &&
         (code.find("\\L ") != std::string::npos || code.find("\"HTTP") != std::string::npos ||
          code.find("\"MAILTO:") != std::string::npos);
}

/// Looks through field codes, which Word may split over runs and nest, and for tracked changes.
class Inspection {
 public:
  explicit Inspection(Problems& faults) : faults_(faults) {}
  void look_at(xml_node parent) {
    for (xml_node child : parent.children()) {
      const std::string_view name = child.name();
      if (name == "w:fldSimple") judge(child.attribute("w:instr").value());
      if (name == "w:instrText" || name == "w:delInstrText") {
        if (open_.empty()) {
          judge(child.text().get());
        } else if (open_.back().is_judged) {
          judge(child.text().get());
        } else {
          open_.back().code += child.text().get();
        }
      }
      if (name == "w:fldChar") field(child.attribute("w:fldCharType").value());
      // Pictures and fills of VML may name what they are fetched from without a relation.
      if (name.starts_with("v:")) {
        for (const char* attribute : {"src", "o:href"}) {
          if (const auto where = child.attribute(attribute)) outside(where.value());
        }
      }
      if (name == "w:ins" || name == "w:del" || name == "w:moveFrom" || name == "w:moveTo")
        is_tracked_ = true;
      if (name != "w:rPrChange" && name != "w:pPrChange") look_at(child);
    }
  }
  void finish() {
    for (const Open& one : open_) judge(one);
    if (is_tracked_) faults_.push_back({ProblemKind::invalid, "template.tracked_changes", "", {}});
  }

 private:
  struct Open {
    std::string code;
    bool is_judged = false;
  };
  void field(std::string_view kind) {
    if (kind == "begin") {
      open_.emplace_back();
    } else if (!open_.empty()) {
      judge(open_.back());
      open_.back().is_judged = true;
      if (kind != "separate") open_.pop_back();
    }
  }
  void outside(const std::string& where) {
    if (faults_.size() > 50) return;
    faults_.push_back({ProblemKind::invalid,
                       "template.external",
                       "",
                       {base::is_utf8(where) ? first_units(where, 100) : "?"}});
  }
  void judge(const Open& one) {
    if (!one.is_judged) judge(one.code);
  }
  void judge(const std::string& code) {
    if (is_harmless(code) || faults_.size() > 50) return;
    faults_.push_back({ProblemKind::invalid,
                       "template.field_code",
                       "",
                       {base::is_utf8(code) ? first_units(code, 60) : "?"}});
  }

  Problems& faults_;
  std::vector<Open> open_;
  bool is_tracked_ = false;
};

/// Takes out what would show somebody's remarks, or overwrite what is filled in: content controls
/// bound to a store of their own.
void take_out_bindings(xml_node parent) {
  for (xml_node child = parent.first_child(); child;) {
    const xml_node next = child.next_sibling();
    if (is(child, "w:dataBinding") || is(child, "w:commentRangeStart") ||
        is(child, "w:commentRangeEnd") || is(child, "w:commentReference") ||
        is(child, "w:attachedTemplate") || is(child, "w:mailMerge")) {
      parent.remove_child(child);
    } else {
      take_out_bindings(child);
    }
    child = next;
  }
}

std::string root_of(const std::string& type) {
  if (type.ends_with("document.main+xml")) return "w:document";
  if (type.ends_with("header+xml")) return "w:hdr";
  if (type.ends_with("footer+xml")) return "w:ftr";
  return type.ends_with("footnotes+xml") ? "w:footnotes" : "w:endnotes";
}

}  // namespace

base::Result<Template> Template::read(std::string_view bytes,
                                      const std::vector<TemplateField>& known,
                                      const TemplateLimits& limits) {
  ASSIGN_OR_RETURN(TemplatePackage package, read_template_package(bytes, limits));
  Problems faults;
  std::vector<std::string> used;
  for (auto& [name, part] : package.parts) {
    const bool is_settings = part.type.ends_with("settings+xml");
    if (!part.has_text && !is_settings) continue;
    if (part.bytes.size() > limits.most_xml) {  // settings, which no program makes a tenth as long
      return base::refuse(ProblemKind::too_large, "docx.too_large", name,
                          {std::to_string(limits.most_xml / (1024 * 1024))});
    }
    pugi::xml_document tree;
    if (!load(tree, part.bytes))
      return base::refuse(ProblemKind::malformed, "docx.malformed", name);
    if (part.has_text) {
      const std::string root = root_of(part.type);
      const bool is_main = name == package.main;
      if (!tree.child(root.c_str()) ||
          (is_main && !tree.first_element_by_path("/w:document/w:body")))
        return base::refuse(ProblemKind::malformed, "docx.not_a_document", name);
      Inspection inspection(faults);
      inspection.look_at(tree);
      inspection.finish();
      plan_of(tree, known, is_main, used, faults);
    }
    take_out_bindings(tree);
    part.bytes = to_text(tree);
  }
  const std::set<std::string> names(used.begin(), used.end());
  for (const TemplateField& field : known) {
    if (field.is_required && !names.contains(field.name))
      faults.push_back({ProblemKind::invalid, "template.missing_field", "", {field.name}});
  }
  if (!faults.empty()) return base::refuse(std::move(faults));
  return Template(std::move(package), known);
}

base::Result<std::string> Template::fill(const TemplateValues& values) const {
  TemplatePackage made = package_;
  for (auto& [name, part] : made.parts) {
    if (!part.has_text) continue;
    pugi::xml_document tree;
    if (!load(tree, part.bytes)) throw std::logic_error("template: a part that was read is not");
    RETURN_IF_REFUSED(fill_part(tree, values, known_, name == made.main));
    part.bytes = to_text(tree);
  }
  return made.zipped(xml_text(values.title), xml_text(values.creator));
}

}  // namespace office
