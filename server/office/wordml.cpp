#include "office/wordml.h"

#include <algorithm>
#include <cstdint>
#include <sstream>
#include <string_view>

#include "office/xml_text.h"

namespace office {
namespace {

using pugi::xml_node;

constexpr const char* kMain = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
constexpr const char* kRelations =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

xml_node table(xml_node parent, const std::vector<int>& widths, bool has_borders, int padding) {
  xml_node made = word(parent, "tbl");
  xml_node properties = word(made, "tblPr");
  int total = 0;
  for (const int width : widths) total += width;
  xml_node width = word(properties, "tblW");
  set(width, "w", total);
  set(width, "type", "dxa");
  if (has_borders) {
    xml_node borders = word(properties, "tblBorders");
    for (const char* side : {"top", "left", "bottom", "right", "insideH", "insideV"}) {
      xml_node border = word(borders, side);
      set(border, "val", "single");
      set(border, "sz", 4);
      set(border, "space", 0);
      set(border, "color", "000000");
    }
  }
  set(word(properties, "tblLayout"), "type", "fixed");
  xml_node paddings = word(properties, "tblCellMar");
  for (const char* side : {"top", "left", "bottom", "right"}) {
    const bool is_upright = side == std::string_view("left") || side == std::string_view("right");
    xml_node one = word(paddings, side);
    set(one, "w", is_upright ? (has_borders ? 57 : 0) : padding);
    set(one, "type", "dxa");
  }
  xml_node grid = word(made, "tblGrid");
  for (const int column : widths) set(word(grid, "gridCol"), "w", column);
  return made;
}

void run_style(xml_node run, const Style& style) {
  xml_node properties = word(run, "rPr");
  if (style.bold) word(properties, "b");
  if (style.italic) word(properties, "i");
  if (style.capitals) word(properties, "caps");
  if (style.colour != nullptr) set(word(properties, "color"), "val", style.colour);
  set(word(properties, "sz"), "val", style.size);
  set(word(properties, "szCs"), "val", style.size);
  if (style.underlined) set(word(properties, "u"), "val", "single");
}

}  // namespace

xml_node word(xml_node parent, const char* name) {
  return parent.append_child((std::string("w:") + name).c_str());
}

void set(xml_node node, const char* name, const char* value) {
  node.append_attribute((std::string("w:") + name).c_str()) = value;
}

void set(xml_node node, const char* name, int value) {
  set(node, name, std::to_string(value).c_str());
}

void set_value(xml_node node, const char* value) {
  node.remove_attribute("w:val");
  set(node, "val", value);
}

void align(xml_node properties, const char* how, int left) {
  // What stands behind w:jc in the schema (ECMA-376 part 1, 17.3.1.26), and before it w:ind.
  static constexpr std::string_view kBehind[] = {
      "w:textDirection", "w:textAlignment", "w:textboxTightWrap", "w:outlineLvl", "w:divId",
      "w:cnfStyle",      "w:rPr",           "w:sectPr",           "w:pPrChange"};
  properties.remove_child("w:jc");
  xml_node behind;
  for (xml_node one : properties.children()) {
    if (std::find(std::begin(kBehind), std::end(kBehind), one.name()) == std::end(kBehind))
      continue;
    behind = one;
    break;
  }
  xml_node stands =
      behind ? properties.insert_child_before("w:jc", behind) : properties.append_child("w:jc");
  set(stands, "val", how);
  if (left == 0) return;
  properties.remove_child("w:ind");
  set(properties.insert_child_before("w:ind", stands), "left", left);
}

xml_node line(xml_node parent, const std::string& text, const Style& style) {
  xml_node paragraph = word(parent, "p");
  xml_node properties = word(paragraph, "pPr");
  if (style.keep_with_next) word(properties, "keepNext");
  if (style.on_new_page) word(properties, "pageBreakBefore");
  xml_node spacing = word(properties, "spacing");
  set(spacing, "before", style.before);
  set(spacing, "after", style.after);
  set(spacing, "line", style.line);
  set(spacing, "lineRule", "auto");
  if (style.left > 0 || style.first_line > 0) {
    xml_node indent = word(properties, "ind");
    if (style.left > 0) set(indent, "left", style.left);
    if (style.first_line > 0) set(indent, "firstLine", style.first_line);
  }
  set(word(properties, "jc"), "val", style.align);
  if (style.outline >= 0) set(word(properties, "outlineLvl"), "val", style.outline);
  run_style(properties, style);  // of the paragraph mark: empty lines keep their height
  add_runs(paragraph, text, [&](xml_node run) { run_style(run, style); });
  return paragraph;
}

void add_runs(xml_node paragraph, const std::string& text,
              const std::function<void(xml_node)>& style) {
  if (text.empty()) return;
  std::istringstream pieces(xml_text(text));
  std::string piece;
  for (bool first = true; std::getline(pieces, piece); first = false) {
    xml_node run = word(paragraph, "r");
    style(run);
    if (!first) word(run, "br");
    add_words(run, piece);
  }
}

void add_words(xml_node run, const std::string& text) {
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t tab = std::min(text.find('\t', from), text.size());
    if (from != 0) word(run, "tab");
    xml_node words = word(run, "t");
    words.append_attribute("xml:space") = "preserve";
    words.text() = text.substr(from, tab - from).c_str();
    from = tab + 1;
  }
}

void rule(xml_node parent, int width, int length) {
  const int indent = (width - std::min(length, width)) / 2;
  xml_node properties = word(word(parent, "p"), "pPr");
  xml_node drawn = word(word(properties, "pBdr"), "top");
  set(drawn, "val", "single");
  set(drawn, "sz", 6);
  set(drawn, "space", 1);
  set(drawn, "color", "000000");
  xml_node spacing = word(properties, "spacing");
  set(spacing, "before", 60);
  set(spacing, "after", 0);
  set(spacing, "line", 60);
  set(spacing, "lineRule", "exact");
  xml_node sides = word(properties, "ind");
  set(sides, "left", indent);
  set(sides, "right", indent);
  set(word(word(properties, "rPr"), "sz"), "val", 2);
}

xml_node hairline(xml_node parent) {
  xml_node properties = word(word(parent, "p"), "pPr");
  xml_node spacing = word(properties, "spacing");
  set(spacing, "before", 0);
  set(spacing, "after", 0);
  set(spacing, "line", 20);
  set(spacing, "lineRule", "exact");
  set(word(word(properties, "rPr"), "sz"), "val", 2);
  return properties;
}

int estimated_width(const std::string& text, int size, int per_letter) {
  constexpr int kSpace = 250;
  std::int64_t thousandths = 0;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80)
      thousandths += c == ' ' ? kSpace : per_letter;
  }
  return static_cast<int>(
      std::min<std::int64_t>(thousandths * size / 100, kA4Long));  // half points to twips: × 10
}

xml_node layout_table(xml_node parent, const std::vector<int>& widths) {
  return table(parent, widths, false, 0);
}

xml_node data_table(xml_node parent, const std::vector<int>& widths, int padding) {
  return table(parent, widths, true, padding);
}

xml_node cell(xml_node row, int width, bool padded) {
  xml_node made = word(row, "tc");
  xml_node properties = word(made, "tcPr");
  xml_node size = word(properties, "tcW");
  set(size, "w", width);
  set(size, "type", "dxa");
  if (padded) set(word(properties, "vAlign"), "val", "center");
  return made;
}

xml_node start_part(pugi::xml_document& part, const char* root) {
  xml_node declaration = part.append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "UTF-8";
  declaration.append_attribute("standalone") = "yes";
  xml_node made = part.append_child(root);
  made.append_attribute("xmlns:w") = kMain;
  made.append_attribute("xmlns:r") = kRelations;
  return made;
}

std::string to_text(const pugi::xml_document& part) {
  std::ostringstream text;
  part.save(text, "", pugi::format_raw, pugi::encoding_utf8);
  return std::move(text).str();
}

void append_text(xml_node node, std::string& text) {
  struct Writer final : pugi::xml_writer {
    explicit Writer(std::string& into) : text(into) {}
    void write(const void* data, std::size_t size) override {
      text.append(static_cast<const char*>(data), size);
    }
    std::string& text;
  } writer(text);
  node.print(writer, "", pugi::format_raw, pugi::encoding_utf8);
}

}  // namespace office
