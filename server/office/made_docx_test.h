#pragma once

#include <pugixml.hpp>
#include <string>
#include <utility>
#include <vector>

#include "office/docx_parts.h"
#include "office/package.h"

/// Documents of a test's own making, whatever stands in them.
namespace office::testing {

#define TEST_WORD "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define TEST_RELATION "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

struct MadeDocx {
  std::string body;  ///< of w:body, without its section
  std::string section = "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/></w:sectPr>";
  std::string document;  ///< the whole part instead, when not empty
  std::string types = content_types();
  std::string document_links = document_relations();
  std::vector<std::pair<std::string, std::string>> more;  ///< further parts, or others' places

  std::string bytes() const {
    const std::string space = " xmlns:w=\"" TEST_WORD "\" xmlns:r=\"" TEST_RELATION "\"";
    std::vector<std::pair<std::string, std::string>> parts{
        {"[Content_Types].xml", types},
        {"_rels/.rels", package_relations()},
        {"docProps/core.xml", core_properties("cũ", "Người Soạn Mẫu")},
        {"docProps/app.xml", app_properties()},
        {"word/document.xml", document.empty() ? "<w:document" + space + "><w:body>" + body +
                                                     section + "</w:body></w:document>"
                                               : document},
        {"word/styles.xml", styles_part()},
        {"word/settings.xml", settings_part()},
        {"word/header1.xml", "<w:hdr" + space + "><w:p/></w:hdr>"},
        {"word/header2.xml", "<w:hdr" + space + "><w:p/></w:hdr>"},
        {"word/_rels/document.xml.rels", document_links}};
    for (const auto& [name, text] : more) {
      bool is_there = false;
      for (auto& part : parts) {
        if (part.first != name) continue;
        part.second = text;
        is_there = true;
      }
      if (!is_there) parts.emplace_back(name, text);
    }
    Package package;
    for (auto& [name, text] : parts) package.add(name, text);
    return package.bytes();
  }
};

inline std::string run(const std::string& text, const std::string& look = "") {
  return "<w:r>" + (look.empty() ? "" : "<w:rPr>" + look + "</w:rPr>") +
         "<w:t xml:space=\"preserve\">" + text + "</w:t></w:r>";
}
inline std::string paragraph(const std::string& text) { return "<w:p>" + run(text) + "</w:p>"; }
inline std::string cell_of(const std::string& inner) {
  return "<w:tc><w:tcPr><w:tcW w:w=\"3000\" w:type=\"dxa\"/></w:tcPr>" + inner + "</w:tc>";
}
inline std::string row_of(const std::vector<std::string>& cells) {
  std::string made = "<w:tr>";
  for (const std::string& cell : cells) made += cell_of(paragraph(cell));
  return made + "</w:tr>";
}
inline std::string table_of_rows(const std::vector<std::string>& rows) {
  std::string made = "<w:tbl><w:tblPr/><w:tblGrid/>";
  for (const std::string& row : rows) made += row;
  return made + "</w:tbl>";
}

inline pugi::xml_document tree_of(const std::string& bytes,
                                  const char* part = "word/document.xml") {
  pugi::xml_document tree;
  tree.load_string(part_of(bytes, part).c_str(), pugi::parse_default | pugi::parse_ws_pcdata);
  return tree;
}

/// Each paragraph's text, '|' for a line break, '>' for a tab.
inline std::vector<std::string> lines_of(const std::string& bytes,
                                         const char* part = "word/document.xml") {
  std::vector<std::string> lines;
  const auto tree = tree_of(bytes, part);
  for (const auto& found : tree.select_nodes("//w:p")) {
    std::string text;
    auto pieces = found.node().select_nodes("./w:r/w:t | ./w:r/w:br | ./w:r/w:tab");
    pieces.sort();
    for (const auto& one : pieces) {
      const std::string name = one.node().name();
      text += name == "w:br" ? "|" : name == "w:tab" ? ">" : one.node().text().get();
    }
    lines.push_back(text);
  }
  return lines;
}

}  // namespace office::testing
