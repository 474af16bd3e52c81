#include "report/report.h"

#include <gtest/gtest.h>

namespace report {
namespace {

/// Two cells, F05 and F06, both blank, in report 7.
Sheet sheet(ReportState state = ReportState::draft) {
  Sheet made;
  made.report.id = {7};
  made.report.state = state;
  for (const std::int64_t id : {5, 6}) {
    Cell cell;
    cell.indicator.id = {id};
    cell.indicator.code = "F0" + std::to_string(id);
    cell.fact.indicator = {id};
    cell.fact.report = {7};
    made.cells.push_back(cell);
  }
  return made;
}

Entry value(const char* indicator, const char* figure) {
  Entry entry;
  entry.indicator = indicator;
  entry.state = FactState::value;
  entry.figure = figure;
  entry.pointer = "/cells/0";
  return entry;
}

template <class T>
std::vector<std::string> codes(const base::Result<T>& result) {
  std::vector<std::string> made;
  if (!result) {
    for (const base::Problem& problem : result.error()) made.push_back(problem.code);
  }
  return made;
}

using Codes = std::vector<std::string>;

Sheet filled() {
  Entry second = value("F06", "9");
  return enter(sheet(), {value("F05", "12"), second}).value();
}

/// What an act did is saved and read again with nothing pending.
Sheet after(base::Result<Sheet> result) {
  Sheet made = std::move(result).value();
  for (const std::size_t cell : made.changed) ++made.cells[cell].fact.revision;
  made.changed.clear();
  return made;
}

TEST(EnterReport, WritesValuesAndKeepsTheOtherEmptinesApart) {
  Entry none = value("F06", "");
  none.state = FactState::not_applicable;
  const auto entered = enter(sheet(), {value("F05", "0"), none});
  ASSERT_TRUE(entered);
  EXPECT_EQ(entered->cells[0].fact.amount, 0);
  EXPECT_EQ(entered->cells[0].fact.state, FactState::value);
  EXPECT_EQ(entered->cells[1].fact.state, FactState::not_applicable);
  EXPECT_EQ(entered->cells[1].fact.amount, std::nullopt);
  EXPECT_EQ(entered->changed.size(), 2U);
}

TEST(EnterReport, SaysEveryFaultAtOnceAndChangesNothing) {
  const auto refused = enter(sheet(), {value("F05", "3.99"), value("F99", "1"), value("F05", "2")});
  EXPECT_EQ(codes(refused),
            (Codes{"figure.too_many_decimals", "report.cell_not_asked", "report.cell_twice"}));
}

TEST(EnterReport, AsksBackWhatAPersonWroteAmbiguously) {
  Entry typed = value("F05", "1.234");
  typed.is_typed = true;
  EXPECT_EQ(codes(enter(sheet(), {typed})), (Codes{"figure.ambiguous"}));
  typed.figure = "1 234";
  EXPECT_EQ(enter(sheet(), {typed})->cells[0].fact.amount, 1234);
}

TEST(EnterReport, DoesNotTouchWhatIsSaidAgain) {
  EXPECT_TRUE(enter(after(filled()), {value("F05", "12")})->changed.empty());
}

TEST(EnterReport, RefusesWhileTheSuperiorHasIt) {
  EXPECT_EQ(codes(enter(sheet(ReportState::submitted), {value("F05", "1")})),
            (Codes{"report.locked"}));
  EXPECT_EQ(codes(enter(sheet(ReportState::accepted), {value("F05", "1")})),
            (Codes{"report.locked"}));
}

TEST(EnterReport, RefusesAFigureSettledThroughAnotherReport) {
  Sheet shared = sheet();
  shared.cells[0].fact.report = {3};
  shared.cells[0].fact.status = FactStatus::accepted;
  shared.cells[0].fact.revision = 4;
  EXPECT_EQ(codes(enter(shared, {value("F05", "1")})), (Codes{"report.cell_settled"}));
}

TEST(SubmitReport, NamesEveryBlankCell) {
  const auto refused = submit(sheet());
  EXPECT_EQ(codes(refused), (Codes{"report.cell_blank", "report.cell_blank"}));
  EXPECT_EQ(refused.error()[1].field, "/cells/1");
}

TEST(SubmitReport, LocksTheReportAndHandsItsFiguresUp) {
  const auto sent = submit(after(filled()));
  ASSERT_TRUE(sent);
  EXPECT_EQ(sent->report.state, ReportState::submitted);
  EXPECT_EQ(sent->cells[0].fact.status, FactStatus::submitted);
  EXPECT_EQ(codes(submit(*sent)), (Codes{"report.state"}));
}

TEST(AcceptReport, WantsASubmittedReport) {
  EXPECT_EQ(codes(accept(sheet())), (Codes{"report.state"}));
  const Sheet accepted = accept(after(submit(after(filled())))).value();
  EXPECT_EQ(accepted.report.state, ReportState::accepted);
  EXPECT_EQ(accepted.cells[1].fact.status, FactStatus::accepted);
}

TEST(ReturnReport, OpensOnlyTheNamedCell) {
  Sheet sent = after(submit(after(filled())));
  const Sheet returned = after(give_back(sent, "", {{"F06", "lệch với sổ một cửa", "/cells/0"}}));
  EXPECT_EQ(returned.report.state, ReportState::returned);
  EXPECT_EQ(returned.cells[1].fact.note, "lệch với sổ một cửa");
  EXPECT_EQ(codes(enter(returned, {value("F05", "1")})), (Codes{"report.cell_not_returned"}));
  const Sheet mended = after(enter(returned, {value("F06", "8")}));
  const Sheet again = submit(mended).value();
  EXPECT_EQ(again.cells[0].fact.status, FactStatus::submitted);
  EXPECT_EQ(again.cells[1].fact.amount, 8);
}

TEST(ReturnReport, OpensEverythingWhenNoCellIsNamed) {
  const Sheet returned =
      after(give_back(after(submit(after(filled()))), "xem lại toàn bộ số liệu", {}));
  EXPECT_TRUE(enter(returned, {value("F05", "1"), value("F06", "2")}));
}

TEST(ReturnReport, WantsAReasonLongEnoughToActOn) {
  const Sheet sent = after(submit(after(filled())));
  EXPECT_EQ(codes(give_back(sent, "sai", {})), (Codes{"report.remark_short"}));
  EXPECT_EQ(
      codes(give_back(sent, "",
                      {{"F06", "sai", "/cells/0"}, {"F77", "không có chỉ số này", "/cells/1"}})),
      (Codes{"report.remark_short", "report.cell_not_asked"}));
}

TEST(ExcludeCell, TakesAFigureOutWithAReasonAndBackIn) {
  const Sheet accepted = after(accept(after(submit(after(filled())))));
  EXPECT_EQ(codes(exclude(accepted, "F05", "sai")), (Codes{"report.remark_short"}));
  const Sheet excluded = after(exclude(accepted, "F05", "nhập nhầm đơn vị, chờ đính chính"));
  EXPECT_EQ(excluded.cells[0].fact.status, FactStatus::excluded);
  EXPECT_EQ(codes(exclude(excluded, "F05", "nhập nhầm đơn vị, chờ đính chính")),
            (Codes{"report.cell_state"}));
  EXPECT_EQ(include(excluded, "F05")->cells[0].fact.status, FactStatus::accepted);
}

TEST(ExcludeCell, SurvivesAcceptance) {
  const Sheet sent = after(submit(after(filled())));
  const Sheet accepted =
      accept(after(exclude(sent, "F05", "nhập nhầm đơn vị, chờ đính chính"))).value();
  EXPECT_EQ(accepted.cells[0].fact.status, FactStatus::excluded);
  EXPECT_EQ(accepted.cells[1].fact.status, FactStatus::accepted);
}

}  // namespace
}  // namespace report
