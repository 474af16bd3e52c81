#include "office/legacy_letters.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace office {
namespace {

constexpr std::size_t kVowels = 12;
constexpr std::size_t kTones = 6;

/// Each vowel without a tone, then with huyền, hỏi, ngã, sắc, nặng.
constexpr std::array<std::u32string_view, kVowels> kLetters{
    U"aàảãáạ", U"ăằẳẵắặ", U"âầẩẫấậ", U"eèẻẽéẹ", U"êềểễếệ", U"iìỉĩíị",
    U"oòỏõóọ", U"ôồổỗốộ", U"ơờởỡớợ", U"uùủũúụ", U"ưừửữứự", U"yỳỷỹýỵ"};

/// The bytes of the same in TCVN3 (TCVN 5712:1993, table 3). Capitals of vowels with a tone have
/// none: they are written in a font whose small letters look like capitals.
constexpr std::array<std::u32string_view, kVowels> kTcvn3{
    U"\x61\xB5\xB6\xB7\xB8\xB9", U"\xA8\xBB\xBC\xBD\xBE\xC6", U"\xA9\xC7\xC8\xC9\xCA\xCB",
    U"\x65\xCC\xCE\xCF\xD0\xD1", U"\xAA\xD2\xD3\xD4\xD5\xD6", U"\x69\xD7\xD8\xDC\xDD\xDE",
    U"\x6F\xDF\xE1\xE2\xE3\xE4", U"\xAB\xE5\xE6\xE7\xE8\xE9", U"\xAC\xEA\xEB\xEC\xED\xEE",
    U"\x75\xEF\xF1\xF2\xF3\xF4", U"\xAD\xF5\xF6\xF7\xF8\xF9", U"\x79\xFA\xFB\xFC\xFD\xFE"};

char32_t upper(char32_t c) { return static_cast<char32_t>(u_toupper(static_cast<UChar32>(c))); }
char32_t lower(char32_t c) { return static_cast<char32_t>(u_tolower(static_cast<UChar32>(c))); }
bool is_upper(char32_t c) { return lower(c) != c; }

const std::map<char32_t, char32_t>& tcvn3_letters() {
  static const std::map<char32_t, char32_t> letters = [] {
    std::map<char32_t, char32_t> made{{0xAE, U'đ'}, {0xA1, U'Ă'}, {0xA2, U'Â'}, {0xA3, U'Ê'},
                                      {0xA4, U'Ô'}, {0xA5, U'Ơ'}, {0xA6, U'Ư'}, {0xA7, U'Đ'}};
    for (std::size_t vowel = 0; vowel < kVowels; ++vowel) {
      for (std::size_t tone = 0; tone < kTones; ++tone) {
        if (kTcvn3[vowel][tone] >= 0x80) made.emplace(kTcvn3[vowel][tone], kLetters[vowel][tone]);
      }
    }
    return made;
  }();
  return letters;
}

/// What VNI writes alone, in lower case.
const std::map<char32_t, char32_t>& vni_letters() {
  static const std::map<char32_t, char32_t> letters{{U'ñ', U'đ'}, {U'ô', U'ơ'}, {U'ö', U'ư'},
                                                    {U'ì', U'ì'}, {U'æ', U'ỉ'}, {U'ó', U'ĩ'},
                                                    {U'í', U'í'}, {U'ò', U'ị'}, {U'î', U'ỵ'}};
  return letters;
}

/// What VNI writes behind a vowel, in lower case: the vowels it stands behind, and what it does.
struct Mark {
  std::u32string_view behind;
  std::u32string_view made;  ///< letter by letter of `behind`
};

const std::map<char32_t, Mark>& vni_marks() {
  static constexpr std::u32string_view kPlain = U"aeouyơư";
  static constexpr std::u32string_view kHat = U"aeo";
  static const std::map<char32_t, Mark> marks{
      {U'ø', {kPlain, U"àèòùỳờừ"}}, {U'û', {kPlain, U"ảẻỏủỷởử"}}, {U'õ', {kPlain, U"ãẽõũỹỡữ"}},
      {U'ù', {kPlain, U"áéóúýớứ"}}, {U'ï', {kPlain, U"ạẹọụỵợự"}}, {U'â', {kHat, U"âêô"}},
      {U'à', {kHat, U"ầềồ"}},       {U'å', {kHat, U"ẩểổ"}},       {U'ã', {kHat, U"ẫễỗ"}},
      {U'á', {kHat, U"ấếố"}},       {U'ä', {kHat, U"ậệộ"}},       {U'ê', {U"a", U"ă"}},
      {U'è', {U"a", U"ằ"}},         {U'ú', {U"a", U"ẳ"}},         {U'ü', {U"a", U"ẵ"}},
      {U'é', {U"a", U"ắ"}},         {U'ë', {U"a", U"ặ"}}};
  return marks;
}

bool is_latin1(char32_t c) { return c >= 0x80 && c <= 0xFF; }

Decoded from_tcvn3(std::u32string_view text) {
  Decoded made;
  for (const char32_t c : text) {
    const auto at = tcvn3_letters().find(c);
    made.is_changed = made.is_changed || at != tcvn3_letters().end();
    made.is_whole = made.is_whole && (at != tcvn3_letters().end() || !is_latin1(c));
    made.text += at == tcvn3_letters().end() ? c : at->second;
  }
  return made;
}

Decoded from_vni(std::u32string_view text) {
  Decoded made;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_capital = is_upper(text[i]);
    char32_t letter = lower(text[i]);
    if (const auto alone = vni_letters().find(letter); alone != vni_letters().end()) {
      letter = alone->second;
      made.is_changed = true;
    } else if (is_latin1(text[i])) {
      made.is_whole = false;
    }
    if (i + 1 < text.size()) {
      const auto mark = vni_marks().find(lower(text[i + 1]));
      const std::size_t at =
          mark == vni_marks().end() ? std::u32string_view::npos : mark->second.behind.find(letter);
      if (at != std::u32string_view::npos) {
        letter = mark->second.made[at];
        made.is_changed = true;
        ++i;
      }
    }
    made.text += is_capital ? upper(letter) : letter;
  }
  return made;
}

const std::set<std::u32string_view>& onsets() {
  static const std::set<std::u32string_view> all{
      U"",  U"b",  U"c", U"ch", U"d", U"đ",  U"g",   U"gh", U"gi", U"h",
      U"k", U"kh", U"l", U"m",  U"n", U"ng", U"ngh", U"nh", U"p",  U"ph",
      U"q", U"qu", U"r", U"s",  U"t", U"th", U"tr",  U"v",  U"x"};
  return all;
}

const std::set<std::u32string_view>& rhymes() {
  static const std::set<std::u32string_view> all{
      U"a",   U"ac",   U"ach",  U"ai",   U"am",  U"an",   U"ang",  U"anh",  U"ao",  U"ap",
      U"at",  U"au",   U"ay",   U"ăc",   U"ăm",  U"ăn",   U"ăng",  U"ăp",   U"ăt",  U"âc",
      U"âm",  U"ân",   U"âng",  U"âp",   U"ât",  U"âu",   U"ây",   U"e",    U"ec",  U"em",
      U"en",  U"eng",  U"eo",   U"ep",   U"et",  U"ê",    U"êch",  U"êm",   U"ên",  U"ênh",
      U"êp",  U"êt",   U"êu",   U"i",    U"ia",  U"ich",  U"iêc",  U"iêm",  U"iên", U"iêng",
      U"iêp", U"iêt",  U"iêu",  U"im",   U"in",  U"inh",  U"ip",   U"it",   U"iu",  U"o",
      U"oa",  U"oac",  U"oach", U"oai",  U"oam", U"oan",  U"oang", U"oanh", U"oao", U"oap",
      U"oat", U"oay",  U"oăc",  U"oăm",  U"oăn", U"oăng", U"oăt",  U"oc",   U"oe",  U"oen",
      U"oeo", U"oet",  U"oi",   U"om",   U"on",  U"ong",  U"ooc",  U"oong", U"op",  U"ot",
      U"ô",   U"ôc",   U"ôi",   U"ôm",   U"ôn",  U"ông",  U"ôp",   U"ôt",   U"ơ",   U"ơi",
      U"ơm",  U"ơn",   U"ơp",   U"ơt",   U"u",   U"ua",   U"uân",  U"uâng", U"uât", U"uây",
      U"uc",  U"uê",   U"uêch", U"uênh", U"ui",  U"um",   U"un",   U"ung",  U"uôc", U"uôi",
      U"uôm", U"uôn",  U"uông", U"uôt",  U"up",  U"ut",   U"uơ",   U"uy",   U"uya", U"uych",
      U"uyn", U"uyên", U"uyêt", U"uynh", U"uyt", U"uyu",  U"ư",    U"ưa",   U"ưc",  U"ưi",
      U"ưm",  U"ưn",   U"ưng",  U"ươc",  U"ươi", U"ươm",  U"ươn",  U"ương", U"ươp", U"ươt",
      U"ươu", U"ưt",   U"ưu",   U"y",    U"yêm", U"yên",  U"yêng", U"yêt",  U"yêu", U"ych",
      U"yn",  U"ynh",  U"yt"};
  return all;
}

bool is_stopped(std::u32string_view rhyme) {
  const char32_t last = rhyme.back();
  return last == U'c' || last == U'p' || last == U't' || rhyme.ends_with(U"ch");
}

}  // namespace

Decoded decoded(std::u32string_view text, Encoding encoding) {
  if (encoding == Encoding::tcvn3) return from_tcvn3(text);
  if (encoding == Encoding::vni) return from_vni(text);
  return {std::u32string(text), false, true};
}

std::optional<Vowel> vowel_of(char32_t letter) {
  for (const std::u32string_view tones : kLetters) {
    if (const std::size_t at = tones.find(letter); at != std::u32string_view::npos)
      return Vowel{tones[0], static_cast<std::uint8_t>(at)};
  }
  return std::nullopt;
}

bool is_syllable(std::u32string_view word) {
  constexpr std::size_t kLongest = 7;  // "nghiêng"
  if (word.empty() || word.size() > kLongest) return false;
  std::u32string plain;
  std::uint8_t tone = 0;
  for (const char32_t c : word) {
    const char32_t small = lower(c);
    const auto vowel = vowel_of(small);
    plain += vowel ? vowel->plain : small;
    if (!vowel || vowel->tone == 0) continue;
    if (tone != 0) return false;
    tone = vowel->tone;
  }
  const std::u32string_view all = plain;
  for (std::size_t cut = 0; cut < all.size() && cut <= 3; ++cut) {
    const std::u32string_view rhyme = all.substr(cut);
    if (!onsets().contains(all.substr(0, cut)) || !rhymes().contains(rhyme)) continue;
    if (all[0] == U'q' && all[1] != U'u') continue;  // "q" only before a rhyme of "u"
    if (!is_stopped(rhyme) || tone >= 4) return true;
  }
  return false;
}

}  // namespace office
