#include <algorithm>
#include <cstdlib>
#include <random>

#include "inspect/testing.h"

namespace inspect {
namespace {

TEST(Course, EveryDeedHasOneRuleAndNobodyMayDoEverything) {
  for (int s = 0; s < kStates; ++s) {
    const auto state = static_cast<State>(s);
    EXPECT_TRUE(deeds_of(state, {}).empty());
    EXPECT_EQ(state_named(name(state)), state);
  }
  EXPECT_TRUE(deeds_of(State::closed, {true, true, true, true}).empty());
  EXPECT_TRUE(deeds_of(State::cancelled, {true, true, true, true}).empty());
}

TEST(Course, WhatIsLackingIsToldAtOnce) {
  Course course;
  course.state = State::conferred;
  const auto refused = after(course, Deed::conclude, {true, false, false, false});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().front().code, "inspection.no_finding");
  course.findings = 2, course.bare_findings = 1;
  EXPECT_EQ(after(course, Deed::conclude, {true, false, false, false}).error().front().code,
            "inspection.finding_bare");
}

/// Several people do, in any order, what they may and what they may not; a model that knows only
/// the rules says each time what must come of it.
class CourseModel : public testing::Ground {
 public:
  void TestBody() override {}
  void walk(int acts, std::uint32_t seed);
  int closed = 0;  ///< inspections that came to their end

 private:
  struct Model {
    InspectionId id;
    Course course;
    std::vector<bool> done;      // of follow-ups, by place
    std::vector<bool> verified;  // likewise
    bool has_team = false;
  };

  void begin() {
    model_ = {};
    AskedInspection one = asked();
    one.reason = "mô hình";
    model_.id =
        db_->write([&](store::Tx& tx) { return plan_inspection(tx, vinh_, at(), one); }).value();
    model_.course.reports_awaited = 1;
  }
  std::vector<const auth::Actor*> people() const {
    return {&vinh_, &bich_, &truong_, &thanh_, &khac_, &ha_, &lan_, &xa_};
  }
  Parts parts(const auth::Actor& actor) const {
    Parts made;
    const auto is = [&](const auth::Actor& one) { return one.account() == actor.account(); };
    made.office = is(vinh_) || is(bich_);
    made.lead = model_.has_team && is(truong_);
    made.member = model_.has_team && (is(truong_) || is(thanh_));
    const State state = model_.course.state;
    made.subject = is(ha_) && (is_announced(state) || announced_);
    return made;
  }
  bool in_sight(const auth::Actor& actor) const {
    const Parts by = parts(actor);
    return by.office || by.subject || (by.member && runs(model_.course.state));
  }

  base::Result<void> act(store::Tx& tx, const auth::Actor& actor, Deed deed, OnInspection o,
                         std::size_t which) {
    AskedInspection again = asked();
    again.reason = "mô hình";
    WorkingSession session;
    session.inspection = o.inspection, session.unit = district_, session.on = day_;
    session.place = "x", session.subject = "y";
    session.lines = {{"attendee", "team", "A", "", ""}};
    const auto drop = [](auto result) -> base::Result<void> {
      RETURN_IF_REFUSED(result);
      return {};
    };
    switch (deed) {
      case Deed::replace:
        return replace_inspection(tx, actor, at(), o, again);
      case Deed::team:
        return put_team(tx, actor, at(), o, team(), "mô hình");
      case Deed::outline:
        return put_outline(tx, actor, at(), o, outline());
      case Deed::decide:
        return decide_inspection(tx, actor, at(), o, 30, "");
      case Deed::announce:
        return announce_inspection(tx, actor, at(), o);
      case Deed::verify:
        return verify_inspection(tx, actor, at(), o, clock_);
      case Deed::extend:
        return extend_inspection(tx, actor, at(), o, 1, "mô hình");
      case Deed::ask_supplement:
        return ask_supplement(tx, actor, at(), o,
                              {district_,
                               day_.plus_days(3),
                               "Bổ sung cho rõ",
                               {{"2", "làm rõ kết quả", "/sections/0"}},
                               {}});
      case Deed::hold_session:
        return drop(hold_session(tx, actor, at(), session));
      case Deed::note:
        return drop(write_note(tx, actor, at(), o.inspection, "ghi", false));
      case Deed::find: {
        Finding one;
        one.text = "nhận định";
        const auto kept = inspection_store::find(tx, o.inspection);
        one.evidence = {{EvidenceKind::section,
                         kept->units.front().report.value_or(report::ReportId{}).value, "2", ""}};
        return drop(add_finding(tx, actor, at(), o, one));
      }
      case Deed::draft:
        return draft_result(tx, actor, at(), o, "dự thảo");
      case Deed::confer:
        return hold_conference(tx, actor, at(), o, day_, "nhất trí");
      case Deed::conclude:
        return conclude_inspection(tx, actor, at(), o, "kết luận", {demand()});
      case Deed::hand_over:
        return hand_over_conclusion(tx, actor, at(), o);
      case Deed::commit:
        return commit_to(tx, actor, at(), o, demand("cam kết"));
      case Deed::verify_follow_up: {
        const auto all = follow_up_store::of_inspection(tx, o.inspection);
        const FollowUpId id = which < all.size() ? all[which].id : FollowUpId{999'999};
        return verify_follow_up(tx, actor, at(), o, id, true, "");
      }
      case Deed::close:
        return close_inspection(tx, actor, at(), o);
      case Deed::cancel:
        return cancel_inspection(tx, actor, at(), o, "mô hình");
    }
    return {};
  }

  /// What must come of the deed: "" or the code of its first refusal, and the model afterwards.
  std::string expected(const auth::Actor& actor, Deed deed, bool is_old, std::size_t which) {
    if (!in_sight(actor)) return "inspection.not_found";
    const bool has_revision = deed != Deed::hold_session && deed != Deed::note;
    const auto next = after(model_.course, deed, parts(actor));
    const bool is_yours = next || next.error().front().kind != base::ProblemKind::forbidden;
    if (is_yours && has_revision && is_old) return "inspection.changed";
    if (!next) return next.error().front().code;
    Course& course = model_.course;
    if (deed == Deed::extend && extended_ == 10) return "inspection.extension_too_long";
    if (deed == Deed::ask_supplement && reported_ == Reported::returned)
      return "report.not_submitted";
    if (deed == Deed::verify_follow_up) {
      if (which >= model_.done.size()) return "follow_up.not_found";
      if (model_.verified[which]) return "follow_up.closed";
      if (!model_.done[which]) return "follow_up.not_done";
      // The conclusion's author is who concluded; commitments are the unit's own.
      if (which == 0 && concluded_by_ == &actor) return "follow_up.own";
      model_.verified[which] = true;
      --course.follow_ups_open;
    }
    if (deed == Deed::team) model_.has_team = true, course.heads = 1;
    if (deed == Deed::outline) course.has_outline = true;
    if (deed == Deed::announce) announced_ = true;
    if (deed == Deed::extend) ++extended_;
    if (deed == Deed::ask_supplement) ++course.supplements_open, reported_ = Reported::returned;
    if (deed == Deed::find) ++course.findings;
    if (deed == Deed::conclude) concluded_by_ = &actor;
    if (deed == Deed::conclude || deed == Deed::commit) {
      model_.done.push_back(false), model_.verified.push_back(false);
      ++course.follow_ups_open;
    }
    course.state = *next;
    return "";
  }

  enum class Reported { no, submitted, returned };
  Model model_;
  bool announced_ = false;
  int extended_ = 0;
  Reported reported_ = Reported::no;
  const auth::Actor* concluded_by_ = nullptr;
};

void CourseModel::walk(int acts, std::uint32_t seed) {
  std::mt19937 random(seed);
  const auto below = [&](std::size_t n) { return random() % n; };
  begin();
  int done = 0, refused = 0;
  for (int i = 0; i < acts; ++i) {
    const bool is_over =
        model_.course.state == State::closed || model_.course.state == State::cancelled;
    if (is_over && below(4) == 0) {
      closed += model_.course.state == State::closed ? 1 : 0;
      announced_ = false, extended_ = 0, reported_ = Reported::no, concluded_by_ = nullptr;
      begin();
    }
    // The unit reports, and does its tasks, in between.
    const bool is_asked = model_.course.state >= State::reporting && !is_over && announced_ &&
                          reported_ != Reported::submitted;
    if (is_asked && below(3) == 0) {
      hand_up(model_.id, "lời " + std::to_string(i));
      reported_ = Reported::submitted;
      model_.course.reports_awaited = 0;
      model_.course.supplements_open = 0;
    }
    if (!model_.done.empty() && below(3) == 0) {
      const std::size_t which = below(model_.done.size());
      if (!model_.done[which]) {
        const auto error = tried([&](store::Tx& tx) {
          const auto one = follow_up_store::of_inspection(tx, model_.id).at(which);
          const auto task = direct::task_store::find(tx, one.task).value();
          return direct::update_task(tx, ha_, at().at, day_, {one.task, task.revision},
                                     {direct::UpdateKind::done, 0, "xong"}, {});
        });
        ASSERT_EQ(error, "");
        model_.done[which] = true;
      }
    }
    const auth::Actor& actor = *people()[below(people().size())];
    auto deed = static_cast<Deed>(below(kDeeds));
    if (below(2) == 0) {  // one that fits, else most acts would come too early or too late
      const auto fitting = deeds_of(model_.course.state, parts(actor));
      if (!fitting.empty()) deed = fitting[below(fitting.size())];
    }
    if (deed == Deed::cancel && below(12) != 0) deed = Deed::find;
    const bool is_old = below(10) == 0;
    const std::size_t which = below(model_.done.size() + 2);
    const Model before = model_;
    const std::string must = expected(actor, deed, is_old, which);
    const std::int64_t revision = now(model_.id).revision;
    const auto outcome = db_->write([&](store::Tx& tx) {
      return act(tx, actor, deed, {model_.id, revision - (is_old ? 1 : 0)}, which);
    });
    const std::string got = outcome ? "" : outcome.error().front().code;
    ASSERT_EQ(got, must) << i << ": " << actor.name() << " " << name(deed) << " in "
                         << name(before.course.state);
    ++(must.empty() ? done : refused);
    const Inspection kept = now(model_.id);
    ASSERT_EQ(kept.state, model_.course.state) << i;
    if (!must.empty()) {
      ASSERT_EQ(kept.revision, revision) << i;
    }
    const bool sight = model_.has_team && runs(kept.state);
    ASSERT_EQ(sees(thanh_, commune_), sight) << i << " in " << name(kept.state);
    ASSERT_FALSE(sees(khac_, district_)) << i;
  }
  EXPECT_GT(done, acts / 10);
  EXPECT_GT(refused, acts / 10);
}

class CourseModels : public ::testing::TestWithParam<std::string> {};

INSTANTIATE_TEST_SUITE_P(Databases, CourseModels, ::testing::ValuesIn(store::testing::databases()));

/// In walks of 2,500 acts, each with its own people on an empty database. One is walked unless
/// THONGSUOT_MODEL_ACTS asks for more; the full length is 100,000.
TEST_P(CourseModels, NoOrderOfActsByAnybodyLeadsIntoAnIllegalState) {
  constexpr int kWalk = 2500;
  const char* const asked = std::getenv("THONGSUOT_MODEL_ACTS");
  std::uint32_t seed = 20220505;
  int closed = 0;
  for (int left = asked != nullptr ? std::atoi(asked) : kWalk; left > 0; left -= kWalk) {
    CourseModel model;
    model.walk(std::min(left, kWalk), seed++);
    closed += model.closed;
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(closed, 0);
}

}  // namespace
}  // namespace inspect
