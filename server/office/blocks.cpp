#include "office/blocks.h"

#include <algorithm>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "office/wordml.h"

namespace office {
namespace {

using pugi::xml_node;

bool is_number_column(const Table& table, std::size_t c) {
  return c == 0 && table.columns.size() > 1 && table.columns[c].title == "STT";
}

/// A switch such as w:b in the properties of a run or paragraph, at its place in the schema's
/// order: behind those named in `before`.
void switch_on(xml_node properties, const char* name,
               std::initializer_list<std::string_view> before) {
  properties.remove_child(name);
  xml_node after;
  for (xml_node one : properties.children()) {
    if (std::find(before.begin(), before.end(), one.name()) == before.end()) break;
    after = one;
  }
  after ? properties.insert_child_after(name, after) : properties.prepend_child(name);
}

xml_node copied(xml_node parent, xml_node model, const char* name) {
  return model ? parent.append_copy(model) : parent.append_child(name);
}

}  // namespace

void BlockWriter::add(const Block& block) {
  if (const auto* words = std::get_if<Paragraph>(&block)) {
    turn(false);
    paragraph(*words);
  } else {
    table(std::get<Table>(block));
  }
  flush();
}

void BlockWriter::add_before_signature(const Block& block) {
  is_before_signature_ = true;
  add(block);
  is_before_signature_ = false;
}

void BlockWriter::annexes(const std::vector<Block>& all) {
  bool is_heading = false;  // the block before was a paragraph of this annex
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto* words = std::get_if<Paragraph>(&all[i]);
    const bool is_after_table = i > 0 && std::holds_alternative<Table>(all[i - 1]);
    const bool is_note = words != nullptr && words->kind == Paragraph::Kind::note && is_after_table;
    on_new_page_ = !is_heading && !is_note;
    if (words == nullptr) {
      table(std::get<Table>(all[i]));
    } else {
      if (!is_note) turn(lies_wide(all, i));
      paragraph(*words);
    }
    is_heading = words != nullptr && !is_note;
    flush();
  }
}

/// Whether the table that the annex's paragraph `i` leads to is a wide one.
bool BlockWriter::lies_wide(const std::vector<Block>& all, std::size_t i) const {
  for (; i < all.size(); ++i) {
    if (const auto* table = std::get_if<Table>(&all[i])) return table->landscape;
  }
  return false;
}

/// A line of the text itself, which a page break may be waiting for.
void BlockWriter::body_line(const std::string& text, Style style) {
  style.on_new_page = std::exchange(on_new_page_, false);
  if (std::exchange(is_after_table_, false)) style.before += 100;
  line(body_, text, style);
}

void BlockWriter::turn(bool landscape) {
  landscape = landscape || starts_landscape_;
  if (setting_.width > 0 || landscape == landscape_) return;  // a cell does not turn
  section(hairline(body_));
  landscape_ = landscape;
  on_new_page_ = false;  // the new section is on one
  is_after_table_ = false;
}

void BlockWriter::section(xml_node parent) {
  if (setting_.section) {
    xml_node properties = parent.append_copy(setting_.section);
    section_like_model(properties);
    if (first_section_done_) properties.remove_child("w:titlePg");
  } else {
    xml_node properties = word(parent, "sectPr");
    own_section(properties);
    if (!first_section_done_) word(properties, "titlePg");
  }
  first_section_done_ = true;
}

void BlockWriter::section_like_model(xml_node properties) const {
  xml_node type = properties.child("w:type");
  if (first_section_done_ && type) set_value(type, "nextPage");
  xml_node size = properties.child("w:pgSz");
  if (!size || landscape_ == starts_landscape_) return;
  const int w = size.attribute("w:w").as_int(kA4Short);
  const int h = size.attribute("w:h").as_int(kA4Long);
  size.remove_attributes();
  set(size, "w", std::max(w, h));
  set(size, "h", std::min(w, h));
  set(size, "orient", "landscape");
}

void BlockWriter::own_section(xml_node properties) const {
  for (const char* kind : {"default", "first"}) {
    xml_node reference = word(properties, "headerReference");
    set(reference, "type", kind);
    reference.append_attribute("r:id") = kind == std::string_view("first") ? "rId3" : "rId2";
  }
  xml_node size = word(properties, "pgSz");
  set(size, "w", landscape_ ? kA4Long : kA4Short);
  set(size, "h", landscape_ ? kA4Short : kA4Long);
  if (landscape_) set(size, "orient", "landscape");
  xml_node margins = word(properties, "pgMar");
  set(margins, "top", form_.top);
  set(margins, "right", form_.right);
  set(margins, "bottom", form_.bottom);
  set(margins, "left", form_.left);
  set(margins, "header", mm(9));
  set(margins, "footer", mm(10));
  set(margins, "gutter", 0);
}

void BlockWriter::flush() {
  if (setting_.flushed == nullptr) return;
  while (xml_node done = body_.first_child()) {
    append_text(done, *setting_.flushed);
    body_.remove_child(done);
  }
}

void BlockWriter::paragraph(const Paragraph& words) {
  using Kind = Paragraph::Kind;
  if (setting_.text) {
    is_after_table_ = false;
    return like_model(words, std::exchange(on_new_page_, false));
  }
  Style style{
      .size = form_.body, .align = "both", .before = 120, .first_line = mm(12.7), .line = 288};
  switch (words.kind) {
    case Kind::body:
      break;
    case Kind::heading:
      style.bold = true, style.size = form_.heading, style.outline = 0;
      break;
    case Kind::subheading:
      style.bold = true, style.outline = 1;
      break;
    case Kind::note:
      style.italic = true, style.size = form_.body - 4;
      break;
    case Kind::centred:
      style.align = "center", style.first_line = 0;
      break;
    case Kind::addressee:
      style = {.size = form_.body, .align = "left", .left = mm(45)};
      break;
  }
  if (style.outline >= 0) style.keep_with_next = true, style.align = "left";
  if (is_before_signature_) style.keep_with_next = true;
  body_line(words.text, style);
}

/// As the paragraph that its maker gave for text, with what the kind adds to it.
void BlockWriter::like_model(const Paragraph& words, bool on_new_page) {
  using Kind = Paragraph::Kind;
  const bool is_heading = words.kind == Kind::heading || words.kind == Kind::subheading;
  xml_node made = word(body_, "p");
  xml_node properties = copied(made, setting_.text.child("w:pPr"), "w:pPr");
  for (const char* none : {"w:sectPr", "w:pageBreakBefore", "w:pPrChange"}) {
    while (properties.remove_child(none)) continue;
  }
  if (on_new_page)
    switch_on(properties, "w:pageBreakBefore", {"w:pStyle", "w:keepNext", "w:keepLines"});
  if (is_heading || is_before_signature_) switch_on(properties, "w:keepNext", {"w:pStyle"});
  if (words.kind == Kind::centred || words.kind == Kind::addressee) {
    properties.remove_child("w:ind");
    align(properties, words.kind == Kind::centred ? "center" : "left",
          words.kind == Kind::centred ? 0 : mm(45));
  } else if (is_heading) {
    align(properties, "left", 0);
  }
  const xml_node model = setting_.text.select_node(".//w:r/w:rPr").node();
  const auto style_run = [&](xml_node run) {
    xml_node look = copied(run, model, "w:rPr");
    if (words.kind == Kind::note) switch_on(look, "w:i", {"w:rStyle", "w:rFonts", "w:b", "w:bCs"});
    if (is_heading) switch_on(look, "w:b", {"w:rStyle", "w:rFonts"});
  };
  add_runs(made, words.text, style_run);
}

void BlockWriter::table(const Table& table) {
  if (setting_.width == 0) turn(table.landscape);
  const bool wide = table.columns.size() > 9;
  const int size = wide ? 20 : form_.table;
  if (!table.caption.empty()) {
    body_line(
        table.caption,
        {.size = form_.body - 2, .bold = true, .before = 200, .after = 80, .keep_with_next = true});
  }
  if (!table.unit_note.empty()) {
    body_line(table.unit_note,
              {.size = size, .italic = true, .align = "right", .keep_with_next = true});
  }
  if (std::exchange(on_new_page_, false)) hairline(body_).prepend_child("w:pageBreakBefore");
  flush();
  const std::vector<int> widths = widths_of(table);
  xml_node grid = data_table(body_, widths, landscape_ ? 0 : 28);
  table_head(grid, table, widths, size);
  static constexpr std::string_view kEnd = "</w:tbl>";
  if (setting_.flushed != nullptr) {
    flush();
    setting_.flushed->resize(setting_.flushed->size() - kEnd.size());
    grid = word(body_, "tbl");  // holds one row at a time
  }
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    table_row(grid, table, r, widths, size);
    if (setting_.flushed == nullptr) continue;
    append_text(grid.first_child(), *setting_.flushed);
    grid.remove_children();
  }
  if (setting_.flushed != nullptr) {
    body_.remove_child(grid);
    *setting_.flushed += kEnd;
  }
  // Next to nothing, so that a table that just fills its page does not leave an empty one after
  // it.
  hairline(body_);
  is_after_table_ = true;
}

void BlockWriter::table_head(xml_node grid, const Table& table, const std::vector<int>& widths,
                             int size) {
  xml_node head = word(grid, "tr");
  xml_node head_properties = word(head, "trPr");
  word(head_properties, "cantSplit");
  word(head_properties, "tblHeader");
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    line(cell(head, widths[c], true), table.columns[c].title,
         {.size = size, .bold = true, .keep_with_next = true});
  }
}

void BlockWriter::table_row(xml_node grid, const Table& table, std::size_t r,
                            const std::vector<int>& widths, int size) {
  if (table.rows[r].size() > table.columns.size()) {
    throw std::invalid_argument("docx: a row has more cells than the table has columns");
  }
  xml_node row = word(grid, "tr");
  word(word(row, "trPr"), "cantSplit");
  const bool is_total = r < table.is_total.size() && table.is_total[r];
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const std::string text = c < table.rows[r].size() ? table.rows[r][c] : std::string();
    line(cell(row, widths[c], true), text,
         {.size = size,
          .bold = is_total,
          .align = is_number_column(table, c)   ? "center"
                   : table.columns[c].is_figure ? "right"
                                                : "left"});
  }
}

std::vector<int> BlockWriter::widths_of(const Table& table) const {
  if (table.columns.empty()) throw std::invalid_argument("docx: a table without columns");
  int room = setting_.width > 0 ? setting_.width : text_width(form_, landscape_);
  if (setting_.width == 0 && setting_.section) {
    const xml_node size = setting_.section.child("w:pgSz");
    const xml_node margins = setting_.section.child("w:pgMar");
    const int w = size.attribute("w:w").as_int(kA4Short), h = size.attribute("w:h").as_int(kA4Long);
    room = (landscape_ == starts_landscape_ ? w : std::max(w, h)) -
           margins.attribute("w:left").as_int(form_.left) -
           margins.attribute("w:right").as_int(form_.right);
    room = std::clamp(room, mm(20), kA4Long);
  }
  std::vector<int> widths(table.columns.size());
  int left = room;
  double total = 0;
  for (std::size_t c = 0; c < widths.size(); ++c) {
    if (is_number_column(table, c)) {
      left -= widths[c] = mm(11);  // less would break its title
    } else {
      total += table.columns[c].width_mm;
    }
  }
  if (!(total > 0)) throw std::invalid_argument("docx: a table without width");
  for (std::size_t c = 0; c < widths.size(); ++c) {
    if (widths[c] == 0) widths[c] = static_cast<int>(table.columns[c].width_mm / total * left);
  }
  return widths;
}

}  // namespace office
