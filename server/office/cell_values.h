#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace office {

/// What a number format makes of a number (ECMA-376 part 1, 18.8.30 and 18.8.31).
enum class Shown : std::uint8_t { number, percent, day, time, day_and_time, elapsed };

/// By the number of a built-in format: 9 and 10 percent; 14 to 17 days; 18 to 21, 45 and 47 times;
/// 22 both; 46 elapsed hours. All others are numbers.
Shown shown_by_built_in(std::size_t id);

/// By a format's code, its first section: "dd/mm/yyyy" is a day, `0 "d"` and `[Red]0` are not.
Shown shown_by(std::string_view code);

/// "98.57" of the "98.569999999999993" that Excel writes for it: the exact decimal of the stored
/// text; when that has more than the 15 digits a double is good for, its decimals (never its whole
/// part) are rounded half away from zero to 15 digits. No exponent, no needless zeros, "-0" is
/// "0". None for what is not a number a double can hold: "NaN", "INF", "1,5", "1E999", "".
std::optional<std::string> canonical_number(std::string_view stored);

/// A day as "2021-07-01", a time as "14:30:00", both as "2021-07-01T14:30:00" (the day alone at
/// midnight), elapsed time as "36:00:00"; to the second. `number` is canonical. None when no
/// calendar has the day: before the first one, after the year 9999, and 29 February 1900, which
/// Excel keeps for the sake of Lotus 1-2-3. `from_1904`: the workbook counts from 1 January 1904.
std::optional<std::string> moment_of(std::string_view number, Shown shown, bool from_1904);

/// The same of an ISO 8601 text, as cells of type "d" hold it; none when it is not one.
std::optional<std::string> moment_of_iso(std::string_view text);

/// ST_Xstring: "_x000D_" stands for a character that XML cannot hold, "_x005F_" for an underscore
/// before such a run. Characters that no text should hold are dropped, carriage returns become line
/// feeds.
std::string plain_text(std::string_view stored);

/// What to store so that plain_text gives `text` back: an underscore that would begin such a run is
/// written as one.
std::string stored_text(std::string_view text);

struct Reference {
  std::size_t row = 0;     ///< from 1
  std::size_t column = 0;  ///< from 1
};

constexpr std::size_t kLastRow = 1'048'576;
constexpr std::size_t kLastColumn = 16'384;  // XFD

/// "B4"; none when it is not a cell's reference or lies beyond XFD1048576.
std::optional<Reference> reference_of(std::string_view text);

/// "XFD" for 16384.
std::string column_letters(std::size_t column);

}  // namespace office
