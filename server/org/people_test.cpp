#include "org/people.h"

#include <gtest/gtest.h>

#include "auth/testing.h"
#include "org/post_store.h"
#include "org/unit_store.h"
#include "store/testing.h"

namespace org {
namespace {

const base::Date kBegin(2021, 1, 1), kToday(2022, 4, 14);
const base::Instant kNow{1'000'000};

class People : public testing::TestWithParam<std::string> {
 protected:
  People()
      : db_(store::testing::fresh(GetParam())),
        quan_(auth::testing::actor_named(*db_, "quan")),
        lan_(auth::testing::actor_named(*db_, "lan")),
        minh_(auth::testing::actor_named(*db_, "minh")),
        console_(auth::console_actor("test")) {
    db_->write([&](store::Tx& tx) {
      city_ = unit_store::add(tx, {"01", "Hà Nội", "Thành phố", 1, kBegin}, kNow);
      unit_store::add_parent(tx, city_, kGovernment, std::nullopt, kBegin);
      commune_ = unit_store::add(tx, {"10183", "Thường Tín", "Xã", 2, kBegin}, kNow);
      unit_store::add_parent(tx, commune_, kGovernment, city_, kBegin);
      post_store::appoint(
          tx, {city_, Role::administrator, "Quản trị", quan_.account(), kBegin, base::kForever});
    });
  }

  template <class Act>
  std::string tried(Act act) {
    const auto done = db_->write([&](store::Tx& tx) { return act(tx); });
    if (done) return "";
    std::string made;
    for (const auto& problem : done.error()) made += problem.field + " " + problem.code + ";";
    return made;
  }
  std::string appoints(const std::string& login, Role role, base::Date from = kBegin,
                       base::Date to = base::kForever) {
    return tried([&](store::Tx& tx) {
      return appoint(tx, quan_, kNow, kToday, {commune_, login, role, "", from, to});
    });
  }
  std::int64_t id_of(const std::string& login, base::Date day = kToday) {
    return db_->read([&](store::Tx& tx) -> std::int64_t {
      for (const auto& row : appointments(tx, commune_, day)) {
        if (row.login == login && row.from <= day) return row.id;
      }
      return 0;
    });
  }
  bool may(const auth::Actor& actor, Act act, base::Date day) {
    return db_->read(
        [&](store::Tx& tx) { return allows(tx, actor, act, commune_, day).has_value(); });
  }

  std::unique_ptr<store::Db> db_;
  auth::Actor quan_, lan_, minh_, console_;
  UnitId city_, commune_;
};

INSTANTIATE_TEST_SUITE_P(Databases, People, testing::ValuesIn(store::testing::databases()));

TEST_P(People, WhatAPersonMayDoFollowsTheDay) {
  EXPECT_EQ(appoints("lan", Role::clerk, base::Date(2022, 1, 1), base::Date(2022, 7, 1)), "");
  EXPECT_FALSE(may(lan_, Act::enter, base::Date(2021, 12, 31)));
  EXPECT_TRUE(may(lan_, Act::enter, base::Date(2022, 1, 1)));
  EXPECT_TRUE(may(lan_, Act::enter, base::Date(2022, 6, 30)));
  EXPECT_FALSE(may(lan_, Act::enter, base::Date(2022, 7, 1)));
  EXPECT_FALSE(may(lan_, Act::see, base::Date(2022, 7, 1)));
}

TEST_P(People, SeveralPostsAtOnceAreHeldSideBySide) {
  EXPECT_EQ(appoints("lan", Role::clerk), "");
  EXPECT_EQ(appoints("lan", Role::compiler), "");
  EXPECT_EQ(appoints("lan", Role::clerk), "/from appointment.twice;");
  EXPECT_TRUE(may(lan_, Act::enter, kToday));
  EXPECT_TRUE(may(lan_, Act::decide, kToday));
  EXPECT_FALSE(may(lan_, Act::appoint, kToday));
}

TEST_P(People, EveryFaultOfAnAppointmentAtOnce) {
  EXPECT_EQ(appoints("nobody", Role::clerk, base::Date(2020, 1, 1), base::Date(2020, 1, 1)),
            "/login appointment.account_unknown;/to appointment.span;"
            "/from appointment.unit_not_then;");
}

TEST_P(People, OnlyAnAdministratorOfTheUnitOrAboveAppoints) {
  EXPECT_EQ(appoints("lan", Role::head), "");
  const auto by = [&](const auth::Actor& actor) {
    return tried([&](store::Tx& tx) {
      return appoint(tx, actor, kNow, kToday, {commune_, "minh", Role::clerk, "", kBegin});
    });
  };
  EXPECT_EQ(by(lan_), " authority.not_yours;");
  EXPECT_EQ(by(minh_), " unit.not_found;");
}

TEST_P(People, ADelegateActsForAWhileAndNoLonger) {
  ASSERT_EQ(appoints("lan", Role::clerk), "");
  const std::int64_t own = id_of("lan");
  const auto delegates = [&](const auth::Actor& actor, base::Date from, base::Date to) {
    return tried([&](store::Tx& tx) {
      return delegate_post(tx, actor, kNow, own, "minh", from, to, "nghỉ phép");
    });
  };
  EXPECT_EQ(delegates(lan_, kToday, base::kForever), "/to appointment.delegation_open;");
  EXPECT_EQ(delegates(lan_, kToday, kToday), "/to appointment.span;");
  EXPECT_EQ(delegates(minh_, kToday, kToday.plus_days(7)), " appointment.not_found;")
      << "another's post";
  EXPECT_EQ(delegates(lan_, kToday, kToday.plus_days(7)), "");
  EXPECT_TRUE(may(minh_, Act::enter, kToday.plus_days(6)));
  EXPECT_FALSE(may(minh_, Act::enter, kToday.plus_days(7)));
  EXPECT_TRUE(may(lan_, Act::enter, kToday)) << "who delegates keeps the post";
  const auto lender = [&](const auth::Actor& actor) {
    return db_->read([&](store::Tx& tx) {
      return post_store::of_account(tx, actor.account(), kToday.plus_days(6)).at(0).acting_for;
    });
  };
  EXPECT_EQ(lender(minh_), lan_.name());
  EXPECT_EQ(lender(lan_), "");
  const std::int64_t lent = id_of("minh");
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return delegate_post(tx, minh_, kNow, lent, "quan", kToday, kToday.plus_days(1), "x");
            }),
            " appointment.delegation_again;");
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return end_appointment(tx, lan_, kNow, kToday, lent, kToday.plus_days(2));
            }),
            "")
      << "one may take one's own delegation back";
  EXPECT_FALSE(may(minh_, Act::enter, kToday.plus_days(2)));
}

TEST_P(People, WhoLeavesHandsOverAndWhatWasDelegatedEndsToo) {
  ASSERT_EQ(appoints("lan", Role::clerk), "");
  const std::int64_t own = id_of("lan");
  ASSERT_EQ(tried([&](store::Tx& tx) {
              return delegate_post(tx, lan_, kNow, own, "minh", kToday, kToday.plus_days(30), "x");
            }),
            "");
  const auto hands = [&](const auth::Actor& actor, const std::string& to, base::Date on) {
    return tried([&](store::Tx& tx) {
      return hand_over_post(tx, actor, kNow, kToday, own, to, on, "nghỉ hưu");
    });
  };
  EXPECT_EQ(hands(minh_, "quan", kToday.plus_days(10)), " authority.not_yours;");
  EXPECT_EQ(hands(quan_, "lan", kToday.plus_days(10)), "/login appointment.to_oneself;");
  EXPECT_EQ(hands(quan_, "quan", kBegin), "/on appointment.span;");
  EXPECT_EQ(hands(quan_, "quan", kToday.plus_days(10)), "");
  EXPECT_TRUE(may(lan_, Act::enter, kToday.plus_days(9)));
  EXPECT_FALSE(may(lan_, Act::enter, kToday.plus_days(10)));
  EXPECT_TRUE(may(minh_, Act::enter, kToday.plus_days(9)));
  EXPECT_FALSE(may(minh_, Act::enter, kToday.plus_days(10)));
  EXPECT_TRUE(may(quan_, Act::enter, kToday.plus_days(10)));
}

TEST_P(People, TheLastHeadLeavesOnlyByHandingOver) {
  ASSERT_EQ(appoints("lan", Role::head), "");
  const auto ends = [&](std::int64_t id) {
    return tried([&](store::Tx& tx) {
      return end_appointment(tx, quan_, kNow, kToday, id, kToday.plus_days(1));
    });
  };
  EXPECT_EQ(ends(id_of("lan")), "/to appointment.last_head;");
  ASSERT_EQ(appoints("minh", Role::head), "");
  EXPECT_EQ(ends(id_of("lan")), "");
  EXPECT_EQ(ends(id_of("minh")), "/to appointment.last_head;");
}

}  // namespace
}  // namespace org
