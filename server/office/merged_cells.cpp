#include "office/merged_cells.h"

#include <algorithm>
#include <functional>
#include <map>
#include <queue>
#include <utility>
#include <vector>

#include "office/cell_values.h"

namespace office {
namespace {

using Range = Workbook::Range;

/// The ranges that meet one row, as it goes down the sheet.
class Sweep {
 public:
  explicit Sweep(std::vector<Range> ranges) : ranges_(std::move(ranges)) {
    std::sort(ranges_.begin(), ranges_.end(), [](const Range& a, const Range& b) {
      return std::pair(a.first_row, a.first_column) < std::pair(b.first_row, b.first_column);
    });
  }

  /// Goes down to `row`; gives back a range that overlaps another.
  std::optional<Range> to(std::uint32_t row) {
    for (; next_ < ranges_.size() && ranges_[next_].first_row <= row; ++next_) {
      const Range& range = ranges_[next_];
      leave(range.first_row);
      const auto after = met_.upper_bound(range.last_column);
      if (after != met_.begin() && std::prev(after)->second.last_column >= range.first_column)
        return range;
      met_.emplace(range.first_column, range);
      ends_.emplace(range.last_row, range.first_column);
    }
    leave(row);
    return std::nullopt;
  }

  bool covers(std::uint32_t row, std::uint32_t column) const {
    const auto after = met_.upper_bound(column);
    if (after == met_.begin()) return false;
    const Range& range = std::prev(after)->second;
    return column <= range.last_column && (row != range.first_row || column != range.first_column);
  }

 private:
  void leave(std::uint32_t row) {
    for (; !ends_.empty() && ends_.top().first < row; ends_.pop()) met_.erase(ends_.top().second);
  }

  using End = std::pair<std::uint32_t, std::uint32_t>;  // last row, first column

  std::vector<Range> ranges_;
  std::size_t next_ = 0;
  std::map<std::uint32_t, Range> met_;  // by first column; none overlaps another
  std::priority_queue<End, std::vector<End>, std::greater<>> ends_;
};

}  // namespace

std::optional<Range> hide_covered(Workbook::Sheet& sheet, bool& has_hidden) {
  Sweep sweep(sheet.merged);
  for (Workbook::Row& row : sheet.rows) {
    if (auto overlapping = sweep.to(row.number)) return overlapping;
    const auto covered = std::erase_if(row.cells, [&](const Workbook::Cell& cell) {
      return sweep.covers(row.number, cell.column);
    });
    has_hidden = has_hidden || covered > 0;
  }
  std::erase_if(sheet.rows, [](const Workbook::Row& row) { return row.cells.empty(); });
  return sweep.to(kLastRow);
}

}  // namespace office
