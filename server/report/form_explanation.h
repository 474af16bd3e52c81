#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "report/form.h"

namespace report {

/// A figure that was added up.
struct FormPart {
  std::uint32_t row = 0;
  base::Wide amount = 0;
};

/// A column of amounts, whether the form wants it or not.
struct FormSeries {
  std::uint32_t column = 0;  ///< of the sheet; the first when several were added up
  std::optional<std::size_t> of_form;
  std::string head;
  std::vector<std::int64_t> amounts;  ///< by row; nothing is 0
};

/// "C9".
std::string form_cell(std::uint32_t column, std::uint32_t row);

/// What in the sheet would explain that a stated figure is not the sum of its parts: see
/// form_differences. `tolerance` is what rounding may do. Looks, in this order, for a sum off by a
/// factor, one part off by a factor, one part left out, a run of the parts, two parts left out.
std::optional<base::Problem> explain_difference(const std::string& sheet, const FormSeries& series,
                                                const FormDifference& difference,
                                                const std::vector<FormPart>& parts,
                                                base::Wide tolerance);

/// Another amount of the same row that is the difference; `row` is its place in the series.
std::optional<base::Problem> cell_of_difference(const std::string& sheet,
                                                const std::vector<FormSeries>& all,
                                                const FormSeries& series,
                                                const FormDifference& difference, std::size_t row,
                                                base::Wide tolerance);

}  // namespace report
