#pragma once

#include <gtest/gtest.h>

#include "auth/testing.h"
#include "direct/define_indicators.h"
#include "direct/follow_task.h"
#include "direct/programme_store.h"
#include "direct/service.h"
#include "org/post_store.h"
#include "org/unit_store.h"
#include "store/testing.h"

namespace direct::testing {

/// A city over a district over three communes; ha compiles at the district, lan and minh are clerks
/// of the first and the second commune, tam of the third. One programme with an objective and a
/// target addresses the three.
class World : public ::testing::TestWithParam<std::string> {
 protected:
  World()
      : db_(store::testing::fresh(GetParam())),
        ha_(auth::testing::actor_named(*db_, "ha")),
        lan_(auth::testing::actor_named(*db_, "lan")),
        minh_(auth::testing::actor_named(*db_, "minh")),
        tam_(auth::testing::actor_named(*db_, "tam")) {
    db_->write([&](store::Tx& tx) {
      city_ = add(tx, "01", {});
      district_ = add(tx, "279", city_);
      first_ = add(tx, "10183", district_);
      second_ = add(tx, "10186", district_);
      third_ = add(tx, "10189", district_);
      hold(tx, ha_, district_, org::Role::compiler);
      hold(tx, lan_, first_, org::Role::clerk);
      hold(tx, minh_, second_, org::Role::clerk);
      hold(tx, tam_, third_, org::Role::clerk);
      define(tx);
    });
    programme_ =
        db_->write([&](store::Tx& tx) { return create_programme(tx, ha_, {}, kToday, asked()); })
            .value();
  }

  static constexpr const char* kIndicators =
      "code,name,measure_unit,decimals,direction,across_units,across_time,numerator,denominator,"
      "weight,frequency\n"
      "F1,Một,người,0,up,sum,sum,,,,month\nF2,Hai,người,0,up,sum,sum,,,,month\n"
      "R1,Xếp hạng,thứ hạng,0,down,none,none,,,,year\nD1,Tỷ lệ,%,2,up,ratio,ratio,F1,F2,,\n";

  static void define(store::Tx& tx) {
    const auto rows = indicator_rows(office::read_csv(kIndicators).value()).value();
    ASSERT_TRUE(define_indicators(tx, auth::console_actor("test"), {}, rows).has_value());
  }

  org::UnitId add(store::Tx& tx, const char* code, std::optional<org::UnitId> parent) {
    const std::int64_t level = !parent ? 1 : *parent == city_ ? 2 : 3;
    const org::UnitId unit =
        org::unit_store::add(tx, {code, std::string("Xã ") + code, "Xã", level, kBegin}, {});
    org::unit_store::add_parent(tx, unit, org::kGovernment, parent, kBegin);
    return unit;
  }
  static void hold(store::Tx& tx, const auth::Actor& actor, org::UnitId unit, org::Role role) {
    org::post_store::appoint(tx, {unit, role, "", actor.account(), kBegin, base::kForever});
  }

  NewProgramme asked() const {
    NewProgramme made;
    made.programme.unit = district_;
    made.programme.number = "05-CTr/HU";
    made.programme.title = "Tên minh hoạ";
    made.programme.issued_on = made.programme.from = kToday;
    made.programme.to = base::Date(2026, 1, 1);
    made.programme.is_illustrative = true;
    made.addressees = {first_, second_, third_};
    made.objectives = {{0, "1", "Mục tiêu một"}, {0, "2", "Mục tiêu hai"}};
    made.targets = {{"1", "F1", *base::Period::parse("2022"), "30", "/targets/0"}};
    return made;
  }

  Task task() const {
    Task made;
    made.programme = programme_;
    made.unit = district_;
    made.title = "Rà soát hương ước";
    made.lead = first_;
    made.supporting = {second_};
    made.deliverable = "5 bản hương ước";
    made.from = kToday;
    made.due = base::Date(2022, 4, 20);
    return made;
  }
  TaskId make(const Task& asked, base::Date day) {
    return db_->write([&](store::Tx& tx) { return create_task(tx, ha_, {}, day, asked); }).value();
  }

  /// "" when done, else "field code;" of each problem.
  template <class Act>
  std::string tried(Act act) {
    const auto done = db_->write([&](store::Tx& tx) { return act(tx); });
    if (done) return "";
    std::string made;
    for (const auto& problem : done.error()) made += problem.field + " " + problem.code + ";";
    return made;
  }

  static inline const base::Date kBegin{2021, 1, 1}, kToday{2022, 3, 1};
  std::unique_ptr<store::Db> db_;
  auth::Actor ha_, lan_, minh_, tam_;
  org::UnitId city_, district_, first_, second_, third_;
  ProgrammeId programme_;
};

}  // namespace direct::testing
