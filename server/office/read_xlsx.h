#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "office/csv.h"
#include "office/unzip.h"

namespace office {

struct XlsxLimits {
  UnzipLimits zip;
  std::size_t most_rows = 1'048'576;   ///< the largest row number, which is Excel's
  std::size_t most_columns = 1024;     ///< the largest column number that holds something
  std::size_t most_cells = 2'000'000;  ///< that hold something, of all the sheets together
  std::size_t most_strings = 2'000'000;
  std::size_t most_text_bytes =
      128 * 1024 * 1024;            ///< of the cells, shared texts counted each time
  std::size_t most_units = 32'767;  ///< UTF-16 units of one cell, which is Excel's
};

/// What the sheets of an .xlsx workbook hold (ECMA-376 part 1, 18.2 to 18.4), cells that show
/// nothing left out. Rows and columns are numbered from 1: "B4" is row 4, column 2.
struct Workbook {
  enum class Kind : std::uint8_t {
    empty,    ///< a formula that shows nothing, or whose value was not stored
    text,     ///< NFC, NBSP taken as blanks, outer blanks trimmed, lines ended by line feeds
    number,   ///< "98.57": see canonical_number in cell_values.h
    date,     ///< ISO 8601, "2021-07-01", "14:30:00" or both: see moment_of in cell_values.h
    boolean,  ///< "TRUE", "FALSE"
    error,    ///< "#DIV/0!"
  };

  struct Cell {
    std::uint32_t column = 0;
    Kind kind = Kind::empty;
    bool is_formula = false;  ///< the text is its value as it was stored; it is not computed here
    bool is_percent = false;  ///< the text is "0.985" where people see 98,5%
    std::uint8_t font = 0;    ///< its place in Workbook::fonts
    std::string text;
  };

  struct Row {
    std::uint32_t number = 0;
    bool is_hidden = false;
    std::vector<Cell> cells;  ///< by column; never empty
  };

  /// Columns that the sheet hides.
  struct Columns {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
  };

  /// Only its first cell, at the upper left, holds something that people see.
  struct Range {
    std::uint32_t first_row = 0;
    std::uint32_t first_column = 0;
    std::uint32_t last_row = 0;
    std::uint32_t last_column = 0;
  };

  struct Sheet {
    std::string name;
    bool is_hidden = false;
    std::vector<Row> rows;  ///< by number
    std::vector<Range> merged;
    std::vector<Columns> hidden_columns;
    std::vector<std::string> doubts;  ///< codes of what was seen in it, sorted; see read_xlsx

    /// The cell there, or null when it shows nothing.
    const Cell* at(std::size_t row, std::size_t column) const;
    bool hides_column(std::size_t column) const;
    /// Inside a merged range.
    bool is_merged(std::size_t row, std::size_t column) const;
  };

  /// Names of the cells' fonts, each once; the first is "", of cells whose font is not known (the
  /// workbook does not say, or names more than 255). A run of another font inside a cell is not
  /// told.
  std::vector<std::string> fonts{""};
  std::vector<Sheet> sheets;        ///< in the workbook's order; charts are left out
  std::vector<std::string> doubts;  ///< of the workbook and of all its sheets, sorted
};

/// Reads a workbook made by anybody. Nothing in it is followed or run: no external link, no macro,
/// no formula, no DTD.
///
/// Refuses at once, with the part as field:
///   what it is: "xlsx.not_a_workbook", "xlsx.old_xls", "xlsx.encrypted", "xlsx.truncated"
///   its zip: the codes of Zip in unzip.h
///   its XML: the codes of XmlReader in xml_reader.h
///   its parts: "xlsx.missing_part", "xlsx.bad_relation", "xlsx.wrong_type", "xlsx.no_sheet"
///   its size: "xlsx.too_many_sheets", "…_rows", "…_columns", "…_cells", "…_strings", "…_entries",
///     "xlsx.too_much_text"
/// Refuses all together (the first thousand), with "sheet Biểu 01, cell B4" as field:
///   "xlsx.bad_reference" (not one, or not after the one before), "xlsx.duplicate_cell",
///   "xlsx.bad_number", "xlsx.bad_cell" (of a type or with a value that no cell has),
///   "xlsx.cell_too_long", "xlsx.duplicate_sheet"
///
/// Doubts: "xlsx.macros", "xlsx.external_links", "xlsx.formula_without_value", "xlsx.error_cells",
/// "xlsx.percent", "xlsx.not_a_date" (formatted as a day that no calendar has, and given as a
/// number), "xlsx.hidden_rows", "xlsx.covered_cells" (under a merged cell, and left out),
/// "csv.nbsp", "csv.nfd".
base::Result<Workbook> read_xlsx(std::string_view bytes, const XlsxLimits& limits = {});

/// "xlsx.named_otherwise" when a file that read_xlsx has read is not named as a workbook is, such
/// as the .xlsx named .xls that old systems send; "" when its name is right.
std::string doubt_of_name(std::string_view file_name);

/// A sheet that holds a table and nothing else, as read_csv gives one: the first row that shows
/// something names the columns, rows that show nothing are skipped, and so are columns without a
/// name that hold nothing. `lines` are row numbers of the sheet: whoever takes the table names
/// places by them, here "row 12" and "row 12, column F".
///
/// Refuses, all at once: "xlsx.empty_sheet", "csv.duplicate_column" (field "row 3"),
/// "xlsx.column_without_name" (field "row 12, column F", the first cell under no name; the leftmost
/// column may lack one, and is then named ""), "xlsx.too_many_cells" (over `most_cells`, those that
/// hold nothing too). Doubts: those of the sheet, and "xlsx.merged_cells".
base::Result<CsvTable> table_of(const Workbook::Sheet& sheet, std::size_t most_cells = 4'000'000);

}  // namespace office
