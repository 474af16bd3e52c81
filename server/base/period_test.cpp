#include "base/period.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace base {
namespace {

std::string spans(std::string_view text) {
  const auto period = Period::parse(text);
  return period ? period->first().text() + " " + period->last().text() : "none";
}

std::string parts(std::string_view text, Frequency frequency) {
  std::string joined;
  for (const Period& part : Period::parse(text).value().parts(frequency)) {
    joined += part.text() + " ";
  }
  return joined;
}

TEST(Period, CoversItsDays) {
  EXPECT_EQ(spans("2021"), "2021-01-01 2021-12-31");
  EXPECT_EQ(spans("2021-H1"), "2021-01-01 2021-06-30");
  EXPECT_EQ(spans("2021-H2"), "2021-07-01 2021-12-31");
  EXPECT_EQ(spans("2021-9M"), "2021-01-01 2021-09-30");
  EXPECT_EQ(spans("2021-Q3"), "2021-07-01 2021-09-30");
  EXPECT_EQ(spans("2024-02"), "2024-02-01 2024-02-29");
  EXPECT_EQ(spans("2021-12"), "2021-12-01 2021-12-31");
}

TEST(Period, IsReadOnlyAsItIsWritten) {
  for (const char* text : {"2021", "2021-H2", "2021-9M", "2021-Q4", "2021-01", "2021-12", "0001"}) {
    const auto period = Period::parse(text);
    ASSERT_TRUE(period) << text;
    EXPECT_EQ(period->text(), text);
  }
  for (const char* text :
       {"", "21", "0000", "2021-", "2021-1", "2021-00", "2021-13", "2021-Q0", "2021-Q5", "2021-H3",
        "2021-8M", "2021-q1", "2021-07-01", "2021 07", "202x"}) {
    EXPECT_EQ(Period::parse(text), std::nullopt) << text;
  }
}

TEST(Period, HoldsTheWholePeriodsThatFitInside) {
  EXPECT_EQ(parts("2021-Q3", Frequency::month), "2021-07 2021-08 2021-09 ");
  EXPECT_EQ(parts("2021-9M", Frequency::quarter), "2021-Q1 2021-Q2 2021-Q3 ");
  EXPECT_EQ(parts("2021-9M", Frequency::half), "2021-H1 ");
  EXPECT_EQ(parts("2021-H2", Frequency::quarter), "2021-Q3 2021-Q4 ");
  EXPECT_EQ(parts("2021-Q3", Frequency::quarter), "2021-Q3 ");
  EXPECT_EQ(parts("2021-Q3", Frequency::half), "");
  EXPECT_EQ(parts("2021", Frequency::half), "2021-H1 2021-H2 ");
}

TEST(Period, KnowsTheOneBeforeAndTheYearBefore) {
  EXPECT_EQ(Period::parse("2021-01")->previous().text(), "2020-12");
  EXPECT_EQ(Period::parse("2021-Q2")->previous().text(), "2021-Q1");
  EXPECT_EQ(Period::parse("2021-9M")->previous().text(), "2020-9M");
  EXPECT_EQ(Period::parse("2021-H1")->year_before().text(), "2020-H1");
}

TEST(Period, CannotBeMadeBeyondItsYear) {
  EXPECT_THROW(Period(2021, Frequency::quarter, 5), std::invalid_argument);
  EXPECT_THROW(Period(2021, Frequency::month, 0), std::invalid_argument);
}

TEST(Frequency, IsNamedBothWays) {
  EXPECT_EQ(name(Frequency::nine_months), "nine_months");
  EXPECT_EQ(frequency_named("half"), Frequency::half);
  EXPECT_EQ(frequency_named("week"), std::nullopt);
}

}  // namespace
}  // namespace base
