#include <map>
#include <random>
#include <set>

#include "mobilise/testing.h"

/// Random reports, answers, corrections and withdrawals of three bodies against a ledger kept
/// beside.
namespace mobilise {
namespace {

class Conserving : public testing::Ground {
 protected:
  /// What should count, by contribution.
  struct Entry {
    org::UnitId unit;
    std::int64_t quantity = 0;
    std::set<org::UnitId> bodies;
  };

  std::size_t below(std::size_t limit) { return random_() % limit; }
  const auth::Actor& worker(org::UnitId body) {
    return body == front_ ? mai_ : body == women_ ? phu_ : non_;
  }
  Contribution some() {
    Contribution made = gift(static_cast<std::int64_t>(1 + below(3)) * 1000);
    made.unit = std::vector{town_, village_, front_}[below(3)];
    made.giver = std::vector{"Công ty A", "CÔNG TY A", "Hợp tác xã B"}[below(3)];
    made.on = base::Date(2021, 3, 1).plus_days(static_cast<int>(below(60)));
    return made;
  }
  /// The ids that the refusal names.
  std::vector<ContributionId> asked_about(const base::Problems& problems) {
    std::vector<ContributionId> made;
    for (const auto& one : problems)
      if (one.code == "contribution.may_be_same") made.push_back({std::stoll(one.args[0])});
    return made;
  }
  void one_reports() {
    const org::UnitId body = std::vector{front_, women_, farmers_}[below(3)];
    const Contribution told = some();
    const auto try_with = [&](const Sameness& sameness) {
      return db_->write([&](store::Tx& tx) {
        return report_contribution(tx, worker(body), at(), told, body, sameness);
      });
    };
    auto made = try_with({});
    if (!made) {
      const auto like = asked_about(made.error());
      ASSERT_FALSE(like.empty());
      const ContributionId same = like[below(like.size())];
      const bool may_join = !ledger_.at(same).bodies.contains(body);
      if (may_join && below(2) == 0) {
        made = try_with({same, ""});
        ASSERT_TRUE(made.has_value());
        ledger_.at(same).bodies.insert(body);
        return;
      }
      made = try_with({{}, "khác đợt"});
    }
    ASSERT_TRUE(made.has_value());
    ledger_[*made] = {told.unit, told.quantity, {body}};
  }
  void one_is_mended() {
    if (ledger_.empty()) return;
    auto entry = std::next(ledger_.begin(), static_cast<std::ptrdiff_t>(below(ledger_.size())));
    const Contribution now = kept(entry->first);
    Contribution asked = now;
    asked.quantity += 500;
    const org::UnitId body = *entry->second.bodies.begin();
    const auto done = db_->write([&](store::Tx& tx) {
      return correct_contribution(tx, worker(body), at(), {movement_, now.id, now.revision}, asked,
                                  {{}, "đã đối chiếu"}, "sửa");
    });
    ASSERT_TRUE(done.has_value());
    entry->second.quantity += 500;
  }
  void one_is_taken_back() {
    if (ledger_.empty()) return;
    auto entry = std::next(ledger_.begin(), static_cast<std::ptrdiff_t>(below(ledger_.size())));
    const org::UnitId body = *entry->second.bodies.begin();
    const auto revision = kept(entry->first).revision;
    EXPECT_EQ(tried([&](store::Tx& tx) {
                return withdraw_contribution(tx, worker(body), at(),
                                             {movement_, entry->first, revision}, body, "nhầm");
              }),
              "");
    entry->second.bodies.erase(body);
    if (entry->second.bodies.empty()) ledger_.erase(entry);
  }
  std::int64_t money(const Tally& tally) { return tally.of(GiftKind::money).received; }
  void check() {
    std::int64_t whole = 0, repeats = 0;
    std::map<org::UnitId, std::int64_t> by_unit, by_body;
    for (const auto& [id, entry] : ledger_) {
      whole += entry.quantity;
      repeats += static_cast<std::int64_t>(entry.bodies.size()) - 1;
      by_unit[entry.unit] += entry.quantity;
      for (const org::UnitId body : entry.bodies) by_body[body] += entry.quantity;
    }
    const Totals front = totals(district_, "front");
    ASSERT_EQ(money(front.tallies[0]), whole);
    ASSERT_EQ(front.repeats, repeats);
    for (const auto& [body, tally] : front.bodies) ASSERT_EQ(money(tally), by_body[body.id]);
    // The Front stands in its own line only, so what counts at itself is not under the Party's.
    const Totals party = totals(district_, "party");
    ASSERT_EQ(money(party.tallies[0]), whole - by_unit[front_]);
    for (std::size_t i = 1; i < party.units.size(); ++i)
      ASSERT_EQ(money(party.tallies[i]), by_unit[party.units[i].id]);
  }

  std::mt19937 random_{9};
  std::map<ContributionId, Entry> ledger_;
};

INSTANTIATE_TEST_SUITE_P(Databases, Conserving, ::testing::ValuesIn(store::testing::databases()));

TEST_P(Conserving, EveryGiftIsInEveryTotalOnceWhateverTheBodiesDo) {
  start();
  for (int act = 0; act < 300; ++act) {
    const auto what = below(10);
    if (what < 7) one_reports();
    if (what == 7 || what == 8) one_is_mended();
    if (what == 9) one_is_taken_back();
    ASSERT_FALSE(HasFatalFailure());
    if (act % 20 == 0) check();
  }
  check();
  EXPECT_GT(ledger_.size(), 20U);
}

}  // namespace
}  // namespace mobilise
