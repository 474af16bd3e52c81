#include "office/template_plan.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "base/text.h"
#include "office/xml_text.h"

namespace office {
namespace {

using base::Problem;
using base::ProblemKind;
using pugi::xml_node;
using Kind = TemplateField::Kind;

constexpr std::size_t kMostFaults = 100;
constexpr std::size_t kMostMarks = 200;  // of a paragraph

/// The paragraph's text, so that its maker finds it.
std::string place_of(xml_node paragraph) {
  std::string text = ParagraphText(paragraph).text();
  if (!base::is_utf8(text)) return "?";
  text = base::tidy(first_units(text, 400));
  const std::string shown = first_units(text, 80);
  return shown.size() < text.size() ? shown + "…" : shown;
}

std::string written(const TemplateField& field) {
  if (field.kind == Kind::rows) return "{{#" + field.name + "}} … {{/" + field.name + "}}";
  return "{{" + field.name + "}}";
}

class Planner {
 public:
  Planner(const std::vector<TemplateField>& known, bool is_main, std::vector<std::string>& used,
          base::Problems& faults)
      : known_(known), is_main_(is_main), used_(used), faults_(faults) {}

  TemplatePlan plan(xml_node root) {
    for (xml_node paragraph : paragraphs_of(root)) look_at(paragraph);
    if (open_) fault("template.unclosed_block", open_->mark, {open_->mark.name});
    leave_out_repeated();
    return std::move(plan_);
  }

 private:
  struct Open {
    const TemplateField* field;
    Mark mark;
  };

  void look_at(xml_node paragraph) {
    bool is_sound = true;
    const std::vector<Mark> marks = marks_of(paragraph, is_sound);
    if (!is_sound) {
      Mark mark;
      mark.paragraph = paragraph;
      fault("template.open_braces", mark, {place_of(paragraph)});
    }
    if (marks.size() > kMostMarks) {
      return fault("template.too_many_fields", marks.front(), {std::to_string(kMostMarks)});
    }
    bool has_text = false;
    for (const Mark& mark : marks) {
      if (mark.kind == Mark::Kind::open) {
        open(mark);
      } else if (mark.kind == Mark::Kind::close) {
        close(mark);
      } else {
        has_text = field(mark) || has_text;
      }
    }
    if (has_text) plan_.texts.push_back(paragraph);
  }

  void open(const Mark& mark) {
    if (open_) return fault("template.nested_block", mark, {mark.name, open_->mark.name});
    const TemplateField* const field = known(mark);
    if (field != nullptr && field->kind != Kind::rows)
      fault("template.wrong_kind", mark, {mark.name, written(*field)});
    open_ = Open{field != nullptr && field->kind == Kind::rows ? field : nullptr, mark};
  }

  void close(const Mark& mark) {
    if (!open_ || open_->mark.name != mark.name)
      return fault("template.unopened_block", mark, {mark.name});
    const auto span = span_of(open_->mark.paragraph, mark.paragraph);
    if (!span) {
      fault("template.block_crosses", mark, {mark.name});
    } else if (open_->field != nullptr) {
      plan_.repeated.push_back({open_->field, open_->mark, mark, *span});
    }
    open_.reset();
  }

  /// Whether it is a text field, to be filled in where it stands.
  bool field(const Mark& mark) {
    if (open_ && open_->field != nullptr) {
      const auto& columns = open_->field->columns;
      if (std::find(columns.begin(), columns.end(), mark.name) != columns.end()) return true;
    }
    const TemplateField* const field = known(mark);
    if (field == nullptr) return false;
    if (field->kind == Kind::rows) {
      fault("template.wrong_kind", mark, {mark.name, written(*field)});
    } else if (field->kind == Kind::blocks) {
      const bool is_placed = is_main_ && !open_ && !lies_in(mark.paragraph, "w:txbxContent");
      if (!mark.is_alone) fault("template.not_alone", mark, {mark.name});
      if (!is_placed) fault("template.block_place", mark, {mark.name});
      plan_.inserted.push_back({field, mark});
    }
    return field->kind == Kind::text;
  }

  const TemplateField* known(const Mark& mark) {
    const auto at = std::find_if(known_.begin(), known_.end(),
                                 [&](const TemplateField& one) { return one.name == mark.name; });
    if (at != known_.end()) {
      used_.push_back(at->name);
      return &*at;
    }
    if (faults_.size() >= kMostFaults) return nullptr;
    std::string all;
    for (const TemplateField& one : known_) all += (all.empty() ? "" : ", ") + one.name;
    if (open_ && open_->field != nullptr) {
      for (const std::string& column : open_->field->columns) all += ", " + column;
    }
    fault("template.unknown_field", mark, {first_units(mark.name, 60), all});
    return nullptr;
  }

  void fault(const char* code, const Mark& mark, std::vector<std::string> args) {
    if (faults_.size() >= kMostFaults) return;
    faults_.push_back(
        Problem{ProblemKind::invalid, code, place_of(mark.paragraph), std::move(args)});
  }

  /// What is repeated is filled in row by row, with its own values; nothing is repeated twice.
  void leave_out_repeated() {
    std::set<std::size_t> inside;
    for (const TemplatePlan::Repeated& one : plan_.repeated) {
      bool is_free = true;
      for (xml_node part = one.span.first; part && is_free; part = part.next_sibling()) {
        std::vector<xml_node> paragraphs = paragraphs_of(part);
        if (std::string_view(part.name()) == "w:p") paragraphs.push_back(part);
        for (xml_node paragraph : paragraphs)
          is_free = is_free && inside.insert(paragraph.hash_value()).second;
        if (part == one.span.last) break;
      }
      if (!is_free) fault("template.block_crosses", one.open, {one.open.name});
    }
    std::erase_if(plan_.texts,
                  [&](xml_node paragraph) { return inside.contains(paragraph.hash_value()); });
  }

  const std::vector<TemplateField>& known_;
  bool is_main_;
  std::vector<std::string>& used_;
  base::Problems& faults_;
  TemplatePlan plan_;
  std::optional<Open> open_;
};

}  // namespace

TemplatePlan plan_of(xml_node root, const std::vector<TemplateField>& known, bool is_main,
                     std::vector<std::string>& used, base::Problems& faults) {
  return Planner(known, is_main, used, faults).plan(root);
}

}  // namespace office
