#include "auth/second_factor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <liboath/oath.h>

#include "auth/testing.h"
#include "store/testing.h"

namespace auth {
namespace {

using ::testing::HasSubstr;
using testing::kCheap;
using testing::kPassword;
using ::testing::SizeIs;

constexpr std::int64_t kSecond = 1'000'000;
// RFC 6238, appendix B: the secret of its SHA-1 rows, and what they show.
const std::string kRfcSecret = "12345678901234567890";

TEST(Totp, ShowsWhatTheRfcShows) {
  for (const auto& [time, code] : {std::pair{59, "94287082"}, {1111111109, "07081804"}}) {
    std::string made(9, '\0');
    oath_totp_generate(kRfcSecret.data(), kRfcSecret.size(), time, 30, 0, 8, made.data());
    EXPECT_EQ(made.substr(0, 8), code);
  }
}

TEST(Sealing, OpensOnlyWithItsKeyAndItsContext) {
  const SealingKey key = SealingKey::random();
  const std::string sealed = key.seal("bí mật", "second_factor:1");
  EXPECT_EQ(key.open(sealed, "second_factor:1"), "bí mật");
  EXPECT_NE(key.seal("bí mật", "second_factor:1"), sealed);
  EXPECT_FALSE(key.open(sealed, "second_factor:2"));
  EXPECT_FALSE(SealingKey::random().open(sealed, "second_factor:1"));
  EXPECT_FALSE(key.open("", "second_factor:1"));
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string other = sealed;
    other[i] = other[i] == 'A' ? 'B' : 'A';
    EXPECT_NE(key.open(other, "second_factor:1"), "bí mật") << i;
  }
}

TEST(Sealing, KeepsItsKeyInAFileOfItsOwner) {
  const auto file =
      std::filesystem::temp_directory_path() / ("sealing-" + std::to_string(::getpid()) + ".key");
  std::filesystem::remove(file);
  const std::string sealed = SealingKey::of_file(file).seal("a", "b");
  EXPECT_EQ(SealingKey::of_file(file).open(sealed, "b"), "a");
  EXPECT_EQ(std::filesystem::status(file).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  std::filesystem::resize_file(file, 31);
  EXPECT_THROW(SealingKey::of_file(file), std::runtime_error);
  std::filesystem::remove(file);
}

class SecondFactorTest : public ::testing::TestWithParam<std::string> {
 protected:
  SecondFactorTest() {
    sessions.on_event(
        [this](store::Tx&, const Actor&, const char* act) { events.emplace_back(act); });
  }
  void pass(std::int64_t seconds) {
    clock.set(base::Instant{clock.now().microseconds + seconds * kSecond});
  }
  static std::string code(const auto& refused) {
    return refused ? "(not refused)" : refused.error().front().code;
  }
  /// What the phone shows now, `steps` later.
  std::string shown(const std::string& secret, int steps = 0) const {
    char* bytes = nullptr;
    std::size_t size = 0;
    EXPECT_EQ(oath_base32_decode(secret.data(), secret.size(), &bytes, &size), OATH_OK);
    std::string made(7, '\0');
    oath_totp_generate(bytes, size, clock.now().microseconds / kSecond + 30 * steps, 30, 0, 6,
                       made.data());
    std::free(bytes);
    return made.substr(0, 6);
  }
  base::Result<SignedIn> sign_in(const std::string& with = {}) {
    return sessions.sign_in({"lan", kPassword, "127.0.0.1", with, "Firefox"});
  }
  Actor actor_of(const SignedIn& signed_in) {
    http::Request request;
    request.headers.emplace_back("cookie", "ts=" + signed_in.token);
    return sessions.actor_of(request).value();
  }
  bool is_alive(const SignedIn& signed_in) {
    http::Request request;
    request.headers.emplace_back("cookie", "ts=" + signed_in.token);
    return sessions.actor_of(request).has_value();
  }
  /// Turned on, a minute ago.
  std::string turned_on() {
    const Actor actor = actor_of(sign_in().value());
    const auto begun = sessions.begin_second_factor(actor, kPassword).value();
    recovery = sessions.confirm_second_factor(actor, shown(begun.secret)).value();
    pass(60);
    return begun.secret;
  }

  std::unique_ptr<store::Db> db = store::testing::fresh(GetParam());
  base::FixedClock clock{base::Instant{1'600'000'000 * kSecond}};
  Account lan = testing::account_named(*db, "lan");
  Sessions sessions{*db, clock, {}, kCheap};
  std::vector<std::string> events;
  std::vector<std::string> recovery;
};

TEST_P(SecondFactorTest, IsAskedForOnlyOnceItIsConfirmed) {
  const Actor actor = actor_of(sign_in().value());
  const auto begun = sessions.begin_second_factor(actor, kPassword).value();
  EXPECT_THAT(begun.secret, SizeIs(32));
  EXPECT_THAT(begun.uri, HasSubstr("secret=" + begun.secret));
  EXPECT_TRUE(sign_in());
  EXPECT_EQ(code(sessions.confirm_second_factor(actor, "000000")), "auth.code_wrong");
  EXPECT_TRUE(sign_in());

  EXPECT_THAT(sessions.confirm_second_factor(actor, shown(begun.secret)).value(), SizeIs(10));
  EXPECT_EQ(code(sign_in()), "auth.code_needed");
  EXPECT_EQ(code(sign_in("123")), "auth.code_wrong");
  pass(60);
  EXPECT_TRUE(sign_in(shown(begun.secret)));
  EXPECT_EQ(code(sessions.begin_second_factor(actor, kPassword)), "auth.second_factor_on");
}

TEST_P(SecondFactorTest, ACodeOpensOnceAndWithinAStepOfItsTime) {
  const std::string secret = turned_on();
  const std::string now = shown(secret);
  EXPECT_TRUE(sign_in(now.substr(0, 3) + " " + now.substr(3)));
  EXPECT_EQ(code(sign_in(now)), "auth.code_wrong");
  EXPECT_TRUE(sign_in(shown(secret, 1)));
  pass(120);
  EXPECT_EQ(code(sign_in(shown(secret, -2))), "auth.code_wrong");
  EXPECT_EQ(code(sign_in(shown(secret, 2))), "auth.code_wrong");
  pass(60);
  EXPECT_TRUE(sign_in(shown(secret, -1)));
}

TEST_P(SecondFactorTest, ARecoveryCodeOpensOnce) {
  turned_on();
  EXPECT_TRUE(sign_in(recovery[3]));
  EXPECT_EQ(code(sign_in(recovery[3])), "auth.code_wrong");
  std::string shouted = recovery[4];
  for (char& letter : shouted) letter = static_cast<char>(std::toupper(letter));
  EXPECT_TRUE(sign_in(shouted));
  EXPECT_EQ(sessions.second_factor_of(actor_of(sign_in(recovery[5]).value())).recovery_codes_left,
            7);
}

TEST_P(SecondFactorTest, WrongCodesSlowDownLikeWrongPasswords) {
  turned_on();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(code(sign_in("000000")), "auth.code_wrong");
  EXPECT_EQ(code(sign_in("000000")), "auth.slow_down");
}

TEST_P(SecondFactorTest, ASealedSecretIsOfNoUseWithoutTheKey) {
  const std::string secret = turned_on();
  sessions.seal_with(SealingKey::random());  // the database came to another machine
  EXPECT_EQ(code(sign_in(shown(secret))), "auth.code_wrong");
  EXPECT_TRUE(sign_in(recovery[0]));
}

TEST_P(SecondFactorTest, EndsWithThePasswordOnly) {
  const std::string secret = turned_on();
  const Actor actor = actor_of(sign_in(shown(secret)).value());
  EXPECT_EQ(code(sessions.end_second_factor(actor, "không phải")), "auth.wrong_password");
  EXPECT_EQ(code(sign_in()), "auth.code_needed");
  EXPECT_TRUE(sessions.end_second_factor(actor, kPassword));
  EXPECT_TRUE(sign_in());
  EXPECT_EQ(events.front(), "session.created");
  EXPECT_THAT(events, ::testing::Contains("second_factor.removed"));
}

TEST_P(SecondFactorTest, OwnSessionsAreSeenAndEnded) {
  const auto first = sign_in().value();
  pass(1);
  const auto second = sign_in().value();
  testing::account_named(*db, "minh");
  const auto other = sessions.sign_in({"minh", kPassword, "127.0.0.1"}).value();
  const Actor actor = actor_of(second);
  const auto seen = sessions.sessions_of(actor);
  ASSERT_THAT(seen, SizeIs(2));
  EXPECT_EQ(seen.front().id, actor.session());
  EXPECT_EQ(seen.front().agent, "Firefox");
  EXPECT_FALSE(sessions.end_session(actor, actor_of(other).session()));  // somebody else's
  EXPECT_TRUE(sessions.end_session(actor, seen.back().id));
  EXPECT_FALSE(sessions.end_session(actor, seen.back().id));
  EXPECT_FALSE(is_alive(first));
  EXPECT_TRUE(is_alive(other));
  const auto third = sign_in().value();
  sessions.end_other_sessions(actor);
  EXPECT_FALSE(is_alive(third));
  EXPECT_TRUE(is_alive(second));
}

TEST_P(SecondFactorTest, ANewPasswordNeedsTheOldOneAndEndsOtherSessions) {
  const auto here = sign_in().value();
  const auto there = sign_in().value();
  const Actor actor = actor_of(here);
  EXPECT_EQ(code(sessions.change_password(actor, "sai", "một con đò khác hẳn")),
            "auth.wrong_password");
  EXPECT_EQ(code(sessions.change_password(actor, kPassword, "ngắn")), "account.password_short");
  EXPECT_TRUE(sign_in());
  EXPECT_TRUE(sessions.change_password(actor, kPassword, "một con đò khác hẳn"));
  EXPECT_TRUE(is_alive(here));
  EXPECT_FALSE(is_alive(there));
  EXPECT_EQ(code(sign_in()), "auth.wrong_sign_in");
  EXPECT_TRUE(sessions.sign_in({"lan", "một con đò khác hẳn", "127.0.0.1"}));
}

INSTANTIATE_TEST_SUITE_P(Databases, SecondFactorTest,
                         ::testing::ValuesIn(store::testing::databases()));

}  // namespace
}  // namespace auth
