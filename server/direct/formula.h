#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

/// Formulas over indicators, as people write them: "([F06] + [F07]) / [F05] * 100",
/// "[A] >= [B] + [C] and [A] - previous([A]) < 1000".
///
/// Numbers have a dot as decimal sign; arguments are parted by "," or ";"; "×", "÷", "−", "≤", "≥",
/// "≠" are read as "*", "/", "-", "<=", ">=", "<>". A code in brackets is a figure: alone the one
/// of the cell's own period, in previous([X]) of the period before, in year_before([X]) of the same
/// period a year ago, in whole_year([X]) of the whole year. sum, min, max take one or more
/// arguments, abs one. Comparisons do not chain.
namespace direct {

using Rational = boost::multiprecision::cpp_rational;

/// Which figure of an indicator is meant.
enum class When { own, previous, year_before, whole_year };

struct Reference {
  std::string code;
  When when = When::own;
  friend bool operator==(const Reference&, const Reference&) = default;
};

enum class Operation {
  number,
  figure,
  negate,
  add,
  subtract,
  multiply,
  divide,
  sum,
  min,
  max,
  abs,
  less,
  at_most,
  more,
  at_least,
  equal,
  unequal,
  both,
  either
};

/// One step of a formula. Its operands are nodes before it.
struct FormulaNode {
  Operation operation = Operation::number;
  Rational number;       ///< of `number`
  Reference reference;   ///< of `figure`
  std::size_t from = 0;  ///< where it begins in the text, bytes
  std::vector<std::size_t> operands;
};

/// A formula as a tree whose nodes stand after their operands; the last one is the whole.
struct Formula {
  std::vector<FormulaNode> nodes;

  const FormulaNode& whole() const { return nodes.back(); }
  /// A comparison, or "and"/"or" of such: it is true or false. Otherwise it is a figure.
  bool is_condition() const;
  /// Every figure it needs, each once, in order of first mention.
  std::vector<Reference> references() const;
};

constexpr std::size_t kMostFormulaBytes = 4000;
constexpr std::size_t kMostFormulaNodes = 2000;
constexpr int kMostFormulaDepth = 64;  ///< of parentheses and functions

/// Reads a formula. Refusals, kind invalid, of `field`: "formula.missing"; "formula.too_long",
/// "formula.too_deep", "formula.too_large" (args: the limit); "formula.not_understood" (args: the
/// position from 1 in characters, the text from there); "formula.too_many_digits" (args: the
/// number); "formula.not_a_figure", "formula.not_a_condition" (args: the text of the operand's
/// beginning), where a condition stands for a figure or the other way round.
base::Result<Formula> parse_formula(std::string_view text, const std::string& field = {});

/// The figure of a reference, or none while it is not known.
using KnownFigures = std::function<std::optional<Rational>(const Reference&)>;

/// Exactly. None when a figure it needs is not known, or when it divides by zero. Only of a formula
/// that is not a condition.
std::optional<Rational> figure_of(const Formula& formula, const KnownFigures& known);

/// None when it is not known: "false and unknown" is false, "true or unknown" is true. Only of a
/// condition.
std::optional<bool> truth_of(const Formula& formula, const KnownFigures& known);

/// Both sides of a formula whose whole is a comparison; none for others. For telling how far off.
struct Sides {
  Operation comparison = Operation::equal;
  std::optional<Rational> left, right;
};
std::optional<Sides> sides_of(const Formula& formula, const KnownFigures& known);

/// An amount in an indicator's smallest unit, as a number: 9857 with two decimals is 98.57.
Rational rational_of(std::int64_t amount, int decimals);

/// The number in smallest units with `decimals` decimals, rounded half away from zero; none when it
/// leaves 64 bits.
std::optional<std::int64_t> amount_of(const Rational& number, int decimals);

}  // namespace direct
