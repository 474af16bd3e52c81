#include "report/take_facts.h"

#include <gtest/gtest.h>

#include "direct/indicator_store.h"
#include "org/unit_store.h"
#include "report/fact_store.h"
#include "store/testing.h"

namespace report {
namespace {

const base::Date kBegin(2021, 1, 1);
const base::Instant kNow{1'000'000};

Fact known(FactState state, FactStatus status, std::optional<std::int64_t> amount,
           std::int64_t revision = 1) {
  Fact made;
  made.state = state;
  made.status = status;
  made.amount = amount;
  made.revision = revision;
  return made;
}

TEST(Judging, EachStrategyOverNothingAFigureAndAnotherFigure) {
  Incoming sent;
  sent.amount = 5;
  const Fact equal = known(FactState::value, FactStatus::accepted, 5);
  const Fact different = known(FactState::value, FactStatus::accepted, 6);
  const Fact untouched = known(FactState::blank, FactStatus::draft, {}, 0);
  const Fact blank = known(FactState::blank, FactStatus::accepted, {}, 2);
  struct Row {
    Strategy strategy;
    Outcome nothing, asked, emptied, same, other;
  };
  using enum Outcome;
  for (const Row& row : {Row{Strategy::once, add, change, differs, same, differs},
                         Row{Strategy::create, add, change, change, same, stays},
                         Row{Strategy::update, absent, absent, absent, same, change},
                         Row{Strategy::create_and_update, add, change, change, same, change},
                         Row{Strategy::erase, absent, absent, absent, same, absent}}) {
    const auto which = static_cast<int>(row.strategy);
    EXPECT_EQ(judge(nullptr, sent, row.strategy), row.nothing) << which;
    EXPECT_EQ(judge(&untouched, sent, row.strategy), row.asked) << which;
    EXPECT_EQ(judge(&blank, sent, row.strategy), row.emptied) << which;
    EXPECT_EQ(judge(&equal, sent, row.strategy), row.same) << which;
    EXPECT_EQ(judge(&different, sent, row.strategy), row.other) << which;
  }
}

TEST(Judging, ABlankEmptiesOnlyWhereTheStrategyMayChange) {
  Incoming blank;
  blank.state = FactState::blank;
  const Fact there = known(FactState::value, FactStatus::accepted, 6);
  EXPECT_EQ(judge(&there, blank, Strategy::create), Outcome::stays);
  EXPECT_EQ(judge(&there, blank, Strategy::update), Outcome::change);
  EXPECT_EQ(judge(&there, blank, Strategy::erase), Outcome::change);
  EXPECT_EQ(judge(nullptr, blank, Strategy::erase), Outcome::absent);
}

TEST(Judging, AnAcceptedFigureIsNotTakenBackByBeingHandedInAgain) {
  Incoming sent;
  sent.amount = 5;
  sent.status = FactStatus::submitted;
  const Fact there = known(FactState::value, FactStatus::accepted, 5);
  EXPECT_EQ(judge(&there, sent, Strategy::create_and_update), Outcome::same);
}

/// One unit, and enough indicators for statements of many rows and of one.
class Taking : public testing::TestWithParam<std::string> {
 protected:
  static constexpr int kCount = 75;

  Taking() : db_(store::testing::fresh(GetParam())), actor_(auth::console_actor("test")) {
    db_->write([&](store::Tx& tx) {
      unit_ = org::unit_store::add(tx, {"X", "Xã X", "Xã", 3, kBegin}, kNow);
      org::unit_store::add_parent(tx, unit_, org::kGovernment, {}, kBegin);
      for (int i = 0; i < kCount; ++i) {
        direct::Indicator one;
        one.code = "I" + std::to_string(i);
        one.name = one.measure_unit = "hộ";
        one.id = direct::indicator_store::add(tx, one).value();
        indicators_.push_back(one);
      }
    });
  }

  std::vector<Incoming> facts(std::int64_t add) const {
    std::vector<Incoming> made;
    for (int i = kCount - 1; i >= 0; --i) {  // not in the order of the table
      Incoming fact;
      fact.unit = unit_;
      fact.indicator = indicators_[static_cast<std::size_t>(i)].id;
      fact.period = base::Period::parse("2021-07").value();
      fact.place = made.size();
      if (i % 5 == 0) {
        fact.state = FactState::not_yet;
      } else {
        fact.amount = i + add;
      }
      made.push_back(fact);
    }
    return made;
  }

  base::Result<Taken> take(std::vector<Incoming> facts, Strategy strategy, bool dry = false) {
    Intake intake;
    intake.strategy = strategy;
    intake.dry_run = dry;
    intake.place = [](const Incoming& fact, std::string_view column) {
      return std::to_string(fact.place) + " " + std::string(column);
    };
    intake.named = [](const Incoming&) { return std::vector<std::string>{"u", "i", "p"}; };
    return db_->write([&](store::Tx& tx) {
      return take_facts(tx, actor_, {kNow, kBegin}, facts, indicators_, intake);
    });
  }

  std::int64_t count(const char* sql) {
    return db_->read([&](store::Tx& tx) { return tx.integer({"test", sql}); });
  }

  std::unique_ptr<store::Db> db_;
  auth::Actor actor_;
  org::UnitId unit_;
  std::vector<direct::Indicator> indicators_;
};

TEST_P(Taking, EveryFactGetsItsRevisionHoweverManyAStatementWrites) {
  const auto taken = take(facts(0), Strategy::create_and_update);
  ASSERT_TRUE(taken.has_value());
  EXPECT_EQ(taken->created, std::size_t{kCount});
  EXPECT_EQ(count("select count(*) from fact f join fact_revision r on r.fact_id = f.id and "
                  "r.revision = f.revision and r.state = f.state and "
                  "coalesce(r.amount, -1) = coalesce(f.amount, -1) where f.revision = 1"),
            kCount);
  EXPECT_EQ(count("select count(*) from fact where state = 1 and amount >= 1"), kCount - 15);
  EXPECT_EQ(count("select count(*) from journal_leaf where act = 'facts.imported'"), 1);
}

TEST_P(Taking, ChangesKeepWhatWasAndSayingItAgainChangesNothing) {
  ASSERT_TRUE(take(facts(0), Strategy::create).has_value());
  EXPECT_EQ(take(facts(0), Strategy::create_and_update)->unchanged, std::size_t{kCount});
  const auto changed = take(facts(100), Strategy::update);
  EXPECT_EQ(changed->updated, std::size_t{kCount - 15});
  EXPECT_EQ(changed->unchanged, std::size_t{15});
  auto blank = facts(0);
  for (Incoming& fact : blank) fact.state = FactState::blank, fact.amount.reset();
  EXPECT_EQ(take(blank, Strategy::erase)->deleted, std::size_t{kCount});
  EXPECT_EQ(count("select count(*) from fact where state = 0 and amount is null"), kCount);
  EXPECT_EQ(count("select count(*) from fact_revision"), kCount + (kCount - 15) + kCount);
}

TEST_P(Taking, ADryRunCountsTheSameAndWritesNothing) {
  EXPECT_EQ(take(facts(0), Strategy::create, true)->created, std::size_t{kCount});
  EXPECT_EQ(count("select count(*) from fact"), 0);
  EXPECT_EQ(count("select count(*) from journal_leaf"), 0);
}

TEST_P(Taking, FaultsComeTogetherInTheSendersOrderAndNothingIsWritten) {
  auto sent = facts(0);
  sent.push_back(sent.front());
  sent.back().place = 100;
  sent.push_back(sent[3]);
  sent.back().place = 99;
  sent.back().period = base::Period::parse("2021-Q3").value();
  const auto refused = take(sent, Strategy::create);
  ASSERT_FALSE(refused.has_value());
  ASSERT_EQ(refused.error().size(), 2U);
  EXPECT_EQ(refused.error()[0].code, "fact.frequency");
  EXPECT_EQ(refused.error()[0].field, "99 period");
  EXPECT_EQ(refused.error()[1].code, "fact.twice");
  EXPECT_EQ(count("select count(*) from fact"), 0);
}

TEST_P(Taking, WhatAReportHoldsIsNotChanged) {
  ASSERT_TRUE(take(facts(0), Strategy::create).has_value());
  db_->write([&](store::Tx& tx) {
    Fact fact = fact_store::find(tx, unit_, indicators_[1].id, "2021-07").value();
    fact_store::save(tx, fact, {actor_, "report.accepted", kNow});
  });
  const auto refused = take(facts(1), Strategy::create_and_update);
  ASSERT_FALSE(refused.has_value());
  ASSERT_EQ(refused.error().size(), 1U);
  EXPECT_EQ(refused.error()[0].code, "fact.in_report");
}

INSTANTIATE_TEST_SUITE_P(Databases, Taking, testing::ValuesIn(store::testing::databases()));

}  // namespace
}  // namespace report
