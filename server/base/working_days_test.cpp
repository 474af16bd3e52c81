#include "base/working_days.h"

#include <gtest/gtest.h>

namespace base {
namespace {

/// Tết of 2022: away from 31/1 to 4/2; the week's Saturday 5/2 is worked.
const WorkingCalendar kTet{
    {Date(2022, 1, 31), Date(2022, 2, 1), Date(2022, 2, 2), Date(2022, 2, 3), Date(2022, 2, 4)},
    {Date(2022, 2, 5)}};

TEST(WorkingDays, WeekendsAndHolidaysAreNoneMadeUpSaturdaysAre) {
  EXPECT_TRUE(kTet.is_working(Date(2022, 1, 28)));
  EXPECT_FALSE(kTet.is_working(Date(2022, 1, 29)));
  EXPECT_FALSE(kTet.is_working(Date(2022, 1, 31)));
  EXPECT_TRUE(kTet.is_working(Date(2022, 2, 5)));
  EXPECT_FALSE(kTet.is_working(Date(2022, 2, 6)));
}

TEST(WorkingDays, AreCountedForwardAndBack) {
  EXPECT_EQ(kTet.plus(Date(2022, 1, 28), 1), Date(2022, 2, 5));
  EXPECT_EQ(kTet.plus(Date(2022, 1, 28), 2), Date(2022, 2, 7));
  EXPECT_EQ(kTet.plus(Date(2022, 2, 7), -2), Date(2022, 1, 28));
  EXPECT_EQ(kTet.plus(Date(2022, 2, 1), 0), Date(2022, 2, 1)) << "nothing is asked for";
  EXPECT_EQ(kTet.plus(Date(2022, 2, 1), -1), Date(2022, 1, 28));
}

TEST(WorkingDays, BetweenIsTheInverseOfPlus) {
  for (Date day(2022, 1, 20); day < Date(2022, 2, 20); day = day.plus_days(1)) {
    for (int n = 1; n <= 15; ++n) {
      EXPECT_EQ(kTet.between(day, kTet.plus(day, n)), n) << day.text();
      EXPECT_EQ(kTet.between(kTet.plus(day, n), day), -n);
    }
  }
  EXPECT_EQ(kTet.between(Date(2022, 1, 29), Date(2022, 2, 4)), 0);
}

}  // namespace
}  // namespace base
