#include "store/sql_text.h"

#include <algorithm>

namespace store {
namespace {

bool begins_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

bool is_in_name(char c) { return begins_name(c) || (c >= '0' && c <= '9'); }

/// The place after the next `mark` from `from` on, or the end.
std::size_t after(std::string_view text, std::string_view mark, std::size_t from) {
  const std::size_t found = text.find(mark, from);
  return found == std::string_view::npos ? text.size() : found + mark.size();
}

/// The place after a quoted text whose quote, doubled, stands for itself.
std::size_t after_quote(std::string_view text, std::size_t at) {
  const std::string_view quote = text.substr(at, 1);
  std::size_t end = after(text, quote, at + 1);
  while (end < text.size() && text[end] == quote[0]) end = after(text, quote, end + 1);
  return end;
}

std::size_t name_end(std::string_view text, std::size_t at) {
  while (at < text.size() && is_in_name(text[at])) ++at;
  return at;
}

}  // namespace

std::size_t skip_quoted(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  if (rest.starts_with('\'') || rest.starts_with('"')) return after_quote(text, at);
  if (rest.starts_with("--")) return after(text, "\n", at);
  if (rest.starts_with("/*")) return after(text, "*/", at + 2);
  if (rest.starts_with('$')) {  // $$ … $$ or $tag$ … $tag$
    const std::size_t tag_end = name_end(text, at + 1);
    if (tag_end < text.size() && text[tag_end] == '$' &&
        (tag_end == at + 1 || begins_name(text[at + 1]))) {
      return after(text, text.substr(at, tag_end + 1 - at), tag_end + 1);
    }
  }
  return at;
}

bool is_blank_sql(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const bool is_comment = text.substr(i).starts_with("--") || text.substr(i).starts_with("/*");
    if (is_comment) {
      i = skip_quoted(text, i);
    } else if (std::string_view(" \t\r\n;").find(text[i]) != std::string_view::npos) {
      ++i;
    } else {
      return false;
    }
  }
  return true;
}

Numbered numbered(std::string_view text) {
  Numbered result;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = skip_quoted(text, i);
    if (end == i && text[i] == ':') {
      if (i + 1 < text.size() && text[i + 1] == ':') {
        end = i + 2;
      } else if (i + 1 < text.size() && begins_name(text[i + 1])) {
        end = name_end(text, i + 1);
        const std::string_view name = text.substr(i + 1, end - i - 1);
        auto& names = result.names;
        auto found = std::ranges::find(names, name);
        if (found == names.end()) found = names.emplace(names.end(), name);
        result.text += '$' + std::to_string(found - names.begin() + 1);
        i = end;
        continue;
      }
    }
    end = std::max(end, i + 1);
    result.text += text.substr(i, end - i);
    i = end;
  }
  return result;
}

}  // namespace store
