#include "direct/indicator.h"

#include <algorithm>
#include <array>

#include "direct/terms.h"

namespace direct {
namespace {

constexpr std::array<std::string_view, 3> kDirections{"up", "down", "none"};
constexpr std::array<std::string_view, 7> kAcrossUnits{"sum", "ratio",  "weighted_mean", "min",
                                                       "max", "latest", "none"};
constexpr std::array<std::string_view, 8> kAcrossTime{
    "sum", "latest", "cumulative", "ratio", "weighted_mean", "min", "max", "none"};

template <class Enum, std::size_t N>
std::optional<Enum> named(const std::array<std::string_view, N>& names, std::string_view name) {
  const auto at = std::find(names.begin(), names.end(), name);
  if (at == names.end()) return std::nullopt;
  return static_cast<Enum>(at - names.begin());
}

/// Totals are made in one pass over (unit, part) cells, so only pairs for which the order of units
/// and parts makes no difference can be defined.
bool rules_agree(AcrossUnits units, AcrossTime time) {
  const bool is_state = time == AcrossTime::latest || time == AcrossTime::cumulative;
  switch (units) {
    case AcrossUnits::sum:
      return is_state || time == AcrossTime::sum;
    case AcrossUnits::ratio:
      return time == AcrossTime::ratio;
    case AcrossUnits::weighted_mean:
      return time == AcrossTime::weighted_mean;
    case AcrossUnits::min:
      return is_state || time == AcrossTime::min;
    case AcrossUnits::max:
      return is_state || time == AcrossTime::max;
    case AcrossUnits::latest:
      return is_state;
    case AcrossUnits::none:
      return time != AcrossTime::ratio && time != AcrossTime::weighted_mean;
  }
  return false;
}

}  // namespace

std::string_view name(Direction direction) {
  return kDirections[static_cast<std::size_t>(direction)];
}
std::string_view name(AcrossUnits rule) { return kAcrossUnits[static_cast<std::size_t>(rule)]; }
std::string_view name(AcrossTime rule) { return kAcrossTime[static_cast<std::size_t>(rule)]; }
std::optional<Direction> direction_named(std::string_view name) {
  return named<Direction>(kDirections, name);
}
std::optional<AcrossUnits> across_units_named(std::string_view name) {
  return named<AcrossUnits>(kAcrossUnits, name);
}
std::optional<AcrossTime> across_time_named(std::string_view name) {
  return named<AcrossTime>(kAcrossTime, name);
}

std::string formula_of(const NewIndicator& asked) {
  if (!asked.indicator.formula.empty()) return asked.indicator.formula;
  if (asked.numerator.empty() || asked.denominator.empty()) return {};
  return "[" + asked.numerator + "] / [" + asked.denominator + "]" +
         (asked.indicator.measure_unit == "%" ? " * 100" : "");
}

namespace {

/// Faults of the formula, and of the rules that do not follow from it.
base::Problems faults_of_formula(const NewIndicator& asked) {
  const Indicator& indicator = asked.indicator;
  const auto formula = parse_formula(formula_of(asked), asked.place + "formula");
  if (!formula) return formula.error();
  base::Problems problems;
  const auto fault = [&](std::string code, std::string_view field, std::vector<std::string> args) {
    problems.push_back({base::ProblemKind::invalid, std::move(code),
                        asked.place + std::string(field), std::move(args)});
  };
  for (const Reference& reference : formula->references()) {
    if (reference.code == indicator.code) {
      fault("indicator.own_part", indicator.formula.empty() ? "numerator" : "formula",
            {indicator.code});
      break;
    }
  }
  const auto terms = normalised(*formula, asked.place + "formula");
  if (!terms) {
    problems.insert(problems.end(), terms.error().begin(), terms.error().end());
  } else if (indicator.across_units !=
             (terms->below.empty() ? AcrossUnits::sum : AcrossUnits::ratio)) {
    fault("indicator.formula_rule", "across_units",
          {indicator.code, terms->below.empty() ? "sum" : "ratio"});
  }
  return problems;
}

}  // namespace

base::Problems faults_of(const NewIndicator& asked) {
  base::Problems problems;
  const Indicator& indicator = asked.indicator;
  const auto fault = [&](std::string code, std::string_view field,
                         std::vector<std::string> args = {}) {
    problems.push_back({base::ProblemKind::invalid, std::move(code),
                        asked.place + std::string(field), std::move(args)});
  };
  const bool is_ratio = indicator.across_units == AcrossUnits::ratio;
  const bool is_mean = indicator.across_units == AcrossUnits::weighted_mean;
  const bool has_sides = !asked.numerator.empty() || !asked.denominator.empty();
  if (!indicator.formula.empty()) {
    if (has_sides) fault("indicator.formula_and_parts", "formula", {indicator.code});
  } else {
    if (is_ratio && asked.numerator.empty()) {
      fault("indicator.numerator_missing", "numerator", {indicator.code});
    }
    if (is_ratio && asked.denominator.empty()) {
      fault("indicator.denominator_missing", "denominator", {indicator.code});
    }
    if (!is_ratio && has_sides) fault("indicator.not_a_ratio", "numerator", {indicator.code});
  }
  if (is_mean && asked.weight.empty())
    fault("indicator.weight_missing", "weight", {indicator.code});
  if (!is_mean && !asked.weight.empty()) fault("indicator.not_a_mean", "weight", {indicator.code});
  if (!rules_agree(indicator.across_units, indicator.across_time)) {
    fault("indicator.rules_disagree", "across_time",
          {std::string(name(indicator.across_units)), std::string(name(indicator.across_time))});
  }
  if (!asked.weight.empty() && asked.weight == indicator.code) {
    fault("indicator.own_part", "weight", {indicator.code});
  }
  if (!formula_of(asked).empty() && (is_ratio || !indicator.formula.empty())) {
    base::Problems of_formula = faults_of_formula(asked);
    problems.insert(problems.end(), of_formula.begin(), of_formula.end());
  }
  return problems;
}

std::string part_fault(const Indicator& whole, const Indicator& part) {
  if (whole.id == part.id) return "indicator.part_self";
  if (whole.is_derived() || part.is_derived()) return "indicator.part_of_derived";
  if (whole.measure_unit != part.measure_unit || whole.decimals != part.decimals) {
    return "indicator.part_measure";
  }
  if (whole.across_units != AcrossUnits::sum || part.across_units != AcrossUnits::sum ||
      whole.across_time != part.across_time) {
    return "indicator.part_rules";
  }
  if (whole.frequency && part.frequency && whole.frequency != part.frequency) {
    return "indicator.part_frequency";
  }
  return {};
}

}  // namespace direct
