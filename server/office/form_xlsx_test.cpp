#include "office/form_xlsx.h"

#include <gtest/gtest.h>

#include "office/made_workbook_test.h"

namespace office {
namespace {

using Kind = FormCell::Kind;
using Mark = FormCell::Mark;

XlsxForm form() {
  XlsxForm made;
  made.name = "Biểu số liệu";
  made.title = "BIỂU SỐ LIỆU BÁO CÁO";
  made.notes = {"Đơn vị: Thị trấn Thường Tín"};
  made.identity = "TS1|17";
  made.columns = {"Mã", "Số kỳ này", "Ghi chú"};
  made.rows = {{{std::string("F05")},
                {Figure{125, 1}, Kind::figure, 1, Mark::doubtful, "xem lại"},
                {std::string("=1+1"), Kind::text}},
               {{std::string("F06")}, {{}, Kind::figure, 0}, {{}, Kind::text}}};
  made.words = {"không áp dụng"};
  made.rule = "Gõ số.";
  made.hidden_name = "Nhận dạng";
  made.hidden_rows = {{"token", "TS1|17"}};
  return made;
}

TEST(XlsxForm, IsReadBackAsItWasWritten) {
  const std::string bytes = write_form(form());
  const Workbook book = read_xlsx(bytes).value();
  ASSERT_EQ(book.sheets.size(), 2U);
  EXPECT_EQ(book.sheets[0].name, "Biểu số liệu");
  EXPECT_FALSE(book.sheets[0].is_hidden);
  EXPECT_EQ(book.sheets[0].at(3, 1)->text, "TS1|17");
  EXPECT_EQ(book.sheets[0].at(5, 2)->text, "Số kỳ này");
  EXPECT_EQ(book.sheets[0].at(6, 2)->text, "12.5");
  EXPECT_EQ(book.sheets[0].at(6, 3)->text, "=1+1");
  EXPECT_FALSE(book.sheets[0].at(6, 3)->is_formula);
  EXPECT_EQ(book.sheets[0].at(7, 2), nullptr);
  EXPECT_TRUE(book.sheets[1].is_hidden);
  EXPECT_EQ(book.sheets[1].at(1, 2)->text, "TS1|17");
  EXPECT_TRUE(book.doubts.empty());
}

TEST(XlsxForm, IsTheSameBytesForTheSameForm) { EXPECT_EQ(write_form(form()), write_form(form())); }

TEST(XlsxForm, OpensOnlyItsEntriesAndSaysWhatTheyTake) {
  const std::string bytes = write_form(form());
  const std::string sheet = part_of(bytes, "xl/worksheets/sheet1.xml");
  EXPECT_NE(sheet.find("<sheetProtection "), std::string::npos);
  EXPECT_NE(sheet.find("sqref=\"B6:B7\""), std::string::npos);
  EXPECT_NE(sheet.find("OR(ISNUMBER(B6),B6=\"không áp dụng\")"), std::string::npos);
  const std::string styles = part_of(bytes, "xl/styles.xml");
  EXPECT_NE(styles.find("<protection locked=\"0\"/>"), std::string::npos);
  EXPECT_NE(part_of(bytes, "xl/comments1.xml").find("xem lại"), std::string::npos);
}

TEST(ReadXlsx, SaysWhichRowsAndColumnsAreHidden) {
  MadeWorkbook made(R"(<row r="1"><c r="A1"><v>1</v></c></row>
    <row r="2" hidden="1"><c r="A2"><v>2</v></c></row>)",
                    R"(<mergeCells><mergeCell ref="B2:C3"/></mergeCells>)");
  std::string& part = made.parts["xl/worksheets/sheet1.xml"];
  part.insert(part.find("<sheetData>"),
              R"(<cols><col min="2" max="3" hidden="1"/><col min="9" max="4" hidden="1"/></cols>)");
  const Workbook book = made.read().value();
  const Workbook::Sheet& sheet = book.sheets[0];
  EXPECT_FALSE(sheet.rows[0].is_hidden);
  EXPECT_TRUE(sheet.rows[1].is_hidden);
  EXPECT_FALSE(sheet.hides_column(1));
  EXPECT_TRUE(sheet.hides_column(3));
  EXPECT_FALSE(sheet.hides_column(9));
  EXPECT_TRUE(sheet.is_merged(3, 3));
  EXPECT_FALSE(sheet.is_merged(1, 2));
}

TEST(Zip, NamesItsFilesInOrder) {
  Package package;
  package.add("b.xlsx", "1");
  package.add("a.xlsx", "2");
  const std::string bytes = package.bytes();
  EXPECT_EQ(Zip::open(bytes, {}).value().names(), (std::vector<std::string>{"b.xlsx", "a.xlsx"}));
}

}  // namespace
}  // namespace office
