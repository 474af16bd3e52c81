#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace office {

/// How Vietnamese letters were put into bytes before Unicode. TCVN3 (also "ABC": the fonts .VnTime,
/// .VnArial …) gives each lower-case letter a byte of its own; VNI (fonts VNI-Times …) writes a
/// mark behind its vowel. Office programs keep such bytes as the Latin-1 letters of the same
/// number: "Tæng sè" and "Toång soá" are both "Tổng số".
enum class Encoding : std::uint8_t { unicode, tcvn3, vni };

/// What a text in an old encoding says, letter by letter.
struct Decoded {
  std::u32string text;
  bool is_changed = false;
  bool is_whole = true;  ///< no letter is left that Latin-1 has and Vietnamese, so read, has not
};

Decoded decoded(std::u32string_view text, Encoding encoding);

/// A Vietnamese letter as its vowel with its tone taken off: "ậ" is "â" and 5.
struct Vowel {
  char32_t plain = 0;
  std::uint8_t tone = 0;  ///< 0 none, 1 huyền, 2 hỏi, 3 ngã, 4 sắc, 5 nặng
};

/// Of a lower-case letter; none for consonants and whatever else.
std::optional<Vowel> vowel_of(char32_t letter);

/// Whether a word, in either case, could be one Vietnamese syllable: a known onset, a known rhyme,
/// at most one tone, and only sắc or nặng before c, ch, p, t. "nghiêng" and "quyết" are, "Tæng" and
/// "Krông" are not. This tells an encoding from another far better than counts of letters do.
bool is_syllable(std::u32string_view word);

}  // namespace office
