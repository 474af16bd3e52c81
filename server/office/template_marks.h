#pragma once

#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

/// Where fields stand in a part of a template.
namespace office {

/// The text of one paragraph, and which run each character stands in. Paragraphs of text boxes that
/// hang on it are their own.
class ParagraphText {
 public:
  explicit ParagraphText(pugi::xml_node paragraph);

  const std::string& text() const { return text_; }
  /// Puts a value in the place of [from, to), with the look of the character at `from`. What stands
  /// before `from` keeps its places: replace from the end on.
  void replace(std::size_t from, std::size_t to, const std::string& value);

 private:
  struct Piece {
    pugi::xml_node node;  ///< w:t
    std::size_t from, size;
  };
  void collect(pugi::xml_node parent);

  std::string text_;
  std::vector<Piece> pieces_;
};

struct Mark {
  enum class Kind { field, open, close };
  Kind kind = Kind::field;
  std::string name;  ///< folded: "so_ky_hieu"
  pugi::xml_node paragraph;
  std::size_t from = 0, to = 0;  ///< in the paragraph's text, braces included
  bool is_alone = false;         ///< nothing else stands in the paragraph but blanks
};

/// The name of a field as it is compared: marks and case folded, blanks as '_'.
std::string field_name(std::string_view written);

/// All paragraphs of a part in document order.
std::vector<pugi::xml_node> paragraphs_of(pugi::xml_node root);
/// The marks of a paragraph; `is_sound` is cleared when braces do not pair.
std::vector<Mark> marks_of(pugi::xml_node paragraph, bool& is_sound);

/// What a block repeats: `first` to `last`, siblings.
struct Span {
  pugi::xml_node first, last;
};
/// Rows when the marks stand in different cells or rows of one table, else paragraphs; none when
/// they lie in places that no such siblings span.
std::optional<Span> span_of(pugi::xml_node open, pugi::xml_node close);

bool lies_in(pugi::xml_node node, const char* name);

}  // namespace office
