#include <boost/json/basic_parser_impl.hpp>
#include <string>
#include <vector>

#include "exchange/set_builder.h"

namespace exchange {
namespace {

namespace json = boost::json;

constexpr std::size_t kDeepest = 8;

/// Hears a dataValueSet piece by piece, so that a million values are never held as a tree:
/// {"dataSet": …, "dataValues": [{"dataElement": …, "value": …}, …]}.
class Listener {
 public:
  static constexpr std::size_t max_object_size = std::size_t(-1);
  static constexpr std::size_t max_array_size = kMostValues + 1;
  static constexpr std::size_t max_key_size = 1000;
  static constexpr std::size_t max_string_size = 1'000'000;
  using Error = json::error_code;
  using Text = json::string_view;

  explicit Listener(std::size_t most_values) : builder_(Form::json, most_values) {}
  SetBuilder& builder() { return builder_; }

  bool on_document_begin(Error&) { return true; }
  bool on_document_end(Error&) { return true; }
  bool on_object_begin(Error& error) {
    if (depth_ == 0 && !has_begun_) {
      has_begun_ = true;
    } else if (depth_ == 2 && is_in_values_) {
      value_ = builder_.begin(static_cast<std::uint32_t>(index_));
      seen_.clear();
    } else {
      misplaced();
    }
    ++depth_;
    return goes_on(error);
  }
  bool on_object_end(std::size_t, Error& error) {
    --depth_;
    if (depth_ == 2 && is_in_values_) {
      builder_.end(std::move(value_));
      ++index_;
    }
    return goes_on(error);
  }
  bool on_array_begin(Error& error) {
    if (depth_ == 1 && key_ == "dataValues") {
      is_in_values_ = true;
    } else {
      misplaced();
    }
    ++depth_;
    return goes_on(error);
  }
  bool on_array_end(std::size_t, Error& error) {
    --depth_;
    if (depth_ == 1) is_in_values_ = false;
    return goes_on(error);
  }
  bool on_key_part(Text part, std::size_t, Error&) {
    text_.append(part.data(), part.size());
    return true;
  }
  bool on_key(Text part, std::size_t, Error& error) {
    text_.append(part.data(), part.size());
    key_ = std::exchange(text_, {});
    if (depth_ == 1) {
      if (!remember(head_seen_)) builder_.fault("json.duplicate_key", "/" + key_.substr(0, 80));
    } else if (depth_ == 3) {
      if (!remember(seen_)) builder_.fault("json.duplicate_key", place());
    }
    return goes_on(error);
  }
  bool on_string_part(Text part, std::size_t, Error&) {
    text_.append(part.data(), part.size());
    return true;
  }
  bool on_string(Text part, std::size_t, Error& error) {
    text_.append(part.data(), part.size());
    scalar(std::exchange(text_, {}));
    return goes_on(error);
  }
  bool on_number_part(Text part, Error&) {
    text_.append(part.data(), part.size());
    return true;
  }
  // A figure written as a number is taken digit by digit as it stands.
  bool on_int64(std::int64_t, Text part, Error& error) { return number(part, error); }
  bool on_uint64(std::uint64_t, Text part, Error& error) { return number(part, error); }
  bool on_double(double, Text part, Error& error) { return number(part, error); }
  bool on_bool(bool is_true, Error& error) {
    scalar(is_true ? "true" : "false");
    return goes_on(error);
  }
  bool on_null(Error& error) {
    scalar("");
    return goes_on(error);
  }
  bool on_comment_part(Text, Error&) { return true; }
  bool on_comment(Text, Error&) { return true; }

 private:
  bool number(Text part, Error& error) {
    text_.append(part.data(), part.size());
    scalar(std::exchange(text_, {}));
    return goes_on(error);
  }

  bool remember(std::vector<std::string>& seen) const {
    if (std::find(seen.begin(), seen.end(), key_) != seen.end()) return false;
    if (seen.size() < 100) seen.push_back(key_);
    return true;
  }

  std::string place() const { return builder_.set().place(value_, key_.substr(0, 80)); }

  void scalar(std::string_view text) {
    if (depth_ == 1) {
      builder_.head(key_, text, "/" + key_.substr(0, 80));
    } else if (depth_ == 3 && is_in_values_) {
      const auto field = field_named(key_);
      if (!field) return builder_.fault("exchange.unknown_field", place(), {key_.substr(0, 80)});
      builder_.take(value_, *field, text);
    } else {
      misplaced();
    }
  }

  /// Something where the form has nothing of its kind; told once, since all below follows from it.
  void misplaced() {
    if (!is_misplaced_) {
      builder_.fault("exchange.json_shape", depth_ == 0 ? std::string() : "/" + key_.substr(0, 80));
    }
    is_misplaced_ = true;
  }

  bool goes_on(Error& error) {
    if (!is_misplaced_ && !builder_.is_over()) return true;
    error = json::error::exception;
    return false;
  }

  SetBuilder builder_;
  ForeignValue value_;
  std::string text_, key_;
  std::vector<std::string> head_seen_, seen_;
  std::size_t depth_ = 0, index_ = 0;
  bool has_begun_ = false, is_in_values_ = false, is_misplaced_ = false;
};

}  // namespace

base::Result<ForeignSet> read_json(std::string_view bytes, std::size_t most_values) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  json::parse_options options;
  options.max_depth = kDeepest;
  json::basic_parser<Listener> parser(options, most_values);
  json::error_code error;
  const std::size_t read = parser.write_some(false, bytes.data(), bytes.size(), error);
  SetBuilder& builder = parser.handler().builder();
  const bool stopped_by_us = error == json::error::exception;
  if (!stopped_by_us && (error || read < bytes.size() || !parser.done())) {
    // What was wrong before it broke off is told too.
    builder.fault({base::ProblemKind::malformed, "json.malformed", {}, {std::to_string(read + 1)}});
  }
  return builder.result();
}

}  // namespace exchange
