#include "http/target.h"

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace http {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::string> decoded(std::string_view text, bool is_query) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && is_query) {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex_digit(text[i + 1]);
      const int low = hex_digit(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  const bool has_control = std::any_of(out.begin(), out.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
  });
  if (has_control || !base::is_utf8(out)) return std::nullopt;
  return out;
}

bool is_plain_path(std::string_view raw, std::string_view path) {
  if (path.find('\\') != std::string_view::npos) return false;
  if (path.find("//") != std::string_view::npos) return false;
  // An encoded slash would move the segments' borders.
  if (std::count(raw.begin(), raw.end(), '/') != std::count(path.begin(), path.end(), '/')) {
    return false;
  }
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::string_view segment = path.substr(0, path.find('/'));
    if (segment == "." || segment == "..") return false;
    path.remove_prefix(segment.size());
  }
  return true;
}

bool read_query(std::string_view text, Request& request) {
  while (!text.empty()) {
    const std::size_t amp = text.find('&');
    const std::string_view pair = text.substr(0, amp);
    text = amp == std::string_view::npos ? std::string_view{} : text.substr(amp + 1);
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    auto name = decoded(pair.substr(0, equals), true);
    auto value = equals == std::string_view::npos ? std::optional<std::string>("")
                                                  : decoded(pair.substr(equals + 1), true);
    if (!name || !value) return false;
    request.query.emplace_back(*std::move(name), *std::move(value));
  }
  return true;
}

/// The weight of `language` in an Accept-Language value, in thousandths; −1 when it is not named.
int weight_of(std::string_view accept, std::string_view language) {
  int best = -1;
  while (!accept.empty()) {
    const std::size_t comma = accept.find(',');
    std::string_view range = accept.substr(0, comma);
    accept = comma == std::string_view::npos ? std::string_view{} : accept.substr(comma + 1);
    while (!range.empty() && range.front() == ' ') range.remove_prefix(1);
    const std::string_view tag = range.substr(0, range.find_first_of("; "));
    const std::string_view primary = tag.substr(0, tag.find('-'));
    const bool same = primary.size() == language.size() &&
                      std::equal(primary.begin(), primary.end(), language.begin(),
                                 [](char a, char b) { return (a | 0x20) == b; });
    if (!same) continue;
    int weight = 1000;
    if (const std::size_t q = range.find("q="); q != std::string_view::npos) {
      weight = 0;
      int place = 1000;
      for (const char c : range.substr(q + 2, 5)) {
        if (c == '.') continue;
        if (c < '0' || c > '9' || place == 0) break;
        weight += (c - '0') * place;
        place /= 10;
      }
    }
    best = std::max(best, weight);
  }
  return best;
}

}  // namespace

bool read_target(std::string_view target, Request& request) {
  if (target.empty() || target.front() != '/') return false;
  const bool is_visible = std::all_of(target.begin(), target.end(),
                                      [](char c) { return c > 0x20 && c < 0x7f && c != '#'; });
  if (!is_visible) return false;
  const std::size_t question = target.find('?');
  const std::string_view raw = target.substr(0, question);
  auto path = decoded(raw, false);
  if (!path || !is_plain_path(raw, *path)) return false;
  request.path = *std::move(path);
  request.query.clear();
  return question == std::string_view::npos || read_query(target.substr(question + 1), request);
}

bool is_host(std::string_view host) {
  if (host.empty() || host.size() > 255) return false;
  return std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_' || c == ':' || c == '[' || c == ']';
  });
}

base::Language language_of(const Request& request) {
  if (const auto asked = request.asked("lang")) {
    if (*asked == "en") return base::Language::en;
    if (*asked == "vi") return base::Language::vi;
  }
  const std::string_view accept = request.header("accept-language").value_or("");
  const int english = weight_of(accept, "en");
  return english > 0 && english > weight_of(accept, "vi") ? base::Language::en : base::Language::vi;
}

}  // namespace http
