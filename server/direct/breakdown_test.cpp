#include "direct/indicator_store.h"
#include "direct/testing.h"

namespace direct {
namespace {

constexpr const char* kHeader =
    "code,name,measure_unit,decimals,direction,across_units,across_time,formula,part_of,breakdown,"
    "adds_up\n";

class Breakdowns : public testing::World {
 protected:
  std::string define(const std::string& rows) {
    const auto read = indicator_rows(office::read_csv(kHeader + rows).value());
    if (!read) return codes(read.error());
    const auto done = db_->write([&](store::Tx& tx) {
      return define_indicators(tx, auth::console_actor("test"), {}, *read);
    });
    return done ? std::to_string(done->added.size()) + " added" : codes(done.error());
  }

  std::string break_down_by_hand(const std::string& whole, std::int64_t revision,
                                 std::vector<AskedBreakdown> asked) {
    const auto done = db_->write([&](store::Tx& tx) {
      return break_down(tx, auth::console_actor("test"), {},
                        indicator_store::find_by_code(tx, whole).value(), revision, asked);
    });
    return done ? "done" : codes(done.error());
  }

  std::string told(const std::string& whole) {
    return db_->read([&](store::Tx& tx) {
      std::string made;
      const auto of = indicator_store::find_by_code(tx, whole).value();
      for (const Breakdown& one : indicator_store::breakdowns(tx, of.id)) {
        made += one.name + (one.adds_up ? " =" : " >");
        for (const IndicatorId part : one.parts) {
          made += " " + indicator_store::find(tx, part).value().code;
        }
        made += ";";
      }
      return made + std::to_string(of.revision);
    });
  }

  static std::string codes(const base::Problems& problems) {
    std::string made;
    for (const auto& problem : problems) made += problem.code + "@" + problem.field + ";";
    return made;
  }
};

INSTANTIATE_TEST_SUITE_P(Databases, Breakdowns, ::testing::ValuesIn(store::testing::databases()));

const std::string kPeople =
    "P,Đảng viên mới,người,0,up,sum,sum,,,,\nPM,Nam,người,0,up,sum,sum,,P,Giới tính,\n"
    "PF,Nữ,người,0,up,sum,sum,,P,Giới tính,yes\nPY,Dưới 30 tuổi,người,0,up,sum,sum,,P,,no\n";

TEST_P(Breakdowns, ComeWithTheListAndAreTakenOnce) {
  EXPECT_EQ(define(kPeople), "4 added");
  EXPECT_EQ(told("P"), "Giới tính = PM PF;Trong đó > PY;2");
  EXPECT_EQ(define(kPeople), "0 added");
  EXPECT_EQ(told("P"), "Giới tính = PM PF;Trong đó > PY;2") << "nothing new";
  EXPECT_EQ(define("PX,Chưa khai,người,0,up,sum,sum,,P,Giới tính,\n"), "1 added");
  EXPECT_EQ(told("P"), "Giới tính = PM PF PX;Trong đó > PY;3");
}

TEST_P(Breakdowns, RefuseEveryFaultAtOnceAndKeepNothing) {
  EXPECT_EQ(
      define("W,Tổng,người,0,up,sum,sum,,,,\nW1,Khác đơn vị,hộ,0,up,sum,sum,,W,Loại,\n"
             "W2,Khác cách,người,0,up,max,max,,W,Loại,\nW3,Một mình,người,0,up,sum,sum,,W,Tuổi,"
             "yes\nW4,Dẫn xuất,người,0,up,sum,sum,[F1] - [F2],W,,no\n"
             "W5,Không có,người,0,up,sum,sum,,Z,Loại,\n"),
      "indicator.part_measure@line 3, part_of;indicator.part_rules@line 4, part_of;"
      "indicator.part_alone@line 5, part_of;indicator.part_of_derived@line 6, part_of;"
      "indicator.unknown@line 7, part_of;");
  EXPECT_EQ(define("V,Tổng,người,0,up,sum,sum,,,Loại,\nV1,Một,người,0,up,sum,sum,,V,,\n"
                   "V2,Hai,người,0,up,sum,sum,,V,Loại,maybe\n"),
            "indicator.missing@line 2, part_of;indicator.missing@line 3, breakdown;"
            "indicator.unknown_word@line 4, adds_up;");
  EXPECT_FALSE(
      db_->read([](store::Tx& tx) { return indicator_store::find_by_code(tx, "W").has_value(); }));
}

TEST_P(Breakdowns, CannotGoRoundOrBeChangedUnseen) {
  ASSERT_EQ(define(kPeople), "4 added");
  EXPECT_EQ(break_down_by_hand("PM", 1, {{"Vòng", false, {{"P", "/a"}, {"PM", "/b"}}, "/"}}),
            "indicator.part_loop@/a;indicator.part_self@/b;");
  EXPECT_EQ(break_down_by_hand("P", 1, {}), "indicator.changed@;");
  EXPECT_EQ(break_down_by_hand("P", 2,
                               {{"Giới", true, {{"PM", "/a"}, {"PM", "/b"}}, "/"},
                                {"Giới", false, {{"PF", "/c"}}, "/d"}}),
            "indicator.part_twice@/b;indicator.breakdown_twice@/d;");
  EXPECT_EQ(break_down_by_hand("P", 2, {{"Tuổi", false, {{"PY", "/a"}}, "/"}}), "done");
  EXPECT_EQ(told("P"), "Tuổi > PY;3");
}

TEST_P(Breakdowns, FormulasSayWhatTheyAreMadeOf) {
  EXPECT_EQ(define("Q,Còn lại,người,0,up,sum,sum,[F1] - [F2],,,\n"
                   "T,Tỷ lệ,%,1,up,ratio,ratio,([F1] + 0.5 * [F2]) / [F2] * 100,,,\n"),
            "2 added");
  const auto made =
      db_->read([](store::Tx& tx) { return indicator_store::find_by_code(tx, "T").value(); });
  EXPECT_TRUE(made.is_derived());
  EXPECT_EQ(made.factor_above, 100);
  ASSERT_EQ(made.above.size(), 2U);
  EXPECT_EQ(made.above[1].coefficient, 5);
  EXPECT_EQ(made.above[1].decimals, 1);
  EXPECT_EQ(made.below.size(), 1U);
  EXPECT_EQ(db_->read([](store::Tx& tx) { return indicator_store::all(tx, "T"); }).back().above,
            made.above);
}

TEST_P(Breakdowns, FormulasThatCannotBeRolledUpAreRefused) {
  EXPECT_EQ(define("A,A,người,0,up,sum,sum,[A] + [F1],,,\nB,B,%,0,up,sum,sum,[F1] / [F2],,,\n"
                   "C,C,người,0,up,ratio,ratio,[F1] * [F2],,,\nD,D,người,0,up,sum,sum,[F1] + ,,,\n"
                   "E,E,người,0,up,sum,sum,[R1] + [F1],,,\nG,G,người,0,up,sum,sum,[D1],,,\n"
                   "H,H,người,0,up,sum,latest,[F1] + [F2],,,\nI,I,người,0,up,sum,sum,[J],,,\n"
                   "J,J,người,0,up,sum,sum,[I],,,\n"),
            "indicator.own_part@line 2, formula;indicator.formula_rule@line 3, across_units;"
            "formula.not_linear@line 4, formula;formula.not_understood@line 5, formula;"
            "indicator.part_not_summed@line 6, formula;indicator.part_derived@line 7, formula;"
            "indicator.formula_time@line 8, across_time;indicator.part_derived@line 9, formula;"
            "indicator.part_derived@line 10, formula;");
}

}  // namespace
}  // namespace direct
