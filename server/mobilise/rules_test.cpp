#include <gtest/gtest.h>

#include <random>

#include "mobilise/reform.h"
#include "mobilise/tally.h"

namespace mobilise {
namespace {

Movement movement() {
  Movement made;
  made.id = {1};
  made.unit = {10};
  made.name = "Quỹ Vì người nghèo";
  made.from = base::Date(2021, 1, 1);
  made.to = base::Date(2022, 1, 1);
  made.carriers = {{11}, {12}};
  return made;
}

Contribution gift() {
  Contribution made;
  made.id = {5};
  made.movement = {1};
  made.unit = {30};
  made.quantity = 5'000'000;
  made.giver = "Công ty May Hòa Bình";
  made.on = base::Date(2021, 6, 10);
  made.bodies = {{{11}, 5'000'000, made.on, "", "", {}}};
  return made;
}

Contribution told() {
  Contribution made = gift();
  made.id = {};
  made.bodies.clear();
  return made;
}

std::string codes(const base::Problems& problems) {
  std::string made;
  for (const auto& one : problems) made += one.field + " " + one.code + ";";
  return made;
}

TEST(Course, EveryDeedInEveryStateByEveryPart) {
  const Parts owner{true, false, false}, carrier{false, true, false}, teller{false, false, true};
  const auto can = [](State state, Deed deed, const Parts& by) {
    return after(state, deed, by, 1).has_value();
  };
  for (int deed = 0; deed < kDeeds; ++deed) {
    for (int state = 0; state < kStates; ++state) {
      const auto d = static_cast<Deed>(deed);
      const auto s = static_cast<State>(state);
      EXPECT_FALSE(can(s, d, {})) << name(d);
      const bool open = s != State::closed;
      EXPECT_EQ(can(s, d, owner), (d == Deed::replace && open) || (d == Deed::plan && open) ||
                                      (d == Deed::start && s == State::draft) ||
                                      (d == Deed::correct && s != State::draft) ||
                                      (d == Deed::close && s == State::running))
          << name(d) << name(s);
      EXPECT_EQ(can(s, d, carrier), d == Deed::plan && open);
      EXPECT_EQ(can(s, d, teller),
                (d == Deed::report || d == Deed::correct) && s == State::running);
    }
  }
}

TEST(Course, SaysWhetherItIsThePersonOrTheState) {
  EXPECT_EQ(after(State::closed, Deed::start, {true, true, true}, 1).error()[0].code,
            "movement.state");
  EXPECT_EQ(after(State::closed, Deed::start, {false, true, true}, 1).error()[0].code,
            "authority.not_yours");
  EXPECT_EQ(after(State::draft, Deed::start, {true, false, false}, 0).error()[0].code,
            "movement.no_carrier");
  EXPECT_EQ(deeds_of(State::running, {false, true, true}),
            (std::vector{Deed::plan, Deed::report, Deed::correct}));
}

TEST(Movement_, SaysAllItsFaultsAtOnce) {
  Movement made = movement();
  EXPECT_EQ(codes(faults_of(made)), "");
  made.to = made.from;
  made.carriers = {{11}, {11}};
  made.fields = {Field::economy, Field::economy};
  EXPECT_EQ(codes(faults_of(made)),
            "/to movement.span;/carriers/1 movement.carrier_twice;/fields/1 movement.field_twice;");
}

TEST(Plan, IsOfCarriersAndInTime) {
  const std::vector<PlanLine> lines{{{11}, {11}, "vận động", base::Date(2021, 9, 1)},
                                    {{13}, {13}, "thăm hộ", base::Date(2022, 1, 1)}};
  EXPECT_EQ(codes(faults_of_plan(movement(), lines)),
            "/lines/1/carrier plan.not_a_carrier;/lines/1/due_on plan.due_outside;");
}

TEST(Plan, ACarrierWritesItsOwnLinesOnly) {
  const base::Date day(2021, 9, 1);
  const std::vector<PlanLine> before{{{11}, {11}, "a", day}, {{12}, {12}, "b", day}};
  std::vector<PlanLine> after = before;
  after[0].text = "mới";
  EXPECT_EQ(codes(faults_of_others(before, after, {{11}})), "");
  EXPECT_EQ(codes(faults_of_others(before, after, {{12}})), "/lines/0 plan.line_of_another;");
  after = {before[1]};
  EXPECT_EQ(codes(faults_of_others(before, after, {{11}})), "");
  EXPECT_EQ(codes(faults_of_others(before, after, {{12}})), "/lines plan.line_of_another;");
  after = before;
  after.push_back({{12}, {12}, "c", day});
  EXPECT_EQ(codes(faults_of_others(before, after, {{11}})), "/lines/2 plan.line_of_another;");
}

TEST(Contribution_, SaysAllItsFaultsAtOnce) {
  const base::Date today(2021, 7, 1);
  EXPECT_EQ(codes(faults_of(gift(), movement(), today)), "");
  Contribution made = gift();
  made.kind = GiftKind::in_kind;
  made.quantity = -1;
  made.on = base::Date(2022, 1, 1);
  EXPECT_EQ(codes(faults_of(made, movement(), today)),
            "/on contribution.outside_period;/quantity contribution.quantity;/what "
            "contribution.what_missing;");
  made = gift();
  made.on = base::Date(2021, 7, 2);
  made.quantity = kMostQuantity + 1;
  EXPECT_EQ(codes(faults_of(made, movement(), today)),
            "/on contribution.day_ahead;/quantity contribution.quantity;");
}

TEST(MayBeSame, TheSameGiverSpeltAnotherWayAtARelatedUnit) {
  Contribution other = told();
  other.giver = "CÔNG TY MAY HOÀ BÌNH ";
  EXPECT_TRUE(may_be_same(gift(), other, {12}, true));
  EXPECT_FALSE(may_be_same(gift(), other, {12}, false));
  other.giver = "Công ty May Hòa Bình 2";
  EXPECT_FALSE(may_be_same(gift(), other, {12}, true));
}

TEST(MayBeSame, ByQuantityOrByDayWhenAnotherBodyTells) {
  Contribution other = told();
  other.on = base::Date(2021, 12, 1);
  EXPECT_TRUE(may_be_same(gift(), other, {12}, true)) << "the quantity is the same";
  other.quantity = 1;
  EXPECT_FALSE(may_be_same(gift(), other, {12}, true));
  other.on = gift().on.plus_days(kNearDays);
  EXPECT_TRUE(may_be_same(gift(), other, {12}, true)) << "the day is near";
  other.on = gift().on.plus_days(-kNearDays);
  EXPECT_TRUE(may_be_same(gift(), other, {12}, true));
  other.on = gift().on.plus_days(kNearDays + 1);
  EXPECT_FALSE(may_be_same(gift(), other, {12}, true));
}

TEST(MayBeSame, ByBothWhenTheSameBodyTellsAgain) {
  Contribution other = told();
  EXPECT_TRUE(may_be_same(gift(), other, {11}, true));
  other.on = other.on.plus_days(1);
  EXPECT_FALSE(may_be_same(gift(), other, {11}, true)) << "a gift every day is many gifts";
}

TEST(MayBeSame, NeverAcrossStagesKindsAndMovementsNorOfWhatIsWithdrawn) {
  Contribution other = told();
  other.stage = Stage::pledged;
  EXPECT_FALSE(may_be_same(gift(), other, {12}, true));
  other = told();
  other.kind = GiftKind::households;
  EXPECT_FALSE(may_be_same(gift(), other, {12}, true));
  other = told();
  other.movement = {2};
  EXPECT_FALSE(may_be_same(gift(), other, {12}, true));
  Contribution kept = gift();
  kept.is_withdrawn = true;
  EXPECT_FALSE(may_be_same(kept, told(), {12}, true));
  EXPECT_FALSE(may_be_same(gift(), gift(), {12}, true)) << "itself, when it is corrected";
}

/// A district (1) over two communes (2, 3) and, under the second, a hamlet (4).
std::vector<org::unit_store::Node> tree() {
  return {{{1}, -1, 2, false}, {{2}, 0, 3, true}, {{3}, 0, 3, false}, {{4}, 2, 4, true}};
}

TEST(Totals, CountAUnitAtAllAboveIt) {
  const auto made = tally(tree(), {0, 1, 2}, {},
                          {{{1}, Stage::pledged, GiftKind::money, 7, 1, {}},
                           {{2}, Stage::received, GiftKind::money, 10, 2, {}},
                           {{4}, Stage::received, GiftKind::households, 3, 1, {}},
                           {{9}, Stage::received, GiftKind::money, 99, 1, {}}});
  EXPECT_EQ(made[0].of(GiftKind::money), (Figure{7, 10, 1, 2}));
  EXPECT_EQ(made[0].of(GiftKind::households), (Figure{0, 3, 0, 1}));
  EXPECT_EQ(made[1].of(GiftKind::money), (Figure{0, 10, 0, 2}));
  EXPECT_EQ(made[2].of(GiftKind::households), (Figure{0, 3, 0, 1}));
}

TEST(Totals, OfAnEndedUnitGoToItsHeirAndOfADividedOneAboveAllHeirsOnly) {
  const Seats seats{{{8}, {{2}}}, {{7}, {{2}, {4}}}};
  const auto made = tally(tree(), {0, 1, 2}, seats,
                          {{{8}, Stage::received, GiftKind::money, 5, 1, {}},
                           {{7}, Stage::received, GiftKind::money, 100, 2, {}}});
  EXPECT_EQ(made[0].of(GiftKind::money).received, 105);
  EXPECT_EQ(made[1].of(GiftKind::money).received, 5);
  EXPECT_EQ(made[2].of(GiftKind::money).received, 0);
  EXPECT_EQ((std::vector{made[0].undivided, made[1].undivided, made[2].undivided}),
            (std::vector<std::int64_t>{0, 2, 2}));
}

TEST(Totals, OfTheWholeAreThoseOfItsPartsAndItsOwn) {
  std::mt19937 random(20211);
  for (int round = 0; round < 200; ++round) {
    std::vector<org::unit_store::Node> nodes{{{1}, -1, 1, false}};
    for (int i = 1; i < 30; ++i)
      nodes.push_back({{i + 1}, static_cast<int>(random() % static_cast<unsigned>(i)), 0, true});
    std::vector<Counted> counted;
    for (int i = 0; i < 100; ++i) {
      counted.push_back({{1 + static_cast<std::int64_t>(random() % 30)},
                         static_cast<Stage>(random() % 2),
                         static_cast<GiftKind>(random() % 5),
                         static_cast<std::int64_t>(random() % 1000),
                         1,
                         {}});
    }
    std::vector<int> all;
    for (int i = 0; i < 30; ++i) all.push_back(i);
    const auto totals = tally(nodes, all, {}, counted);
    for (int kind = 0; kind < kGiftKinds; ++kind) {
      for (std::size_t node = 0; node < 30; ++node) {
        std::int64_t received = 0;
        for (std::size_t child = 1; child < 30; ++child)
          if (nodes[child].parent == static_cast<int>(node))
            received += totals[child].of(static_cast<GiftKind>(kind)).received;
        for (const Counted& one : counted)
          if (one.unit == nodes[node].id && one.stage == Stage::received &&
              one.kind == static_cast<GiftKind>(kind))
            received += one.quantity;
        ASSERT_EQ(totals[node].of(static_cast<GiftKind>(kind)).received, received);
      }
    }
  }
}

TEST(Reform, ARateIsExactAndBehindIsBelowTheLeast) {
  EXPECT_EQ(rate_of(479, 519), 9229);
  EXPECT_EQ(rate_of(1, 8), 1250);
  EXPECT_EQ(rate_of(1, 0), std::nullopt);
  EXPECT_EQ(rate_of(std::nullopt, 8), std::nullopt);
  ReformFigures figures;
  figures.handled = 20;
  figures.on_time = 19;
  EXPECT_EQ(standing_of(figures, 9500), ReformStanding::kept);
  EXPECT_EQ(standing_of(figures, 9501), ReformStanding::behind);
  figures.on_time.reset();
  EXPECT_EQ(standing_of(figures, 9500), ReformStanding::no_data);
  figures = {0, 0, 0, {}};
  EXPECT_EQ(standing_of(figures, 9500), ReformStanding::none_handled);
}

}  // namespace
}  // namespace mobilise
