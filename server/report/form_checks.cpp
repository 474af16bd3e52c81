#include "report/form_checks.h"

#include <algorithm>
#include <array>

#include "base/decimal.h"
#include "office/cell_values.h"
#include "report/form_mapping.h"

namespace report {
namespace {

using base::ProblemKind;
using base::Wide;
using Kind = FormDifference::Kind;

constexpr int kRatioDecimals = 2;
constexpr std::size_t kMostDifferences = 2000;
constexpr std::size_t kMostExplained = 200;
constexpr std::array<std::int64_t, 2> kFactors{1000, 1'000'000};

struct Part {
  std::uint32_t row;
  Wide amount;
};

/// A column of amounts, whether the form wants it or not.
struct Series {
  std::uint32_t column = 0;  ///< of the sheet; the first when several were added up
  std::optional<std::size_t> of_form;
  std::string head;
  std::vector<std::int64_t> amounts;  ///< by row; nothing is 0
};

std::vector<std::int64_t> with_zeros(const std::vector<std::optional<std::int64_t>>& amounts) {
  std::vector<std::int64_t> made;
  made.reserve(amounts.size());
  for (const auto& amount : amounts) made.push_back(amount.value_or(0));
  return made;
}

std::vector<Series> series_of(const FormReading& reading, const Form& form) {
  std::vector<Series> made;
  for (std::size_t i = 0; i < form.columns.size(); ++i) {
    const auto& columns = reading.mapping.columns[i].columns;
    if (columns.empty() || form.columns[i].kind == FormColumn::Kind::ratio) continue;
    Series series{columns.front(), i, form.columns[i].title, {}};
    for (const FormRow& row : reading.rows) series.amounts.push_back(row.amounts[i].value_or(0));
    made.push_back(std::move(series));
  }
  for (const LeftColumn& left : reading.left) {
    if (!left.amounts.empty())
      made.push_back({left.column, std::nullopt, left.head, with_zeros(left.amounts)});
  }
  return made;
}

Wide magnitude(Wide amount) { return amount < 0 ? -amount : amount; }

std::string cell_at(std::uint32_t column, std::uint32_t row) {
  return office::column_letters(column) + std::to_string(row);
}

/// A stated figure, and what would explain that it is not the sum of its parts.
class Explainer {
 public:
  Explainer(const std::string& sheet, const Series& series, const FormDifference& difference,
            const std::vector<Part>& parts, Wide tolerance)
      : sheet_(sheet),
        series_(series),
        of_(difference),
        parts_(parts),
        tolerance_(tolerance),
        missing_(Wide{difference.stated} - difference.summed) {}

  std::optional<base::Problem> why() const {
    if (auto found = factor()) return found;
    if (auto found = slip()) return found;
    if (auto found = left_out()) return found;
    if (auto found = run()) return found;
    return two_left_out();
  }

  /// Another amount of the same row.
  std::optional<base::Problem> other_cell(const std::vector<Series>& all, std::size_t row) const {
    for (const Series& other : all) {
      const Wide amount = other.amounts[row];
      if (other.column == series_.column || amount == 0 ||
          !is_about(magnitude(missing_), magnitude(amount)))
        continue;
      return base::Problem{ProblemKind::invalid,
                           "form.why_cell",
                           place_of(sheet_, of_.row, other.column),
                           {cell_at(other.column, of_.row)}};
    }
    return std::nullopt;
  }

 private:
  bool is_about(Wide a, Wide b) const { return magnitude(a - b) <= tolerance_; }
  std::string cell(std::uint32_t row) const { return cell_at(series_.column, row); }

  base::Problem problem(const char* code, std::uint32_t row, std::vector<std::string> args) const {
    return {ProblemKind::invalid, code, place_of(sheet_, row, series_.column), std::move(args)};
  }

  std::optional<base::Problem> factor() const {
    for (const std::int64_t by : kFactors) {
      const bool is_stated_more = magnitude(Wide{of_.summed} * by - of_.stated) <= tolerance_ * by;
      const bool is_stated_less = magnitude(Wide{of_.stated} * by - of_.summed) <= tolerance_ * by;
      if (is_stated_more || is_stated_less) {
        return problem("form.why_factor", of_.row,
                       {std::to_string(by), is_stated_more ? "×" : "÷"});
      }
    }
    return std::nullopt;
  }

  std::optional<base::Problem> slip() const {
    for (const Part& part : parts_) {
      if (part.amount == 0) continue;
      for (const std::int64_t by : kFactors) {
        const bool is_too_large =
            magnitude(missing_ * by - part.amount * (1 - by)) <= tolerance_ * by;
        const bool is_too_small = is_about(missing_, part.amount * (by - 1));
        if (is_too_large || is_too_small)
          return problem("form.why_slip", part.row, {cell(part.row), std::to_string(by)});
      }
    }
    return std::nullopt;
  }

  std::optional<base::Problem> left_out() const {
    for (const Part& part : parts_) {
      if (part.amount != 0 && is_about(-missing_, part.amount))
        return problem("form.why_left_out", part.row, {cell(part.row)});
    }
    return std::nullopt;
  }

  std::optional<base::Problem> two_left_out() const {
    constexpr std::size_t kMostInPairs = 400;
    if (parts_.size() > kMostInPairs) return std::nullopt;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      for (std::size_t k = i + 1; k < parts_.size() && parts_[i].amount != 0; ++k) {
        if (parts_[k].amount != 0 && is_about(-missing_, parts_[i].amount + parts_[k].amount)) {
          return problem("form.why_left_out", parts_[i].row,
                         {cell(parts_[i].row) + ", " + cell(parts_[k].row)});
        }
      }
    }
    return std::nullopt;
  }

  /// The stated one as the sum of the first parts only, or of the last: at least two of them, and
  /// at least two left out.
  std::optional<base::Problem> run() const {
    if (parts_.size() < 4) return std::nullopt;
    Wide sum = 0;
    for (std::size_t i = 0; i + 2 < parts_.size(); ++i) {
      sum += parts_[i].amount;
      const bool is_end = parts_[i + 1].amount != 0;  // nothing belongs to the run it follows
      if (i > 0 && sum != 0 && is_end && is_about(of_.stated, sum))
        return problem("form.why_run", of_.row, {cell(parts_.front().row), cell(parts_[i].row)});
    }
    sum = 0;
    for (std::size_t i = parts_.size(); i-- > 2;) {
      sum += parts_[i].amount;
      if (i + 1 < parts_.size() && sum != 0 && is_about(of_.stated, sum))
        return problem("form.why_run", of_.row, {cell(parts_[i].row), cell(parts_.back().row)});
    }
    return std::nullopt;
  }

  const std::string& sheet_;
  const Series& series_;
  const FormDifference& of_;
  const std::vector<Part>& parts_;
  Wide tolerance_;
  Wide missing_;
};

class Checker {
 public:
  Checker(const FormReading& reading, const Form& form, base::Problems& doubts)
      : reading_(reading), form_(form), doubts_(doubts), all_(series_of(reading, form)) {}

  std::vector<FormDifference> check() {
    const auto& rows = reading_.rows;
    std::vector<std::vector<std::size_t>> under(rows.size());
    std::vector<std::size_t> groups;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (rows[i].kind == RowKind::group) groups.push_back(i);
      if (rows[i].kind == RowKind::detail && rows[i].under) under[*rows[i].under].push_back(i);
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto& parts = rows[i].kind == RowKind::total ? groups : under[i];
      for (const Series& series : all_) {
        if (!parts.empty()) compare(i, parts, series);
      }
      if (rows[i].kind == RowKind::total || rows[i].kind == RowKind::group) compare_ratios(rows[i]);
      doubt_sides(rows[i]);
    }
    if (has_more_)
      doubts_.push_back({ProblemKind::invalid,
                         "form.more_differences",
                         "sheet " + reading_.mapping.sheet,
                         {std::to_string(kMostDifferences)}});
    return std::move(differences_);
  }

 private:
  void compare(std::size_t place, const std::vector<std::size_t>& under, const Series& series) {
    const FormRow& row = reading_.rows[place];
    std::vector<Part> parts;
    Wide sum = 0;
    bool has_figure = row.kind == RowKind::total;
    for (const std::size_t i : under) {
      has_figure = has_figure || series.amounts[i] != 0;
      sum += series.amounts[i];
      parts.push_back({reading_.rows[i].row, series.amounts[i]});
    }
    if (row.kind != RowKind::total) doubt_large(parts, series);
    const std::int64_t stated = series.amounts[place];
    const auto summed = base::narrow(sum);
    if (!summed || *summed == stated) return;
    if (differences_.size() == kMostDifferences) {
      has_more_ = true;
      return;
    }
    FormDifference difference;
    difference.cell = cell_at(series.column, row.row);
    difference.row = row.row;
    difference.column = series.of_form;
    difference.head = series.head;
    difference.stated = stated;
    difference.summed = *summed;
    for (const Part& part : parts) difference.parts.push_back(part.row);
    // Each figure may have been rounded by half a unit where it was stored.
    const Wide tolerance = static_cast<Wide>(parts.size()) / 2 + 1;
    if (!has_figure) {
      difference.kind = Kind::not_divided;
    } else if (magnitude(Wide{stated} - sum) <= tolerance) {
      difference.kind = Kind::rounding;
    } else {
      const Explainer explainer(reading_.mapping.sheet, series, difference, parts, tolerance);
      std::optional<base::Problem> why;
      if (explained_++ < kMostExplained) why = explainer.why();
      if (!why) why = explainer.other_cell(all_, place);
      difference.why = std::move(why);
      tell_slip(difference);
    }
    differences_.push_back(std::move(difference));
  }

  void tell_slip(const FormDifference& difference) {
    if (!difference.why) return;
    const std::string& code = difference.why->code;
    if (code != "form.why_factor" && code != "form.why_slip") return;
    const std::size_t factor = code == "form.why_slip" ? 1 : 0;
    doubts_.push_back({ProblemKind::invalid,
                       "form.measure_slip",
                       difference.why->field,
                       {difference.why->args[factor]}});
  }

  std::optional<std::size_t> column_of(const std::string& code) const {
    for (std::size_t i = 0; i < form_.columns.size(); ++i)
      if (form_.columns[i].code == code) return i;
    return std::nullopt;
  }

  /// The two sides of a ratio are of one size: where one is a thousand or a million times the
  /// other, one was likely typed in another measure.
  void doubt_sides(const FormRow& row) {
    for (const FormColumn& ratio : form_.columns) {
      const auto over = column_of(ratio.over);
      const auto by = column_of(ratio.by);
      if (!over || !by) continue;
      const Wide a = row.amounts[*over].value_or(0);
      const Wide b = row.amounts[*by].value_or(0);
      for (const std::int64_t factor : kFactors) {
        if (!is_times(a, b, factor) && !is_times(b, a, factor)) continue;
        const std::size_t larger = a > b ? *over : *by;
        doubts_.push_back(
            {ProblemKind::invalid,
             "form.row_slip",
             place_of(reading_.mapping.sheet, row.row,
                      reading_.mapping.columns[larger].columns.front()),
             {form_.columns[*over].title, form_.columns[*by].title, std::to_string(factor)}});
        return;
      }
    }
  }
  static bool is_times(Wide large, Wide small, std::int64_t factor) {
    constexpr int kAbout = 2;
    return small > 0 && large * kAbout >= small * factor && large <= small * factor * kAbout;
  }

  /// One part a hundred times all the others together, which are several.
  void doubt_large(const std::vector<Part>& parts, const Series& series) {
    constexpr std::size_t kSeveral = 4;
    constexpr int kTimes = 100;
    Wide sum = 0;
    std::size_t count = 0;
    const Part* largest = nullptr;
    for (const Part& part : parts) {
      if (part.amount <= 0) continue;
      ++count;
      sum += part.amount;
      if (largest == nullptr || part.amount > largest->amount) largest = &part;
    }
    if (count <= kSeveral || largest->amount < (sum - largest->amount) * kTimes) return;
    doubts_.push_back({ProblemKind::invalid,
                       "form.large_row",
                       place_of(reading_.mapping.sheet, largest->row, series.column),
                       {series.head}});
  }

  void compare_ratios(const FormRow& row) {
    constexpr std::int64_t kTolerance = 6;  // hundredths of a per cent: printed with one decimal
    for (std::size_t i = 0; i < form_.columns.size(); ++i) {
      const auto over = column_of(form_.columns[i].over);
      const auto by = column_of(form_.columns[i].by);
      if (!over || !by || !row.amounts[i] || !row.amounts[*over]) continue;
      const auto right = base::divide_half_up(*row.amounts[*over], row.amounts[*by].value_or(0),
                                              2 + kRatioDecimals);
      const Wide stated = *row.amounts[i];
      // 0.98 without a format of per cent is 98% all the same.
      if (!right || magnitude(stated - *right) <= kTolerance ||
          magnitude(stated * 100 - *right) <= kTolerance * 10)
        continue;
      doubts_.push_back(
          {ProblemKind::invalid,
           "form.ratio_differs",
           place_of(reading_.mapping.sheet, row.row, reading_.mapping.columns[i].columns.front()),
           {base::canonical_figure(stated, kRatioDecimals),
            base::canonical_figure(*right, kRatioDecimals)}});
    }
  }

  const FormReading& reading_;
  const Form& form_;
  base::Problems& doubts_;
  std::vector<Series> all_;
  std::vector<FormDifference> differences_;
  std::size_t explained_ = 0;
  bool has_more_ = false;
};

}  // namespace

std::vector<FormDifference> form_differences(const FormReading& reading, const Form& form,
                                             base::Problems& doubts) {
  return Checker(reading, form, doubts).check();
}

std::string form_figure(std::int64_t amount, const Form& form, std::size_t column) {
  const bool is_ratio = form.columns[column].kind == FormColumn::Kind::ratio;
  return base::canonical_figure(amount, is_ratio ? kRatioDecimals : form.decimals);
}

}  // namespace report
