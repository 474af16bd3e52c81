#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "office/read_xlsx.h"

namespace report {

/// "triệu đồng" is 10^6 of "đồng".
struct FormMeasure {
  int power = 0;
  std::string of;  ///< folded: "dong"
};

/// None when the text is empty or too long to be a unit of measure.
std::optional<FormMeasure> measure_named(std::string_view text);

/// By how many powers of ten a figure in `from` grows in `to`; none when they measure other things.
std::optional<int> power_between(const FormMeasure& from, const FormMeasure& to);

/// What stands behind "Đơn vị tính:", "ĐVT:", "Đơn vị:" when it is a measure of the same thing as
/// `wanted`: not "Đơn vị: Sở Tài chính".
std::optional<std::string> measure_in(std::string_view text, const FormMeasure& wanted);

/// A cell read as a figure.
struct FormFigure {
  std::optional<std::int64_t> amount;  ///< none: nothing stands there
  std::string doubt;                   ///< code of what is doubtful, or ""
};

/// A figure in 10^-decimals of the wanted measure, exactly; `power` from power_between. A dash is
/// nothing. Doubts: "form.error_cell", "form.not_a_figure", "form.out_of_range" (no amount then),
/// "form.text_figure" (a number typed as text), "form.no_value" (a formula without a stored one),
/// "form.rounded" (a digit beyond the last kept one was rounded half away from zero, and it was not
/// just the noise of a double).
FormFigure figure_of(const office::Workbook::Cell& cell, int decimals, int power,
                     bool decimal_comma);

}  // namespace report
