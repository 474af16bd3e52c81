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
