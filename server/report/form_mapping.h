#pragma once

#include "base/result.h"
#include "office/read_xlsx.h"
#include "report/form.h"

namespace report {

/// How a workbook is to be read: what a person asked for, the rest proposed from its heads. What is
/// not plain is told in `doubts`:
/// "form.unnamed_head" (the column of names found by its number), "form.sheet_chosen" (several
/// sheets would fit), "form.sheet_hidden", "form.column_alike" (args: title, head, likeness),
/// "form.column_tied", "form.column_summed" (several columns, no total of theirs),
/// "form.column_missing", "form.hidden_column", "form.measure_missing", "form.measure_twice" (args:
/// taken, other). Refuses "form.no_sheet" (none is headed like the form), "form.no_such_sheet",
/// "form.required_column", "form.no_such_column", "form.measure_other" (a measure of another
/// thing), "form.bad_place" (rows or columns asked for that cannot be).
base::Result<FormMapping> propose_mapping(const office::Workbook& book, const Form& form,
                                          const AskedMapping& asked, base::Problems& doubts);

/// "sheet 66, cell C9".
std::string place_of(const std::string& sheet, std::uint32_t row, std::uint32_t column);

}  // namespace report
