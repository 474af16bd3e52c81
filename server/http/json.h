#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/period.h"
#include "base/result.h"
#include "http/message.h"

namespace http {

namespace json = boost::json;

/// Parses strictly: UTF-8, depth ≤ 64, no duplicate key, no number that is not an exact 64-bit
/// integer (no fraction, no exponent), no NUL in a text. Codes: "json.malformed" (malformed),
/// "json.too_deep", "json.duplicate_key", "json.inexact_number", "json.nul", with pointers, all at
/// once.
base::Result<json::value> parse_json(std::string_view text);

/// The body of `request` as a JSON object; wants content-type application/json
/// ("json.content_type").
base::Result<json::value> body_json(const Request& request);

/// Reads an object's fields, collecting every fault with its pointer instead of stopping at the
/// first: "json.missing", "json.expected_text|integer|boolean|array|object|date|period",
/// "json.too_long", "json.too_many", "json.out_of_range", "json.unknown_field". A faulty field
/// gives a default value; look at `problems` at the end. A `required` text or figure that is null
/// counts as missing. Elements keep their places: look at `problems` before using a list by index.
class Fields {
 public:
  /// `problems` must outlive this. A value that is not an object is a fault and reads as an empty
  /// one.
  Fields(const json::value& value, base::Problems& problems, std::string pointer = {});
  Fields(const Fields&) = delete;

  /// Text, made NFC and tidied (base::tidy); empty counts as missing. At most `longest` code
  /// points.
  std::string text(std::string_view key, std::size_t longest = 500);
  std::optional<std::string> maybe_text(std::string_view key, std::size_t longest = 500);
  /// Text as it came, only checked for length (passwords, long prose keeps its line breaks).
  std::string raw_text(std::string_view key, std::size_t longest = 20000);
  std::optional<std::string> maybe_raw_text(std::string_view key, std::size_t longest = 20000);
  std::int64_t integer(std::string_view key, std::int64_t least, std::int64_t most);
  std::optional<std::int64_t> maybe_integer(std::string_view key, std::int64_t least,
                                            std::int64_t most);
  bool boolean(std::string_view key, bool otherwise);
  base::Date date(std::string_view key);
  std::optional<base::Date> maybe_date(std::string_view key);
  base::Period period(std::string_view key);
  /// One of `names`; gives its index, 0 when faulty. Code "json.not_one_of".
  std::size_t one_of(std::string_view key, std::initializer_list<std::string_view> names);
  /// The object under `key`, which must be there.
  void object(std::string_view key, const std::function<void(Fields&)>& take);
  /// Each element of an array of objects (absent = empty unless `required`); at most `most`.
  void objects(std::string_view key, bool required, std::size_t most,
               const std::function<void(Fields&)>& take);
  std::vector<std::int64_t> integers(std::string_view key, bool required, std::size_t most = 20000);
  std::vector<std::string> texts(std::string_view key, bool required, std::size_t most = 20000);
  /// Texts as they came (absent = empty), each at most `longest` code points.
  std::vector<std::string> raw_texts(std::string_view key, std::size_t most, std::size_t longest);
  bool has(std::string_view key) const;  ///< present and not null
  /// Faults every field not asked for. Called by the destructor unless called before.
  void finish();
  ~Fields();

  std::string pointer(std::string_view key) const;  ///< "/cells/3/value", for faults of one's own
  base::Problems& problems() { return problems_; }

 private:
  const json::value* find(std::string_view key, bool required);
  const json::array* elements(std::string_view key, bool required, std::size_t most);
  void fault(std::string code, std::string_view key, std::vector<std::string> args = {});

  const json::object* object_;
  base::Problems& problems_;
  std::string pointer_;
  std::vector<std::string> asked_;
  bool finished_ = false;
};

/// Body → struct: `decode<Login>(request, [](Fields& f) { return Login{f.text("login"), …}; })`.
template <class T, class Make>
base::Result<T> decode(const Request& request, Make make) {
  auto body = body_json(request);
  if (!body) return std::unexpected(std::move(body).error());
  base::Problems problems;
  std::optional<T> made;
  {
    Fields fields(*body, problems);
    made.emplace(make(fields));
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  return *std::move(made);
}

Response json_response(const json::value& value, int status = 200);

}  // namespace http
