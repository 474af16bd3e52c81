#pragma once

#include <xlsxwriter.h>

#include <functional>
#include <set>
#include <string>

#include "office/xlsx.h"

/// What both writers of workbooks (xlsx.cpp, form_xlsx.cpp) need of libxlsxwriter.
namespace office {

/// Throws std::runtime_error when the library reports a fault.
void must(lxw_error error, const char* what);

/// Whether a double, which is all a cell can hold, gives the figure back digit by digit.
bool fits_a_double(const Figure& figure);
/// The figure as the double nearest to it, which reads back exactly when it fits.
double as_double(const Figure& figure);
/// "#,##0.00": each place shows it with its own signs.
std::string number_format(int decimals);

/// A name Excel takes: at most 31 units, none of []:*?/\\, no apostrophe at an end, not twice
/// whatever the case. The library answers most others with a null sheet.
std::string sheet_name(const std::string& wanted, std::set<std::string>& taken);

/// How many lines a wrapped text takes in a column so many characters wide, near enough.
std::size_t lines_of(const std::string& text, double width);

/// What one cell can hold; a longer text is cut, and shows that it was.
std::string cell_text(const std::string& value);

/// Writes a text as text, whatever it begins with; a blank for an empty one.
void write_text(lxw_worksheet* page, lxw_row_t row, lxw_col_t column, const std::string& value,
                lxw_format* with);

/// The library stores no heights, and not every reader works out those of wrapped texts.
void make_room(lxw_worksheet* page, lxw_row_t row, std::size_t lines);

/// Times New Roman 11; a thin border and wrapping when asked.
lxw_format* plain_format(lxw_workbook* book, bool border, bool wrap);

/// The bytes of the workbook that `write` fills: the same for the same figures, on any day.
std::string workbook_bytes(const std::function<void(lxw_workbook*)>& write);

}  // namespace office
