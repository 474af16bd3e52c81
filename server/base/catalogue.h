#pragma once

#include <span>
#include <string_view>

namespace base {

/// One problem's words, as its folder's problems.json has them.
struct Entry {
  std::string_view code;
  std::string_view vi;
  std::string_view en;
};

/// Every entry, sorted by code; the definition is made at build time.
std::span<const Entry> catalogue();

}  // namespace base
