#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "office/cell_values.h"
#include "office/read_xlsx.h"
#include "office/shared_strings.h"
#include "office/xml_reader.h"

namespace office {

/// What a cell format says of the cells that name it.
struct CellStyle {
  Shown shown = Shown::number;
  std::uint8_t font = 0;  ///< place in Workbook::fonts
};

/// What a workbook's sheets have in common while they are read.
struct SheetContext {
  explicit SheetContext(const XlsxLimits& given) : limits(given) {}

  const XlsxLimits& limits;
  std::vector<CellStyle> styles;  ///< by the number a cell names
  bool has_styles = false;
  SharedStrings strings;
  bool from_1904 = false;
  std::size_t cells = 0;       ///< taken until now
  std::size_t text_bytes = 0;  ///< likewise, of shared texts and numbers
  base::Problems problems;
};

/// Reads a worksheet part into `sheet`, which has its name, and adds to the context's problems and
/// cells; see read_xlsx. False when nothing more should be read.
bool read_sheet(XmlReader xml, SheetContext& context, Workbook::Sheet& sheet);

constexpr std::size_t kMostProblems = 1000;

}  // namespace office
