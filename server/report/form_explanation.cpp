#include "report/form_explanation.h"

#include <array>

#include "office/cell_values.h"
#include "report/form_mapping.h"

namespace report {
namespace {

using base::ProblemKind;
using base::Wide;

constexpr std::array<std::int64_t, 2> kFactors{1000, 1'000'000};

Wide magnitude(Wide amount) { return amount < 0 ? -amount : amount; }

/// A stated figure, and what would explain that it is not the sum of its parts.
class Explainer {
 public:
  Explainer(const std::string& sheet, const FormSeries& series, const FormDifference& difference,
            const std::vector<FormPart>& parts, Wide tolerance)
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

 private:
  bool is_about(Wide a, Wide b) const { return magnitude(a - b) <= tolerance_; }
  std::string cell(std::uint32_t row) const { return form_cell(series_.column, row); }

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
    for (const FormPart& part : parts_) {
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
    for (const FormPart& part : parts_) {
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
  const FormSeries& series_;
  const FormDifference& of_;
  const std::vector<FormPart>& parts_;
  Wide tolerance_;
  Wide missing_;
};

}  // namespace

std::string form_cell(std::uint32_t column, std::uint32_t row) {
  return office::column_letters(column) + std::to_string(row);
}

std::optional<base::Problem> explain_difference(const std::string& sheet, const FormSeries& series,
                                                const FormDifference& difference,
                                                const std::vector<FormPart>& parts,
                                                base::Wide tolerance) {
  return Explainer(sheet, series, difference, parts, tolerance).why();
}

std::optional<base::Problem> cell_of_difference(const std::string& sheet,
                                                const std::vector<FormSeries>& all,
                                                const FormSeries& series,
                                                const FormDifference& difference, std::size_t row,
                                                base::Wide tolerance) {
  const Wide missing = magnitude(Wide{difference.stated} - difference.summed);
  for (const FormSeries& other : all) {
    const Wide amount = magnitude(other.amounts[row]);
    if (other.column == series.column || amount == 0 || magnitude(missing - amount) > tolerance)
      continue;
    return base::Problem{ProblemKind::invalid,
                         "form.why_cell",
                         place_of(sheet, difference.row, other.column),
                         {form_cell(other.column, difference.row)}};
  }
  return std::nullopt;
}

}  // namespace report
