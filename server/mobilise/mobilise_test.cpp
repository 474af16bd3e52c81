#include "mobilise/testing.h"

namespace mobilise {
namespace {

class Mobilising : public testing::Ground {
 protected:
  std::string plans(const auth::Actor& actor, OnMovement on, const std::vector<PlanLine>& lines) {
    return tried([&](store::Tx& tx) { return put_plan(tx, actor, at(), on, lines); });
  }
  std::string corrects(const auth::Actor& actor, ContributionId id, std::int64_t revision,
                       const Contribution& asked, const Sameness& sameness = {}) {
    return tried([&](store::Tx& tx) {
      return correct_contribution(tx, actor, at(), {movement_, id, revision}, asked, sameness,
                                  "ghi nhầm");
    });
  }
  std::string withdraws(const auth::Actor& actor, ContributionId id,
                        std::optional<org::UnitId> body = {}) {
    const auto revision = kept(id).revision;
    return tried([&](store::Tx& tx) {
      return withdraw_contribution(tx, actor, at(), {movement_, id, revision}, body, "báo nhầm");
    });
  }
  std::vector<Contribution> listed(org::UnitId unit, const std::string& line) {
    contribution_store::Wanted wanted;
    wanted.movement = movement_;
    wanted.under = unit;
    wanted.line = line;
    wanted.tree_on = base::Date(2021, 12, 31);
    wanted.sees_whole = true;
    return db_->read([&](store::Tx& tx) {
      return contribution_store::list(tx, org::scope_of(mai_, day_), wanted);
    });
  }
  movement_store::Sight sight(const auth::Actor& actor) {
    return db_->read([&](store::Tx& tx) {
      return movement_store::sight(tx, org::scope_of(actor, day_), movement_);
    });
  }
  Commendation praise() const { return {{}, women_, district_, {}, "Giấy khen", "12/QĐ", day_}; }
  void ends(org::UnitId from, std::vector<std::pair<org::UnitId, int>> heirs, base::Date day) {
    static constexpr store::Sql kEnd{
        "test.succession",
        "insert into succession (reorganisation_id, event, kind, on_day, from_id, to_id, "
        "numerator, denominator, basis, from_ends) values (:plan, 0, 'split', :day, :from, :to, "
        "1, :parts, 'equal', 1)"};
    static constexpr store::Sql kPlan{
        "test.plan",
        "insert into reorganisation (title, document, on_day, line, state, plan, made_by, made_at) "
        "values ('x', 'x', :day, 'government', 'applied', '{}', 'x', 0) returning id"};
    static constexpr store::Sql kGone{
        "test.gone", "update unit_parent set valid_to = :day where unit_id = :unit"};
    static constexpr store::Sql kNameless{
        "test.nameless", "update unit_name set valid_to = :day where unit_id = :unit"};
    db_->write([&](store::Tx& tx) {
      const auto plan = tx.integer(kPlan, {{"day", day}});
      for (const auto& [heir, parts] : heirs) {
        tx.run(kEnd,
               {{"plan", plan}, {"day", day}, {"from", from}, {"to", heir}, {"parts", parts}});
      }
      tx.run(kGone, {{"day", day}, {"unit", from}});
      tx.run(kNameless, {{"day", day}, {"unit", from}});
    });
  }
};

INSTANTIATE_TEST_SUITE_P(Databases, Mobilising, ::testing::ValuesIn(store::testing::databases()));

TEST_P(Mobilising, IsMadeByWhoDirectsItsBodyAndOutOfSightOfOthers) {
  EXPECT_EQ(tried([&](store::Tx& tx) { return create_movement(tx, phu_, at(), fund()); }),
            " unit.not_found;");
  Movement wrong = fund();
  wrong.carriers.push_back({99999});
  wrong.bindings = {{"F14", Stage::received, GiftKind::money}};
  EXPECT_EQ(tried([&](store::Tx& tx) { return create_movement(tx, mai_, at(), wrong); }),
            "/carriers/3 movement.carrier_unknown;/indicators/0/code indicator.unknown;");
  movement_ =
      db_->write([&](store::Tx& tx) { return create_movement(tx, mai_, at(), fund()); }).value();
  using movement_store::Sight;
  EXPECT_EQ(sight(phu_), Sight::whole) << "a carrier plans it too";
  EXPECT_EQ(sight(hieu_), Sight::whole) << "above its owner";
  EXPECT_EQ(sight(lan_), Sight::none) << "a draft";
  EXPECT_EQ(tells(phu_, women_, gift()), " movement.state;");
  EXPECT_EQ(does([&](store::Tx& tx, OnMovement o) { return start_movement(tx, phu_, at(), o); }),
            " authority.not_yours;");
  EXPECT_EQ(does([&](store::Tx& tx, OnMovement o) { return start_movement(tx, mai_, at(), o); }),
            "");
  EXPECT_EQ(sight(lan_), Sight::own);
  EXPECT_EQ(sight(xa_), Sight::none);
  EXPECT_EQ(tells(xa_, elsewhere_, gift()), " movement.not_found;");
}

TEST_P(Mobilising, TwoBodiesAtOnePlan) {
  start();
  const base::Date due(2021, 10, 1);
  const OnMovement seen = on();
  EXPECT_EQ(plans(phu_, seen, {{women_, women_, "vận động hội viên", due}}), "");
  EXPECT_EQ(plans(non_, seen, {{farmers_, farmers_, "giúp ngày công", due}}), " movement.changed;");
  EXPECT_EQ(plans(non_, on(), {{farmers_, farmers_, "giúp ngày công", due}}),
            "/lines plan.line_of_another;")
      << "the women's line would be lost";
  EXPECT_EQ(plans(non_, on(),
                  {{women_, women_, "vận động hội viên", due},
                   {farmers_, farmers_, "giúp ngày công", due}}),
            "");
  EXPECT_EQ(now_of().plan.size(), 2U);
  Movement without = fund();
  without.carriers = {front_, farmers_};
  EXPECT_EQ(does([&](store::Tx& tx, OnMovement o) {
              return replace_movement(tx, mai_, at(), o, without);
            }),
            "/carriers movement.plan_left;");
}

TEST_P(Mobilising, OneGiftToldByTwoBodiesIsAskedAboutAndCountedOnce) {
  start();
  EXPECT_EQ(tells(phu_, women_, gift()), "");
  const ContributionId first = last_;
  Contribution again = gift();
  again.giver = "CÔNG TY MAY HOÀ BÌNH";
  again.on = base::Date(2021, 6, 13);
  EXPECT_EQ(tells(non_, farmers_, again), "/is_same_as contribution.may_be_same;");
  EXPECT_EQ(tells(non_, farmers_, again, {first, "khác"}),
            "/is_other contribution.same_and_other;");
  EXPECT_EQ(tells(non_, farmers_, again, {first, ""}), "");
  EXPECT_EQ(last_, first);
  EXPECT_EQ(kept(first).bodies.size(), 2U);
  EXPECT_EQ(kept(first).bodies[1].on, again.on) << "what each said is kept";
  EXPECT_EQ(tells(non_, farmers_, again, {first, ""}), "/is_same_as contribution.told_already;");
  EXPECT_EQ(tells(mai_, front_, gift(), {{}, "đợt hai, phiếu thu 18"}), "");
  const Totals whole = totals(district_, "front");
  EXPECT_EQ(whole.tallies[0].of(GiftKind::money), (Figure{0, 10'000'000, 0, 2}));
  EXPECT_EQ(whole.bodies.size(), 3U);
  for (const auto& body : whole.bodies)
    EXPECT_EQ(body.second.of(GiftKind::money).received, 5'000'000);
  EXPECT_EQ(whole.repeats, 1);
}

TEST_P(Mobilising, AsksAlsoWhereOneUnitIsUnderTheOther) {
  start();
  EXPECT_EQ(tells(phu_, women_, gift()), "");
  const ContributionId first = last_;
  Contribution above = gift();
  above.unit = front_;
  EXPECT_EQ(tells(mai_, front_, above), "/is_same_as contribution.may_be_same;");
  Contribution beside = gift();
  beside.unit = village_;
  EXPECT_EQ(tells(mai_, front_, beside), "");
  EXPECT_EQ(tells(mai_, front_, above, {first, ""}), "") << "the Front stands over both";
  EXPECT_EQ(last_, first);
}

TEST_P(Mobilising, WhatCannotBeReported) {
  start();
  Contribution wrong = gift(-5);
  wrong.on = base::Date(2022, 1, 1);
  wrong.unit = elsewhere_;
  EXPECT_EQ(tells(phu_, women_, wrong),
            "/on contribution.outside_period;/quantity "
            "contribution.quantity;/unit contribution.unit_not_carried;");
  EXPECT_EQ(tells(hieu_, district_, gift()), "/body contribution.not_a_carrier;");
  EXPECT_EQ(tells(minh_, women_, gift()), " authority.not_yours;") << "another commune's figures";
  EXPECT_EQ(tells(lan_, women_, gift()), "") << "the commune's own clerk";
  Contribution own = gift(12);
  own.kind = GiftKind::households;
  own.giver.clear();
  EXPECT_EQ(tells(lan_, women_, own), "");
  EXPECT_EQ(kept(last_).giver, "Thị trấn Thường Tín");
  EXPECT_EQ(tells(lan_, farmers_, own), "/is_same_as contribution.may_be_same;");
}

TEST_P(Mobilising, TotalsAlongBothLinesAndTheirContributions) {
  start();
  Contribution other = gift(7'000'000);
  other.unit = village_;
  EXPECT_EQ(tells(phu_, women_, gift()), "");
  EXPECT_EQ(tells(mai_, front_, other), "");
  Contribution pledge = gift(9'000'000);
  pledge.stage = Stage::pledged;
  pledge.on = base::Date(2021, 2, 3);
  EXPECT_EQ(tells(mai_, front_, pledge), "");
  const Totals party = totals(district_, "party"), front = totals(district_, "front");
  EXPECT_EQ(party.tallies[0], front.tallies[0]);
  EXPECT_EQ(party.tallies[0].of(GiftKind::money), (Figure{9'000'000, 12'000'000, 1, 2}));
  EXPECT_EQ(party.units.size(), 3U) << "the communes";
  EXPECT_EQ(front.units.size(), 4U) << "the bodies";
  EXPECT_EQ(listed(district_, "party").size(), 3U);
  EXPECT_EQ(listed(village_, "front").size(), 1U);
  const Totals quarter = totals(district_, "party", base::Period::parse("2021-Q1"));
  EXPECT_EQ(quarter.tallies[0].of(GiftKind::money), (Figure{9'000'000, 0, 1, 0}));
}

TEST_P(Mobilising, AnEndedUnitsGiftsAreItsHeirs) {
  start();
  EXPECT_EQ(tells(phu_, women_, gift()), "");
  ends(town_, {{village_, 1}}, base::Date(2021, 7, 1));
  EXPECT_EQ(totals(village_, "party").tallies[0].of(GiftKind::money).received, 5'000'000);
  EXPECT_EQ(listed(village_, "party").size(), 1U);
  ends(village_, {{front_, 2}, {elsewhere_, 2}}, base::Date(2021, 8, 1));
  EXPECT_EQ(totals(front_, "front").tallies[0].of(GiftKind::money).received, 0);
  EXPECT_EQ(totals(front_, "front").tallies[0].undivided, 1) << "a gift is not divided";
  EXPECT_EQ(listed(front_, "front").size(), 0U);
  EXPECT_EQ(totals(front_, "front", base::Period::parse("2021-07")).tallies[0].undivided, 0);
}

TEST_P(Mobilising, ACorrectionLeavesATrace) {
  start();
  EXPECT_EQ(tells(phu_, women_, gift()), "");
  const ContributionId first = last_;
  EXPECT_EQ(corrects(non_, first, 1, gift(6'000'000)), " authority.not_yours;");
  EXPECT_EQ(corrects(phu_, first, 1, gift(6'000'000)), "");
  EXPECT_EQ(corrects(phu_, first, 1, gift(7'000'000)), " contribution.changed;");
  const auto history =
      db_->read([&](store::Tx& tx) { return contribution_store::history(tx, first); });
  ASSERT_EQ(history.size(), 1U);
  EXPECT_EQ(history[0].was.quantity, 5'000'000);
  EXPECT_EQ(history[0].reason, "ghi nhầm");
  EXPECT_EQ(totals(district_, "party").tallies[0].of(GiftKind::money).received, 6'000'000);

  Contribution twin = gift(6'000'000);
  twin.giver = "Cty May Hòa Bình";
  EXPECT_EQ(tells(non_, farmers_, twin), "") << "spelt as another";
  const ContributionId second = last_;
  EXPECT_EQ(corrects(non_, second, 1, gift(6'000'000)), "/is_same_as contribution.may_be_same;");
  EXPECT_EQ(corrects(non_, second, 1, gift(6'000'000), {first, ""}), "");
  EXPECT_TRUE(kept(second).is_withdrawn);
  EXPECT_EQ(kept(first).bodies.size(), 2U);
  EXPECT_EQ(totals(district_, "party").tallies[0].of(GiftKind::money).received, 6'000'000);

  EXPECT_EQ(withdraws(phu_, first), "/body contribution.told_by_others;");
  EXPECT_EQ(withdraws(phu_, first, front_), "/body contribution.not_told_by;");
  EXPECT_EQ(withdraws(phu_, first, women_), "");
  EXPECT_FALSE(kept(first).is_withdrawn);
  EXPECT_EQ(withdraws(non_, first, farmers_), "");
  EXPECT_TRUE(kept(first).is_withdrawn);
  EXPECT_EQ(totals(district_, "party").tallies[0].of(GiftKind::money).received, 0);
}

TEST_P(Mobilising, AfterItIsClosedItsOwnerMendsAndNobodyReports) {
  start();
  EXPECT_EQ(tells(phu_, women_, gift()), "");
  EXPECT_EQ(does([&](store::Tx& tx, OnMovement o) { return close_movement(tx, mai_, at(), o); }),
            "");
  EXPECT_EQ(tells(phu_, women_, gift(1)), " movement.state;");
  EXPECT_EQ(corrects(phu_, last_, 1, gift(1)), " authority.not_yours;");
  EXPECT_EQ(corrects(mai_, last_, 1, gift(1)), "");
}

TEST_P(Mobilising, AModelIsRecognisedFromAbove) {
  Model model;
  model.unit = town_;
  model.title = "Tuyến đường hoa";
  model.story = "Chi hội tự trồng.";
  model.registered_on = base::Date(2021, 3, 1);
  ModelId id;
  EXPECT_EQ(tried([&](store::Tx& tx) { return register_model(tx, minh_, at(), model); }),
            " unit.not_found;");
  EXPECT_EQ(tried([&](store::Tx& tx) -> base::Result<void> {
              ASSIGN_OR_RETURN(id, register_model(tx, lan_, at(), model));
              return {};
            }),
            "");
  const auto recognises = [&](const auth::Actor& actor, org::UnitId by, base::Date day) {
    return tried(
        [&](store::Tx& tx) { return recognise_model(tx, actor, at(), {id, 1}, {by, day, {}}); });
  };
  EXPECT_EQ(recognises(lan_, town_, day_), " authority.not_yours;");
  EXPECT_EQ(recognises(minh_, village_, day_), " model.not_found;");
  EXPECT_EQ(recognises(hieu_, district_, base::Date(2021, 2, 1)), "/on model.day;");
  EXPECT_EQ(recognises(hieu_, district_, day_), "");
  const auto withdraw = [&](const auth::Actor& actor) {
    return tried(
        [&](store::Tx& tx) { return withdraw_model(tx, actor, at(), {id, 2}, "không còn"); });
  };
  EXPECT_EQ(tried([&](store::Tx& tx) { return rewrite_model(tx, lan_, at(), {id, 2}, model); }),
            " model.state;");
  EXPECT_EQ(withdraw(lan_), " authority.not_yours;");
  EXPECT_EQ(withdraw(hieu_), "");
}

TEST_P(Mobilising, ABodysYearOnOnePage) {
  start();
  EXPECT_EQ(tells(phu_, women_, gift()), "");
  EXPECT_EQ(tells(non_, farmers_, gift(), {last_, ""}), "");
  Contribution another = gift(3);
  another.on = base::Date(2021, 1, 5);
  EXPECT_EQ(tells(phu_, women_, another), "");
  EXPECT_EQ(tried([&](store::Tx& tx) { return commend(tx, hieu_, at(), praise()); }), "");
  EXPECT_EQ(tried([&](store::Tx& tx) { return commend(tx, hieu_, at(), praise()); }),
            "/number commendation.twice;");
  const auto takes_back = [&](const auth::Actor& actor, std::int64_t revision) {
    return tried([&](store::Tx& tx) {
      const auto all = commendation_store::visible(tx, org::scope_of(hieu_, day_), {}, {}, 0, 10);
      return withdraw_commendation(tx, actor, at(), {all.back().id, revision}, "ghi nhầm");
    });
  };
  EXPECT_EQ(takes_back(phu_, 1), " authority.not_yours;");
  EXPECT_EQ(takes_back(xa_, 1), " commendation.not_found;");
  EXPECT_EQ(takes_back(hieu_, 1), "");
  EXPECT_EQ(takes_back(hieu_, 1), " commendation.changed;");
  EXPECT_EQ(takes_back(hieu_, 2), " commendation.withdrawn;");
  EXPECT_EQ(tried([&](store::Tx& tx) { return commend(tx, hieu_, at(), praise()); }), "")
      << "written again";
  const YearOfBody year =
      db_->read([&](store::Tx& tx) { return year_of_body(tx, phu_, day_, women_, 2021); });
  ASSERT_EQ(year.movements.size(), 1U);
  EXPECT_EQ(year.movements[0].told.of(GiftKind::money), (Figure{0, 5'000'003, 0, 2}));
  EXPECT_EQ(year.movements[0].shared.of(GiftKind::money), (Figure{0, 5'000'000, 0, 1}));
  EXPECT_EQ(year.commendations.size(), 1U);
  EXPECT_TRUE(db_->read([&](store::Tx& tx) { return year_of_body(tx, phu_, day_, women_, 2022); })
                  .movements.empty());
}

}  // namespace
}  // namespace mobilise
