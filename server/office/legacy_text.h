#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "office/legacy_letters.h"
#include "office/read_xlsx.h"

namespace office {

/// How far a reading of old text may be trusted.
enum class Confidence : std::uint8_t {
  doubtful,  ///< one sign only: offered, not taken until a person says so
  likely,    ///< the text says so several times, or its font does and other cells bear it out
  certain,   ///< font and text agree
};

/// A text read as the encoding it most likely is in; `encoding` unicode means it was left alone.
struct LegacyReading {
  std::string text;  ///< NFC
  Encoding encoding = Encoding::unicode;
  Confidence confidence = Confidence::certain;
  bool is_whole = true;  ///< false when a word in it is no text of that encoding, and was left
};

/// The encoding a font is made for, by its name: ".VnTime" TCVN3, "VNI-Times" VNI, others Unicode.
Encoding encoding_of_font(std::string_view font);

/// Reads one cell's text, word by word: a word that is Vietnamese as it stands is kept unless the
/// words around it are not. `font` is "" when not known. Text without a word that is Vietnamese
/// only in an old encoding comes back as it is, except that a font of an old encoding makes it
/// doubtful when it could be. In fonts like .VnTimeH small letters look like capitals, and become
/// such.
LegacyReading read_legacy(std::string_view text, std::string_view font = "");

/// One cell whose text is, or may be, in an old encoding.
struct LegacyCell {
  std::string sheet;
  std::uint32_t row = 0;
  std::uint32_t column = 0;
  std::string font;
  std::string before;
  LegacyReading reading;  ///< what it says
  bool is_taken = false;  ///< the workbook now holds the reading
};

enum class LegacyTaking : std::uint8_t {
  none,  ///< tell only
  sure,  ///< what is likely or certain
  all,   ///< what is doubtful too: a person looked
};

/// Reads all cells of text, tells of each that is in an old encoding, and puts the reading in its
/// place as far as `taking` says. A doubtful one in a font that other cells were certainly read by
/// becomes likely.
std::vector<LegacyCell> take_legacy_text(Workbook& book, LegacyTaking taking = LegacyTaking::sure);

}  // namespace office
