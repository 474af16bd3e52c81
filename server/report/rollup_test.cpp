#include "report/rollup.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace report {
namespace {

using direct::AcrossTime;
using direct::AcrossUnits;
using direct::Indicator;
using direct::IndicatorId;
using org::UnitId;
using org::unit_store::Node;

Indicator indicator(std::int64_t id, AcrossUnits units, AcrossTime time, int decimals = 0,
                    base::Frequency frequency = base::Frequency::month) {
  Indicator made;
  made.id = {id};
  made.code = "I" + std::to_string(id);
  made.decimals = decimals;
  made.across_units = units;
  made.across_time = time;
  made.frequency = frequency;
  return made;
}

Measure made_of(const Indicator& of, const std::vector<Indicator>& others, const char* period) {
  Measure measure = measure_of(of, [&](IndicatorId id) {
    return *std::find_if(others.begin(), others.end(),
                         [&](const Indicator& other) { return other.id == id; });
  });
  measure.parts = parts_of(measure, *base::Period::parse(period));
  return measure;
}

Measure plain(const Indicator& of, const char* period) { return made_of(of, {}, period); }

Measure ratio(const Indicator& first, const Indicator& second, int decimals, const char* period) {
  Indicator of = indicator(99, AcrossUnits::ratio, AcrossTime::ratio, decimals);
  of.measure_unit = "%";
  of.formula = "[" + first.code + "] / [" + second.code + "] * 100";
  of.above = {{first.id}}, of.below = {{second.id}}, of.factor_above = 100;
  return made_of(of, {first, second}, period);
}

/// A district (1) over two communes (2, 3), and a commune (4) with a hamlet (5).
std::vector<Node> tree() {
  return {{{1}, -1, 1, false},
          {{2}, 0, 2, true},
          {{3}, 0, 2, true},
          {{4}, 0, 2, false},
          {{5}, 3, 3, true}};
}

struct Given {
  std::int64_t unit, indicator;
  const char* period;
  std::int64_t amount;
  FactStatus status = FactStatus::accepted;
  FactState state = FactState::value;
  std::int64_t at = 0;
};

std::vector<std::vector<Total>> totals(const std::vector<Node>& nodes, std::vector<int> wanted,
                                       std::vector<Measure> measures,
                                       const std::vector<Given>& facts, bool was_asked = false) {
  Rollup rollup(nodes, std::move(wanted), std::move(measures));
  for (const base::Period& part : rollup.parts()) {
    rollup.begin(part);
    for (const Given& fact : facts) {
      if (fact.period == part.text()) {
        rollup.take({fact.unit}, {fact.indicator}, fact.state, fact.status, fact.amount, fact.at);
      }
    }
    rollup.end(std::vector<bool>(rollup.collected().size(), was_asked));
  }
  return rollup.finish();
}

std::vector<std::int64_t> ids(const std::vector<UnitId>& units) {
  std::vector<std::int64_t> made;
  for (const UnitId unit : units) made.push_back(unit.value);
  return made;
}

const Indicator kFlow = indicator(10, AcrossUnits::sum, AcrossTime::sum);

TEST(Rollup, AddsOnlyAcceptedFiguresAndNamesTheRest) {
  const auto nodes = tree();
  const Total total =
      totals(nodes, {0}, {plain(kFlow, "2021-07")},
             {{2, 10, "2021-07", 5},
              {3, 10, "2021-07", 7, FactStatus::excluded},
              {5, 10, "2021-07", 0, FactStatus::accepted, FactState::not_applicable}})[0][0];
  EXPECT_EQ(total.value, 5);
  EXPECT_EQ(total.counted, 1);
  EXPECT_EQ(total.expected, 3);
  EXPECT_TRUE(total.missing.empty());
  EXPECT_EQ(ids(total.excluded), (std::vector<std::int64_t>{3}));
  EXPECT_EQ(ids(total.not_applicable), (std::vector<std::int64_t>{5}));
}

TEST(Rollup, TakesSubmittedFiguresForMissing) {
  const auto nodes = tree();
  const Total total = totals(nodes, {0}, {plain(kFlow, "2021-07")},
                             {{2, 10, "2021-07", 5, FactStatus::submitted}})[0][0];
  EXPECT_EQ(total.value, std::nullopt);
  EXPECT_EQ(ids(total.missing), (std::vector<std::int64_t>{2, 3, 5}));
}

TEST(Rollup, ExpectsOnlyUnitsWithACellWhenARequestAsked) {
  const auto nodes = tree();
  const Total total = totals(nodes, {0}, {plain(kFlow, "2021-07")}, {{4, 10, "2021-07", 3}},
                             /*was_asked=*/true)[0][0];
  EXPECT_EQ(total.value, 3);
  EXPECT_EQ(total.expected, 1);
}

TEST(Rollup, KeepsZeroAsAValue) {
  const auto nodes = tree();
  const Total total = totals(nodes, {1}, {plain(kFlow, "2021-07")}, {{2, 10, "2021-07", 0}})[0][0];
  EXPECT_EQ(total.value, 0);
  EXPECT_EQ(total.counted, 1);
}

TEST(Rollup, DividesSumsAndCountsACellOnlyWithBothSides) {
  const auto nodes = tree();
  const Indicator on_time = indicator(10, AcrossUnits::sum, AcrossTime::sum);
  const Indicator all = indicator(11, AcrossUnits::sum, AcrossTime::sum);
  const Total total =
      totals(nodes, {0}, {ratio(on_time, all, 2, "2021-07")},
             {{2, 10, "2021-07", 1}, {2, 11, "2021-07", 3}, {3, 10, "2021-07", 9}})[0][0];
  EXPECT_EQ(total.value, 3333);  // 33.33 %, not the mean of anything
  EXPECT_EQ(total.counted, 1);
  EXPECT_EQ(ids(total.missing), (std::vector<std::int64_t>{3, 5}));
}

TEST(Rollup, GivesNoRatioOverAZeroDenominator) {
  const auto nodes = tree();
  const Total total = totals(
      nodes, {1}, {ratio(kFlow, indicator(11, AcrossUnits::sum, AcrossTime::sum), 2, "2021-07")},
      {{2, 10, "2021-07", 0}, {2, 11, "2021-07", 0}})[0][0];
  EXPECT_EQ(total.value, std::nullopt);
  EXPECT_EQ(total.counted, 1);
}

TEST(Rollup, WeighsMeansByTheirWeights) {
  const auto nodes = tree();
  Indicator score = indicator(12, AcrossUnits::weighted_mean, AcrossTime::weighted_mean, 1);
  const Indicator weight = indicator(13, AcrossUnits::sum, AcrossTime::sum);
  score.weight = weight.id;
  const Measure measure = made_of(score, {weight}, "2021-07");
  const Total total = totals(nodes, {0}, {measure},
                             {{2, 12, "2021-07", 900},
                              {2, 13, "2021-07", 1},
                              {3, 12, "2021-07", 800},
                              {3, 13, "2021-07", 3}})[0][0];
  EXPECT_EQ(total.value, 825);
}

TEST(Rollup, ReadsWhatStandsAtTheEndAndDoesNotFallBack) {
  const auto nodes = tree();
  const Indicator stock = indicator(14, AcrossUnits::sum, AcrossTime::latest);
  const Total total = totals(nodes, {0}, {plain(stock, "2021-Q3")}, {{2, 14, "2021-08", 50}})[0][0];
  EXPECT_EQ(total.value, std::nullopt);
  EXPECT_EQ(total.expected, 3);
}

TEST(Rollup, GivesARankOnlyToItsOwnUnit) {
  const auto nodes = tree();
  const Indicator rank = indicator(15, AcrossUnits::none, AcrossTime::latest);
  const auto both = totals(nodes, {0, 1}, {plain(rank, "2021-07")}, {{2, 15, "2021-07", 4}});
  EXPECT_EQ(both[0][0].value, std::nullopt);
  EXPECT_EQ(both[0][0].counted, 1);
  EXPECT_EQ(both[1][0].value, 4);
}

TEST(Rollup, TakesTheSmallestTheLargestAndTheLatest) {
  const auto nodes = tree();
  const std::vector<Given> facts{
      {2, 16, "2021-07", 4, FactStatus::accepted, FactState::value, 200},
      {3, 16, "2021-07", -9, FactStatus::accepted, FactState::value, 100}};
  const auto one = [&](AcrossUnits units) {
    return totals(nodes, {0}, {plain(indicator(16, units, AcrossTime::latest), "2021-07")},
                  facts)[0][0]
        .value;
  };
  EXPECT_EQ(one(AcrossUnits::min), -9);
  EXPECT_EQ(one(AcrossUnits::max), 4);
  EXPECT_EQ(one(AcrossUnits::latest), 4);
}

TEST(Parts, FollowTheFrequencyInsideThePeriod) {
  const auto texts = [](const Measure& measure) {
    std::vector<std::string> made;
    for (const auto& part : measure.parts) made.push_back(part.text());
    return made;
  };
  EXPECT_EQ(texts(plain(kFlow, "2021-Q3")),
            (std::vector<std::string>{"2021-07", "2021-08", "2021-09"}));
  EXPECT_EQ(
      texts(plain(indicator(1, AcrossUnits::sum, AcrossTime::latest, 0, base::Frequency::half),
                  "2021-9M")),
      (std::vector<std::string>{"2021-H1"}));
  EXPECT_TRUE(
      plain(indicator(1, AcrossUnits::sum, AcrossTime::sum, 0, base::Frequency::year), "2021-Q3")
          .parts.empty());
}

TEST(Parts, AreNoneForARatioWhoseSidesAreCollectedDifferently) {
  const Indicator yearly =
      indicator(11, AcrossUnits::sum, AcrossTime::sum, 0, base::Frequency::year);
  EXPECT_TRUE(ratio(kFlow, yearly, 2, "2021").parts.empty());
}

TEST(Rollup, TheWholeIsTheSumOfItsPartsOnRandomTrees) {
  std::mt19937 random(1279);
  for (int round = 0; round < 200; ++round) {
    std::vector<Node> nodes{{{1}, -1, 1, true}};
    const auto size = 2 + random() % 40;
    for (std::int64_t i = 1; i < static_cast<std::int64_t>(size); ++i) {
      const int parent = static_cast<int>(random() % nodes.size());
      nodes[static_cast<std::size_t>(parent)].is_leaf = false;
      nodes.push_back({{i + 1}, parent, nodes[static_cast<std::size_t>(parent)].level + 1, true});
    }
    std::vector<Given> facts;
    for (const Node& node : nodes) {
      if (random() % 3 != 0) {
        facts.push_back({node.id.value, 10, "2021-07", static_cast<std::int64_t>(random() % 1000),
                         random() % 5 == 0 ? FactStatus::excluded : FactStatus::accepted});
      }
    }
    std::vector<int> all;
    for (std::size_t i = 0; i < nodes.size(); ++i) all.push_back(static_cast<int>(i));
    const auto of = totals(nodes, all, {plain(kFlow, "2021-07")}, facts);
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      std::int64_t sum = 0, counted = 0, expected = 0;
      for (const Given& fact : facts) {  // the unit's own
        if (fact.unit != nodes[i].id.value) continue;
        ++expected;
        if (fact.status == FactStatus::accepted) sum += fact.amount, ++counted;
      }
      if (expected == 0 && nodes[i].is_leaf) expected = 1;
      for (std::size_t j = i + 1; j < nodes.size(); ++j) {
        if (nodes[j].parent != static_cast<int>(i)) continue;
        sum += of[j][0].value.value_or(0);
        counted += of[j][0].counted;
        expected += of[j][0].expected;
      }
      EXPECT_EQ(of[i][0].value.value_or(0), sum);
      EXPECT_EQ(of[i][0].counted, counted);
      EXPECT_EQ(of[i][0].expected, expected);
    }
  }
}

}  // namespace
}  // namespace report
