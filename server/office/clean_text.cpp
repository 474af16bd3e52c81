#include "office/clean_text.h"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <string_view>

#include "base/text.h"

namespace office {
namespace {

constexpr std::string_view kNbsp = "\xC2\xA0";
constexpr std::string_view kBlanks = " \t\r\n";

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

void trim(std::string& text) {
  const std::size_t last = text.find_last_not_of(kBlanks);
  text.erase(last == std::string::npos ? 0 : last + 1);
  text.erase(0, std::min(text.find_first_not_of(kBlanks), text.size()));
}

/// In one go: a text of nothing but NBSP would else take time in the square of its length.
std::string with_blanks(std::string_view text) {
  std::string made;
  made.reserve(text.size());
  while (!text.empty()) {
    const std::size_t at = std::min(text.find(kNbsp), text.size());
    made += text.substr(0, at);
    if (at == text.size()) break;
    made += ' ';
    text.remove_prefix(at + kNbsp.size());
  }
  return made;
}

}  // namespace

std::string clean_text(std::string text, std::set<std::string>& doubts) {
  if (!is_ascii(text)) {
    std::string composed = base::nfc(text);
    if (composed != text) doubts.insert("csv.nfd");
    text = std::move(composed);
    if (text.find(kNbsp) != std::string::npos) {
      text = with_blanks(text);
      doubts.insert("csv.nbsp");
    }
  }
  trim(text);
  return text;
}

std::string column_name(std::string text, std::set<std::string>& doubts) {
  const std::string tidied = base::tidy(clean_text(std::move(text), doubts));
  std::string made;
  icu::UnicodeString::fromUTF8(tidied).toLower(icu::Locale::getRoot()).toUTF8String(made);
  return made;
}

}  // namespace office
