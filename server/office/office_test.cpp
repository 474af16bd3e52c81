#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <pugixml.hpp>

#include "office/docx.h"
#include "office/package.h"
#include "office/xlsx.h"

namespace office {
namespace {

Document sample() {
  Document document;
  document.header = {Profile::party_36_2018,
                     "ĐẢNG BỘ",
                     "HUYỆN ỦY",
                     "Số 05-BC/HU",
                     "Thường Tín, ngày 28 tháng 4 năm 2022",
                     "BÁO CÁO",
                     "kết quả"};
  document.blocks.emplace_back(Paragraph{Paragraph::Kind::heading, "I- MỞ ĐẦU"});
  document.blocks.emplace_back(Table{
      "Biểu 01", "", {{"STT", 10, false}, {"Số", 20, true}}, {{"1", "1.234,5"}}, {true}, false});
  document.annexes.emplace_back(Table{"Biểu 02", "", {{"STT", 10, false}}, {{"1"}}, {}, true});
  document.signature = Signature{"T/M BAN THƯỜNG VỤ", "", "", {"Như trên"}};
  document.watermark_note = "Số liệu minh hoạ";
  return document;
}

pugi::xml_document parsed(const std::string& text) {
  pugi::xml_document document;
  EXPECT_TRUE(document.load_string(text.c_str(), pugi::parse_default | pugi::parse_ws_pcdata));
  return document;
}

TEST(Docx, IsTheSameBytesForTheSameDocument) {
  EXPECT_EQ(write_docx(sample()), write_docx(sample()));
}

TEST(Docx, HasTheProfilesMarginsAndTurnsWideTables) {
  const auto part = parsed(part_of(write_docx(sample()), "word/document.xml"));
  const auto sections = part.select_nodes("//w:sectPr");
  ASSERT_EQ(sections.size(), 2U);
  const auto margins = sections.first().node().child("w:pgMar");
  EXPECT_STREQ(margins.attribute("w:left").value(), "1701");
  EXPECT_STREQ(margins.attribute("w:right").value(), "850");
  EXPECT_STREQ(margins.attribute("w:top").value(), "1134");
  EXPECT_STREQ(sections[0].node().child("w:pgSz").attribute("w:w").value(), "11906");
  EXPECT_STREQ(sections[1].node().child("w:pgSz").attribute("w:orient").value(), "landscape");
}

TEST(Docx, RepeatsTheHeaderRowOfEachTable) {
  const auto part = parsed(part_of(write_docx(sample()), "word/document.xml"));
  EXPECT_EQ(part.select_nodes("//w:tblHeader").size(), 2U);
}

TEST(Docx, PutsTheNoteOnEveryPage) {
  const std::string bytes = write_docx(sample());
  EXPECT_NE(part_of(bytes, "word/header1.xml").find("Số liệu minh hoạ"), std::string::npos);
  EXPECT_NE(part_of(bytes, "word/header2.xml").find("Số liệu minh hoạ"), std::string::npos);
}

TEST(Docx, HoldsHostileTextAsText) {
  Document document = sample();
  document.blocks = {
      Paragraph{Paragraph::Kind::body, std::string("a<b>]]>&\x01\xEF\xBF\xBF\"c\0d", 16)}};
  const auto part = parsed(part_of(write_docx(document), "word/document.xml"));
  EXPECT_TRUE(part.find_node(
      [](const pugi::xml_node& node) { return std::string_view(node.value()) == "a<b>]]>&\"cd"; }));
}

TEST(Docx, RefusesTextThatIsNotUtf8) {
  Document document = sample();
  document.header.issuer = "\xC4";
  EXPECT_THROW(write_docx(document), std::invalid_argument);
}

TEST(Xlsx, WritesFiguresAsNumbersAndTextNeverAsFormula) {
  const Sheet sheet{"Biểu", "Tiêu đề",
                    {},     {"Mã", "Số"},
                    {},     {{std::string("=HYPERLINK(\"x\")"), Figure{9857, 2}}},
                    {}};
  const std::string bytes = write_xlsx({sheet, sheet});
  const auto page = parsed(part_of(bytes, "xl/worksheets/sheet1.xml"));
  EXPECT_EQ(page.select_nodes("//f").size(), 0U);
  const auto number = page.select_node("//c[@r='B4']/v").node();
  EXPECT_EQ(std::lround(number.text().as_double() * 100),
            9857);  // the library writes 16 digits of a double
  const auto book = parsed(part_of(bytes, "xl/workbook.xml"));
  EXPECT_EQ(book.select_nodes("//sheet").size(), 2U);
}

TEST(Xlsx, KeepsFiguresTooLargeForADoubleAsText) {
  const Sheet sheet{"s", "", {}, {"n"}, {}, {{Figure{9007199254740993, 0}}}, {}};
  EXPECT_NE(part_of(write_xlsx({sheet}), "xl/sharedStrings.xml").find("9.007.199.254.740.993"),
            std::string::npos);
}

TEST(Xlsx, ShortensSheetNamesAndLongText) {
  const Sheet sheet{std::string(40, 'x') + "/", "", {}, {"n"}, {}, {{std::string(40000, 'y')}}, {}};
  const auto book = parsed(part_of(write_xlsx({sheet}), "xl/workbook.xml"));
  EXPECT_EQ(std::string(book.select_node("//sheet").node().attribute("name").value()),
            std::string(31, 'x'));
}

TEST(Xlsx, RefusesTextThatIsNotUtf8) {
  const Sheet sheet{"s", "", {}, {"n"}, {}, {{std::string("\xFF")}}, {}};
  EXPECT_THROW(write_xlsx({sheet}), std::invalid_argument);
}

TEST(Xlsx, CutsALongTextVisiblyAndKeepsTheRest) {
  const Sheet sheet{
      "s", "", {}, {"n", "m"}, {}, {{std::string(40000, 'y'), std::string("còn đây")}}, {}};
  const std::string strings = part_of(write_xlsx({sheet}), "xl/sharedStrings.xml");
  EXPECT_NE(strings.find(std::string(32766, 'y') + "…"), std::string::npos);
  EXPECT_EQ(strings.find(std::string(32767, 'y')), std::string::npos);
  EXPECT_NE(strings.find("còn đây"), std::string::npos);
}

TEST(Xlsx, GivesEverySheetANameExcelTakes) {
  std::vector<Sheet> sheets;
  for (const std::string name : {"Biểu 01", "BIỂU 01", "biểu  01", "History", "", "'Chương trình'",
                                 "a/b\nc", "Chương trình số 01 về xây dựng, chỉnh đốn Đảng",
                                 "Chương trình số 01 về xây dựng, chỉnh đốn Đoàn"}) {
    sheets.push_back({name, "", {}, {"n"}, {}, {}, {}});
  }
  const auto book = parsed(part_of(write_xlsx(sheets), "xl/workbook.xml"));
  std::vector<std::string> names;
  for (const auto& sheet : book.select_nodes("//sheet"))
    names.emplace_back(sheet.node().attribute("name").value());
  EXPECT_EQ(names,
            (std::vector<std::string>{
                "Biểu 01", "BIỂU 01 (2)", "biểu 01 (3)", "History (2)", "Biểu", "Chương trình",
                "a b c", "Chương trình số 01 về xây dựng,", "Chương trình số 01 về xây d (2)"}));
}

TEST(Xlsx, WritesAsNumbersOnlyWhatADoubleGivesBack) {
  const Sheet sheet{"s",
                    "",
                    {},
                    {"n", "m"},
                    {},
                    {{Figure{9007199254740992, 0}, Figure{999999999999999, 2}},
                     {Figure{-5, 1}, Figure{9007199254740991, 2}}},
                    {}};
  const std::string bytes = write_xlsx({sheet});
  const auto page = parsed(part_of(bytes, "xl/worksheets/sheet1.xml"));
  EXPECT_STREQ(page.select_node("//c[@r='A2']").node().attribute("t").value(), "");
  EXPECT_EQ(page.select_node("//c[@r='B2']/v").node().text().as_double(), 9999999999999.99);
  EXPECT_EQ(page.select_node("//c[@r='A3']/v").node().text().as_double(), -0.5);
  EXPECT_STREQ(page.select_node("//c[@r='B3']").node().attribute("t").value(), "s");
  EXPECT_NE(part_of(bytes, "xl/sharedStrings.xml").find("90.071.992.547.409,91"),
            std::string::npos);
}

TEST(Xlsx, HoldsHostileTextAsText) {
  const std::string hostile("a<b>]]>&\x01\xEF\xBF\xBF\"c\0d", 16);
  const Sheet sheet{hostile, hostile, {hostile}, {hostile}, {}, {{hostile}}, {}};
  const std::string bytes = write_xlsx({sheet});
  const auto strings = parsed(part_of(bytes, "xl/sharedStrings.xml"));
  for (const auto& text : strings.select_nodes("//t"))
    EXPECT_STREQ(text.node().text().get(), "a<b>]]>&\"cd");
  EXPECT_FALSE(strings.select_nodes("//t").empty());
}

TEST(Xlsx, MakesRoomForTextsThatWrap) {
  const Sheet sheet{"s",  "",
                    {},   {"một tên cột dài hơn chiều rộng của cột"},
                    {16}, {{std::string("ngắn")}, {std::string("a\nb\nc")}},
                    {}};
  const auto page = parsed(part_of(write_xlsx({sheet}), "xl/worksheets/sheet1.xml"));
  EXPECT_EQ(page.select_node("//row[@r='1']").node().attribute("ht").as_int(), 45);
  EXPECT_FALSE(page.select_node("//row[@r='2']").node().attribute("ht"));
  EXPECT_EQ(page.select_node("//row[@r='3']").node().attribute("ht").as_int(), 45);
}

TEST(Xlsx, IsTheSameBytesForTheSameSheets) {
  const Sheet sheet{"s", "Tiêu đề", {"ghi chú"}, {"n"}, {}, {{Figure{5, 0}}}, {true}};
  EXPECT_EQ(write_xlsx({sheet}), write_xlsx({sheet}));
}

TEST(Xlsx, LeavesNoTemporaryFileBehindEvenWhenItRefuses) {
  const auto files = [] {
    std::size_t count = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(std::filesystem::temp_directory_path())) {
      count += entry.path().filename().string().starts_with("thongsuot-") &&
               entry.path().extension() == ".xlsx";
    }
    return count;
  };
  const std::size_t before = files();
  write_xlsx({{"s", "", {}, {"n"}, {}, {}, {}}});
  EXPECT_THROW(write_xlsx({{"s", "\xFF", {}, {"n"}, {}, {}, {}}}), std::invalid_argument);
  EXPECT_THROW(write_xlsx({}), std::invalid_argument);
  EXPECT_EQ(files(), before);
}

}  // namespace
}  // namespace office
