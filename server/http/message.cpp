#include "http/message.h"

#include <algorithm>
#include <charconv>

namespace http {

std::optional<std::string_view> Request::header(std::string_view lower_case_name) const {
  for (const auto& [name, value] : headers) {
    if (name == lower_case_name) return value;
  }
  return std::nullopt;
}

std::optional<std::string_view> Request::asked(std::string_view query_name) const {
  for (const auto& [name, value] : query) {
    if (name == query_name) return value;
  }
  return std::nullopt;
}

std::vector<std::string_view> Request::all_asked(std::string_view query_name) const {
  std::vector<std::string_view> values;
  for (const auto& [name, value] : query) {
    if (name == query_name) values.push_back(value);
  }
  return values;
}

std::int64_t Request::id_parameter(std::string_view name) const {
  const auto found = parameters.find(name);
  if (found == parameters.end()) return 0;
  const std::string& text = found->second;
  // One id has one spelling: no sign, no leading zero.
  if (text.empty() || text.front() < '1' || text.front() > '9') return 0;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() ? number : 0;
}

}  // namespace http
