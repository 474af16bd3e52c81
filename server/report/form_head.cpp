#include "report/form_head.h"

#include <algorithm>
#include <optional>

namespace report {
namespace {

using Kind = office::Workbook::Kind;
using Row = office::Workbook::Row;

constexpr std::uint32_t kDeepestHead = 80;    // rows in which a head is looked for
constexpr std::uint32_t kTallestRange = 200;  // of a merged range worth following

/// "A", "B", "3", "(3)", "15=7/1", "4=2-3": what numbers columns.
bool is_column_number(const std::string& text) {
  if (text.empty() || text.size() > 16) return false;
  if (text.size() == 1 && text[0] >= 'A' && text[0] <= 'Z') return true;
  bool has_digit = false;
  for (const char c : text) {
    if (c >= '0' && c <= '9')
      has_digit = true;
    else if (std::string_view("()=+-/*x:, ").find(c) == std::string_view::npos)
      return false;
  }
  const std::size_t sign = text.find('=');
  return has_digit && (sign != std::string::npos || text.size() <= 4);
}

}  // namespace

FormSheet::FormSheet(const office::Workbook::Sheet& sheet) : sheet_(sheet) {
  for (const Row& row : sheet.rows) last_column_ = std::max(last_column_, row.cells.back().column);
  for (const auto& range : sheet.merged) {
    const std::uint32_t last = std::min(range.last_row, range.first_row + kTallestRange);
    for (std::uint32_t row = range.first_row; row <= last && row <= kDeepestHead * 2; ++row)
      ranges_.emplace(row, &range);
  }
}

std::uint32_t FormSheet::last_row() const {
  return sheet_.rows.empty() ? 0 : sheet_.rows.back().number;
}

const office::Workbook::Range* FormSheet::range_at(std::uint32_t row, std::uint32_t column) const {
  const auto [from, to] = ranges_.equal_range(row);
  for (auto at = from; at != to; ++at) {
    if (at->second->first_column <= column && column <= at->second->last_column) return at->second;
  }
  return nullptr;
}

std::string FormSheet::text(std::uint32_t row, std::uint32_t column) const {
  if (const auto* range = range_at(row, column)) {
    row = range->first_row;
    column = range->first_column;
  }
  const auto* cell = sheet_.at(row, column);
  return cell == nullptr ? "" : cell->text;
}

bool FormSheet::numbers_columns(const Row& row, const FormHead& head) const {
  std::size_t numbers = 0;
  std::size_t others = 0;
  for (const auto& cell : row.cells) {
    if (cell.text.empty() || cell.column < head.name_column) continue;
    ++(is_column_number(cell.text) ? numbers : others);
  }
  const auto* name = sheet_.at(row.number, head.name_column);
  const bool names_it = name != nullptr && is_column_number(name->text);
  return numbers >= 2 && numbers > 4 * others && (names_it || numbers >= 4) &&
         (name == nullptr || name->text.empty() || names_it);
}

/// A row that is named and either numbered or has a figure to its right.
bool FormSheet::is_body_row(const Row& row, const FormHead& head) const {
  const auto* name = sheet_.at(row.number, head.name_column);
  if (name == nullptr || name->text.empty() || range_at(row.number, head.name_column) != nullptr)
    return false;
  if (head.ordinal_column != 0) {
    const auto* ordinal = sheet_.at(row.number, head.ordinal_column);
    if (ordinal != nullptr && !ordinal->text.empty()) return true;
  }
  return std::any_of(row.cells.begin(), row.cells.end(), [&](const auto& cell) {
    return cell.column > head.name_column &&
           (cell.kind == Kind::number || cell.kind == Kind::error);
  });
}

/// Forms number their columns "A", "B", 1, 2, 3: A are the ordinals, B the names, though nothing
/// stands over them.
std::optional<FormHead> FormSheet::head_by_numbers() const {
  for (const Row& row : sheet_.rows) {
    if (row.number > kDeepestHead) break;
    const auto first = std::find_if(row.cells.begin(), row.cells.end(),
                                    [](const auto& cell) { return cell.text == "A"; });
    if (row.number == 1 || row.cells.end() - first < 3) continue;
    if ((first + 1)->text != "B" || (first + 2)->text != "1") continue;
    FormHead head;
    head.ordinal_column = first->column;
    head.name_column = (first + 1)->column;
    head.first = head.last = row.number - 1;
    head.is_unnamed = true;
    if (const auto* range = range_at(head.last, head.name_column)) {
      head.first = range->first_row;
    } else {
      const auto has_heads = [&](std::uint32_t above) {
        return !text(above, (first + 2)->column).empty();
      };
      while (head.first > 1 && has_heads(head.first - 1)) --head.first;
    }
    return head;
  }
  return std::nullopt;
}

std::optional<FormHead> FormSheet::find_head(const Form& form, const FormWords& words) const {
  constexpr int kAlike = 85;
  FormHead head;
  int best = kAlike - 1;
  for (const Row& row : sheet_.rows) {
    if (row.number > kDeepestHead) break;
    for (const auto& cell : row.cells) {
      const int score = words.likeness(cell.text, form.name_names);
      if (cell.kind != Kind::text || score <= best) continue;
      best = score;
      head.first = head.last = row.number;
      head.name_column = cell.column;
      if (const auto* range = range_at(row.number, cell.column)) head.last = range->last_row;
    }
  }
  if (head.first == 0) {
    const auto numbered = head_by_numbers();
    if (!numbered) return std::nullopt;
    head = *numbered;
  }
  for (std::uint32_t column = 1; column < head.name_column; ++column) {
    for (std::uint32_t row = head.first; row <= head.last; ++row) {
      if (words.likeness(text(row, column), form.ordinal_names) == 100)
        head.ordinal_column = column;
    }
  }
  bool is_numbered = false;
  for (const Row& row : sheet_.rows) {
    if (row.number <= head.last) continue;
    if (numbers_columns(row, head)) {
      is_numbered = true;
      continue;
    }
    if (is_body_row(row, head)) {
      head.body_first = row.number;
      break;
    }
    if (!is_numbered) head.last = row.number;
  }
  return head.body_first == 0 ? std::nullopt : std::optional(head);
}

std::vector<std::string> FormSheet::heads_over(std::uint32_t column, std::uint32_t first,
                                               std::uint32_t last) const {
  std::vector<std::string> heads;
  for (std::uint32_t row = first; row <= last; ++row) {
    std::string head = text(row, column);
    // Without merged cells, a head of the first row stands over all that follow it.
    for (std::uint32_t left = column; row == first && first < last && head.empty() && left > 1;) {
      --left;
      if (range_at(row, left) != nullptr || range_at(row, column) != nullptr) break;
      head = text(row, left);
    }
    if (!head.empty() && (heads.empty() || heads.back() != head)) heads.push_back(std::move(head));
  }
  return heads;
}

}  // namespace report
