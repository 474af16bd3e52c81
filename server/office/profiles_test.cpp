/// Each profile against what is prescribed, element by element: size, style and case.

#include <gtest/gtest.h>

#include "office/docx.h"
#include "office/made_docx_test.h"

namespace office {
namespace {

using pugi::xml_node;

struct Wanted {
  const char* text;
  int half_points;
  const char* style;  ///< "b", "i", "bi", "u", ""; with "C" when shown in capitals
  const char* align;
};

struct Prescribed {
  Profile profile;
  std::vector<Wanted> elements;
};

Document document_of(Profile profile) {
  Document document;
  document.header = {
      profile,   "Cấp trên", "Cơ quan", "Số 05", place_and_date("Hà Nội", base::Date(2022, 1, 5)),
      "Báo cáo", "Trích yếu"};
  document.addressees = {"Nơi A"};
  document.blocks = {Paragraph{Paragraph::Kind::heading, "I. ĐẦU"},
                     Paragraph{Paragraph::Kind::subheading, "1. Phạm vi"},
                     Paragraph{Paragraph::Kind::body, "Nội dung"}};
  document.signature = Signature{"T/M", "Chức vụ", "Họ Tên", {"Như trên", "Lưu Văn phòng"}};
  return document;
}

xml_node line_of(const pugi::xml_document& part, const std::string& text) {
  for (const auto& found : part.select_nodes("//w:p")) {
    std::string words;
    for (const auto& run : found.node().select_nodes(".//w:t")) words += run.node().text().get();
    if (words == text) return found.node();
  }
  return {};
}

std::string style_of(xml_node line) {
  const xml_node look = line.child("w:r").child("w:rPr");
  std::string made;
  if (look.child("w:b")) made += "b";
  if (look.child("w:i")) made += "i";
  if (look.child("w:u")) made += "u";
  if (look.child("w:caps")) made += "C";
  return made;
}

/// Decree 30/2020/NĐ-CP, annex I: where a range is given, the size is in it.
std::vector<Wanted> state(int superior) {
  return {{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 26, "b", "center"},  // 12-13
          {"Độc lập - Tự do - Hạnh phúc", 28, "b", "center"},         // 13-14
          {"Cấp trên", superior, "C", "center"},                      // 12-13, upright
          {"Cơ quan", 26, "bC", "center"},
          {"Số 05", 26, "", "center"},                               // 13
          {"Hà Nội, ngày 05 tháng 01 năm 2022", 26, "i", "center"},  // 13-14
          {"Báo cáo", 28, "bC", "center"},                           // 13-14
          {"Trích yếu", 28, "b", "center"},
          {"Kính gửi: Nơi A.", 28, "", "center"},
          {"I. ĐẦU", 28, "b", "left"},
          {"1. Phạm vi", 28, "b", "left"},
          {"Nội dung", 28, "", "both"},  // 13-14, justified
          {"T/M", 28, "bC", "center"},
          {"Chức vụ", 28, "bC", "center"},
          {"Họ Tên", 28, "b", "center"},
          {"Nơi nhận:", 24, "bi", "left"},  // 12 bold italic
          {"- Như trên;", 22, "", "left"},  // 11
          {"- Lưu Văn phòng.", 22, "", "left"}};
}

/// Guidance 36-HD/VPTW, annex 3.
std::vector<Wanted> party(const char* title, const char* mark, const char* list) {
  return {
      {title, 30, "b", "center"},          {"Cấp trên", 28, "C", "center"},
      {"Cơ quan", 28, "bC", "center"},     {mark, 28, "", "center"},
      {"Số 05", 28, "", "center"},         {"Hà Nội, ngày 05 tháng 01 năm 2022", 28, "i", "center"},
      {"Báo cáo", 32, "bC", "center"},   // 15-16
      {"Trích yếu", 28, "b", "center"},  // 14-15
      {"-----", 28, "", "center"},         {"I. ĐẦU", 28, "b", "left"},
      {"Nội dung", 28, "", "both"},        {"T/M", 28, "bC", "center"},
      {"Chức vụ", 28, "C", "center"},      {"Họ Tên", 28, "b", "center"},
      {"Nơi nhận:", 28, "u", "left"},      {list, 24, "", "left"},
      {"- Lưu Văn phòng.", 24, "", "left"}};
}

const std::vector<Prescribed>& prescribed() {
  static const std::vector<Prescribed> kAll{
      {Profile::party_36_2018, party("ĐẢNG CỘNG SẢN VIỆT NAM", "*", "- Như trên,")},
      {Profile::party_05_2026, party("ĐẢNG CỘNG SẢN VIỆT NAM", "*", "- Như trên,")},
      {Profile::state_nd30_2020, state(26)},
      {Profile::front, state(24)},
      {Profile::youth_union, party("ĐOÀN TNCS HỒ CHÍ MINH", "***", "- Như trên;")}};
  return kAll;
}

TEST(Profiles, WriteEachElementAsPrescribed) {
  for (const Prescribed& one : prescribed()) {
    SCOPED_TRACE(name(one.profile));
    const auto part = testing::tree_of(write_docx(document_of(one.profile)));
    for (const Wanted& wanted : one.elements) {
      SCOPED_TRACE(wanted.text);
      const xml_node line = line_of(part, wanted.text);
      ASSERT_TRUE(line);
      const xml_node size = line.child("w:r").child("w:rPr").child("w:sz");
      EXPECT_EQ(size.attribute("w:val").as_int(), wanted.half_points);
      EXPECT_EQ(style_of(line), wanted.style);
      EXPECT_STREQ(line.child("w:pPr").child("w:jc").attribute("w:val").value(), wanted.align);
    }
  }
}

TEST(Profiles, KeepMarginsWithinWhatIsPrescribed) {
  constexpr double kMillimetre = 1440 / 25.4;
  for (const Profile profile : kProfiles) {
    const auto part = testing::tree_of(write_docx(document_of(profile)));
    const xml_node margins = part.select_node("//w:pgMar").node();
    const auto side = [&](const char* which) {
      return margins.attribute(which).as_int() / kMillimetre;
    };
    EXPECT_NEAR(side("w:top"), 20, 0.1);
    EXPECT_NEAR(side("w:bottom"), 20, 0.1);
    EXPECT_NEAR(side("w:left"), 30, 0.1);
    EXPECT_NEAR(side("w:right"), profile == Profile::youth_union ? 20 : 15, 0.1);
    const xml_node size = part.select_node("//w:pgSz").node();
    EXPECT_EQ(size.attribute("w:w").as_int(), 11906);
    EXPECT_EQ(size.attribute("w:h").as_int(), 16838);
  }
}

TEST(Profiles, NumberPagesInTheTopMarginFromTheSecondOn) {
  for (const Profile profile : kProfiles) {
    const std::string bytes = write_docx(document_of(profile));
    const auto later = testing::tree_of(bytes, "word/header1.xml");
    const auto first = testing::tree_of(bytes, "word/header2.xml");
    EXPECT_TRUE(later.select_node("//w:instrText[.='PAGE']"));
    EXPECT_STREQ(later.select_node("//w:jc").node().attribute("w:val").value(), "center");
    EXPECT_EQ(later.select_node("//w:r/w:rPr/w:sz").node().attribute("w:val").as_int(), 28);
    EXPECT_FALSE(first.select_node("//w:instrText"));
    EXPECT_TRUE(testing::tree_of(bytes).select_node("//w:titlePg"));
  }
}

TEST(Profiles, IndentAndSpaceTheText) {
  for (const Profile profile : kProfiles) {
    const auto part = testing::tree_of(write_docx(document_of(profile)));
    const xml_node look = line_of(part, "Nội dung").child("w:pPr");
    EXPECT_EQ(look.child("w:ind").attribute("w:firstLine").as_int(), 720) << "1.27 cm";
    EXPECT_GE(look.child("w:spacing").attribute("w:before").as_int(), 120) << "6 points";
    const int line = look.child("w:spacing").attribute("w:line").as_int();
    EXPECT_TRUE(line >= 240 && line <= 360) << line;
  }
}

TEST(Profiles, NumberAndDateStandOnOneRowAndRecipientsBesideTheSigner) {
  for (const Profile profile : kProfiles) {
    const auto part = testing::tree_of(write_docx(document_of(profile)));
    const auto row_of = [&](const char* text) {
      xml_node node = line_of(part, text);
      while (node && std::string_view(node.name()) != "w:tr") node = node.parent();
      return node;
    };
    EXPECT_TRUE(row_of("Số 05"));
    EXPECT_EQ(row_of("Số 05"), row_of("Hà Nội, ngày 05 tháng 01 năm 2022"));
    EXPECT_EQ(row_of("Nơi nhận:"), row_of("T/M"));
  }
}

TEST(Profiles, AreFoundByTheirNames) {
  for (const Profile profile : kProfiles) EXPECT_EQ(profile_named(name(profile)), profile);
  EXPECT_FALSE(profile_named("party"));
}

}  // namespace
}  // namespace office
