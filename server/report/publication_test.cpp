#include "report/publication.h"

#include <gtest/gtest.h>

#include <random>

#include "base/hash.h"
#include "direct/define_indicators.h"
#include "direct/indicator_store.h"
#include "office/csv.h"
#include "org/reorganise.h"
#include "org/unit_store.h"
#include "report/fact_store.h"
#include "report/publication_json.h"
#include "report/publish.h"
#include "store/testing.h"

namespace report {
namespace {

using direct::Rational;

const base::Date kBegin(2021, 1, 1), kReform(2021, 8, 15);

/// City H over districts 1 and 2; 1 has A, B, C, 2 has D, E. Figures of every rule by the month.
class Publishing : public ::testing::TestWithParam<std::string> {
 protected:
  Publishing() : db_(store::testing::fresh(GetParam())) {
    db_->write([&](store::Tx& tx) {
      city_ = add(tx, "H", {}, 1);
      const auto one = add(tx, "1", city_, 2), two = add(tx, "2", city_, 2);
      for (const char* code : {"A", "B", "C"}) add(tx, code, one, 3);
      for (const char* code : {"D", "E"}) add(tx, code, two, 3);
      const auto rows = direct::indicator_rows(
          office::read_csv(
              "code,name,measure_unit,decimals,direction,across_units,across_time,weight,formula,"
              "frequency\nS,Số hộ,hộ,0,up,sum,sum,,,month\nT,Tổng hộ,hộ,1,up,sum,sum,,,month\n"
              "M,Lớn nhất,hộ,0,up,max,max,,,month\nL,Gần nhất,hộ,0,up,latest,latest,,,month\n"
              "W,Bình quân,tr,1,up,weighted_mean,weighted_mean,S,,month\n"
              "R,Tỷ lệ,%,2,up,ratio,ratio,,[S] / [T] * 100,\nD,Chênh,hộ,1,up,sum,sum,,[T] - 0.5 * "
              "[S],\n")
              .value());
      ASSERT_TRUE(direct::define_indicators(tx, actor_, {}, rows.value()).has_value());
    });
  }

  static org::UnitId add(store::Tx& tx, const std::string& code, std::optional<org::UnitId> parent,
                         int level) {
    const auto unit = org::unit_store::add(tx, {code, "Xã " + code, "Xã", level, kBegin}, {});
    org::unit_store::add_parent(tx, unit, org::kGovernment, parent, kBegin);
    return unit;
  }

  /// Writes or rewrites a fact, with its revision.
  void put(const char* unit, const char* indicator, const char* period, std::int64_t amount,
           FactStatus status = FactStatus::accepted) {
    db_->write([&](store::Tx& tx) {
      const base::Date day = base::Period::parse(period)->last();
      const auto id = org::unit_store::find_by_code(tx, unit, day).value();
      const auto of = direct::indicator_store::find_by_code(tx, indicator).value();
      auto fact = fact_store::find(tx, id, of.id, period);
      const fact_store::Hand hand{actor_, "report.accepted", base::Instant{++tick_}};
      Fact made{{}, id, of.id, period, FactState::value, status, amount, "", "", {}, 0};
      if (status == FactStatus::excluded) made.note = "nhập nhầm đơn vị";
      if (!fact) {
        fact_store::add(tx, made, hand);
      } else {
        made.id = fact->id, made.revision = fact->revision;
        fact_store::save(tx, made, hand);
      }
    });
  }

  NewPublication asked(const char* period = "2021-07") {
    NewPublication made;
    made.title = "Số liệu minh hoạ";
    made.question.unit = city_;
    made.question.period = *base::Period::parse(period);
    made.question.indicators = {"S", "T", "M", "L", "W", "R", "D"};
    made.question.below = 2;
    return made;
  }

  base::Result<PublicationId> publish_it(const NewPublication& publication) {
    return db_->write([&](store::Tx& tx) {
      return publish(tx, actor_, {base::Instant{++tick_}, base::Date(2021, 9, 1)}, publication);
    });
  }

  Published content(PublicationId id) {
    return db_->read([&](store::Tx& tx) { return content_of(publication_store::frozen(tx, id)); });
  }

  std::string code(const base::Result<PublicationId>& result) {
    return result ? "published" : result.error().front().code;
  }

  /// Every difference is made up of its steps, to the last digit; every total can be reckoned
  /// again.
  static int check(const Published& before, const Published& after) {
    int explained = 0;
    for (const Published* one : {&before, &after}) {
      for (const PublishedLine& line : one->lines) {
        for (std::size_t m = 0; m < line.totals.size(); ++m) {
          const auto exact = exact_total(*one, one->indicators[m], line.unit);
          EXPECT_EQ(exact ? direct::amount_of(*exact, one->indicators[m].indicator.decimals)
                          : std::nullopt,
                    line.totals[m].value)
              << one->indicators[m].indicator.code << " of " << line.unit.value;
        }
      }
    }
    for (const PublishedLine& line : after.lines) {
      const Differences made = differences(before, after, line.unit);
      for (const TotalDifference& one : made.totals) {
        Rational sum = 0;
        for (const Step& step : one.steps) sum += step.change;
        if (!one.change) continue;
        EXPECT_EQ(sum, direct::rational_of(*one.after, one.decimals_after) -
                           direct::rational_of(*one.before, one.decimals_before))
            << one.indicator;
        ++explained;
      }
    }
    return explained;
  }

  std::unique_ptr<store::Db> db_;
  auth::Actor actor_ = auth::console_actor("test");
  org::UnitId city_;
  std::int64_t tick_ = 0;
};

INSTANTIATE_TEST_SUITE_P(Databases, Publishing, testing::ValuesIn(store::testing::databases()));

TEST_P(Publishing, WhatWasPublishedStaysAsItWas) {
  put("A", "S", "2021-07", 10);
  const PublicationId id = publish_it(asked()).value();
  const auto read = [&] {
    return db_->read([&](store::Tx& tx) {
      return std::pair(publication_store::frozen(tx, id), publication_store::find(tx, id)->sha256);
    });
  };
  const auto [frozen, hash] = read();
  EXPECT_EQ(base::sha256_hex(frozen), hash);
  EXPECT_EQ(content_text(content_of(frozen)), content_in(frozen)) << "reading loses nothing";
  put("A", "S", "2021-07", 99);
  put("B", "S", "2021-07", 1);
  EXPECT_EQ(read().first, frozen);
  const Published then = content(id);
  EXPECT_EQ(then.lines[0].totals[0].value, 10);
  EXPECT_EQ(db_->read([&](store::Tx& tx) { return changed_since(tx, then); }), 2U);
}

TEST_P(Publishing, ACorrectionIsANewVersionWithATrace) {
  EXPECT_EQ(code(publish_it(asked())), "publication.nothing");
  put("A", "S", "2021-07", 10);
  const PublicationId first = publish_it(asked()).value();
  NewPublication correction = asked();
  correction.replaces = first, correction.reason = "quá ngắn";
  EXPECT_EQ(code(publish_it(correction)), "publication.reason");
  correction.reason = "xã A báo cáo lại số hộ";
  EXPECT_EQ(code(publish_it(correction)), "publication.unchanged");
  put("A", "S", "2021-07", 12);
  const PublicationId second = publish_it(correction).value();
  EXPECT_EQ(code(publish_it(correction)), "publication.superseded");
  NewPublication other = asked("2021-08");
  put("A", "S", "2021-08", 1);
  other.replaces = second, other.reason = correction.reason;
  EXPECT_EQ(code(publish_it(other)), "publication.other_question");
  NewPublication alone = asked();
  alone.reason = correction.reason;
  EXPECT_EQ(code(publish_it(alone)), "publication.reason_alone");
  db_->read([&](store::Tx& tx) {
    const auto old_one = publication_store::find(tx, first).value();
    const auto new_one = publication_store::find(tx, second).value();
    EXPECT_EQ(old_one.replaced_by, second);
    EXPECT_EQ(new_one.replaces, first);
    EXPECT_EQ(new_one.version, 2);
    EXPECT_EQ(new_one.reason, correction.reason);
  });
}

TEST_P(Publishing, TheDifferenceOfTwoIsSaidUnitByUnit) {
  put("A", "S", "2021-07", 10), put("B", "S", "2021-07", 20);
  put("C", "S", "2021-07", 5, FactStatus::excluded);
  put("A", "T", "2021-07", 300), put("B", "T", "2021-07", 700);
  const Published before = content(publish_it(asked()).value());
  put("A", "S", "2021-07", 13);
  put("B", "S", "2021-07", 20, FactStatus::excluded);
  put("C", "S", "2021-07", 5);
  put("D", "S", "2021-07", 2);
  const Published after = content(publish_it(asked()).value());
  const Differences made = differences(before, after, city_);
  const auto& sum = made.totals.at(0);
  EXPECT_EQ(sum.indicator, "S");
  EXPECT_EQ(sum.change, Rational(-10));
  std::string told;
  for (const Step& step : sum.steps) {
    told += std::string(name(step.kind)) + " " + step.change.str() + " " + step.why_before + ">" +
            step.why_after + ";";
  }
  EXPECT_EQ(told,
            "counted_no_more -20 >excluded;counted_now 5 excluded>;changed 3 >;counted_now 2 "
            "silent>;");
  EXPECT_EQ(sum.steps[0].cells.at(0).after->note, "nhập nhầm đơn vị");
  EXPECT_EQ(sum.steps[2].cells.at(0).before->amount, 10);
  EXPECT_EQ(sum.steps[2].cells.at(0).after->amount, 13);
  EXPECT_EQ(check(before, after), 6) << "S, R and D of the city and of district 1";
}

TEST_P(Publishing, ANewFormulaIsACauseOfItsOwn) {
  put("A", "S", "2021-07", 10), put("A", "T", "2021-07", 300);
  const Published before = content(publish_it(asked()).value());
  Published after = before;
  Definition& sum = after.indicators[0];
  sum.indicator.name = "Số hộ (mới)";
  sum.indicator.decimals = 1;
  sum.terms[0].times = 2;
  sum.above_decimals = 1;
  for (auto& line : after.lines) {
    if (line.totals[0].value) line.totals[0].value = 20;
  }
  const Differences made = differences(before, after, city_);
  ASSERT_EQ(made.words.size(), 2U);
  EXPECT_EQ(made.words[0].what, "name");
  EXPECT_EQ(made.totals.at(0).change, Rational(-8));
  ASSERT_EQ(made.totals[0].steps.size(), 1U);
  EXPECT_EQ(made.totals[0].steps[0].kind, StepKind::formula);
}

TEST_P(Publishing, UnitsThatComeGoAndDivideAreSaid) {
  for (const char* unit : {"A", "B", "C", "D", "E"}) {
    for (const char* month : {"2021-07", "2021-08", "2021-09"}) {
      if (std::string(month) > "2021-07" && std::string(unit) == "C") continue;
      put(unit, "S", month, unit[0] * 3 + month[6]), put(unit, "T", month, unit[0] * 11 + month[6]);
      put(unit, "W", month, unit[0]), put(unit, "M", month, unit[0]), put(unit, "L", month, 7);
    }
  }
  const Published before = content(publish_it(asked("2021-07")).value());
  org::Plan plan;
  plan.title = "Sắp xếp", plan.document = "1/NQ", plan.on = kReform;
  plan.changes.emplace_back();
  plan.changes.back().kind = org::ChangeKind::split;
  plan.changes.back().from = {"C"}, plan.changes.back().to = {"B", "D"};
  plan.changes.back().shares = {{"B", 2, 3}, {"D", 1, 3}};
  plan.changes.back().basis = org::Basis::population;
  const auto done = db_->write([&](store::Tx& tx) -> base::Result<int> {
    ASSIGN_OR_RETURN(const auto id, org::draft(tx, actor_, {}, {}, plan));
    RETURN_IF_REFUSED(org::apply(tx, actor_, {}, {id, 1}, {}));
    return 0;
  });
  ASSERT_TRUE(done.has_value()) << done.error().front().code;
  NewPublication restated = asked("2021-07");
  restated.question.on = base::Date(2021, 9, 30);
  const Published after = content(publish_it(restated).value());
  const Differences city = differences(before, after, city_);
  for (const auto& total : city.totals) EXPECT_EQ(total.change, Rational(0)) << total.indicator;
  const Differences one = differences(before, after, after.lines[1].unit);
  ASSERT_FALSE(one.totals.empty());
  EXPECT_EQ(one.totals[0].indicator, "S");
  ASSERT_EQ(one.totals[0].steps.size(), 1U);
  EXPECT_EQ(one.totals[0].steps[0].kind, StepKind::share);
  EXPECT_EQ(one.units_went.size(), 1U) << "C";
  EXPECT_GT(check(before, after), 10);
  const Published quarter = content(publish_it(asked("2021-Q3")).value());
  EXPECT_GT(check(before, quarter), 10);
  const Differences longer = differences(before, quarter, city_);
  ASSERT_EQ(longer.totals.at(0).indicator, "S");
  EXPECT_EQ(longer.totals[0].steps.size(), 8U) << "four communes, two months more";
  for (const Step& step : longer.totals[0].steps) EXPECT_EQ(step.kind, StepKind::period);
}

TEST_P(Publishing, StepsAddUpWhateverChanged) {
  std::mt19937 random(77);
  const char* const units[] = {"A", "B", "C", "D", "E"};
  const char* const indicators[] = {"S", "T", "M", "L", "W"};
  const auto stir = [&](int times) {
    for (int i = 0; i < times; ++i) {
      put(units[random() % 5], indicators[random() % 5], random() % 4 ? "2021-07" : "2021-08",
          static_cast<std::int64_t>(random() % 5000) - 200,
          random() % 5 == 0 ? FactStatus::excluded : FactStatus::accepted);
    }
  };
  stir(40);
  int explained = 0;
  for (int round = 0; round < 12; ++round) {
    const Published before = content(publish_it(asked("2021-Q3")).value());
    stir(1 + static_cast<int>(random() % 12));
    explained += check(before, content(publish_it(asked("2021-Q3")).value()));
  }
  EXPECT_GT(explained, 80);
}

}  // namespace
}  // namespace report
