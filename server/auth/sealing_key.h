#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace auth {

/// The place's 256-bit key for secrets at rest (XChaCha20-Poly1305). It lies beside the database,
/// not in it: a copy of the database alone opens nothing.
class SealingKey {
 public:
  /// Reads the key, or makes it (mode 0600, synced). Throws std::runtime_error when the file cannot
  /// be made or holds no key.
  static SealingKey of_file(const std::filesystem::path& file);
  /// A key of this process only, for tests.
  static SealingKey random();
  ~SealingKey();
  SealingKey(SealingKey&&) noexcept;
  SealingKey& operator=(SealingKey&&) noexcept;

  /// Sealed to `context` ("second_factor:17"): what is moved to another row does not open there.
  /// Base64.
  std::string seal(std::string_view secret, std::string_view context) const;
  /// None when the key, the context or a single bit differs.
  std::optional<std::string> open(std::string_view sealed, std::string_view context) const;

 private:
  struct Bytes;
  explicit SealingKey(std::unique_ptr<Bytes> bytes);
  std::unique_ptr<Bytes> bytes_;
};

}  // namespace auth
