#include <algorithm>
#include <map>
#include <set>

#include "office/cell_values.h"
#include "office/clean_text.h"
#include "office/read_xlsx.h"

namespace office {
namespace {

using base::ProblemKind;
using Row = Workbook::Row;

/// Formulas that show nothing do not make a row or a column.
bool shows_nothing(const Row& row) {
  return std::all_of(row.cells.begin(), row.cells.end(),
                     [](const Workbook::Cell& cell) { return cell.text.empty(); });
}

std::string place(std::size_t row) { return "row " + std::to_string(row); }

class TableMaker {
 public:
  explicit TableMaker(const Workbook::Sheet& sheet)
      : sheet_(sheet), doubts_(sheet.doubts.begin(), sheet.doubts.end()) {
    for (const Row& row : sheet.rows) {
      if (!shows_nothing(row)) rows_.push_back(&row);
    }
  }

  base::Result<CsvTable> make(std::size_t most_cells) {
    if (rows_.empty()) {
      return base::refuse(ProblemKind::invalid, "xlsx.empty_sheet", "sheet " + sheet_.name,
                          {sheet_.name});
    }
    find_columns();
    if (!problems_.empty()) return base::refuse(std::move(problems_));
    if (rows_.size() > most_cells / std::max<std::size_t>(table_.columns.size(), 1)) {
      return base::refuse(ProblemKind::too_large, "xlsx.too_many_cells", "sheet " + sheet_.name,
                          {std::to_string(most_cells)});
    }
    for (std::size_t i = 1; i < rows_.size(); ++i) take(*rows_[i]);
    for (const Workbook::Range& range : sheet_.merged) {
      if (range.last_row >= rows_.front()->number && range.first_row <= rows_.back()->number)
        doubts_.insert("xlsx.merged_cells");
    }
    table_.doubts.assign(doubts_.begin(), doubts_.end());
    return std::move(table_);
  }

 private:
  /// Those that have a name or hold something, from the left.
  void find_columns() {
    std::map<std::uint32_t, std::uint32_t> first_row;  // column → where it first shows something
    for (const Row* row : rows_) {
      for (const Workbook::Cell& cell : row->cells) {
        if (!cell.text.empty()) first_row.emplace(cell.column, row->number);
      }
    }
    const std::uint32_t header = rows_.front()->number;
    std::set<std::string> seen;
    for (const auto& [column, row] : first_row) {
      const Workbook::Cell* cell = sheet_.at(header, column);
      const std::string name = cell == nullptr ? "" : column_name(cell->text, doubts_);
      if (name.empty() && !index_.empty()) {
        problems_.push_back({ProblemKind::invalid,
                             "xlsx.column_without_name",
                             place(row) + ", column " + column_letters(column),
                             {column_letters(column), std::to_string(header)}});
      } else if (!seen.insert(name).second) {
        problems_.push_back({ProblemKind::invalid, "csv.duplicate_column", place(header), {name}});
      }
      index_.emplace(column, table_.columns.size());
      table_.columns.push_back(name);
    }
  }

  void take(const Row& row) {
    std::vector<std::string> cells(table_.columns.size());
    for (const Workbook::Cell& cell : row.cells) {
      if (!cell.text.empty()) cells[index_.at(cell.column)] = cell.text;
    }
    table_.rows.push_back(std::move(cells));
    table_.lines.push_back(row.number);
  }

  const Workbook::Sheet& sheet_;
  std::vector<const Row*> rows_;
  std::map<std::uint32_t, std::size_t> index_;
  std::set<std::string> doubts_;
  base::Problems problems_;
  CsvTable table_;
};

}  // namespace

base::Result<CsvTable> table_of(const Workbook::Sheet& sheet, std::size_t most_cells) {
  return TableMaker(sheet).make(most_cells);
}

}  // namespace office
