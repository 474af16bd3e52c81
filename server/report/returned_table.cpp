#include "report/returned_table.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "report/report_workbook.h"

namespace report {
namespace {

using base::ProblemKind;
using Page = office::Workbook::Sheet;
using Stood = office::Workbook::Cell;

constexpr std::uint32_t kLastHeadRow = 200;  // below it nobody has moved the table

/// The heads we know, and how else people write them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kSpellings{{
    {"ma so", "ma"},
    {"ma chi so", "ma"},
    {"ten chi so", "chi so"},
    {"don vi tinh", "dvt"},
    {"so lieu ky nay", "so ky nay"},
    {"gia tri", "so ky nay"},
    {"thuc hien ky nay", "so ky nay"},
    {"chu thich", "ghi chu"},
    {"remark", "ghi chu"},
}};

std::string head_key(const std::string& text) {
  const std::string folded = base::fold(text);
  const auto known = std::find_if(kSpellings.begin(), kSpellings.end(),
                                  [&](const auto& one) { return one.first == folded; });
  return known == kSpellings.end() ? folded : std::string(known->second);
}

bool is_known(const std::string& key) {
  static const std::array kKnown{workbook_head::kCode,   workbook_head::kName,
                                 workbook_head::kKind,   workbook_head::kMeasure,
                                 workbook_head::kFigure, workbook_head::kRemark};
  return std::any_of(kKnown.begin(), kKnown.end(),
                     [&](const char* head) { return base::fold(head) == key; });
}

/// The row that has both the codes' and the figures' head; null when there is none.
const office::Workbook::Row* head_row(const Page& sheet) {
  for (const auto& row : sheet.rows) {
    if (row.number > kLastHeadRow) return nullptr;
    bool has_code = false;
    bool has_figure = false;
    for (const Stood& cell : row.cells) {
      if (cell.text.size() > 60) continue;
      const std::string key = head_key(cell.text);
      has_code = has_code || key == base::fold(workbook_head::kCode);
      has_figure = has_figure || key == base::fold(workbook_head::kFigure);
    }
    if (has_code && has_figure) return &row;
  }
  return nullptr;
}

std::string text_at(const Page& sheet, std::uint32_t row, std::uint32_t column) {
  const Stood* cell = column == 0 ? nullptr : sheet.at(row, column);
  return cell == nullptr ? std::string() : cell->text;
}

}  // namespace

std::uint32_t ReturnedTable::column(const char* head) const {
  const auto at = columns.find(base::fold(head));
  return at == columns.end() ? 0 : at->second;
}

const Stood* ReturnedTable::figure(const Row& row) const {
  return sheet->at(row.number, column(workbook_head::kFigure));
}

const Stood* ReturnedTable::remark(const Row& row) const {
  const std::uint32_t at = column(workbook_head::kRemark);
  return at == 0 ? nullptr : sheet->at(row.number, at);
}

base::Result<ReturnedTable> returned_table(const office::Workbook& workbook) {
  ReturnedTable table;
  const office::Workbook::Row* head = nullptr;
  for (const Page& sheet : workbook.sheets) {
    const auto* found = head_row(sheet);
    if (found == nullptr) continue;
    if (head != nullptr) {
      return base::refuse(ProblemKind::invalid, "workbook.two_tables", "",
                          {table.sheet->name, sheet.name});
    }
    head = found;
    table.sheet = &sheet;
  }
  if (head == nullptr) {
    return base::refuse(ProblemKind::invalid, "workbook.no_table", "",
                        {workbook_head::kCode, workbook_head::kFigure});
  }
  for (const Stood& cell : head->cells) {
    const std::string key = cell.text.size() > 60 ? std::string() : head_key(cell.text);
    if (!is_known(key)) continue;
    if (!table.columns.emplace(key, cell.column).second)
      return base::refuse(ProblemKind::invalid, "workbook.column_twice", "", {cell.text});
  }
  const std::uint32_t code = table.column(workbook_head::kCode);
  const std::uint32_t name = table.column(workbook_head::kName);
  const std::uint32_t kind = table.column(workbook_head::kKind);
  const std::uint32_t measure = table.column(workbook_head::kMeasure);
  for (const auto& row : table.sheet->rows) {
    if (row.number <= head->number) continue;
    ReturnedTable::Row made{row.number,
                            row.is_hidden,
                            text_at(*table.sheet, row.number, code),
                            text_at(*table.sheet, row.number, name),
                            text_at(*table.sheet, row.number, kind),
                            text_at(*table.sheet, row.number, measure)};
    if (!made.code.empty() || table.figure(made) != nullptr) table.rows.push_back(std::move(made));
  }
  return table;
}

}  // namespace report
