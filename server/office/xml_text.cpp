#include "office/xml_text.h"

#include <stdexcept>

#include "base/text.h"

namespace office {

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

std::string first_characters(std::string_view text, std::size_t count) {
  std::size_t characters = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool starts = (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80;
    if (starts && characters++ == count) return std::string(text.substr(0, i));
  }
  return std::string(text);
}

}  // namespace office
