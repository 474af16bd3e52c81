#include "base/hash.h"

#include <sodium.h>

#include <span>
#include <stdexcept>

namespace base {
namespace {

/// libsodium must be woken once before use; waking it twice is harmless, failing is not.
void wake_sodium() {
  static const int woken = sodium_init();
  if (woken < 0) throw std::runtime_error("libsodium cannot start: no source of randomness");
}

const unsigned char* raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

std::string hex_of(std::span<const unsigned char> bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  hex.reserve(2 * bytes.size());
  for (const unsigned char byte : bytes) {
    hex.push_back(kDigits[byte >> 4U]);
    hex.push_back(kDigits[byte & 15U]);
  }
  return hex;
}

}  // namespace

Digest sha256(std::string_view bytes) {
  wake_sodium();
  Digest digest{};
  static_assert(std::tuple_size_v<Digest> == crypto_hash_sha256_BYTES);
  crypto_hash_sha256(digest.data(), raw(bytes), bytes.size());
  return digest;
}

std::string to_hex(const Digest& digest) { return hex_of(digest); }

std::optional<Digest> digest_of_hex(std::string_view hex) {
  Digest digest{};
  if (hex.size() != 2 * digest.size()) return std::nullopt;
  const auto digit = [](char letter) {
    if (letter >= '0' && letter <= '9') return letter - '0';
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
  };
  for (std::size_t i = 0; i < digest.size(); ++i) {
    const int high = digit(hex[2 * i]);
    const int low = digit(hex[2 * i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    digest.at(i) = static_cast<unsigned char>(high * 16 + low);
  }
  return digest;
}

std::string sha256_hex(std::string_view bytes) { return to_hex(sha256(bytes)); }

std::string hmac_sha256_hex(std::string_view key, std::string_view bytes) {
  wake_sodium();
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> digest{};
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, raw(key), key.size());
  crypto_auth_hmacsha256_update(&state, raw(bytes), bytes.size());
  crypto_auth_hmacsha256_final(&state, digest.data());
  return hex_of(digest);
}

std::string random_token(std::size_t bytes) {
  wake_sodium();
  constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string raw(bytes, '\0');
  randombytes_buf(raw.data(), raw.size());
  std::string token(sodium_base64_encoded_len(bytes, kVariant), '\0');
  sodium_bin2base64(token.data(), token.size(), reinterpret_cast<const unsigned char*>(raw.data()),
                    raw.size(), kVariant);
  token.pop_back();  // the terminating NUL that the length counts
  return token;
}

}  // namespace base
