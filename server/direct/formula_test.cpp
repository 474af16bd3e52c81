#include "direct/formula.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace direct {
namespace {

std::string code_of(std::string_view text) {
  const auto made = parse_formula(text, "/formula");
  if (made) return "read";
  std::string codes;
  for (const auto& problem : made.error()) {
    codes += problem.code;
    for (const std::string& arg : problem.args) codes += "|" + arg;
    codes += " ";
  }
  return codes;
}

const std::map<std::string, Rational> kFigures{{"A", 7}, {"B", 3}, {"Hộ nghèo.1", 12}};

std::optional<Rational> known(const Reference& reference) {
  const auto at = kFigures.find(reference.code);
  if (at == kFigures.end()) return std::nullopt;
  switch (reference.when) {
    case When::own:
      return at->second;
    case When::previous:
      return Rational(at->second - 1);
    case When::year_before:
      return Rational(at->second - 2);
    case When::whole_year:
      return Rational(at->second * 12);
  }
  return std::nullopt;
}

std::string figure(std::string_view text) {
  const auto made = figure_of(parse_formula(text).value(), known);
  return made ? made->str() : "unknown";
}

std::string truth(std::string_view text) {
  const auto made = truth_of(parse_formula(text).value(), known);
  return !made ? "unknown" : *made ? "true" : "false";
}

TEST(Formula, IsReckonedExactlyInTheUsualOrder) {
  EXPECT_EQ(figure("[A] + [B] * 2 - 10 / 4"), "21/2");
  EXPECT_EQ(figure("([A] + [B]) * 2 - -1"), "21");
  EXPECT_EQ(figure("10 - 3 - 2"), "5");
  EXPECT_EQ(figure("64 ÷ 4 : 2 × 3"), "24");
  EXPECT_EQ(figure("0.1 + 0.2"), "3/10");
  EXPECT_EQ(figure("[ Hộ nghèo.1 ]/[A]"), "12/7");
  EXPECT_EQ(figure("- [A] − 1"), "-8");
  EXPECT_EQ(figure("--[A]"), "7");
  EXPECT_EQ(figure("sum([A]; [B], 1) + min([A],[B]) + MAX([A]) + abs([B] - [A])"), "25");
  EXPECT_EQ(figure("previous([A]) + year_before([B]) + whole_year( [A] )"), "91");
}

TEST(Formula, IsNotKnownWhileSomethingItNeedsIsNot) {
  EXPECT_EQ(figure("[A] + [C]"), "unknown");
  EXPECT_EQ(figure("[A] / ([B] - 3)"), "unknown");
  EXPECT_EQ(truth("[A] > [C]"), "unknown");
  EXPECT_EQ(truth("[A] > [C] and [A] < [B]"), "false");
  EXPECT_EQ(truth("[A] > [C] or [A] > [B]"), "true");
  EXPECT_EQ(truth("[A] > [C] and [A] > [B]"), "unknown");
  EXPECT_EQ(truth("[A] > [C] or [A] < [B]"), "unknown");
}

TEST(Formula, ComparesAndJoins) {
  EXPECT_EQ(truth("[A] = 7 and [B] <> 7"), "true");
  EXPECT_EQ(truth("[A] == [B] + 4"), "true");
  EXPECT_EQ(truth("[A] ≤ 6.99"), "false");
  EXPECT_EQ(truth("[A] >= 7 AND [A] ≥ 7 and [A] <= 7 and ([B] > 9 or [B] < 9)"), "true");
}

TEST(Formula, WhatIsNotUnderstoodIsToldWithItsPlace) {
  EXPECT_EQ(code_of(" "), "formula.missing ");
  EXPECT_EQ(code_of("[A] + "), "formula.not_understood|7|… ");
  EXPECT_EQ(code_of("tỷ lệ + 1"), "formula.not_understood|1|tỷ lệ + 1 ");
  EXPECT_EQ(code_of("[A] + tỷ lệ"), "formula.not_understood|7|tỷ lệ ");
  EXPECT_EQ(code_of("([A] + 1"), "formula.not_understood|9|… ");
  EXPECT_EQ(code_of("[A] 2"), "formula.not_understood|5|2 ");
  EXPECT_EQ(code_of("[A] < [B] < 3"), "formula.not_understood|11|< 3 ");
  EXPECT_EQ(code_of("[]"), "formula.not_understood|2|] ");
  EXPECT_EQ(code_of("abs([A], [B])"), "formula.not_understood|13|) ");
  EXPECT_EQ(code_of("previous(1)"), "formula.not_understood|10|1) ");
  EXPECT_EQ(code_of("minimum([A])").substr(0, 24), "formula.not_understood|1");
  EXPECT_EQ(code_of("1 + ([A] < 2)"), "formula.not_a_figure|[A] < 2) ");
  EXPECT_EQ(code_of("[A] and [B] > 1"), "formula.not_a_condition|[A] and [B] > 1 ");
  EXPECT_EQ(code_of("1234567890123456789"), "formula.too_many_digits|1234567890123456789 ");
}

TEST(Formula, HasLimits) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '(') + "1" + std::string(depth, ')');
  };
  EXPECT_EQ(code_of(nested(64)), "read");
  EXPECT_EQ(code_of(nested(65)), "formula.too_deep|64 ");
  EXPECT_EQ(code_of(std::string(65, '-') + "1"), "formula.too_deep|64 ");
  EXPECT_EQ(code_of(nested(1999)), "formula.too_deep|64 ");
  std::string chain = "1";
  for (int i = 0; i < 999; ++i) chain += "+1";
  EXPECT_EQ(code_of(chain), "read");
  EXPECT_EQ(figure(chain), "1000");
  EXPECT_EQ(code_of(chain + "+1"), "formula.too_large|2000 ");
  EXPECT_EQ(code_of(std::string(4001, ' ') + "1"), "formula.too_long|4000 ");
}

TEST(Formula, NamesEveryFigureItNeedsOnce) {
  const auto made = parse_formula("[A] + [B] - previous([A]) > [A] * 2").value();
  EXPECT_TRUE(made.is_condition());
  EXPECT_EQ(made.references(),
            (std::vector<Reference>{{"A", When::own}, {"B", When::own}, {"A", When::previous}}));
  const auto sides = sides_of(made, known).value();
  EXPECT_EQ(sides.comparison, Operation::more);
  EXPECT_EQ(*sides.left, 4);
  EXPECT_EQ(*sides.right, 14);
}

TEST(Formula, AmountsAreRoundedHalfAwayFromZero) {
  EXPECT_EQ(rational_of(-9857, 2), Rational(-9857, 100));
  EXPECT_EQ(amount_of(Rational(1, 8), 2), 13);
  EXPECT_EQ(amount_of(Rational(-1, 8), 2), -13);
  EXPECT_EQ(amount_of(Rational(1, 3), 2), 33);
  EXPECT_EQ(amount_of(Rational(std::numeric_limits<std::int64_t>::max()), 0),
            std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(amount_of(Rational(std::numeric_limits<std::int64_t>::max()), 1), std::nullopt);
}

/// A random formula as text with its value reckoned beside it, not by the reader.
struct Grown {
  std::string text;
  std::optional<Rational> value;
};

Grown grow(std::mt19937& random, int depth) {
  const auto roll = [&](int most) { return std::uniform_int_distribution<int>(0, most)(random); };
  if (depth == 0 || roll(4) == 0) {
    if (roll(1) == 0) {
      const int amount = roll(9999);
      std::string text = std::to_string(amount / 100) + "." + std::to_string(amount % 100 / 10) +
                         std::to_string(amount % 10);
      return {text, Rational(amount, 100)};
    }
    return roll(1) == 0 ? Grown{"[A]", Rational(7)} : Grown{"[B]", Rational(3)};
  }
  const Grown left = grow(random, depth - 1);
  const Grown right = grow(random, depth - 1);
  const int which = roll(3);
  Grown made;
  made.text = "(" + left.text + ")" + std::string(1, "+-*/"[which]) + "(" + right.text + ")";
  if (!left.value || !right.value || (which == 3 && *right.value == 0)) return made;
  made.value = which == 0   ? Rational(*left.value + *right.value)
               : which == 1 ? Rational(*left.value - *right.value)
               : which == 2 ? Rational(*left.value * *right.value)
                            : Rational(*left.value / *right.value);
  return made;
}

TEST(Formula, AnyFormulaComesToWhatItSays) {
  std::mt19937 random(5);
  for (int i = 0; i < 300; ++i) {
    const Grown grown = grow(random, 5);
    const auto formula = parse_formula(grown.text);
    ASSERT_TRUE(formula) << grown.text;
    EXPECT_EQ(figure_of(*formula, known), grown.value) << grown.text;
  }
}

}  // namespace
}  // namespace direct
