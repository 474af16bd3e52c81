#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace office {

/// Text that XML 1.0 can hold: NFC, without control characters other than tab and line feed,
/// without U+FFFE and U+FFFF, every line end a line feed. Throws std::invalid_argument when it is
/// not UTF-8.
std::string xml_text(std::string_view text);

/// As much of the text as fits in `count` UTF-16 units, which is how Excel counts.
std::string first_units(std::string_view text, std::size_t count);

/// Throws std::invalid_argument when it is not UTF-8.
void require_utf8(std::string_view text);

}  // namespace office
