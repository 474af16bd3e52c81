#pragma once

#include <map>
#include <string>
#include <string_view>

#include "office/read_xlsx.h"
#include "report/report_workbook.h"

namespace report {

/// A cell as the workbook was sent out with it.
struct Given {
  FactState state = FactState::blank;
  std::optional<std::int64_t> amount;
  std::string remark;
};

/// "F05|actual": a cell's code and kind in one.
std::string cell_key(std::string_view code, std::string_view kind);

/// The rows of the hidden sheet, by code and kind. Refuses "workbook.tampered" when they are not
/// those that were sealed; empty when the sheet is gone.
base::Result<std::map<std::string, Given>> given_cells(const office::Workbook& workbook,
                                                       const WorkbookIdentity& identity,
                                                       const Sheet& sheet);

}  // namespace report
