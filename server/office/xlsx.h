#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace office {

/// A figure as integer amount and decimals, shown in Vietnamese style by the cell's number format.
struct Figure {
  std::int64_t amount = 0;
  int decimals = 0;
};

using Cell = std::variant<std::monostate, std::string, Figure>;

struct Sheet {
  std::string name;   ///< shortened to 31 characters, forbidden ones replaced, made unique
  std::string title;  ///< first row, bold; empty for none
  std::vector<std::string> notes;  ///< rows under the title
  std::vector<std::string> columns;
  std::vector<double> widths;  ///< characters; may be shorter
  std::vector<std::vector<Cell>> rows;
  std::vector<bool> is_total;
};

/// The .xlsx file's bytes (libxlsxwriter). Text is always stored as text, never as a formula;
/// figures that a double cannot give back (whole ones beyond 2^53, others beyond 10^15 smallest
/// units) are written as text, and a text longer than a cell holds ends in "…". Frozen header row,
/// print set-up (A4 landscape, header repeated). Throws std::runtime_error when the library reports
/// any fault, std::invalid_argument for text that is not UTF-8 and for no sheet at all.
std::string write_xlsx(const std::vector<Sheet>& sheets);

}  // namespace office
