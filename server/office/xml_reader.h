#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "office/unzip.h"

namespace office {

/// Reads a part of a package as XML 1.0 in UTF-8, element by element, holding no more of it than
/// one tag: a tree of a sheet of 64 MB would take ten times as much. Names are local names, since
/// some programs write `x:row` for `row`.
///
/// Once it refuses it gives nothing more, and `finish` says why: "xlsx.doctype" (no DTD is read, so
/// no entity but the five of XML is known), "xlsx.malformed", "xlsx.encoding", or the refusal of
/// the part itself. What it has given until then is not to be used.
class XmlReader {
 public:
  explicit XmlReader(Zip::Part part) : source_(std::move(part)) {}
  /// A text that stands by itself. Its refusals are "xml.…" instead of "xlsx.…", with the line.
  /// REQUIRES: `text` outlives it.
  explicit XmlReader(std::string_view text) : source_(Text{text, 0}) {}

  /// How many elements are open; that many are above and including the one just entered.
  std::size_t depth() const { return depth_; }

  /// Enters the next child of the element open at `parent`, passing over what is deeper. False
  /// when that element has ended. `while (xml.next_child(row)) if (xml.name() == "c") …`
  bool next_child(std::size_t parent);

  /// Enters the next element, however deep it lies. False at the end, and when it refuses.
  bool next_element();

  /// Of the element just entered; until the next call of next_child or text.
  std::string_view name() const { return local(tag_); }
  /// The attribute of that name; if there is none, the one of that local name (`id` for `r:id`).
  std::optional<std::string> attribute(std::string_view name);
  /// The names of all of them, as written, in order.
  std::vector<std::string> attribute_names() const;

  /// The character data of the element just entered, up to its end, that of its children left out;
  /// line ends as line feeds. `is_too_long` is set when there was more than `most` UTF-16 units.
  std::string text(std::size_t most, bool& is_too_long);

  bool is_sound() const { return !fault_; }
  /// Reads on to the end of the part, and says whether it was sound to the end.
  std::optional<base::Problem> finish();

 private:
  enum class Event { start, end, text, stop };

  static std::string_view local(std::string_view name);
  Event next();
  Event tag();
  Event end_tag();
  Event character_data();
  Event reference();
  bool passes_over_markup();
  bool cdata();
  bool skip_past(std::string_view end);
  bool parse_attributes(std::string_view rest);
  std::optional<std::size_t> tag_end();
  bool fill(std::size_t count) { return buffer_.size() - at_ >= count || fill_more(count); }
  bool fill_more(std::size_t count);
  bool starts(std::string_view with);
  Event fail(const char* code);
  std::string decoded(std::string_view value);

  struct Text {
    std::string_view all;
    std::size_t given;
  };
  std::size_t read(char* into, std::size_t most);

  std::variant<Zip::Part, Text> source_;
  std::string buffer_;
  std::size_t at_ = 0;
  bool is_at_end_ = false;
  bool has_begun_ = false;
  bool has_root_ = false;
  bool ends_itself_ = false;  // the tag just given was <like this/>
  bool is_in_cdata_ = false;
  std::vector<std::string> open_;
  std::size_t depth_ = 0;
  std::string_view tag_;
  std::vector<std::pair<std::string_view, std::string_view>> attributes_;
  std::string_view piece_;
  std::string character_;
  std::optional<base::Problem> fault_;
};

}  // namespace office
