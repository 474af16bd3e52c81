#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/date.h"
#include "base/result.h"
#include "journal/tree.h"

namespace journal {

/// The key with which a place signs its journal (Ed25519). Whoever keeps its verifier elsewhere can
/// tell our checkpoints from others.
class SigningKey {
 public:
  /// `journal.key` beside the database; made when it is not there. Throws std::runtime_error.
  static SigningKey of_file(const std::filesystem::path& file);
  static SigningKey of_seed(const std::array<unsigned char, 32>& seed);

  /// "thongsuot/" and the first 16 hex digits of the public key's SHA-256.
  const std::string& name() const { return name_; }
  /// A C2SP signed-note verifier key: NAME+HASH+KEY.
  std::string verifier() const;
  /// "— NAME BASE64\n", the signature line of `text`.
  std::string signature_line(std::string_view text) const;

 private:
  std::string name_;
  std::array<unsigned char, 32> public_key_{};
  std::array<unsigned char, 64> secret_key_{};
};

/// What a journal was at one moment. Carried out of the machine it binds all that came before.
struct Checkpoint {
  std::string origin;     ///< the signing key's name
  std::int64_t size = 0;  ///< leaves
  Digest root{};
  base::Instant at;

  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

/// A C2SP signed note: origin, size, root in base64, "at MICROSECONDS" (since 1970, UTC), an empty
/// line, the signature.
std::string signed_note(const Checkpoint& checkpoint, const SigningKey& key);

/// Reads a note that `verifier` has signed. Refusals: "journal.note_form",
/// "journal.verifier_form", "journal.note_signer" (signed by another), "journal.note_signature".
base::Result<Checkpoint> read_note(std::string_view note, std::string_view verifier);

}  // namespace journal
