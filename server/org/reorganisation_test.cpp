#include "org/reorganisation.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "org/succession.h"

namespace org {
namespace {

const base::Date kDay(2025, 7, 1);

/// City 01 over district 279 over communes A, B, C, D; A and B also stand under Party committee P.
Snapshot ground() {
  Snapshot made;
  made.day = kDay;
  const auto add = [&](std::int64_t id, const char* code, std::int64_t parent, const char* line,
                       std::int64_t level) {
    const base::Date from(2021, 1, 1);
    made.units.push_back({{id},
                          code,
                          std::string("Xã ") + code,
                          "Xã",
                          level,
                          from,
                          base::kForever,
                          from,
                          base::kForever,
                          {{line, {parent}, from, base::kForever}}});
  };
  add(1, "01", 0, "government", 1);
  add(2, "279", 1, "government", 2);
  add(3, "A", 2, "government", 3);
  add(4, "B", 2, "government", 3);
  add(5, "C", 2, "government", 3);
  add(6, "D", 2, "government", 3);
  add(7, "P", 0, "party", 1);
  for (const std::size_t commune : {2U, 3U}) {
    made.units[commune].places.push_back({"party", {7}, base::Date(2021, 1, 1), base::kForever});
  }
  made.index();
  return made;
}

Plan plan(std::vector<Change> changes, std::vector<PlannedUnit> units = {}) {
  Plan made;
  made.title = "Sắp xếp";
  made.document = "1656/NQ-UBTVQH15";
  made.on = kDay;
  made.changes = std::move(changes);
  made.units = std::move(units);
  return made;
}

Change change(ChangeKind kind, std::vector<std::string> from, std::vector<std::string> to = {}) {
  Change made;
  made.kind = kind;
  made.from = std::move(from);
  made.to = std::move(to);
  return made;
}

Change reparent(const char* unit, const char* parent, const char* line = "government") {
  Change made = change(ChangeKind::reparent, {unit});
  made.parent_after = parent;
  made.line = line;
  return made;
}

Change split(const char* from, std::vector<PlannedShare> shares) {
  Change made = change(ChangeKind::split, {from});
  for (const PlannedShare& share : shares) made.to.push_back(share.to);
  made.shares = std::move(shares);
  made.basis = Basis::population;
  return made;
}

PlannedUnit planned(const char* code, const char* parent = "01") {
  return {code, std::string("Xã ") + code, "Xã", parent, 2};
}

std::vector<std::string> codes(const Outcome& outcome) {
  std::vector<std::string> made;
  for (const base::Problem& problem : outcome.problems) made.push_back(problem.code);
  std::sort(made.begin(), made.end());
  made.erase(std::unique(made.begin(), made.end()), made.end());
  return made;
}
using Codes = std::vector<std::string>;

Codes refused(const Plan& asked) { return codes(judge(asked, ground())); }

TEST(Judge, TakesADistrictLevelAwayWholeAndInParts) {
  const Outcome outcome = judge(
      plan({change(ChangeKind::merge, {"A", "B"}, {"A"}), split("C", {{"A", 2, 3}, {"N", 1, 3}}),
            reparent("D", "01"), change(ChangeKind::end, {"279"})},
           {planned("A"), planned("N")}),
      ground());
  EXPECT_EQ(codes(outcome), Codes{});
  EXPECT_EQ(outcome.ended.size(), 4U);
  ASSERT_EQ(outcome.links.size(), 5U);
  const auto of = [&](UnitKey from) {
    return std::count_if(outcome.links.begin(), outcome.links.end(),
                         [&](const Link& link) { return link.from == from && link.from_ends; });
  };
  EXPECT_EQ(of(5), 2);
  EXPECT_EQ(of(2), 1) << "what the district reported itself is counted with the city";
  const auto heir = std::find_if(outcome.heirs.begin(), outcome.heirs.end(),
                                 [](const auto& one) { return one.first == UnitId{5}; });
  ASSERT_NE(heir, outcome.heirs.end());
  EXPECT_EQ(heir->second, planned_key(0)) << "the larger part";
}

TEST(Judge, AUnitThatTakesAnotherInGoesOnAndSoDoItsFigures) {
  const Outcome outcome = judge(plan({change(ChangeKind::merge, {"C", "D"}, {"D"})}), ground());
  EXPECT_EQ(codes(outcome), Codes{});
  EXPECT_EQ(outcome.ended, std::vector<UnitId>{{5}});
  ASSERT_EQ(outcome.links.size(), 2U);
  for (const Link& link : outcome.links) EXPECT_EQ(link.to, 6);
}

TEST(Judge, LandThatMovesWithoutPeopleIsAShareOfNothing) {
  Change moved = split("C", {{"C", 1, 1}, {"D", 0, 1}});
  moved.basis = Basis::people;
  const Outcome outcome = judge(plan({moved}), ground());
  EXPECT_EQ(codes(outcome), Codes{});
  EXPECT_TRUE(outcome.ended.empty());
}

TEST(Judge, RefusesWhatCannotBe) {
  EXPECT_EQ(refused(plan({change(ChangeKind::merge, {"X", "A"}, {"C"})})),
            (Codes{"succession.from_unknown"}));
  EXPECT_EQ(refused(plan({change(ChangeKind::merge, {"C"}, {"X"})})),
            (Codes{"succession.to_unknown"}));
  EXPECT_EQ(refused(plan({change(ChangeKind::merge, {"C", "D"}, {})})),
            (Codes{"succession.count"}));
  EXPECT_EQ(refused(plan({split("C", {{"D", 1, 3}, {"C", 1, 3}})})), (Codes{"succession.shares"}));
  EXPECT_EQ(refused(plan({split("C", {{"D", 1, 2}, {"C", 2, 4}})})), (Codes{"succession.shares"}));
  EXPECT_EQ(refused(plan({split("C", {{"D", -1, 2}, {"C", 3, 2}})})),
            (Codes{"succession.share_form"}));
  EXPECT_EQ(refused(plan(
                {change(ChangeKind::merge, {"C"}, {"D"}), change(ChangeKind::merge, {"C"}, {"N"})},
                {planned("N")})),
            (Codes{"succession.twice"}));
  EXPECT_EQ(
      refused(plan({change(ChangeKind::merge, {"C"}, {"D"}), change(ChangeKind::end, {"D"})})),
      (Codes{"succession.to_ended"}));
  EXPECT_EQ(refused(plan({reparent("C", "01"), reparent("C", "01")})),
            (Codes{"succession.two_parents"}));
  EXPECT_EQ(refused(plan({reparent("279", "A")})), (Codes{"unit.cycle"}));
  EXPECT_EQ(refused(plan({reparent("A", "nowhere")})), (Codes{"succession.parent_unknown"}));
  EXPECT_EQ(refused(plan({reparent("A", "")})), (Codes{"succession.no_superior"}));
  EXPECT_EQ(refused(plan({reparent("A", "279")})), (Codes{"succession.no_change"}));
  EXPECT_EQ(refused(plan({change(ChangeKind::create, {}, {"N"})}, {planned("N", "")})),
            (Codes{"succession.no_superior"}));
  EXPECT_EQ(refused(plan({change(ChangeKind::merge, {"C", "D"}, {"N"})}, {planned("N", "")})),
            (Codes{"succession.no_superior"}));
  EXPECT_EQ(refused(plan({}, {planned("N")})), (Codes{"succession.planned_unused"}));
  EXPECT_EQ(refused(plan({change(ChangeKind::recode, {"C"}, {"D"})})), (Codes{"unit.code_twice"}));
  EXPECT_EQ(refused(plan({change(ChangeKind::create, {}, {"D"})}, {planned("D")})),
            (Codes{"unit.code_twice"}));
  Change renamed = change(ChangeKind::rename, {"C"});
  renamed.name_after = "Xã Mới";
  EXPECT_EQ(refused(plan({renamed, change(ChangeKind::merge, {"C"}, {"D"})})),
            (Codes{"succession.ended_and_changed"}));
  renamed.name_after = "Xã C";
  EXPECT_EQ(refused(plan({renamed})), (Codes{"succession.no_change"}));
}

TEST(Judge, NamesEveryUnitThatWouldBeOrphanedInAnyLine) {
  const Outcome district = judge(plan({change(ChangeKind::end, {"279"})}), ground());
  EXPECT_EQ(district.problems.size(), 4U);
  EXPECT_EQ(codes(district), (Codes{"succession.orphaned"}));
  const Outcome party = judge(plan({change(ChangeKind::end, {"P"}, {"01"})}), ground());
  EXPECT_EQ(party.problems.size(), 2U);
  EXPECT_EQ(party.problems[0].args[4], "party");
}

TEST(Judge, TellsACodeOfAnotherDayFromOneNeverKnown) {
  Snapshot now = ground();
  now.elsewhere.emplace("old", std::pair(base::Date(2010, 1, 1), base::Date(2021, 1, 1)));
  const Outcome outcome = judge(plan({change(ChangeKind::merge, {"old", "C"}, {"D"})}), now);
  ASSERT_EQ(codes(outcome), (Codes{"succession.not_then"}));
  EXPECT_EQ(outcome.problems[0].field, "/events/0/from/0");
  EXPECT_EQ(outcome.problems[0].args[3], "2021-01-01");
}

TEST(Judge, ADayOnWhichTheUnitBeganOrThatIsOvertakenIsRefused) {
  Snapshot now = ground();
  now.units[4].name_from = kDay;
  Change renamed = change(ChangeKind::rename, {"C"});
  renamed.name_after = "Xã Mới";
  EXPECT_EQ(codes(judge(plan({renamed}), now)), (Codes{"succession.began_that_day"}));
  now = ground();
  now.later_rows.emplace(UnitId{5}, base::Date(2026, 1, 1));
  EXPECT_EQ(codes(judge(plan({change(ChangeKind::merge, {"C"}, {"D"})}), now)),
            (Codes{"succession.changed_later"}));
  now.later_codes.emplace("N", base::Date(2026, 1, 1));
  EXPECT_EQ(codes(judge(plan({change(ChangeKind::create, {}, {"N"})}, {planned("N")}), now)),
            (Codes{"unit.overlap"}));
}

TEST(Judge, AUnitMayMoveBetweenLines) {
  Change moved = reparent("A", "D", "government");
  EXPECT_EQ(refused(plan({moved})), Codes{});
  moved = reparent("P", "01", "government");
  moved.leaves_line = "party";
  EXPECT_EQ(refused(plan({moved})), (Codes{"succession.orphaned"})) << "A and B stay behind";
  Change a = reparent("C", "P", "party");
  a.leaves_line = "government";
  EXPECT_EQ(refused(plan({a})), Codes{});
  a.leaves_line = "front";
  EXPECT_EQ(refused(plan({a})), (Codes{"succession.not_in_line"}));
}

Succession link(std::int64_t from, std::int64_t to, base::Date on, std::int64_t numerator = 1,
                std::int64_t denominator = 1) {
  return {ChangeKind::split, on, {from}, {to}, numerator, denominator, Basis::population, true};
}

const base::Date kFirst(2025, 1, 1), kSecond(2025, 7, 1);

TEST(Restating, FollowsEachUnitThroughTheYears) {
  const std::vector<Succession> all{link(1, 2, kFirst), link(3, 2, kFirst),
                                    link(2, 4, kSecond, 2, 3), link(2, 5, kSecond, 1, 3)};
  const Restating forward(all, base::Date(2021, 12, 31), base::Date(2026, 1, 1));
  const Destination first = forward.of({1});
  ASSERT_EQ(first.parts.size(), 2U);
  EXPECT_TRUE(first.is_estimate());
  EXPECT_EQ(first.parts[0].unit, UnitId{4});
  EXPECT_EQ(first.parts[0].numerator, 2);
  EXPECT_EQ(first.parts[0].denominator, 3);
  EXPECT_FALSE(forward.of({9}).is_estimate());
  const Restating between(all, base::Date(2021, 12, 31), base::Date(2025, 3, 1));
  ASSERT_EQ(between.of({3}).parts.size(), 1U);
  EXPECT_EQ(between.of({3}).parts[0].unit, UnitId{2});
}

TEST(Restating, PartsThatMeetAgainAreWhole) {
  const std::vector<Succession> all{link(1, 2, kFirst, 1, 3), link(1, 3, kFirst, 2, 3),
                                    link(2, 4, kSecond), link(3, 4, kSecond)};
  const Destination made = Restating(all, base::Date(2024, 1, 1), base::Date(2026, 1, 1)).of({1});
  ASSERT_EQ(made.parts.size(), 1U);
  EXPECT_EQ(made.parts[0].numerator, made.parts[0].denominator);
}

TEST(Restating, LookingBackAUnitMadeOfSeveralLiesInAllOfThem) {
  const std::vector<Succession> all{link(1, 2, kSecond), link(3, 2, kSecond),
                                    link(5, 6, kSecond, 1, 2), link(5, 7, kSecond, 1, 2)};
  const Restating back(all, base::Date(2026, 1, 1), base::Date(2024, 1, 1));
  EXPECT_EQ(back.of({2}).among, (std::vector<UnitId>{{1}, {3}}));
  ASSERT_EQ(back.of({6}).parts.size(), 1U);
  EXPECT_EQ(back.of({6}).parts[0].unit, UnitId{5}) << "all of it was part of one";
}

TEST(Apportion, AddsUpToTheDigit) {
  using Part = Destination::Part;
  const std::vector<Part> thirds{{{1}, 1, 3}, {{2}, 1, 3}, {{3}, 1, 3}};
  EXPECT_EQ(apportion(100, thirds), (std::vector<std::int64_t>{34, 33, 33}));
  EXPECT_EQ(apportion(-100, thirds), (std::vector<std::int64_t>{-34, -33, -33}));
  EXPECT_EQ(apportion(7, {{{1}, 1, 1}, {{2}, 0, 1}}), (std::vector<std::int64_t>{7, 0}));
  for (std::int64_t amount : {0LL, 1LL, 2LL, 999'999'999'999'999'989LL}) {
    const auto made = apportion(amount, {{{1}, 13197, 29999}, {{2}, 16802, 29999}});
    EXPECT_EQ(made[0] + made[1], amount);
  }
}

}  // namespace
}  // namespace org
