#include "report/form_checks.h"

#include <algorithm>
#include <array>

#include "base/decimal.h"
#include "report/form_explanation.h"
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

std::vector<std::int64_t> with_zeros(const std::vector<std::optional<std::int64_t>>& amounts) {
  std::vector<std::int64_t> made;
  made.reserve(amounts.size());
  for (const auto& amount : amounts) made.push_back(amount.value_or(0));
  return made;
}

std::vector<FormSeries> series_of(const FormReading& reading, const Form& form) {
  std::vector<FormSeries> made;
  for (std::size_t i = 0; i < form.columns.size(); ++i) {
    const auto& columns = reading.mapping.columns[i].columns;
    if (columns.empty() || form.columns[i].kind == FormColumn::Kind::ratio) continue;
    FormSeries series{columns.front(), i, form.columns[i].title, {}};
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
      for (const FormSeries& series : all_) {
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
  void compare(std::size_t place, const std::vector<std::size_t>& under, const FormSeries& series) {
    const FormRow& row = reading_.rows[place];
    std::vector<FormPart> parts;
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
    difference.cell = form_cell(series.column, row.row);
    difference.row = row.row;
    difference.column = series.of_form;
    difference.head = series.head;
    difference.stated = stated;
    difference.summed = *summed;
    for (const FormPart& part : parts) difference.parts.push_back(part.row);
    // Each figure may have been rounded by half a unit where it was stored.
    const Wide tolerance = static_cast<Wide>(parts.size()) / 2 + 1;
    if (!has_figure) {
      difference.kind = Kind::not_divided;
    } else if (magnitude(Wide{stated} - sum) <= tolerance) {
      difference.kind = Kind::rounding;
    } else {
      const std::string& sheet = reading_.mapping.sheet;
      if (explained_++ < kMostExplained)
        difference.why = explain_difference(sheet, series, difference, parts, tolerance);
      if (!difference.why)
        difference.why = cell_of_difference(sheet, all_, series, difference, place, tolerance);
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
  void doubt_large(const std::vector<FormPart>& parts, const FormSeries& series) {
    constexpr std::size_t kSeveral = 4;
    constexpr int kTimes = 100;
    Wide sum = 0;
    std::size_t count = 0;
    const FormPart* largest = nullptr;
    for (const FormPart& part : parts) {
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
  std::vector<FormSeries> all_;
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
