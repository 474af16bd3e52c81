#include <gtest/gtest.h>

#include <algorithm>

#include "office/form_xlsx.h"
#include "office/made_workbook_test.h"
#include "report/read_returned.h"
#include "report/returned_figure.h"

namespace report {
namespace {

using office::Workbook;
using Kind = Workbook::Kind;
using Codes = std::vector<std::string>;

const PlaceKey kKey{"noi-nay", "bi mat"};

ReportForm form(ReportState state = ReportState::draft) {
  ReportForm made;
  Report& report = made.sheet.report;
  report.id = {17}, report.request = {5}, report.unit = {9};
  report.state = state, report.revision = 3;
  made.request.id = {5};
  made.request.title = "Báo cáo tháng";
  made.request.period = "2022-04";
  made.request.due_on = base::Date(2022, 4, 25);
  made.unit = {{9}, "10183", "Thị trấn Thường Tín"};
  made.requester = {{8}, "279", "Huyện Thường Tín"};
  const auto add = [&](const char* code, const char* name, const char* measure, int decimals) {
    Cell cell;
    cell.indicator.code = code;
    cell.indicator.name = name;
    cell.indicator.measure_unit = measure;
    cell.indicator.decimals = decimals;
    cell.fact.report = {17};
    made.sheet.cells.push_back(cell);
  };
  add("F03", "Đảng viên mới kết nạp", "người", 0);
  add("F05", "Hồ sơ đã giải quyết", "hồ sơ", 0);
  add("F06", "Hồ sơ đúng hạn", "hồ sơ", 0);
  add("F07", "Tỷ lệ hài lòng", "%", 1);
  made.sheet.cells[0].fact.state = FactState::value;
  made.sheet.cells[0].fact.amount = 4;
  made.sheet.cells[0].fact.remark = "theo sổ";
  return made;
}

/// A workbook that was sent out, as a table to edit: each cell by its reference.
class Returned {
 public:
  explicit Returned(const ReportForm& sent) : sent_(sent) {
    const std::string bytes = office::write_form(workbook_form(sent, kKey));
    book_ = office::read_xlsx(bytes).value();
  }

  Workbook::Sheet& sheet() { return book_.sheets[0]; }
  Workbook& book() { return book_; }
  std::uint32_t row_of(const std::string& code) {
    for (const auto& row : sheet().rows) {
      if (row.cells.front().column == 1 && row.cells.front().text == code) return row.number;
    }
    return 0;
  }
  Returned& put(const std::string& code, Workbook::Cell cell, std::uint32_t column = 8) {
    cell.column = column;
    for (auto& row : sheet().rows) {
      if (row.number != row_of(code)) continue;
      std::erase_if(row.cells, [&](const auto& one) { return one.column == column; });
      const auto at = std::find_if(row.cells.begin(), row.cells.end(),
                                   [&](const auto& one) { return one.column > column; });
      if (!cell.text.empty()) row.cells.insert(at, std::move(cell));
    }
    return *this;
  }
  Returned& number(const std::string& code, const std::string& text) {
    return put(code, {0, Kind::number, false, false, 0, text});
  }
  Returned& text(const std::string& code, const std::string& text, std::uint32_t column = 8) {
    return put(code, {0, Kind::text, false, false, 0, text}, column);
  }

  base::Result<Reading> read(const ReportForm& expected) const {
    ASSIGN_OR_RETURN(const WorkbookIdentity identity, identity_in(book_, kKey));
    return read_returned(book_, identity, expected);
  }
  base::Result<Reading> read() const { return read(sent_); }

 private:
  ReportForm sent_;
  Workbook book_;
};

Codes codes_of(const base::Problems& problems) {
  Codes made;
  for (const auto& one : problems) made.push_back(one.code);
  return made;
}

std::string verdicts(const base::Result<Reading>& reading) {
  std::string made;
  if (!reading) return office::codes(reading).front();
  for (const auto& cell : reading->cells) made += std::string(name(cell.verdict)).substr(0, 1);
  return made;
}

TEST(ReadReturned, TakesAnUntouchedWorkbookAsSame) {
  const auto reading = Returned(form()).read();
  EXPECT_EQ(verdicts(reading), "ssss");
  EXPECT_TRUE(reading->told.empty());
  EXPECT_TRUE(fresh_entries(*reading, form()).empty());
}

TEST(ReadReturned, TakesFiguresWordsAndRemarksAsNew) {
  Returned back(form());
  back.number("F03", "5").text("F05", "không áp dụng").text("F06", "Chua co");
  back.number("F07", "98.5").text("F07", "chưa tính tháng 3", 9);
  const auto reading = back.read();
  ASSERT_EQ(verdicts(reading), "nnnn");
  const auto entries = fresh_entries(*reading, form());
  ASSERT_EQ(entries.size(), 4U);
  EXPECT_EQ(entries[0].figure, "5");
  EXPECT_FALSE(entries[0].remark);  // the one that stands is kept
  EXPECT_EQ(entries[1].state, FactState::not_applicable);
  EXPECT_EQ(entries[2].state, FactState::not_yet);
  EXPECT_EQ(entries[3].figure, "98.5");
  EXPECT_EQ(entries[3].remark, "chưa tính tháng 3");
}

TEST(ReadReturned, ZeroIsAFigureAndAnEmptiedCellIsDoubted) {
  Returned back(form());
  back.number("F05", "0").text("F03", "");
  const auto reading = back.read();
  EXPECT_EQ(verdicts(reading), "dnss");
  EXPECT_EQ(codes_of(reading->cells[0].reasons), Codes{"workbook.emptied"});
  EXPECT_EQ(reading->cells[1].amount, 0);
}

TEST(ReadReturned, FindsMovedRowsAndInsertedColumnsByCodeAndHead) {
  Returned back(form());
  back.number("F03", "9").number("F06", "11");
  auto& rows = back.sheet().rows;
  std::swap(rows[rows.size() - 1].cells, rows[rows.size() - 4].cells);  // F03 <-> F07
  for (auto& row : rows) {
    for (auto& cell : row.cells) ++cell.column;  // a column inserted at the left
  }
  back.sheet().name = "Sheet1";
  std::swap(back.book().sheets[0], back.book().sheets[1]);
  const auto reading = back.read();
  EXPECT_EQ(verdicts(reading), "nsns");
  EXPECT_EQ(codes_of(reading->told), Codes{"workbook.rows_moved"});
  EXPECT_EQ(reading->cells[0].amount, 9);
  EXPECT_EQ(reading->cells[0].place.substr(0, 1), "I");
}

TEST(ReadReturned, TellsRowsTooManyAndRowsThatAreGone) {
  Returned back(form());
  back.text("F05", "F99", 1);
  const auto reading = back.read();
  EXPECT_EQ(codes_of(reading->told), (Codes{"workbook.row_unknown", "workbook.row_missing"}));
  EXPECT_EQ(verdicts(reading), "ssss");
  EXPECT_EQ(reading->cells[1].place, "");
}

TEST(ReadReturned, DoubtsACodeThatStandsTwiceAndTakesNeither) {
  Returned back(form());
  back.text("F06", "F05", 1);
  auto& rows = back.sheet().rows;
  for (auto& row : rows) {
    if (row.cells.front().text == "F05")
      row.cells.insert(row.cells.end(),
                       {8, Kind::number, false, false, 0, std::to_string(row.number)});
  }
  const auto reading = back.read();
  EXPECT_EQ(verdicts(reading), "sdss");
  EXPECT_EQ(reading->cells[1].reasons[0].code, "workbook.code_twice");
  EXPECT_EQ(reading->cells[1].readings.size(), 2U);
}

TEST(ReadReturned, DoubtsFiguresBesideAnotherNameOrMeasure) {
  Returned back(form());
  back.number("F05", "7").text("F05", "Hồ sơ quá hạn", 2);
  back.number("F06", "7").text("F06", "nghìn hồ sơ", 4);
  const auto reading = back.read();
  EXPECT_EQ(verdicts(reading), "sdds");
  EXPECT_EQ(codes_of(reading->cells[1].reasons), Codes{"workbook.name_differs"});
  EXPECT_EQ(codes_of(reading->cells[2].reasons), Codes{"workbook.unit_differs"});
}

TEST(ReadReturned, DoubtsWhatIsMergedOrHidden) {
  Returned back(form());
  back.number("F05", "7").number("F06", "8");
  const std::uint32_t row = back.row_of("F05");
  back.sheet().merged.push_back({row, 8, row + 1, 8});
  const auto merged = back.read();
  EXPECT_EQ(verdicts(merged), "sdds");
  EXPECT_EQ(codes_of(merged->cells[1].reasons), Codes{"workbook.merged"});
  back.sheet().merged.clear();
  for (auto& one : back.sheet().rows) one.is_hidden = one.number == row;
  EXPECT_EQ(codes_of(back.read()->cells[1].reasons), Codes{"workbook.hidden_row"});
  EXPECT_EQ(verdicts(back.read()), "sdns");
  back.sheet().hidden_columns = {{8, 8}};
  EXPECT_EQ(codes_of(back.read()->cells[2].reasons), Codes{"workbook.hidden_column"});
  back.sheet().hidden_columns.clear();
  back.sheet().is_hidden = true;
  EXPECT_EQ(codes_of(back.read()->cells[2].reasons), Codes{"workbook.hidden_sheet"});
}

TEST(ReadReturned, KnowsWhoseItIsAndRefusesAnother) {
  const Returned back(form());
  ReportForm other = form();
  other.sheet.report.id = {18};
  other.unit.code = "10186";
  EXPECT_EQ(office::codes(back.read(other)), Codes{"workbook.other_unit@"});
  other.unit = form().unit;
  other.request.period = "2021-04";
  EXPECT_EQ(office::codes(back.read(other)), Codes{"workbook.other_period@"});
  other.request.period = "2022-04";
  EXPECT_EQ(office::codes(back.read(other)), Codes{"workbook.other_report@"});
}

TEST(ReadReturned, TellsAForgedIdentityAndOneOfAnotherPlace) {
  Returned back(form());
  const auto forge = [&](const std::string& from, const std::string& to) {
    Returned forged = back;
    for (auto& sheet : forged.book().sheets) {
      for (auto& row : sheet.rows) {
        for (auto& cell : row.cells) {
          if (const auto at = cell.text.find(from); at != std::string::npos)
            cell.text.replace(at, from.size(), to);
        }
      }
    }
    return office::codes(forged.read());
  };
  EXPECT_EQ(forge("TS1|17|", "TS1|18|"), Codes{"workbook.tampered@"});
  EXPECT_EQ(forge("|2022-04|", "|2022-05|"), Codes{"workbook.tampered@"});
  EXPECT_EQ(forge("|noi-nay|", "|noi-khac|"), Codes{"workbook.other_place@"});
  EXPECT_EQ(forge("TS1|", "TS1x"), Codes{"workbook.no_identity@"});
  back.text("F05", "TS1|1|2", 9);
  EXPECT_EQ(office::codes(back.read()), Codes{"workbook.two_identities@"});
}

TEST(ReadReturned, RefusesAHiddenSheetThatWasEdited) {
  Returned back(form());
  for (auto& row : back.book().sheets[1].rows) {
    for (auto& cell : row.cells) {
      if (cell.text == "4") cell.text = "5";
    }
  }
  EXPECT_EQ(office::codes(back.read()), Codes{"workbook.tampered@"});
  back.book().sheets.pop_back();  // deleted: told, and read against what stands
  back.number("F05", "6");
  const auto reading = back.read();
  EXPECT_EQ(verdicts(reading), "snss");
  EXPECT_EQ(codes_of(reading->told), Codes{"workbook.no_given"});
}

TEST(ReadReturned, SaysWhatChangedSinceTheDownload) {
  Returned back(form());
  back.number("F05", "6");
  ReportForm now = form();
  now.sheet.report.revision = 5;
  now.sheet.cells[0].fact.amount = 8;  // not touched in the workbook
  now.sheet.cells[1].fact.state = FactState::value;
  now.sheet.cells[1].fact.amount = 7;  // changed on both sides
  const auto reading = back.read(now);
  EXPECT_EQ(verdicts(reading), "sdss");
  EXPECT_EQ(codes_of(reading->told), Codes{"workbook.older"});
  EXPECT_EQ(codes_of(reading->cells[0].reasons), Codes{"workbook.changed_since"});
  EXPECT_EQ(reading->cells[0].amount, 8);
  EXPECT_EQ(codes_of(reading->cells[1].reasons), Codes{"workbook.both_changed"});
  EXPECT_EQ(reading->cells[1].reasons[0].args, (Codes{"–", "7"}));
}

TEST(ReadReturned, RefusesChangesOfALockedReport) {
  Returned back(form());
  back.number("F05", "6").text("F03", "xem lại", 9);
  const auto reading = back.read(form(ReportState::submitted));
  EXPECT_EQ(verdicts(reading), "rrss");
  EXPECT_EQ(codes_of(reading->cells[1].reasons), Codes{"report.locked"});
}

TEST(ReadReturned, WantsExactlyOneTable) {
  Returned back(form());
  back.book().sheets.push_back(back.sheet());
  EXPECT_EQ(office::codes(back.read()), Codes{"workbook.two_tables@"});
  back.book().sheets.pop_back();
  for (auto& row : back.sheet().rows) {
    for (auto& cell : row.cells) {
      if (cell.text == "Ghi chú") cell.text = "SỐ KỲ NÀY";
    }
  }
  EXPECT_EQ(office::codes(back.read()), Codes{"workbook.column_twice@"});
  for (auto& row : back.sheet().rows) {
    for (auto& cell : row.cells) {
      if (cell.text == "Mã") cell.text = "STT";
    }
  }
  EXPECT_EQ(office::codes(back.read()), Codes{"workbook.no_table@"});
}

TEST(ReadReturned, DoubtsRemarksThatVanishAndRefusesEndlessOnes) {
  Returned back(form());
  back.text("F03", "", 9);
  EXPECT_EQ(codes_of(back.read()->cells[0].reasons), Codes{"workbook.remark_emptied"});
  std::string endless;
  for (int i = 0; i < 1001; ++i) endless += "ơ";
  back.text("F03", endless, 9);
  EXPECT_EQ(verdicts(back.read()), "rsss");
}

/// State or amount, then readings, doubts and refusals.
std::string said(const Workbook::Cell& cell, const direct::Indicator& indicator) {
  const ReturnedFigure read = returned_figure(&cell, indicator, "H9");
  std::string made = read.amount  ? std::to_string(*read.amount)
                     : read.state ? std::string(name(*read.state))
                                  : "?";
  for (const auto& one : read.readings) made += " ~" + std::to_string(one);
  for (const auto& one : read.doubts) made += " " + one.code;
  for (const auto& one : read.refusals) made += " !" + one.code;
  return made;
}

TEST(ReturnedFigure, ReadsWhatPeopleLeaveInACell) {
  direct::Indicator whole;
  whole.measure_unit = "người";
  direct::Indicator share;
  share.measure_unit = "%";
  share.decimals = 1;
  const auto text = [](const char* words) {
    return Workbook::Cell{8, Kind::text, false, false, 0, words};
  };
  const auto number = [](const char* words, bool percent = false, bool formula = false) {
    return Workbook::Cell{8, Kind::number, formula, percent, 0, words};
  };
  EXPECT_EQ(said(number("12"), whole), "12");
  EXPECT_EQ(said(number("12.5"), whole), "? !figure.too_many_decimals");
  EXPECT_EQ(said(number("12.5"), share), "125");
  EXPECT_EQ(said(number("-3"), whole), "-3");
  EXPECT_EQ(said(text("12"), whole), "12");
  EXPECT_EQ(said(text("98,5"), share), "985");
  EXPECT_EQ(said(text("1.234,5"), share), "12345");
  EXPECT_EQ(said(text("1,234.5"), share), "12345 workbook.foreign_notation");
  EXPECT_EQ(said(text("98.5"), share), "985 workbook.foreign_notation");
  EXPECT_EQ(said(text("1.234"), whole), "1234 ~1234 figure.ambiguous");
  direct::Indicator fine = share;
  fine.decimals = 3;
  EXPECT_EQ(said(text("1.234"), fine), "? ~1234000 ~1234 figure.ambiguous");
  EXPECT_EQ(said(text("1.234.567"), whole), "1234567");
  EXPECT_EQ(said(text("mười"), whole), "? !figure.not_a_number");
  EXPECT_EQ(said(text("=1+1"), whole), "? !figure.not_a_number");
  EXPECT_EQ(said(number("0.985", true), share), "985 workbook.percent");
  EXPECT_EQ(said(number("0.985", true), whole), "? !workbook.percent_unit");
  EXPECT_EQ(said(text("98,5%"), share), "985 workbook.percent");
  EXPECT_EQ(said(text("98,5 %"), whole), "? !workbook.percent_unit");
  EXPECT_EQ(said(number("7", false, true), whole), "7 workbook.formula");
  EXPECT_EQ(said({8, Kind::empty, true, false, 0, ""}, whole), "? !workbook.formula_empty");
  EXPECT_EQ(said({8, Kind::error, false, false, 0, "#DIV/0!"}, whole), "? !workbook.error_value");
  EXPECT_EQ(said({8, Kind::boolean, false, false, 0, "TRUE"}, whole), "? !workbook.boolean");
  EXPECT_EQ(said({8, Kind::date, false, false, 0, "2022-05-01"}, whole), "? !workbook.date");
  EXPECT_EQ(said(number("100000000000000001"), whole), "? !figure.out_of_range");
}

TEST(AnnotatedCopy, SaysEachDoubtInWordsAndIsItselfReadable) {
  Returned back(form());
  back.text("F05", "1,234.5").number("F06", "11").text("F07", "mười");
  const auto reading = back.read();
  ASSERT_EQ(verdicts(reading), "srnr");
  const std::string bytes = office::write_form(workbook_form(form(), kKey, &*reading));
  const Workbook copy = office::read_xlsx(bytes).value();
  const auto again = read_returned(copy, identity_in(copy, kKey).value(), form());
  EXPECT_EQ(verdicts(again), "srnr");
  bool is_said = false;
  for (const auto& row : copy.sheets[0].rows) {
    for (const auto& cell : row.cells) is_said = is_said || cell.text == "Không nhận được";
  }
  EXPECT_TRUE(is_said);
  EXPECT_NE(office::part_of(bytes, "xl/comments1.xml").find("mười"), std::string::npos);
}

TEST(WorkbookFileName, IsAsciiWithTheCodeFirst) {
  EXPECT_EQ(workbook_file_name(form()), "10183-thi-tran-thuong-tin-2022-04.xlsx");
}

}  // namespace
}  // namespace report
