#include "report/sameness.h"

#include <gtest/gtest.h>

#include <ctime>
#include <iostream>
#include <random>
#include <set>

#include "report/figure_mark.h"

namespace report {
namespace {

TEST(Sameness, SeesAReportInWhichOnlyTheDatesWereChanged) {
  EXPECT_EQ(sameness("Trong tháng 3/2022, Đảng ủy xã mở 2 hội nghị, từ ngày 14/3/2022.",
                     "Trong tháng 4/2022, Đảng uỷ xã mở 2 hội nghị,  từ ngày 15/4/2022."),
            Sameness::dates);
  EXPECT_EQ(sameness("Quý I năm 2022 kết nạp 3 đảng viên", "quý II năm 2022 kết nạp 3 đảng viên"),
            Sameness::dates);
  EXPECT_EQ(sameness("Kết quả 6 tháng đầu năm 2021: tốt", "Kết quả 6 tháng cuối năm 2021: tốt"),
            Sameness::dates);
  EXPECT_EQ(sameness("Tính đến ngày 14 tháng mười hai năm 2021 đã xong",
                     "Tính đến ngày 5 tháng giêng năm 2022 đã xong"),
            Sameness::dates);
  EXPECT_EQ(sameness("Kỳ 3 báo cáo {{F05@2021-03}} hồ sơ", "Kỳ 4 báo cáo {{F05@2021-04}} hồ sơ"),
            Sameness::dates);
}

TEST(Sameness, TellsFiguresFromDatesAndWordsFromBoth) {
  const char* const text = "Tháng 3 xã mở 2 hội nghị, thu quỹ 1.234,5 triệu đồng";
  EXPECT_EQ(sameness(text, "tháng 3 xã mở 2 hội nghị; thu quỹ 1.234,5 triệu đồng."),
            Sameness::words);
  EXPECT_EQ(sameness(text, "Tháng 4 xã mở 3 hội nghị, thu quỹ 20 triệu đồng"), Sameness::figures);
  EXPECT_EQ(sameness(text, "Tháng 3 xã mở 2 hội nghị, thu phí 1.234,5 triệu đồng"), Sameness::none);
  EXPECT_TRUE(same_but_for_dates("Tháng 3 có 5 vụ", "Tháng 4 có 5 vụ"));
  EXPECT_FALSE(same_but_for_dates("Tháng 3 có 5 vụ", "Tháng 4 có 6 vụ"));
  EXPECT_TRUE(same_but_for_dates("Tháng 3 có 5 vụ", "Tháng 4 có 6 vụ", true));
}

TEST(Sameness, DoesNotTakeFiguresForDates) {
  EXPECT_EQ(sameness("Đã có 12/29 xã gửi", "Đã có 15/29 xã gửi"), Sameness::figures);
  EXPECT_EQ(sameness("Quỹ 50 triệu", "Quỹ 60 triệu"), Sameness::figures);
  EXPECT_EQ(sameness("trong năm 5 hội nghị", "trong năm 6 hội nghị"), Sameness::figures);
  EXPECT_EQ(sameness("Có {{F05}} vụ", "Có {{F06}} vụ"), Sameness::none);
  EXPECT_EQ(sameness("", ""), Sameness::none);
  EXPECT_EQ(sameness("THÁNG\u00A03 có\u00A0vụ", "tháng 4 có vụ"), Sameness::dates);
}

TEST(Likeness, IsTheShareOfWordsThatStoodThereBefore) {
  EXPECT_EQ(likeness("một hai ba bốn năm", "một hai ba bốn năm"), 100);
  EXPECT_EQ(likeness("một hai ba bốn năm sáu", "không có gì giống cả đâu"), 0);
  EXPECT_EQ(likeness("một hai ba bốn xa lạ", "một hai ba bốn năm sáu"), 50);
}

TEST(SimilarGroups, GathersWhatIsNearlyTheSameAndLeavesTheRestAlone) {
  const std::vector<std::string> texts{
      "Tỷ lệ hồ sơ trực tuyến còn thấp do người cao tuổi khó thao tác trên điện thoại",
      "Máy quét hỏng từ tháng 2, chưa có kinh phí sửa chữa",
      "Tỷ lệ hồ sơ trực tuyến còn thấp do người cao tuổi khó thao tác trên máy tính",
      "Máy quét hỏng từ tháng 3, chưa có kinh phí sửa chữa", "Đường liên thôn xuống cấp"};
  const auto groups = similar_groups(texts);
  ASSERT_EQ(groups.size(), 3U);
  EXPECT_EQ(groups[0].members, (std::vector<std::size_t>{0, 2}));
  EXPECT_EQ(groups[1].members, (std::vector<std::size_t>{1, 3}));
  EXPECT_EQ(groups[2].members, (std::vector<std::size_t>{4}));
}

/// Paragraphs as a country writes them: some copied, some mended, some their own.
std::vector<std::string> many(std::size_t count) {
  std::mt19937 random(1);
  const std::vector<std::string> words{"hội",   "nghị", "quán",  "triệt", "đảng", "viên", "xã",
                                       "hồ",    "sơ",   "trực",  "tuyến", "thấp", "kinh", "phí",
                                       "thiết", "bị",   "người", "dân",   "cao",  "tuổi"};
  std::vector<std::string> made, originals;
  const auto word = [&] { return words[random() % words.size()] + std::to_string(random() % 200); };
  for (std::size_t i = 0; i < count; ++i) {
    std::string text;
    if (!originals.empty() && i % 3 != 0) {
      text = originals[random() % std::min<std::size_t>(originals.size(), 50)];
      if (i % 3 == 2) text += " " + word();
    } else {
      for (int w = 0; w < 60; ++w) text += word() + " ";
      originals.push_back(text);
    }
    made.push_back(std::move(text));
  }
  return made;
}

TEST(SimilarGroups, AgreesWithComparingEachWithEach) {
  const auto texts = many(300);
  const auto groups = similar_groups(texts, 60);
  std::set<std::size_t> seen;
  for (const Similar& group : groups) {
    for (const std::size_t member : group.members) {
      EXPECT_TRUE(seen.insert(member).second);
      EXPECT_GE(likeness(texts[group.members[0]], texts[member]), 60);
    }
  }
  EXPECT_EQ(seen.size(), texts.size());
  // Two firsts are never alike, or the later would have joined.
  for (const Similar& one : groups) {
    for (const Similar& other : groups) {
      if (&one == &other) continue;
      EXPECT_LT(likeness(texts[one.members[0]], texts[other.members[0]]), 75);
    }
  }
}

TEST(SimilarGroups, TakesACountrysParagraphsInTwoSeconds) {
  const auto texts = many(33'210);
  // The processor's time: the machine's other work is not ours.
  const std::clock_t began = std::clock();
  const auto groups = similar_groups(texts);
  const double seconds = static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
  std::cout << groups.size() << " groups of " << texts.size() << " paragraphs in " << seconds
            << " s\n";
  EXPECT_GE(groups.size(), texts.size() / 3);
  EXPECT_LE(groups.size(), texts.size() / 3 + 50);
#if defined(NDEBUG) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  EXPECT_LT(seconds, 4);
#endif
}

TEST(FigureMark, IsReadFromTextAndWrittenBackTheSame) {
  const auto parts = parts_of(
      "Kết nạp {{F05}} người, ước {{ F05 :estimate +unit}}, {{10183!01.02@2020-07:total}}");
  ASSERT_EQ(parts.size(), 6U);
  EXPECT_EQ(parts[1].mark, (FigureMark{"", "F05", "", FigureMark::Kind::actual, false}));
  EXPECT_EQ(parts[3].mark, (FigureMark{"", "F05", "", FigureMark::Kind::estimate, true}));
  EXPECT_EQ(parts[5].mark,
            (FigureMark{"10183", "01.02", "2020-07", FigureMark::Kind::total, false}));
  EXPECT_EQ(parts[3].mark->text(), "{{F05:estimate+unit}}");
  EXPECT_EQ(parts_of(parts[5].mark->text())[0].mark, parts[5].mark);
}

TEST(FigureMark, TellsWhatBeginsLikeOneAndIsNone) {
  for (const char* const text : {"{{}}", "{{F05", "{{F05@hôm qua}}", "{{F05:sai}}", "{{!F05}}",
                                 "{{F05}+unit}}", "x {{ }} y"}) {
    const auto parts = parts_of(text);
    std::string joined;
    for (const TextPart& part : parts) joined += part.text;
    EXPECT_EQ(joined, text);
    EXPECT_EQ(faults_of_marks(parts, "/blocks/0/text").size(), 1U) << text;
  }
  EXPECT_TRUE(faults_of_marks(parts_of("số { và } thường"), "").empty());
}

TEST(FigureMark, CutsAnyTextSoThatItJoinsAgain) {
  std::mt19937 random(3);
  const std::vector<std::string> pieces{"{{",    "}}", "{", "}", "F05", "@2021", ":total",
                                        "+unit", "!",  " ", "ệ", ":",   "@",     "10183"};
  for (int round = 0; round < 20'000; ++round) {
    std::string text, joined;
    for (std::size_t size = random() % 12; size > 0; --size) text += pieces[random() % 14];
    for (const TextPart& part : parts_of(text)) {
      joined += part.text;
      if (part.mark) {
        EXPECT_EQ(parts_of(part.mark->text()).at(0).mark, part.mark) << text;
      }
    }
    ASSERT_EQ(joined, text);
  }
}

TEST(FigureMark, IsAnchoredToWhereItWasWritten) {
  EXPECT_EQ(anchored("Đạt {{F05}} và {{F06@2020:total+unit}}", "10183", "2021-04"),
            "Đạt {{10183!F05@2021-04}} và {{10183!F06@2020:total+unit}}");
}

}  // namespace
}  // namespace report
