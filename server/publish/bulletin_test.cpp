#include "publish/bulletin.h"

#include <gtest/gtest.h>

namespace publish {
namespace {

std::string codes(const base::Problems& problems) {
  std::string made;
  for (const base::Problem& one : problems) made += one.field + " " + one.code + ";";
  return made;
}

TEST(Bulletin, AnAddressIsMadeOfTheTitle) {
  EXPECT_EQ(slug_of("Tin tức: Đảng bộ huyện Thường Tín!"), "tin-tuc-dang-bo-huyen-thuong-tin");
  EXPECT_EQ(slug_of("<script>alert(1)</script>"), "script-alert-1-script");
  EXPECT_EQ(slug_of("???"), "ban-tin");
  EXPECT_EQ(slug_of("../../etc/passwd"), "etc-passwd");
  const std::string slug = slug_of("Nhiều " + std::string(300, 'a') + " chữ");
  EXPECT_LE(slug.size(), 80U);
  std::string words;
  for (int i = 0; i < 40; ++i) words += "chữ ";
  EXPECT_FALSE(slug_of(words).ends_with("-"));
  EXPECT_TRUE(slug_of(words).ends_with("-chu"));
}

TEST(Bulletin, WordsAreLookedAtAllAtOnce) {
  Bulletin one;
  one.category = "khac";
  one.body = {{false, "Đoạn"}, {true, ""}};
  one.source.kind = "movement";
  EXPECT_EQ(codes(faults_of_words(one)),
            "/category bulletin.category;/body/1/text bulletin.paragraph_empty;/source "
            "bulletin.source_text;");
  one.category = "phong-trao";
  one.body.pop_back();
  one.source.text = "Phong trào thi đua (minh hoạ)";
  EXPECT_EQ(codes(faults_of_words(one)), "");
}

TEST(Bulletin, AHeadingAloneIsNoBody) {
  Bulletin one;
  one.body = {{true, "Đầu mục"}};
  EXPECT_EQ(codes(lacking(one)), "/lead bulletin.no_lead;/body bulletin.no_body;");
  one.lead = "Mở đầu";
  one.body.push_back({false, "Đoạn"});
  EXPECT_EQ(codes(lacking(one)), "");
}

TEST(Bulletin, APictureIsToldTwice) {
  EXPECT_EQ(codes(faults_of_picture("", "")),
            "/caption picture.caption_missing;/alternative picture.alternative_missing;");
  EXPECT_EQ(codes(faults_of_picture("Lễ kết nạp", "Lễ kết nạp")),
            "/alternative picture.alternative_is_caption;");
  EXPECT_EQ(codes(faults_of_picture("Lễ kết nạp", "Ba người đứng trước cờ")), "");
}

TEST(Bulletin, AMomentIsReadInThePlatformsZone) {
  base::FixedClock clock{{}};
  EXPECT_EQ(moment_of({2022, 4, 5}, "08:30", clock).value().text(), "2022-04-05T01:30:00.000000Z");
  EXPECT_EQ(moment_of({2022, 4, 5}, "00:00", clock).value().text(), "2022-04-04T17:00:00.000000Z");
  for (const char* wrong : {"", "8:30", "24:00", "12:60", "aa:bb", "08-30"}) {
    EXPECT_EQ(codes(moment_of({2022, 4, 5}, wrong, clock).error()), "/time bulletin.time;");
  }
}

TEST(Bulletin, IsPublicFromItsMomentOn) {
  Bulletin one;
  EXPECT_FALSE(one.is_public({100}));
  one.state = State::published;
  one.shown_at = base::Instant{50};
  EXPECT_FALSE(one.is_public({49}));
  EXPECT_TRUE(one.is_public({50}));
  one.state = State::withdrawn;
  EXPECT_FALSE(one.is_public({60}));
}

}  // namespace
}  // namespace publish
