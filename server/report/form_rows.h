#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace report {

/// What stands in the column of ordinals, as the numberings it may belong to: "I" is the first in
/// Roman or the ninth letter.
struct Ordinal {
  enum class Style : std::uint8_t { letter, roman, arabic, small_letter, dotted, dash };

  Style style = Style::arabic;
  int depth = 0;  ///< of dotted ones: 1 of "2.1", 2 of "2.1.3"
  int value = 0;  ///< the last one: 3 of "2.1.3"; 0 of a dash
};

/// Empty when it numbers nothing.
std::vector<Ordinal> ordinals_of(std::string_view text);

/// Finds each row's level from the ordinals, as they come: "A", "I", "1", "1.1" or "I", "1" or
/// only "1". A numbering that goes on belongs to its level; one that begins stands a level deeper.
class Levels {
 public:
  struct Found {
    int level = 0;
    bool follows = true;  ///< false when a number is missing, twice or out of order
  };

  Found next(const std::vector<Ordinal>& candidates);
  /// The level of a row without an ordinal: beside the last one.
  int beside() const { return open_.empty() ? 0 : static_cast<int>(open_.size()) - 1; }

 private:
  Found take(std::size_t level, const Ordinal& ordinal, bool follows);

  std::vector<Ordinal> open_;  // the last ordinal of each level
};

/// "Trong đó: …", "- …", "+ …": said again of the row above.
bool is_part_name(std::string_view name);

}  // namespace report
