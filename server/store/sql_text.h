#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace store {

/// The place after the literal, quoted name or comment that begins at `at`; `at` itself when none
/// does.
std::size_t skip_quoted(std::string_view text, std::size_t at);

/// True when nothing but blanks, comments and semicolons is left.
bool is_blank_sql(std::string_view text);

/// A statement with :names turned into $1, $2 …, each name numbered once.
struct Numbered {
  std::string text;
  std::vector<std::string> names;  ///< names[0] is $1
};

/// For PostgreSQL. Leaves literals, quoted names, comments and ::casts alone.
Numbered numbered(std::string_view text);

}  // namespace store
