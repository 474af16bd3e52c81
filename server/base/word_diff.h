#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace base {

/// A piece of two texts laid over each other.
struct Span {
  enum class Kind { same, removed, added };
  Kind kind = Kind::same;
  std::string text;

  friend bool operator==(const Span&, const Span&) = default;
};

/// What changed from `before` to `after`, word by word: the pieces that are not `added` make
/// `before`, those not `removed` make `after`, to the byte. A number with its separators and what
/// stands in double braces are one word; removed stands before added. Where more than some twenty
/// thousand words differ, what lies between their equal beginnings and ends is told as one change.
/// REQUIRES: valid UTF-8.
std::vector<Span> word_difference(std::string_view before, std::string_view after);

}  // namespace base
