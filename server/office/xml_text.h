#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace office {

/// Text that XML 1.0 can hold: NFC, without control characters other than tab and line feed,
/// without U+FFFE and U+FFFF, every line end a line feed. Throws std::invalid_argument when it is
/// not UTF-8.
std::string xml_text(std::string_view text);

/// As much of the text as fits in `count` UTF-16 units, which is how Excel counts.
std::string first_units(std::string_view text, std::size_t count);

/// Adds a code point as UTF-8. REQUIRES: it is one, and no half of a surrogate pair.
void append_character(std::string& out, char32_t character);

/// What stands between '&' and ';', as UTF-8; none when it is nothing that XML knows without a DTD.
std::optional<std::string> character_referred_to(std::string_view reference);

/// Throws std::invalid_argument when it is not UTF-8.
void require_utf8(std::string_view text);

}  // namespace office
