#include "office/csv.h"

#include <gtest/gtest.h>

#include <random>

namespace office {
namespace {

std::vector<std::string> codes(const base::Result<CsvTable>& table) {
  std::vector<std::string> found;
  if (!table) {
    for (const base::Problem& problem : table.error()) found.push_back(problem.code + "@" + problem.field);
  }
  return found;
}

TEST(ReadCsv, TakesBomCrlfAndQuotedLineBreaks) {
  const auto table = read_csv("\xEF\xBB\xBF" "Code,Name\r\n1,\"a\nb\"\r\n\r\n2,\"say \"\"hi\"\"\"\r\n");
  ASSERT_TRUE(table);
  EXPECT_EQ(table->columns, (std::vector<std::string>{"code", "name"}));
  ASSERT_EQ(table->rows.size(), 2U);
  EXPECT_EQ(table->rows[0][1], "a\nb");
  EXPECT_EQ(table->rows[1][1], "say \"hi\"");
  EXPECT_EQ(table->lines, (std::vector<std::size_t>{2, 5}));
  EXPECT_EQ(table->doubts, (std::vector<std::string>{"csv.bom"}));
}

TEST(ReadCsv, TakesBareCarriageReturnsAndSaysSo) {
  const auto table = read_csv("a,b\r1,2\r3,4\r");
  ASSERT_TRUE(table);
  EXPECT_EQ(table->rows.size(), 2U);
  EXPECT_EQ(table->doubts, (std::vector<std::string>{"csv.bare_cr"}));
}

TEST(ReadCsv, FindsTheSeparatorInTheHeader) {
  EXPECT_EQ(read_csv("a;b;c\n1;2,5;3\n")->rows[0][1], "2,5");
  EXPECT_EQ(read_csv("a\tb\n1\t2\n")->rows[0][1], "2");
}

TEST(ReadCsv, ComposesAndTrimsNames) {
  const auto table = read_csv("name\n\xC2\xA0Ha\xCC\x80 \n");
  ASSERT_TRUE(table);
  EXPECT_EQ(table->rows[0][0], "H\xC3\xA0");
  EXPECT_EQ(table->doubts, (std::vector<std::string>{"csv.nbsp", "csv.nfd"}));
}

TEST(ReadCsv, SaysEveryFaultAtOnce) {
  EXPECT_EQ(codes(read_csv("a,a\n1\n1,2,3\n")),
            (std::vector<std::string>{"csv.duplicate_column@line 1", "csv.row_width@line 2", "csv.row_width@line 3"}));
  EXPECT_EQ(codes(read_csv("a\n\"open\n")), (std::vector<std::string>{"csv.open_quote@line 2"}));
  EXPECT_EQ(codes(read_csv("")), (std::vector<std::string>{"csv.empty@line 1"}));
  EXPECT_EQ(codes(read_csv("a\nok\n\xC4\n")), (std::vector<std::string>{"csv.not_utf8@line 3"}));
}

TEST(ReadCsv, StopsAtTheRowLimit) {
  EXPECT_EQ(codes(read_csv("a\n1\n2\n3\n", 2)), (std::vector<std::string>{"csv.too_large@line 4"}));
}

TEST(WriteCsv, KeepsFormulasFromRunningButLeavesNumbersAlone) {
  const std::string bytes = write_csv({"a"}, {{"=1+1"}, {"-5"}, {"-1.234,5"}, {"@x"}, {"+84 24"}, {"-"}});
  EXPECT_EQ(bytes, "\xEF\xBB\xBF\"a\"\r\n\"'=1+1\"\r\n\"-5\"\r\n\"-1.234,5\"\r\n\"'@x\"\r\n\"'+84 24\"\r\n\"'-\"\r\n");
}

TEST(Csv, WhatIsWrittenReadsBackTheSame) {
  std::mt19937 random(20210705);
  const std::vector<std::string> pieces{"xã", "\"", ",", ";", "\n", "5", "Đ", "a"};
  for (int round = 0; round < 200; ++round) {
    std::vector<std::vector<std::string>> rows(1 + random() % 5, std::vector<std::string>(3));
    for (auto& row : rows) {
      for (auto& cell : row) {
        cell = "x";  // blanks at the ends are trimmed on reading
        for (auto i = random() % 6; i > 0; --i) cell += pieces[random() % pieces.size()];
        cell += "y";
      }
    }
    const auto read = read_csv(write_csv({"p", "q", "r"}, rows));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->rows, rows);
  }
}

}  // namespace
}  // namespace office
