#pragma once

#include <optional>
#include <string>
#include <vector>

#include "direct/indicator.h"
#include "office/read_xlsx.h"
#include "report/fact.h"

namespace report {

/// What one cell for a figure says, read as `indicator` wants it. Pure.
struct ReturnedFigure {
  std::optional<FactState> state;  ///< none when it says nothing that can be taken as it is
  std::optional<std::int64_t> amount;
  std::vector<std::int64_t> readings;  ///< what an ambiguous text may mean, each of which fits
  base::Problems doubts, refusals;
};

/// `cell` is null when nothing stands there. Doubts: "workbook.formula", "workbook.percent",
/// "workbook.foreign_notation", "figure.ambiguous". Refusals: "workbook.formula_empty",
/// "workbook.error_value", "workbook.boolean", "workbook.date", "workbook.percent_unit" and those
/// of base::parse_figure.
ReturnedFigure returned_figure(const office::Workbook::Cell* cell,
                               const direct::Indicator& indicator, const std::string& place);

}  // namespace report
