#include "journal/checkpoint.h"

#include <sodium.h>

#include <charconv>
#include <optional>
#include <vector>

#include "auth/key_file.h"
#include "base/base64.h"

namespace journal {
namespace {

constexpr char kEd25519 = '\1';  // signed-note's number of the algorithm
constexpr std::string_view kDash = "\xE2\x80\x94 ";

template <typename Bytes>
std::string text_of(const Bytes& bytes) {
  return {bytes.begin(), bytes.end()};
}

const unsigned char* raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

/// The four bytes by which a signature names its key.
std::string key_hash(std::string_view name, std::string_view algorithm_and_key) {
  const Digest digest = base::sha256(std::string(name) + "\n" + std::string(algorithm_and_key));
  return {digest.begin(), digest.begin() + 4};
}

std::string hex_of(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  for (const unsigned char byte : bytes) {
    hex += kDigits[byte >> 4U];
    hex += kDigits[byte & 15U];
  }
  return hex;
}

std::string body_of(const Checkpoint& checkpoint) {
  return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" +
         base::to_base64(text_of(checkpoint.root)) + "\nat " +
         std::to_string(checkpoint.at.microseconds) + "\n";
}

std::optional<std::int64_t> number_of(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

struct Verifier {
  std::string name;
  std::string hash;  ///< four bytes
  std::string key;   ///< 32 bytes
};

/// NAME+HASH+KEY; a name has no plus sign, base64 may have some.
std::optional<Verifier> verifier_of(std::string_view text) {
  const std::size_t first = text.find('+');
  const std::size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  const std::string_view hash = text.substr(first + 1, second - first - 1);
  const auto key = base::from_base64(text.substr(second + 1));
  if (!key || key->size() != 33 || key->front() != kEd25519) return std::nullopt;
  Verifier verifier{std::string(text.substr(0, first)), key_hash(text.substr(0, first), *key),
                    key->substr(1)};
  if (hex_of(verifier.hash) != hash) return std::nullopt;
  return verifier;
}

std::optional<Checkpoint> checkpoint_of(std::string_view body) {
  const auto lines = lines_of(body);
  if (lines.size() != 4 || lines[0].empty() || !lines[3].starts_with("at ")) return std::nullopt;
  const auto size = number_of(lines[1]);
  const auto root = base::from_base64(lines[2]);
  const auto at = number_of(lines[3].substr(3));
  if (!size || !at || !root || root->size() != sizeof(Digest)) return std::nullopt;
  Checkpoint checkpoint{std::string(lines[0]), *size, {}, base::Instant{*at}};
  std::copy(root->begin(), root->end(), checkpoint.root.begin());
  return checkpoint;
}

}  // namespace

SigningKey SigningKey::of_file(const std::filesystem::path& file) {
  return of_seed(auth::key_of_file(file));
}

SigningKey SigningKey::of_seed(const std::array<unsigned char, 32>& seed) {
  SigningKey key;
  crypto_sign_seed_keypair(key.public_key_.data(), key.secret_key_.data(), seed.data());
  key.name_ = "thongsuot/" + base::sha256_hex(text_of(key.public_key_)).substr(0, 16);
  return key;
}

std::string SigningKey::verifier() const {
  const std::string key = kEd25519 + text_of(public_key_);
  return name_ + "+" + hex_of(key_hash(name_, key)) + "+" + base::to_base64(key);
}

std::string SigningKey::signature_line(std::string_view text) const {
  std::array<unsigned char, crypto_sign_BYTES> signature{};
  crypto_sign_detached(signature.data(), nullptr, raw(text), text.size(), secret_key_.data());
  return std::string(kDash) + name_ + " " +
         base::to_base64(key_hash(name_, kEd25519 + text_of(public_key_)) + text_of(signature)) +
         "\n";
}

std::string signed_note(const Checkpoint& checkpoint, const SigningKey& key) {
  const std::string body = body_of(checkpoint);
  return body + "\n" + key.signature_line(body);
}

base::Result<Checkpoint> read_note(std::string_view note, std::string_view verifier) {
  const auto refuse = [](const char* code) {
    return base::refuse(base::ProblemKind::invalid, code);
  };
  const auto signer = verifier_of(verifier);
  if (!signer) return refuse("journal.verifier_form");
  const std::size_t blank = note.find("\n\n");
  if (blank == std::string_view::npos) return refuse("journal.note_form");
  const std::string_view body = note.substr(0, blank + 1);
  const auto checkpoint = checkpoint_of(body);
  if (!checkpoint) return refuse("journal.note_form");
  if (checkpoint->origin != signer->name) return refuse("journal.note_signer");
  const std::string begins = std::string(kDash) + signer->name + " ";
  for (const std::string_view line : lines_of(note.substr(blank + 2))) {
    if (!line.starts_with(begins)) continue;
    const auto signature = base::from_base64(line.substr(begins.size()));
    if (!signature || signature->size() != 4 + crypto_sign_BYTES ||
        signature->substr(0, 4) != signer->hash) {
      continue;
    }
    const bool is_good = crypto_sign_verify_detached(raw(*signature) + 4, raw(body), body.size(),
                                                     raw(signer->key)) == 0;
    if (is_good) return *checkpoint;
    return refuse("journal.note_signature");
  }
  return refuse("journal.note_signer");
}

}  // namespace journal
