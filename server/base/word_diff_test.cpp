#include "base/word_diff.h"

#include <gtest/gtest.h>

#include <chrono>
#include <random>

namespace base {
namespace {

using Kind = Span::Kind;
using Spans = std::vector<Span>;

std::string without(const Spans& spans, Kind kind) {
  std::string made;
  for (const Span& span : spans) {
    if (span.kind != kind) made += span.text;
  }
  return made;
}

TEST(WordDifference, TellsTheWordThatChangedAndNothingElse) {
  EXPECT_EQ(word_difference("Xã mở 2 hội nghị quán triệt.", "Xã mở 3 hội nghị quán triệt."),
            (Spans{{Kind::same, "Xã mở "},
                   {Kind::removed, "2"},
                   {Kind::added, "3"},
                   {Kind::same, " hội nghị quán triệt."}}));
}

TEST(WordDifference, TakesWordsSideBySideAsOneChange) {
  EXPECT_EQ(word_difference("kết quả khá tốt, rõ", "kết quả chưa cao, rõ"),
            (Spans{{Kind::same, "kết quả "},
                   {Kind::removed, "khá tốt"},
                   {Kind::added, "chưa cao"},
                   {Kind::same, ", rõ"}}));
}

TEST(WordDifference, KeepsNumbersAndBoundFiguresWhole) {
  EXPECT_EQ(word_difference("thu 1.234,5 triệu {{F05 +unit}}", "thu 1.334,5 triệu {{F06}}"),
            (Spans{{Kind::same, "thu "},
                   {Kind::removed, "1.234,5"},
                   {Kind::added, "1.334,5"},
                   {Kind::same, " triệu "},
                   {Kind::removed, "{{F05 +unit}}"},
                   {Kind::added, "{{F06}}"}}));
}

TEST(WordDifference, SaysNothingOfEqualTextsAndAllOfNewOnes) {
  EXPECT_EQ(word_difference("", ""), Spans{});
  EXPECT_EQ(word_difference("một hai", "một hai"), (Spans{{Kind::same, "một hai"}}));
  EXPECT_EQ(word_difference("", "một hai"), (Spans{{Kind::added, "một hai"}}));
  EXPECT_EQ(word_difference("một hai", ""), (Spans{{Kind::removed, "một hai"}}));
}

TEST(WordDifference, AlwaysGivesBothTextsBack) {
  std::mt19937 random(7);
  const std::vector<std::string> words{"xã", " ", "đã", "\n", "mở", "2", ",", "3,5", "{{F05}}"};
  for (int round = 0; round < 2000; ++round) {
    std::string texts[2];
    for (std::string& text : texts) {
      for (std::size_t size = random() % 30; size > 0; --size) text += words[random() % 9];
    }
    const Spans spans = word_difference(texts[0], texts[1]);
    ASSERT_EQ(without(spans, Kind::added), texts[0]);
    ASSERT_EQ(without(spans, Kind::removed), texts[1]);
  }
}

/// The length of the longest row of words common to both, by the table everybody knows.
std::size_t longest_common(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  std::vector<std::vector<std::size_t>> table(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      table[i][j] = a[i - 1] == b[j - 1] ? table[i - 1][j - 1] + 1
                                         : std::max(table[i - 1][j], table[i][j - 1]);
    }
  }
  return table[a.size()][b.size()];
}

TEST(WordDifference, IsNeverLongerThanItMustBe) {
  std::mt19937 random(11);
  for (int round = 0; round < 3000; ++round) {
    std::vector<std::string> words[2];
    std::string texts[2];
    for (int side = 0; side < 2; ++side) {
      for (std::size_t size = random() % 14; size > 0; --size) {
        words[side].push_back(std::string(1, "!?;:"[random() % 4]));  // each a word of its own
        texts[side] += words[side].back();
      }
    }
    std::size_t same = 0;
    for (const Span& span : word_difference(texts[0], texts[1])) {
      if (span.kind == Kind::same) same += span.text.size();
    }
    ASSERT_EQ(same, longest_common(words[0], words[1])) << texts[0] << " / " << texts[1];
  }
}

TEST(WordDifference, EndsSoonOnLongTextsThatHaveNothingInCommon) {
  std::string before, after;
  for (int i = 0; i < 100'000; ++i) {
    before += "a" + std::to_string(i) + " ";
    after += "b" + std::to_string(i) + ";";
  }
  const auto began = std::chrono::steady_clock::now();
  for (const std::size_t size : {20'000UL, before.size()}) {
    const Spans spans = word_difference(before.substr(0, size), after.substr(0, size));
    EXPECT_EQ(without(spans, Kind::added), before.substr(0, size));
  }
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(20));
}

}  // namespace
}  // namespace base
