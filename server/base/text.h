#pragma once

#include <string>
#include <string_view>

namespace base {

bool is_utf8(std::string_view text);

/// NFC, NBSP and other blanks to a space, runs of blanks to one, ends trimmed, control characters
/// dropped. REQUIRES: valid UTF-8.
std::string tidy(std::string_view text);

/// Unicode NFC. REQUIRES: valid UTF-8.
std::string nfc(std::string_view text);

/// For search and for "is it the same name": tidy, lower case, marks removed, đ → d, so that tone
/// placement (Hòa/Hoà), case, spacing and NFD make no difference. "Thường Tín" → "thuong tin".
std::string fold(std::string_view text);

/// Lower case that keeps marks, with the tone placement made one way: exact-marks comparison.
std::string same_name_key(std::string_view text);

/// Vietnamese upper case: "đường" → "ĐƯỜNG". REQUIRES: valid UTF-8.
std::string upper(std::string_view text);

/// Number of Unicode code points. REQUIRES: valid UTF-8.
std::size_t length(std::string_view text);

}  // namespace base
