#include "direct/terms.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace direct {
namespace {

std::string side(const std::vector<Normalised::Term>& terms) {
  std::string made;
  for (const auto& term : terms) {
    if (!made.empty()) made += " ";
    made += term.code + "*" + std::to_string(term.coefficient);
    if (term.decimals > 0) made += "e-" + std::to_string(term.decimals);
  }
  return made;
}

std::string told(const std::string& text) {
  const auto formula = parse_formula(text);
  if (!formula) return formula.error().front().code;
  const auto made = normalised(*formula);
  if (!made) return made.error().front().code;
  std::string factor = std::to_string(made->factor_above);
  if (made->factor_below != 1) factor += "/" + std::to_string(made->factor_below);
  return factor + " (" + side(made->above) + ") / (" + side(made->below) + ")";
}

TEST(Terms, AFormulaIsOneSumOverAnother) {
  EXPECT_EQ(told("([F06] + [F07]) / [F05] * 100"), "100 (F06*1 F07*1) / (F05*1)");
  EXPECT_EQ(told("[A] - [B]"), "1 (A*1 B*-1) / ()");
  EXPECT_EQ(told("[A] - [B] + [B]"), "1 (A*1) / ()");
  EXPECT_EQ(told("sum([A], [B]; [C]) / 3"), "1/3 (A*1 B*1 C*1) / ()");
  EXPECT_EQ(told("0.5 * [A] + 0.25 * [B]"), "1 (A*5e-1 B*25e-2) / ()");
  EXPECT_EQ(told("[A] / 3 + [B]"), "1/3 (A*1 B*3) / ()");
  EXPECT_EQ(told("1 - [A] / [B]"), "1 (B*1 A*-1) / (B*1)");
  EXPECT_EQ(told("100 * [A] / [B] + 100 * [C] / [B]"), "100 (A*1 C*1) / (B*1)");
  EXPECT_EQ(told("[A] / ([B] / 1000)"), "1000 (A*1) / (B*1)");
  EXPECT_EQ(told("-[A] / (2 * [B] - [C])"), "-1 (A*1) / (B*2 C*-1)");
  EXPECT_EQ(told("[A] / [B] - 50 / 100"), "1 (A*1 B*-5e-1) / (B*1)");
}

TEST(Terms, WhatCannotBeRolledUpIsRefused) {
  EXPECT_EQ(told("[A] * [B]"), "formula.not_linear");
  EXPECT_EQ(told("[A] / [B] + [A] / [C]"), "formula.not_linear");
  EXPECT_EQ(told("[A] / ([B] / [C])"), "formula.not_linear");
  EXPECT_EQ(told("max([A], [B])"), "formula.not_linear");
  EXPECT_EQ(told("[A] > [B]"), "formula.not_linear");
  EXPECT_EQ(told("[A] / ([B] - [B])"), "formula.not_linear") << "nothing divides by zero";
  EXPECT_EQ(told("[A] + 1"), "formula.constant");
  EXPECT_EQ(told("[A] / ([B] + 1)"), "formula.constant");
  EXPECT_EQ(told("1 / [A]"), "formula.constant");
  EXPECT_EQ(told("[A] - previous([A])"), "formula.other_time");
  EXPECT_EQ(told("1 + 2"), "formula.nothing");
  EXPECT_EQ(told("[A] * 0"), "formula.nothing");
  EXPECT_EQ(told("[A] - [A]"), "formula.nothing");
  EXPECT_EQ(told("[A] * 10000000000000 + [B]"), "formula.coefficient");
  EXPECT_EQ(told("[A] * 1000000 + [B] * 0.0000001"), "formula.coefficient");
  EXPECT_EQ(told("[A] * 1000000 + [B] * 0.000001"), "1 (A*1000000 B*1e-6) / ()");
}

/// Random sums and quotients of sums, with numbers mixed in.
std::string grow(std::mt19937& random, int depth, bool may_divide) {
  const auto roll = [&](int most) { return std::uniform_int_distribution<int>(0, most)(random); };
  static const char* const kNumbers[] = {"2", "0.5", "3", "1.25", "100"};
  if (may_divide && roll(1) == 0) {
    return "(" + grow(random, depth, false) + ") / (" + grow(random, depth, false) + ")";
  }
  if (depth == 0) return std::string("[") + "ABCD"[roll(3)] + "]";
  switch (roll(4)) {
    case 0:
      return std::string(kNumbers[roll(4)]) + " * (" + grow(random, depth - 1, may_divide) + ")";
    case 1:
      return "(" + grow(random, depth - 1, may_divide) + ") / " + kNumbers[roll(4)];
    case 2:
      return "-(" + grow(random, depth - 1, may_divide) + ")";
    case 3:
      return grow(random, depth - 1, false) + " - (" + grow(random, depth - 1, false) + ")";
    default:
      return grow(random, depth - 1, false) + " + " + grow(random, depth - 1, false);
  }
}

Rational total(const std::vector<Normalised::Term>& terms,
               const std::map<std::string, Rational>& figures) {
  Rational made = 0;
  for (const auto& term : terms) {
    made += figures.at(term.code) * rational_of(term.coefficient, term.decimals);
  }
  return made;
}

TEST(Terms, ComeToWhatTheFormulaSays) {
  std::mt19937 random(11);
  const std::map<std::string, Rational> figures{
      {"A", 7}, {"B", 3}, {"C", 11}, {"D", Rational(1, 2)}};
  int compared = 0;
  for (int i = 0; i < 500; ++i) {
    const std::string text = grow(random, 4, true);
    const auto formula = parse_formula(text).value();
    const auto made = normalised(formula);
    if (!made) continue;
    const auto value =
        figure_of(formula, [&](const Reference& of) { return std::optional(figures.at(of.code)); });
    Rational mine = total(made->above, figures) * made->factor_above / made->factor_below;
    if (!made->below.empty()) {
      const Rational below = total(made->below, figures);
      if (below == 0) continue;
      mine /= below;
    }
    ASSERT_TRUE(value) << text;
    EXPECT_EQ(mine, *value) << text;
    ++compared;
  }
  EXPECT_GT(compared, 250);
}

}  // namespace
}  // namespace direct
