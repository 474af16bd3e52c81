#include "base/words.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/catalogue.h"

namespace base {
namespace {

/// The numbers of the {n} in a sentence.
std::set<char> places(std::string_view sentence) {
  std::set<char> places;
  for (std::size_t i = 0; i + 2 < sentence.size(); ++i) {
    if (sentence[i] == '{' && sentence[i + 2] == '}') places.insert(sentence[i + 1]);
  }
  return places;
}

TEST(Words, FillTheArgumentsInBothLanguages) {
  const Problem problem{ProblemKind::invalid, "figure.too_many_decimals", "/value", {"1,25", "1"}};
  EXPECT_EQ(
      words(problem, Language::en),
      "The figure “1,25” has more than 1 decimals. Round it to 1 digits after the decimal sign.");
  EXPECT_TRUE(words(problem, Language::vi).starts_with("Số “1,25” có nhiều hơn 1 chữ số"));
}

TEST(Words, TakeAnArgumentAsItIs) {
  const Problem problem{ProblemKind::invalid, "figure.not_a_number", {}, {"{0} {1} {"}};
  EXPECT_TRUE(words(problem, Language::en).starts_with("“{0} {1} {” is not a number."));
  EXPECT_TRUE(words({ProblemKind::invalid, "figure.not_a_number", {}, {}}, Language::en)
                  .starts_with("“{0}” is not"));
}

TEST(Words, SayThatACodeIsUnknown) {
  EXPECT_EQ(words({ProblemKind::invalid, "no.such_code", {}, {}}, Language::vi),
            "unknown problem: no.such_code");
}

TEST(KnownCodes, AreSortedAndHoldThisFolders) {
  const auto codes = known_codes();
  EXPECT_TRUE(std::ranges::is_sorted(codes));
  EXPECT_TRUE(std::ranges::binary_search(codes, "figure.ambiguous"));
}

TEST(Catalogue, AsksForTheSameArgumentsInBothLanguages) {
  for (const Entry& entry : catalogue()) {
    EXPECT_EQ(places(entry.vi), places(entry.en)) << entry.code;
  }
}

}  // namespace
}  // namespace base
