#include "report/outlier.h"

#include <gtest/gtest.h>

#include <limits>

namespace report {
namespace {

const std::vector<std::int64_t> kSteady{102, 98, 105, 95, 100, 101, 99};

TEST(ApartFrom, FindsAFigureFarFromTheUnitsOwnPast) {
  EXPECT_EQ(apart_from(1000, kSteady), (Apart{200}));
  EXPECT_EQ(apart_from(0, kSteady), (Apart{200}));
  EXPECT_FALSE(apart_from(110, kSteady));
}

TEST(ApartFrom, LeavesASmallStepOfASteadyFigureAlone) {
  // Eight deviations away, and still only a third more.
  EXPECT_FALSE(apart_from(133, kSteady));
}

TEST(ApartFrom, IsNotBlindedByOneOldMistake) {
  std::vector<std::int64_t> past = kSteady;
  past.push_back(100'000);  // a mean and a standard deviation would hide the next one
  EXPECT_TRUE(apart_from(90'000, past));
}

TEST(ApartFrom, TakesTheMeanDeviationWhenHalfOfThePastIsTheSame) {
  EXPECT_TRUE(apart_from(50, {0, 0, 0, 0, 0, 2, 1}));
  EXPECT_FALSE(apart_from(1, {0, 0, 0, 0, 0, 2, 1}));
  EXPECT_TRUE(apart_from(16, {10, 10, 10, 10, 10, 10}));
  EXPECT_FALSE(apart_from(14, {10, 10, 10, 10, 10, 10}));
}

TEST(ApartFrom, SaysNothingOfAShortPast) { EXPECT_FALSE(apart_from(1000, {1, 1, 1, 1, 1})); }

TEST(ApartFrom, DoesNotOverflow) {
  constexpr std::int64_t kLarge = 100'000'000'000'000'000;
  EXPECT_TRUE(apart_from(-kLarge, {kLarge, kLarge, kLarge - 1, kLarge, kLarge, kLarge}));
}

TEST(ScaleSlip, KnowsDongFromThousandsAndMillions) {
  const std::vector<std::int64_t> millions{52, 48, 61};
  EXPECT_EQ(scale_slip(55'000, millions), 3);
  EXPECT_EQ(scale_slip(55'000'000, millions), 6);
  EXPECT_EQ(scale_slip(50, {52'000, 48'000, 61'000}), -3);
  EXPECT_EQ(scale_slip(500, millions), std::nullopt);
  EXPECT_EQ(scale_slip(0, millions), std::nullopt);
  EXPECT_EQ(scale_slip(55'000, {0, 0, 0}), std::nullopt);
}

TEST(StepOf, IsTheSameUpAndDownAndHasASizeFromNothing) {
  EXPECT_EQ(step_of(100, 200), 1000);
  EXPECT_EQ(step_of(99, 2 * 9), 10000);
  EXPECT_EQ(step_of(9, 2 * 99), 10000);
  EXPECT_EQ(step_of(4, 0), 5000);
  EXPECT_FALSE(step_of(-1, 200));
  EXPECT_GT(step_of(std::numeric_limits<std::int64_t>::max(), 0), 0);
}

TEST(OuterFence, LetsStepsThatAreUsualAmongAllBe) {
  EXPECT_FALSE(outer_fence(std::vector<std::int64_t>(19, 1000))) << "too few to say";
  std::vector<std::int64_t> steps;
  for (int i = 0; i < 100; ++i) steps.push_back(1000 + 10 * i);  // quartiles 1250 and 1750
  EXPECT_EQ(outer_fence(steps), 1750 + 3 * 500);
  steps.back() = 90000;  // one far out does not move it
  EXPECT_EQ(outer_fence(steps), 1750 + 3 * 500);
  EXPECT_GT(outer_fence(std::vector<std::int64_t>(20, std::numeric_limits<std::int64_t>::max())),
            0);
}

TEST(AllMoved, IsThePeriodNotTheUnit) {
  const Moved own{100, 400};
  const std::vector<Moved> campaign{{10, 39}, {200, 700}, {50, 180}, {80, 300}, {40, 41}};
  EXPECT_TRUE(all_moved(own, campaign));
  const std::vector<Moved> quiet{{10, 11}, {200, 190}, {50, 52}, {80, 81}, {40, 41}};
  EXPECT_FALSE(all_moved(own, quiet));
  EXPECT_FALSE(all_moved(own, {{10, 40}}));
}

}  // namespace
}  // namespace report
