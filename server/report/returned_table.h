#pragma once

#include <map>
#include <string>
#include <vector>

#include "office/read_xlsx.h"

namespace report {

/// The table of a returned workbook, found by its heads wherever it was moved. Pure.
struct ReturnedTable {
  struct Row {
    std::uint32_t number = 0;
    bool is_hidden = false;
    std::string code, name, kind, measure;  ///< as they stand; kind "" when there is no such column
  };

  const office::Workbook::Sheet* sheet = nullptr;
  std::map<std::string, std::uint32_t> columns;  ///< by the folded head: "ma", "so ky nay", …
  std::vector<Row> rows;  ///< under the head, those that name a code or hold a figure

  std::uint32_t column(const char* head) const;  ///< 0 when it is not there
  const office::Workbook::Cell* figure(const Row& row) const;
  const office::Workbook::Cell* remark(const Row& row) const;
};

/// Refuses "workbook.no_table", "workbook.two_tables" (on two sheets), "workbook.column_twice".
base::Result<ReturnedTable> returned_table(const office::Workbook& workbook);

}  // namespace report
