#include <gtest/gtest.h>

#include "auth/testing.h"
#include "direct/define_indicators.h"
#include "direct/follow_task.h"
#include "direct/indicator_store.h"
#include "direct/programme_store.h"
#include "direct/service.h"
#include "org/post_store.h"
#include "org/unit_store.h"
#include "store/testing.h"

namespace direct {
namespace {

using Codes = std::vector<std::string>;
const base::Date kToday(2021, 7, 5);

template <class T>
Codes codes(const base::Result<T>& result) {
  Codes made;
  if (!result) {
    for (const base::Problem& problem : result.error())
      made.push_back(problem.code + "@" + problem.field);
  }
  return made;
}

/// A city over a district over two communes, with a compiler at the city and a clerk at the first
/// commune.
class Direct : public testing::TestWithParam<std::string> {
 protected:
  Direct()
      : db_(store::testing::fresh(GetParam())),
        compiler_(auth::testing::actor_named(*db_, "ha")),
        clerk_(auth::testing::actor_named(*db_, "lan")) {
    db_->write([&](store::Tx& tx) {
      city_ = add(tx, "01", {});
      district_ = add(tx, "279", city_);
      first_ = add(tx, "10183", district_);
      second_ = add(tx, "10186", district_);
      org::post_store::appoint(
          tx, {district_, org::Role::compiler, "", compiler_.account(), base::Date(2021, 1, 1)});
      org::post_store::appoint(
          tx, {first_, org::Role::clerk, "", clerk_.account(), base::Date(2021, 1, 1)});
    });
    define(
        "code,name,measure_unit,decimals,direction,across_units,across_time,numerator,denominator,"
        "weight\n"
        "F1,Một,người,0,up,sum,sum,,,\nF2,Hai,người,0,up,sum,sum,,,\nD1,Tỷ "
        "lệ,%,2,up,ratio,ratio,F1,F2,\n");
  }

  org::UnitId add(store::Tx& tx, const char* code, std::optional<org::UnitId> parent) {
    const org::UnitId unit =
        org::unit_store::add(tx, {code, code, "", {}, base::Date(2021, 1, 1)}, {});
    org::unit_store::add_parent(tx, unit, org::kGovernment, parent, base::Date(2021, 1, 1));
    return unit;
  }

  base::Result<DefinedIndicators> define(const std::string& csv) {
    const auto rows = indicator_rows(office::read_csv(csv).value());
    if (!rows) return std::unexpected(rows.error());
    return db_->write([&](store::Tx& tx) {
      return define_indicators(tx, auth::console_actor("test"), {}, *rows);
    });
  }

  NewProgramme programme() {
    NewProgramme made;
    made.programme = {{},     district_, ProgrammeKind::programme, "05-CTr/HU", "Tên minh hoạ",
                      kToday, kToday,    base::kForever,           {},          true,
                      {}};
    made.addressees = {first_, second_};
    made.objectives = {{0, "1", "Mục tiêu"}};
    made.targets = {{"1", "F1", *base::Period::parse("2021"), "30", "/targets/0"}};
    return made;
  }

  base::Result<ProgrammeId> create(const NewProgramme& asked) {
    return db_->write(
        [&](store::Tx& tx) { return create_programme(tx, compiler_, {}, kToday, asked); });
  }

  TargetId target_of(ProgrammeId id) {
    return db_->read(
        [&](store::Tx& tx) { return programme_store::targets(tx, id, district_).at(0).id; });
  }

  std::vector<CoverageCell> cells(TargetId id) {
    return db_->read(
        [&](store::Tx& tx) { return programme_store::cells(tx, id, {first_, second_}); });
  }

  std::unique_ptr<store::Db> db_;
  auth::Actor compiler_, clerk_;
  org::UnitId city_, district_, first_, second_;
};

INSTANTIATE_TEST_SUITE_P(Databases, Direct, testing::ValuesIn(store::testing::databases()));

TEST_P(Direct, KnowsIndicatorsWithTheirParts) {
  const auto derived =
      db_->read([](store::Tx& tx) { return indicator_store::find_by_code(tx, "D1").value(); });
  EXPECT_TRUE(derived.is_derived());
  EXPECT_EQ(derived.formula, "[F1] / [F2] * 100");
  EXPECT_EQ(derived.factor_above, 100);
  EXPECT_TRUE(derived.above.size() == 1 && derived.below.size() == 1);
}

TEST_P(Direct, RefusesEveryBadIndicatorAtOnce) {
  const char* csv =
      "code,name,measure_unit,decimals,direction,across_units,across_time,numerator,denominator,"
      "weight\n"
      "X1,A,%,2,up,ratio,ratio,F1,,\nX2,B,%,2,up,ratio,ratio,D1,F1,\nX3,C,%,2,up,ratio,ratio,X3,F9,"
      "\n"
      "X4,D,m,0,up,sum,ratio,,,\nX5,E,m,0,up,weighted_mean,weighted_mean,,,\nX5,E,m,0,up,sum,sum,,,"
      "\n";
  EXPECT_EQ(
      codes(define(csv)),
      (Codes{"indicator.denominator_missing@line 2, denominator",
             "indicator.own_part@line 4, numerator", "indicator.rules_disagree@line 5, across_time",
             "indicator.weight_missing@line 6, weight", "indicator.code_twice@line 7, code",
             "indicator.part_derived@line 3, numerator",
             "indicator.part_unknown@line 4, numerator"}));
  EXPECT_FALSE(
      db_->read([](store::Tx& tx) { return indicator_store::find_by_code(tx, "X4").has_value(); }));
}

TEST_P(Direct, RefusesACodeWithAnotherDefinition) {
  const char* header = "code,name,measure_unit,decimals,direction,across_units,across_time\n";
  EXPECT_EQ(codes(define(std::string(header) + "F1,Khác,người,0,up,sum,sum\n")),
            (Codes{"indicator.code_taken@line 2, code"}));
  EXPECT_EQ(define(std::string(header) + "F1,Một,người,0,up,sum,sum\n")->unchanged, 1U);
}

TEST_P(Direct, CoversWhoAdoptedWhoDeclinedAndWhoIsSilent) {
  const ProgrammeId id = create(programme()).value();
  const TargetId target = target_of(id);
  EXPECT_EQ(count(cells(target)).silent, 2);
  const auto adopted = db_->write([&](store::Tx& tx) {
    return adopt_target(tx, clerk_, {}, kToday, target, first_,
                        {AdoptionState::declined, "không có đảng viên mới", {}, {}});
  });
  ASSERT_TRUE(adopted);
  const CoverageCounts counts = count(cells(target));
  EXPECT_EQ(counts.declined, 1);
  EXPECT_EQ(counts.silent, 1);
}

TEST_P(Direct, WantsAReasonToDecline) {
  const TargetId target = target_of(create(programme()).value());
  EXPECT_EQ(codes(db_->write([&](store::Tx& tx) {
              return adopt_target(tx, clerk_, {}, kToday, target, first_,
                                  {AdoptionState::declined, "", {}, {}});
            })),
            (Codes{"programme.reason_missing@/reason"}));
}

TEST_P(Direct, ShowsTheDifferenceOfWhatWasAllocated) {
  const TargetId target = target_of(create(programme()).value());
  ASSERT_TRUE(db_->write([&](store::Tx& tx) {
    return allocate_target(tx, compiler_, {}, kToday, target,
                           {{first_, "12", "/0"}, {second_, "10", "/1"}});
  }));
  Indicator sum;
  EXPECT_EQ(allocation_difference(sum, 30, cells(target)), base::Wide(-8));
  Indicator ratio;
  ratio.across_units = AcrossUnits::ratio;
  EXPECT_EQ(allocation_difference(ratio, 30, cells(target)), std::nullopt);
}

TEST_P(Direct, RefusesEveryFaultOfAProgrammeAtOnce) {
  NewProgramme asked = programme();
  asked.addressees = {city_, first_, first_};
  asked.targets.push_back({"9", "F1", *base::Period::parse("2021"), "3.5", "/targets/1"});
  asked.targets.push_back({"", "F9", *base::Period::parse("2021"), "3", "/targets/2"});
  EXPECT_EQ(codes(create(asked)), (Codes{"programme.objective_unknown@/targets/1/objective",
                                         "programme.addressee_not_below@/addressees/0",
                                         "programme.addressee_twice@/addressees/1",
                                         "programme.addressee_twice@/addressees/2",
                                         "figure.too_many_decimals@/targets/1/value",
                                         "indicator.unknown@/targets/2/indicator"}));
}

TEST_P(Direct, RefusesASecondProgrammeOfTheSameNumber) {
  ASSERT_TRUE(create(programme()));
  EXPECT_EQ(codes(create(programme())), (Codes{"programme.number_taken@/number"}));
}

TEST_P(Direct, LetsOnlyTheOwnersPeopleDirect) {
  NewProgramme asked = programme();
  const auto by_clerk =
      db_->write([&](store::Tx& tx) { return create_programme(tx, clerk_, {}, kToday, asked); });
  EXPECT_EQ(codes(by_clerk), (Codes{"unit.not_found@"}));
  asked.programme.unit = city_;
  EXPECT_EQ(codes(create(asked)), (Codes{"unit.not_found@"}));
  EXPECT_EQ(codes(db_->write([&](store::Tx& tx) {
              const TargetId target =
                  programme_store::targets(
                      tx, create_programme(tx, compiler_, {}, kToday, programme()).value(),
                      district_)
                      .at(0)
                      .id;
              return adopt_target(tx, clerk_, {}, kToday, target, second_,
                                  {AdoptionState::adopted, "", {}, {}});
            })),
            (Codes{"unit.not_found@"}));
}

TEST_P(Direct, RefusesATaskWithoutDeliverableLeadOrOrder) {
  const ProgrammeId id = create(programme()).value();
  Task task;
  task.programme = id;
  task.unit = district_;
  task.title = "Rà soát hương ước";
  task.from = base::Date(2021, 8, 1);
  task.due = base::Date(2021, 7, 1);
  EXPECT_EQ(codes(db_->write(
                [&](store::Tx& tx) { return create_task(tx, compiler_, {}, kToday, task); })),
            (Codes{"task.deliverable_missing@/deliverable", "task.lead_missing@/lead",
                   "task.due_before_start@/due"}));
}

}  // namespace
}  // namespace direct
