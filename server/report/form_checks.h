#pragma once

#include <vector>

#include "report/form.h"

namespace report {

/// What is stated beside what stands under it: the total beside the groups, each group beside its
/// details, down to the last level, for every amount. A difference that something in the sheet
/// explains says so in `why`:
/// "form.why_factor" (the sum times 10^±3 or 10^±6), "form.why_slip" (one row in another measure),
/// "form.why_left_out" (rows the stated one leaves out), "form.why_run" (it is the sum of some rows
/// in a run: a formula that ends too early), "form.why_cell" (another cell of the row).
/// Doubts added: "form.measure_slip" (with why_factor and why_slip), "form.row_slip" (the two sides
/// of a ratio are about 10^3 or 10^6 apart), "form.large_row" (one detail a hundred times all
/// others together), "form.ratio_differs" (of the total and groups: a ratio that is not its two
/// sides'), "form.more_differences" (over two thousand).
std::vector<FormDifference> form_differences(const FormReading& reading, const Form& form,
                                             base::Problems& doubts);

/// "1234567.000001" of an amount of the form's column.
std::string form_figure(std::int64_t amount, const Form& form, std::size_t column);

}  // namespace report
