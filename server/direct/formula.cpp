#include "direct/formula.h"

#include <algorithm>
#include <limits>

namespace direct {
namespace {

using boost::multiprecision::cpp_int;

cpp_int power_of_ten(int exponent) {
  cpp_int made = 1;
  for (; exponent > 0; --exponent) made *= 10;
  return made;
}

/// What a node came to. A figure or a truth, or neither while it is not known.
struct Outcome {
  std::optional<Rational> figure;
  std::optional<bool> truth;
};

class Evaluation {
 public:
  Evaluation(const Formula& formula, const KnownFigures& known) : formula_(formula) {
    outcomes_.reserve(formula.nodes.size());
    for (const FormulaNode& node : formula.nodes) outcomes_.push_back(outcome_of(node, known));
  }
  const Outcome& of(std::size_t node) const { return outcomes_[node]; }
  const Outcome& whole() const { return outcomes_.back(); }

 private:
  Outcome outcome_of(const FormulaNode& node, const KnownFigures& known) const {
    switch (node.operation) {
      case Operation::number:
        return {node.number, {}};
      case Operation::figure:
        return {known(node.reference), {}};
      case Operation::both:
        return {{}, joined(node, false)};
      case Operation::either:
        return {{}, joined(node, true)};
      default:
        break;
    }
    std::vector<Rational> operands;
    for (const std::size_t operand : node.operands) {
      if (!outcomes_[operand].figure) return {};
      operands.push_back(*outcomes_[operand].figure);
    }
    if (node.operation >= Operation::less) {
      return {{}, compared(node.operation, operands[0], operands[1])};
    }
    return {computed(node.operation, operands), {}};
  }

  /// "and" is decided by one false, "or" by one true; else everything must be known.
  std::optional<bool> joined(const FormulaNode& node, bool deciding) const {
    bool all_known = true;
    for (const std::size_t operand : node.operands) {
      const auto& truth = outcomes_[operand].truth;
      if (truth == deciding) return deciding;
      all_known = all_known && truth;
    }
    return all_known ? std::optional(!deciding) : std::nullopt;
  }

  static bool compared(Operation operation, const Rational& left, const Rational& right) {
    switch (operation) {
      case Operation::less:
        return left < right;
      case Operation::at_most:
        return left <= right;
      case Operation::more:
        return left > right;
      case Operation::at_least:
        return left >= right;
      case Operation::equal:
        return left == right;
      default:
        return left != right;
    }
  }

  static std::optional<Rational> computed(Operation operation, const std::vector<Rational>& of) {
    switch (operation) {
      case Operation::negate:
        return Rational(-of[0]);
      case Operation::subtract:
        return Rational(of[0] - of[1]);
      case Operation::multiply:
        return Rational(of[0] * of[1]);
      case Operation::divide:
        return of[1] == 0 ? std::nullopt : std::optional(Rational(of[0] / of[1]));
      case Operation::min:
        return *std::min_element(of.begin(), of.end());
      case Operation::max:
        return *std::max_element(of.begin(), of.end());
      case Operation::abs:
        return of[0] < 0 ? Rational(-of[0]) : of[0];
      default: {  // add, sum
        Rational made = 0;
        for (const Rational& one : of) made += one;
        return made;
      }
    }
  }

  const Formula& formula_;
  std::vector<Outcome> outcomes_;
};

}  // namespace

bool Formula::is_condition() const { return whole().operation >= Operation::less; }

std::vector<Reference> Formula::references() const {
  std::vector<Reference> made;
  for (const FormulaNode& node : nodes) {
    if (node.operation != Operation::figure) continue;
    if (std::find(made.begin(), made.end(), node.reference) == made.end()) {
      made.push_back(node.reference);
    }
  }
  return made;
}

std::optional<Rational> figure_of(const Formula& formula, const KnownFigures& known) {
  return Evaluation(formula, known).whole().figure;
}

std::optional<bool> truth_of(const Formula& formula, const KnownFigures& known) {
  return Evaluation(formula, known).whole().truth;
}

std::optional<Sides> sides_of(const Formula& formula, const KnownFigures& known) {
  const FormulaNode& whole = formula.whole();
  if (whole.operation < Operation::less || whole.operation > Operation::unequal) return {};
  const Evaluation evaluation(formula, known);
  return Sides{whole.operation, evaluation.of(whole.operands[0]).figure,
               evaluation.of(whole.operands[1]).figure};
}

Rational rational_of(std::int64_t amount, int decimals) {
  return Rational(cpp_int(amount), power_of_ten(decimals));
}

std::optional<std::int64_t> amount_of(const Rational& number, int decimals) {
  const bool is_negative = number < 0;
  cpp_int top = abs(numerator(number)) * power_of_ten(decimals);
  const cpp_int bottom = denominator(number);
  cpp_int quotient = (2 * top + bottom) / (2 * bottom);  // half away from zero
  if (is_negative) quotient = -quotient;
  using Limits = std::numeric_limits<std::int64_t>;
  if (quotient < Limits::min() || quotient > Limits::max()) return std::nullopt;
  return static_cast<std::int64_t>(quotient);
}

}  // namespace direct
