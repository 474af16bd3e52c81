#include "office/xml_text.h"

#include <charconv>
#include <stdexcept>

#include "base/text.h"

namespace office {
namespace {

/// A character that may stand in XML 1.0, section 2.2.
bool is_character(unsigned long c) {
  return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0xD7FF) ||
         (c >= 0xE000 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0x10FFFF);
}

}  // namespace

void require_utf8(std::string_view text) {
  if (!base::is_utf8(text)) throw std::invalid_argument("office: text is not UTF-8");
}

std::string xml_text(std::string_view text) {
  require_utf8(text);
  const std::string composed = base::nfc(text);
  std::string made;
  made.reserve(composed.size());
  for (std::size_t i = 0; i < composed.size(); ++i) {
    const auto c = static_cast<unsigned char>(composed[i]);
    if (c == '\r') {  // a line end of its own, or the first half of one
      if (i + 1 == composed.size() || composed[i + 1] != '\n') made += '\n';
      continue;
    }
    if ((c < 0x20 && c != '\t' && c != '\n') || c == 0x7F) continue;
    if (c == 0xEF && composed.compare(i, 2, "\xEF\xBF") == 0 && i + 2 < composed.size() &&
        static_cast<unsigned char>(composed[i + 2]) >= 0xBE) {
      i += 2;  // U+FFFE, U+FFFF
      continue;
    }
    made += composed[i];
  }
  return made;
}

void append_character(std::string& out, char32_t character) {
  const auto add = [&](char32_t byte) { out += static_cast<char>(byte); };
  const auto rest = [&](int shift) { add(0x80 | ((character >> shift) & 0x3F)); };
  if (character < 0x80) {
    add(character);
  } else if (character < 0x800) {
    add(0xC0 | (character >> 6));
  } else if (character < 0x10000) {
    add(0xE0 | (character >> 12));
    rest(6);
  } else {
    add(0xF0 | (character >> 18));
    rest(12);
    rest(6);
  }
  if (character >= 0x80) rest(0);
}

std::optional<std::string> character_referred_to(std::string_view reference) {
  if (reference == "amp") return "&";
  if (reference == "lt") return "<";
  if (reference == "gt") return ">";
  if (reference == "quot") return "\"";
  if (reference == "apos") return "'";
  if (!reference.starts_with('#')) return std::nullopt;
  reference.remove_prefix(1);
  const int base = reference.starts_with('x') ? 16 : 10;
  if (base == 16) reference.remove_prefix(1);
  unsigned long c = 0;
  const auto [stop, error] =
      std::from_chars(reference.data(), reference.data() + reference.size(), c, base);
  if (error != std::errc() || stop != reference.data() + reference.size() || !is_character(c))
    return std::nullopt;
  std::string made;
  append_character(made, static_cast<char32_t>(c));
  return made;
}

std::string first_units(std::string_view text, std::size_t count) {
  std::size_t units = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xC0) == 0x80) continue;
    units += byte >= 0xF0 ? 2 : 1;
    if (units > count) return std::string(text.substr(0, i));
  }
  return std::string(text);
}

}  // namespace office
