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

constexpr std::array kHeads{workbook_head::kCode, workbook_head::kFigure,  workbook_head::kName,
                            workbook_head::kKind, workbook_head::kMeasure, workbook_head::kRemark};

/// The heads that are read, folded once.
const std::vector<std::string>& known_keys() {
  static const std::vector<std::string> kKeys = [] {
    std::vector<std::string> made;
    for (const std::string_view head : kHeads) made.push_back(base::fold(head));
    return made;
  }();
  return kKeys;
}

/// The folded head of a column that is read; empty for every other text.
std::string head_key(const Stood& cell) {
  constexpr std::size_t kLongestHead = 60;  // bytes
  if (cell.kind != office::Workbook::Kind::text || cell.text.size() > kLongestHead) return {};
  std::string folded = base::fold(cell.text);
  const auto known = std::find_if(kSpellings.begin(), kSpellings.end(),
                                  [&](const auto& one) { return one.first == folded; });
  if (known != kSpellings.end()) folded = known->second;
  const auto& keys = known_keys();
  return std::find(keys.begin(), keys.end(), folded) == keys.end() ? std::string() : folded;
}

/// The row that has both the codes' and the figures' head; null when there is none.
const office::Workbook::Row* head_row(const Page& sheet) {
  const bool is_ours =
      !sheet.rows.empty() && sheet.rows.front().cells.front().text == kIdentityMark;
  if (is_ours) return nullptr;
  for (const auto& row : sheet.rows) {
    if (row.number > kLastHeadRow) return nullptr;
    if (row.cells.size() < 2) continue;
    bool has_code = false;
    bool has_figure = false;
    for (const Stood& cell : row.cells) {
      const std::string key = head_key(cell);
      has_code = has_code || key == known_keys()[0];
      has_figure = has_figure || key == known_keys()[1];
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
  const auto known = std::ranges::find(kHeads, std::string_view(head));
  const auto at = columns.find(known_keys()[static_cast<std::size_t>(known - kHeads.begin())]);
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
    const std::string key = head_key(cell);
    if (key.empty()) continue;
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
