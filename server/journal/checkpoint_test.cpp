#include "journal/checkpoint.h"

#include <gtest/gtest.h>

#include "base/base64.h"

namespace journal {
namespace {

SigningKey key_numbered(unsigned char number) {
  std::array<unsigned char, 32> seed{};
  seed.fill(number);
  return SigningKey::of_seed(seed);
}

const SigningKey kOurs = key_numbered(1);
const Checkpoint kThen{kOurs.name(), 48213, base::sha256("what was"),
                       base::Instant{1'650'000'000'000'000}};

std::string code(const base::Result<Checkpoint>& read) {
  return read ? "" : read.error().at(0).code;
}

TEST(Checkpoint, IsANoteOfFourLinesAndASignature) {
  const std::string note = signed_note(kThen, kOurs);
  EXPECT_TRUE(note.starts_with(kOurs.name() + "\n48213\n")) << note;
  EXPECT_NE(note.find("\nat 1650000000000000\n\n\xE2\x80\x94 " + kOurs.name() + " "),
            std::string::npos)
      << note;
  EXPECT_TRUE(note.ends_with("\n"));
}

TEST(Checkpoint, ReadsBackWhatWasSigned) {
  EXPECT_EQ(*read_note(signed_note(kThen, kOurs), kOurs.verifier()), kThen);
}

TEST(Checkpoint, MayBeCountersignedByAWitness) {
  const std::string note = signed_note(kThen, kOurs);
  const std::string body = note.substr(0, note.find("\n\n") + 1);
  const std::string both =
      body + "\n" + key_numbered(2).signature_line(body) + note.substr(body.size() + 1);
  EXPECT_EQ(*read_note(both, kOurs.verifier()), kThen);
}

TEST(Checkpoint, AnyChangedByteIsRefused) {
  const std::string note = signed_note(kThen, kOurs);
  for (std::size_t i = 0; i < note.size(); ++i) {
    std::string changed = note;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(read_note(changed, kOurs.verifier())) << i;
  }
  EXPECT_FALSE(read_note(note.substr(0, note.size() / 2), kOurs.verifier()));
}

TEST(Checkpoint, SaysWhyItIsRefused) {
  const std::string note = signed_note(kThen, kOurs);
  const SigningKey other = key_numbered(2);
  EXPECT_EQ(code(read_note("không phải mốc", kOurs.verifier())), "journal.note_form");
  EXPECT_EQ(code(read_note(note, other.verifier())), "journal.note_signer");
  EXPECT_EQ(code(read_note(note, "thongsuot+khóa")), "journal.verifier_form");
  std::string wrong_hash = kOurs.verifier();
  const std::size_t at = wrong_hash.find('+') + 1;
  wrong_hash[at] = wrong_hash[at] == '0' ? '1' : '0';
  EXPECT_EQ(code(read_note(note, wrong_hash)), "journal.verifier_form");
  std::string grown = note;
  grown.replace(grown.find("48213"), 5, "48214");
  EXPECT_EQ(code(read_note(grown, kOurs.verifier())), "journal.note_signature");
}

}  // namespace
}  // namespace journal
