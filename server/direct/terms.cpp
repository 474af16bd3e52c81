#include "direct/terms.h"

#include <algorithm>
#include <map>
#include <utility>

namespace direct {
namespace {

using base::ProblemKind;
using boost::multiprecision::cpp_int;

/// A sum of figures, each times a number, in order of first mention, and a bare number.
struct Sum {
  std::vector<std::pair<std::string, Rational>> figures;
  Rational bare = 0;

  bool is_bare() const { return figures.empty(); }
  bool is_zero() const { return figures.empty() && bare == 0; }
  friend bool operator==(const Sum&, const Sum&) = default;
};

Sum scaled(Sum sum, const Rational& by) {
  for (auto& [code, times] : sum.figures) times *= by;
  sum.bare *= by;
  if (by == 0) sum.figures.clear();
  return sum;
}

Sum added(Sum left, const Sum& right) {
  for (const auto& [code, times] : right.figures) {
    const auto at = std::find_if(left.figures.begin(), left.figures.end(),
                                 [&](const auto& one) { return one.first == code; });
    if (at == left.figures.end()) {
      left.figures.emplace_back(code, times);
    } else {
      at->second += times;
    }
  }
  std::erase_if(left.figures, [](const auto& one) { return one.second == 0; });
  left.bare += right.bare;
  return left;
}

/// factor × above / below. A number alone is the factor, with 1 above and below.
struct Fraction {
  Rational factor = 1;
  Sum above = {{}, 1}, below = {{}, 1};

  bool is_number() const { return above.is_bare() && below.is_bare(); }
};

const Sum kOne{{}, 1};

/// Keeps bare numbers in the factor.
Fraction tidied(Fraction of) {
  if (of.above.is_bare()) of.factor *= of.above.bare, of.above = kOne;
  if (of.below.is_bare() && of.below.bare != 0) of.factor /= of.below.bare, of.below = kOne;
  if (of.factor == 0) of.above = kOne, of.below = kOne;
  return of;
}

/// The product of two sums, of which one is a bare number; none otherwise.
std::optional<Sum> multiplied(const Sum& left, const Sum& right) {
  if (left.is_bare()) return scaled(right, left.bare);
  if (right.is_bare()) return scaled(left, right.bare);
  return std::nullopt;
}

std::optional<Fraction> add(const Fraction& left, const Fraction& right) {
  // One number beside a fraction takes that fraction's divisor: 1 - a/b = (b - a)/b.
  Fraction made;
  const bool takes_left = right.below == kOne && right.above.is_bare();
  const bool takes_right = left.below == kOne && left.above.is_bare();
  Sum first = left.above, second = right.above;
  if (left.below == right.below) {
    made.below = left.below;
  } else if (takes_left) {
    made.below = left.below;
    second = left.below;
  } else if (takes_right) {
    made.below = right.below;
    first = right.below;
  } else {
    return std::nullopt;
  }
  if (left.factor == right.factor) {
    made.factor = left.factor;
    made.above = added(std::move(first), second);
  } else {
    made.above = added(scaled(std::move(first), left.factor), scaled(second, right.factor));
  }
  return tidied(std::move(made));
}

std::optional<Fraction> multiply(const Fraction& left, const Fraction& right) {
  Fraction made;
  made.factor = left.factor * right.factor;
  const auto above = multiplied(left.above, right.above);
  const auto below = multiplied(left.below, right.below);
  if (!above || !below) return std::nullopt;
  made.above = *above, made.below = *below;
  return tidied(std::move(made));
}

std::optional<Fraction> inverse(const Fraction& of) {
  if (of.factor == 0 || of.above.is_zero()) return std::nullopt;
  return tidied({1 / of.factor, of.below, of.above});
}

class Normaliser {
 public:
  explicit Normaliser(const Formula& formula) : formula_(formula) {}

  /// The whole as one fraction, or the code of what is in its way.
  std::optional<Fraction> whole(const char*& fault) {
    for (const FormulaNode& node : formula_.nodes) {
      fault = "formula.not_linear";
      if (node.operation == Operation::figure && node.reference.when != When::own) {
        fault = "formula.other_time";
        return std::nullopt;
      }
      auto made = fraction_of(node);
      if (!made) return std::nullopt;
      fractions_.push_back(*std::move(made));
    }
    return fractions_.back();
  }

 private:
  std::optional<Fraction> fraction_of(const FormulaNode& node) const {
    const auto operand = [&](std::size_t at) -> const Fraction& {
      return fractions_[node.operands[at]];
    };
    switch (node.operation) {
      case Operation::number:
        return Fraction{node.number};
      case Operation::figure:
        return Fraction{1, {{{node.reference.code, 1}}, 0}, kOne};
      case Operation::negate:
        return multiply(Fraction{-1}, operand(0));
      case Operation::add:
        return add(operand(0), operand(1));
      case Operation::subtract:
        return add(operand(0), *multiply(Fraction{-1}, operand(1)));
      case Operation::multiply:
        return multiply(operand(0), operand(1));
      case Operation::divide: {
        const auto over = inverse(operand(1));
        return over ? multiply(operand(0), *over) : std::nullopt;
      }
      case Operation::sum: {
        std::optional<Fraction> made = operand(0);
        for (std::size_t i = 1; made && i < node.operands.size(); ++i) {
          made = add(*made, operand(i));
        }
        return made;
      }
      default:
        return std::nullopt;
    }
  }

  const Formula& formula_;
  std::vector<Fraction> fractions_;
};

/// What must be multiplied so that `number` has finitely many decimals: 3 for 1/6.
cpp_int undecimal(const Rational& number) {
  cpp_int rest = denominator(number);
  while (rest % 2 == 0) rest /= 2;
  while (rest % 5 == 0) rest /= 5;
  return rest;
}

cpp_int most_coefficient() { return pow(cpp_int(10), kMostCoefficientDigits); }

/// The sum's terms with decimal coefficients; what they were multiplied by goes into `by`. False
/// when they are too long.
bool write_terms(const Sum& sum, std::vector<Normalised::Term>& terms, Rational& by) {
  cpp_int common = 1;
  for (const auto& [code, times] : sum.figures) common = lcm(common, undecimal(times));
  by = Rational(common);
  for (const auto& [code, times] : sum.figures) {
    Rational coefficient = times * common;
    int decimals = 0;
    for (; denominator(coefficient) != 1; ++decimals) coefficient *= 10;
    if (decimals > kMostCoefficientDigits || abs(numerator(coefficient)) > most_coefficient()) {
      return false;
    }
    terms.push_back({code, static_cast<std::int64_t>(numerator(coefficient)), decimals});
  }
  // Aligned to the longest decimals, each must still be short enough.
  int most = 0;
  for (const auto& term : terms) most = std::max(most, term.decimals);
  return std::all_of(terms.begin(), terms.end(), [&](const Normalised::Term& term) {
    return abs(cpp_int(term.coefficient)) *
               pow(cpp_int(10), static_cast<unsigned>(most - term.decimals)) <=
           most_coefficient();
  });
}

}  // namespace

base::Result<Normalised> normalised(const Formula& formula, const std::string& field) {
  const auto refusal = [&](const char* code) {
    return base::refuse(ProblemKind::invalid, code, field);
  };
  const char* fault = nullptr;
  const auto whole = Normaliser(formula).whole(fault);
  if (!whole) return refusal(fault);
  if (whole->is_number()) return refusal("formula.nothing");
  if (whole->above.is_bare()) return refusal("formula.constant");  // 1 / [A]
  if (whole->above.bare != 0 || (!whole->below.is_bare() && whole->below.bare != 0)) {
    return refusal("formula.constant");
  }
  Normalised made;
  Rational factor = whole->factor, by_above = 1, by_below = 1;
  if (!write_terms(whole->above, made.above, by_above) ||
      !write_terms(whole->below, made.below, by_below)) {
    return refusal("formula.coefficient");
  }
  factor = factor * by_below / by_above;
  if (abs(numerator(factor)) > most_coefficient() || denominator(factor) > most_coefficient()) {
    return refusal("formula.coefficient");
  }
  made.factor_above = static_cast<std::int64_t>(numerator(factor));
  made.factor_below = static_cast<std::int64_t>(denominator(factor));
  return made;
}

}  // namespace direct
