#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace office {

struct CsvTable {
  std::vector<std::string> columns;  ///< header, tidied and lower case
  /// Each as long as `columns`; values NFC, NBSP taken as blanks, outer blanks trimmed.
  std::vector<std::vector<std::string>> rows;
  std::vector<std::size_t> lines;  ///< line number of each row in the file, from 1
  std::vector<std::string>
      doubts;  ///< codes seen and mended: "csv.bom", "csv.bare_cr", "csv.nbsp", "csv.nfd"

  /// Column index by name, or npos.
  std::size_t column(std::string_view name) const;
};

/// RFC 4180 with LF, CRLF or bare CR line ends, a BOM, quotes with line breaks inside. Separator
/// ',' or
/// ';' or tab: the one that splits the header into most columns. Refuses, all at once with "line N"
/// as field (the first thousand faults): "csv.not_utf8", "csv.empty", "csv.duplicate_column",
/// "csv.row_width" (args: found, expected), "csv.open_quote", "csv.too_large" (over `most_rows`).
/// Lines of nothing but separators are skipped. A leading index column with an empty name is
/// allowed (named "").
base::Result<CsvTable> read_csv(std::string_view bytes, std::size_t most_rows = 2'000'000);

/// UTF-8 with BOM, CRLF, all texts quoted; a text that begins with = + - @ tab CR and is not wholly
/// a number gets a leading apostrophe. Throws std::invalid_argument for text that is not UTF-8.
std::string write_csv(const std::vector<std::string>& columns,
                      const std::vector<std::vector<std::string>>& rows);

}  // namespace office
