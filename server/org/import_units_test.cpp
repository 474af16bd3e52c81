#include "org/import_units.h"

#include <gtest/gtest.h>

#include "auth/actor.h"
#include "org/unit_store.h"
#include "store/testing.h"

namespace org {
namespace {

const base::Date kDay(2021, 1, 1);

std::vector<UnitRow> rows(const std::string& csv) {
  return unit_rows(office::read_csv(csv).value()).value();
}

std::vector<std::string> codes(const base::Problems& problems) {
  std::vector<std::string> made;
  for (const base::Problem& problem : problems) made.push_back(problem.code + "@" + problem.field);
  return made;
}

using Codes = std::vector<std::string>;

class ImportUnitsTest : public testing::TestWithParam<std::string> {
 protected:
  ImportUnitsTest() : db_(store::testing::fresh(GetParam())) {}

  base::Result<ImportPlan> import(const std::string& csv,
                                  ImportUnits ask = {kDay, kGovernment, {}, false}) {
    return db_->write([&](store::Tx& tx) {
      return import_units(tx, auth::console_actor("test"), {}, rows(csv), ask);
    });
  }
  std::size_t size_below(const char* code, base::Date day = kDay, const char* line = kGovernment) {
    return db_->read([&](store::Tx& tx) {
      return unit_store::subtree(tx, unit_store::find_by_code(tx, code, day).value(), day, line)
          .size();
    });
  }
  std::int64_t units() {
    static constexpr store::Sql kCount{"test.units", "select count(*) from unit"};
    return db_->read([](store::Tx& tx) { return tx.integer(kCount); });
  }

  std::unique_ptr<store::Db> db_;
};

INSTANTIATE_TEST_SUITE_P(Databases, ImportUnitsTest,
                         testing::ValuesIn(store::testing::databases()));

TEST_P(ImportUnitsTest, BuildsTheTreeInAnyOrderOfRows) {
  ASSERT_TRUE(import("parent_code,code,name\n279,10183,Thường Tín\n01,279,Huyện\n,01,Hà Nội\n"));
  EXPECT_EQ(size_below("01"), 3U);
}

TEST_P(ImportUnitsTest, MakesTheParentThatIsNew) {
  ASSERT_TRUE(import("code,name\n1,Một\n2,Hai\n", {kDay, kGovernment, "279", false}));
  EXPECT_EQ(size_below("279"), 3U);
}

TEST_P(ImportUnitsTest, ChangesNothingWhenRunAgain) {
  const char* csv = "code,name,parent_code\n01,Hà Nội,\n279,Thường Tín,01\n";
  ASSERT_TRUE(import(csv));
  const auto again = import(csv);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->taken, 0U);
  EXPECT_EQ(again->unchanged, 2U);
  EXPECT_EQ(units(), 2);
}

TEST_P(ImportUnitsTest, PutsKnownUnitsIntoAnotherLine) {
  ASSERT_TRUE(import("code,name,parent_code\n01,Hà Nội,\n279,Thường Tín,01\n"));
  ASSERT_TRUE(import("code,name,parent_code\nHU,Huyện ủy,\n279,Thường Tín,HU\n",
                     {kDay, "party", {}, false}));
  EXPECT_EQ(units(), 3);
  EXPECT_EQ(size_below("HU", kDay, "party"), 2U);
  EXPECT_EQ(size_below("01"), 2U);
}

TEST_P(ImportUnitsTest, RefusesEveryBadRowAtOnceAndWritesNothing) {
  const auto refused =
      import("code,name,parent_code\n1,Một,\n1,Một nữa,\n2,Hai,9\n3,Ba,4\n4,Bốn,3\n5,Năm,1\n");
  ASSERT_FALSE(refused);
  EXPECT_EQ(codes(refused.error()),
            (Codes{"unit.code_twice@line 2, code", "unit.code_twice@line 3, code",
                   "unit.parent_unknown@line 4, parent_code", "unit.cycle@line 5, parent_code",
                   "unit.cycle@line 6, parent_code", "unit.parent_refused@line 7, parent_code"}));
  EXPECT_EQ(units(), 0);
}

TEST_P(ImportUnitsTest, RefusesACodeThatAnotherUnitBears) {
  ASSERT_TRUE(import("code,name\n10,Xã Hòa Bình\n"));
  EXPECT_EQ(codes(import("code,name\n10,Xã Văn Phú\n").error()),
            (Codes{"unit.code_taken@line 2, code"}));
  EXPECT_EQ(codes(import("code,name\n10,Xã Cũ\n", {base::Date(2020, 1, 1), kGovernment, {}, false})
                      .error()),
            (Codes{"unit.overlap@line 2, code"}));
}

TEST_P(ImportUnitsTest, TakesAnotherTonePlacementForTheSameName) {
  ASSERT_TRUE(import("code,name\n10,Xã Hòa Bình\n"));
  const auto again = import("code,name\n10,Xã Hoà Bình\n");
  ASSERT_TRUE(again);
  EXPECT_EQ(again->unchanged, 1U);
  EXPECT_TRUE(again->doubts.empty());
}

TEST_P(ImportUnitsTest, TakesTheGoodRowsWhenAskedTo) {
  const auto partly =
      import("code,name,parent_code\n1,Một,\n2,Hai,9\n", {kDay, kGovernment, {}, true});
  ASSERT_TRUE(partly);
  EXPECT_EQ(partly->taken, 1U);
  EXPECT_EQ(partly->refused.size(), 1U);
  EXPECT_EQ(units(), 1);
}

TEST(UnitRows, NamesUnknownAndMissingColumns) {
  const auto refused = unit_rows(office::read_csv("code,ten\n1,Một\n").value());
  ASSERT_FALSE(refused);
  EXPECT_EQ(codes(refused.error()),
            (Codes{"csv.unknown_column@line 1", "csv.missing_column@line 1"}));
}

TEST(Doubts, SayWhatAPersonShouldLookAt) {
  const auto doubts =
      doubts_of(rows("level,code,name,type,parent_code\n1,01,Tỉnh A,Tỉnh,\n2,1,Huyện "
                     "B,Huyện,01\n2,2,Huyện Đảo,Huyện,01\n3,11,Xã C,Xã,1\n"
                     "3,12,Xã C,Xã,1\n3,13,Thị trấn D,Xã,1\n3,14,Xã E,Xã,01\n"));
  Codes found;
  for (const Doubt& doubt : doubts)
    found.push_back(doubt.problem.code + "@" + std::to_string(doubt.file_line));
  EXPECT_EQ(found, (Codes{"unit.doubt_empty@4", "unit.doubt_same_name@6", "unit.doubt_type@7",
                          "unit.doubt_level@8"}));
}

}  // namespace
}  // namespace org
