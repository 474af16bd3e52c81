#include "office/wordml.h"

#include <sstream>
#include <string_view>

#include "office/xml_text.h"

namespace office {
namespace {

using pugi::xml_node;

constexpr const char* kMain = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
constexpr const char* kRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

xml_node table(xml_node parent, const std::vector<int>& widths, bool has_borders) {
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
  xml_node padding = word(properties, "tblCellMar");
  for (const char* side : {"left", "right"}) {
    xml_node one = word(padding, side);
    set(one, "w", has_borders ? 57 : 0);
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
  if (style.colour != nullptr) set(word(properties, "color"), "val", style.colour);
  set(word(properties, "sz"), "val", style.size);
  set(word(properties, "szCs"), "val", style.size);
  if (style.underlined) set(word(properties, "u"), "val", "single");
}

std::string part_text(const char* text) {
  return std::string("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n") + text;
}

}  // namespace

xml_node word(xml_node parent, const char* name) {
  return parent.append_child((std::string("w:") + name).c_str());
}

void set(xml_node node, const char* name, const char* value) {
  node.append_attribute((std::string("w:") + name).c_str()) = value;
}

void set(xml_node node, const char* name, int value) { set(node, name, std::to_string(value).c_str()); }

xml_node line(xml_node parent, const std::string& text, const Style& style) {
  xml_node paragraph = word(parent, "p");
  xml_node properties = word(paragraph, "pPr");
  if (style.keep_with_next) word(properties, "keepNext");
  if (style.rule_indent >= 0) {
    xml_node rule = word(word(properties, "pBdr"), "bottom");
    set(rule, "val", "single");
    set(rule, "sz", 6);
    set(rule, "space", 1);
    set(rule, "color", "000000");
  }
  xml_node spacing = word(properties, "spacing");
  set(spacing, "before", style.before);
  set(spacing, "after", style.after);
  set(spacing, "line", style.line);
  set(spacing, "lineRule", "auto");
  if (style.rule_indent > 0 || style.first_line > 0) {
    xml_node indent = word(properties, "ind");
    if (style.rule_indent > 0) set(indent, "left", style.rule_indent), set(indent, "right", style.rule_indent);
    if (style.first_line > 0) set(indent, "firstLine", style.first_line);
  }
  set(word(properties, "jc"), "val", style.align);
  run_style(properties, style);  // of the paragraph mark: empty lines keep their height
  if (text.empty()) return paragraph;
  std::istringstream pieces(xml_text(text));
  std::string piece;
  for (bool first = true; std::getline(pieces, piece); first = false) {
    xml_node run = word(paragraph, "r");
    run_style(run, style);
    if (!first) word(run, "br");
    xml_node words = word(run, "t");
    words.append_attribute("xml:space") = "preserve";
    words.text() = piece.c_str();
  }
  return paragraph;
}

xml_node layout_table(xml_node parent, const std::vector<int>& widths) { return table(parent, widths, false); }
xml_node data_table(xml_node parent, const std::vector<int>& widths) { return table(parent, widths, true); }

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

std::string content_types() {
  return part_text(
      "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
      "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
      "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
      "<Override PartName=\"/word/document.xml\" "
      "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>"
      "<Override PartName=\"/word/styles.xml\" "
      "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>"
      "<Override PartName=\"/word/settings.xml\" "
      "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml\"/>"
      "<Override PartName=\"/word/header1.xml\" "
      "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml\"/>"
      "<Override PartName=\"/word/header2.xml\" "
      "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml\"/></Types>");
}

std::string package_relations() {
  return part_text(
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" "
      "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" "
      "Target=\"word/document.xml\"/></Relationships>");
}

std::string document_relations() {
  return part_text(
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
      "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" "
      "Target=\"styles.xml\"/>"
      "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/header\" "
      "Target=\"header1.xml\"/>"
      "<Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/header\" "
      "Target=\"header2.xml\"/>"
      "<Relationship Id=\"rId4\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings\" "
      "Target=\"settings.xml\"/></Relationships>");
}

std::string styles_part() {
  return part_text(
      "<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:docDefaults>"
      "<w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" "
      "w:eastAsia=\"Times New Roman\" w:cs=\"Times New Roman\"/><w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/>"
      "<w:lang w:val=\"vi-VN\" w:eastAsia=\"vi-VN\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>"
      "<w:pPrDefault/></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\">"
      "<w:name w:val=\"Normal\"/></w:style></w:styles>");
}

std::string settings_part() {
  return part_text(
      "<w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">"
      "<w:themeFontLang w:val=\"vi-VN\"/></w:settings>");
}

}  // namespace office
