#include "auth/sessions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/testing.h"
#include "store/testing.h"

namespace auth {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::kCheap;
using testing::kPassword;
using ::testing::Not;

constexpr std::int64_t kSecond = 1'000'000;

class SessionsTest : public ::testing::TestWithParam<std::string> {
 protected:
  SessionsTest() {
    sessions.on_event([this](store::Tx&, const Actor& actor, const char* act) {
      events.push_back(actor.name() + " " + act);
    });
  }
  void pass(std::int64_t seconds) {
    clock.set(base::Instant{clock.now().microseconds + seconds * kSecond});
  }
  static http::Request with(const std::string& token, const std::string& name = "ts") {
    http::Request request;
    request.headers.emplace_back("cookie", "theme=dark; " + name + "=" + token);
    return request;
  }
  static std::string code(const auto& refused) {
    return refused ? "(not refused)" : refused.error().front().code;
  }
  std::int64_t seen_at() {
    return db->read([](store::Tx& tx) {
      return tx.integer(store::Sql{"test.seen_at", "select max(seen_at) from session"});
    });
  }

  std::unique_ptr<store::Db> db = store::testing::fresh(GetParam());
  base::FixedClock clock{base::Instant{1'600'000'000 * kSecond}};
  Account lan = testing::account_named(*db, "lan");
  Sessions sessions{*db, clock, {}, kCheap};
  std::vector<std::string> events;
};

TEST_P(SessionsTest, SignsInGivesTheActorAndSignsOut) {
  const auto signed_in = sessions.sign_in({"Lan", kPassword, "127.0.0.1"});
  ASSERT_TRUE(signed_in);
  EXPECT_THAT(signed_in->cookie,
              HasSubstr("ts=" + signed_in->token + "; Path=/; HttpOnly; SameSite=Lax"));
  EXPECT_THAT(signed_in->cookie, Not(HasSubstr("Secure")));

  const auto actor = sessions.actor_of(with(signed_in->token));
  ASSERT_TRUE(actor);
  EXPECT_EQ(actor->account(), lan.id);
  EXPECT_EQ(actor->name(), "Nguyễn Thị lan");
  EXPECT_FALSE(actor->is_console());

  sessions.sign_out(*actor);
  sessions.sign_out(*actor);  // a second click
  EXPECT_EQ(code(sessions.actor_of(with(signed_in->token))), "auth.sign_in");
  EXPECT_THAT(events,
              ElementsAre("Nguyễn Thị lan session.created", "Nguyễn Thị lan session.deleted"));
}

TEST_P(SessionsTest, StoresOnlyTheHashOfTheToken) {
  const auto signed_in = sessions.sign_in({"lan", kPassword, "127.0.0.1"}).value();
  const std::string stored = db->read([](store::Tx& tx) {
    return tx
        .one(store::Sql{"test.token", "select token_hash from session"}, {},
             [](const store::Row& row) { return row.string(0); })
        .value();
  });
  EXPECT_EQ(stored.size(), 64U);
  EXPECT_EQ(stored.find(signed_in.token), std::string::npos);
  EXPECT_GE(signed_in.token.size(), 43U);
}

TEST_P(SessionsTest, GivesTheSameRefusalForWrongUnknownAndDisabled) {
  EXPECT_EQ(code(sessions.sign_in({"lan", "sai mật khẩu rồi", "x"})), "auth.wrong_sign_in");
  EXPECT_EQ(code(sessions.sign_in({"hoa", kPassword, "x"})), "auth.wrong_sign_in");
  db->write([&](store::Tx& tx) { set_disabled(tx, lan.id, true); });
  EXPECT_EQ(code(sessions.sign_in({"lan", kPassword, "x"})), "auth.wrong_sign_in");
  EXPECT_THAT(events, ElementsAre());
}

TEST_P(SessionsTest, SlowsDownAfterThreeMissesAndForgivesASuccess) {
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(code(sessions.sign_in({"lan", "sai", "x"})), "auth.wrong_sign_in");
  }
  const auto slowed = sessions.sign_in({"LAN", kPassword, "x"});
  ASSERT_EQ(code(slowed), "auth.slow_down");
  EXPECT_EQ(slowed.error()[0].kind, base::ProblemKind::too_many);
  EXPECT_THAT(slowed.error()[0].args, ElementsAre("1"));
  pass(1);
  EXPECT_EQ(code(sessions.sign_in({"lan", "sai", "x"})), "auth.wrong_sign_in");
  EXPECT_THAT(sessions.sign_in({"lan", kPassword, "x"}).error()[0].args, ElementsAre("2"));
  pass(2);
  EXPECT_TRUE(sessions.sign_in({"lan", kPassword, "x"}));
  EXPECT_EQ(code(sessions.sign_in({"lan", "sai", "x"})), "auth.wrong_sign_in");
  EXPECT_TRUE(sessions.sign_in({"lan", kPassword, "x"}));
}

TEST_P(SessionsTest, NeverWaitsLongerThanAMinute) {
  for (int i = 0; i < 12; ++i) {
    EXPECT_EQ(code(sessions.sign_in({"hoa", "sai", "x"})), "auth.wrong_sign_in");
    pass(60);
  }
  EXPECT_EQ(code(sessions.sign_in({"hoa", "sai", "x"})), "auth.wrong_sign_in");
  EXPECT_THAT(sessions.sign_in({"hoa", "sai", "x"}).error()[0].args, ElementsAre("60"));
}

TEST_P(SessionsTest, EndsWhenIdleAndAtTheAbsoluteLimit) {
  const std::string token = sessions.sign_in({"lan", kPassword, "x"})->token;
  pass(8 * 3600 - 1);
  EXPECT_TRUE(sessions.actor_of(with(token)));  // seen: eight more hours of idleness allowed
  pass(4 * 3600);
  EXPECT_TRUE(sessions.actor_of(with(token)));
  pass(1);
  EXPECT_FALSE(sessions.actor_of(with(token)));  // twelve hours after signing in

  const std::string second = sessions.sign_in({"lan", kPassword, "x"})->token;
  pass(8 * 3600);
  EXPECT_EQ(code(sessions.actor_of(with(second))), "auth.sign_in");
}

TEST_P(SessionsTest, NotesBeingSeenAtMostOnceAMinute) {
  const std::string token = sessions.sign_in({"lan", kPassword, "x"})->token;
  const std::int64_t start = seen_at();
  pass(59);
  ASSERT_TRUE(sessions.actor_of(with(token)));
  EXPECT_EQ(seen_at(), start);
  pass(1);
  ASSERT_TRUE(sessions.actor_of(with(token)));
  EXPECT_EQ(seen_at(), start + 60 * kSecond);
}

TEST_P(SessionsTest, EndAtOnceWhenTheAccountIsDisabledOrThePasswordChanged) {
  const std::string first = sessions.sign_in({"lan", kPassword, "x"})->token;
  const std::string hash = hash_password("lan", "một câu khác hẳn nhé", kCheap).value();
  ASSERT_TRUE(db->write([&](store::Tx& tx) { return set_password(tx, lan.id, hash); }));
  EXPECT_EQ(code(sessions.actor_of(with(first))), "auth.sign_in");

  const std::string second = sessions.sign_in({"lan", "một câu khác hẳn nhé", "x"})->token;
  ASSERT_TRUE(sessions.actor_of(with(second)));
  db->write([&](store::Tx& tx) { set_disabled(tx, lan.id, true); });
  EXPECT_EQ(code(sessions.actor_of(with(second))), "auth.sign_in");
  db->write([&](store::Tx& tx) { set_disabled(tx, lan.id, false); });
  EXPECT_EQ(code(sessions.actor_of(with(second))), "auth.sign_in");
}

TEST_P(SessionsTest, RehashesWhenTheCostHasRisen) {
  Sessions dearer(*db, clock, {}, {2, 16384});
  ASSERT_TRUE(dearer.sign_in({"lan", kPassword, "x"}));
  const std::string hash = db->read([&](store::Tx& tx) { return password_hash_of(tx, lan.id); });
  EXPECT_THAT(hash, HasSubstr("m=16,t=2"));
  EXPECT_TRUE(dearer.sign_in({"lan", kPassword, "x"}));
}

TEST_P(SessionsTest, ASignInWhoseEventFailsLeavesNoSession) {
  sessions.on_event([](store::Tx&, const Actor&, const char*) {
    throw std::runtime_error("the journal is gone");
  });
  EXPECT_THROW(sessions.sign_in({"lan", kPassword, "x"}), std::runtime_error);
  EXPECT_EQ(db->read([](store::Tx& tx) {
    return tx.integer(store::Sql{"test.sessions", "select count(*) from session"});
  }),
            0);
}

TEST_P(SessionsTest, BehindTlsTheCookieIsSecureAndHasTheHostPrefix) {
  Sessions secure(*db, clock, {.secure_cookie = true, .origin = {}}, kCheap);
  const auto signed_in = secure.sign_in({"lan", kPassword, "x"}).value();
  EXPECT_THAT(signed_in.cookie, ::testing::StartsWith("__Host-ts="));
  EXPECT_THAT(signed_in.cookie, ::testing::EndsWith("; Secure"));
  EXPECT_TRUE(secure.actor_of(with(signed_in.token, "__Host-ts")));
  EXPECT_EQ(code(secure.actor_of(with(signed_in.token, "ts"))), "auth.sign_in");
  EXPECT_THAT(secure.expired_cookie(), HasSubstr("Max-Age=0"));
}

TEST_P(SessionsTest, RefusesUnsafeRequestsFromOtherSites) {
  const auto check = [&](std::vector<std::pair<std::string, std::string>> headers) {
    http::Request request;
    request.headers = std::move(headers);
    return code(sessions.check_same_site(request));
  };
  const std::string fine = "(not refused)";
  EXPECT_EQ(check({{"sec-fetch-site", "same-origin"}}), fine);
  EXPECT_EQ(check({{"sec-fetch-site", "none"}}), fine);
  EXPECT_EQ(check({{"sec-fetch-site", "same-site"}}), "auth.cross_site");
  EXPECT_EQ(check({{"sec-fetch-site", "cross-site"}, {"origin", "http://a:1"}, {"host", "a:1"}}),
            "auth.cross_site");
  EXPECT_EQ(check({{"origin", "http://a:1"}, {"host", "a:1"}}), fine);
  EXPECT_EQ(check({{"origin", "http://b:1"}, {"host", "a:1"}}), "auth.cross_site");
  EXPECT_EQ(check({{"origin", "null"}, {"host", "a:1"}}), "auth.cross_site");
  EXPECT_EQ(check({{"host", "a:1"}}), fine);

  const Sessions configured(*db, clock, {.origin = "https://ts.example"}, kCheap);
  http::Request request;
  request.headers = {{"origin", "https://ts.example.evil"}, {"host", "ts.example.evil"}};
  EXPECT_EQ(code(configured.check_same_site(request)), "auth.cross_site");
}

class SetUpTest : public SessionsTest {
 protected:
  SetUpTest() {
    db->write([](store::Tx& tx) { tx.run(store::Sql{"test.empty", "delete from account"}); });
  }
  auth::SetUp asked(const std::string& token) {
    return {token, "quan.tri", "Người quản trị", "một câu thật dài để nhớ"};
  }
};

TEST_P(SetUpTest, MakesTheFirstAccountOnce) {
  const std::string token = sessions.open_setup();
  ASSERT_FALSE(token.empty());
  EXPECT_EQ(code(sessions.set_up(asked("đoán mò"))), "auth.setup_token");
  const auto first = sessions.set_up(asked(token));
  ASSERT_TRUE(first);
  EXPECT_EQ(first->login, "quan.tri");
  EXPECT_THAT(events, ElementsAre("Người quản trị account.set_up"));
  EXPECT_EQ(code(sessions.set_up(asked(token))), "auth.setup_closed");
  EXPECT_EQ(sessions.open_setup(), "");
  EXPECT_TRUE(sessions.sign_in({"quan.tri", "một câu thật dài để nhớ", "x"}));
}

TEST_P(SetUpTest, SaysEveryFaultAndKeepsTheToken) {
  const std::string token = sessions.open_setup();
  const auto refused = sessions.set_up({token, "!", "", "ngắn"});
  ASSERT_FALSE(refused);
  ASSERT_EQ(refused.error().size(), 3U);
  EXPECT_EQ(refused.error()[0].field, "/login");
  EXPECT_EQ(refused.error()[1].field, "/name");
  EXPECT_EQ(refused.error()[2].field, "/password");
  EXPECT_TRUE(sessions.set_up(asked(token)));
}

TEST_P(SetUpTest, ClosesAfterAnHour) {
  const std::string token = sessions.open_setup();
  pass(3600);
  EXPECT_EQ(code(sessions.set_up(asked(token))), "auth.setup_token");
  EXPECT_EQ(code(sessions.set_up(asked(""))), "auth.setup_token");
}

INSTANTIATE_TEST_SUITE_P(Databases, SessionsTest, ::testing::ValuesIn(store::testing::databases()));
INSTANTIATE_TEST_SUITE_P(Databases, SetUpTest, ::testing::ValuesIn(store::testing::databases()));

}  // namespace
}  // namespace auth
