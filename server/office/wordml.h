#pragma once

#include <pugixml.hpp>
#include <string>
#include <vector>

/// The small part of WordprocessingML that official documents need. Lengths in twips (1/20 pt), sizes in half points.
namespace office {

inline constexpr int kA4Short = 11906;
inline constexpr int kA4Long = 16838;

constexpr int mm(double millimetres) { return static_cast<int>(millimetres * 1440 / 25.4 + 0.5); }

/// Appends <w:name>.
pugi::xml_node word(pugi::xml_node parent, const char* name);
/// Sets the attribute w:name.
void set(pugi::xml_node node, const char* name, const char* value);
void set(pugi::xml_node node, const char* name, int value);

struct Style {
  int size = 28;
  bool bold = false;
  bool italic = false;
  bool underlined = false;
  const char* align = "center";
  int before = 0;
  int after = 0;
  int first_line = 0;
  int line = 240;        ///< 240 is single spacing
  int rule_indent = -1;  ///< a drawn rule under the text, this far from both sides; none below zero
  bool keep_with_next = false;
  const char* colour = nullptr;
};

/// A paragraph of one style; line feeds in the text become line breaks.
pugi::xml_node line(pugi::xml_node parent, const std::string& text, const Style& style);

/// A table without borders, to place blocks side by side; and one with thin borders, for figures.
pugi::xml_node layout_table(pugi::xml_node parent, const std::vector<int>& widths);
pugi::xml_node data_table(pugi::xml_node parent, const std::vector<int>& widths);
/// A cell of a row; a padded one belongs to a data table.
pugi::xml_node cell(pugi::xml_node row, int width, bool padded = false);

pugi::xml_node start_part(pugi::xml_document& part, const char* root);
std::string to_text(const pugi::xml_document& part);

std::string content_types();
std::string package_relations();
std::string document_relations();
std::string styles_part();
std::string settings_part();

}  // namespace office
