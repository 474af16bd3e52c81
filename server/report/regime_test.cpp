#include "report/regime.h"

#include <gtest/gtest.h>

namespace report {
namespace {

Days days(DataWindow kind, const char* period) {
  Window window;
  window.kind = kind;
  return days_of(window, *base::Period::parse(period));
}

std::string text(const Days& days) { return days.from.text() + " " + days.to.plus_days(-1).text(); }

// Khánh Hòa's decision 01/2023, article 4, repeats article 12 of the decree line by line.
TEST(DataWindowOfDecree09, RunsFromTheFifteenthBeforeToTheFourteenth) {
  const auto window = [](const char* period) { return text(days(DataWindow::decree_09, period)); };
  EXPECT_EQ(window("2021-07"), "2021-06-15 2021-07-14");
  EXPECT_EQ(window("2021-01"), "2020-12-15 2021-01-14");
  EXPECT_EQ(window("2021-Q3"), "2021-06-15 2021-09-14");
  EXPECT_EQ(window("2021-H1"), "2020-12-15 2021-06-14");
  EXPECT_EQ(window("2021-H2"), "2021-06-15 2021-12-14");
  EXPECT_EQ(window("2021-9M"), "2020-12-15 2021-09-14");
  EXPECT_EQ(window("2021"), "2020-12-15 2021-12-14");
}

TEST(DataWindowOfTheCalendar, IsThePeriodItself) {
  EXPECT_EQ(text(days(DataWindow::calendar, "2021-02")), "2021-02-01 2021-02-28");
  EXPECT_EQ(text(days(DataWindow::calendar, "2021-Q1")), "2021-01-01 2021-03-31");
}

TEST(OwnDataWindow, TakesItsDaysAndStopsAtAShortMonthsEnd) {
  Window window{DataWindow::own, 20, -1, 19};
  EXPECT_EQ(text(days_of(window, *base::Period::parse("2021-03"))), "2021-02-20 2021-03-19");
  window = {DataWindow::own, 1, 0, 31};
  EXPECT_EQ(text(days_of(window, *base::Period::parse("2024-02"))), "2024-02-01 2024-02-29");
}

TEST(DataWindows, OfFollowingPeriodsTouchAndNeverOverlap) {
  for (const DataWindow kind : {DataWindow::decree_09, DataWindow::calendar}) {
    Window window;
    window.kind = kind;
    base::Period period(2019, base::Frequency::month, 1);
    for (int i = 0; i < 60; ++i) {
      const base::Period next =
          i % 12 == 11 ? base::Period(period.year() + 1, base::Frequency::month, 1)
                       : base::Period(period.year(), base::Frequency::month, period.index() + 1);
      EXPECT_EQ(days_of(window, period).to, days_of(window, next).from);
      period = next;
    }
  }
}

TEST(DueDay, IsCountedInWorkingDaysAfterTheWindowByLevel) {
  base::WorkingCalendar calendar;
  calendar.holidays = {base::Date(2021, 7, 16)};
  const Days window = days(DataWindow::decree_09, "2021-07");  // closes on Wednesday 14 July
  const std::vector<Deadline> deadlines{{3, 2}, {2, 4}};
  EXPECT_EQ(due_of(deadlines, 3, window, calendar).text(), "2021-07-19");
  EXPECT_EQ(due_of(deadlines, 2, window, calendar).text(), "2021-07-21");
  EXPECT_EQ(due_of(deadlines, 1, window, calendar).text(), "2021-07-21");
  EXPECT_EQ(due_of({{3, 0}}, 3, window, calendar).text(), "2021-07-14");
}

std::vector<std::string> codes(const Regime& regime) {
  std::vector<std::string> made;
  for (const base::Problem& problem : faults_of(regime)) made.push_back(problem.code);
  return made;
}

Regime sound() {
  Regime regime;
  regime.addressee_level = 3;
  regime.deadlines = {{3, 2}};
  regime.cells = {{"F05", FactKind::actual, false, ""}, {"F05", FactKind::estimate, true, ""}};
  regime.from = base::Date(2021, 1, 1);
  return regime;
}

TEST(Regime, SaysAllThatIsWrongAtOnce) {
  EXPECT_TRUE(codes(sound()).empty());
  Regime wrong;
  wrong.from = wrong.to = base::Date(2021, 1, 1);
  EXPECT_EQ(codes(wrong), (std::vector<std::string>{"regime.no_addressee", "regime.no_deadline",
                                                    "regime.asks_nothing", "regime.ends_before"}));
  Regime twice = sound();
  twice.addressees = {{4}};
  twice.deadlines.push_back({3, 5});
  twice.cells.push_back(twice.cells[0]);
  twice.cells.push_back({"F06", FactKind::actual, true, ""});
  twice.sections = {{"I", "Kết quả", "", true}, {"I", "Khó khăn", "", true}};
  twice.window = {DataWindow::own, 20, 0, 10};
  EXPECT_EQ(codes(twice),
            (std::vector<std::string>{"regime.addressees_twice", "regime.deadline_twice",
                                      "regime.cell_twice", "regime.year_is_estimate",
                                      "regime.window_backwards", "narrative.section_twice"}));
}

TEST(Regime, AWholeYearLineIsOfTheYear) {
  const Regime regime = sound();
  const base::Period month = *base::Period::parse("2021-07");
  EXPECT_EQ(period_of(regime.cells[0], month).text(), "2021-07");
  EXPECT_EQ(period_of(regime.cells[1], month).text(), "2021");
}

}  // namespace
}  // namespace report
