#include "report/doubt.h"

#include <gtest/gtest.h>

namespace report {
namespace {

Sheet sheet(std::vector<std::optional<std::int64_t>> amounts) {
  Sheet made;
  for (std::size_t i = 0; i < amounts.size(); ++i) {
    Cell cell;
    cell.indicator.code = "F" + std::to_string(i + 1);
    cell.fact.amount = amounts[i];
    cell.fact.state = amounts[i] ? FactState::value : FactState::not_yet;
    made.cells.push_back(cell);
  }
  return made;
}

ReadCheck check(const char* code, const char* formula, Severity severity = Severity::explain) {
  Check made;
  made.code = code;
  made.formula = formula;
  made.words_vi = "sai";
  made.words_en = "wrong";
  made.severity = severity;
  made.from = base::Date(2021, 1, 1);
  return {made, read_check(made).value()};
}

std::vector<std::string> codes(const std::vector<Doubt>& doubts) {
  std::vector<std::string> made;
  for (const Doubt& doubt : doubts) made.push_back(doubt.code);
  return made;
}

using Codes = std::vector<std::string>;
const OutsideFigures kNothing = [](const direct::Reference&) { return std::nullopt; };

std::vector<Doubt> doubts(const Sheet& of, std::vector<ReadCheck> checks,
                          std::vector<CellPast> past = {},
                          const OutsideFigures& outside = kNothing) {
  past.resize(of.cells.size());
  return doubts_of(of, checks, past, outside);
}

TEST(Checks, FindWhatDoesNotHoldAndNameItsCells) {
  const auto found = doubts(sheet({5, 7}), {check("KT1", "[F2] <= [F1]")});
  ASSERT_EQ(codes(found), (Codes{"check:KT1"}));
  EXPECT_EQ(found[0].cells, (std::vector<std::size_t>{1, 0}));
  EXPECT_TRUE(doubts(sheet({7, 7}), {check("KT1", "[F2] <= [F1]")}).empty());
}

TEST(Checks, PassOverWhatIsNotKnown) {
  EXPECT_TRUE(doubts(sheet({std::nullopt, 7}), {check("KT1", "[F2] <= [F1]")}).empty());
  EXPECT_TRUE(doubts(sheet({5, 7}), {check("KT1", "[X9] > 3")}).empty());  // of no cell here
}

TEST(Checks, LookAtOtherPeriodsAndOtherReports) {
  const OutsideFigures outside =
      [](const direct::Reference& reference) -> std::optional<direct::Rational> {
    if (reference.when == direct::When::previous && reference.code == "F1") return 10;
    return std::nullopt;
  };
  const auto rule = check("KT1", "[F1] <= 3 * previous([F1])");
  EXPECT_TRUE(doubts(sheet({30}), {rule}, {}, outside).empty());
  EXPECT_EQ(codes(doubts(sheet({31}), {rule}, {}, outside)), (Codes{"check:KT1"}));
}

TEST(Checks, CompareFiguresOfDifferentDecimalsExactly) {
  Sheet of = sheet({3, 1, 2});
  of.cells[1].indicator.decimals = 1;
  of.cells[1].fact.amount = 10;  // 1.0
  EXPECT_TRUE(doubts(of, {check("KT1", "[F1] = [F2] + [F3]")}).empty());
}

TEST(Checks, AnExplanationHoldsWhileTheFiguresStand) {
  const auto rule = check("KT1", "[F2] <= [F1]");
  const auto before = doubts(sheet({5, 7, 1}), {rule});
  EXPECT_EQ(before[0].fingerprint, doubts(sheet({5, 7, 2}), {rule})[0].fingerprint);
  EXPECT_NE(before[0].fingerprint, doubts(sheet({5, 8, 1}), {rule})[0].fingerprint);
}

TEST(Doubts, SuspectASlipOfTheUnitOfMeasureBeforeAnOutlier) {
  CellPast past;
  past.history = {52, 48, 61, 50, 49, 55};
  EXPECT_EQ(codes(doubts(sheet({55'000}), {}, {past})), (Codes{"scale:F1"}));
  EXPECT_EQ(codes(doubts(sheet({400}), {}, {past})), (Codes{"apart:F1"}));
  EXPECT_TRUE(doubts(sheet({53}), {}, {past}).empty());
}

TEST(Doubts, LeaveAloneWhatComesEveryYearOrMovedEverywhere) {
  CellPast past;
  past.history = {52, 48, 61, 50, 49, 55};
  past.previous = 52;
  past.year_before = 390;
  EXPECT_TRUE(doubts(sheet({400}), {}, {past}).empty());
  past.year_before = 60;
  EXPECT_FALSE(doubts(sheet({400}), {}, {past}).empty());
  past.siblings = {{10, 70}, {20, 160}, {5, 40}, {9, 80}, {30, 200}};
  EXPECT_TRUE(doubts(sheet({400}), {}, {past}).empty());
}

TEST(Doubts, FindAReportWhoseFiguresAreThoseOfThePeriodBefore) {
  std::vector<CellPast> past(4);
  past[0].previous = 5;
  past[1].previous = 7;
  past[2].previous = 9;
  past[3].previous = 0;
  EXPECT_EQ(codes(doubts(sheet({5, 7, 9, 0}), {}, past)), (Codes{"copied"}));
  EXPECT_TRUE(doubts(sheet({5, 7, 8, 0}), {}, past).empty());
  past[2].previous = 0;
  EXPECT_TRUE(doubts(sheet({5, 7, 0, 0}), {}, past).empty());  // two figures prove nothing
}

TEST(Parts, ThatDoNotAddUpAreExplainedByTheRemarkOfTheirWhole) {
  Sheet of = sheet({10, 6, 3});
  for (std::size_t i = 0; i < 3; ++i) {
    of.cells[i].indicator.id = {static_cast<std::int64_t>(i) + 1};
  }
  const Breakdowns breakdowns{{{1}, {{"Giới tính", true, {{2}, {3}}}}}};
  const auto found = doubts_of_parts(of, breakdowns);
  ASSERT_EQ(codes(found), (Codes{"parts:F1:Giới tính"}));
  EXPECT_EQ(found[0].cells, (std::vector<std::size_t>{0, 1, 2}));
  EXPECT_FALSE(found[0].is_explained());
  EXPECT_EQ(stopping(found).size(), 1U);
  of.cells[0].fact.remark = "một người chưa khai giới tính";
  EXPECT_TRUE(stopping(doubts_of_parts(of, breakdowns)).empty());
  of.cells[2].fact.amount = 4;
  EXPECT_TRUE(doubts_of_parts(of, breakdowns).empty());
}

TEST(Stopping, WantsWordsForWhatIsToBeExplainedAndLetsNotesPass) {
  auto found = doubts(sheet({5, 7}),
                      {check("A", "[F2] <= [F1]", Severity::blocks), check("B", "[F2] <= [F1]"),
                       check("C", "[F2] <= [F1]", Severity::note)});
  const auto problems = stopping(found);
  ASSERT_EQ(problems.size(), 2U);
  EXPECT_EQ(problems[0].code, "report.check_failed");
  EXPECT_EQ(problems[1].code, "report.doubt_unexplained");
  EXPECT_EQ(problems[1].field, "/cells/1");
  found[1].explanation = "đã đối chiếu với sổ một cửa";
  EXPECT_EQ(stopping(found).size(), 1U);
}

TEST(ReadCheck, SaysEveryFaultOfADefinition) {
  Check wrong;
  wrong.formula = "[F1] + 1";
  wrong.from = wrong.to = base::Date(2021, 1, 1);
  const auto refused = read_check(wrong);
  ASSERT_FALSE(refused);
  ASSERT_EQ(refused.error().size(), 2U);
  EXPECT_EQ(refused.error()[0].code, "check.not_a_condition");
  EXPECT_EQ(refused.error()[1].code, "check.ends_before");
}

}  // namespace
}  // namespace report
