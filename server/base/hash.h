#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace base {

/// The 32 bytes of a SHA-256.
using Digest = std::array<unsigned char, 32>;

Digest sha256(std::string_view bytes);

/// 64 lower-case hex digits.
std::string to_hex(const Digest& digest);
/// None for anything that is not exactly that.
std::optional<Digest> digest_of_hex(std::string_view hex);

/// SHA-256 as 64 lower-case hex digits.
std::string sha256_hex(std::string_view bytes);

/// HMAC-SHA-256 of `bytes` under a key of any length, as 64 lower-case hex digits.
std::string hmac_sha256_hex(std::string_view key, std::string_view bytes);

/// `bytes` random bytes from the operating system as unpadded base64url.
std::string random_token(std::size_t bytes);

}  // namespace base
