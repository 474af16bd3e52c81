#include "office/cell_values.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <random>

namespace office {
namespace {

TEST(CanonicalNumber, IsTheFigureThatWasTyped) {
  EXPECT_EQ(canonical_number("98.57"), "98.57");
  EXPECT_EQ(canonical_number("98.56999999999999"), "98.57");
  EXPECT_EQ(canonical_number("98.569999999999993"), "98.57");
  EXPECT_EQ(canonical_number("0.30000000000000004"), "0.3");
  EXPECT_EQ(canonical_number("2.9999999999999996"), "3");
  EXPECT_EQ(canonical_number("9.9999999999999996E-2"), "0.1");
  EXPECT_EQ(canonical_number("999.99999999999996"), "1000");
  EXPECT_EQ(canonical_number("-1234.5"), "-1234.5");
}

TEST(CanonicalNumber, KeepsEveryDigitOfAWholePart) {
  EXPECT_EQ(canonical_number("9007199254740993"), "9007199254740993");
  EXPECT_EQ(canonical_number("12345678901234567890"), "12345678901234567890");
  EXPECT_EQ(canonical_number("1.2345678901234568E+16"), "12345678901234568");
  EXPECT_EQ(canonical_number("1234567890123456.8"), "1234567890123457");
  EXPECT_EQ(canonical_number("999999999999999999.5"), "1000000000000000000");
}

TEST(CanonicalNumber, HasNoExponentAndNoNeedlessZeros) {
  EXPECT_EQ(canonical_number("1E3"), "1000");
  EXPECT_EQ(canonical_number("1.50e+2"), "150");
  EXPECT_EQ(canonical_number("1E-05"), "0.00001");
  EXPECT_EQ(canonical_number("007.500"), "7.5");
  EXPECT_EQ(canonical_number("+5"), "5");
  EXPECT_EQ(canonical_number(".5"), "0.5");
  EXPECT_EQ(canonical_number("5."), "5");
  EXPECT_EQ(canonical_number("-0"), "0");
  EXPECT_EQ(canonical_number("0.000E99"), "0");
}

TEST(CanonicalNumber, RefusesWhatIsNotANumber) {
  for (const char* text : {"",
                           "-",
                           ".",
                           "e5",
                           "NaN",
                           "INF",
                           "-Infinity",
                           "1,5",
                           "1.2.3",
                           "1e",
                           "1e5.5",
                           "--1",
                           "0x10",
                           "1 000",
                           " 1",
                           "1E309",
                           "1E999",
                           "1E-999",
                           "1E99999999999999999999",
                           "٣",
                           "1\n"}) {
    EXPECT_FALSE(canonical_number(text)) << text;
  }
}

TEST(CanonicalNumber, AgreesWithTheLibraryOnWhatFifteenDigitsHold) {
  std::mt19937_64 random(20251125);
  for (int round = 0; round < 20'000; ++round) {
    const auto amount = static_cast<double>(random() % 1'000'000'000'000);
    const int decimals = static_cast<int>(random() % 4);
    char typed[64];
    std::snprintf(typed, sizeof typed, "%.*f", decimals, amount / 1000);
    char stored[64];  // as Excel writes it
    std::snprintf(stored, sizeof stored, "%.17g", std::strtod(typed, nullptr));
    EXPECT_EQ(canonical_number(stored), canonical_number(typed)) << stored;
  }
}

TEST(Shown, KnowsDaysByTheirFormat) {
  for (const char* code : {"dd/mm/yyyy", "d-mmm", "mmm-yy", "YYYY\\-MM\\-DD", "[$-42A]dd/mm/yyyy;@",
                           "[$-F800]dddd, mmmm dd, yyyy", "\"ngày\" dd \"tháng\" mm", "mm"}) {
    EXPECT_EQ(shown_by(code), Shown::day) << code;
  }
  EXPECT_EQ(shown_by("dd/mm/yyyy hh:mm"), Shown::day_and_time);
  EXPECT_EQ(shown_by("h:mm AM/PM"), Shown::time);
  EXPECT_EQ(shown_by("mm:ss.0"), Shown::time);
  EXPECT_EQ(shown_by("[h]:mm:ss"), Shown::elapsed);
  EXPECT_EQ(shown_by("[mm]:ss"), Shown::elapsed);
}

TEST(Shown, TakesNoFigureForADay) {
  for (const char* code :
       {"General", "", "0", "#,##0.00", "0.00E+00", "#,##0 \"ngày/người dân\"", "[Red]-#,##0",
        "#,##0\\ \\d", "_-* #,##0\\ _₫_-", "_(* #,##0_);[Red](#,##0)", "#,##0 [$đ-42A]", "@",
        "0;dd/mm/yyyy", "[Yellow][<=100]0", "\"unclosed dd", "[dd"}) {
    EXPECT_EQ(shown_by(code), Shown::number) << code;
  }
  EXPECT_EQ(shown_by("0.0%"), Shown::percent);
  EXPECT_EQ(shown_by("0\"%\""), Shown::number);
}

TEST(Shown, KnowsTheBuiltInFormats) {
  for (const std::size_t id : {14U, 15U, 16U, 17U}) EXPECT_EQ(shown_by_built_in(id), Shown::day);
  for (const std::size_t id : {18U, 21U, 45U, 47U}) EXPECT_EQ(shown_by_built_in(id), Shown::time);
  EXPECT_EQ(shown_by_built_in(22), Shown::day_and_time);
  EXPECT_EQ(shown_by_built_in(46), Shown::elapsed);
  EXPECT_EQ(shown_by_built_in(10), Shown::percent);
  for (const std::size_t id : {0U, 1U, 4U, 11U, 13U, 23U, 44U, 48U, 49U, 163U})
    EXPECT_EQ(shown_by_built_in(id), Shown::number);
}

TEST(Moment, CountsDaysAsExcelDoesWithTheDayThatNeverWas) {
  EXPECT_EQ(moment_of("1", Shown::day, false), "1900-01-01");
  EXPECT_EQ(moment_of("59", Shown::day, false), "1900-02-28");
  EXPECT_EQ(moment_of("60", Shown::day, false), std::nullopt);
  EXPECT_EQ(moment_of("61", Shown::day, false), "1900-03-01");
  EXPECT_EQ(moment_of("44378", Shown::day, false), "2021-07-01");
  EXPECT_EQ(moment_of("45839.75", Shown::day, false), "2025-07-01");
  EXPECT_EQ(moment_of("2958465", Shown::day, false), "9999-12-31");
  for (const char* none : {"0", "-1", "2958466", "99999999", "1000000000000000000000"})
    EXPECT_EQ(moment_of(none, Shown::day, false), std::nullopt) << none;
}

TEST(Moment, CountsFrom1904WhenTheWorkbookDoes) {
  EXPECT_EQ(moment_of("0", Shown::day, true), "1904-01-01");
  EXPECT_EQ(moment_of("60", Shown::day, true), "1904-03-01");
  EXPECT_EQ(moment_of("42916", Shown::day, true), "2021-07-01");
}

TEST(Moment, GivesTimesToTheSecond) {
  EXPECT_EQ(moment_of("44378", Shown::day_and_time, false), "2021-07-01");
  EXPECT_EQ(moment_of("44378.5", Shown::day_and_time, false), "2021-07-01T12:00:00");
  EXPECT_EQ(moment_of("44378.3333333333", Shown::day_and_time, false), "2021-07-01T08:00:00");
  EXPECT_EQ(moment_of("44378.999999", Shown::day_and_time, false), "2021-07-02");
  EXPECT_EQ(moment_of("0.604166666666667", Shown::time, false), "14:30:00");
  EXPECT_EQ(moment_of("1.5", Shown::time, false), "12:00:00");
  EXPECT_EQ(moment_of("1.5", Shown::elapsed, false), "36:00:00");
}

TEST(Moment, ReadsIso) {
  EXPECT_EQ(moment_of_iso("2021-07-01"), "2021-07-01");
  EXPECT_EQ(moment_of_iso("2021-07-01T00:00:00"), "2021-07-01");
  EXPECT_EQ(moment_of_iso("2021-07-01T08:30:15.250Z"), "2021-07-01T08:30:15");
  EXPECT_EQ(moment_of_iso("2021-07-01T08:30"), "2021-07-01T08:30:00");
  for (const char* none : {"", "2021-02-29", "1/7/2021", "2021-07-01T", "2021-07-01T25:00:00",
                           "2021-07-01T08:30:15.", "2021-07-01T08:3", "T08:30:00"}) {
    EXPECT_EQ(moment_of_iso(none), std::nullopt) << none;
  }
}

TEST(PlainText, TakesBackWhatXmlCannotHold) {
  EXPECT_EQ(plain_text("a_x000D__x000A_b"), "a\n\nb");
  EXPECT_EQ(plain_text("_x005F_x000D_"), "_x000D_");
  EXPECT_EQ(plain_text("_x1EA3_"), "ả");
  EXPECT_EQ(plain_text("_xD83D__xDE00_"), "😀");
  EXPECT_EQ(plain_text("a_x0000__x0007__xFFFF_b"), "ab");
  for (const char* as_it_is : {"_x", "_x00", "_x000D", "_x00G0_", "_X000D_", "_xD83D_", "_xDE00_",
                               "_xD83D__x0041", "xã_xã"}) {
    EXPECT_EQ(plain_text(as_it_is), as_it_is);
  }
}

TEST(StoredText, IsTakenBackAsItWas) {
  EXPECT_EQ(stored_text("_x0041_ xã_x"), "_x005F_x0041_ xã_x");
  for (const char* text : {"_x0041_", "_x005F_x0041_", "__x0041__x0042_", "_x00G1_", "xã_"})
    EXPECT_EQ(plain_text(stored_text(text)), text);
}

TEST(ReferenceOf, TakesWhatASheetHas) {
  EXPECT_EQ(reference_of("B4")->row, 4U);
  EXPECT_EQ(reference_of("B4")->column, 2U);
  EXPECT_EQ(reference_of("XFD1048576")->column, kLastColumn);
  for (const char* none :
       {"", "A", "1", "A0", "A01", "a1", "XFE1", "ZZZZ1", "A1048577", "$A$1", "A-1", "A1:B2",
        "AAAAAAAAAAAAAAAAAAAA1", "A99999999999999999999", "Á1"}) {
    EXPECT_FALSE(reference_of(none)) << none;
  }
  for (const std::size_t column : {1U, 26U, 27U, 702U, 703U, 16384U})
    EXPECT_EQ(reference_of(column_letters(column) + "1")->column, column);
}

}  // namespace
}  // namespace office
