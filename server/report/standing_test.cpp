#include "report/standing.h"

#include <gtest/gtest.h>

#include "direct/programme_store.h"
#include "direct/testing.h"
#include "report/service.h"

namespace report {
namespace {

using direct::TargetStatus;

class Standings : public direct::testing::World {
 protected:
  void facts(const std::string& rows) {
    const auto table = office::read_csv("unit_code,indicator,period,status,value\n" + rows);
    const auto done = db_->write([&](store::Tx& tx) {
      return import_facts(tx, auth::console_actor("test"), {{}, kToday}, *table, {});
    });
    ASSERT_TRUE(done.has_value()) << done.error().front().code << done.error().front().field;
  }
  direct::Programme programme() {
    return db_->read(
        [&](store::Tx& tx) { return direct::programme_store::find(tx, programme_).value(); });
  }
  Standing standing(base::Date day) {
    return db_->read([&](store::Tx& tx) {
      return standings(tx, direct::programme_store::find(tx, programme_).value(), day).at(0);
    });
  }
};

INSTANTIATE_TEST_SUITE_P(Databases, Standings, ::testing::ValuesIn(store::testing::databases()));

TEST_P(Standings, ATargetIsJudgedByWhatHasBeenCollectedUntilTheDay) {
  EXPECT_EQ(standing(base::Date(2022, 3, 10)).status, TargetStatus::no_data);
  facts("10183,F1,2022-01,accepted,2\n10186,F1,2022-01,accepted,1\n10183,F1,2022-02,accepted,1\n");
  const Standing early = standing(base::Date(2022, 3, 10));
  EXPECT_EQ(early.reached->text(), "2022-02");
  EXPECT_EQ(early.actual, 4);
  EXPECT_EQ(early.expected, 5) << "two twelfths of 30";
  EXPECT_EQ(early.status, TargetStatus::behind);
  EXPECT_EQ(standing(base::Date(2022, 2, 10)).actual, 3) << "as of an earlier day";
  EXPECT_EQ(standing(base::Date(2022, 2, 10)).status, TargetStatus::on_track);
  facts("10189,F1,2022-03,accepted,26\n");
  EXPECT_EQ(standing(base::Date(2022, 4, 10)).status, TargetStatus::completed);
  EXPECT_EQ(standing(base::Date(2023, 1, 10)).status, TargetStatus::completed);
  facts("10189,F1,2022-12,accepted,5\n");
  EXPECT_EQ(standing(base::Date(2023, 1, 10)).status, TargetStatus::exceeded);
}

TEST_P(Standings, TheHeadlineIsCountsNotAnAverage) {
  facts("10183,F1,2022-01,accepted,2\n");
  const Headline headline = db_->read([&](store::Tx& tx) {
    return headline_of(standings(tx, direct::programme_store::find(tx, programme_).value(),
                                 base::Date(2022, 3, 10)));
  });
  EXPECT_EQ(headline.behind, 1);
  EXPECT_EQ(headline.no_data + headline.on_track + headline.completed + headline.exceeded, 0);
}

TEST_P(Standings, EachUnitsPartHasItsOwnStatus) {
  facts("10183,F1,2022-01,accepted,12\n10186,F1,2022-01,accepted,1\n");
  db_->write([&](store::Tx& tx) {
    const auto target = direct::programme_store::targets(tx, programme_, district_).at(0);
    direct::programme_store::allocate(tx, target, first_, 12);
    direct::programme_store::allocate(tx, target, second_, 24);
  });
  const direct::Programme whole = programme();
  const HeatMap map =
      db_->read([&](store::Tx& tx) { return heat_map(tx, whole, base::Date(2022, 2, 10)); });
  ASSERT_EQ(map.units.size(), 3U);
  EXPECT_EQ(map.cells[0][0].status, TargetStatus::completed);
  EXPECT_EQ(map.cells[1][0].status, TargetStatus::behind);
  EXPECT_EQ(map.cells[1][0].actual, 1);
  EXPECT_FALSE(map.cells[2][0].allocated.has_value());
}

TEST_P(Standings, TheTrendShowsActualTrajectoryAndTheYearBefore) {
  facts("10183,F1,2021-01,accepted,7\n10183,F1,2022-01,accepted,2\n10183,F1,2022-02,accepted,3\n");
  const base::Date day(2022, 3, 10);
  const Standing one = standing(day);
  const auto points = db_->read([&](store::Tx& tx) { return trend(tx, one, day); });
  ASSERT_EQ(points.size(), 12U);
  EXPECT_EQ(points[0].actual, 2);
  EXPECT_EQ(points[1].actual, 5);
  EXPECT_EQ(points[2].actual, std::nullopt);
  EXPECT_EQ(points[0].year_before, 7);
  EXPECT_EQ(points[11].expected, 30);
}

TEST_P(Standings, KeysForDividingComeFromFacts) {
  facts("10183,F2,2022-01,accepted,300\n10186,F2,2022-01,accepted,100\n");
  const auto values = db_->read([&](store::Tx& tx) {
    return values_of(tx, {first_, second_, third_}, "F2", *base::Period::parse("2022-01"));
  });
  EXPECT_EQ(values[0], 300);
  EXPECT_EQ(values[1], 100);
  EXPECT_EQ(values[2], std::nullopt);
}

}  // namespace
}  // namespace report
