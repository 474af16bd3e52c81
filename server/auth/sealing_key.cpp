#include "auth/sealing_key.h"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>
#include <system_error>

#include "base/base64.h"

namespace auth {
namespace {

constexpr std::size_t kKey = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

[[noreturn]] void fail(const std::filesystem::path& file, const std::string& why) {
  throw std::runtime_error("the sealing key " + file.string() + " " + why);
}

/// Made once: whoever comes second reads what the first made.
void make(const std::filesystem::path& file) {
  const int made = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (made < 0 && errno == EEXIST) return;
  std::array<unsigned char, kKey> key{};
  randombytes_buf(key.data(), key.size());
  const bool is_written =
      made >= 0 && ::write(made, key.data(), kKey) == ssize_t{kKey} && ::fsync(made) == 0;
  const int reason = errno;
  sodium_memzero(key.data(), key.size());
  if (made >= 0) ::close(made);
  if (!is_written) fail(file, "cannot be made: " + std::generic_category().message(reason));
}

}  // namespace

struct SealingKey::Bytes {
  std::array<unsigned char, kKey> key{};
  ~Bytes() { sodium_memzero(key.data(), key.size()); }
};

SealingKey::SealingKey(std::unique_ptr<Bytes> bytes) : bytes_(std::move(bytes)) {}
SealingKey::~SealingKey() = default;
SealingKey::SealingKey(SealingKey&&) noexcept = default;
SealingKey& SealingKey::operator=(SealingKey&&) noexcept = default;

SealingKey SealingKey::random() {
  auto bytes = std::make_unique<Bytes>();
  randombytes_buf(bytes->key.data(), kKey);
  return SealingKey(std::move(bytes));
}

SealingKey SealingKey::of_file(const std::filesystem::path& file) {
  make(file);
  const int opened = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (opened < 0) fail(file, "cannot be read: " + std::generic_category().message(errno));
  auto bytes = std::make_unique<Bytes>();
  std::array<unsigned char, kKey + 1> read{};
  const ssize_t count = ::read(opened, read.data(), read.size());
  ::close(opened);
  if (count != ssize_t{kKey}) fail(file, "does not hold 32 bytes");
  std::copy_n(read.begin(), kKey, bytes->key.begin());
  sodium_memzero(read.data(), read.size());
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
