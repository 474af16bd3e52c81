#include "office/xml_reader.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "office/xml_text.h"

namespace office {
namespace {

constexpr std::size_t kChunk = 64 * 1024;
constexpr std::size_t kLongestTag = 1024 * 1024;  // lists of conditional formats' ranges are long
constexpr std::size_t kDeepest = 64;
constexpr std::size_t kMostAttributes = 256;
constexpr std::size_t kLongestReference = 12;
/// What each fault of a part is called in a text that stands by itself.
constexpr std::array<std::pair<std::string_view, const char*>, 3> kFaultsOfText{
    {{"xlsx.malformed", "xml.malformed"},
     {"xlsx.encoding", "xml.encoding"},
     {"xlsx.doctype", "xml.doctype"}}};

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

/// Where the first blank stands, or the end. A sheet is mostly tags: library searches for one of
/// several characters take a call for each character.
std::size_t first_blank(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && !is_blank(text[at])) ++at;
  return at;
}

std::size_t after_blanks(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && is_blank(text[at])) ++at;
  return at;
}

bool is_name(std::string_view name) {
  if (name.empty() || (name.front() >= '0' && name.front() <= '9') || name.front() == '-' ||
      name.front() == '.') {
    return false;
  }
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == ':' || c == '-' || c == '.' || static_cast<unsigned char>(c) >= 0x80;
  });
}

/// Every line end as a line feed.
std::string with_line_feeds(const std::string& text) {
  std::string made;
  made.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      made += text[i];
    } else if (i + 1 == text.size() || text[i + 1] != '\n') {
      made += '\n';
    }
  }
  return made;
}

}  // namespace

std::string_view XmlReader::local(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

XmlReader::Event XmlReader::fail(const char* code) {
  if (fault_) return Event::stop;
  if (const auto* part = std::get_if<Zip::Part>(&source_)) {
    fault_ = base::Problem{base::ProblemKind::malformed, code, part->name(), {part->name()}};
    return Event::stop;
  }
  const Text& text = std::get<Text>(source_);
  const std::string_view before = text.all.substr(0, text.given - (buffer_.size() - at_));
  const std::string line = std::to_string(1 + std::count(before.begin(), before.end(), '\n'));
  const auto* const of_text =
      std::find_if(kFaultsOfText.begin(), kFaultsOfText.end(),
                   [code](const auto& pair) { return pair.first == std::string_view(code); });
  fault_ = base::Problem{base::ProblemKind::malformed, of_text->second, "line " + line, {line}};
  return Event::stop;
}

std::size_t XmlReader::read(char* into, std::size_t most) {
  if (auto* part = std::get_if<Zip::Part>(&source_)) return part->read(into, most);
  Text& text = std::get<Text>(source_);
  const std::size_t got = std::min(most, text.all.size() - text.given);
  std::copy_n(text.all.data() + text.given, got, into);
  text.given += got;
  return got;
}

bool XmlReader::fill_more(std::size_t count) {
  while (buffer_.size() - at_ < count && !is_at_end_) {
    buffer_.erase(0, at_);
    at_ = 0;
    const std::size_t had = buffer_.size();
    buffer_.resize(had + kChunk);
    const std::size_t got = read(buffer_.data() + had, kChunk);
    buffer_.resize(had + got);
    is_at_end_ = got == 0;
  }
  return buffer_.size() - at_ >= count;
}

bool XmlReader::starts(std::string_view with) {
  return fill(with.size()) && buffer_.compare(at_, with.size(), with) == 0;
}

/// Everything up to and including `end` is passed over, chunk by chunk.
bool XmlReader::skip_past(std::string_view end) {
  for (;;) {
    const std::size_t found = buffer_.find(end, at_);
    if (found != std::string::npos) {
      at_ = found + end.size();
      return true;
    }
    at_ = std::max(at_, buffer_.size() - std::min(buffer_.size(), end.size() - 1));
    if (!fill(buffer_.size() - at_ + 1)) return false;
  }
}

/// Of the '>' that ends the tag at hand, quoted ones not counted; the whole tag is then held.
std::optional<std::size_t> XmlReader::tag_end() {
  char quote = '\0';
  std::size_t ahead = 1;
  while (fill(ahead + 1)) {
    const std::size_t held = std::min(buffer_.size() - at_, kLongestTag + 1);
    for (; ahead < held; ++ahead) {
      const char c = buffer_[at_ + ahead];
      if (quote != '\0') {
        if (c == quote) quote = '\0';
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '>') {
        return at_ + ahead;
      }
    }
    if (ahead > kLongestTag) return std::nullopt;
  }
  return std::nullopt;
}

bool XmlReader::parse_attributes(std::string_view rest) {
  attributes_.clear();
  for (;;) {
    const std::size_t from = after_blanks(rest);
    if (from == rest.size()) return true;
    if (from == 0) return false;  // a blank stands before each
    rest.remove_prefix(from);
    const std::size_t equals = rest.find('=');
    if (equals == std::string_view::npos) return false;
    std::string_view name = rest.substr(0, equals);
    while (!name.empty() && is_blank(name.back())) name.remove_suffix(1);
    rest.remove_prefix(equals + 1);
    rest.remove_prefix(after_blanks(rest));
    if (rest.empty() || (rest.front() != '"' && rest.front() != '\'')) return false;
    const std::size_t close = rest.find(rest.front(), 1);
    if (close == std::string_view::npos) return false;
    const std::string_view value = rest.substr(1, close - 1);
    rest.remove_prefix(close + 1);
    const auto is_same = [&](const auto& other) { return other.first == name; };
    if (!is_name(name) || value.find('<') != std::string_view::npos ||
        std::any_of(attributes_.begin(), attributes_.end(), is_same) ||
        attributes_.size() == kMostAttributes) {
      return false;
    }
    attributes_.emplace_back(name, value);
  }
}

XmlReader::Event XmlReader::tag() {
  const auto end = tag_end();
  if (!end || depth_ == kDeepest || (depth_ == 0 && has_root_)) return fail("xlsx.malformed");
  std::string_view whole(buffer_);
  whole = whole.substr(at_ + 1, *end - at_ - 1);
  at_ = *end + 1;
  ends_itself_ = whole.ends_with('/');
  if (ends_itself_) whole.remove_suffix(1);
  tag_ = whole.substr(0, first_blank(whole));
  if (!is_name(tag_) || !parse_attributes(whole.substr(tag_.size()))) return fail("xlsx.malformed");
  has_root_ = true;
  if (open_.size() == depth_) open_.emplace_back();
  open_[depth_++] = tag_;
  return Event::start;
}

XmlReader::Event XmlReader::end_tag() {
  const auto end = tag_end();
  if (!end || depth_ == 0) return fail("xlsx.malformed");
  std::string_view name(buffer_);
  name = name.substr(at_ + 2, *end - at_ - 2);
  while (!name.empty() && is_blank(name.back())) name.remove_suffix(1);
  at_ = *end + 1;
  if (name != open_[depth_ - 1]) return fail("xlsx.malformed");
  --depth_;
  return Event::end;
}

XmlReader::Event XmlReader::reference() {
  const std::size_t end = fill(kLongestReference) || is_at_end_ ? buffer_.find(';', at_) : at_;
  if (end == std::string::npos || end - at_ > kLongestReference) return fail("xlsx.malformed");
  const auto character =
      character_referred_to(std::string_view(buffer_).substr(at_ + 1, end - at_ - 1));
  if (!character || depth_ == 0) return fail("xlsx.malformed");
  at_ = end + 1;
  character_ = *character;
  piece_ = character_;
  return Event::text;
}

XmlReader::Event XmlReader::character_data() {
  const std::size_t from = at_;
  for (; at_ < buffer_.size(); ++at_) {
    const auto c = static_cast<unsigned char>(buffer_[at_]);
    if (c == '<' || c == '&') break;
    if ((c < 0x20 && !is_blank(buffer_[at_])) || (depth_ == 0 && !is_blank(buffer_[at_])))
      return fail("xlsx.malformed");
  }
  piece_ = std::string_view(buffer_).substr(from, at_ - from);
  return Event::text;
}

/// Gives the next piece of a CDATA section as `piece_`; false at its end.
bool XmlReader::cdata() {
  static constexpr std::string_view kEnd = "]]>";
  if (!fill(kEnd.size())) {
    fail("xlsx.malformed");
    return false;
  }
  const std::size_t found = buffer_.find(kEnd, at_);
  const std::size_t to = found == std::string::npos ? buffer_.size() - 2 : found;
  piece_ = std::string_view(buffer_).substr(at_, to - at_);
  at_ = to;
  if (found == at_ && piece_.empty()) {
    at_ += kEnd.size();
    return is_in_cdata_ = false;
  }
  const auto is_forbidden = [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && !is_blank(c);
  };
  if (std::any_of(piece_.begin(), piece_.end(), is_forbidden)) {
    fail("xlsx.malformed");
    return false;
  }
  return true;
}

/// Passes over a comment or an instruction; false when there is none at hand, or it is refused.
bool XmlReader::passes_over_markup() {
  if (starts("<!--")) {
    at_ += 4;
    if (!skip_past("-->")) fail("xlsx.malformed");
    return !fault_;
  }
  if (starts("<?xml") && fill(6) && is_blank(buffer_[at_ + 5])) {
    const auto end = tag_end();
    if (!end || has_root_) {
      fail("xlsx.malformed");
      return false;
    }
    std::string declaration = buffer_.substr(at_, *end - at_);
    for (char& c : declaration) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    if (declaration.find("encoding") != std::string::npos &&
        declaration.find("utf-8") == std::string::npos &&
        declaration.find("us-ascii") == std::string::npos) {
      fail("xlsx.encoding");
      return false;
    }
    at_ = *end + 1;
    return true;
  }
  if (starts("<?")) {
    if (!skip_past("?>")) fail("xlsx.malformed");
    return !fault_;
  }
  return false;
}

XmlReader::Event XmlReader::next() {
  tag_ = {};  // what they look at may move
  attributes_.clear();
  if (fault_) return Event::stop;
  if (ends_itself_) {
    ends_itself_ = false;
    --depth_;
    return Event::end;
  }
  if (!has_begun_) {
    has_begun_ = true;
    if (starts("\xEF\xBB\xBF")) at_ += 3;
    if (starts("\xFF\xFE") || starts("\xFE\xFF") || starts(std::string_view("\0", 1)) ||
        starts(std::string_view("<\0", 2))) {
      return fail("xlsx.encoding");
    }
  }
  for (;;) {
    if (is_in_cdata_) {
      if (cdata()) return Event::text;
      if (fault_) return Event::stop;
      continue;
    }
    if (!fill(1)) return depth_ == 0 && has_root_ ? Event::stop : fail("xlsx.malformed");
    if (buffer_[at_] == '&') return reference();
    if (buffer_[at_] != '<') return character_data();
    const char after = fill(2) ? buffer_[at_ + 1] : '\0';
    if (after == '/') return end_tag();
    if (after != '!' && after != '?') return tag();
    if (starts("<![CDATA[") && depth_ > 0) {
      at_ += 9;
      is_in_cdata_ = true;
      continue;
    }
    if (starts("<!DOCTYPE") || starts("<!doctype")) return fail("xlsx.doctype");
    if (passes_over_markup()) continue;
    if (fault_) return Event::stop;
    return starts("<!") ? fail("xlsx.malformed") : tag();
  }
}

bool XmlReader::next_child(std::size_t parent) {
  if (depth_ < parent) return false;
  for (Event event = next(); event != Event::stop; event = next()) {
    if (event == Event::end && depth_ < parent) return false;
    if (event == Event::start && depth_ == parent + 1) return true;
  }
  return false;
}

bool XmlReader::next_element() {
  for (Event event = next(); event != Event::stop; event = next()) {
    if (event == Event::start) return true;
  }
  return false;
}

std::string XmlReader::decoded(std::string_view value) {
  std::string made;
  while (!value.empty()) {
    const std::size_t amp = std::min(value.find('&'), value.size());
    made += value.substr(0, amp);
    value.remove_prefix(amp);
    if (value.empty()) break;
    const std::size_t end = value.find(';');
    const auto character = end == std::string_view::npos
                               ? std::nullopt
                               : character_referred_to(value.substr(1, end - 1));
    if (!character) {
      fail("xlsx.malformed");
      return {};
    }
    made += *character;
    value.remove_prefix(end + 1);
  }
  return made;
}

std::optional<std::string> XmlReader::attribute(std::string_view name) {
  auto at = std::find_if(attributes_.begin(), attributes_.end(),
                         [&](const auto& one) { return one.first == name; });
  if (at == attributes_.end()) {
    at = std::find_if(attributes_.begin(), attributes_.end(), [&](const auto& one) {
      return local(one.first) == name && !one.first.starts_with("xmlns:");
    });
  }
  if (at == attributes_.end()) return std::nullopt;
  std::string made = decoded(at->second);
  if (!base::is_utf8(made)) fail("xlsx.encoding");
  return made;
}

std::vector<std::string> XmlReader::attribute_names() const {
  std::vector<std::string> names;
  for (const auto& [name, value] : attributes_) names.emplace_back(name);
  return names;
}

std::string XmlReader::text(std::size_t most, bool& is_too_long) {
  const std::size_t within = depth_;
  std::string all;
  std::size_t units = 0;
  is_too_long = false;
  for (Event event = next(); event != Event::stop; event = next()) {
    if (event == Event::end && depth_ < within) break;
    if (event != Event::text || depth_ != within || is_too_long) continue;
    for (const char c : piece_) {
      const auto byte = static_cast<unsigned char>(c);
      if ((byte & 0xC0U) != 0x80) units += byte >= 0xF0 ? 2 : 1;
    }
    is_too_long = units > most;
    if (!is_too_long) all += piece_;
  }
  if (!is_too_long && !base::is_utf8(all)) fail("xlsx.encoding");
  return with_line_feeds(all);
}

std::optional<base::Problem> XmlReader::finish() {
  while (next() != Event::stop) continue;
  // Cut short by its part, it looks malformed; the part knows better.
  const auto* part = std::get_if<Zip::Part>(&source_);
  return part && part->refusal() ? part->refusal() : fault_;
}

}  // namespace office
