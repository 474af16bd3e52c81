#include <gtest/gtest.h>

#include <map>
#include <random>

#include "direct/terms.h"
#include "report/rollup.h"

namespace report {
namespace {

using direct::AcrossTime;
using direct::AcrossUnits;
using direct::Indicator;
using direct::IndicatorId;
using direct::Rational;
using org::unit_store::Node;

const base::Period kJuly = *base::Period::parse("2021-07");

/// Collected indicators A to D with 0 to 3 decimals.
Indicator collected(int number) {
  Indicator made;
  made.id = {number + 1};
  made.code = std::string(1, static_cast<char>('A' + number));
  made.decimals = number;
  made.frequency = base::Frequency::month;
  return made;
}

Indicator derived(const std::string& formula, int decimals) {
  const auto terms = direct::normalised(direct::parse_formula(formula).value()).value();
  Indicator made;
  made.id = {99};
  made.formula = formula;
  made.decimals = decimals;
  made.across_units = terms.below.empty() ? AcrossUnits::sum : AcrossUnits::ratio;
  made.across_time = terms.below.empty() ? AcrossTime::sum : AcrossTime::ratio;
  const auto by_id = [](const std::vector<direct::Normalised::Term>& side) {
    std::vector<direct::Term> ids;
    for (const auto& term : side) {
      ids.push_back({{term.code[0] - 'A' + 1}, term.coefficient, term.decimals});
    }
    return ids;
  };
  made.above = by_id(terms.above), made.below = by_id(terms.below);
  made.factor_above = terms.factor_above, made.factor_below = terms.factor_below;
  return made;
}

Measure measure_for(const Indicator& of) {
  Measure made =
      measure_of(of, [](IndicatorId id) { return collected(static_cast<int>(id.value) - 1); });
  made.parts = parts_of(made, kJuly);
  return made;
}

struct Given {
  std::int64_t unit;
  int indicator;
  std::int64_t amount;
  FactStatus status = FactStatus::accepted;
};

std::vector<Total> totals(const std::vector<Node>& nodes, const Indicator& of,
                          const std::vector<Given>& facts) {
  std::vector<int> all;
  for (std::size_t n = 0; n < nodes.size(); ++n) all.push_back(static_cast<int>(n));
  Rollup rollup(nodes, all, {measure_for(of)});
  rollup.begin(kJuly);
  for (const Given& fact : facts) {
    rollup.take({fact.unit}, {fact.indicator + 1}, FactState::value, fact.status, fact.amount);
  }
  rollup.end(std::vector<bool>(rollup.collected().size(), true));
  std::vector<Total> made;
  for (auto& of_unit : rollup.finish()) made.push_back(std::move(of_unit.front()));
  return made;
}

/// A district (1) over two communes (2, 3).
std::vector<Node> district() { return {{{1}, -1, 1, false}, {{2}, 0, 2, true}, {{3}, 0, 2, true}}; }

TEST(FormulaRollup, ACellCountsOnlyWithAllItsTerms) {
  const auto made = totals(district(), derived("([A] + [B]) / [C] * 100", 1),
                           {{2, 0, 3}, {2, 1, 25}, {2, 2, 1000}, {3, 0, 7}, {3, 2, 500}});
  EXPECT_EQ(made[0].value, 550);  // (3 + 2.5) / 10 * 100 = 55.0
  EXPECT_EQ(made[0].counted, 1);
  EXPECT_EQ(made[0].missing.size(), 1U);
  EXPECT_EQ(made[0].above, 55);    // one decimal
  EXPECT_EQ(made[0].below, 1000);  // two
}

TEST(FormulaRollup, ASumNeedsNoDivisor) {
  const auto made = totals(district(), derived("[A] - 2 * [B]", 1),
                           {{2, 0, 3}, {2, 1, 25}, {3, 0, 10}, {3, 1, 0}});
  EXPECT_EQ(made[0].value, 80);
  EXPECT_EQ(made[1].value, -20);
  EXPECT_EQ(made[2].value, 100);
}

TEST(FormulaRollup, TellsWhatIsTooLargeAndGivesNoWrongFigure) {
  const std::int64_t most = 100'000'000'000'000'000;
  const auto made =
      totals(district(), derived("[A] * 100 + [C] * 100", 0), {{2, 0, most}, {2, 2, most}});
  EXPECT_EQ(made[0].value, std::nullopt);
  EXPECT_TRUE(made[0].is_too_large);
  EXPECT_FALSE(made[2].is_too_large) << "nothing there is not too large";
}

TEST(FormulaRollup, ProductsOfMeansThatLeave128BitsAreTold) {
  Indicator mean = collected(0), weight = collected(1);
  mean.across_units = AcrossUnits::weighted_mean, mean.across_time = AcrossTime::weighted_mean;
  mean.weight = weight.id;
  Measure measure = measure_of(mean, [&](IndicatorId) { return weight; });
  measure.parts = {kJuly};
  std::vector<Node> nodes{{{1}, -1, 1, false}};
  for (std::int64_t i = 2; i < 20'002; ++i) nodes.push_back({{i}, 0, 2, true});
  Rollup rollup(nodes, {0}, {measure});
  rollup.begin(kJuly);
  for (std::int64_t i = 2; i < 20'002; ++i) {
    for (const auto& of : {mean, weight}) {
      rollup.take({i}, of.id, FactState::value, FactStatus::accepted, 100'000'000'000'000'000);
    }
  }
  rollup.end({false, false});
  EXPECT_TRUE(rollup.finish()[0][0].is_too_large);
}

TEST(FormulaRollup, EveryTotalIsTheFormulaOfTheSumsExactly) {
  std::mt19937 random(404);
  const char* const formulas[] = {"([A] + [B]) / [C] * 100", "[A] - [B]",
                                  "1 - [D] / ([A] + [B])",   "0.5 * [A] + 0.25 * [C] - [D] / 3",
                                  "[B] / ([C] / 1000)",      "-[A] / (2 * [B] - 3 * [C]) * 7 / 11"};
  for (int round = 0; round < 240; ++round) {
    std::vector<Node> nodes{{{1}, -1, 1, true}};
    for (std::int64_t i = 1; i < 12; ++i) {
      const auto parent = static_cast<std::size_t>(random() % nodes.size());
      nodes[parent].is_leaf = false;
      nodes.push_back({{i + 1}, static_cast<int>(parent), nodes[parent].level + 1, true});
    }
    const std::string text = formulas[round % 6];
    const auto formula = direct::parse_formula(text).value();
    const auto needed = formula.references();
    const int decimals = static_cast<int>(random() % 5);
    std::vector<Given> facts;
    for (const Node& node : nodes) {
      for (int i = 0; i < 4; ++i) {
        if (random() % 6 == 0) continue;
        facts.push_back({node.id.value, i, static_cast<std::int64_t>(random() % 2'000'000) - 1'000,
                         random() % 9 == 0 ? FactStatus::excluded : FactStatus::accepted});
      }
    }
    const auto made = totals(nodes, derived(text, decimals), facts);
    for (std::size_t n = 0; n < nodes.size(); ++n) {
      // Reckoned apart: cells of units under the node that have all, summed as fractions.
      std::map<std::string, Rational> sums;
      std::int64_t counted = 0;
      for (std::size_t u = n; u < nodes.size(); ++u) {
        int at = static_cast<int>(u);
        while (at > static_cast<int>(n)) at = nodes[static_cast<std::size_t>(at)].parent;
        if (at != static_cast<int>(n)) continue;
        std::map<std::string, Rational> own;
        for (const Given& fact : facts) {
          if (fact.unit != nodes[u].id.value || fact.status != FactStatus::accepted) continue;
          own[collected(fact.indicator).code] =
              direct::rational_of(fact.amount, collected(fact.indicator).decimals);
        }
        const bool has_all = std::all_of(needed.begin(), needed.end(), [&](const auto& reference) {
          return own.contains(reference.code);
        });
        if (!has_all) continue;
        ++counted;
        for (const auto& [code, amount] : own) sums[code] += amount;
      }
      EXPECT_EQ(made[n].counted, counted);
      std::optional<std::int64_t> expected;
      if (counted > 0) {
        const auto exact = direct::figure_of(formula, [&](const direct::Reference& reference) {
          return std::optional(sums[reference.code]);
        });
        if (exact) expected = direct::amount_of(*exact, decimals);
      }
      EXPECT_EQ(made[n].value, expected) << text;
    }
  }
}

}  // namespace
}  // namespace report
