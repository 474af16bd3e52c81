#include "http/json.h"

#include <boost/json/basic_parser_impl.hpp>
#include <unordered_set>

#include "http/head_rules.h"

namespace http {
namespace {

constexpr std::size_t kMostDepth = 64;
constexpr std::size_t kMostFaults = 100;  // a file of nonsense is not answered line by line

std::string escaped(std::string_view key) {
  std::string out;
  for (const char c : key) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

/// Hears the parser's events and keeps where they happen, to find what a parsed value no longer
/// shows: duplicate keys and the text of numbers.
class Listener {
 public:
  static constexpr std::size_t max_object_size = std::size_t(-1);
  static constexpr std::size_t max_array_size = std::size_t(-1);
  static constexpr std::size_t max_key_size = std::size_t(-1);
  static constexpr std::size_t max_string_size = std::size_t(-1);
  using Error = json::error_code;
  using Text = json::string_view;

  base::Problems problems;
  std::string here() const {
    std::string pointer;
    for (const Level& level : levels_) {
      pointer += '/';
      pointer += level.is_array ? std::to_string(level.index) : escaped(level.key);
    }
    return pointer;
  }

  bool on_document_begin(Error&) { return true; }
  bool on_document_end(Error&) { return true; }
  bool on_object_begin(Error&) { return open(false); }
  bool on_object_end(std::size_t, Error&) { return close(); }
  bool on_array_begin(Error&) { return open(true); }
  bool on_array_end(std::size_t, Error&) { return close(); }
  bool on_key_part(Text part, std::size_t, Error&) {
    text_.append(part.data(), part.size());
    return true;
  }
  bool on_key(Text part, std::size_t, Error&) {
    text_.append(part.data(), part.size());
    Level& level = levels_.back();
    level.key = std::exchange(text_, {});
    if (level.key.find('\0') != std::string::npos) fault("json.nul");
    if (!level.keys.insert(level.key).second) fault("json.duplicate_key");
    return true;
  }
  bool on_string_part(Text part, std::size_t, Error&) {
    has_nul_ = has_nul_ || part.find('\0') != Text::npos;
    return true;
  }
  bool on_string(Text part, std::size_t, Error&) {
    if (has_nul_ || part.find('\0') != Text::npos) fault("json.nul");
    has_nul_ = false;
    return step();
  }
  bool on_number_part(Text, Error&) { return true; }
  bool on_int64(std::int64_t, Text, Error&) { return step(); }
  bool on_uint64(std::uint64_t, Text, Error&) { return inexact(); }
  bool on_double(double, Text, Error&) { return inexact(); }
  bool on_bool(bool, Error&) { return step(); }
  bool on_null(Error&) { return step(); }
  bool on_comment_part(Text, Error&) { return true; }
  bool on_comment(Text, Error&) { return true; }

 private:
  struct Level {
    bool is_array;
    std::size_t index = 0;
    std::string key;
    std::unordered_set<std::string> keys;
  };

  bool open(bool is_array) {
    levels_.push_back({is_array, 0, {}, {}});
    return true;
  }
  bool close() {
    levels_.pop_back();
    return step();
  }
  bool step() {
    if (!levels_.empty() && levels_.back().is_array) ++levels_.back().index;
    return true;
  }
  bool inexact() {
    fault("json.inexact_number");
    return step();
  }
  void fault(const char* code) {
    if (problems.size() < kMostFaults) {
      problems.push_back({base::ProblemKind::invalid, code, here(), {}});
    }
  }

  std::vector<Level> levels_;
  std::string text_;
  bool has_nul_ = false;
};

json::parse_options strict() {
  json::parse_options options;
  options.max_depth = kMostDepth;
  return options;
}

}  // namespace

base::Result<json::value> parse_json(std::string_view text) {
  json::basic_parser<Listener> parser(strict());
  json::error_code error;
  const std::size_t read = parser.write_some(false, text.data(), text.size(), error);
  if (error == json::error::too_deep) {
    return base::refuse(base::ProblemKind::malformed, "json.too_deep", parser.handler().here(),
                        {std::to_string(kMostDepth)});
  }
  if (error || read < text.size() || !parser.done()) {
    return base::refuse(base::ProblemKind::malformed, "json.malformed", {},
                        {std::to_string(read + 1)});
  }
  if (!parser.handler().problems.empty()) {
    return base::refuse(std::move(parser.handler().problems));
  }
  json::value value = json::parse({text.data(), text.size()}, error, {}, strict());
  if (error) return base::refuse(base::ProblemKind::malformed, "json.malformed", {}, {"1"});
  return value;
}

base::Result<json::value> body_json(const Request& request) {
  std::string_view type = request.header("content-type").value_or("");
  type = type.substr(0, type.find(';'));
  while (!type.empty() && type.back() == ' ') type.remove_suffix(1);
  if (lower(type) != "application/json") {
    return base::refuse(base::ProblemKind::malformed, "json.content_type");
  }
  auto value = parse_json(request.body);
  if (value && !value->is_object()) {
    return base::refuse(base::ProblemKind::malformed, "json.expected_object");
  }
  return value;
}

Response json_response(const json::value& value, int status) {
  Response response;
  response.status = status;
  response.body = json::serialize(value);
  return response;
}

}  // namespace http
