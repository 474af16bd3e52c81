#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace base {

/// RFC 4648, with padding, one line.
std::string to_base64(std::string_view bytes);
/// None for anything that is not exactly that.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace base
