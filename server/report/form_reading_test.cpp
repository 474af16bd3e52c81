#include "report/form_reading.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "office/cell_values.h"
#include "office/made_workbook_test.h"
#include "report/form_checks.h"
#include "report/form_consolidation.h"
#include "report/form_json.h"
#include "report/form_measure.h"
#include "report/form_rows.h"
#include "report/form_words.h"

namespace report {
namespace {

using Table = std::vector<std::vector<std::string>>;
using Texts = std::vector<std::string>;
using Kind = FormDifference::Kind;

/// Rows of cells from A1: "" is no cell, "#…" an error, what reads as a number a number.
std::string sheet_data(const Table& table) {
  std::string made;
  for (std::size_t row = 0; row < table.size(); ++row) {
    made += "<row r=\"" + std::to_string(row + 1) + "\">";
    for (std::size_t column = 0; column < table[row].size(); ++column) {
      const std::string& text = table[row][column];
      if (text.empty()) continue;
      const std::string at = office::column_letters(column + 1) + std::to_string(row + 1);
      const bool is_number = office::canonical_number(text).has_value();
      const std::string type = is_number ? "n" : text[0] == '#' ? "e" : "str";
      made += "<c r=\"" + at + "\" t=\"" + type + "\"><v>" + text + "</v></c>";
    }
    made += "</row>";
  }
  return made;
}

std::string merged(const Texts& ranges) {
  std::string made = "<mergeCells>";
  for (const std::string& range : ranges) made += "<mergeCell ref=\"" + range + "\"/>";
  return made + "</mergeCells>";
}

office::Workbook book_of(const Table& table, const Texts& ranges = {},
                         const std::string& before = "") {
  office::MadeWorkbook made("");
  made.put("xl/worksheets/sheet1.xml", "<worksheet>" + before + "<sheetData>" + sheet_data(table) +
                                           "</sheetData>" + (ranges.empty() ? "" : merged(ranges)) +
                                           "</worksheet>");
  auto book = made.read();
  EXPECT_TRUE(book) << office::codes(book)[0];
  return book ? *std::move(book) : office::Workbook{};
}

/// Plan and actual, each in two columns.
Form small_form() {
  Form form;
  form.code = "F";
  form.title = "Biểu thử";
  form.measure = "triệu đồng";
  form.decimals = 6;
  form.ordinal_names = {"TT", "STT"};
  form.name_names = {"Tên đơn vị"};
  form.total_names = {"Tổng số", "Tổng cộng"};
  form.columns = {
      {"plan.total", "Dự toán", {"Dự toán"}, {"Tổng số"}, {}, true, "", ""},
      {"actual.total", "Quyết toán", {"Quyết toán"}, {"Tổng số"}, {}, true, "", ""},
      {"actual.carried", "Chuyển nguồn", {"Quyết toán"}, {"Chi chuyển nguồn"}, {}, false, "", ""},
      {"ratio",
       "So sánh",
       {"So sánh (%)"},
       {"Tổng số"},
       FormColumn::Kind::ratio,
       false,
       "actual.total",
       "plan.total"}};
  form.groups = {{"agencies", "Các cơ quan", {"Các cơ quan, tổ chức"}},
                 {"reserve", "Dự phòng", {"Dự phòng ngân sách"}}};
  form.facts = {{"QT01", "total", "actual.total"}, {"QT02", "agencies", "actual.total"}};
  return form;
}

Table head() {
  return {{"UBND TỈNH THỬ"},
          {"", "", "", "Đơn vị: Triệu đồng"},
          {"TT", "Tên đơn vị", "Dự toán", "Quyết toán", ""},
          {"", "", "Tổng số", "Tổng số", "Chi chuyển nguồn"},
          {"A", "B", "1", "2", "3"}};
}

const Texts kMerged{"A3:A4", "B3:B4", "D3:E3"};

Table with(Table rows) {
  Table made = head();
  made.insert(made.end(), rows.begin(), rows.end());
  return made;
}

base::Result<FormReading> read(const Table& rows, const AskedMapping& asked = {},
                               const Form& form = small_form()) {
  return read_form(book_of(with(rows), kMerged), form, asked);
}

std::vector<std::string> codes_of(const base::Problems& problems) {
  std::vector<std::string> made;
  for (const base::Problem& problem : problems) made.push_back(problem.code);
  return made;
}

bool tells(const FormReading& reading, const std::string& code, const std::string& field = "") {
  return std::any_of(reading.doubts.begin(), reading.doubts.end(), [&](const base::Problem& doubt) {
    return doubt.code == code && (field.empty() || doubt.field == field);
  });
}

TEST(FormMeasure, KnowsPowersOfTen) {
  const auto dong = measure_named("đồng").value();
  EXPECT_EQ(power_between(measure_named("Triệu đồng").value(), dong), 6);
  EXPECT_EQ(power_between(measure_named("Triệu đồng./.").value(), dong), 6);
  EXPECT_EQ(power_between(measure_named("1.000 đồng").value(), dong), 3);
  EXPECT_EQ(power_between(measure_named("nghìn đồng").value(), measure_named("tỷ đồng").value()),
            -6);
  EXPECT_EQ(power_between(measure_named("Tr.đồng").value(), dong), 6);
  EXPECT_EQ(power_between(measure_named("nghìn người").value(), measure_named("người").value()), 3);
  EXPECT_FALSE(power_between(measure_named("ha").value(), dong));
  EXPECT_EQ(measure_in("ĐVT: đồng", dong), "đồng");
  EXPECT_EQ(measure_in("Đơn vị tính: Triệu đồng.", dong), "Triệu đồng");
  EXPECT_FALSE(measure_in("Đơn vị: Sở Tài chính", dong));
  EXPECT_FALSE(measure_in("Tên đơn vị", dong));
}

FormFigure figure(const std::string& text, office::Workbook::Kind kind, int power = 0,
                  bool comma = true) {
  office::Workbook::Cell cell;
  cell.kind = kind;
  cell.text = text;
  return figure_of(cell, 6, power, comma);
}

TEST(FormMeasure, ReadsFiguresExactlyInAnotherMeasure) {
  using K = office::Workbook::Kind;
  EXPECT_EQ(figure("5995464.203268", K::number).amount, 5995464203268);
  EXPECT_EQ(figure("5995464203268", K::number, -6).amount, 5995464203268);
  EXPECT_EQ(figure("5995464203.268", K::number, -3).amount, 5995464203268);
  EXPECT_EQ(figure("1.5", K::number, 3).amount, 1500000000);
  EXPECT_EQ(figure("-0.0000005", K::number).amount, -1);
  EXPECT_EQ(figure("-0.0000005", K::number).doubt, "form.rounded");
  EXPECT_EQ(figure("5.32724999999846", K::number).amount, 5327250);
  EXPECT_EQ(figure("5.32724999999846", K::number).doubt, "");
  EXPECT_EQ(figure("0.12345678", K::number).doubt, "form.rounded");
  EXPECT_EQ(figure("1" + std::string(25, '0'), K::number).doubt, "form.out_of_range");
}

TEST(FormMeasure, ReadsNumbersTypedAsTextAndSaysSo) {
  using K = office::Workbook::Kind;
  EXPECT_EQ(figure("1.234.567,5", K::text).amount, 1234567500000);
  EXPECT_EQ(figure("1.234.567,5", K::text).doubt, "form.text_figure");
  EXPECT_EQ(figure("1.234", K::text).amount, 1234000000);
  EXPECT_EQ(figure("1,234", K::text).amount, 1234000);
  EXPECT_EQ(figure("1,234", K::text, 0, false).amount, 1234000000);
  EXPECT_EQ(figure("(12 345)", K::text).amount, -12345000000);
  EXPECT_EQ(figure("12.34", K::text).doubt, "form.not_a_figure");
  EXPECT_EQ(figure("1.2345", K::text).doubt, "form.not_a_figure");
  EXPECT_EQ(figure("chưa có", K::text).doubt, "form.not_a_figure");
  EXPECT_FALSE(figure("-", K::text).amount);
  EXPECT_EQ(figure("-", K::text).doubt, "");
  EXPECT_EQ(figure("#DIV/0!", K::error).doubt, "form.error_cell");
  EXPECT_EQ(figure("2021-07-01", K::date).doubt, "form.not_a_figure");
}

std::vector<int> levels(const Texts& ordinals) {
  Levels all;
  std::vector<int> made;
  for (const std::string& one : ordinals) made.push_back(all.next(ordinals_of(one)).level);
  return made;
}

TEST(FormRows, FindsLevelsByHowTheNumberingGoesOn) {
  EXPECT_EQ(levels({"I", "1", "2", "II", "III", "IV", "V", "1"}),
            (std::vector<int>{0, 1, 1, 0, 0, 0, 0, 1}));
  EXPECT_EQ(levels({"A", "I", "1", "2", "II", "1", "1.1", "1.2", "2", "2.1", "B", "C", "D", "E"}),
            (std::vector<int>{0, 1, 2, 2, 1, 2, 3, 3, 2, 3, 0, 0, 0, 0}));
  EXPECT_EQ(levels({"1", "2", "3"}), (std::vector<int>{0, 0, 0}));
  EXPECT_EQ(levels({"I", "1", "a", "b", "2", "-", "-", "II"}),
            (std::vector<int>{0, 1, 2, 2, 1, 2, 2, 0}));
  EXPECT_EQ(levels({"1.", "2)", "(3)"}), (std::vector<int>{0, 0, 0}));
  Levels all;
  EXPECT_TRUE(all.next(ordinals_of("1")).follows);
  EXPECT_FALSE(all.next(ordinals_of("3")).follows);
  EXPECT_TRUE(all.next(ordinals_of("4")).follows);
  EXPECT_TRUE(ordinals_of("Tổng số").empty());
  EXPECT_TRUE(ordinals_of("").empty());
}

TEST(FormWords, ComparesWhatHeadsSay) {
  Form form = small_form();
  form.abbreviations = {{"CTMTQG", "chương trình mục tiêu quốc gia"},
                        {"MTQG", "mục tiêu quốc gia"}};
  const FormWords words(form);
  EXPECT_EQ(words.likeness("VI. Chi chương trình\nMTQG", "Chi chương trình mục tiêu quốc gia"),
            100);
  EXPECT_EQ(words.likeness("CHI TRẢ NỢ LÃI (2)", "Chi trả nợ lãi"), 100);
  EXPECT_LT(words.likeness("Chi đầu tư phát triển (CTMTQG)", "Chi đầu tư phát triển"), 72);
  EXPECT_EQ(words.section_likeness("Dự toán giao trong năm (gồm cả nguồn)", {"Dự toán"}), 95);
  EXPECT_EQ(words.likeness("", "Dự toán"), 0);
}

TEST(FormReading, ReadsHeadRowsAndFigures) {
  const auto reading = read({{"", "TỔNG SỐ", "30", "33.5", "1"},
                             {"I", "CÁC CƠ QUAN, TỔ CHỨC", "20", "23.5", "1"},
                             {"1", "Sở A", "12", "13.25", ""},
                             {"2", "Sở B", "8", "10.25", "1"},
                             {"", "Trong đó: vốn vay", "3", "4", ""},
                             {"II", "DỰ PHÒNG NGÂN SÁCH (2)", "10", "10", ""}});
  ASSERT_TRUE(reading);
  const FormMapping& mapping = reading->mapping;
  EXPECT_EQ(mapping.head_first, 3U);
  EXPECT_EQ(mapping.head_last, 4U);
  EXPECT_EQ(mapping.body_first, 6U);
  EXPECT_EQ(mapping.measure, "Triệu đồng");
  EXPECT_EQ(mapping.columns[0].columns, std::vector<std::uint32_t>{3});
  EXPECT_EQ(mapping.columns[2].columns, std::vector<std::uint32_t>{5});
  ASSERT_EQ(reading->rows.size(), 6U);
  EXPECT_EQ(reading->total()->amounts[1], 33500000);
  EXPECT_EQ(reading->find("agencies")->row, 7U);
  EXPECT_EQ(reading->find("reserve")->row, 11U);
  EXPECT_EQ(reading->rows[3].under, 1U);
  EXPECT_EQ(reading->rows[4].kind, RowKind::part);
  EXPECT_EQ(reading->rows[4].under, 3U);
  EXPECT_TRUE(reading->differences.empty());
  EXPECT_EQ(codes_of(reading->doubts), (Texts{"form.column_missing", "form.part_rows"}));
}

TEST(FormReading, ReadsAHeadWithoutMergedCells) {
  const auto reading = read_form(
      book_of(with({{"", "TỔNG SỐ", "1", "2", "3"}, {"I", "CÁC CƠ QUAN, TỔ CHỨC", "1", "2", "3"}})),
      small_form(), {});
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->mapping.columns[2].columns, std::vector<std::uint32_t>{5});
}

TEST(FormReading, FindsAHeadThatDoesNotNameItsRowsByTheNumbersUnderIt) {
  Table table =
      with({{"", "TỔNG SỐ", "1", "2", "3"}, {"I", "CÁC CƠ QUAN, TỔ CHỨC", "1", "2", "3"}});
  table[2][0] = table[2][1] = "";
  for (const Texts& ranges : {kMerged, Texts{"D3:E3"}}) {
    const auto reading = read_form(book_of(table, ranges), small_form(), {});
    ASSERT_TRUE(reading);
    EXPECT_EQ(reading->mapping.head_first, 3U);
    EXPECT_EQ(reading->mapping.ordinal_column, 1U);
    EXPECT_EQ(reading->mapping.name_column, 2U);
    EXPECT_EQ(reading->total()->amounts[2], 3000000);
    EXPECT_TRUE(tells(*reading, "form.unnamed_head"));
  }
}

TEST(FormReading, AddsUpADividedColumnAndSaysSo) {
  Table table{{"TT", "Tên đơn vị", "Dự toán", "Quyết toán", "", ""},
              {"", "", "Tổng số", "Tổng số", "Chi chuyển nguồn", ""},
              {"", "", "", "", "Vốn thường xuyên", "Vốn đầu tư"},
              {"I", "CÁC CƠ QUAN, TỔ CHỨC", "5", "6", "1.5", "2"}};
  const auto reading = read_form(
      book_of(table, {"A1:A3", "B1:B3", "C2:C3", "D1:F1", "D2:D3", "E2:F2"}), small_form(), {});
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->rows[0].amounts[2], 3500000);
  EXPECT_TRUE(tells(*reading, "form.column_summed", "sheet Biểu, cell E3"));
  EXPECT_TRUE(tells(*reading, "form.measure_missing"));
  EXPECT_TRUE(tells(*reading, "form.no_total"));
}

TEST(FormReading, TellsEachDoubtfulCell) {
  const auto reading = read({{"", "TỔNG SỐ", "#REF!", "-2", ""},
                             {"I", "CÁC CƠ QUAN, TỔ CHỨC", "3", "hai", ""},
                             {"II", "DỰ PHÒNG NGÂN SÁCH", "1.234", "1,5", ""},
                             {"", "", "7", "", ""},
                             {"III", "KHOẢN KHÁC", "", "", ""},
                             {"", "Người lập biểu", "", "", ""}});
  ASSERT_TRUE(reading);
  EXPECT_TRUE(tells(*reading, "form.error_cell", "sheet Biểu, cell C6"));
  EXPECT_TRUE(tells(*reading, "form.negative", "sheet Biểu, cell D6"));
  EXPECT_TRUE(tells(*reading, "form.not_a_figure", "sheet Biểu, cell D7"));
  EXPECT_TRUE(tells(*reading, "form.text_figure", "sheet Biểu, cell D8"));
  EXPECT_TRUE(tells(*reading, "form.row_without_name", "sheet Biểu, row 9"));
  EXPECT_TRUE(tells(*reading, "form.other_group", "sheet Biểu, cell B10"));
  EXPECT_EQ(reading->rows.size(), 4U);
}

TEST(FormReading, ConvertsTheMeasureStated) {
  Table table = with({{"I", "CÁC CƠ QUAN, TỔ CHỨC", "5995464203268", "1", "0"}});
  table[1][3] = "Đơn vị: đồng";
  const auto reading = read_form(book_of(table, kMerged), small_form(), {});
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->rows[0].amounts[0], 5995464203268);
  AskedMapping asked;
  asked.measure = "tỷ đồng";
  const auto overruled = read_form(book_of(table, kMerged), small_form(), asked);
  EXPECT_FALSE(overruled->rows[0].amounts[0]);
  EXPECT_TRUE(tells(*overruled, "form.out_of_range"));
  EXPECT_EQ(overruled->rows[0].amounts[1], 1000000000);
}

TEST(FormReading, SaysWhenTwoMeasuresStandInTheFile) {
  Table table = with({{"I", "CÁC CƠ QUAN, TỔ CHỨC", "5", "1", "0"}});
  table[0].push_back("ĐVT: đồng");
  const auto reading = read_form(book_of(table, kMerged), small_form(), {});
  ASSERT_TRUE(reading);
  EXPECT_TRUE(tells(*reading, "form.measure_twice"));
}

TEST(FormReading, APersonMayOverruleAnything) {
  AskedMapping asked;
  asked.columns["plan.total"] = {4};
  asked.columns["actual.total"] = {3};
  asked.columns["actual.carried"] = {};
  asked.rows = {{7, RowKind::ignored}};
  const auto reading = read({{"", "TỔNG SỐ", "1", "2", "3"},
                             {"I", "CÁC CƠ QUAN, TỔ CHỨC", "1", "2", "3"},
                             {"II", "DỰ PHÒNG NGÂN SÁCH", "1", "2", "3"}},
                            asked);
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->total()->amounts[0], 2000000);
  EXPECT_FALSE(reading->total()->amounts[2]);
  EXPECT_EQ(reading->rows.size(), 2U);
  EXPECT_TRUE(reading->differences.empty());
}

TEST(FormReading, SaysWhenRowsStandBelowTheLastOneAskedFor) {
  AskedMapping asked;
  asked.body_last = 6;
  const auto reading = read(
      {{"I", "CÁC CƠ QUAN, TỔ CHỨC", "1", "2"}, {"II", "DỰ PHÒNG NGÂN SÁCH", "1", "2"}}, asked);
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->rows.size(), 1U);
  EXPECT_TRUE(tells(*reading, "form.rows_outside"));
}

TEST(FormReading, RefusesWhatItCannotRead) {
  EXPECT_EQ(office::codes(read_form(book_of({{"Một", "Hai"}}), small_form(), {})),
            Texts{"form.no_sheet@"});
  AskedMapping asked;
  asked.sheet = "Không có";
  EXPECT_EQ(office::codes(read({}, asked)), Texts{"form.no_such_sheet@"});
  asked = {};
  asked.columns["nothing"] = {1};
  EXPECT_EQ(office::codes(read({{"I", "Sở A", "1", "2"}}, asked)),
            Texts{"form.no_such_column@/columns/nothing"});
  asked = {};
  asked.head_last = 2;
  EXPECT_EQ(office::codes(read({{"I", "Sở A", "1", "2"}}, asked)),
            Texts{"form.bad_place@sheet Biểu"});
  asked = {};
  asked.measure = "ha";
  EXPECT_EQ(office::codes(read({{"I", "Sở A", "1", "2"}}, asked)),
            Texts{"form.measure_other@/measure"});
  Table without = with({{"I", "Sở A", "1", "2"}});
  without[2][3] = "Ghi chú";
  EXPECT_EQ(office::codes(read_form(book_of(without, kMerged), small_form(), {})),
            Texts{"form.required_column@sheet Biểu"});
  EXPECT_EQ(
      office::codes(read_form_file("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "a.xls", small_form(), {})),
      Texts{"xlsx.old_xls@"});
}

TEST(FormReading, DoubtsAWorkbookNamedXls) {
  office::MadeWorkbook made(sheet_data(with({{"I", "CÁC CƠ QUAN, TỔ CHỨC", "1", "2"}})),
                            merged(kMerged));
  const auto reading = read_form_file(made.bytes(), "bieu.xls", small_form(), {});
  ASSERT_TRUE(reading);
  EXPECT_TRUE(tells(*reading, "xlsx.named_otherwise"));
}

TEST(FormReading, ReadsNamesInOldEncodingsAndKeepsWhatTheyWere) {
  const auto reading = read({{"", "Tæng sè", "3", "3"},
                             {"I", "C¸c c¬ quan, tæ chøc", "3", "3"},
                             {"1", "Së Tµi chÝnh", "3", "3"}});
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->find("agencies")->name, "Các cơ quan, tổ chức");
  EXPECT_EQ(reading->rows.back().name, "Sở Tài chính");
  EXPECT_EQ(reading->legacy.size(), 3U);
  EXPECT_TRUE(tells(*reading, "form.legacy"));
}

TEST(FormReading, TellsHiddenRowsAndColumns) {
  std::string data =
      sheet_data(with({{"I", "CÁC CƠ QUAN, TỔ CHỨC", "1", "2"}, {"1", "Sở A", "1", "2"}}));
  const std::string row = "<row r=\"7\">";
  data.replace(data.find(row), row.size(), "<row r=\"7\" hidden=\"1\">");
  office::MadeWorkbook made("");
  made.put("xl/worksheets/sheet1.xml",
           "<worksheet><cols><col min=\"3\" max=\"3\" hidden=\"1\"/></cols><sheetData>" + data +
               "</sheetData>" + merged(kMerged) + "</worksheet>");
  const auto reading = read_form(made.read().value(), small_form(), {});
  ASSERT_TRUE(reading);
  EXPECT_TRUE(tells(*reading, "form.hidden_column", "sheet Biểu, cell C4"));
  EXPECT_TRUE(tells(*reading, "form.hidden_rows"));
}

struct Found {
  Kind kind;
  std::string cell;
  std::string why;
  bool operator==(const Found&) const = default;
  friend std::ostream& operator<<(std::ostream& out, const Found& one) {
    return out << name(one.kind) << " " << one.cell << " " << one.why;
  }
};

std::vector<Found> differences(const Table& rows) {
  const auto reading = read(rows);
  std::vector<Found> made;
  if (!reading) return made;
  for (const FormDifference& one : reading->differences)
    made.push_back({one.kind, one.cell, one.why ? one.why->code : ""});
  return made;
}

TEST(FormChecks, SaysWhatWouldExplainADifference) {
  EXPECT_EQ(differences({{"", "TỔNG SỐ", "10", "1"},
                         {"I", "CÁC CƠ QUAN, TỔ CHỨC", "10", "1"},
                         {"II", "DỰ PHÒNG NGÂN SÁCH", "7", ""}}),
            (std::vector<Found>{{Kind::differs, "C6", "form.why_left_out"}}));
  EXPECT_EQ(differences({{"I", "CÁC CƠ QUAN, TỔ CHỨC", "6", "1"},
                         {"1", "Sở A", "1", "1"},
                         {"2", "Sở B", "2", ""},
                         {"3", "Sở C", "3", ""},
                         {"4", "Sở D", "4", ""},
                         {"5", "Sở E", "9", ""}}),
            (std::vector<Found>{{Kind::differs, "C6", "form.why_run"}}));
  EXPECT_EQ(differences({{"I", "CÁC CƠ QUAN, TỔ CHỨC", "60", "1"},
                         {"1", "Sở A", "10", "1"},
                         {"2", "Sở B", "20000", ""},
                         {"3", "Sở C", "30", ""}}),
            (std::vector<Found>{{Kind::differs, "C6", "form.why_slip"}}));
  EXPECT_EQ(differences({{"I", "CÁC CƠ QUAN, TỔ CHỨC", "60000", "1"},
                         {"1", "Sở A", "10", "1"},
                         {"2", "Sở B", "50", ""}}),
            (std::vector<Found>{{Kind::differs, "C6", "form.why_factor"}}));
  EXPECT_EQ(differences({{"I", "CÁC CƠ QUAN, TỔ CHỨC", "60.000001", "5"},
                         {"1", "Sở A", "10", ""},
                         {"2", "Sở B", "50", ""}}),
            (std::vector<Found>{{Kind::rounding, "C6", ""}, {Kind::not_divided, "D6", ""}}));
  EXPECT_EQ(differences({{"I", "CÁC CƠ QUAN, TỔ CHỨC", "61", "3"},
                         {"1", "Sở A", "10", "1"},
                         {"2", "Sở B", "50", "2"}}),
            (std::vector<Found>{{Kind::differs, "C6", ""}}));
}

TEST(FormChecks, DoubtsAMeasureThatSlipped) {
  const auto reading = read({{"I", "CÁC CƠ QUAN, TỔ CHỨC", "60", "1"},
                             {"1", "Sở A", "10", "1"},
                             {"2", "Sở B", "50000000", ""}});
  ASSERT_TRUE(reading);
  EXPECT_TRUE(tells(*reading, "form.measure_slip", "sheet Biểu, cell C8"));
}

TEST(FormChecks, DoubtsARowUnlikeItsOtherSideOrItsSiblings) {
  Table table = with({{"I", "CÁC CƠ QUAN, TỔ CHỨC", "55000060", "1075"},
                      {"1", "Sở A", "10", "10"},
                      {"2", "Sở B", "55000000", "55"},
                      {"3", "Sở C", "20", "980"},
                      {"4", "Sở D", "10", "10"},
                      {"5", "Sở E", "20", "20"}});
  table[2].insert(table[2].end(), {"So sánh (%)"});
  table[3].insert(table[3].end(), {"Tổng số"});
  const auto reading = read_form(book_of(table, kMerged), small_form(), {});
  ASSERT_TRUE(reading);
  EXPECT_TRUE(reading->differences.empty());
  EXPECT_TRUE(tells(*reading, "form.row_slip", "sheet Biểu, cell C8"));
  EXPECT_TRUE(tells(*reading, "form.large_row", "sheet Biểu, cell C8"));
  EXPECT_FALSE(tells(*reading, "form.row_slip", "sheet Biểu, cell D9"));
}

TEST(FormChecks, ComparesColumnsTheFormDoesNotWant) {
  Table table =
      with({{"", "TỔNG SỐ", "5", "5", "", "8"}, {"I", "CÁC CƠ QUAN, TỔ CHỨC", "5", "5", "", "9"}});
  table[2].push_back("Quyết toán");
  table[3].push_back("Chi khác hẳn");
  const auto reading = read_form(book_of(table, kMerged), small_form(), {});
  ASSERT_TRUE(reading);
  ASSERT_EQ(reading->left.size(), 1U);
  EXPECT_EQ(reading->left[0].column, 6U);
  ASSERT_EQ(reading->differences.size(), 1U);
  EXPECT_EQ(reading->differences[0].cell, "F6");
  EXPECT_FALSE(reading->differences[0].column);
}

TEST(FormChecks, ComparesRatiosWithTheirSides) {
  Table table = with({{"", "TỔNG SỐ", "200", "150", "", "75"},
                      {"I", "CÁC CƠ QUAN, TỔ CHỨC", "200", "150", "", "70"}});
  table[2].push_back("So sánh (%)");
  table[3].push_back("Tổng số");
  const auto reading = read_form(book_of(table, kMerged), small_form(), {});
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->rows[0].amounts[3], 7500);
  EXPECT_TRUE(tells(*reading, "form.ratio_differs", "sheet Biểu, cell F7"));
  EXPECT_FALSE(tells(*reading, "form.ratio_differs", "sheet Biểu, cell F6"));
}

FormFile file_of(const std::string& file_name, const std::string& total,
                 const std::string& agencies) {
  FormFile file;
  file.name = file_name;
  file.unit = unit_in_name(file_name);
  file.reading =
      read({{"", "TỔNG SỐ", total, total}, {"I", "CÁC CƠ QUAN, TỔ CHỨC", agencies, agencies}})
          .value();
  return file;
}

TEST(FormConsolidation, PutsFilesBesideEachOther) {
  FormFile refused;
  refused.name = "hong.xls";
  refused.refused = {{base::ProblemKind::invalid, "xlsx.old_xls", "", {}}};
  const FormConsolidation made = consolidate_forms(
      {file_of("a-01.xlsx", "10", "10"), refused, file_of("b-02.xlsx", "20.5", "20")},
      small_form());
  EXPECT_EQ(made.lines[0].sums[0], 30500000);
  EXPECT_EQ(made.lines[1].sums[1], 30000000);
  EXPECT_FALSE(made.lines[0].sums[3]);
  EXPECT_FALSE(made.lines[2].sums[0]);
  EXPECT_EQ(made.files[1].state(), FormFile::State::refused);
  EXPECT_EQ(made.files[2].state(), FormFile::State::doubtful);
  EXPECT_EQ(made.lines[0].amounts[1][0], std::nullopt);
}

TEST(FormConsolidation, DoubtsAFileFarFromTheOthers) {
  const FormConsolidation made = consolidate_forms(
      {file_of("a-01.xlsx", "10", "10"), file_of("b-02.xlsx", "12000000", "12000000"),
       file_of("c-01.xlsx", "20", "20")},
      small_form());
  EXPECT_EQ(codes_of(made.doubts), (Texts{"form.unit_twice", "form.file_slip", "form.file_slip"}));
  EXPECT_EQ(made.doubts[1].field, "b-02.xlsx");
}

TEST(FormConsolidation, GivesFactsAsTheirImportTakesThem) {
  const FormConsolidation made = consolidate_forms(
      {file_of("a-01.xlsx", "10", "10"), file_of("b-02.xlsx", "20.5", "20")}, small_form());
  const auto csv = facts_csv(made, small_form(), "2018");
  ASSERT_TRUE(csv);
  const auto table = office::read_csv(*csv);
  ASSERT_TRUE(table);
  ASSERT_EQ(table->rows.size(), 4U);
  EXPECT_EQ(table->rows[0], (Texts{"01", "QT01", "2018", "accepted", "10.000000", ""}));
  EXPECT_EQ(table->rows[2][4], "20.500000");
  EXPECT_NE(table->rows[2][5].find("D6"), std::string::npos);
  EXPECT_EQ(office::codes(facts_csv(made, small_form(), "")), Texts{"form.no_period@/period"});
}

TEST(FormJson, AMappingGivenBackIsAMappingAsked) {
  const Table rows{{"", "TỔNG SỐ", "1", "2", "3"}, {"I", "CÁC CƠ QUAN, TỔ CHỨC", "1", "2", "3"}};
  const auto reading = read(rows);
  ASSERT_TRUE(reading);
  const std::string text = http::json::serialize(mapping_json(reading->mapping));
  const auto body = http::parse_json(text);
  base::Problems problems;
  AskedMapping asked;
  {
    http::Fields fields(*body, problems);
    asked = read_asked_mapping(fields);
  }
  ASSERT_TRUE(problems.empty()) << problems[0].code << problems[0].field;
  const auto again = read(rows, asked);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->mapping.columns[1].columns, reading->mapping.columns[1].columns);
  EXPECT_EQ(again->rows.size(), reading->rows.size());
}

TEST(FormJson, RefusesADefinitionThatContradictsItself) {
  const auto body = http::parse_json(
      "{\"code\":\"F\",\"title\":\"T\",\"measure\":\"đồng\",\"decimals\":0,\"name_names\":[\"Tên\"]"
      ","
      "\"columns\":[{\"code\":\"a\",\"title\":\"A\",\"names\":[\"A\"]},{\"code\":\"a\",\"title\":"
      "\"B\","
      "\"kind\":\"ratio\",\"over\":\"z\"}],\"facts\":[{\"indicator\":\"I\",\"row\":\"g\","
      "\"column\":\"b\"}],\"more\":1}");
  ASSERT_TRUE(body);
  const auto form = read_form_definition(*body);
  ASSERT_FALSE(form);
  auto found = codes_of(form.error());
  std::sort(found.begin(), found.end());
  EXPECT_EQ(found, (Texts{"form.code_twice", "form.no_such_column", "form.no_such_column",
                          "form.no_such_group", "json.unknown_field"}));
}

TEST(FormJson, TheFormsWeShipAreSound) {
  std::ifstream in(SOURCE_FOLDER "/demo/forms/b66_tt343.json", std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const auto body = http::parse_json(text);
  ASSERT_TRUE(body);
  const auto form = read_form_definition(*body);
  ASSERT_TRUE(form) << form.error()[0].code << form.error()[0].field;
  EXPECT_EQ(form->columns.size(), 15U);
}

}  // namespace
}  // namespace report
