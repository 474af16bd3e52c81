#pragma once

#include <string>
#include <string_view>

#include "http/json.h"

namespace petition {

/// A text that keeps its line breaks and must say something: "json.missing".
std::string read_words(http::Fields& fields, std::string_view key, std::size_t longest);
/// A body with such a text alone.
base::Result<std::string> asked_words(const http::Request& request, std::string_view key);

}  // namespace petition
