#include "inspect/inspection_json.h"
#include "inspect/papers.h"
#include "inspect/plan_guard.h"
#include "inspect/procedure_store.h"
#include "inspect/testing.h"

namespace inspect {
namespace {

class Inspecting : public testing::Ground {
 protected:
  template <class Rule, class... Args>
  std::string does(InspectionId id, const auth::Actor& actor, Rule rule, const Args&... args) {
    return on(id, [&](store::Tx& tx, OnInspection o) -> base::Result<void> {
      RETURN_IF_REFUSED(rule(tx, actor, at(), o, args...));
      return {};
    });
  }
  std::string asks(InspectionId id, const auth::Actor& actor, const AskedSupplement& asked) {
    return does(id, actor, ask_supplement, asked);
  }
  AskedSupplement supplement() const {
    return {district_,
            day_.plus_days(5),
            "Bổ sung theo ý kiến thành viên",
            {{"2", "làm rõ kết quả đạt được", "/sections/0"},
             {"3", "nêu rõ số liệu phòng dịch", "/sections/1"}},
            {}};
  }
  InspectionId concluded() {
    const InspectionId id = verifying_one();
    EXPECT_EQ(does(id, thanh_, add_finding, finding(id)), "");
    EXPECT_EQ(does(id, truong_, draft_result, std::string("Dự thảo")), "");
    EXPECT_EQ(does(id, truong_, hold_conference, day_, std::string("Đơn vị nhất trí")), "");
    AskedFollowUp one = demand();
    one.finding =
        db_->read([&](store::Tx& tx) { return finding_store::of_inspection(tx, id)[0].id; });
    EXPECT_EQ(does(id, vinh_, conclude_inspection, std::string("Kết luận"), std::vector{one}), "");
    return id;
  }
  FollowUp follow_up(InspectionId id, std::size_t at = 0) {
    return db_->read([&](store::Tx& tx) { return follow_up_store::of_inspection(tx, id).at(at); });
  }
  std::string done(const FollowUp& one, const auth::Actor& actor, const std::string& words) {
    return tried([&](store::Tx& tx) {
      const auto task = direct::task_store::find(tx, one.task).value();
      return direct::update_task(tx, actor, at().at, day_, {one.task, task.revision},
                                 {direct::UpdateKind::done, 0, words}, {});
    });
  }
};

INSTANTIATE_TEST_SUITE_P(Databases, Inspecting, ::testing::ValuesIn(store::testing::databases()));

TEST_P(Inspecting, TheProcedureIsTheOneInForceOnTheDay) {
  const auto on_day = [&](base::Date day) {
    return db_->read(
        [&](store::Tx& tx) { return procedure_store::in_force(tx, "kiem-tra", day).value(); });
  };
  EXPECT_EQ(on_day({2022, 5, 5}).version, 1);
  EXPECT_EQ(on_day({2023, 5, 5}).version, 2);
  EXPECT_EQ(on_day({2026, 1, 9}).version, 3);
  EXPECT_EQ(on_day({2026, 1, 9}).steps.size(), 10U);
  const auto watching = db_->read(
      [&](store::Tx& tx) { return procedure_store::in_force(tx, "giam-sat", kToday).value(); });
  EXPECT_EQ(watching.clock, ClockStart::self_report);
  EXPECT_TRUE(watching.is_working);
}

TEST_P(Inspecting, ANewRegulationIsANewVersionAndTheOneBeforeEnds) {
  const auto all = [&] {
    return db_->read([&](store::Tx& tx) { return procedure_store::all(tx, {}); });
  };
  const std::size_t before = all().size();
  Procedure next;
  next.code = "kiem-tra";
  next.name = next.basis = "Quyết định minh hoạ";
  next.from = base::Date(2027, 1, 1);
  next.clock = ClockStart::self_report;
  next.cap_city = next.cap_district = next.cap_commune = 10;
  const auto defines = [&](const auth::Actor& actor) {
    return tried([&](store::Tx& tx) { return define_procedure(tx, actor, at(), next); });
  };
  EXPECT_EQ(defines(vinh_), "/steps procedure.no_step;");
  next.steps = {{"decide", "preparing", "Quyết định", "decision"},
                {"decide", "preparing", "Quyết định", "decision"}};
  EXPECT_EQ(defines(vinh_), "/steps/1/code procedure.step_twice;");
  next.steps.pop_back();
  EXPECT_EQ(defines(lan_), " authority.not_yours;");
  EXPECT_EQ(defines(vinh_), "");
  EXPECT_EQ(defines(vinh_), "/from procedure.from_not_later;");
  ASSERT_EQ(all().size(), before + 1);
  const auto in_force = [&](base::Date day) {
    return db_->read(
        [&](store::Tx& tx) { return procedure_store::in_force(tx, "kiem-tra", day)->version; });
  };
  EXPECT_EQ(in_force({2026, 12, 31}), 3);
  EXPECT_EQ(in_force({2027, 1, 1}), 4);
}

TEST_P(Inspecting, APlanIsLookedOverWhole) {
  AskedInspection wrong = asked();
  wrong.inspection.from = base::Date(2017, 4, 4);
  wrong.inspection.units = {{city_, {}}, {city_, {}}};
  wrong.inspection.programmes = {direct::ProgrammeId{999}};
  const auto plans = [&](const auth::Actor& actor, const AskedInspection& one) {
    return tried([&](store::Tx& tx) { return plan_inspection(tx, actor, at(), one); });
  };
  EXPECT_EQ(plans(vinh_, wrong),
            "/from inspection.too_far_back;/units/1 inspection.unit_twice;"
            "/units/0 inspection.unit_not_below;/units/1 inspection.unit_not_below;"
            "/programmes/0 programme.not_found;");
  EXPECT_EQ(plans(ha_, asked()), " unit.not_found;");
  wrong = asked();
  wrong.procedure = "khong-co";
  EXPECT_EQ(plans(vinh_, wrong), "/procedure inspection.procedure_unknown;");
  EXPECT_EQ(plans(vinh_, asked()), "");
}

TEST_P(Inspecting, TwoTeamsAtOneUnitInOneQuarterNeedAReason) {
  planned();
  AskedInspection second = asked();
  const auto plans = [&] {
    return tried([&](store::Tx& tx) { return plan_inspection(tx, bich_, at(), second); });
  };
  EXPECT_EQ(plans(), "/units/0 inspection.clash;");
  second.inspection.quarter = 3;
  EXPECT_EQ(plans(), "");
  second.inspection.quarter = 4;
  EXPECT_EQ(plans(), "/units/0 inspection.overload;");
  second.reason = "Có dấu hiệu vi phạm";
  EXPECT_EQ(plans(), "");
}

TEST_P(Inspecting, ATeamHasOneHeadAndNobodyOfTheUnit) {
  const InspectionId id = planned();
  const auto puts = [&](const std::vector<Member>& team) {
    return does(id, vinh_, put_team, team, std::string());
  };
  EXPECT_EQ(does(id, vinh_, decide_inspection, std::optional<int>(), std::string()),
            " inspection.no_head;");
  EXPECT_EQ(puts({{{}, "truong", "", TeamRole::member, ""}}), "/members inspection.no_head;");
  EXPECT_EQ(puts({{{}, "truong", "", TeamRole::head, ""},
                  {{}, "lan", "", TeamRole::member, ""},
                  {{}, "ai", "", TeamRole::member, ""}}),
            "/members/1/login inspection.member_of_unit;/members/2/login "
            "inspection.member_unknown;");
  EXPECT_EQ(puts(team()), "");
  EXPECT_EQ(does(id, vinh_, decide_inspection, std::optional<int>(46), std::string()),
            "/days inspection.term_too_long;");
}

TEST_P(Inspecting, TheTeamSeesTheUnitWhileItRunsAndNoLonger) {
  const InspectionId id = planned();
  EXPECT_EQ(does(id, vinh_, put_team, team(), std::string()), "");
  EXPECT_FALSE(sees(thanh_, district_));
  EXPECT_EQ(does(id, vinh_, put_outline, outline()), "");
  EXPECT_EQ(does(id, vinh_, decide_inspection, std::optional<int>(), std::string()), "");
  EXPECT_TRUE(sees(thanh_, district_));
  EXPECT_TRUE(sees(thanh_, commune_));
  EXPECT_FALSE(sees(thanh_, other_));
  EXPECT_FALSE(sees(thanh_, city_));
  EXPECT_FALSE(sees(khac_, district_));
  // To see is all that is lent.
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return org::allows(tx, thanh_, org::Act::enter, district_, day_);
            }),
            " authority.not_yours;");
  EXPECT_EQ(does(id, vinh_, announce_inspection), "");
  hand_up(id);
  const auto report = *now(id).units.front().report;
  const auto reads = [&](const auth::Actor& actor) {
    return db_->read([&](store::Tx& tx) {
      const org::Scope scope = org::scope_of(actor, day_);
      return report::seen_report(tx, actor, day_, report).has_value() &&
             !report::report_store::requests(tx, scope, {}).empty();
    });
  };
  EXPECT_TRUE(reads(thanh_));
  EXPECT_FALSE(reads(khac_));
  // Who leaves the team loses sight at once.
  EXPECT_EQ(does(id, vinh_, put_team, std::vector<Member>{{{}, "truong", "", TeamRole::head, ""}},
                 std::string()),
            "");
  EXPECT_FALSE(reads(thanh_));
  EXPECT_TRUE(reads(truong_));
  EXPECT_EQ(does(id, vinh_, cancel_inspection, std::string("Dịch bệnh")), "");
  EXPECT_FALSE(reads(truong_));
  EXPECT_FALSE(sees(truong_, commune_));
  EXPECT_EQ(tried([&](store::Tx& tx) { return seen_inspection(tx, truong_, day_, id); }),
            " inspection.not_found;");
}

TEST_P(Inspecting, SightEndsWithTheInspectionAndAnotherTeamNeverHadIt) {
  const InspectionId id = concluded();
  EXPECT_EQ(does(id, vinh_, hand_over_conclusion), "");
  EXPECT_TRUE(sees(thanh_, commune_));
  EXPECT_EQ(done(follow_up(id), ha_, "Đã ban hành nghị quyết"), "");
  EXPECT_EQ(does(id, bich_, verify_follow_up, follow_up(id).id, true, std::string()), "");
  EXPECT_EQ(does(id, bich_, close_inspection), "");
  EXPECT_EQ(now(id).state, State::closed);
  for (const auto* actor : {&truong_, &thanh_, &khac_}) {
    EXPECT_FALSE(sees(*actor, district_));
    EXPECT_FALSE(sees(*actor, commune_));
  }
  EXPECT_TRUE(sees(vinh_, district_));
}

TEST_P(Inspecting, NotesAreTheirAuthorsUntilShared) {
  const InspectionId id = verifying_one();
  const NoteId note = db_->write([&](store::Tx& tx) {
                           return write_note(tx, thanh_, at(), id, "Số liệu lệch", false);
                         })
                          .value();
  const auto reads = [&](const auth::Actor& actor) {
    return db_->read(
        [&](store::Tx& tx) { return note_store::readable(tx, id, actor.account()).size(); });
  };
  EXPECT_EQ(reads(thanh_), 1U);
  EXPECT_EQ(reads(truong_), 0U);
  const auto rewrites = [&](const auth::Actor& actor, bool is_shared, std::int64_t revision) {
    return tried([&](store::Tx& tx) {
      return rewrite_note(tx, actor, at(), id, note, revision, "Số liệu lệch 3 người", is_shared);
    });
  };
  EXPECT_EQ(rewrites(truong_, true, 1), " note.not_found;");
  EXPECT_EQ(rewrites(ha_, true, 1), " inspection.not_on_team;");
  EXPECT_EQ(rewrites(khac_, true, 1), " inspection.not_found;");
  EXPECT_EQ(rewrites(thanh_, true, 1), "");
  EXPECT_EQ(rewrites(thanh_, false, 2), "/is_shared note.shared_already;");
  EXPECT_EQ(rewrites(truong_, true, 2), " authority.not_yours;");
  EXPECT_EQ(reads(truong_), 1U);
  EXPECT_EQ(tried([&](store::Tx& tx) { return write_note(tx, ha_, at(), id, "x", false); }),
            " inspection.not_on_team;");
}

TEST_P(Inspecting, ASupplementGivesBackExactlyTheNamedSections) {
  const InspectionId id = verifying_one();
  AskedSupplement wrong = supplement();
  wrong.sections[1].section = "9";
  EXPECT_EQ(asks(id, truong_, wrong), "/sections/1/section narrative.section_unknown;");
  wrong = supplement();
  wrong.cells = {{"F9", "số liệu chưa rõ ràng", "/cells/0", report::FactKind::actual}};
  EXPECT_EQ(asks(id, truong_, wrong), "/cells/0/indicator report.cell_not_asked;");
  wrong.sections.clear(), wrong.cells.clear(), wrong.due_on = day_;
  EXPECT_EQ(asks(id, truong_, wrong),
            "/sections supplement.nothing_named;/due_on supplement.due_past;");
  EXPECT_EQ(asks(id, thanh_, supplement()), " inspection.lead_only;");
  EXPECT_EQ(asks(id, ha_, supplement()), " inspection.not_on_team;");
  EXPECT_EQ(asks(id, khac_, supplement()), " inspection.not_found;");
  EXPECT_EQ(asks(id, truong_, supplement()), "");
  EXPECT_EQ(does(id, truong_, draft_result, std::string("Dự thảo")),
            " inspection.supplements_open;");
  const auto report = *now(id).units.front().report;
  const auto sheet =
      db_->read([&](store::Tx& tx) { return report::report_store::sheet(tx, report).value(); });
  EXPECT_FALSE(report::may_write(sheet.report.state, *sheet.narrative.find("1")).has_value());
  EXPECT_TRUE(report::may_write(sheet.report.state, *sheet.narrative.find("2")).has_value());
  hand_up(id, "Lời đã làm rõ.");
  const auto asked_now =
      db_->read([&](store::Tx& tx) { return supplement_store::of_inspection(tx, id); });
  ASSERT_EQ(asked_now.size(), 1U);
  EXPECT_TRUE(asked_now[0].answered_at.has_value());
  const auto changed = db_->read([&](store::Tx& tx) {
    return report::differences(tx, report::report_store::sheet(tx, report).value(),
                               asked_now[0].round);
  });
  ASSERT_TRUE(changed.has_value());
  EXPECT_EQ(changed->sections.size(), 2U);
  EXPECT_TRUE(changed->cells.empty());
  EXPECT_EQ(asks(id, truong_, supplement()), "");
  EXPECT_EQ(db_->read([&](store::Tx& tx) {
    return supplement_store::of_inspection(tx, id).back().number;
  }),
            2);
}

TEST_P(Inspecting, ATermIsLengthenedByAThirdAtMost) {
  const InspectionId id = announced();
  const auto extends = [&](int days, const char* reason) {
    return does(id, vinh_, extend_inspection, days, std::string(reason));
  };
  EXPECT_EQ(extends(11, ""),
            "/days inspection.extension_too_long;/reason inspection.extension_reason;");
  EXPECT_EQ(extends(6, "thêm đơn vị"), "");
  EXPECT_EQ(extends(5, "thêm nữa"), "/days inspection.extension_too_long;");
  EXPECT_EQ(extends(4, "thêm nữa"), "");
  const Inspection kept = now(id);
  const auto procedure =
      db_->read([&](store::Tx& tx) { return *procedure_store::find(tx, kept.procedure); });
  EXPECT_EQ(due_of(kept, procedure, {}), kToday.plus_days(40));
}

TEST_P(Inspecting, AFindingStandsOnEvidenceThatIsThere) {
  const InspectionId id = verifying_one();
  Finding one = finding(id);
  one.evidence.clear();
  EXPECT_EQ(does(id, thanh_, add_finding, one), "/evidence finding.no_evidence;");
  one.evidence = {{EvidenceKind::fact, 999, "", ""}, {EvidenceKind::section, 1, "9", ""}};
  EXPECT_EQ(does(id, thanh_, add_finding, one),
            "/evidence/0 finding.evidence_unknown;/evidence/1 finding.evidence_unknown;");
  EXPECT_EQ(does(id, ha_, add_finding, finding(id)), " inspection.not_on_team;");
  EXPECT_EQ(does(id, thanh_, add_finding, finding(id)), "");
  EXPECT_EQ(does(id, truong_, draft_result, std::string("x")), "");
  EXPECT_EQ(does(id, truong_, hold_conference, day_.plus_days(1), std::string("x")),
            "/on inspection.conference_day;");
}

TEST_P(Inspecting, AConclusionNeedsAFindingAndItsDemandsALeadAndADate) {
  const InspectionId id = verifying_one();
  EXPECT_EQ(does(id, truong_, draft_result, std::string("Dự thảo")), "");
  EXPECT_EQ(does(id, truong_, hold_conference, day_, std::string("Nhất trí")), "");
  const auto concludes = [&](const std::vector<AskedFollowUp>& demands) {
    return does(id, vinh_, conclude_inspection, std::string("Kết luận"), demands);
  };
  EXPECT_EQ(concludes({demand()}), " inspection.no_finding;");
  EXPECT_EQ(does(id, thanh_, add_finding, finding(id)), "");
  AskedFollowUp bare = demand(), late = demand();
  bare.lead.reset(), bare.due.reset();
  late.due = day_.plus_days(-1);
  EXPECT_EQ(concludes({demand(), bare, late}),
            "/demands/1/lead demand.lead_missing;/demands/1/due demand.due_missing;"
            "/demands/2/due demand.due_past;");
  AskedFollowUp poor = demand();
  poor.deliverable.clear();
  EXPECT_EQ(concludes({poor}), "/demands/0/deliverable task.deliverable_missing;");
  EXPECT_TRUE(
      db_->read([&](store::Tx& tx) { return follow_up_store::of_inspection(tx, id); }).empty());
  EXPECT_EQ(does(id, truong_, conclude_inspection, std::string("x"), std::vector{demand()}),
            " authority.not_yours;");
  EXPECT_EQ(concludes({demand()}), "");
}

TEST_P(Inspecting, ADemandIsClosedByWhoNeitherWroteItNorDidIt) {
  const InspectionId id = concluded();
  EXPECT_EQ(does(id, lan_, commit_to, demand("Cưới, tang văn minh")), " inspection.not_found;");
  AskedFollowUp own = demand("Cưới, tang văn minh");
  own.lead.reset();
  EXPECT_EQ(does(id, ha_, commit_to, own), "");
  const FollowUp first = follow_up(id), second = follow_up(id, 1);
  EXPECT_EQ(second.kind, FollowUpKind::commitment);
  const auto verifies = [&](const auth::Actor& actor, const FollowUp& one, bool is_closed = true,
                            const char* remark = "") {
    return does(id, actor, verify_follow_up, one.id, is_closed, std::string(remark));
  };
  EXPECT_EQ(verifies(bich_, first), " inspection.state;");
  EXPECT_EQ(does(id, vinh_, hand_over_conclusion), "");
  EXPECT_EQ(verifies(bich_, first), " follow_up.not_done;");
  EXPECT_EQ(done(first, ha_, "Đã ban hành"), "");
  EXPECT_EQ(verifies(vinh_, first), " follow_up.own;");
  EXPECT_EQ(verifies(ha_, first), " authority.not_yours;");
  EXPECT_EQ(verifies(bich_, first, false), "/remark follow_up.remark_missing;");
  EXPECT_EQ(verifies(bich_, first, false, "thiếu kế hoạch"), "");
  EXPECT_EQ(verifies(bich_, first), "");
  EXPECT_EQ(verifies(bich_, first), " follow_up.closed;");
  EXPECT_EQ(does(id, bich_, close_inspection), " inspection.follow_ups_open;");
  EXPECT_EQ(done(second, ha_, "Đã thực hiện"), "");
  EXPECT_EQ(verifies(vinh_, second), "");
  EXPECT_EQ(does(id, bich_, close_inspection), "");
}

TEST_P(Inspecting, WhatWasNotClosedIsOfferedToTheNextInspection) {
  const InspectionId first = concluded();
  AskedInspection next = asked();
  next.inspection.quarter = 4;
  const InspectionId second =
      db_->write([&](store::Tx& tx) { return plan_inspection(tx, vinh_, at(), next); }).value();
  const auto offered = [&] {
    return db_->read([&](store::Tx& tx) {
      return earlier_findings(tx, inspection_store::find(tx, second).value());
    });
  };
  ASSERT_EQ(offered().size(), 1U);
  EXPECT_EQ(offered()[0].open, 1);
  EXPECT_FALSE(offered()[0].is_repeated);
  EXPECT_EQ(offered()[0].finding.inspection, first);
  Finding again = offered()[0].finding;
  again.inspection = second;
  again.repeats = again.id;
  db_->write([&](store::Tx& tx) { finding_store::add(tx, again); });
  EXPECT_TRUE(offered()[0].is_repeated);
  EXPECT_TRUE(offered()[0].is_taken);
}

TEST_P(Inspecting, ASessionRecordsWhoCameAndWhatWasSaid) {
  const InspectionId id = verifying_one();
  WorkingSession one;
  one.inspection = id;
  one.unit = district_;
  one.on = day_;
  one.place = "Huyện ủy";
  one.subject = "báo cáo tự kiểm tra";
  one.lines = {{"statement", "team", "Trưởng đoàn", "", ""},
               {"answer", "unit", "Bí thư", "", "Có"}};
  const auto holds = [&](const auth::Actor& actor) {
    return tried([&](store::Tx& tx) { return hold_session(tx, actor, at(), one); });
  };
  EXPECT_EQ(holds(thanh_),
            "/lines session.no_attendee;/lines/0/text session.text_missing;/lines/1/kind "
            "session.answer_first;");
  one.lines = {{"attendee", "team", "Trưởng đoàn", "Phó Bí thư", ""},
               {"statement", "team", "Trưởng đoàn", "", "Báo cáo nghiêm túc"},
               {"question", "team", "Thành viên", "", "Vì sao chậm?"},
               {"answer", "unit", "Bí thư", "", "Thiếu người"}};
  EXPECT_EQ(holds(ha_), " inspection.not_on_team;");
  EXPECT_EQ(holds(thanh_), "");
  one.id = db_->read([&](store::Tx& tx) { return session_store::of_inspection(tx, id)[0].id; });
  const auto rewrites = [&] {
    return tried([&](store::Tx& tx) { return rewrite_session(tx, truong_, at(), one); });
  };
  EXPECT_EQ(rewrites(), "");
  EXPECT_EQ(rewrites(), " session.changed;");
}

TEST_P(Inspecting, AnOldRevisionIsRefusedAndChangesNothing) {
  const InspectionId id = decided();
  const std::int64_t revision = now(id).revision;
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return announce_inspection(tx, vinh_, at(), {id, revision - 1});
            }),
            " inspection.changed;");
  EXPECT_EQ(now(id).state, State::decided);
  EXPECT_EQ(now(id).revision, revision);
}

TEST_P(Inspecting, TheUnitSeesNeitherDraftNorNotesAndOnlyItsOwnPart) {
  const InspectionId id = verifying_one();
  EXPECT_EQ(does(id, thanh_, add_finding, finding(id)), "");
  EXPECT_EQ(does(id, truong_, draft_result, std::string("Dự thảo")), "");
  const auto papers = [&](const auth::Actor& actor) {
    return db_->read([&](store::Tx& tx) {
      const Inspection one = inspection_store::find(tx, id).value();
      std::string made;
      for (const PaperOf& paper : papers_of(tx, one, only_units(tx, actor, day_, one)))
        made += std::string(name(paper.kind)) + " ";
      return made;
    });
  };
  EXPECT_EQ(papers(ha_), "decision plan outline announcement self_report ");
  EXPECT_EQ(papers(truong_), "decision plan outline announcement self_report draft_result ");
  EXPECT_EQ(does(id, truong_, hold_conference, day_, std::string("Nhất trí")), "");
  EXPECT_EQ(papers(ha_), "decision plan outline announcement self_report draft_result ");
}

TEST_P(Inspecting, OfTwoUnitsInspectedTogetherEachSeesItsOwnPart) {
  AskedInspection both = asked();
  both.inspection.units.push_back({other_, {}});
  const InspectionId id =
      db_->write([&](store::Tx& tx) { return plan_inspection(tx, vinh_, at(), both); }).value();
  EXPECT_EQ(does(id, vinh_, put_team, team(), std::string()), "");
  AskedOutline words = outline();
  words.indicators.clear();
  for (auto& section : words.sections) section.is_required = false;
  EXPECT_EQ(does(id, vinh_, put_outline, words), "");
  EXPECT_EQ(does(id, vinh_, decide_inspection, std::optional<int>(), std::string()), "");
  EXPECT_EQ(does(id, vinh_, announce_inspection), "");
  for (const Inspected& one : now(id).units) {
    const auth::Actor& actor = one.unit == district_ ? ha_ : xa_;
    EXPECT_EQ(tried([&](store::Tx& tx) {
                return report::submit_report(tx, actor, at(), {*one.report, 1});
              }),
              "");
  }
  EXPECT_EQ(does(id, truong_, verify_inspection, clock_), "");
  EXPECT_EQ(asks(id, truong_, supplement()), "");
  Finding one;
  one.text = "Nhận định về huyện kia";
  one.unit = other_;
  one.evidence = {{EvidenceKind::section, now(id).units.back().report->value, "1", ""}};
  EXPECT_EQ(does(id, thanh_, add_finding, one), "");
  one.unit = {};
  EXPECT_EQ(does(id, thanh_, add_finding, one), "/unit inspection.not_inspected;");
  day_ = day_.plus_days(10);  // the request's time is over unanswered
  EXPECT_EQ(does(id, truong_, draft_result, std::string("Dự thảo")), "");
  EXPECT_EQ(does(id, truong_, hold_conference, day_, std::string("Nhất trí")), "");
  const auto shown = [&](const auth::Actor& actor) {
    return db_->read([&](store::Tx& tx) {
      const auto page = page_json(tx, inspection_store::find(tx, id).value(), actor, day_);
      const auto count = [&](const char* key) {
        return std::to_string(page.at(key).as_array().size()) + " ";
      };
      return count("self_reports") + count("supplements") + count("findings");
    });
  };
  EXPECT_EQ(shown(truong_), "2 1 1 ");
  EXPECT_EQ(shown(vinh_), "2 1 1 ");
  EXPECT_EQ(shown(ha_), "1 1 0 ");
  EXPECT_EQ(shown(xa_), "1 0 1 ");
}

}  // namespace
}  // namespace inspect
