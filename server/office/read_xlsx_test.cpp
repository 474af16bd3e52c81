#include "office/read_xlsx.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "office/made_workbook_test.h"
#include "office/xlsx.h"

namespace office {
namespace {

using Kind = Workbook::Kind;

std::string text_at(const Workbook::Sheet& sheet, std::size_t row, std::size_t column) {
  const Workbook::Cell* cell = sheet.at(row, column);
  return cell == nullptr ? "(none)" : cell->text;
}

Kind kind_at(const Workbook::Sheet& sheet, std::size_t row, std::size_t column) {
  return sheet.at(row, column)->kind;
}

TEST(ReadXlsx, ReadsBackWhatWeWrite) {
  const Sheet written{"Biểu 01",
                      "Tiêu đề",
                      {"ghi chú"},
                      {"Mã", "Tên", "Số"},
                      {},
                      {{std::string("00123"), std::string("=HYPERLINK(\"x\")"), Figure{9857, 2}},
                       {std::string("a<b>]]>&\"c\nd"), {}, Figure{-5, 1}},
                       {{}, std::string("_x0041_"), Figure{9007199254740992, 0}},
                       {{}, {}, Figure{999999999999999, 2}},
                       {{}, {}, Figure{9007199254740993, 0}}},
                      {}};
  const auto book = read_xlsx(write_xlsx({written, written}));
  ASSERT_TRUE(book);
  ASSERT_EQ(book->sheets.size(), 2U);
  EXPECT_EQ(book->sheets[1].name, "Biểu 01 (2)");
  EXPECT_TRUE(book->doubts.empty());
  const Workbook::Sheet& sheet = book->sheets[0];
  EXPECT_EQ(text_at(sheet, 1, 1), "Tiêu đề");
  EXPECT_EQ(text_at(sheet, 4, 3), "Số");
  EXPECT_EQ(text_at(sheet, 5, 1), "00123");
  EXPECT_EQ(text_at(sheet, 5, 2), "=HYPERLINK(\"x\")");
  EXPECT_EQ(kind_at(sheet, 5, 2), Kind::text);
  EXPECT_EQ(text_at(sheet, 5, 3), "98.57");
  EXPECT_EQ(kind_at(sheet, 5, 3), Kind::number);
  EXPECT_EQ(text_at(sheet, 6, 1), "a<b>]]>&\"c\nd");
  EXPECT_EQ(sheet.at(6, 2), nullptr);
  EXPECT_EQ(text_at(sheet, 6, 3), "-0.5");
  EXPECT_EQ(text_at(sheet, 7, 2), "_x0041_");
  EXPECT_EQ(text_at(sheet, 7, 3), "9007199254740992");
  EXPECT_EQ(text_at(sheet, 8, 3), "9999999999999.99");
  EXPECT_EQ(text_at(sheet, 9, 3), "9.007.199.254.740.993");
  EXPECT_EQ(kind_at(sheet, 9, 3), Kind::text);
}

TEST(ReadXlsx, ReadsEveryTypeOfCell) {
  MadeWorkbook made(
      "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"B2\" t=\"inlineStr\"><is><t>một</t></is>"
      "</c><c r=\"C2\" t=\"str\"><f>A1&amp;\"\"</f><v>hai</v></c><c r=\"D2\" t=\"b\"><v>1</v></c>"
      "<c r=\"E2\" t=\"b\"><v>0</v></c><c r=\"F2\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>"
      "<c r=\"G2\" t=\"d\"><v>2021-07-01T00:00:00</v></c><c r=\"H2\"><f>SUM(A1)</f><v>7</v></c>"
      "<c r=\"I2\"><f>SUM(A1)</f><v/></c><c r=\"J2\" s=\"0\"/></row>");
  made.strings("<si><t>chung</t></si>");
  const auto book = made.read();
  ASSERT_TRUE(book);
  const Workbook::Sheet& sheet = book->sheets.at(0);
  EXPECT_EQ(text_at(sheet, 2, 1), "chung");
  EXPECT_EQ(text_at(sheet, 2, 2), "một");
  EXPECT_EQ(text_at(sheet, 2, 3), "hai");
  EXPECT_TRUE(sheet.at(2, 3)->is_formula);
  EXPECT_EQ(text_at(sheet, 2, 4), "TRUE");
  EXPECT_EQ(text_at(sheet, 2, 5), "FALSE");
  EXPECT_EQ(kind_at(sheet, 2, 5), Kind::boolean);
  EXPECT_EQ(text_at(sheet, 2, 6), "#DIV/0!");
  EXPECT_EQ(kind_at(sheet, 2, 6), Kind::error);
  EXPECT_EQ(text_at(sheet, 2, 7), "2021-07-01");
  EXPECT_EQ(kind_at(sheet, 2, 7), Kind::date);
  EXPECT_EQ(text_at(sheet, 2, 8), "7");
  EXPECT_TRUE(sheet.at(2, 8)->is_formula);
  EXPECT_EQ(kind_at(sheet, 2, 9), Kind::empty);
  EXPECT_EQ(sheet.at(2, 10), nullptr);
  EXPECT_EQ(sheet.at(1, 1), nullptr);
  EXPECT_EQ(book->doubts, (Codes{"xlsx.error_cells", "xlsx.formula_without_value"}));
}

TEST(ReadXlsx, TellsFontsAndWhatIsHidden) {
  MadeWorkbook made(
      "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>1</v></c><c r=\"B1\" s=\"2\"><v>2</v></c>"
      "<c r=\"C1\" s=\"3\"><v>3</v></c></row>"
      "<row r=\"2\" hidden=\"1\"><c r=\"A2\"><v>1</v></c></row>");
  made.put("xl/worksheets/sheet1.xml",
           "<worksheet><cols><col min=\"2\" max=\"3\" hidden=\"1\"/><col min=\"5\" max=\"5\"/>"
           "<col min=\"9\" max=\"7\" hidden=\"1\"/><col hidden=\"1\"/></cols>" +
               made.parts.at("xl/worksheets/sheet1.xml").substr(std::string("<worksheet>").size()));
  made.put("xl/styles.xml",
           "<styleSheet><fonts><font><sz val=\"11\"/></font><font><b/><name val=\"Arial\"/></font>"
           "<font><name val=\"Arial\"/></font></fonts><cellXfs><xf fontId=\"0\"/><xf fontId=\"1\"/>"
           "<xf fontId=\"2\"/><xf fontId=\"7\"/></cellXfs></styleSheet>");
  const auto book = made.read();
  ASSERT_TRUE(book) << codes(book)[0];
  EXPECT_EQ(book->fonts, (std::vector<std::string>{"", "Arial"}));
  const Workbook::Sheet& sheet = book->sheets[0];
  EXPECT_EQ(sheet.at(1, 1)->font, 1);
  EXPECT_EQ(sheet.at(1, 2)->font, 1);
  EXPECT_EQ(sheet.at(1, 3)->font, 0);
  EXPECT_FALSE(sheet.hides_column(1));
  EXPECT_TRUE(sheet.hides_column(2));
  EXPECT_TRUE(sheet.hides_column(3));
  EXPECT_FALSE(sheet.hides_column(5));
  EXPECT_FALSE(sheet.hides_column(8));
  EXPECT_FALSE(sheet.rows[0].is_hidden);
  EXPECT_TRUE(sheet.rows[1].is_hidden);
}

TEST(ReadXlsx, NamesMoreFontsThanAPlaceCanSayWithoutHarm) {
  std::string fonts;
  std::string styles;
  for (int i = 0; i < 400; ++i) {
    fonts += "<font><name val=\"F" + std::to_string(i) + "\"/></font>";
    styles += "<xf fontId=\"" + std::to_string(i) + "\"/>";
  }
  MadeWorkbook made(
      "<row r=\"1\"><c r=\"A1\" s=\"254\"><v>1</v></c><c r=\"B1\" s=\"399\"><v>2</v></c></row>");
  made.put("xl/styles.xml", "<styleSheet><fonts>" + fonts + "</fonts><cellXfs>" + styles +
                                "</cellXfs></styleSheet>");
  const auto book = made.read();
  ASSERT_TRUE(book);
  EXPECT_EQ(book->fonts.size(), 256U);
  EXPECT_EQ(book->fonts[book->sheets[0].at(1, 1)->font], "F254");
  EXPECT_EQ(book->sheets[0].at(1, 2)->font, 0);
}

TEST(ReadXlsx, DoubtsANameThatSaysOtherwise) {
  EXPECT_EQ(doubt_of_name("Biểu 66.xlsx"), "");
  EXPECT_EQ(doubt_of_name("BIEU.XLSM"), "");
  EXPECT_EQ(doubt_of_name("Hưng Yên 2015.xls"), "xlsx.named_otherwise");
  EXPECT_EQ(doubt_of_name("bieu"), "xlsx.named_otherwise");
}

TEST(ReadXlsx, TakesAFormulaThatShowsNothingForWhatItIs) {
  const auto book =
      MadeWorkbook("<row r=\"1\"><c r=\"A1\" t=\"str\"><f>\"\"</f><v></v></c></row>").read();
  ASSERT_TRUE(book);
  EXPECT_EQ(kind_at(book->sheets[0], 1, 1), Kind::empty);
  EXPECT_TRUE(book->doubts.empty());
}

TEST(ReadXlsx, JoinsTheRunsOfATextAndPassesOverHowItIsRead) {
  MadeWorkbook made("<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c></row>");
  made.strings(
      "<si><r><rPr><b/></rPr><t xml:space=\"preserve\">Tổng </t></r><r><t>số</t></r>"
      "<rPh sb=\"0\" eb=\"1\"><t>phonetic</t></rPh><phoneticPr fontId=\"1\"/></si>"
      "<si><t>a&#x1EA3;&lt;<![CDATA[<&]]>\r\nb</t></si>");
  const auto book = made.read();
  ASSERT_TRUE(book);
  EXPECT_EQ(text_at(book->sheets[0], 1, 1), "Tổng số");
  EXPECT_EQ(text_at(book->sheets[0], 1, 2), "aả<<&\nb");
}

TEST(ReadXlsx, TidiesTextsAsCsvDoesAndSaysSo) {
  const auto book = MadeWorkbook(
                        "<row><c t=\"str\"><v>\xC2\xA0Ha\xCC\x80 Nội \n</v></c>"
                        "<c t=\"str\"><v> \xC2\xA0</v></c></row>")
                        .read();
  ASSERT_TRUE(book);
  EXPECT_EQ(text_at(book->sheets[0], 1, 1), "H\xC3\xA0 Nội");
  EXPECT_EQ(book->sheets[0].at(1, 2), nullptr);
  EXPECT_EQ(book->doubts, (Codes{"csv.nbsp", "csv.nfd"}));
}

TEST(ReadXlsx, GivesDaysByTheFormatOfTheirCell) {
  MadeWorkbook made(
      "<row><c s=\"1\"><v>44378</v></c><c s=\"2\"><v>0.985</v></c><c s=\"3\"><v>44378</v></c>"
      "<c s=\"1\"><v>60</v></c><c s=\"4\"><v>44378.5</v></c></row>");
  made.formats({"dd/mm/yyyy", "0.0%", "#,##0 &quot;d&quot;", "d/m/yy h:mm"});
  const auto book = made.read();
  ASSERT_TRUE(book);
  const Workbook::Sheet& sheet = book->sheets[0];
  EXPECT_EQ(text_at(sheet, 1, 1), "2021-07-01");
  EXPECT_EQ(kind_at(sheet, 1, 1), Kind::date);
  EXPECT_EQ(text_at(sheet, 1, 2), "0.985");
  EXPECT_TRUE(sheet.at(1, 2)->is_percent);
  EXPECT_EQ(text_at(sheet, 1, 3), "44378");
  EXPECT_EQ(text_at(sheet, 1, 4), "60");
  EXPECT_EQ(kind_at(sheet, 1, 4), Kind::number);
  EXPECT_EQ(text_at(sheet, 1, 5), "2021-07-01T12:00:00");
  EXPECT_EQ(book->doubts, (Codes{"xlsx.not_a_date", "xlsx.percent"}));
}

TEST(ReadXlsx, CountsDaysFrom1904WhenTheWorkbookSaysSo) {
  MadeWorkbook made("<row><c s=\"1\"><v>42916</v></c></row>");
  made.formats({"yyyy"});
  made.put("xl/workbook.xml",
           "<workbook><workbookPr date1904=\"1\"/><sheets><sheet name=\"s\" id=\"b\"/></sheets>"
           "</workbook>");
  EXPECT_EQ(text_at(made.read()->sheets[0], 1, 1), "2021-07-01");
}

TEST(ReadXlsx, TakesElementsUnderAnyPrefix) {
  MadeWorkbook made("");
  made.put("xl/worksheets/sheet1.xml",
           "\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"UTF-8\"?><!-- - -> --><?x y?>"
           "<x:worksheet xmlns:x='http://x'><x:sheetData><x:row r='3'><x:c r='B3'><x:v>1</x:v>"
           "</x:c></x:row></x:sheetData ><x:extLst><x:c r='A1'><x:v>2</x:v></x:c></x:extLst>"
           "</x:worksheet>\n");
  const auto book = made.read();
  ASSERT_TRUE(book);
  ASSERT_EQ(book->sheets[0].rows.size(), 1U);
  EXPECT_EQ(text_at(book->sheets[0], 3, 2), "1");
}

TEST(ReadXlsx, TellsHiddenSheetsAndRowsAndReadsThem) {
  MadeWorkbook made("<row r=\"1\" hidden=\"1\"><c><v>1</v></c></row>");
  made.put("xl/workbook.xml",
           "<workbook><sheets><sheet name=\"s\" state=\"veryHidden\" r:id=\"b\"/></sheets>"
           "</workbook>");
  const auto book = made.read();
  ASSERT_TRUE(book);
  EXPECT_TRUE(book->sheets[0].is_hidden);
  EXPECT_EQ(text_at(book->sheets[0], 1, 1), "1");
  EXPECT_EQ(book->doubts, (Codes{"xlsx.hidden_rows"}));
}

TEST(ReadXlsx, LeavesOutWhatAMergedCellCovers) {
  const auto book =
      MadeWorkbook(
          "<row r=\"1\"><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c></row>"
          "<row r=\"2\"><c><v>4</v></c></row><row r=\"3\"><c><v>5</v></c></row>",
          "<mergeCells><mergeCell ref=\"A1:B2\"/><mergeCell ref=\"A3\"/></mergeCells>")
          .read();
  ASSERT_TRUE(book);
  const Workbook::Sheet& sheet = book->sheets[0];
  ASSERT_EQ(sheet.merged.size(), 2U);
  EXPECT_EQ(sheet.merged[0].last_row, 2U);
  EXPECT_EQ(sheet.merged[0].last_column, 2U);
  EXPECT_EQ(text_at(sheet, 1, 1), "1");
  EXPECT_EQ(sheet.at(1, 2), nullptr);
  EXPECT_EQ(text_at(sheet, 1, 3), "3");
  EXPECT_EQ(sheet.at(2, 1), nullptr);
  EXPECT_EQ(text_at(sheet, 3, 1), "5");
  EXPECT_EQ(book->doubts, (Codes{"xlsx.covered_cells"}));
}

TEST(ReadXlsx, NeitherFollowsLinksNorRunsMacrosAndSaysSo) {
  MadeWorkbook made("<row><c><f>[1]x!A1</f><v>5</v></c></row>");
  std::string& types = made.parts["[Content_Types].xml"];
  const std::string plain = "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
  types.replace(types.find(plain), plain.size(), "vnd.ms-excel.sheet.macroEnabled.main+xml");
  std::string& relations = made.parts["xl/_rels/workbook.xml.rels"];
  relations.insert(relations.find("</Relationships>"),
                   "<Relationship Id=\"e\" Type=\"http://x/externalLink\" TargetMode=\"External\" "
                   "Target=\"file:///etc/passwd\"/><Relationship Id=\"f\" "
                   "Type=\"http://x/vbaProject\" Target=\"vbaProject.bin\"/>");
  const auto book = made.read();
  ASSERT_TRUE(book);
  EXPECT_EQ(text_at(book->sheets[0], 1, 1), "5");
  EXPECT_EQ(book->doubts, (Codes{"xlsx.external_links", "xlsx.macros"}));
}

// ---- a sheet as a table

base::Result<CsvTable> table(const std::string& sheet_data, const std::string& after = "") {
  const auto book = MadeWorkbook(sheet_data, after).read();
  return table_of(book.value().sheets.at(0));
}

std::string cell(const std::string& text) { return "<c t=\"str\"><v>" + text + "</v></c>"; }

TEST(TableOf, GivesWhatTheCsvReaderGives) {
  const auto made = table("<row r=\"3\"><c r=\"B3\" t=\"str\"><v> MÃ  số</v></c>" + cell("Tên") +
                          "</row><row r=\"4\"/><row r=\"5\"><c r=\"B5\"><v>12.50</v></c></row>"
                          "<row r=\"7\"><c r=\"C7\" t=\"str\"><v>xã</v></c><c r=\"D7\"/></row>"
                          "<row r=\"8\"><c r=\"F8\" t=\"str\"><f>x</f><v></v></c></row>");
  ASSERT_TRUE(made);
  EXPECT_EQ(made->columns, (std::vector<std::string>{"mã số", "tên"}));
  EXPECT_EQ(made->rows, (std::vector<std::vector<std::string>>{{"12.5", ""}, {"", "xã"}}));
  EXPECT_EQ(made->lines, (std::vector<std::size_t>{5, 7}));
  EXPECT_EQ(made->column("tên"), 1U);
}

TEST(TableOf, LetsTheLeftmostColumnLackAName) {
  const auto made = table("<row r=\"1\"><c/>" + cell("a") + "</row><row r=\"2\">" + cell("x") +
                          cell("y") + "</row>");
  ASSERT_TRUE(made);
  EXPECT_EQ(made->columns, (std::vector<std::string>{"", "a"}));
}

TEST(TableOf, SaysEveryFaultAtOnce) {
  EXPECT_EQ(codes(table("<row r=\"2\">" + cell("a") + cell("A ") + "</row><row r=\"9\"><c/><c/>" +
                        cell("x") + "<c/>" + cell("y") + "</row>")),
            (Codes{"csv.duplicate_column@row 2", "xlsx.column_without_name@row 9, column C",
                   "xlsx.column_without_name@row 9, column E"}));
  EXPECT_EQ(codes(table("<row r=\"2\"><c/></row>")), (Codes{"xlsx.empty_sheet@sheet Biểu"}));
}

TEST(TableOf, RefusesATableOfFarMoreHolesThanCells) {
  std::string header = "<row>";
  for (int i = 0; i < 1000; ++i) header += cell("c" + std::to_string(i));
  std::string rows;
  for (int i = 0; i < 5000; ++i) rows += "<row><c><v>1</v></c></row>";
  EXPECT_EQ(codes(table(header + "</row>" + rows)), (Codes{"xlsx.too_many_cells@sheet Biểu"}));
}

TEST(TableOf, TellsMergedCellsInTheTable) {
  const auto made =
      table("<row>" + cell("a") + "</row><row>" + cell("x") + "</row><row>" + cell("y") + "</row>",
            "<mergeCells><mergeCell ref=\"A2:A3\"/></mergeCells>");
  ASSERT_TRUE(made);
  EXPECT_EQ(made->rows.size(), 1U);
  EXPECT_EQ(made->doubts, (Codes{"xlsx.covered_cells", "xlsx.merged_cells"}));
}

// ---- files of provinces and ministries

/// A file of the shared data; empty, and loudly so, when it is not here.
std::string shared(const std::string& name) {
  const char* root = std::getenv("THONGSUOT_SHARED");
  const std::filesystem::path place = root && *root ? root : SOURCE_FOLDER "/../shared";
  std::ifstream file(place / "data" / name, std::ios::binary);
  if (!file) {
    std::cout << "*** NOT RUN: no " << name << "; set THONGSUOT_SHARED ***" << std::endl;
    return "";
  }
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

#define SHARED_OR_SKIP(name, file)       \
  const std::string name = shared(file); \
  if (name.empty()) GTEST_SKIP() << file " not here"

std::size_t cells_in(const Workbook& book) {
  std::size_t count = 0;
  for (const Workbook::Sheet& sheet : book.sheets) {
    for (const Workbook::Row& row : sheet.rows) count += row.cells.size();
  }
  return count;
}

TEST(RealWorkbooks, BudgetOfTheProvinces) {
  SHARED_OR_SKIP(bytes, "forms/budget-xlsx/QT-2018-N-B32-TT343-NN001.xlsx");
  const auto book = read_xlsx(bytes);
  ASSERT_TRUE(book);
  ASSERT_EQ(book->sheets.size(), 1U);
  EXPECT_EQ(book->doubts, (Codes{"xlsx.external_links"}));
  const Workbook::Sheet& sheet = book->sheets[0];
  // As openpyxl reads them, to the fifteen digits that a double is good for.
  EXPECT_EQ(sheet.name, "B32");
  EXPECT_EQ(cells_in(*book), 804U);
  EXPECT_EQ(text_at(sheet, 7, 2), "TỈNH, THÀNH PHỐ");
  EXPECT_EQ(text_at(sheet, 11, 3), "346632990.538091");
  EXPECT_EQ(text_at(sheet, 11, 7), "337465673");
  EXPECT_EQ(text_at(sheet, 11, 11), "97.3553245685414");
  EXPECT_EQ(text_at(sheet, 13, 2), "Hà Giang");
  EXPECT_EQ(text_at(sheet, 41, 10), "4351351");
}

TEST(RealWorkbooks, ABudgetWithErrorCells) {
  SHARED_OR_SKIP(bytes, "forms/tt343-b66-2018/QT-2018-N-B66-TT343-02.xlsx");
  const auto book = read_xlsx(bytes);
  ASSERT_TRUE(book);
  const Workbook::Sheet& sheet = book->sheets.at(0);
  EXPECT_EQ(cells_in(*book), 2015U);
  EXPECT_EQ(text_at(sheet, 6, 4), "Chi \nđầu tư \nphát triển");
  EXPECT_EQ(text_at(sheet, 9, 3), "5995464.203268");
  EXPECT_EQ(text_at(sheet, 9, 10), "2012168.784945");
  EXPECT_EQ(kind_at(sheet, 100, 17), Kind::error);
  EXPECT_EQ(text_at(sheet, 100, 17), "#DIV/0!");
  EXPECT_EQ(book->doubts, (Codes{"xlsx.error_cells", "xlsx.percent"}));
}

TEST(RealWorkbooks, OldEncodingsAndWrongNames) {
  SHARED_OR_SKIP(zip, "forms/legacy-encoding/tcvn3_zip_named_xls_Hung_Yen_2015.xls");
  const auto book = read_xlsx(zip);
  ASSERT_TRUE(book);
  EXPECT_EQ(book->sheets.size(), 7U);
  EXPECT_EQ(text_at(book->sheets[0], 9, 3), "4840000");
  EXPECT_EQ(text_at(book->sheets[1], 8, 3), "#REF!");
  SHARED_OR_SKIP(biff, "forms/legacy-encoding/tcvn3_biff_DT-2019-N-B56-TT343-26.xls");
  EXPECT_EQ(codes(read_xlsx(biff)), (Codes{"xlsx.old_xls@"}));
  SHARED_OR_SKIP(word, "forms/legacy-encoding/table_in_word_DT-2018-N-B58-TT343-52.docx");
  EXPECT_EQ(codes(read_xlsx(word)), (Codes{"xlsx.not_a_workbook@word/document.xml"}));
  SHARED_OR_SKIP(tcvn3, "forms/legacy-encoding/tcvn3_DT-2018-N-B57-TT343-38.xlsx");
  const auto covered = read_xlsx(tcvn3);
  ASSERT_TRUE(covered);
  EXPECT_EQ(text_at(covered->sheets[0], 5, 2), "Tên huyện");
  EXPECT_EQ(covered->doubts, (Codes{"xlsx.covered_cells", "xlsx.hidden_rows"}));
  SHARED_OR_SKIP(vni, "forms/legacy-encoding/vni_DT-2020-N-B53-TT343-95.xlsx");
  ASSERT_TRUE(read_xlsx(vni));
  EXPECT_EQ(cells_in(*read_xlsx(vni)), 599U);
}

TEST(RealWorkbooks, StatisticsAsTables) {
  SHARED_OR_SKIP(bytes, "stats/PAPI_2011-2019.xlsx");
  const auto book = read_xlsx(bytes);
  ASSERT_TRUE(book);
  ASSERT_EQ(book->sheets.size(), 9U);
  const auto made = table_of(book->sheets[8]);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->columns.size(), 40U);
  EXPECT_EQ(made->rows.size(), 65U);
}

TEST(RealWorkbooks, OneFormFromEightProvinces) {
  for (const std::string province : {"02", "14", "22", "27", "52", "79", "91", "96"}) {
    SHARED_OR_SKIP(bytes, "forms/tt343-b66-2018/QT-2018-N-B66-TT343-" + province + ".xlsx");
    const auto book = read_xlsx(bytes);
    ASSERT_TRUE(book) << province;
    EXPECT_EQ(book->sheets.size(), 1U) << province;
    EXPECT_GT(cells_in(*book), 500U) << province;
  }
}

}  // namespace
}  // namespace office
