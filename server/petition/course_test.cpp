#include "petition/course.h"

#include <gtest/gtest.h>

#include "petition/competence.h"
#include "petition/petition.h"

namespace petition {
namespace {

constexpr Parts kHolder{true, false};
constexpr Parts kRaiser{false, true};

std::string code_of(const base::Result<PartState>& result) {
  return result ? std::string(name(*result)) : result.error().front().code;
}

TEST(Course, EachDeedHasItsStatesAndItsPeople) {
  EXPECT_EQ(code_of(after(PartState::held, Deed::answer, kHolder)), "answered");
  EXPECT_EQ(code_of(after(PartState::asked, Deed::answer, kHolder)), "answered");
  EXPECT_EQ(code_of(after(PartState::held, Deed::answer, kRaiser)), "authority.not_yours");
  EXPECT_EQ(code_of(after(PartState::answered, Deed::answer, kHolder)), "petition.answered");
  EXPECT_EQ(code_of(after(PartState::withdrawn, Deed::answer, kHolder)), "petition.state");
  EXPECT_EQ(code_of(after(PartState::held, Deed::question, kHolder)), "asked");
  EXPECT_EQ(code_of(after(PartState::asked, Deed::supply, kRaiser)), "held");
  EXPECT_EQ(code_of(after(PartState::asked, Deed::supply, kHolder)), "authority.not_yours");
  EXPECT_EQ(code_of(after(PartState::held, Deed::supply, kRaiser)), "petition.state");
  EXPECT_EQ(code_of(after(PartState::held, Deed::give_back, kHolder)), "returned");
  EXPECT_EQ(code_of(after(PartState::returned, Deed::route, kRaiser)), "held");
  EXPECT_EQ(code_of(after(PartState::returned, Deed::forward, kHolder)), "petition.state");
  EXPECT_EQ(code_of(after(PartState::answered, Deed::make_task, kHolder)), "answered");
}

TEST(Course, WhatMayBeDoneIsWhatIsNotRefused) {
  for (int state = 0; state < kPartStates; ++state) {
    for (const Parts by : {Parts{}, kHolder, kRaiser, Parts{true, true}}) {
      const auto may = deeds_of(static_cast<PartState>(state), by);
      for (int deed = 0; deed < kDeeds; ++deed) {
        const bool is_listed =
            std::find(may.begin(), may.end(), static_cast<Deed>(deed)) != may.end();
        EXPECT_EQ(is_listed,
                  after(static_cast<PartState>(state), static_cast<Deed>(deed), by).has_value());
      }
    }
  }
}

TEST(Course, TheWholeIsAsItsParts) {
  using enum PartState;
  EXPECT_EQ(whole({held, answered}), State::open);
  EXPECT_EQ(whole({asked}), State::open);
  EXPECT_EQ(whole({returned, answered}), State::returned);
  EXPECT_EQ(whole({answered, withdrawn}), State::answered);
  EXPECT_EQ(whole({withdrawn, withdrawn}), State::withdrawn);
  EXPECT_EQ(whole({merged, withdrawn}), State::merged);
}

TEST(Course, TheClockStandsStillWhileMoreIsAwaited) {
  const base::WorkingCalendar calendar;
  const base::Date monday(2022, 5, 9);
  EXPECT_EQ(due_after(monday, 5, calendar), base::Date(2022, 5, 16));
  // Asked on Wednesday, supplied on the Monday after: three working days are added.
  EXPECT_EQ(due_resumed(base::Date(2022, 5, 16), base::Date(2022, 5, 11), base::Date(2022, 5, 16),
                        calendar),
            base::Date(2022, 5, 19));
  EXPECT_EQ(due_resumed(base::Date(2022, 5, 16), base::Date(2022, 5, 11), base::Date(2022, 5, 11),
                        calendar),
            base::Date(2022, 5, 16));
}

Competence row(const char* level, std::int64_t unit, const char* body = "") {
  Competence made;
  made.level = level;
  made.unit = {unit};
  made.body = body;
  made.days = 10;
  made.from = base::Date(2022, 1, 1);
  return made;
}

TEST(Competent, TheLowestLevelAndTheNearestUnitComeFirst) {
  const base::Date day(2022, 5, 9);
  const std::vector<org::UnitId> above{{3}, {2}, {1}};  // the nearest first
  std::vector<Competence> rows{row("centre", 1, "Ban Tổ chức"), row("province", 1),
                               row("district", 2), row("district", 3), row("district", 9)};
  const auto found = proposals(rows, above, day);
  ASSERT_EQ(found.size(), 4u);  // 9 is not above
  EXPECT_EQ(found[0].unit.value, 3);
  EXPECT_EQ(found[1].unit.value, 2);
  EXPECT_EQ(found[2].unit.value, 1);
  EXPECT_EQ(found[3].body, "Ban Tổ chức");
  EXPECT_EQ(days_for(found, {1}, "Ban Tổ chức"), 10);
  EXPECT_EQ(days_for(found, {1}, "Ban khác"), std::nullopt);
  rows = {row("district", 2)};
  rows[0].to = day;  // half-open
  const auto fallback = proposals(rows, above, day);
  ASSERT_EQ(fallback.size(), 3u);
  EXPECT_FALSE(fallback[0].is_named);
  EXPECT_EQ(fallback[0].unit.value, 3);
}

Step handed(const char* kind, std::int64_t from, std::int64_t to) {
  Step step;
  step.part = PartId{1};
  step.kind = kind;
  step.unit = {from};
  if (to != 0) step.to = org::UnitId{to};
  return step;
}

TEST(Way, ABodyThatHadItDoesNotGetItAgain) {
  Part part;
  part.id = {1};
  part.holder = {2};
  const std::vector<Step> steps{handed("raised", 5, 3), handed("forward", 3, 2)};
  EXPECT_TRUE(has_held(steps, part, {3}, ""));
  EXPECT_TRUE(has_held(steps, part, {2}, ""));
  EXPECT_FALSE(has_held(steps, part, {1}, ""));
  EXPECT_FALSE(has_held(steps, part, {2}, "Ban Tổ chức"));
}

TEST(Way, ItGoesBackTheWayItCame) {
  Part part;
  part.id = {1};
  std::vector<Step> steps{handed("raised", 5, 3)};
  EXPECT_EQ(giver_of(steps, part).to, std::nullopt);
  steps.push_back(handed("forward", 3, 2));
  steps.push_back(handed("forward", 2, 1));
  EXPECT_EQ(giver_of(steps, part).to, org::UnitId{2});
  steps.push_back(handed("give_back", 1, 2));
  EXPECT_EQ(giver_of(steps, part).to, org::UnitId{3});
  steps.push_back(handed("give_back", 2, 3));
  EXPECT_EQ(giver_of(steps, part).to, std::nullopt);
  Part portion;
  portion.id = {2};
  Step split = handed("split", 2, 1);
  split.part = PartId{2};
  EXPECT_EQ(giver_of({split}, portion).to, org::UnitId{2});
}

Petition one(std::int64_t id, PartState state, std::int64_t holder) {
  Petition made;
  made.id = {id};
  made.subject = "to-chuc";
  Part part;
  part.id = {id * 10};
  part.state = state;
  part.holder = {holder};
  made.parts = {part};
  made.settle(base::Date(2022, 5, 9));
  return made;
}

std::string codes(const base::Problems& problems) {
  std::string made;
  for (const auto& problem : problems) made += problem.code + ";";
  return made;
}

TEST(Merge, NothingThatIsAskedIsLost) {
  const Petition kept = one(1, PartState::held, 1);
  EXPECT_EQ(codes(faults_of_merge(kept, one(2, PartState::held, 1))), "");
  EXPECT_EQ(codes(faults_of_merge(kept, one(2, PartState::returned, 1))), "");
  EXPECT_EQ(codes(faults_of_merge(kept, one(2, PartState::held, 2))),
            "petition.merge_leaves_part;");
  EXPECT_EQ(codes(faults_of_merge(kept, one(2, PartState::answered, 1))), "petition.merge_state;");
  EXPECT_EQ(codes(faults_of_merge(one(1, PartState::answered, 1), one(2, PartState::held, 1))), "");
  EXPECT_EQ(codes(faults_of_merge(one(1, PartState::returned, 1), one(2, PartState::held, 1))),
            "petition.merge_state;");
  EXPECT_EQ(codes(faults_of_merge(kept, kept)), "petition.merge_itself;");
  Petition other = one(2, PartState::held, 1);
  other.subject = "y-te";
  EXPECT_EQ(codes(faults_of_merge(kept, other)), "petition.merge_subject;");
}

TEST(Alike, TheSameWishInOtherWords) {
  const char* title = "Bố trí cán bộ văn phòng đảng ủy xã là cán bộ chuyên trách";
  EXPECT_GE(
      alike("Đề nghị bố trí cán bộ văn phòng đảng ủy xã, thị trấn chuyên trách", "", title, ""),
      kAlike);
  EXPECT_LT(alike("Tăng cường bồi dưỡng kỹ năng cho Ban Chỉ đạo 35", "", title, ""), kAlike);
  EXPECT_LT(alike("", "", title, ""), kAlike);
  EXPECT_GE(alike("de nghi bo tri can bo van phong dang uy xa chuyen trach", "", title, ""), kAlike)
      << "typed without marks";
}

}  // namespace
}  // namespace petition
