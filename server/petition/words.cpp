#include "petition/words.h"

#include "base/text.h"

namespace petition {

std::string read_words(http::Fields& fields, std::string_view key, std::size_t longest) {
  std::string text = fields.raw_text(key, longest);
  if (fields.has(key) && base::tidy(text).empty()) {
    fields.problems().push_back(
        {base::ProblemKind::invalid, "json.missing", fields.pointer(key), {}});
  }
  return text;
}

base::Result<std::string> asked_words(const http::Request& request, std::string_view key) {
  return http::decode<std::string>(
      request, [&](http::Fields& fields) { return read_words(fields, key, 10000); });
}

}  // namespace petition
