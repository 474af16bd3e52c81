#include <map>
#include <random>
#include <set>

#include "direct/coverage.h"
#include "direct/remind.h"
#include "direct/testing.h"

namespace direct {
namespace {

class Follow : public testing::World {
 protected:
  std::string says(const auth::Actor& actor, TaskId id, std::int64_t revision,
                   const AskedUpdate& asked, base::Date day = kToday) {
    return tried(
        [&](store::Tx& tx) { return update_task(tx, actor, {}, day, {id, revision}, asked, {}); });
  }
  Task now(TaskId id) {
    return db_->read([&](store::Tx& tx) { return task_store::find(tx, id).value(); });
  }
  TargetId target() {
    return db_->read(
        [&](store::Tx& tx) { return programme_store::targets(tx, programme_, district_)[0].id; });
  }
  std::string answers(const auth::Actor& actor, org::UnitId unit, AdoptionState state,
                      const std::string& reason = "") {
    const TargetId id = target();
    return tried([&](store::Tx& tx) {
      AskedAdoption asked;
      asked.state = state, asked.reason = reason;
      return adopt_target(tx, actor, {}, kToday, id, unit, asked);
    });
  }
  std::string letters() {
    return db_->read([&](store::Tx& tx) {
      std::string made;
      for (const auto& row :
           coverage_matrix(tx, *programme_store::find(tx, programme_), kToday).rows) {
        made += row.code + ":" + row.states + " ";
      }
      return made;
    });
  }
};

INSTANTIATE_TEST_SUITE_P(Databases, Follow, ::testing::ValuesIn(store::testing::databases()));

TEST_P(Follow, TheLeadSaysHowFarItIsAndOthersSayTheirPart) {
  const TaskId id = make(task(), kToday);
  EXPECT_EQ(says(lan_, id, 1, {UpdateKind::progress, 60, "3/5 bản"}), "");
  EXPECT_EQ(says(lan_, id, 1, {UpdateKind::progress, 70, ""}), " task.changed;");
  EXPECT_EQ(says(minh_, id, 2, {UpdateKind::progress, 70, ""}), " authority.not_yours;");
  EXPECT_EQ(says(minh_, id, 2, {UpdateKind::evidence, 0, "gửi 2 bản"}), "");
  EXPECT_EQ(says(tam_, id, 3, {UpdateKind::evidence, 0, "x"}), " task.not_found;");
  EXPECT_EQ(now(id).percent, 60);
  EXPECT_EQ(says(lan_, id, 3, {UpdateKind::done, 0, "đủ 5 bản"}), "");
  EXPECT_EQ(says(lan_, id, 4, {UpdateKind::reopened, 0, "thiếu"}), " authority.not_yours;");
  EXPECT_EQ(says(ha_, id, 4, {UpdateKind::reopened, 0, "thiếu 2 bản"}), "");
  EXPECT_EQ(now(id).state, TaskState::open);
  const auto told = db_->read([&](store::Tx& tx) { return task_store::updates(tx, id); });
  ASSERT_EQ(told.size(), 4U);
  EXPECT_EQ(told[2].kind, "evidence");
  EXPECT_EQ(told[2].unit, second_);
}

TEST_P(Follow, ALongerTermIsAskedForAndDecidedOnce) {
  const TaskId id = make(task(), kToday);
  const base::Date later(2022, 5, 10);
  const auto asks = [&](const auth::Actor& actor, base::Date due) {
    return tried([&](store::Tx& tx) {
      return ask_extension(tx, actor, {}, kToday, id, due, "thiếu cán bộ");
    });
  };
  EXPECT_EQ(asks(minh_, later), " authority.not_yours;");
  EXPECT_EQ(asks(lan_, base::Date(2022, 4, 20)), "/due extension.not_later;");
  EXPECT_EQ(asks(lan_, later), "");
  EXPECT_EQ(asks(lan_, later), " extension.asked_already;");
  const auto asked =
      db_->read([&](store::Tx& tx) { return task_store::extensions(tx, id).front().id; });
  const auto decides = [&](const auth::Actor& actor, bool approves, const char* reason) {
    return tried([&](store::Tx& tx) {
      return decide_extension(tx, actor, {}, kToday, asked, approves, reason);
    });
  };
  EXPECT_EQ(decides(lan_, true, ""), " authority.not_yours;");
  EXPECT_EQ(decides(ha_, false, ""), "/reason extension.reason_missing;");
  EXPECT_EQ(decides(ha_, true, ""), "");
  EXPECT_EQ(decides(ha_, true, ""), " extension.decided;");
  EXPECT_EQ(now(id).due, later);
}

/// Every task's terms are spoken of on their days exactly once, whether the server runs each day,
/// is down for weeks, or is started several times a day.
TEST_P(Follow, AYearOfRemindersNoneLostNoneDoubled) {
  const base::Date begin(2022, 1, 3), end(2023, 1, 1);
  db_->write([&](store::Tx& tx) {
    for (int d = 31; d <= 35; ++d) {
      task_store::add_calendar_day(tx, base::Date(2022, 1, 1).plus_days(d - 1), true, "Tết");
    }
  });
  const auto calendar = db_->read(task_store::calendar);
  const auto system = auth::console_actor("reminders");
  std::map<std::int64_t, std::pair<base::Date, base::Date>> spans;  // id → made, open until
  std::mt19937 random(2022);
  base::Date done = begin.plus_days(-1);
  std::int64_t sent = 0;
  db_->write([&](store::Tx& tx) { return send_reminders(tx, system, {}, done); });
  for (base::Date day = begin; day < end; day = day.plus_days(1)) {
    if (random() % 3 == 0) {
      Task one = task();
      one.from = day;
      one.due = day.plus_days(3 + static_cast<int>(random() % 60));
      const TaskId id = make(one, day);
      spans[id.value] = {day, base::kForever};
    }
    if (random() % 9 == 0 && !spans.empty()) {
      auto which = std::next(spans.begin(), static_cast<long>(random() % spans.size()));
      const Task open = now({which->first});
      // What is finished while the server is down must not be reminded of afterwards.
      if (open.state == TaskState::open && done == day.plus_days(-1)) {
        EXPECT_EQ(says(lan_, open.id, open.revision, {UpdateKind::done, 0, "xong"}, day), "");
        which->second.second = day;
      }
    }
    if (random() % 4 == 0 && day.plus_days(1) < end) continue;  // down today
    const int starts = 1 + static_cast<int>(random() % 3);
    for (int n = 0; n < starts; ++n) {
      sent += db_->write([&](store::Tx& tx) { return send_reminders(tx, system, {}, day); });
    }
    done = day;
  }
  std::set<std::string> expected, found;
  for (const auto& [id, span] : spans) {
    const Task one = now({id});
    for (const auto& reminder : reminder_days(one.due, calendar)) {
      if (reminder.day < span.first || reminder.day >= end || reminder.day >= span.second) continue;
      expected.insert(std::to_string(id) + " " + std::to_string(reminder.number));
    }
  }
  db_->read([&](store::Tx& tx) {
    static constexpr store::Sql kAll{"test.reminders",
                                     "select task_id, number, unit_id from reminder"};
    tx.each(kAll, {}, [&](const store::Row& row) {
      found.insert(std::to_string(row.integer(0)) + " " + std::to_string(row.integer(1)));
      EXPECT_EQ(row.integer(2), row.integer(1) == kEscalation ? district_.value : first_.value);
    });
  });
  EXPECT_GT(expected.size(), 100U);
  EXPECT_EQ(found, expected);
  EXPECT_EQ(sent, static_cast<std::int64_t>(expected.size())) << "one was sent twice";
}

TEST_P(Follow, OnlyOnesOwnRemindersAreSeen) {
  make(task(), kToday);
  const auto system = auth::console_actor("reminders");
  db_->write(
      [&](store::Tx& tx) { return send_reminders(tx, system, {}, base::Date(2022, 4, 12)); });
  db_->write(
      [&](store::Tx& tx) { return send_reminders(tx, system, {}, base::Date(2022, 4, 27)); });
  const auto mine = [&](const auth::Actor& actor) {
    return db_->read([&](store::Tx& tx) {
      std::vector<std::int64_t> ids;
      for (const auto& one : reminders(tx, actor, base::Date(2022, 4, 27), true, 0, 50)) {
        ids.push_back(one.id);
      }
      return ids;
    });
  };
  EXPECT_EQ(mine(lan_).size(), 3U);
  EXPECT_EQ(mine(ha_).size(), 1U) << "the fourth goes to who asked";
  EXPECT_EQ(mine(minh_).size(), 0U);
  const auto all = mine(lan_);
  const auto sees = [&](const auth::Actor& actor) {
    return db_->write(
        [&](store::Tx& tx) { return see_reminders(tx, actor, {}, base::Date(2022, 4, 27), all); });
  };
  EXPECT_EQ(sees(ha_), 0);
  EXPECT_EQ(sees(lan_), 3);
  EXPECT_TRUE(mine(lan_).empty());
}

TEST_P(Follow, TheMatrixTellsWhoTookUpWhat) {
  EXPECT_EQ(letters(), "1:sss 2:sss ");
  EXPECT_EQ(answers(lan_, first_, AdoptionState::adopted), "");
  EXPECT_EQ(answers(minh_, second_, AdoptionState::declined, "không có đối tượng"), "");
  EXPECT_EQ(letters(), "1:ads 2:sss ");
  EXPECT_EQ(coverage_letter(1, 0, 2), 'p');
  EXPECT_EQ(coverage_letter(1, 1, 2), 'd');
  EXPECT_EQ(coverage_letter(0, 0, 0), 's');
}

TEST_P(Follow, WhatWasDeclinedIsAdoptedOnlyWhenGivenAgain) {
  EXPECT_EQ(answers(lan_, first_, AdoptionState::declined, "không có đối tượng"), "");
  EXPECT_EQ(answers(lan_, first_, AdoptionState::adopted), " target.declined_before;");
  const TargetId id = target();
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return allocate_target(tx, ha_, {}, kToday, id, {{first_, "5", "/items/0"}});
            }),
            "");
  EXPECT_EQ(answers(lan_, first_, AdoptionState::adopted), "");
}

TEST_P(Follow, ManyAnswersAreGivenAtOnceOrNone) {
  AskedAnswer programme, good, bad, nothing;
  programme.programme = programme_, programme.pointer = "/items/0";
  good.target = target(), good.pointer = "/items/1";
  bad.target = TargetId{4711}, bad.pointer = "/items/2";
  nothing.pointer = "/items/3";
  const auto all = [&](const std::vector<AskedAnswer>& answers) {
    return tried([&](store::Tx& tx) { return adopt_all(tx, lan_, {}, kToday, first_, answers); });
  };
  EXPECT_EQ(all({programme, good, bad, nothing}),
            "/items/2 target.not_found;/items/3 programme.answer_to_one;");
  EXPECT_EQ(letters(), "1:sss 2:sss ") << "nothing was half-taken";
  EXPECT_EQ(all({programme, good}), "");
  EXPECT_EQ(letters(), "1:ass 2:ass ");
}

TEST_P(Follow, AnEndedProgrammeIsNotTakenUp) {
  const TargetId id = target();
  const auto late = tried([&](store::Tx& tx) {
    return adopt_target(tx, lan_, {}, base::Date(2026, 1, 1), id, first_, {});
  });
  EXPECT_EQ(late, " programme.ended;");
}

TEST_P(Follow, RulesForbidTargetsThatNeverHaveAValue) {
  const auto creates = [&](const char* indicator, const char* period, const char* unit = "") {
    NewProgramme made = asked();
    made.programme.number = "09-CTr/HU";
    made.targets = {{"1", indicator, *base::Period::parse(period), "3", "/targets/0", {}, unit}};
    return tried([&](store::Tx& tx) { return create_programme(tx, ha_, {}, kToday, made); });
  };
  EXPECT_EQ(creates("R1", "2022-Q1"), "/targets/0/period target.period_forbids;");
  EXPECT_EQ(creates("F1", "2022", "hộ"), "/targets/0/measure_unit target.measure_unit;");
  EXPECT_EQ(creates("F1", "2022", "Người"), "");
  const TargetId rank = [&] {
    NewProgramme made = asked();
    made.programme.number = "10-CTr/HU";
    made.targets = {{"1", "R1", *base::Period::parse("2022"), "3", "/targets/0"}};
    const auto id =
        db_->write([&](store::Tx& tx) { return create_programme(tx, ha_, {}, kToday, made); });
    return db_->read(
        [&](store::Tx& tx) { return programme_store::targets(tx, *id, district_)[0].id; });
  }();
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return allocate_target(tx, ha_, {}, kToday, rank, {{first_, "1", "/items/0"}});
            }),
            "/items target.not_allocated;");
  const TargetId people = target();
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return allocate_target(tx, ha_, {}, kToday, people,
                                     {{first_, "1", "/items/0", "triệu đồng"}});
            }),
            "/items/0/measure_unit target.measure_unit;");
}

TEST_P(Follow, AProgrammeIsCopiedForTheNextTerm) {
  make(task(), kToday);
  NextTerm next{"01-CTr/HU",
                "Khóa sau",
                base::Date(2026, 3, 1),
                base::Date(2026, 3, 1),
                base::Date(2031, 1, 1),
                5};
  const auto id = db_->write(
      [&](store::Tx& tx) { return copy_programme(tx, ha_, {}, kToday, programme_, next); });
  ASSERT_TRUE(id.has_value());
  db_->read([&](store::Tx& tx) {
    EXPECT_EQ(programme_store::objectives(tx, *id).size(), 2U);
    EXPECT_EQ(programme_store::addressees(tx, *id).size(), 3U);
    const auto targets = programme_store::targets(tx, *id, district_);
    ASSERT_EQ(targets.size(), 1U);
    EXPECT_EQ(targets[0].period, "2027");
    EXPECT_EQ(targets[0].amount, 30);
    task_store::Wanted wanted;
    wanted.programme = *id;
    const auto tasks = task_store::visible(tx, org::scope_of(ha_, kToday), wanted);
    ASSERT_EQ(tasks.size(), 1U);
    EXPECT_EQ(tasks[0].due, base::Date(2027, 4, 20));
    EXPECT_EQ(tasks[0].supporting, (std::vector<org::UnitId>{second_}));
  });
}

TEST_P(Follow, AListOfTasksGoesOnWhereItStopped) {
  std::set<std::int64_t> made;
  for (int n = 0; n < 25; ++n) {
    Task one = task();
    one.due = kToday.plus_days(n % 7);
    made.insert(make(one, kToday).value);
  }
  std::set<std::int64_t> seen;
  task_store::Wanted wanted;
  wanted.limit = 4;
  base::Date last(1, 1, 1);
  for (;;) {
    const auto page = db_->read([&](store::Tx& tx) {
      return task_store::visible(tx, org::scope_of(lan_, kToday), wanted);
    });
    if (page.empty()) break;
    for (const Task& one : page) {
      EXPECT_TRUE(seen.insert(one.id.value).second);
      EXPECT_GE(one.due, last);
      last = one.due;
    }
    wanted.after_due = page.back().due, wanted.after_id = page.back().id.value;
  }
  EXPECT_EQ(seen, made);
}

}  // namespace
}  // namespace direct
