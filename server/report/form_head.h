#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "office/read_xlsx.h"
#include "report/form_words.h"

namespace report {

/// Where a sheet's head stands.
struct FormHead {
  std::uint32_t first = 0, last = 0;
  std::uint32_t body_first = 0;  ///< the first row that is neither head nor numbers of columns
  std::uint32_t ordinal_column = 0, name_column = 0;
  bool is_unnamed = false;  ///< found by the numbers under it: nothing says which column names rows
};

/// A sheet with what its merged cells cover given back to each row and column.
class FormSheet {
 public:
  explicit FormSheet(const office::Workbook::Sheet& sheet);

  const office::Workbook::Sheet& sheet() const { return sheet_; }
  /// The text there, or of the merged cell that covers it.
  std::string text(std::uint32_t row, std::uint32_t column) const;
  std::uint32_t last_row() const;
  std::uint32_t last_column() const { return last_column_; }

  /// The head over the form's columns: from the row of the column that names the rows, down to the
  /// row before the first with figures. Without such a head, by a row "A", "B", 1, 2, 3 under it;
  /// none without that.
  std::optional<FormHead> find_head(const Form& form, const FormWords& words) const;

  /// What stands over a column, from above, each once: {"Quyết toán", "Chi chương trình MTQG",
  /// "Tổng số"}.
  std::vector<std::string> heads_over(std::uint32_t column, std::uint32_t first,
                                      std::uint32_t last) const;

 private:
  std::optional<FormHead> head_by_numbers() const;
  const office::Workbook::Range* range_at(std::uint32_t row, std::uint32_t column) const;
  bool is_body_row(const office::Workbook::Row& row, const FormHead& head) const;
  bool numbers_columns(const office::Workbook::Row& row, const FormHead& head) const;

  const office::Workbook::Sheet& sheet_;
  std::multimap<std::uint32_t, const office::Workbook::Range*> ranges_;  ///< by each row they cover
  std::uint32_t last_column_ = 0;
};

}  // namespace report
