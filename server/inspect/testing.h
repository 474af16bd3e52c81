#pragma once

#include <gtest/gtest.h>

#include "auth/testing.h"
#include "direct/define_indicators.h"
#include "direct/follow_task.h"
#include "direct/service.h"
#include "inspect/change_inspection.h"
#include "inspect/inspection_store.h"
#include "inspect/service.h"
#include "org/post_store.h"
#include "org/unit_store.h"
#include "report/change_report.h"
#include "report/write_narrative.h"
#include "store/testing.h"

namespace inspect::testing {

/// A city over two districts, the first over two communes. vinh and bich decide at the city; truong
/// leads a team with thanh on it and khac leads another, none of whom holds a post; ha and hieu
/// work at the district, lan at its first commune, xa at the other district.
class Ground : public ::testing::TestWithParam<std::string> {
 protected:
  Ground()
      : db_(store::testing::fresh(GetParam())),
        vinh_(auth::testing::actor_named(*db_, "vinh")),
        bich_(auth::testing::actor_named(*db_, "bich")),
        truong_(auth::testing::actor_named(*db_, "truong")),
        thanh_(auth::testing::actor_named(*db_, "thanh")),
        khac_(auth::testing::actor_named(*db_, "khac")),
        ha_(auth::testing::actor_named(*db_, "ha")),
        hieu_(auth::testing::actor_named(*db_, "hieu")),
        lan_(auth::testing::actor_named(*db_, "lan")),
        xa_(auth::testing::actor_named(*db_, "xa")) {
    db_->write([&](store::Tx& tx) {
      city_ = add(tx, "01", "Thành phố Hà Nội", "Thành phố", {}, 1);
      district_ = add(tx, "279", "Huyện Thường Tín", "Huyện", city_, 2);
      other_ = add(tx, "250", "Huyện Mê Linh", "Huyện", city_, 2);
      commune_ = add(tx, "10183", "Thị trấn Thường Tín", "Thị trấn", district_, 3);
      hold(tx, vinh_, city_, org::Role::head);
      hold(tx, bich_, city_, org::Role::compiler);
      hold(tx, ha_, district_, org::Role::compiler);
      hold(tx, hieu_, district_, org::Role::head);
      hold(tx, lan_, commune_, org::Role::clerk);
      hold(tx, xa_, other_, org::Role::compiler);
      const auto rows = direct::indicator_rows(office::read_csv(kIndicators).value()).value();
      ASSERT_TRUE(direct::define_indicators(tx, auth::console_actor("test"), {}, rows).has_value());
    });
    programme_ = db_->write([&](store::Tx& tx) {
                      direct::NewProgramme made;
                      made.programme.unit = city_;
                      made.programme.number = "01-CTr/TU";
                      made.programme.title = "Tên minh hoạ";
                      made.programme.issued_on = made.programme.from = base::Date(2021, 3, 17);
                      made.programme.to = base::Date(2026, 1, 1);
                      made.addressees = {district_, other_};
                      return direct::create_programme(tx, vinh_, {}, base::Date(2021, 3, 17), made);
                    })
                     .value();
  }

  static constexpr const char* kIndicators =
      "code,name,measure_unit,decimals,direction,across_units,across_time,numerator,denominator,"
      "weight,frequency\nF1,Đảng viên kết nạp,người,0,up,sum,sum,,,,year\n";

  static org::UnitId add(store::Tx& tx, const char* code, const char* name, const char* kind,
                         std::optional<org::UnitId> parent, std::int64_t level) {
    const org::UnitId unit = org::unit_store::add(tx, {code, name, kind, level, kBegin}, {});
    org::unit_store::add_parent(tx, unit, org::kGovernment, parent, kBegin);
    return unit;
  }
  static void hold(store::Tx& tx, const auth::Actor& actor, org::UnitId unit, org::Role role) {
    org::post_store::appoint(tx, {unit, role, "", actor.account(), kBegin, base::kForever});
  }

  AskedInspection asked() const {
    AskedInspection made;
    Inspection& one = made.inspection;
    one.unit = city_;
    one.title = "thực hiện Chương trình 01-CTr/TU";
    one.team_name = "Đoàn kiểm tra số 2";
    one.year = 2022;
    one.quarter = 2;
    one.from = base::Date(2021, 1, 1);
    one.to = base::Date(2022, 4, 1);
    one.units = {{district_, {}}};
    one.programmes = {programme_};
    one.is_illustrative = true;
    made.procedure = "kiem-tra";
    return made;
  }
  static std::vector<Member> team() {
    return {{{}, "truong", "", TeamRole::head, "chung"},
            {{}, "thanh", "", TeamRole::member, "số liệu"}};
  }
  AskedOutline outline() const {
    return {{{"1", "Lãnh đạo, chỉ đạo", "", true},
             {"2", "Kết quả kinh tế - xã hội", "", true},
             {"3", "Phòng, chống Covid-19", "", true}},
            {"F1"},
            "2021",
            kToday.plus_days(20)};
  }

  /// Runs one act on the inspection at its newest revision: "" when done, else "field code;" of
  /// each problem.
  template <class Act>
  std::string on(InspectionId id, Act act) {
    return tried([&](store::Tx& tx) {
      return act(tx, OnInspection{id, inspection_store::find(tx, id)->revision});
    });
  }
  template <class Act>
  std::string tried(Act act) {
    const auto done = db_->write([&](store::Tx& tx) { return act(tx); });
    if (done) return "";
    std::string made;
    for (const auto& problem : done.error()) made += problem.field + " " + problem.code + ";";
    return made;
  }
  Inspection now(InspectionId id) {
    return db_->read([&](store::Tx& tx) { return inspection_store::find(tx, id).value(); });
  }
  Now at() const { return {{++ticks_}, day_}; }

  InspectionId planned() {
    return db_->write([&](store::Tx& tx) { return plan_inspection(tx, vinh_, at(), asked()); })
        .value();
  }
  InspectionId decided() {
    const InspectionId id = planned();
    EXPECT_EQ(on(id, [&](store::Tx& tx,
                         OnInspection o) { return put_team(tx, vinh_, at(), o, team(), ""); }),
              "");
    EXPECT_EQ(on(id, [&](store::Tx& tx,
                         OnInspection o) { return put_outline(tx, vinh_, at(), o, outline()); }),
              "");
    EXPECT_EQ(on(id, [&](store::Tx& tx,
                         OnInspection o) { return decide_inspection(tx, vinh_, at(), o, 30, ""); }),
              "");
    return id;
  }
  InspectionId announced() {
    const InspectionId id = decided();
    EXPECT_EQ(on(id, [&](store::Tx& tx,
                         OnInspection o) { return announce_inspection(tx, vinh_, at(), o); }),
              "");
    return id;
  }
  /// The district writes what is open of its report and hands it up.
  void hand_up(InspectionId id, const std::string& words = "Lời của huyện.") {
    EXPECT_EQ(tried([&](store::Tx& tx) { return written(tx, id, words); }), "");
  }
  base::Result<void> written(store::Tx& tx, InspectionId id, const std::string& words) {
    const auto report = *inspection_store::find(tx, id)->units.front().report;
    const auto on_now = [&] {
      return report::OnReport{report, report::report_store::find(tx, report)->revision};
    };
    const auto sheet = report::report_store::sheet(tx, report).value();
    for (const auto& section : sheet.narrative.sections) {
      if (!report::may_write(sheet.report.state, section)) continue;
      RETURN_IF_REFUSED(report::put_section(tx, ha_, at(), on_now(), section.asked.code,
                                            {{{}, words + " Mục " + section.asked.code, {}, ""}}));
    }
    if (!sheet.cells.empty() && sheet.cells.front().fact.state == report::FactState::blank) {
      RETURN_IF_REFUSED(report::put_cells(
          tx, ha_, at(), on_now(), {{"F1", report::FactState::value, "120", false, {}, ""}}));
    }
    return report::submit_report(tx, ha_, at(), on_now());
  }
  InspectionId verifying_one() {
    const InspectionId id = announced();
    hand_up(id);
    EXPECT_EQ(
        on(id, [&](store::Tx& tx,
                   OnInspection o) { return verify_inspection(tx, truong_, at(), o, clock_); }),
        "");
    return id;
  }
  Finding finding(InspectionId id, const std::string& text = "Chưa rõ kết quả") {
    Finding made;
    made.text = text;
    made.evidence = {{EvidenceKind::section, now(id).units.front().report->value, "2", ""}};
    return made;
  }
  AskedFollowUp demand(const std::string& title = "Đổi mới lãnh đạo") const {
    AskedFollowUp made;
    made.title = title;
    made.deliverable = "Nghị quyết chuyên đề";
    made.lead = district_;
    made.due = kToday.plus_days(90);
    return made;
  }
  bool sees(const auth::Actor& actor, org::UnitId unit) {
    return db_->read([&](store::Tx& tx) {
      return org::allows(tx, actor, org::Act::see, unit, day_).has_value();
    });
  }

  static inline const base::Date kBegin{2021, 1, 1}, kToday{2022, 4, 5};
  std::unique_ptr<store::Db> db_;
  auth::Actor vinh_, bich_, truong_, thanh_, khac_, ha_, hieu_, lan_, xa_;
  org::UnitId city_, district_, other_, commune_;
  direct::ProgrammeId programme_;
  base::FixedClock clock_{base::Instant{}};
  base::Date day_ = kToday;
  mutable std::int64_t ticks_ = 0;
};

}  // namespace inspect::testing
