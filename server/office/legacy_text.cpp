#include "office/legacy_text.h"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace office {
namespace {

std::u32string characters_of(std::string_view text) {
  const auto utf16 = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  std::u32string made;
  for (std::int32_t i = 0; i < utf16.length(); i = utf16.moveIndex32(i, 1))
    made += static_cast<char32_t>(utf16.char32At(i));
  return made;
}

std::string utf8_of(std::u32string_view text) {
  icu::UnicodeString utf16;
  for (const char32_t c : text) utf16.append(static_cast<UChar32>(c));
  std::string made;
  utf16.toUTF8String(made);
  return made;
}

bool is_ascii_letter(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_ascii_capital(char32_t c) { return c >= 'A' && c <= 'Z'; }

/// What a word of either encoding is made of: old letters may be signs in Latin-1, but not the
/// dashes and quotes of Unicode.
bool is_of_word(char32_t c) {
  return is_ascii_letter(c) || (c > 0xA0 && (c <= 0xFF || u_isalpha(static_cast<UChar32>(c)) != 0));
}

struct Word {
  std::size_t from = 0;
  std::size_t to = 0;
  Decoded decoded;
  bool is_unicode = false;  ///< Vietnamese as it stands, with letters that only Vietnamese has
  bool is_legacy = false;   ///< Vietnamese when decoded
  bool is_taken = false;
};

/// A text taken as if it were in one old encoding: which words are.
class Hypothesis {
 public:
  Hypothesis(std::u32string_view text, Encoding encoding, bool font_agrees)
      : text_(text), encoding_(encoding), font_agrees_(font_agrees) {
    for (std::size_t i = 0; i < text.size();) {
      const std::size_t from = i;
      while (i < text.size() && is_of_word(text[i])) ++i;
      if (i > from) add(from, i);
      if (i == from) ++i;
    }
    settle();
  }

  Encoding encoding() const { return encoding_; }
  /// Different words that are Vietnamese in this encoding only.
  std::size_t signs() const { return signs_.size(); }
  std::size_t unicode_words() const { return unicode_words_; }
  bool is_whole() const { return is_whole_; }
  bool changes() const {
    return std::any_of(words_.begin(), words_.end(),
                       [](const Word& word) { return word.is_taken && word.decoded.is_changed; });
  }

  std::string text(bool in_capitals) const {
    std::u32string made;
    std::size_t from = 0;
    for (const Word& word : words_) {
      if (!word.is_taken) continue;
      made.append(text_, from, word.from - from);
      append(made, word, in_capitals);
      from = word.to;
    }
    made.append(text_, from);
    return utf8_of(made);
  }

 private:
  void add(std::size_t from, std::size_t to) {
    const std::u32string_view said = std::u32string_view(text_).substr(from, to - from);
    Word word{from, to, office::decoded(said, encoding_), false, false, false};
    const bool is_ascii = std::all_of(said.begin(), said.end(), is_ascii_letter);
    word.is_unicode = !is_ascii && is_syllable(said);
    word.is_legacy = word.decoded.is_changed && word.decoded.is_whole && said.size() > 1 &&
                     is_syllable(word.decoded.text);
    words_.push_back(std::move(word));
  }

  /// The cheapest way through the words, each taken or left, where changing over has a price: a
  /// word that could be either goes with its neighbours.
  void settle() {
    constexpr int kChangeOver = 2;
    std::array<int, 2> cost{0, 0};
    std::vector<std::array<bool, 2>> came_taken;  // by word and state: the state before it
    for (const Word& word : words_) {
      const std::array<int, 2> here{price(word, false), price(word, true)};
      std::array<bool, 2> from{};
      std::array<int, 2> next{};
      for (std::size_t state = 0; state < 2; ++state) {
        const int stay = cost[state];
        const int change = cost[1 - state] + kChangeOver;
        from[state] = change < stay ? state == 0 : state == 1;
        next[state] = std::min(stay, change) + here[state];
      }
      came_taken.push_back(from);
      cost = next;
    }
    bool is_taken = cost[1] < cost[0];
    for (std::size_t i = words_.size(); i-- > 0;) {
      Word& word = words_[i];
      word.is_taken = is_taken && word.decoded.is_whole;
      if (is_taken && !word.decoded.is_whole && !word.is_unicode) is_whole_ = false;
      is_taken = came_taken[i][is_taken ? 1 : 0];
      if (word.is_taken && word.is_legacy && !word.is_unicode) signs_.insert(word.decoded.text);
      if (word.is_unicode && !word.is_legacy) ++unicode_words_;
    }
  }

  int price(const Word& word, bool is_taken) const {
    constexpr int kAgainst = 6;
    if (word.is_unicode && !word.is_legacy && word.decoded.is_changed)
      return is_taken ? kAgainst : 0;
    if (word.is_unicode && !word.is_legacy && !word.decoded.is_whole)
      return is_taken ? kAgainst : 0;
    if (word.is_legacy && !word.is_unicode) return is_taken ? 0 : kAgainst;
    // It could be either, or is neither (an abbreviation): its font says a little.
    if (word.decoded.is_changed) return font_agrees_ == is_taken ? 0 : 1;
    return 0;
  }

  /// In fonts without capitals, a word typed in capitals has its vowels small.
  static void append(std::u32string& made, const Word& word, bool in_capitals) {
    const std::u32string& text = word.decoded.text;
    const auto capitals = std::count_if(text.begin(), text.end(), is_ascii_capital);
    const auto letters = std::count_if(text.begin(), text.end(), is_ascii_letter);
    const bool is_in_capitals = in_capitals || (capitals > 1 && capitals == letters);
    for (const char32_t c : text) {
      made += is_in_capitals ? static_cast<char32_t>(u_toupper(static_cast<UChar32>(c))) : c;
    }
  }

  std::u32string text_;
  Encoding encoding_;
  bool font_agrees_;
  std::vector<Word> words_;
  std::set<std::u32string> signs_;
  std::size_t unicode_words_ = 0;
  bool is_whole_ = true;
};

std::string small(std::string_view text) {
  std::string made(text);
  for (char& c : made) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return made;
}

/// ".VnTimeH", ".VnArial NarrowH": no font of this family ends otherwise in an h.
bool shows_capitals(std::string_view font) {
  return encoding_of_font(font) == Encoding::tcvn3 && small(font).ends_with('h');
}

bool has_old_letters(std::u32string_view text) {
  return std::any_of(text.begin(), text.end(), [](char32_t c) { return c > 0xA0 && c <= 0xFF; });
}

Confidence confidence_of(const Hypothesis& best, Encoding font) {
  if (best.signs() > 0 && best.encoding() == font) return Confidence::certain;
  const std::size_t wanted = best.unicode_words() == 0 ? 2 : 3;
  return best.signs() >= wanted ? Confidence::likely : Confidence::doubtful;
}

}  // namespace

Encoding encoding_of_font(std::string_view font) {
  const std::string name = small(font);
  if (name.starts_with("vni-") || name.starts_with("vni ")) return Encoding::vni;
  for (const std::string_view old : {".vn", "vntime", "vnarial"}) {
    if (name.starts_with(old)) return Encoding::tcvn3;
  }
  return Encoding::unicode;
}

LegacyReading read_legacy(std::string_view text, std::string_view font) {
  const LegacyReading left{std::string(text), Encoding::unicode, Confidence::certain, true};
  const std::u32string characters = characters_of(text);
  const Encoding by_font = encoding_of_font(font);
  const bool in_capitals = shows_capitals(font);
  if (!has_old_letters(characters)) return left;
  const Hypothesis tcvn3(characters, Encoding::tcvn3, by_font == Encoding::tcvn3);
  const Hypothesis vni(characters, Encoding::vni, by_font == Encoding::vni);
  const bool is_vni =
      vni.signs() != tcvn3.signs() ? vni.signs() > tcvn3.signs() : by_font == Encoding::vni;
  const Hypothesis& best = is_vni ? vni : tcvn3;
  if (!best.changes() || (best.signs() == 0 && best.encoding() != by_font)) return left;
  return {best.text(in_capitals && !is_vni), best.encoding(), confidence_of(best, by_font),
          best.is_whole()};
}

std::vector<LegacyCell> take_legacy_text(Workbook& book, LegacyTaking taking) {
  std::vector<LegacyCell> found;
  std::vector<Workbook::Cell*> cells;
  std::set<std::string> certain_fonts;
  for (Workbook::Sheet& sheet : book.sheets) {
    for (Workbook::Row& row : sheet.rows) {
      for (Workbook::Cell& cell : row.cells) {
        if (cell.kind != Workbook::Kind::text) continue;
        const std::string& font = book.fonts[cell.font];
        LegacyReading reading = read_legacy(cell.text, font);
        if (reading.encoding == Encoding::unicode) continue;
        if (reading.confidence == Confidence::certain) certain_fonts.insert(font);
        found.push_back({sheet.name, row.number, cell.column, font, cell.text, std::move(reading)});
        cells.push_back(&cell);
      }
    }
  }
  for (std::size_t i = 0; i < found.size(); ++i) {
    LegacyReading& reading = found[i].reading;
    const bool is_borne_out = certain_fonts.contains(found[i].font) &&
                              encoding_of_font(found[i].font) == reading.encoding;
    if (reading.confidence == Confidence::doubtful && is_borne_out)
      reading.confidence = Confidence::likely;
    found[i].is_taken = taking == LegacyTaking::all || (taking == LegacyTaking::sure &&
                                                        reading.confidence != Confidence::doubtful);
    if (found[i].is_taken) cells[i]->text = reading.text;
  }
  return found;
}

}  // namespace office
