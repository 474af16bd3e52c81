#include "report/returned_figure.h"

#include <algorithm>
#include <array>

#include "base/decimal.h"
#include "base/text.h"

namespace report {
namespace {

using base::Notation;
using base::Problem;
using base::ProblemKind;
using Kind = office::Workbook::Kind;

constexpr int kMostDecimals = 9;

/// What people write instead of a figure, folded.
constexpr std::array<std::pair<std::string_view, FactState>, 11> kWords{{
    {"khong ap dung", FactState::not_applicable},
    {"kad", FactState::not_applicable},
    {"k", FactState::not_applicable},
    {"na", FactState::not_applicable},
    {"n/a", FactState::not_applicable},
    {"not applicable", FactState::not_applicable},
    {"chua co", FactState::not_yet},
    {"chua co so lieu", FactState::not_yet},
    {"chua", FactState::not_yet},
    {"later", FactState::not_yet},
    {"not yet known", FactState::not_yet},
}};

bool is_percent_unit(const direct::Indicator& indicator) {
  return indicator.measure_unit.starts_with('%');
}

class FigureReader {
 public:
  FigureReader(const direct::Indicator& indicator, const std::string& place)
      : indicator_(indicator), place_(place) {}

  ReturnedFigure read(const office::Workbook::Cell& cell) {
    switch (cell.kind) {
      case Kind::error:
        refuse("workbook.error_value", {cell.text});
        break;
      case Kind::boolean:
        refuse("workbook.boolean", {cell.text});
        break;
      case Kind::date:
        refuse("workbook.date", {cell.text});
        break;
      case Kind::empty:
        if (cell.is_formula) refuse("workbook.formula_empty", {});
        break;
      case Kind::number:
        cell.is_percent ? percent(cell.text) : number(cell.text);
        break;
      case Kind::text:
        text(cell.text);
        break;
    }
    if (cell.is_formula && made_.state) doubt("workbook.formula", {said()});
    if (made_.refusals.empty() && made_.readings.empty() && !made_.state)
      made_.state = FactState::blank;
    return std::move(made_);
  }

 private:
  void refuse(const char* code, std::vector<std::string> args) {
    made_.refusals.push_back({ProblemKind::invalid, code, place_, std::move(args)});
  }
  void doubt(const char* code, std::vector<std::string> args) {
    made_.doubts.push_back({ProblemKind::invalid, code, place_, std::move(args)});
  }

  std::string said() const {
    return made_.amount ? base::vietnamese_figure(*made_.amount, indicator_.decimals)
                        : std::string();
  }

  void take(std::int64_t amount) {
    made_.state = FactState::value;
    made_.amount = amount;
  }

  void number(const std::string& text) {
    const auto amount = base::parse_figure(text, indicator_.decimals, Notation::program, place_);
    if (amount) {
      take(*amount);
    } else {
      made_.refusals = amount.error();
    }
  }

  /// 98,5% is stored as 0.985: with two decimals more, the digits are those of 98,5.
  void percent(const std::string& fraction) {
    if (!is_percent_unit(indicator_) || indicator_.decimals + 2 > kMostDecimals)
      return refuse("workbook.percent_unit", {indicator_.measure_unit});
    const auto amount =
        base::parse_figure(fraction, indicator_.decimals + 2, Notation::program, place_);
    if (!amount) {
      made_.refusals = amount.error();
      return;
    }
    take(*amount);
    doubt("workbook.percent", {said()});
  }

  void text(const std::string& text) {
    const std::string folded = base::fold(text);
    const auto word = std::find_if(kWords.begin(), kWords.end(),
                                   [&](const auto& one) { return one.first == folded; });
    if (word != kWords.end()) {
      made_.state = word->second;
      return;
    }
    if (text.ends_with('%')) {
      if (!is_percent_unit(indicator_))
        return refuse("workbook.percent_unit", {indicator_.measure_unit});
      typed(text.substr(0, text.size() - 1));
      if (made_.state) doubt("workbook.percent", {said()});
      return;
    }
    typed(text);
  }

  void typed(const std::string& text) {
    const auto amount = base::parse_figure(text, indicator_.decimals, Notation::typed, place_);
    if (amount) {
      take(*amount);
      if (is_foreign(text)) doubt("workbook.foreign_notation", {text, said()});
      return;
    }
    const Problem& fault = amount.error().front();
    if (fault.code != "figure.ambiguous") {
      made_.refusals = amount.error();
      return;
    }
    for (std::size_t i = 1; i < fault.args.size(); ++i) {
      const auto reading =
          base::parse_figure(fault.args[i], indicator_.decimals, Notation::typed, place_);
      if (reading) made_.readings.push_back(*reading);
    }
    made_.doubts.push_back(fault);
    if (made_.readings.size() == 1) take(made_.readings.front());
  }

  /// A decimal dot or commas between groups: clear enough, and not how it is written here.
  static bool is_foreign(const std::string& text) {
    const auto dots = std::count(text.begin(), text.end(), '.');
    const auto commas = std::count(text.begin(), text.end(), ',');
    if (dots > 0 && commas > 0) return text.rfind('.') > text.rfind(',');
    return dots == 1 || commas > 1;
  }

  const direct::Indicator& indicator_;
  const std::string& place_;
  ReturnedFigure made_;
};

}  // namespace

ReturnedFigure returned_figure(const office::Workbook::Cell* cell,
                               const direct::Indicator& indicator, const std::string& place) {
  if (cell == nullptr) {
    ReturnedFigure blank;
    blank.state = FactState::blank;
    return blank;
  }
  return FigureReader(indicator, place).read(*cell);
}

}  // namespace report
