#include "publish/markup.h"

namespace publish {

Markup Markup::html() {
  Markup made;
  made.out_ = "<!DOCTYPE html>\n";
  return made;
}

Markup Markup::xml() {
  Markup made;
  made.out_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  return made;
}

void Markup::begin(Name name, Attributes attributes) {
  out_ += '<';
  out_ += name.text();
  for (const Attribute& one : attributes) {
    out_ += ' ';
    out_ += one.name.text();
    out_ += "=\"";
    out_ += escaped(one.value);
    out_ += '"';
  }
}

void Markup::open(Name name, Attributes attributes) {
  begin(name, attributes);
  out_ += '>';
}

void Markup::close(Name name) {
  out_ += "</";
  out_ += name.text();
  out_ += '>';
}

Markup& Markup::element(Name name, Attributes attributes, std::string_view words) {
  open(name, attributes);
  text(words);
  close(name);
  return *this;
}

Markup& Markup::empty(Name name, Attributes attributes) {
  begin(name, attributes);
  out_ += "/>";
  return *this;
}

Markup& Markup::text(std::string_view words) {
  out_ += escaped(words);
  return *this;
}

std::string escaped(std::string_view words) {
  std::string made;
  made.reserve(words.size() + words.size() / 16);
  for (const char c : words) {
    switch (c) {
      case '&':
        made += "&amp;";
        break;
      case '<':
        made += "&lt;";
        break;
      case '>':
        made += "&gt;";
        break;
      case '"':
        made += "&quot;";
        break;
      case '\'':
        made += "&#39;";
        break;
      default:
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 || c == '\n' || c == '\t') made += c;
    }
  }
  return made;
}

std::string url_part(std::string_view words) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string made;
  for (const char c : words) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '~';
    if (is_plain) {
      made += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    made += '%';
    made += kDigits[byte >> 4U];
    made += kDigits[byte & 15U];
  }
  return made;
}

}  // namespace publish
