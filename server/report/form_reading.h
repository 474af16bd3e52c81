#pragma once

#include "base/result.h"
#include "office/read_xlsx.h"
#include "report/form.h"
#include "report/form_mapping.h"

namespace report {

/// Reads a workbook of any layout as the form: takes text in old encodings as Unicode (see
/// take_legacy_text), proposes the mapping, reads each row exactly and compares what is stated with
/// what stands under it (form_checks.h). Nothing is mended: what is doubtful is told with its cell.
///
/// Doubts besides those of propose_mapping: "form.hidden_rows", "form.row_without_name" (figures
/// under no name), "form.row_without_ordinal" (read as a detail), "form.numbering",
/// "form.no_total", "form.second_total", "form.part_rows", "form.negative", "form.not_read_text"
/// (old text that could not be read), "form.legacy", those of figure_of, those of the workbook;
/// "form.more" stands for the rest when one code is told too often. Refuses what propose_mapping
/// does, and "form.no_rows".
base::Result<FormReading> read_form(office::Workbook book, const Form& form,
                                    const AskedMapping& asked);

/// Of an .xlsx file, by its bytes and name: refuses what office::read_xlsx does, and doubts a name
/// that says otherwise.
base::Result<FormReading> read_form_file(std::string_view bytes, std::string_view file_name,
                                         const Form& form, const AskedMapping& asked);

}  // namespace report
