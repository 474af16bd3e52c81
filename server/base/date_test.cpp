#include "base/date.h"

#include <gtest/gtest.h>

namespace base {
namespace {

TEST(Date, ReadsOnlyDaysOfTheCalendarWrittenInFull) {
  EXPECT_EQ(Date::parse("2021-07-01"), Date(2021, 7, 1));
  EXPECT_EQ(Date::parse("2024-02-29"), Date(2024, 2, 29));
  EXPECT_EQ(Date::parse("9999-12-31"), kForever);
  for (const char* text : {"", "2021-7-1", "2023-02-29", "2021-13-01", "2021-00-10", "2021-06-31",
                           "0000-01-01", "2021/07/01", "2021-07-01 ", "+021-07-01", "01-07-2021"}) {
    EXPECT_EQ(Date::parse(text), std::nullopt) << text;
  }
}

TEST(Date, WritesItselfForProgramsAndForPeople) {
  const Date day(2021, 7, 1);
  EXPECT_EQ(day.text(), "2021-07-01");
  EXPECT_EQ(day.vietnamese(), "1/7/2021");
  EXPECT_EQ(Date(1, 1, 1).text(), "0001-01-01");
  EXPECT_EQ(day.plus_days(-1), Date(2021, 6, 30));
}

TEST(Instant, IsWrittenInUtcWithMicroseconds) {
  EXPECT_EQ(Instant{0}.text(), "1970-01-01T00:00:00.000000Z");
  EXPECT_EQ(Instant{1'625'104'800'000'001}.text(), "2021-07-01T02:00:00.000001Z");
  EXPECT_EQ(Instant{-1}.text(), "1969-12-31T23:59:59.999999Z");
}

TEST(Clock, TakesTheDayAtItsOwnOffset) {
  FixedClock clock(Instant{1'625'072'399'999'999});  // 2021-06-30T16:59:59.999999Z
  EXPECT_EQ(clock.today(), Date(2021, 6, 30));
  clock.set(Instant{1'625'072'400'000'000});
  EXPECT_EQ(clock.today(), Date(2021, 7, 1));
  clock.offset_minutes = 0;
  EXPECT_EQ(clock.today(), Date(2021, 6, 30));
  EXPECT_EQ(clock.day_of(Instant{-1}), Date(1969, 12, 31));
}

TEST(SystemClock, TellsATimeAfterThisWasWritten) {
  EXPECT_GT(SystemClock().today(), Date(2025, 1, 1));
}

}  // namespace
}  // namespace base
