#include <gtest/gtest.h>

#include <numeric>
#include <random>

#include "direct/allocation.h"
#include "direct/target_status.h"
#include "direct/task.h"

namespace direct {
namespace {

using base::Date;
using base::Period;

Task task() {
  Task made;
  made.title = "Rà soát hương ước", made.lead = {7}, made.deliverable = "5 bản hương ước";
  made.from = Date(2022, 3, 1), made.due = Date(2022, 4, 20);
  return made;
}

std::string codes(const base::Problems& problems) {
  std::string made;
  for (const auto& problem : problems) made += problem.field + " " + problem.code + ";";
  return made;
}

TEST(Task, MustHaveADeliverableALeadAndATermThatIsOne) {
  Task wrong = task();
  wrong.deliverable.clear(), wrong.lead = {}, wrong.due = Date(2022, 2, 28);
  EXPECT_EQ(codes(faults_of(wrong, "/")),
            "/deliverable task.deliverable_missing;/lead task.lead_missing;"
            "/due task.due_before_start;");
  EXPECT_TRUE(faults_of(task()).empty());
}

TEST(Task, StandsByItsTermInWorkingDays) {
  const base::WorkingCalendar calendar;
  const Task one = task();  // due on a Wednesday
  EXPECT_EQ(standing_of(one, Date(2022, 4, 12), calendar), TaskStanding::open);
  EXPECT_EQ(standing_of(one, Date(2022, 4, 13), calendar), TaskStanding::due_soon);
  EXPECT_EQ(standing_of(one, Date(2022, 4, 20), calendar), TaskStanding::due_soon);
  EXPECT_EQ(standing_of(one, Date(2022, 4, 21), calendar), TaskStanding::overdue);
}

std::string tried(const Task& from, const AskedUpdate& asked, Date day = Date(2022, 4, 1)) {
  const auto made = updated(from, asked, day);
  if (!made) return codes(made.error());
  return std::string(name(made->state)) + " " + std::to_string(made->percent);
}

TEST(Task, EachUpdateIsCheckedAgainstHowItStands) {
  const Task open = task();
  EXPECT_EQ(tried(open, {UpdateKind::progress, 60, ""}), "open 60");
  EXPECT_EQ(tried(open, {UpdateKind::progress, 101, ""}), "/percent task.percent_form;");
  Task further = open;
  further.percent = 60;
  EXPECT_EQ(tried(further, {UpdateKind::progress, 40, ""}), "/text task.text_missing;");
  EXPECT_EQ(tried(further, {UpdateKind::progress, 40, "đếm nhầm"}), "open 40");
  EXPECT_EQ(tried(open, {UpdateKind::done, 0, ""}), "/text task.evidence_missing;");
  EXPECT_EQ(tried(open, {UpdateKind::done, 0, "", true}), "done 100");
  EXPECT_EQ(tried(open, {UpdateKind::overdue_reason, 0, "thiếu người"}), "/text task.not_overdue;");
  EXPECT_EQ(tried(open, {UpdateKind::overdue_reason, 0, "thiếu người"}, Date(2022, 4, 21)),
            "open 0");
  EXPECT_EQ(tried(open, {UpdateKind::reopened, 0, "chưa đủ"}), " task.not_done;");
  const Task done = *updated(open, {UpdateKind::done, 0, "xong"}, Date(2022, 4, 25));
  EXPECT_EQ(standing_of(done, Date(2022, 5, 1), {}), TaskStanding::done_late);
  EXPECT_EQ(tried(done, {UpdateKind::progress, 10, ""}), " task.not_open;");
  EXPECT_EQ(tried(done, {UpdateKind::reopened, 0, "thiếu 2 bản"}), "open 99");
  EXPECT_EQ(tried(open, {UpdateKind::cancelled, 0, ""}), "/text task.text_missing;");
  EXPECT_EQ(tried(open, {UpdateKind::cancelled, 0, "gộp vào việc khác"}), "cancelled 0");
}

TEST(Reminders, AreThreeAndThenTheSuperior) {
  const auto days = reminder_days(Date(2022, 4, 20), {});
  ASSERT_EQ(days.size(), 4U);
  EXPECT_EQ(days[0].day, Date(2022, 4, 13));
  EXPECT_EQ(days[1].day, Date(2022, 4, 19));
  EXPECT_EQ(days[2].day, Date(2022, 4, 25));
  EXPECT_EQ(days[3].day, Date(2022, 4, 27));
  EXPECT_EQ(days[3].number, kEscalation);
}

TEST(TargetStatus, FollowsTheDirection) {
  using enum TargetStatus;
  EXPECT_EQ(status_of(Direction::up, 100, {}, 50, false), no_data);
  EXPECT_EQ(status_of(Direction::up, 100, 101, 50, false), exceeded);
  EXPECT_EQ(status_of(Direction::up, 100, 100, 50, true), completed);
  EXPECT_EQ(status_of(Direction::up, 100, 50, 50, false), on_track);
  EXPECT_EQ(status_of(Direction::up, 100, 49, 50, false), behind);
  EXPECT_EQ(status_of(Direction::up, 100, 99, 50, true), behind);
  EXPECT_EQ(status_of(Direction::up, 100, 10, {}, false), on_track) << "no way is known";
  EXPECT_EQ(status_of(Direction::down, 5, 0, {}, false), on_track) << "it may still rise";
  EXPECT_EQ(status_of(Direction::down, 5, 6, {}, false), behind);
  EXPECT_EQ(status_of(Direction::down, 5, 5, {}, true), completed);
  EXPECT_EQ(status_of(Direction::down, 5, 4, {}, true), exceeded);
}

TEST(Trajectory, IsTheLatestMilestoneElseAnEqualPart) {
  Indicator flow;
  flow.across_time = AcrossTime::sum;
  Indicator stock;
  stock.across_time = AcrossTime::latest;
  const Period year = *Period::parse("2022"), april = *Period::parse("2022-04");
  EXPECT_EQ(expected_by(flow, year, 120, {}, april), 40);
  EXPECT_EQ(expected_by(flow, year, 100, {}, *Period::parse("2022-01")), 8);
  EXPECT_EQ(expected_by(stock, year, 120, {}, april), std::nullopt);
  const std::vector<Milestone> way{{*Period::parse("2022-Q1"), 20},
                                   {*Period::parse("2022-H1"), 70}};
  EXPECT_EQ(expected_by(flow, year, 120, way, april), 20);
  EXPECT_EQ(expected_by(flow, year, 120, way, *Period::parse("2022-06")), 70);
  EXPECT_EQ(expected_by(flow, year, 120, way, *Period::parse("2022-02")), std::nullopt);
  const std::vector<Milestone> years{{*Period::parse("2021"), 70}, {*Period::parse("2022"), 75}};
  EXPECT_EQ(expected_by(stock, *Period::parse("2025"), 90, years, april), 70);
}

TEST(Allocation, PartsAddToTheWholeExactly) {
  EXPECT_EQ(divided_by(10, {1, 1, 1}), (std::vector<std::int64_t>{4, 3, 3}));
  EXPECT_EQ(divided_by(310, {312, 355, 0}), (std::vector<std::int64_t>{145, 165, 0}));
  EXPECT_EQ(divided_by(-10, {1, 1, 1}), (std::vector<std::int64_t>{-4, -3, -3}));
  EXPECT_TRUE(divided_by(10, {0, 0}).empty());
  EXPECT_TRUE(divided_by(10, {}).empty());
  std::mt19937 random(7);
  for (int round = 0; round < 500; ++round) {
    std::vector<std::int64_t> keys(1 + random() % 40);
    for (auto& key : keys) key = static_cast<std::int64_t>(random() % 1'000'000);
    keys[0] += 1;
    const auto amount = static_cast<std::int64_t>(random() % 1'000'000'000);
    const auto parts = divided_by(amount, keys);
    EXPECT_EQ(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}), amount);
  }
}

}  // namespace
}  // namespace direct
