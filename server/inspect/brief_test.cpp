#include "inspect/brief.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "inspect/brief_store.h"
#include "inspect/testing.h"

namespace inspect {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const base::Date kDay(2022, 5, 5);

std::vector<std::string> kinds(const std::vector<BriefLine>& lines) {
  std::vector<std::string> made;
  for (const BriefLine& line : lines) made.emplace_back(name(line.kind));
  return made;
}

ReportCourse course(base::Date due, std::optional<base::Date> handed_in, int returned = 0) {
  return {{7}, {1}, "Báo cáo tháng", "2022-03", due, handed_in, returned};
}

TEST(Brief, AReportIsLateOnlyAfterItsDayAndSilentOnlyWhenThatIsOver) {
  EXPECT_THAT(course_lines({course(kDay, kDay)}, kDay), IsEmpty());
  EXPECT_THAT(course_lines({course(kDay, {})}, kDay), IsEmpty());
  EXPECT_THAT(kinds(course_lines({course(kDay.plus_days(-1), kDay)}, kDay)),
              ElementsAre("late_report"));
  EXPECT_THAT(kinds(course_lines({course(kDay.plus_days(-1), {})}, kDay)),
              ElementsAre("silent_report"));
  EXPECT_THAT(kinds(course_lines({course(kDay.plus_days(-1), kDay, 2)}, kDay)),
              ElementsAre("late_report", "returned_report"));
}

/// A year of months of some units, all near 100.
std::vector<FigurePoint> calm_year() {
  std::vector<FigurePoint> points;
  for (int unit = 1; unit <= 6; ++unit) {
    for (int month = 1; month <= 12; ++month) {
      points.push_back({{unit},
                        5,
                        base::Period(2021, base::Frequency::month, month).text(),
                        unit * 100 + month,
                        100 + (month * 7 + unit * 3) % 11});
    }
  }
  return points;
}
const base::Date kFrom(2021, 1, 1), kTo(2022, 1, 1);

TEST(Brief, ACalmYearHasNothingApart) {
  EXPECT_THAT(apart_figures(calm_year(), kFrom, kTo), IsEmpty());
}

TEST(Brief, OneFigureApartIsFoundAndOnlyIt) {
  auto points = calm_year();
  for (FigurePoint& point : points) {
    if (point.unit.value == 3 && point.period == "2021-11") point.amount = 990;
  }
  const auto found = apart_figures(points, kFrom, kTo);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].at.unit.value, 3);
  EXPECT_EQ(found[0].at.period, "2021-11");
  EXPECT_NEAR(static_cast<double>(found[0].usual), 105, 6);
  EXPECT_THAT(apart_figures(points, kFrom, base::Date(2021, 11, 30)), IsEmpty())
      << "the time looked at is half-open";
}

TEST(Brief, WhatAllUnitsDoIsNotOfOneUnit) {
  auto points = calm_year();
  for (FigurePoint& point : points) {
    if (point.period == "2021-12") point.amount *= 3;
  }
  EXPECT_THAT(apart_figures(points, kFrom, kTo), IsEmpty());
}

TEST(Brief, TheGravestStandsFirst) {
  BriefLine late;
  late.unit = {2};
  BriefLine repeated = late;
  repeated.kind = BriefKind::earlier_repeated;
  BriefLine other = late;
  other.unit = {1};
  std::vector<BriefLine> lines{late, other, repeated};
  order(lines);
  EXPECT_THAT(lines, ElementsAre(repeated, other, late));
}

class BriefTest : public testing::Ground {
 protected:
  std::vector<BriefLine> brief_of(InspectionId id) {
    const Inspection one = now(id);
    return db_->read([&](store::Tx& tx) { return write_brief(tx, one, day_, clock_); });
  }
  static report::Now on_day(base::Date day) {
    const auto since = day.days().time_since_epoch();
    return {{std::chrono::duration_cast<std::chrono::microseconds>(since).count() + 3'600'000'000},
            day};
  }
  report::OnReport newest(store::Tx& tx, report::ReportId id) {
    return {id, report::report_store::find(tx, id)->revision};
  }
  void SetUp() override {
    db_->write([&](store::Tx& tx) {
      const auto rows =
          direct::indicator_rows(office::read_csv("code,name,measure_unit,decimals,direction,"
                                                  "across_units,across_time,numerator,denominator,"
                                                  "weight,frequency\n"
                                                  "F2,Lớp bồi dưỡng,lớp,0,up,sum,sum,,,,month\n")
                                     .value())
              .value();
      ASSERT_TRUE(direct::define_indicators(tx, auth::console_actor("test"), {}, rows));
    });
  }
  /// A report of the commune to the district, written and handed in on a day.
  report::ReportId reported(const char* indicator, const char* period, base::Date due,
                            base::Date handed_in, const std::string& words,
                            const std::string& figure) {
    return db_->write([&](store::Tx& tx) {
      report::NewRequest asked;
      asked.request = {
          {}, district_, std::string("Báo cáo ") + indicator, org::kGovernment, period, due, true};
      asked.indicators = {indicator};
      asked.units = {commune_};
      asked.outline = {{"1", "Kết quả", "", true}};
      const auto request =
          report::create_request(tx, ha_, on_day(due.plus_days(-30)), asked).value();
      const org::Scope everyone{{}, day_, true};
      const auto id = report::report_store::reports(tx, everyone, request).front().report.id;
      const report::Now then = on_day(handed_in);
      EXPECT_TRUE(
          report::put_cells(tx, lan_, then, newest(tx, id),
                            {{indicator, report::FactState::value, figure, false, {}, ""}}));
      EXPECT_TRUE(report::put_section(tx, lan_, then, newest(tx, id), "1", {{{}, words, {}, ""}}));
      EXPECT_TRUE(report::submit_report(tx, lan_, then, newest(tx, id)));
      EXPECT_TRUE(report::accept_report(tx, ha_, then, newest(tx, id)));
      return id;
    });
  }
};

TEST_P(BriefTest, WhereAllIsInOrderOnlyTheUnansweredProgrammeIsTold) {
  reported("F2", "2021-11", base::Date(2021, 12, 5), base::Date(2021, 12, 5), "Mở lớp đầu.", "1");
  reported("F2", "2021-12", base::Date(2022, 1, 5), base::Date(2022, 1, 4), "Thêm hai lớp.", "2");
  reported("F1", "2021", base::Date(2022, 2, 1), base::Date(2022, 2, 1), "Kết nạp đủ.", "120");
  const InspectionId id = announced();
  hand_up(id);  // its own sum is 120 too
  const auto lines = brief_of(id);
  EXPECT_THAT(kinds(lines), ElementsAre("silent_adoption"));
  EXPECT_EQ(lines.front().unit, district_);
}

TEST_P(BriefTest, EveryPlantedFaultIsFoundWithItsSource) {
  reported("F2", "2021-11", base::Date(2021, 12, 5), base::Date(2021, 12, 5), "Mở lớp đầu.", "1");
  const auto same =
      reported("F2", "2021-12", base::Date(2022, 1, 5), base::Date(2022, 1, 4), "Mở lớp đầu.", "2");
  reported("F1", "2021", base::Date(2022, 2, 1), base::Date(2022, 2, 9), "Kết nạp thêm.", "101");
  const InspectionId id = announced();
  hand_up(id);
  const auto lines = brief_of(id);
  ASSERT_THAT(kinds(lines),
              ElementsAre("figure_disagrees", "copied", "late_report", "silent_adoption"));
  EXPECT_EQ(lines[0].unit, district_);
  EXPECT_EQ(lines[0].value + " beside " + lines[0].beside, "120 beside 101");
  EXPECT_EQ(lines[0].source_id, now(id).units.front().report->value);
  EXPECT_EQ(lines[1].source_id, same.value);
  EXPECT_EQ(lines[1].section, "1");
  EXPECT_EQ(lines[2].unit, commune_);
  EXPECT_EQ(lines[2].due_on, base::Date(2022, 2, 1));
  EXPECT_EQ(lines[2].done_on, base::Date(2022, 2, 9));
}

INSTANTIATE_TEST_SUITE_P(Databases, BriefTest, ::testing::ValuesIn(store::testing::databases()));

}  // namespace
}  // namespace inspect
