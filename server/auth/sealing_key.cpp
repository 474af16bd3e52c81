#include "auth/sealing_key.h"

#include <sodium.h>

#include <array>

#include "auth/key_file.h"
#include "base/base64.h"

namespace auth {
namespace {

static_assert(kKeyBytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

struct SealingKey::Bytes {
  std::array<unsigned char, kKeyBytes> key{};
  ~Bytes() { sodium_memzero(key.data(), key.size()); }
};

SealingKey::SealingKey(std::unique_ptr<Bytes> bytes) : bytes_(std::move(bytes)) {}
SealingKey::~SealingKey() = default;
SealingKey::SealingKey(SealingKey&&) noexcept = default;
SealingKey& SealingKey::operator=(SealingKey&&) noexcept = default;

SealingKey SealingKey::random() {
  auto bytes = std::make_unique<Bytes>();
  randombytes_buf(bytes->key.data(), kKeyBytes);
  return SealingKey(std::move(bytes));
}

SealingKey SealingKey::of_file(const std::filesystem::path& file) {
  auto bytes = std::make_unique<Bytes>();
  bytes->key = key_of_file(file);
  return SealingKey(std::move(bytes));
}

std::string SealingKey::seal(std::string_view secret, std::string_view context) const {
  std::string sealed(kNonce + secret.size() + kTag, '\0');
  auto* out = reinterpret_cast<unsigned char*>(sealed.data());
  randombytes_buf(out, kNonce);
  crypto_aead_xchacha20poly1305_ietf_encrypt(out + kNonce, nullptr, bytes_of(secret), secret.size(),
                                             bytes_of(context), context.size(), nullptr, out,
                                             bytes_->key.data());
  return base::to_base64(sealed);
}

std::optional<std::string> SealingKey::open(std::string_view sealed,
                                            std::string_view context) const {
  const auto bytes = base::from_base64(sealed);
  if (!bytes || bytes->size() < kNonce + kTag) return std::nullopt;
  std::string secret(bytes->size() - kNonce - kTag, '\0');
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(
          reinterpret_cast<unsigned char*>(secret.data()), nullptr, nullptr,
          bytes_of(*bytes) + kNonce, bytes->size() - kNonce, bytes_of(context), context.size(),
          bytes_of(*bytes), bytes_->key.data()) != 0) {
    return std::nullopt;
  }
  return secret;
}

}  // namespace auth
