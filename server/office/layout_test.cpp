/// How a document lies on its pages, read from the WordprocessingML itself.

#include <gtest/gtest.h>
#include <stdlib.h>
#include <time.h>

#include <pugixml.hpp>

#include "office/docx.h"
#include "office/package.h"

namespace office {
namespace {

using Kind = Paragraph::Kind;

Document document_of(Profile profile) {
  Document document;
  document.header = {
      profile,   "Cấp trên", "Cơ quan", "Số 05-BC/HU", "Thường Tín, ngày 28 tháng 4 năm 2022",
      "BÁO CÁO", "kết quả"};
  return document;
}

Table table_of(bool landscape) {
  return {"Biểu",
          "Đơn vị tính: hộ",
          {{"STT", 5, false}, {"Tên", 40, false}, {"Số", 20, true}},
          {{"1", "a", "2"}},
          {},
          landscape};
}

pugi::xml_document document_part(const Document& document) {
  pugi::xml_document part;
  EXPECT_TRUE(part.load_string(part_of(write_docx(document), "word/document.xml").c_str(),
                               pugi::parse_default | pugi::parse_ws_pcdata));
  return part;
}

/// The paragraph whose text is `text`, or none.
pugi::xml_node paragraph(const pugi::xml_document& part, const std::string& text) {
  for (const auto& found : part.select_nodes("//w:p")) {
    std::string words;
    for (const auto& run : found.node().select_nodes(".//w:t")) words += run.node().text().get();
    if (words == text) return found.node();
  }
  return {};
}

int half_points(pugi::xml_node line) {
  return line.select_node("w:r/w:rPr/w:sz").node().attribute("w:val").as_int();
}
bool has(pugi::xml_node line, const char* mark) {
  return !line.select_nodes((std::string("w:r/w:rPr/w:") + mark).c_str()).empty();
}

TEST(Layout, GivesThePartyHeaderItsSizes) {
  const auto part = document_part(document_of(Profile::party_36_2018));
  const auto title = paragraph(part, "ĐẢNG CỘNG SẢN VIỆT NAM");
  ASSERT_TRUE(title);
  EXPECT_EQ(half_points(title), 30);
  EXPECT_TRUE(has(title, "b"));
  EXPECT_TRUE(title.next_sibling().select_node("w:pPr/w:pBdr/w:top"));
  EXPECT_EQ(half_points(paragraph(part, "Cấp trên")), 28);
  EXPECT_FALSE(has(paragraph(part, "Cấp trên"), "b"));
  EXPECT_TRUE(has(paragraph(part, "Cấp trên"), "caps"));
  EXPECT_TRUE(has(paragraph(part, "Cơ quan"), "b"));
  EXPECT_TRUE(paragraph(part, "*"));
  EXPECT_TRUE(paragraph(part, "-----"));
  EXPECT_EQ(half_points(paragraph(part, "BÁO CÁO")), 32);
  EXPECT_TRUE(has(paragraph(part, "Thường Tín, ngày 28 tháng 4 năm 2022"), "i"));
}

TEST(Layout, DrawsNoRuleButTheOneUnderThePartysName) {
  const auto part = document_part(document_of(Profile::party_36_2018));
  EXPECT_EQ(part.select_nodes("//w:pBdr").size(), 1U);
}

TEST(Layout, DrawsTheStatesThreeRulesShorterThanTheirCells) {
  const auto part = document_part(document_of(Profile::state_nd30_2020));
  EXPECT_TRUE(paragraph(part, "Độc lập - Tự do - Hạnh phúc"));
  EXPECT_EQ(part.select_nodes("//w:pBdr").size(), 3U);
  for (const auto& rule : part.select_nodes("//w:p[w:pPr/w:pBdr]/w:pPr/w:ind")) {
    EXPECT_GT(rule.node().attribute("w:left").as_int(), 100);
    EXPECT_EQ(rule.node().attribute("w:left").as_int(), rule.node().attribute("w:right").as_int());
  }
  EXPECT_FALSE(paragraph(part, "-----"));
}

TEST(Layout, ThePartysProfileOf2026HasItsMarginsAndTheLayoutOf2018) {
  const auto part = document_part(document_of(Profile::party_05_2026));
  const auto margins = part.select_node("//w:pgMar").node();
  EXPECT_EQ(margins.attribute("w:top").as_int(), 1134);
  EXPECT_EQ(margins.attribute("w:bottom").as_int(), 1134);
  EXPECT_EQ(margins.attribute("w:left").as_int(), 1701);
  EXPECT_EQ(margins.attribute("w:right").as_int(), 850);
  Document of_2018 = document_of(Profile::party_36_2018), of_2026 = of_2018;
  of_2026.header.profile = Profile::party_05_2026;
  EXPECT_EQ(write_docx(of_2018), write_docx(of_2026));
}

TEST(Layout, ALettersSubjectStandsUnderItsNumber) {
  for (const auto& [profile, text, is_italic] :
       {std::tuple(Profile::party_36_2018, "trả lời kiến nghị", true),
        std::tuple(Profile::state_nd30_2020, "V/v trả lời kiến nghị", false)}) {
    Document document = document_of(profile);
    document.header.type.clear();
    document.header.subject = "trả lời kiến nghị";
    const auto part = document_part(document);
    const auto subject = paragraph(part, text);
    ASSERT_TRUE(subject);
    EXPECT_EQ(half_points(subject), 24);
    EXPECT_EQ(has(subject, "i"), is_italic);
    EXPECT_FALSE(has(subject, "b"));
    EXPECT_EQ(std::string(subject.parent().name()), "w:tc") << "in the column of the number";
    EXPECT_FALSE(paragraph(part, "-----"));
  }
}

TEST(Layout, TheFrontStandsUnderTheNationsTitle) {
  Document document = document_of(Profile::front);
  document.header.superior = "Mặt trận Tổ quốc Việt Nam\nhuyện Thường Tín";
  document.header.issuer = "Ban Thường trực";
  document.header.number = "Số: 15/BC-MTTQ-BTT";
  const auto part = document_part(document);
  EXPECT_EQ(half_points(paragraph(part, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")), 26);
  EXPECT_TRUE(paragraph(part, "Độc lập - Tự do - Hạnh phúc"));
  EXPECT_TRUE(paragraph(part, "Số: 15/BC-MTTQ-BTT"));
  EXPECT_EQ(part.select_nodes("//w:pBdr").size(), 3U);
  EXPECT_FALSE(paragraph(part, "*"));
}

TEST(Layout, TheYouthUnionHasItsTitleAndThreeStars) {
  const auto part = document_part(document_of(Profile::youth_union));
  const auto title = paragraph(part, "ĐOÀN TNCS HỒ CHÍ MINH");
  ASSERT_TRUE(title);
  EXPECT_EQ(half_points(title), 30);
  EXPECT_TRUE(title.next_sibling().select_node("w:pPr/w:pBdr/w:top"));
  EXPECT_TRUE(paragraph(part, "***"));
  EXPECT_FALSE(paragraph(part, "*"));
  EXPECT_EQ(part.select_node("//w:pgMar").node().attribute("w:right").as_int(), 1134);
}

TEST(Layout, WritesAZeroBeforeTheFirstTwoMonthsOnly) {
  EXPECT_EQ(place_and_date("Hà Nội", base::Date(2020, 1, 5)), "Hà Nội, ngày 05 tháng 01 năm 2020");
  EXPECT_EQ(place_and_date("Hà Nội", base::Date(2020, 2, 29)), "Hà Nội, ngày 29 tháng 02 năm 2020");
  EXPECT_EQ(place_and_date("Hà Nội", base::Date(2020, 3, 9)), "Hà Nội, ngày 09 tháng 3 năm 2020");
  EXPECT_EQ(place_and_date("Hà Nội", base::Date(2020, 6, 10)), "Hà Nội, ngày 10 tháng 6 năm 2020");
  EXPECT_EQ(place_and_date("Hà Nội", base::Date(2020, 12, 31)),
            "Hà Nội, ngày 31 tháng 12 năm 2020");
}

TEST(Layout, ClosesTheListOfRecipientsAsTheProfileDoes) {
  for (const auto& [profile, first] : {std::pair(Profile::party_36_2018, "- Như trên,"),
                                       std::pair(Profile::state_nd30_2020, "- Như trên;")}) {
    Document document = document_of(profile);
    document.signature = Signature{"T/M BAN THƯỜNG VỤ", "", "", {"Như trên", "Lưu Văn phòng."}};
    const auto part = document_part(document);
    EXPECT_TRUE(paragraph(part, first));
    EXPECT_TRUE(paragraph(part, "- Lưu Văn phòng."));
    const bool is_party = profile == Profile::party_36_2018;
    EXPECT_EQ(half_points(paragraph(part, "Nơi nhận:")), is_party ? 28 : 24);
    EXPECT_EQ(has(paragraph(part, "Nơi nhận:"), "u"), is_party);
    EXPECT_EQ(half_points(paragraph(part, first)), is_party ? 24 : 22);
  }
}

TEST(Layout, ListsSeveralAddresseesLineByLine) {
  Document document = document_of(Profile::state_nd30_2020);
  document.addressees = {"Sở A", "Sở B"};
  auto part = document_part(document);
  EXPECT_TRUE(paragraph(part, "Kính gửi:"));
  EXPECT_TRUE(paragraph(part, "- Sở A;"));
  EXPECT_TRUE(paragraph(part, "- Sở B."));
  document.addressees = {"Sở A"};
  part = document_part(document);
  EXPECT_TRUE(paragraph(part, "Kính gửi: Sở A."));
}

TEST(Layout, StartsEachAnnexOnAPageOfItsOwn) {
  Document document = document_of(Profile::party_36_2018);
  document.annexes = {Paragraph{Kind::centred, "PHỤ LỤC 1"},
                      Paragraph{Kind::centred, "Kèm theo"},
                      table_of(true),
                      Paragraph{Kind::note, "ghi chú"},
                      table_of(true),
                      Paragraph{Kind::centred, "PHỤ LỤC 3"}};
  const auto part = document_part(document);
  // Portrait text, then one landscape section for both tables, then portrait again.
  const auto sections = part.select_nodes("//w:sectPr");
  ASSERT_EQ(sections.size(), 3U);
  EXPECT_STREQ(sections[1].node().child("w:pgSz").attribute("w:orient").value(), "landscape");
  EXPECT_FALSE(sections[2].node().child("w:pgSz").attribute("w:orient"));
  // The turn itself is a new page; the second table needs a break of its own.
  EXPECT_EQ(part.select_nodes("//w:pageBreakBefore").size(), 1U);
  EXPECT_EQ(part.select_nodes("//w:br[@w:type='page']").size(), 0U);
  EXPECT_FALSE(paragraph(part, "Kèm theo").select_node("w:pPr/w:pageBreakBefore"));
}

TEST(Layout, BreaksThePageBeforeAnnexesThatLieTheSameWay) {
  Document document = document_of(Profile::party_36_2018);
  document.annexes = {table_of(false), table_of(false)};
  EXPECT_EQ(document_part(document).select_nodes("//w:pageBreakBefore").size(), 2U);
  document.annexes = {Table{"", "", {{"a", 1, false}}, {}, {}, false}};
  const auto part = document_part(document);
  const auto mark = part.select_node("//w:pageBreakBefore").node();
  EXPECT_FALSE(mark.previous_sibling()) << "the schema wants it before the spacing";
}

TEST(Layout, TurnsAPaperThatIsMostlyItsTable) {
  Document document = document_of(Profile::party_36_2018);
  document.blocks.emplace_back(Paragraph{Kind::centred, "(Kèm theo Chương trình số 01)"});
  document.blocks.emplace_back(table_of(false));
  document.landscape = true;
  const auto part = document_part(document);
  const auto sections = part.select_nodes("//w:sectPr");
  ASSERT_EQ(sections.size(), 1U) << "its head stays on the page of the table";
  EXPECT_STREQ(sections[0].node().child("w:pgSz").attribute("w:orient").value(), "landscape");
  EXPECT_TRUE(sections[0].node().child("w:titlePg"));
}

TEST(Layout, HidesTheNumberOfTheFirstPageOnly) {
  Document document = document_of(Profile::party_36_2018);
  document.annexes = {table_of(true)};
  const auto part = document_part(document);
  EXPECT_EQ(part.select_nodes("//w:titlePg").size(), 1U);
  EXPECT_TRUE(part.select_nodes("//w:sectPr")[0].node().child("w:titlePg"));
}

TEST(Layout, ScalesColumnsToTheText) {
  for (const bool landscape : {false, true}) {
    Document document = document_of(Profile::party_36_2018);
    document.blocks.emplace_back(table_of(landscape));
    const auto part = document_part(document);
    int total = 0;
    for (const auto& column :
         part.select_nodes("//w:tbl[w:tblPr/w:tblBorders]/w:tblGrid/w:gridCol")) {
      total += column.node().attribute("w:w").as_int();
      EXPECT_GT(column.node().attribute("w:w").as_int(), 600) << "STT must not break";
    }
    const int text = (landscape ? 16838 : 11906) - 1701 - 850;
    EXPECT_LE(total, text);
    EXPECT_GT(total, text - 20);
  }
}

TEST(Layout, RefusesTablesThatWouldLoseCells) {
  Document document = document_of(Profile::party_36_2018);
  document.blocks = {Table{"", "", {{"a", 1, false}}, {{"1", "2"}}, {}, false}};
  EXPECT_THROW(write_docx(document), std::invalid_argument);
  document.blocks = {Table{"", "", {}, {}, {}, false}};
  EXPECT_THROW(write_docx(document), std::invalid_argument);
}

TEST(Layout, KeepsTextThatNoPartCanBreakOutOf) {
  Document document = document_of(Profile::party_36_2018);
  const std::string longest(40000, 'x');
  for (const std::string text : {"=HYPERLINK(\"http://x\")", "]]>", "&amp;", "<w:p/>"}) {
    document.header.subject = text;
    document.watermark_note = text;
    document.blocks = {Paragraph{Kind::body, text + longest}};
    const std::string bytes = write_docx(document);
    for (const char* name :
         {"word/document.xml", "word/header1.xml", "word/header2.xml", "docProps/core.xml"}) {
      pugi::xml_document part;
      ASSERT_TRUE(part.load_string(part_of(bytes, name).c_str())) << name;
    }
    EXPECT_TRUE(paragraph(document_part(document), text + longest));
  }
}

TEST(Layout, ComposesTextAndKeepsTabsAndLineEnds) {
  Document document = document_of(Profile::party_36_2018);
  document.blocks = {Paragraph{Kind::body, "Ha\xCC\x80\tb\rc\r\nd"}};
  const auto part = document_part(document);
  const auto line = paragraph(part, "Hàbcd");
  ASSERT_TRUE(line);
  EXPECT_EQ(line.select_nodes(".//w:tab").size(), 1U);
  EXPECT_EQ(line.select_nodes(".//w:br").size(), 2U);
}

TEST(Layout, IsTheSameBytesInEveryZone) {
  const Document document = document_of(Profile::party_36_2018);
  const char* before = getenv("TZ");
  const std::string kept = before ? before : "";
  setenv("TZ", "Asia/Ho_Chi_Minh", 1);
  tzset();
  const std::string here = write_docx(document);
  setenv("TZ", "America/New_York", 1);
  tzset();
  const std::string there = write_docx(document);
  before ? setenv("TZ", kept.c_str(), 1) : unsetenv("TZ");
  tzset();
  EXPECT_EQ(here, there);
}

TEST(Layout, SpeaksVietnamese) {
  const std::string bytes = write_docx(document_of(Profile::party_36_2018));
  EXPECT_NE(part_of(bytes, "word/styles.xml").find("w:lang w:val=\"vi-VN\""), std::string::npos);
  EXPECT_NE(part_of(bytes, "docProps/core.xml").find("<dc:title>BÁO CÁO kết quả</dc:title>"),
            std::string::npos);
}

}  // namespace
}  // namespace office
