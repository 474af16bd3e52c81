#include <gtest/gtest.h>

#include <map>

#include "direct/indicator_store.h"
#include "org/reorganise.h"
#include "org/testing.h"
#include "org/unit_store.h"
#include "report/service.h"
#include "store/testing.h"

namespace report {
namespace {

const base::Date kBegin(2021, 1, 1);
const base::Instant kNow{1'000'000};

/// Figures of every month, while the tree is reorganised at random.
class Conservation : public ::testing::TestWithParam<std::string> {
 protected:
  using Totals = std::map<std::string, std::int64_t>;  // "period unit-id" → value

  Conservation() : db_(store::testing::fresh(GetParam())), actor_(auth::console_actor("test")) {
    db_->write([&](store::Tx& tx) {
      const auto add = [&](const std::string& code, std::optional<org::UnitId> parent, int level) {
        const auto unit = org::unit_store::add(tx, {code, "Xã " + code, "Xã", level, kBegin}, kNow);
        org::unit_store::add_parent(tx, unit, org::kGovernment, parent, kBegin);
        return unit;
      };
      city_ = add("H", {}, 1);
      for (int d = 0; d < 3; ++d) {
        const auto district = add("D" + std::to_string(d), city_, 2);
        for (int c = 0; c < 8; ++c) {
          add(std::to_string(d) + std::to_string(c), district, 3);
        }
      }
      direct::Indicator indicator;
      indicator.code = "S", indicator.name = "Số hộ", indicator.measure_unit = "hộ";
      indicator.frequency = base::Frequency::month;
      indicator_ = direct::indicator_store::add(tx, indicator).value();
    });
  }

  /// Every commune that stands on the period's last day has an accepted figure.
  void report_all(const base::Period& period, std::uint32_t seed) {
    static constexpr store::Sql kAdd{
        "test.fact",
        "insert into fact (unit_id, indicator_id, period, state, status, amount, revision) values "
        "(:unit, :indicator, :period, 1, 3, :amount, 1)"};
    std::mt19937 random(seed);
    db_->write([&](store::Tx& tx) {
      for (const auto& node :
           org::unit_store::subtree(tx, city_, period.last(), org::kGovernment)) {
        if (node.level != 3) continue;
        tx.run(kAdd, {{"unit", node.id},
                      {"indicator", indicator_},
                      {"period", period.text()},
                      {"amount", static_cast<std::int64_t>(random() % 10'007)}});
      }
    });
    periods_.push_back(period);
  }

  /// Of every unit: as the tree was then, or in the tree of `on`. Every part adds to the whole.
  Totals totals(std::optional<base::Date> on = {}) {
    Totals made;
    db_->read([&](store::Tx& tx) {
      for (const base::Period& period : periods_) {
        for (const int level : {2, 3}) {
          const auto answer =
              roll_up(tx, {city_, period, {"S"}, on, org::kGovernment, level, false}).value();
          std::int64_t parts = 0;
          for (std::size_t u = 0; u < answer.units.size(); ++u) {
            const Total& total = answer.totals[u][0];
            const std::int64_t value = total.value.value_or(0);
            if (u > 0) parts += value;
            EXPECT_TRUE(total.undivided.empty());
            made[period.text() + " " + std::to_string(answer.units[u].id.value)] = value;
          }
          EXPECT_EQ(parts, answer.totals[0][0].value.value_or(0))
              << period.text() << " level " << level << (on ? " in " + on->text() : "");
        }
      }
    });
    return made;
  }

  std::optional<org::ReorganisationId> applied(const org::Plan& plan) {
    const auto done = db_->write([&](store::Tx& tx) -> base::Result<org::ReorganisationId> {
      ASSIGN_OR_RETURN(const auto id, org::draft(tx, actor_, kNow, {}, plan));
      RETURN_IF_REFUSED(org::apply(tx, actor_, kNow, {id, 1}, {}));
      return id;
    });
    return done ? std::optional(*done) : std::nullopt;
  }

  std::unique_ptr<store::Db> db_;
  auth::Actor actor_;
  org::UnitId city_;
  direct::IndicatorId indicator_;
  std::vector<base::Period> periods_;
};

INSTANTIATE_TEST_SUITE_P(Databases, Conservation, ::testing::ValuesIn(store::testing::databases()));

TEST_P(Conservation, TwoHundredRandomEventsMoveNoFigureOfThePastAndLoseNone) {
  base::Date day(2022, 1, 1);
  base::Period month = *base::Period::parse("2021-12");
  report_all(month, 1);
  Totals past = totals();
  std::vector<std::pair<org::ReorganisationId, base::Date>> done;
  int events = 0;
  for (std::uint32_t round = 0; events < 200; ++round) {
    const auto now =
        db_->read([&](store::Tx& tx) { return org::succession_store::snapshot(tx, day, {}); });
    const org::Plan plan = org::testing::Draw(7000 + round, now).plan(day, 5);
    if (const auto id = applied(plan)) {
      events += static_cast<int>(plan.changes.size());
      done.emplace_back(*id, day);
    }
    day = day.plus_days(5);
    if (day.text().substr(0, 7) != month.end().text().substr(0, 7)) {
      ASSERT_EQ(totals(), past) << "after " << day.text();
      month = *base::Period::parse(month.end().text().substr(0, 7));
      report_all(month, round);
      past = totals();
    }
  }
  EXPECT_EQ(totals(), past);
  const Totals today = totals(day), begin = totals(day.plus_days(-1));
  EXPECT_EQ(today, begin);
  for (const base::Period& period : periods_) {
    const std::string whole = period.text() + " " + std::to_string(city_.value);
    EXPECT_EQ(today.at(whole), past.at(whole)) << "a figure was lost or doubled on its way";
  }
  // Back to where each figure stood: exact again.
  for (; !done.empty(); done.pop_back()) {
    const auto undone = db_->write([&](store::Tx& tx) -> base::Result<int> {
      RETURN_IF_REFUSED(org::undo(tx, actor_, kNow, {done.back().first, 2}, {}));
      return 0;
    });
    ASSERT_TRUE(undone.has_value());
  }
  const Totals first = totals(kBegin);
  const std::string whole = "2021-12 " + std::to_string(city_.value);
  EXPECT_EQ(first.at(whole), past.at(whole));
}

}  // namespace
}  // namespace report
