#include "base/text.h"

#include <unicode/bytestream.h>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cstdint>
#include <stdexcept>

namespace base {
namespace {

using icu::Normalizer2;

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Visible ASCII without a blank: what most codes and figures are, and tidy already.
bool is_plain(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f; });
}

const Normalizer2& normalizer(const Normalizer2* (*get)(UErrorCode&)) {
  UErrorCode status = U_ZERO_ERROR;
  const Normalizer2* const found = get(status);
  if (U_FAILURE(status)) throw std::runtime_error("ICU has no normalization tables");
  return *found;
}

icu::UnicodeString normalized(const Normalizer2& form, const icu::UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString out = form.normalize(text, status);
  if (U_FAILURE(status)) throw std::runtime_error("ICU cannot normalize a text");
  return out;
}

icu::UnicodeString utf16(std::string_view text) {
  return icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

std::string utf8(const icu::UnicodeString& text) {
  std::string out;
  return text.toUTF8String(out);
}

/// Characters that show nothing: they would make two equal-looking names differ.
bool is_invisible(UChar32 c) {
  if (c == 0x200C || c == 0x200D) return false;  // joiners shape some scripts and emoji
  const auto type = u_charType(c);
  return type == U_CONTROL_CHAR || type == U_FORMAT_CHAR;
}

template <class Take>
void for_each_code_point(const icu::UnicodeString& text, Take take) {
  for (std::int32_t i = 0; i < text.length();) {
    const UChar32 c = text.char32At(i);
    take(c);
    i += U16_LENGTH(c);
  }
}

icu::UnicodeString tidied(std::string_view text) {
  icu::UnicodeString out;
  bool blank_waits = false;
  for_each_code_point(utf16(text), [&](UChar32 c) {
    if (u_isUWhiteSpace(c)) {
      blank_waits = !out.isEmpty();
    } else if (!is_invisible(c)) {
      if (blank_waits) out.append(UChar32{' '});
      blank_waits = false;
      out.append(c);
    }
  });
  return normalized(normalizer(Normalizer2::getNFCInstance), out);
}

/// Lower case; the Icelandic and African D that look like Đ and are typed for it become đ.
UChar32 lowered(UChar32 c) {
  const UChar32 lower = u_tolower(c);
  return lower == 0x00F0 || lower == 0x0256 ? 0x0111 : lower;
}

bool is_vowel(UChar32 c) {
  return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

bool is_tone(UChar32 c) {
  return c == 0x0300 || c == 0x0301 || c == 0x0303 || c == 0x0309 || c == 0x0323;
}

}  // namespace

bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead < 0x80) {
      ++i;
      continue;
    }
    if (lead < 0xC2 || lead > 0xF4) return false;
    const std::size_t more = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    if (text.size() - i <= more) return false;
    for (std::size_t k = 1; k <= more; ++k) {
      if ((static_cast<unsigned char>(text[i + k]) & 0xC0U) != 0x80) return false;
    }
    const auto second = static_cast<unsigned char>(text[i + 1]);
    // Longer than needed, a surrogate half, or beyond the last code point.
    if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ||
        (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F)) {
      return false;
    }
    i += more + 1;
  }
  return true;
}

std::string tidy(std::string_view text) {
  if (is_plain(text)) return std::string(text);
  return utf8(tidied(text));
}

std::string nfc(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  return utf8(normalized(normalizer(Normalizer2::getNFCInstance), utf16(text)));
}

std::string upper(std::string_view text) {
  icu::UnicodeString made = utf16(text);
  made.toUpper(icu::Locale("vi"));
  return utf8(made);
}

std::string fold(std::string_view text) {
  icu::UnicodeString out;
  const auto apart = normalized(normalizer(Normalizer2::getNFDInstance), tidied(text));
  for_each_code_point(apart, [&](UChar32 c) {
    if (u_charType(c) == U_NON_SPACING_MARK) return;
    // A mark that stood alone leaves two blanks, or one at an end.
    if (c == ' ' && (out.isEmpty() || out.charAt(out.length() - 1) == ' ')) return;
    const UChar32 lower = lowered(c);
    out.append(lower == 0x0111 ? UChar32{'d'} : lower);
  });
  if (!out.isEmpty() && out.charAt(out.length() - 1) == ' ') out.truncate(out.length() - 1);
  return utf8(out);
}

std::string same_name_key(std::string_view text) {
  icu::UnicodeString out;
  icu::UnicodeString tones;  // of the run of vowels being read; they go after its last vowel
  bool in_vowels = false;
  const auto apart = normalized(normalizer(Normalizer2::getNFDInstance), tidied(text));
  for_each_code_point(apart, [&](UChar32 c) {
    const UChar32 lower = lowered(c);
    if (in_vowels && is_tone(lower)) {
      tones.append(lower);
      return;
    }
    const bool is_mark = u_charType(lower) == U_NON_SPACING_MARK;
    if (!is_mark && !is_vowel(lower)) {
      out.append(tones);
      tones.remove();
      in_vowels = false;
    } else if (!is_mark) {
      in_vowels = true;
    }
    out.append(lower);
  });
  out.append(tones);
  return utf8(normalized(normalizer(Normalizer2::getNFCInstance), out));
}

std::size_t length(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; }));
}

}  // namespace base
