#include "report/restate.h"

#include <gtest/gtest.h>

#include "direct/define_indicators.h"
#include "office/csv.h"
#include "org/reorganise.h"
#include "report/service.h"
#include "store/testing.h"

namespace report {
namespace {

const base::Date kBegin(2021, 1, 1), kReform(2025, 7, 1);
const base::Instant kNow{1'000'000};

/// City H over districts 279 and 280; 279 has communes A, B, C, D, 280 has E. On 1/7/2025 the
/// districts end: A and B become N1, C goes 2/3 to N1 and 1/3 to N2, D and E become N2.
class Restating : public testing::TestWithParam<std::string> {
 protected:
  Restating() : db_(store::testing::fresh(GetParam())), actor_(auth::console_actor("test")) {
    db_->write([&](store::Tx& tx) {
      plant(tx);
      define(tx);
    });
  }

  void plant(store::Tx& tx) {
    const auto add = [&](const char* code, std::optional<org::UnitId> parent, std::int64_t level) {
      const auto unit =
          org::unit_store::add(tx, {code, std::string("Xã ") + code, "Xã", level, kBegin}, kNow);
      org::unit_store::add_parent(tx, unit, org::kGovernment, parent, kBegin);
      return unit;
    };
    const auto city = add("H", {}, 1);
    const auto first = add("279", city, 2), second = add("280", city, 2);
    for (const char* code : {"A", "B", "C", "D"}) add(code, first, 3);
    add("E", second, 3);
  }

  void define(store::Tx& tx) {
    const auto table = office::read_csv(
        "code,name,measure_unit,decimals,direction,across_units,across_time,numerator,denominator,"
        "weight,frequency\n"
        "S,Số hộ,hộ,0,up,sum,sum,,,,month\nT,Tổng hộ,hộ,0,up,sum,sum,,,,month\n"
        "R,Tỷ lệ,%,1,up,ratio,ratio,S,T,,\nM,Lớn nhất,hộ,0,up,max,max,,,,month\n"
        "W,Bình quân,tr,1,up,weighted_mean,weighted_mean,,,T,month\n");
    const auto rows = direct::indicator_rows(*table);
    ASSERT_TRUE(rows.has_value());
    ASSERT_TRUE(direct::define_indicators(tx, actor_, kNow, *rows).has_value());
  }

  void facts(const std::string& rows) {
    const auto table = office::read_csv("unit_code,indicator,period,status,value\n" + rows);
    const auto done = db_->write(
        [&](store::Tx& tx) { return import_facts(tx, actor_, {kNow, kBegin}, *table, {}); });
    ASSERT_TRUE(done.has_value()) << done.error().front().code << done.error().front().field;
  }

  void reform() {
    org::Plan plan;
    plan.title = "Sắp xếp", plan.document = "1656/NQ-UBTVQH15", plan.on = kReform;
    plan.units = {{"N1", "Xã N1", "Xã", "H", 2}, {"N2", "Xã N2", "Xã", "H", 2}};
    const auto change = [&](org::ChangeKind kind, std::vector<std::string> from,
                            std::vector<std::string> to) -> org::Change& {
      plan.changes.emplace_back();
      plan.changes.back().kind = kind;
      plan.changes.back().from = std::move(from);
      plan.changes.back().to = std::move(to);
      return plan.changes.back();
    };
    change(org::ChangeKind::merge, {"A", "B"}, {"N1"});
    change(org::ChangeKind::merge, {"D", "E"}, {"N2"});
    org::Change& split = change(org::ChangeKind::split, {"C"}, {"N1", "N2"});
    split.shares = {{"N1", 2, 3}, {"N2", 1, 3}};
    split.basis = org::Basis::population;
    change(org::ChangeKind::end, {"279"}, {});
    change(org::ChangeKind::end, {"280"}, {});
    const auto done = db_->write([&](store::Tx& tx) -> base::Result<int> {
      ASSIGN_OR_RETURN(const auto id, org::draft(tx, actor_, kNow, {}, plan));
      RETURN_IF_REFUSED(org::apply(tx, actor_, kNow, {id, 1}, {}));
      return 0;
    });
    ASSERT_TRUE(done.has_value()) << done.error().front().code;
  }

  Total total(const char* unit, const char* period, const char* indicator,
              std::optional<base::Date> on = {}) {
    return db_->read([&](store::Tx& tx) {
      RollupQuestion question;
      question.period = *base::Period::parse(period);
      const base::Date day = on.value_or(question.period.last());
      question.unit = org::unit_store::find_by_code(tx, unit, day).value();
      question.indicators = {indicator};
      question.on = on;
      return roll_up(tx, question).value().totals.at(0).at(0);
    });
  }

  std::unique_ptr<store::Db> db_;
  auth::Actor actor_;
};

INSTANTIATE_TEST_SUITE_P(Databases, Restating, testing::ValuesIn(store::testing::databases()));

constexpr const char* kYear =
    "A,S,2021-12,accepted,10\nB,S,2021-12,accepted,20\nC,S,2021-12,accepted,100\n"
    "D,S,2021-12,accepted,40\nE,S,2021-12,accepted,50\n"
    "A,T,2021-12,accepted,100\nB,T,2021-12,accepted,100\nC,T,2021-12,accepted,200\n"
    "D,T,2021-12,accepted,100\nE,T,2021-12,accepted,100\n"
    "A,M,2021-12,accepted,7\nC,M,2021-12,accepted,9\nD,M,2021-12,accepted,3\n"
    "A,W,2021-12,accepted,1\nC,W,2021-12,accepted,4\n";

TEST_P(Restating, ThePastStandsAsItWas) {
  facts(kYear);
  const Total before = total("279", "2021-12", "S");
  reform();
  const Total after = total("279", "2021-12", "S");
  EXPECT_EQ(before.value, 170);
  EXPECT_EQ(after.value, before.value);
  EXPECT_EQ(after.restated, 0);
  EXPECT_EQ(after.counted, before.counted);
  EXPECT_EQ(total("H", "2021-12", "S").value, 220);
}

TEST_P(Restating, WholeUnitsAreExactAndDividedOnesSayTheirShare) {
  facts(kYear);
  reform();
  const Total first = total("N1", "2021-12", "S", kReform);
  EXPECT_EQ(first.value, 10 + 20 + 67) << "100 × 2/3, to the digit";
  EXPECT_EQ(first.restated, 3);
  ASSERT_EQ(first.estimates.size(), 1U);
  EXPECT_EQ(first.estimates[0].numerator, 2);
  EXPECT_EQ(first.estimates[0].denominator, 3);
  EXPECT_EQ(first.estimates[0].basis, org::Basis::population);
  EXPECT_EQ(first.expected, 3);
  const Total second = total("N2", "2021-12", "S", kReform);
  EXPECT_EQ(second.value, 40 + 50 + 33);
  const Total city = total("H", "2021-12", "S", kReform);
  EXPECT_EQ(city.value, 220);
  EXPECT_TRUE(city.estimates.empty()) << "all of every part lies in the city";
  EXPECT_EQ(city.counted, 5);
  EXPECT_EQ(city.expected, 5);
}

TEST_P(Restating, EachRuleTakesItsShareInItsOwnWay) {
  facts(kYear);
  reform();
  EXPECT_EQ(total("N1", "2021-12", "R", kReform).value, 291) << "97 of 333: 29.1 %";
  EXPECT_EQ(total("N1", "2021-12", "M", kReform).value, 9) << "a maximum is not divided";
  EXPECT_EQ(total("N1", "2021-12", "W", kReform).value, 27)
      << "a mean keeps its figure and divides its weight: (1 × 100 + 4 × 133) / 233";
}

TEST_P(Restating, AYearInWhichTheTreeChangedLosesNothing) {
  facts("A,S,2025-06,accepted,5\nC,S,2025-06,accepted,30\n");
  reform();
  facts("N1,S,2025-08,accepted,100\n");
  const Total first = total("N1", "2025", "S");
  EXPECT_EQ(first.value, 5 + 20 + 100);
  EXPECT_EQ(first.estimates.size(), 1U);
  EXPECT_EQ(total("H", "2025", "S").value, 135);
}

TEST_P(Restating, LookingBackOnlyWhatLiesWhollyInAUnitCounts) {
  reform();
  facts("N1,S,2026-01,accepted,90\nN2,S,2026-01,accepted,70\n");
  const base::Date old(2025, 6, 30);
  const Total district = total("279", "2026-01", "S", old);
  EXPECT_EQ(district.value, 90) << "N1 is made of A, B and a part of C, all in 279";
  EXPECT_EQ(district.undivided.size(), 1U) << "N2 lies in both districts";
  EXPECT_EQ(total("H", "2026-01", "S", old).value, 160);
  const Total commune = total("A", "2026-01", "S", old);
  EXPECT_EQ(commune.value, std::nullopt);
  EXPECT_EQ(commune.undivided.size(), 1U);
}

TEST_P(Restating, TheExplanationNamesWhereEachFigureStoodAndItsShare) {
  facts(kYear);
  reform();
  db_->read([&](store::Tx& tx) {
    RollupQuestion question;
    question.period = *base::Period::parse("2021-12");
    question.unit = org::unit_store::find_by_code(tx, "N1", kReform).value();
    question.indicators = {"S"};
    question.on = kReform;
    const Explanation explained = explain(tx, question).value();
    ASSERT_EQ(explained.items.size(), 3U);
    for (const Contribution& item : explained.items) {
      ASSERT_EQ(item.shares.size(), 1U) << item.unit.code;
      EXPECT_EQ(item.shares[0].unit.code, "N1");
      EXPECT_EQ(item.shares[0].numerator, item.unit.code == "C" ? 2 : 1);
    }
  });
}

}  // namespace
}  // namespace report
