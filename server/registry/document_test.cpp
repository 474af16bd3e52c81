#include "registry/document.h"

#include <gtest/gtest.h>

#include <set>

namespace registry {
namespace {

Number number(std::string_view text, Profile profile) {
  return read_number(text, profile, "/number").value_or(Number{});
}
bool fits(std::string_view text, Profile profile) {
  return read_number(text, profile, "/number").has_value();
}

TEST(Number, IsWrittenAsItsProfileWritesIt) {
  EXPECT_EQ(text_of({5, "BC", "HU"}, Profile::party_36_2018), "05-BC/HU");
  EXPECT_EQ(text_of({127, "QĐ", "TW"}, Profile::party_05_2026), "127-QĐ/TW");
  EXPECT_EQ(text_of({5, "BC", "UBND"}, Profile::state_nd30_2020), "05/BC-UBND");
  EXPECT_EQ(text_of({12, "CV", "UBND-VX"}, Profile::state_nd30_2020), "12/UBND-VX");
  EXPECT_EQ(text_of({15, "BC", "MTTQ-BTT"}, Profile::front), "15/BC-MTTQ-BTT");
  EXPECT_EQ(heading_of("05-BC/HU", Profile::party_36_2018), "Số 05-BC/HU");
  EXPECT_EQ(heading_of("05/BC-UBND", Profile::state_nd30_2020), "Số: 05/BC-UBND");
}

TEST(Number, ComesBackAsItWasWritten) {
  for (const Profile profile :
       {Profile::party_36_2018, Profile::party_05_2026, Profile::state_nd30_2020, Profile::front}) {
    for (const DocumentKind& kind : kinds()) {
      for (const std::int64_t sequence : {1, 9, 10, 99, 100, 1656}) {
        const Number made{sequence, std::string(kind.code), "UBTVQH15"};
        EXPECT_EQ(number(text_of(made, profile), profile), made) << text_of(made, profile);
      }
    }
  }
}

TEST(Number, RealOnesAreRead) {
  EXPECT_EQ(number("01-CTr/TU", Profile::party_36_2018), (Number{1, "CTr", "TU"}));
  EXPECT_EQ(number("55-QĐ/TW", Profile::party_36_2018), (Number{55, "QĐ", "TW"}));
  EXPECT_EQ(number("1656/NQ-UBTVQH15", Profile::state_nd30_2020), (Number{1656, "NQ", "UBTVQH15"}));
  EXPECT_EQ(number("230/KH-UBND", Profile::state_nd30_2020), (Number{230, "KH", "UBND"}));
  EXPECT_EQ(number("12/UBND-VX", Profile::state_nd30_2020), (Number{12, "CV", "UBND-VX"}));
}

TEST(Number, WhatDoesNotFitItsProfileIsRefusedWithAnExample) {
  for (const char* wrong : {"5-BC/HU", "00-BC/HU", "012-BC/HU", "05-XX/HU", "05-BC", "05-BC/",
                            "05/BC-HU", "-BC/HU", "05-BC/H U", "99999999999999999999-BC/HU", ""}) {
    EXPECT_FALSE(fits(wrong, Profile::party_36_2018)) << wrong;
  }
  for (const char* wrong : {"5/BC-UBND", "05-BC/UBND", "05/", "05/BC-", "/BC-UBND"}) {
    EXPECT_FALSE(fits(wrong, Profile::state_nd30_2020)) << wrong;
  }
  const auto refused = read_number("5/HU", Profile::party_36_2018, "/number");
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().front().args, (std::vector<std::string>{"5/HU", "05-BC/HU"}));
}

TEST(Series, ThePartyCountsByKindInATermTheStateByYear) {
  const std::vector<Term> terms{{1, {}, "XXIII", base::Date(2015, 8, 1), base::Date(2020, 7, 30)},
                                {2, {}, "XXIV", base::Date(2020, 7, 30), base::Date(2025, 8, 1)}};
  const auto party = [&](const char* kind, base::Date day) {
    return series_of(Profile::party_36_2018, kind, day, terms).value_or("refused");
  };
  EXPECT_EQ(party("BC", base::Date(2021, 1, 1)), "BC XXIV");
  EXPECT_EQ(party("BC", base::Date(2020, 7, 29)), "BC XXIII");
  EXPECT_EQ(party("BC", base::Date(2020, 7, 30)), "BC XXIV") << "a span is half-open";
  EXPECT_NE(party("KH", base::Date(2021, 1, 1)), party("BC", base::Date(2021, 1, 1)));
  EXPECT_EQ(party("BC", base::Date(2026, 1, 1)), "refused");
  EXPECT_EQ(series_of(Profile::state_nd30_2020, "BC", base::Date(2021, 12, 31), {}).value(),
            "2021");
  EXPECT_EQ(series_of(Profile::front, "KH", base::Date(2022, 1, 1), {}).value(), "2022");
}

TEST(Kinds, EachHasItsOwnCode) {
  std::set<std::string_view> codes;
  for (const DocumentKind& kind : kinds()) EXPECT_TRUE(codes.insert(kind.code).second) << kind.code;
}

}  // namespace
}  // namespace registry
