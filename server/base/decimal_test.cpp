#include "base/decimal.h"

#include <gtest/gtest.h>

#include <limits>

namespace base {
namespace {

using enum Notation;

/// The amount read, or the code of the refusal.
std::string outcome(std::string_view text, int decimals, Notation notation = typed) {
  const auto read = parse_figure(text, decimals, notation, "/value");
  return read ? std::to_string(*read) : read.error().at(0).code;
}

TEST(ParseFigure, ReadsTheVietnameseAndTheEnglishManner) {
  EXPECT_EQ(outcome("13,75", 2), "1375");
  EXPECT_EQ(outcome("13.75", 2), "1375");
  EXPECT_EQ(outcome("1.234,5", 1), "12345");
  EXPECT_EQ(outcome("1,234.5", 1), "12345");
  EXPECT_EQ(outcome("1.234.567", 0), "1234567");
  EXPECT_EQ(outcome("1,234,567.89", 2), "123456789");
  EXPECT_EQ(outcome("1.234,567", 3), "1234567");
  EXPECT_EQ(outcome("0", 0), "0");
  EXPECT_EQ(outcome("007", 0), "7");
}

TEST(ParseFigure, TakesBlanksAsGroupsAndDropsThemAround) {
  EXPECT_EQ(outcome("1 234", 0), "1234");
  EXPECT_EQ(outcome("1\u00A0234\u202F567", 0), "1234567");
  EXPECT_EQ(outcome(" \u00A012 345,6\t", 1), "123456");
  EXPECT_EQ(outcome("1 234,567", 3), "1234567");
  EXPECT_EQ(outcome("12 34", 0), "figure.not_a_number");
  EXPECT_EQ(outcome("1  234", 0), "figure.not_a_number");
  EXPECT_EQ(outcome("1.234 567", 0), "figure.not_a_number");
}

TEST(ParseFigure, AsksBackWhatCanBeReadInTwoWays) {
  EXPECT_EQ(outcome("1,234", 3), "figure.ambiguous");
  EXPECT_EQ(outcome("1.234", 3), "figure.ambiguous");
  EXPECT_EQ(outcome("12,345", 0), "figure.ambiguous");
  EXPECT_EQ(outcome("1,234", 3, program), "figure.ambiguous");
  const auto refused = parse_figure("-1.234", 3, typed, "/cells/0/value");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error(), Problems({{ProblemKind::invalid,
                                        "figure.ambiguous",
                                        "/cells/0/value",
                                        {"-1.234", "-1234", "-1,2340"}}}));
  EXPECT_EQ(outcome("1234", 3), "1234000");
  EXPECT_EQ(outcome("1,2340", 3), "1234") << "both ways out that the refusal offers are taken";
}

TEST(ParseFigure, TakesThreeDecimalsWhereNoGroupCanBe) {
  EXPECT_EQ(outcome("0,125", 3), "125");
  EXPECT_EQ(outcome("1234,567", 3), "1234567");
}

TEST(ParseFigure, TakesAProgramsSingleDotAsTheDecimalSign) {
  EXPECT_EQ(outcome("1.234", 3, program), "1234");
  EXPECT_EQ(outcome("-1234.5", 1, program), "-12345");
  EXPECT_EQ(outcome("1.000", 0, program), "1");
}

TEST(ParseFigure, TakesEitherMinusAndNoOtherSign) {
  EXPECT_EQ(outcome("-5", 0), "-5");
  EXPECT_EQ(outcome("\u22125", 0), "-5");
  EXPECT_EQ(outcome("\u22120,5", 1), "-5");
  EXPECT_EQ(outcome("-0", 0), "0");
  EXPECT_EQ(outcome("+3", 0), "figure.not_a_number");
  EXPECT_EQ(outcome("--3", 0), "figure.not_a_number");
  EXPECT_EQ(outcome("- 3", 0), "figure.not_a_number");
}

TEST(ParseFigure, RefusesWhatIsNotANumber) {
  for (const char* text : {"",    " ",      "-",     ".",        ",",        "1,",        ",5",
                           "1.",  "12,3.4", "1.2.3", "1.234.56", "1,23,456", "1.234,5,6", "1e5",
                           "NaN", "inf",    "0x10",  "5%",       "1'234",    "\u0661",    "\xFF"}) {
    EXPECT_EQ(outcome(text, 2), "figure.not_a_number") << '"' << text << '"';
  }
}

TEST(ParseFigure, KeepsToTheIndicatorsDecimals) {
  EXPECT_EQ(outcome("1,25", 1), "figure.too_many_decimals");
  EXPECT_EQ(outcome("1,50", 1), "15");
  EXPECT_EQ(outcome("1,0000000000000", 0), "1");
  const auto refused = parse_figure("1,25", 1, typed);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().at(0).args, std::vector<std::string>({"1,25", "1"}));
}

TEST(ParseFigure, StopsBeyondTheLargestFigure) {
  EXPECT_EQ(outcome("100000000000000000", 0), "100000000000000000");
  EXPECT_EQ(outcome("-100000000000000000", 0), "-100000000000000000");
  EXPECT_EQ(outcome("100000000000000001", 0), "figure.out_of_range");
  EXPECT_EQ(outcome("1000000000", 9), "figure.out_of_range");
  EXPECT_EQ(outcome(std::string(500, '9'), 0), "figure.out_of_range");
}

TEST(CanonicalFigure, HasADotAndExactlyTheDecimals) {
  EXPECT_EQ(canonical_figure(9857, 2), "98.57");
  EXPECT_EQ(canonical_figure(-5, 2), "-0.05");
  EXPECT_EQ(canonical_figure(0, 0), "0");
  EXPECT_EQ(canonical_figure(1234567, 0), "1234567");
  EXPECT_EQ(canonical_figure(std::numeric_limits<std::int64_t>::min(), 0), "-9223372036854775808");
  EXPECT_EQ(canonical_figure(Wide{std::numeric_limits<std::int64_t>::max()} * 10, 1),
            "9223372036854775807.0");
}

TEST(VietnameseFigure, GroupsByDotsAndHasADecimalComma) {
  EXPECT_EQ(vietnamese_figure(12345, 1), "1.234,5");
  EXPECT_EQ(vietnamese_figure(123, 0), "123");
  EXPECT_EQ(vietnamese_figure(-1234567, 0), "-1.234.567");
  EXPECT_EQ(vietnamese_figure(5, 3), "0,005");
}

TEST(DivideHalfUp, RoundsHalvesAwayFromZero) {
  EXPECT_EQ(divide_half_up(1, 2, 0), 1);
  EXPECT_EQ(divide_half_up(-1, 2, 0), -1);
  EXPECT_EQ(divide_half_up(1, -2, 0), -1);
  EXPECT_EQ(divide_half_up(-5, 4, 1), -13);
  EXPECT_EQ(divide_half_up(1, 3, 4), 3333);
  EXPECT_EQ(divide_half_up(2, 3, 4), 6667);
  EXPECT_EQ(divide_half_up(12345, 1, -1), 1235);
  EXPECT_EQ(divide_half_up(12344, 1, -1), 1234);
  EXPECT_EQ(divide_half_up(5, 1, -40), 0);
}

TEST(DivideHalfUp, StaysExactInTheWidestFigures) {
  const Wide huge = (Wide{1} << 126U);
  EXPECT_EQ(divide_half_up(huge, huge, 2), 100);
  EXPECT_EQ(divide_half_up(huge - 1, huge, 0), 1);
  EXPECT_EQ(divide_half_up(huge / 2, huge, 0), 1);
  EXPECT_EQ(divide_half_up(huge / 2 - 1, huge, 0), 0);
  EXPECT_EQ(divide_half_up(huge, 1, 0), std::nullopt);
  EXPECT_EQ(divide_half_up(1, 1, 30), std::nullopt);
  EXPECT_EQ(divide_half_up(7, 0, 0), std::nullopt);
}

TEST(Narrow, GivesNothingForWhatDoesNotFit) {
  constexpr auto kMax = std::numeric_limits<std::int64_t>::max();
  EXPECT_EQ(narrow(kMax), kMax);
  EXPECT_EQ(narrow(Wide{kMax} + 1), std::nullopt);
  EXPECT_EQ(narrow(-Wide{kMax} - 1), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(narrow(-Wide{kMax} - 2), std::nullopt);
}

}  // namespace
}  // namespace base
