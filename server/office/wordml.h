#pragma once

#include <functional>
#include <pugixml.hpp>
#include <string>
#include <vector>

/// The small part of WordprocessingML that official documents need. Lengths in twips (1/20 pt),
/// sizes in half points.
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
  bool capitals = false;  ///< shown in capitals, whatever the text's case
  const char* align = "center";
  int before = 0;
  int after = 0;
  int first_line = 0;
  int line = 240;    ///< 240 is single spacing
  int left = 0;      ///< indent of the whole paragraph
  int outline = -1;  ///< level in the document's outline; none below zero
  bool keep_with_next = false;
  bool on_new_page = false;
  const char* colour = nullptr;
};

/// Sets w:val of a node that may have one.
void set_value(pugi::xml_node node, const char* value);
/// How a paragraph stands, in its w:pPr, instead of how it stood.
void align(pugi::xml_node properties, const char* how, int left);

/// The runs of a text; line feeds become line breaks, tabs tabs. `style` is called for each run.
void add_runs(pugi::xml_node paragraph, const std::string& text,
              const std::function<void(pugi::xml_node)>& style);
/// The text of one run, behind what it holds.
void add_words(pugi::xml_node run, const std::string& text);

/// A paragraph of one style; line feeds in the text become line breaks.
pugi::xml_node line(pugi::xml_node parent, const std::string& text, const Style& style);

/// A drawn line `length` long in the middle of `width`: never underscores, and never as wide as its
/// cell.
void rule(pugi::xml_node parent, int width, int length);

/// A paragraph next to nothing high, where the format wants one; its properties.
pugi::xml_node hairline(pugi::xml_node parent);

/// How wide the text is, near enough to draw a rule by. `per_letter`: thousandths of the size.
int estimated_width(const std::string& text, int size, int per_letter);
inline constexpr int kBoldCapitals = 710;
inline constexpr int kBoldLetters = 510;

/// A table without borders, to place blocks side by side; and one with thin borders, for figures,
/// with `padding` above and below its text.
pugi::xml_node layout_table(pugi::xml_node parent, const std::vector<int>& widths);
pugi::xml_node data_table(pugi::xml_node parent, const std::vector<int>& widths, int padding);
/// A cell of a row; a padded one belongs to a data table.
pugi::xml_node cell(pugi::xml_node row, int width, bool padded = false);

pugi::xml_node start_part(pugi::xml_document& part, const char* root);
std::string to_text(const pugi::xml_document& part);
/// A node as text, behind what `text` holds.
void append_text(pugi::xml_node node, std::string& text);

}  // namespace office
