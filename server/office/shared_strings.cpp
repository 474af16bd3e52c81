#include "office/shared_strings.h"

#include <algorithm>

namespace office {

void SharedStrings::add(std::string_view text, bool is_too_long) {
  if (is_too_long) {
    too_long_.insert(ends_.size());
  } else {
    all_ += text;
  }
  ends_.push_back(static_cast<std::uint32_t>(all_.size()));
}

std::string_view SharedStrings::text(std::size_t index) const {
  const std::size_t from = index == 0 ? 0 : ends_[index - 1];
  return std::string_view(all_).substr(from, ends_[index] - from);
}

std::string rich_text(XmlReader& xml, std::size_t most_units, bool& is_too_long) {
  const std::size_t item = xml.depth();
  std::string all;
  std::size_t units = 0;
  const auto add = [&] {
    bool is_over = false;
    const std::string piece = xml.text(most_units - std::min(units, most_units), is_over);
    is_too_long = is_too_long || is_over;
    for (const char c : piece) {
      const auto byte = static_cast<unsigned char>(c);
      if ((byte & 0xC0U) != 0x80) units += byte >= 0xF0 ? 2 : 1;
    }
    all += piece;
  };
  while (xml.next_child(item)) {
    if (xml.name() == "t") {
      add();
    } else if (xml.name() == "r") {
      const std::size_t run = xml.depth();
      while (xml.next_child(run)) {
        if (xml.name() == "t") add();
      }
    }
  }
  return all;
}

}  // namespace office
