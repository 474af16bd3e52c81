#include "report/kept_facts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <future>
#include <random>

#include "direct/indicator_store.h"
#include "org/kept_tree.h"
#include "report/intake_store.h"
#include "report/service.h"
#include "store/testing.h"

namespace report {
namespace {

const base::Date kBegin(2021, 1, 1);
const base::Instant kNow{1'000'000};
const std::vector<std::string> kPeriods{"2021-01", "2021-02"};

/// What one question reads, as text.
using Told = std::vector<std::string>;

class KeptFacts : public testing::TestWithParam<std::string> {
 protected:
  KeptFacts() : db_(store::testing::fresh(GetParam())), actor_(auth::console_actor("test")) {
    db_->write([&](store::Tx& tx) {
      for (int i = 0; i < 40; ++i) add_unit(tx);
      for (int i = 0; i < 3; ++i) {
        direct::Indicator one;
        one.code = "I" + std::to_string(i);
        one.name = one.measure_unit = "hộ";
        indicators_.push_back(direct::indicator_store::add(tx, one).value());
      }
      NewRequest asked;
      asked.request = {{}, units_[0], "Thử", org::kGovernment, "2021-06", {2021, 7, 4}, true};
      asked.indicators = {"I0"};
      asked.units = {units_[1]};
      ASSERT_TRUE(create_request(tx, actor_, {kNow, kBegin}, asked).has_value());
      static constexpr store::Sql kReport{"test.report", "select min(id) from report"};
      report_ = ReportId{tx.integer(kReport)};
    });
  }

  void add_unit(store::Tx& tx) {
    const std::string code = "U" + std::to_string(units_.size());
    const org::UnitId unit = org::unit_store::add(tx, {code, code, "Xã", 3, kBegin}, kNow);
    const auto parent = units_.empty() ? std::nullopt : std::optional(units_.front());
    org::unit_store::add_parent(tx, unit, org::kGovernment, parent, kBegin);
    units_.push_back(unit);
  }

  template <class Read>
  static Told told(Read read) {
    Told made;
    read([&](const fact_store::Line& line) {
      made.push_back(std::to_string(line.unit.value) + " " + std::to_string(line.amount) + " " +
                     std::to_string(static_cast<int>(line.state)) + " " +
                     std::to_string(static_cast<int>(line.status)) + " " + std::to_string(line.at));
    });
    std::ranges::sort(made);
    return made;
  }
  static Told kept(store::Tx& tx, direct::IndicatorId indicator, const std::string& period) {
    return told([&](const fact_store::TakeLine& take) {
      kept_facts::of_indicator(tx, indicator, period, kept_facts::numbers(tx, period), take);
    });
  }
  static Told read(store::Tx& tx, direct::IndicatorId indicator, const std::string& period) {
    return told([&](const fact_store::TakeLine& take) {
      fact_store::of_indicator(tx, indicator, period, take);
    });
  }
  void expect_fresh(const std::string& when) {
    for (const auto indicator : indicators_) {
      for (const std::string& period : kPeriods) {
        db_->read([&](store::Tx& tx) {
          ASSERT_EQ(kept(tx, indicator, period), read(tx, indicator, period)) << when;
        });
      }
    }
  }

  /// Writes one fact in one of the ways there are.
  void write(store::Tx& tx, std::mt19937& chance) {
    const auto any = [&](std::size_t below) { return chance() % below; };
    const fact_store::Hand hand{actor_, "test",
                                base::Instant{static_cast<std::int64_t>(any(9999))}};
    Fact fact;
    fact.unit = units_[any(units_.size())];
    fact.indicator = indicators_[any(indicators_.size())];
    fact.period = kPeriods[any(2)];
    fact.state = FactState::value;
    fact.status = any(2) == 0 ? FactStatus::accepted : FactStatus::submitted;
    fact.amount = static_cast<std::int64_t>(any(100));
    if (auto known = fact_store::find(tx, fact.unit, fact.indicator, fact.period)) {
      known->amount = fact.amount, known->status = fact.status, known->state = fact.state;
      return fact_store::save(tx, *known, hand);
    }
    switch (any(3)) {
      case 0:
        fact_store::ask(tx, fact.unit, fact.indicator, fact.period, FactKind::actual, report_);
        break;
      case 1:
        fact_store::add(tx, fact, hand);
        break;
      default:
        intake_store::add(tx, {fact}, hand);
    }
  }

  std::unique_ptr<store::Db> db_;
  auth::Actor actor_;
  std::vector<org::UnitId> units_;
  ReportId report_;  ///< of another period
  std::vector<direct::IndicatorId> indicators_;
};

INSTANTIATE_TEST_SUITE_P(Databases, KeptFacts, ::testing::ValuesIn(store::testing::databases()));

TEST_P(KeptFacts, AreNeverBehindTheData) {
  std::mt19937 chance(20261127);
  for (int step = 0; step < 150; ++step) {
    const bool is_refused = chance() % 4 == 0;  // what is rolled back was never there
    db_->write([&](store::Tx& tx) -> base::Result<void> {
      for (std::size_t i = 0; i <= chance() % 3; ++i) write(tx, chance);
      // Inside the act its own changes are seen, and nothing of them is kept.
      EXPECT_EQ(kept(tx, indicators_[0], kPeriods[0]), read(tx, indicators_[0], kPeriods[0]));
      if (is_refused) return base::refuse(base::ProblemKind::conflict, "test.refused");
      return {};
    });
    expect_fresh("after step " + std::to_string(step));
  }
}

TEST_P(KeptFacts, AreReadOnceAsLongAsNothingOfThePeriodChanges) {
  std::mt19937 chance(1);
  for (int i = 0; i < 30; ++i) db_->write([&](store::Tx& tx) { write(tx, chance); });
  expect_fresh("at first");
  // Past the store, so that no number is raised: who keeps does not see it.
  static constexpr store::Sql kPast{
      "test.past", "update fact set amount = 12345 where period = '2021-01' and state = 1"};
  db_->write([&](store::Tx& tx) { tx.run(kPast); });
  const auto differs = [&](const std::string& period) {
    return db_->read([&](store::Tx& tx) {
      return kept(tx, indicators_[0], period) != read(tx, indicators_[0], period);
    });
  };
  EXPECT_TRUE(differs("2021-01"));
  db_->write([&](store::Tx& tx) { kept_facts::changed(tx, units_[0], "2021-02"); });
  EXPECT_TRUE(differs("2021-01"));
  db_->write([&](store::Tx& tx) { kept_facts::changed(tx, units_[5], "2021-01"); });
  EXPECT_FALSE(differs("2021-01"));
}

/// Two programs on one PostgreSQL database: an import under way in one, somebody typing in the
/// other.
TEST_P(KeptFacts, TwoProgramsWaitForEachOtherAtTheirEndsOnlyAndAreNeverBehind) {
  if (GetParam() == "sqlite") return;  // one writer, by its nature
  const auto other = store::testing::beside(*db_);
  const org::UnitId near{units_[0].value + 16};  // of the same part
  const auto put = [&](store::Tx& tx, org::UnitId unit, std::int64_t amount) {
    Fact fact;
    fact.unit = unit, fact.indicator = indicators_[0], fact.period = kPeriods[0];
    fact.state = FactState::value, fact.status = FactStatus::accepted, fact.amount = amount;
    fact_store::add(tx, fact, {actor_, "test", kNow});
  };
  const auto expect_both_fresh = [&](std::size_t lines) {
    for (store::Db* db : {db_.get(), other.get()}) {
      db->read([&](store::Tx& tx) {
        const Told seen = kept(tx, indicators_[0], kPeriods[0]);
        EXPECT_EQ(seen.size(), lines);
        EXPECT_EQ(seen, read(tx, indicators_[0], kPeriods[0]));
      });
    }
  };
  expect_both_fresh(0);
  std::future<void> typed;
  db_->write([&](store::Tx& tx) {
    put(tx, units_[0], 7);
    typed = std::async(std::launch::async,
                       [&] { other->write([&](store::Tx& beside) { put(beside, near, 8); }); });
    EXPECT_EQ(typed.wait_for(std::chrono::seconds(10)), std::future_status::ready)
        << "who types waits for the import's commit";
  });
  typed.get();
  expect_both_fresh(2);
  other->write([&](store::Tx& tx) { put(tx, units_[1], 9); });
  expect_both_fresh(3);
}

TEST_P(KeptFacts, OneActCostsOneRowAPeriodAndPart) {
  static constexpr store::Sql kSum{
      "test.sum", "select cast(coalesce(sum(number), 0) as bigint) from fact_number"};
  const auto sum = [&] { return db_->read([](store::Tx& tx) { return tx.integer(kSum); }); };
  const std::int64_t before = sum();
  db_->write([&](store::Tx& tx) {
    for (const auto indicator : indicators_) {
      fact_store::ask(tx, units_[0], indicator, "2021-03", FactKind::actual, report_);
    }
  });
  EXPECT_EQ(sum(), before + 1);
}

TEST_P(KeptFacts, TheTreeIsNeverBehindEither) {
  const auto count = [&] {
    return db_->read([&](store::Tx& tx) {
      return org::kept_tree::subtree(tx, units_.front(), kBegin, org::kGovernment).size();
    });
  };
  EXPECT_EQ(count(), 40U);
  db_->write([&](store::Tx& tx) -> base::Result<void> {
    add_unit(tx);
    EXPECT_EQ(org::kept_tree::subtree(tx, units_.front(), kBegin, org::kGovernment).size(), 41U);
    units_.pop_back();
    return base::refuse(base::ProblemKind::conflict, "test.refused");
  });
  EXPECT_EQ(count(), 40U);
  db_->write([&](store::Tx& tx) { add_unit(tx); });
  EXPECT_EQ(count(), 41U);
}

}  // namespace
}  // namespace report
