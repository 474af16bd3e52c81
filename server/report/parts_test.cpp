#include "report/parts.h"

#include <gtest/gtest.h>

#include "direct/define_indicators.h"
#include "office/csv.h"
#include "org/unit_store.h"
#include "report/service.h"
#include "store/testing.h"

namespace report {
namespace {

const direct::IndicatorId kWhole{1}, kMen{2}, kWomen{3}, kYoung{4};

Breakdowns people() {
  return {{kWhole, {{"Giới tính", true, {kMen, kWomen}}, {"Trong đó", false, {kYoung}}}}};
}

PartCell cell(direct::IndicatorId indicator, std::optional<std::int64_t> amount,
              std::string remark = {}) {
  return {indicator, amount ? FactState::value : FactState::blank, amount, std::move(remark)};
}

std::string told(const std::vector<PartCell>& cells) {
  std::string made;
  for (const PartFinding& one : faults_of_parts(people(), cells)) {
    made += one.code + " " + one.breakdown + " " + std::to_string(one.expected) + "/" +
            std::to_string(static_cast<std::int64_t>(one.actual)) + (one.is_explained ? " *" : "") +
            ";";
  }
  return made;
}

TEST(PartsOfAReport, AddUpOrSayWhyNot) {
  EXPECT_EQ(told({cell(kWhole, 10), cell(kMen, 6), cell(kWomen, 4)}), "");
  EXPECT_EQ(told({cell(kWhole, 10), cell(kMen, 6), cell(kWomen, 5)}),
            "parts.differ Giới tính 10/11;");
  EXPECT_EQ(told({cell(kWhole, 10, "một người chưa khai"), cell(kMen, 6), cell(kWomen, 3)}),
            "parts.differ Giới tính 10/9 *;");
}

TEST(PartsOfAReport, AreNotJudgedWhileOneIsNotKnown) {
  EXPECT_EQ(told({cell(kWhole, 10), cell(kMen, 6)}), "");
  EXPECT_EQ(told({cell(kWhole, 10), cell(kMen, 6), cell(kWomen, {})}), "");
  EXPECT_EQ(told({cell(kWhole, 10), cell(kMen, 11), cell(kWomen, {})}),
            "parts.exceed Giới tính 10/11;");
  EXPECT_EQ(told({cell(kWhole, {}), cell(kMen, 6), cell(kWomen, 5)}), "");
  PartCell none = cell(kWomen, {});
  none.state = FactState::not_applicable;
  EXPECT_EQ(told({cell(kWhole, 10), cell(kMen, 6), none}), "parts.differ Giới tính 10/6;");
}

TEST(PartsOfAReport, LinesOfWhichNeedNotAddUpButMayNotBeMore) {
  EXPECT_EQ(told({cell(kWhole, 10), cell(kYoung, 3)}), "");
  EXPECT_EQ(told({cell(kWhole, 10), cell(kYoung, 12)}), "parts.part_exceeds Trong đó 10/12;");
  EXPECT_EQ(told({cell(kWhole, -10), cell(kYoung, 2)}), "");
}

/// A district over three communes with men and women of new members.
class PartsOfTotals : public ::testing::TestWithParam<std::string> {
 protected:
  PartsOfTotals() : db_(store::testing::fresh(GetParam())) {
    db_->write([&](store::Tx& tx) {
      const auto add = [&](const char* code, std::optional<org::UnitId> parent, int level) {
        const auto unit = org::unit_store::add(tx, {code, code, "Xã", level, kBegin}, {});
        org::unit_store::add_parent(tx, unit, org::kGovernment, parent, kBegin);
        return unit;
      };
      city_ = add("H", {}, 1);
      const auto district = add("279", city_, 2);
      add("280", city_, 2);
      for (const char* code : {"A", "B", "C"}) add(code, district, 3);
      const auto rows = direct::indicator_rows(
          office::read_csv(
              "code,name,measure_unit,decimals,direction,across_units,across_time,"
              "frequency,part_of,breakdown,adds_up\nP,Mới,người,0,up,sum,sum,month,,,\n"
              "PM,Nam,người,0,up,sum,sum,month,P,Giới tính,yes\n"
              "PF,Nữ,người,0,up,sum,sum,month,P,Giới tính,yes\n"
              "PY,Trẻ,người,0,up,sum,sum,month,P,,no\n")
              .value());
      ASSERT_TRUE(direct::define_indicators(tx, actor_, {}, rows.value()).has_value());
    });
  }

  void facts(const std::string& rows) {
    const auto table = office::read_csv("unit_code,indicator,period,status,value\n" + rows);
    ASSERT_TRUE(db_->write([&](store::Tx& tx) {
                     return import_facts(tx, actor_, {{}, kBegin}, *table, {});
                   })
                    .has_value());
  }

  RollupAnswer ask(const char* period) {
    RollupQuestion question;
    question.unit = city_;
    question.period = *base::Period::parse(period);
    question.indicators = {"P"};
    question.below = 2;
    question.with_parts = true;
    return db_->read([&](store::Tx& tx) { return roll_up(tx, question).value(); });
  }

  static constexpr base::Date kBegin{2021, 1, 1};
  std::unique_ptr<store::Db> db_;
  auth::Actor actor_ = auth::console_actor("test");
  org::UnitId city_;
};

INSTANTIATE_TEST_SUITE_P(Databases, PartsOfTotals, testing::ValuesIn(store::testing::databases()));

TEST_P(PartsOfTotals, NameTheUnitsThatMakeTheDifference) {
  facts(
      "A,P,2021-07,accepted,10\nA,PM,2021-07,accepted,6\nA,PF,2021-07,accepted,4\n"
      "B,P,2021-07,accepted,20\nB,PM,2021-07,accepted,9\nB,PF,2021-07,accepted,8\n"
      "C,P,2021-08,accepted,5\nC,PM,2021-08,accepted,7\nC,PY,2021-08,accepted,6\n");
  const RollupAnswer answer = ask("2021-Q3");
  ASSERT_EQ(answer.measures.size(), 1U) << "parts are not among what was asked";
  ASSERT_EQ(answer.totals[0].size(), 1U);
  for (const std::size_t unit : {0U, 1U}) {  // the city and the district
    const auto& breakdowns = answer.totals[unit][0].breakdowns;
    ASSERT_EQ(breakdowns.size(), 2U);
    EXPECT_EQ(breakdowns[0].breakdown, "Giới tính");
    EXPECT_EQ(breakdowns[0].parts, (std::vector<std::optional<std::int64_t>>{22, 12}));
    EXPECT_EQ(breakdowns[0].difference, -1);
    ASSERT_EQ(breakdowns[0].causes.size(), 2U);
    EXPECT_EQ(breakdowns[0].causes[0].whole, 20);
    EXPECT_EQ(breakdowns[0].causes[0].parts, 17);
    EXPECT_FALSE(breakdowns[0].causes[0].is_incomplete);
    EXPECT_EQ(breakdowns[0].causes[1].parts, 7);
    EXPECT_TRUE(breakdowns[0].causes[1].is_incomplete);
    EXPECT_EQ(breakdowns[1].difference, 0) << "6 of 35 in all";
    ASSERT_EQ(breakdowns[1].causes.size(), 1U) << "yet one commune has 6 of 5";
    EXPECT_EQ(breakdowns[1].causes[0].parts, 6);
  }
  const auto& elsewhere = answer.totals[2][0].breakdowns[0];
  EXPECT_EQ(elsewhere.difference, std::nullopt);
  EXPECT_TRUE(elsewhere.causes.empty());
}

}  // namespace
}  // namespace report
