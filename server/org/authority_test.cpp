#include "org/authority.h"

#include <gtest/gtest.h>

#include "auth/testing.h"
#include "org/lent_sight.h"
#include "org/post_store.h"
#include "org/unit_store.h"
#include "store/testing.h"

namespace org {
namespace {

const base::Date kToday(2021, 7, 5);

/// A city over two districts; the first has two communes, which also answer to a Party committee of
/// their own line.
class Authority : public testing::TestWithParam<std::string> {
 protected:
  Authority() : db_(store::testing::fresh(GetParam())) {
    db_->write([&](store::Tx& tx) {
      city_ = add(tx, "01", {}, kGovernment);
      near_ = add(tx, "279", city_, kGovernment);
      far_ = add(tx, "280", city_, kGovernment);
      commune_ = add(tx, "10183", near_, kGovernment);
      sibling_ = add(tx, "10186", near_, kGovernment);
      party_ = add(tx, "HU", {}, "party");
      unit_store::add_parent(tx, commune_, "party", party_, base::Date(2021, 1, 1));
    });
  }

  UnitId add(store::Tx& tx, const char* code, std::optional<UnitId> parent, const char* line) {
    const UnitId unit = unit_store::add(tx, {code, code, "", {}, base::Date(2021, 1, 1)}, {});
    unit_store::add_parent(tx, unit, line, parent, base::Date(2021, 1, 1));
    return unit;
  }

  auth::Actor holder(const char* login, Role role, UnitId unit,
                     base::Date from = base::Date(2021, 1, 1), base::Date to = base::kForever) {
    const auth::Actor actor = auth::testing::actor_named(*db_, login);
    db_->write([&](store::Tx& tx) {
      post_store::appoint(tx, {unit, role, "", actor.account(), from, to});
    });
    return actor;
  }

  /// "" when allowed, else the code of the refusal.
  std::string answer(const auth::Actor& actor, Act act, UnitId unit, base::Date day = kToday) {
    return db_->read([&](store::Tx& tx) -> std::string {
      const auto allowed = allows(tx, actor, act, unit, day);
      return allowed ? "" : allowed.error().front().code;
    });
  }

  std::unique_ptr<store::Db> db_;
  UnitId city_, near_, far_, commune_, sibling_, party_;
};

INSTANTIATE_TEST_SUITE_P(Databases, Authority, testing::ValuesIn(store::testing::databases()));

TEST_P(Authority, AClerkActsForTheOwnUnitOnly) {
  const auth::Actor clerk = holder("lan", Role::clerk, commune_);
  EXPECT_EQ(answer(clerk, Act::enter, commune_), "");
  EXPECT_EQ(answer(clerk, Act::decide, commune_), "authority.not_yours");
  EXPECT_EQ(answer(clerk, Act::see, sibling_), "unit.not_found");
  EXPECT_EQ(answer(clerk, Act::see, near_), "unit.not_found");
}

TEST_P(Authority, ASuperiorSeesBelowInAnyLineButDoesNotTypeThere) {
  const auth::Actor compiler = holder("ha", Role::compiler, near_);
  EXPECT_EQ(answer(compiler, Act::see, commune_), "");
  EXPECT_EQ(answer(compiler, Act::enter, commune_), "authority.not_yours");
  EXPECT_EQ(answer(compiler, Act::decide, near_), "");
  EXPECT_EQ(answer(compiler, Act::see, far_), "unit.not_found");
  const auth::Actor party = holder("son", Role::viewer, party_);
  EXPECT_EQ(answer(party, Act::see, commune_), "");
  EXPECT_EQ(answer(party, Act::see, sibling_), "unit.not_found");
}

TEST_P(Authority, AnUnknownUnitLooksLikeOneOutOfSight) {
  const auth::Actor clerk = holder("lan", Role::clerk, commune_);
  EXPECT_EQ(answer(clerk, Act::see, {999999}), answer(clerk, Act::see, sibling_));
}

TEST_P(Authority, FollowsTheDaysOfTheAppointment) {
  const auth::Actor clerk =
      holder("minh", Role::clerk, commune_, base::Date(2021, 7, 1), base::Date(2021, 8, 1));
  EXPECT_EQ(answer(clerk, Act::enter, commune_, base::Date(2021, 6, 30)), "unit.not_found");
  EXPECT_EQ(answer(clerk, Act::enter, commune_, base::Date(2021, 7, 31)), "");
  EXPECT_EQ(answer(clerk, Act::enter, commune_, base::Date(2021, 8, 1)), "unit.not_found");
}

TEST_P(Authority, APersonWithoutAPostSeesNothing) {
  EXPECT_EQ(answer(auth::testing::actor_named(*db_, "khach"), Act::see, commune_),
            "unit.not_found");
}

TEST(Roles, NobodyTypesOrDecidesFromAbove) {
  for (const Role role :
       {Role::clerk, Role::compiler, Role::head, Role::administrator, Role::viewer}) {
    for (const Act act : {Act::enter, Act::decide, Act::request, Act::direct, Act::adopt}) {
      EXPECT_FALSE(role_may(role, act, Relation::above));
    }
    EXPECT_TRUE(role_may(role, Act::see, Relation::above));
  }
}

TEST(Roles, AViewerOnlySees) {
  for (const Act act :
       {Act::enter, Act::decide, Act::request, Act::direct, Act::adopt, Act::define_indicator}) {
    EXPECT_FALSE(role_may(Role::viewer, act, Relation::own));
  }
}

TEST_P(Authority, SightThatIsLentLetsSeeAndNothingElseUntilItIsTakenBack) {
  const auth::Actor guest = auth::testing::actor_named(*db_, "guest");
  const auto visible = [&](base::Date day) {
    static constexpr store::Sql kCount{
        "test.visible", "with recursive " ORG_VISIBLE_UNITS "select count(*) from visible"};
    return db_->read([&](store::Tx& tx) {
      return tx.integer(kCount, {{"account", guest.account()}, {"day", day}, {"sees_all", 0}});
    });
  };
  EXPECT_EQ(answer(guest, Act::see, near_), "unit.not_found");
  db_->write([&](store::Tx& tx) {
    lent_sight::lend(tx, guest.account(), near_, "inspection:1", kToday);
    lent_sight::lend(tx, guest.account(), near_, "inspection:1", kToday.plus_days(1));
    lent_sight::lend(tx, guest.account(), far_, "inspection:2", kToday);
  });
  EXPECT_EQ(answer(guest, Act::see, near_), "");
  EXPECT_EQ(answer(guest, Act::see, commune_), "");
  EXPECT_EQ(answer(guest, Act::see, city_), "unit.not_found");
  EXPECT_EQ(answer(guest, Act::see, near_, kToday.plus_days(-1)), "unit.not_found");
  EXPECT_EQ(visible(kToday), 4);  // two districts, two communes
  for (const Act act : {Act::enter, Act::decide, Act::request, Act::direct, Act::inspect,
                        Act::number, Act::adopt, Act::appoint, Act::reorganise}) {
    EXPECT_EQ(answer(guest, act, near_), "authority.not_yours");
  }
  db_->write([&](store::Tx& tx) { lent_sight::take_back(tx, "inspection:1", kToday); });
  EXPECT_EQ(answer(guest, Act::see, commune_), "unit.not_found");
  EXPECT_EQ(answer(guest, Act::see, far_), "");
  db_->write([&](store::Tx& tx) {
    lent_sight::take_back(tx, "inspection:2", guest.account(), kToday.plus_days(3));
  });
  EXPECT_EQ(answer(guest, Act::see, far_, kToday.plus_days(2)), "");
  EXPECT_EQ(answer(guest, Act::see, far_, kToday.plus_days(3)), "unit.not_found");
  EXPECT_EQ(visible(kToday.plus_days(3)), 0);
}

}  // namespace
}  // namespace org
