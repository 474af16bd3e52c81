#include "office/template_fill.h"

#include <algorithm>

#include "base/text.h"
#include "office/blocks.h"
#include "office/template_marks.h"
#include "office/template_plan.h"
#include "office/wordml.h"
#include "office/xml_text.h"

namespace office {
namespace {

using base::ProblemKind;
using base::Problems;
using pugi::xml_node;

bool is(xml_node node, const char* name) { return std::string_view(node.name()) == name; }

/// A copy must not bear the names of what it is copied from.
void take_out_names(xml_node parent) {
  for (xml_node child = parent.first_child(); child;) {
    const xml_node next = child.next_sibling();
    if (is(child, "w:bookmarkStart") || is(child, "w:bookmarkEnd")) {
      parent.remove_child(child);
    } else {
      child.remove_attribute("w14:paraId");
      child.remove_attribute("w14:textId");
      take_out_names(child);
    }
    child = next;
  }
}

/// A paragraph that holds a picture, a code or the end of a section stays, whatever its text.
bool may_go(xml_node paragraph) {
  return !paragraph.child("w:pPr").child("w:sectPr") &&
         !paragraph.select_node(".//w:drawing | .//w:pict | .//w:fldChar | .//w:fldSimple");
}

void remove(xml_node node) { node.parent().remove_child(node); }

/// Every cell, header and text must end with a paragraph.
void mend(xml_node parent) {
  for (xml_node child : parent.children()) mend(child);
  const bool needs_one = is(parent, "w:tc") || is(parent, "w:hdr") || is(parent, "w:ftr") ||
                         is(parent, "w:txbxContent");
  if (needs_one && !is(parent.last_child(), "w:p")) parent.append_child("w:p");
}

constexpr std::size_t kMostGrown = 16 * 1024 * 1024;  // bytes of XML, all rows of a part together

class Filler {
 public:
  Filler(const TemplateValues& values, const std::vector<TemplateField>& known)
      : values_(values), known_(known) {}

  /// False when the document would grow beyond all measure.
  bool fill(xml_node root, bool is_main) {
    std::vector<std::string> used;
    Problems faults;
    const TemplatePlan plan = plan_of(root, known_, is_main, used, faults);
    for (xml_node paragraph : plan.texts) fill_paragraph(paragraph, nullptr);
    for (const TemplatePlan::Repeated& one : plan.repeated) {
      if (!repeat(one)) return false;
    }
    for (const TemplatePlan::Inserted& one : plan.inserted) insert(one);
    mend(root);
    return true;
  }

 private:
  std::string text_of(const std::string& name, const TemplateValues::Row* row) const {
    if (row != nullptr) {
      if (const auto at = row->find(name); at != row->end()) return at->second;
    }
    const auto at = values_.texts.find(name);
    return at == values_.texts.end() ? std::string() : at->second;
  }

  /// Fills in each field once; what is put in is not looked at again.
  void fill_paragraph(xml_node paragraph, const TemplateValues::Row* row) const {
    bool is_sound = true;
    std::vector<Mark> marks = marks_of(paragraph, is_sound);
    if (marks.empty()) return;
    ParagraphText words(paragraph);
    bool is_empty = true;
    for (auto mark = marks.rbegin(); mark != marks.rend(); ++mark) {
      const bool is_field = mark->kind == Mark::Kind::field;
      const std::string value = is_field ? xml_text(text_of(mark->name, row)) : std::string();
      is_empty = is_empty && value.empty();
      words.replace(mark->from, mark->to, value);
    }
    const bool held_more = !marks.front().is_alone && marks.size() == 1;
    if (is_empty && !held_more && is_bare(words.text(), marks) && may_go(paragraph))
      remove(paragraph);
  }

  /// Whether nothing but marks and blanks stood in the text.
  static bool is_bare(const std::string& text, const std::vector<Mark>& marks) {
    std::string rest;
    std::size_t from = 0;
    for (const Mark& mark : marks) {
      rest += text.substr(from, mark.from - from);
      from = mark.to;
    }
    rest += text.substr(from);
    return !base::is_utf8(rest) || base::tidy(rest).empty();
  }

  bool repeat(const TemplatePlan::Repeated& one) {
    std::vector<xml_node> models;
    std::string text;
    for (xml_node part = one.span.first; part; part = part.next_sibling()) {
      models.push_back(part);
      append_text(part, text);
      if (part == one.span.last) break;
    }
    xml_node parent = one.span.first.parent();
    const auto rows = values_.rows.find(one.field->name);
    const std::size_t count = rows == values_.rows.end() ? 0 : rows->second.size();
    grown_ += text.size() * count;
    if (grown_ > kMostGrown) return false;
    for (std::size_t r = 0; r < count; ++r) {
      for (xml_node model : models) {
        xml_node made = parent.insert_copy_before(model, one.span.first);
        if (r > 0) take_out_names(made);
        fill_copy(made, rows->second[r], models.size() > 1);
      }
    }
    for (xml_node model : models) parent.remove_child(model);
    return true;
  }

  /// `has_siblings`: a paragraph or row that held nothing but a mark of the block goes.
  void fill_copy(xml_node made, const TemplateValues::Row& row, bool has_siblings) const {
    std::vector<xml_node> paragraphs = paragraphs_of(made);
    const bool is_paragraph = is(made, "w:p");
    if (is_paragraph) paragraphs.push_back(made);
    bool is_mark_only = !is_paragraph && has_siblings;
    if (is_mark_only) {
      bool has_mark = false;
      for (xml_node paragraph : paragraphs) {
        bool is_sound = true;
        const auto marks = marks_of(paragraph, is_sound);
        const bool is_mark =
            marks.size() == 1 && marks[0].is_alone && marks[0].kind != Mark::Kind::field;
        has_mark = has_mark || is_mark;
        const std::string text = ParagraphText(paragraph).text();
        is_mark_only = is_mark_only && (is_mark || base::tidy(text).empty());
      }
      if (is_mark_only && has_mark) return remove(made);
    }
    for (xml_node paragraph : paragraphs) fill_paragraph(paragraph, &row);
  }

  void insert(const TemplatePlan::Inserted& one) const {
    xml_node paragraph = one.mark.paragraph;
    const auto found = values_.blocks.find(one.field->name);
    if (found != values_.blocks.end() && !found->second.blocks.empty()) {
      insert_before(paragraph, found->second);
    }
    if (paragraph.child("w:pPr").child("w:sectPr")) {  // the end of a section stays
      ParagraphText(paragraph).replace(one.mark.from, one.mark.to, "");
    } else {
      remove(paragraph);
    }
  }

  void insert_before(xml_node paragraph, const TemplateValues::Blocks& what) const {
    xml_node parent = paragraph.parent();
    const xml_node section = is(parent, "w:body") ? section_of(paragraph) : xml_node();
    const xml_node size = section.child("w:pgSz");
    // In the same tree, so that what is written is moved and not copied.
    xml_node scratch = parent.root().append_child("w:scratch");
    BlockWriter writer(
        scratch.append_child("w:body"),
        {.form = &form_of(values_.profile),
         .landscape = size.attribute("w:w").as_int() > size.attribute("w:h").as_int(),
         .section = section,
         .text = paragraph,
         .width = section ? 0 : room_of(parent)});
    const bool began_landscape = writer.is_landscape();
    if (what.are_annexes) {
      writer.annexes(what.blocks);
    } else {
      for (const Block& block : what.blocks) {
        // A signature may follow, which does not stand on a page alone.
        &block == &what.blocks.back() ? writer.add_before_signature(block) : writer.add(block);
      }
    }
    const bool is_turned = writer.is_landscape() != began_landscape;
    const bool is_last = is(paragraph.next_sibling(), "w:sectPr") && is(section.parent(), "w:body");
    if (is_turned && is_last) {
      // The text ends lying across: so does its last section, or an empty page would follow.
      xml_node ends = scratch.append_child("w:ends");
      writer.section(ends);
      parent.insert_copy_before(ends.first_child(), section);
      parent.remove_child(section);
    } else if (is_turned) {
      writer.turn(false);
    }
    if (writer.has_turned() && !(is_turned && is_last)) {
      xml_node left = section;
      left.remove_child("w:titlePg");
    }
    for (xml_node written = scratch.child("w:body"); xml_node made = written.first_child();)
      parent.insert_move_before(made, paragraph);
    scratch.parent().remove_child(scratch);
  }

  /// The properties of the section that the paragraph of the text stands in.
  static xml_node section_of(xml_node paragraph) {
    for (xml_node one = paragraph; one; one = one.next_sibling()) {
      if (is(one, "w:sectPr")) return one;
      if (const xml_node ends = one.child("w:pPr").child("w:sectPr")) return ends;
    }
    return {};
  }

  /// How wide a cell's text may be; a hand's breadth where it does not say.
  static int room_of(xml_node parent) {
    for (; parent; parent = parent.parent()) {
      if (!is(parent, "w:tc")) continue;
      const xml_node width = parent.child("w:tcPr").child("w:tcW");
      if (std::string_view(width.attribute("w:type").value()) == "dxa")
        return std::clamp(width.attribute("w:w").as_int() - 120, mm(20), kA4Long);
    }
    return mm(100);
  }

  const TemplateValues& values_;
  const std::vector<TemplateField>& known_;
  std::size_t grown_ = 0;
};

}  // namespace

base::Result<void> fill_part(xml_node root, const TemplateValues& values,
                             const std::vector<TemplateField>& known, bool is_main) {
  if (Filler(values, known).fill(root, is_main)) return {};
  return base::refuse(ProblemKind::too_large, "template.grows", "",
                      {std::to_string(kMostGrown / (1024 * 1024))});
}

}  // namespace office
