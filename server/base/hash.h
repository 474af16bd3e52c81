#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace base {

/// SHA-256 as 64 lower-case hex digits.
std::string sha256_hex(std::string_view bytes);

/// HMAC-SHA-256 of `bytes` under a key of any length, as 64 lower-case hex digits.
std::string hmac_sha256_hex(std::string_view key, std::string_view bytes);

/// `bytes` random bytes from the operating system as unpadded base64url.
std::string random_token(std::size_t bytes);

}  // namespace base
