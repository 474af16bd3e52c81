#include "auth/accounts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sodium.h>

#include "auth/testing.h"
#include "store/testing.h"

namespace auth {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> codes(const base::Problems& problems) {
  std::vector<std::string> found;
  for (const base::Problem& problem : problems) found.push_back(problem.code);
  return found;
}

TEST(Passwords, AcceptALongSentenceInVietnamese) {
  EXPECT_THAT(password_faults("lan", "con đò sang sông sớm"), IsEmpty());
}

TEST(Passwords, RefuseShortLongCommonAndTheLogin) {
  EXPECT_THAT(codes(password_faults("lan", "ngắn quá")), ElementsAre("account.password_short"));
  EXPECT_THAT(codes(password_faults("lan", std::string(257, 'k'))),
              ElementsAre("account.password_long"));
  EXPECT_THAT(codes(password_faults("lan", "Mật khẩu 20212021")),
              ElementsAre("account.password_common"));
  EXPECT_THAT(codes(password_faults("lan", "123456789012")),
              ElementsAre("account.password_common"));
  EXPECT_THAT(codes(password_faults("van.phong.huyen", "Van.Phong.Huyen")),
              ElementsAre("account.password_is_login"));
  EXPECT_THAT(codes(password_faults("lan", std::string("mot cau dai\0 nua", 16))),
              ElementsAre("account.password_form"));
}

TEST(Passwords, OfDemoAccountsMayBePrinted) {
  EXPECT_THAT(password_faults("lan", "thongsuot", PasswordRule::demo), IsEmpty());
  EXPECT_THAT(codes(password_faults("lan", "", PasswordRule::demo)),
              ElementsAre("account.password_short"));
}

TEST(Passwords, AreTheSameTypedAsNfcOrNfd) {
  const std::string hash = hash_password("lan", "con đò sang sông sớm", testing::kCheap).value();
  EXPECT_THAT(hash, ::testing::StartsWith("$argon2id$"));
  const std::string decomposed = "con đo\xCC\x80 sang so\xCC\x82ng so\xCC\x9B\xCC\x81m";
  EXPECT_TRUE(is_password(hash, decomposed).value());
  EXPECT_FALSE(is_password(hash, "con do sang song som").value());
  EXPECT_FALSE(is_password(hash, "\xFF").value());
}

class Accounts : public ::testing::TestWithParam<std::string> {
 protected:
  std::unique_ptr<store::Db> db = store::testing::fresh(GetParam());
  const base::Instant now{1'600'000'000'000'000};

  base::Result<Account> add(const std::string& login, const std::string& name) {
    return db->write(
        [&](store::Tx& tx) { return add_account(tx, {login, name, "$argon2id$x", false}, now); });
  }
};

TEST_P(Accounts, AreFoundByIdAndByLoginInAnyCase) {
  const auto lan = add(" Lan.NT ", "Nguyễn  Thị Lan");
  ASSERT_TRUE(lan);
  EXPECT_EQ(lan->login, "lan.nt");
  EXPECT_EQ(lan->name, "Nguyễn Thị Lan");
  ASSERT_TRUE(add("minh", "Trần Văn Minh"));
  db->read([&](store::Tx& tx) {
    EXPECT_EQ(find_account(tx, lan->id)->login, "lan.nt");
    EXPECT_EQ(find_account_by_login(tx, "LAN.nt")->id, lan->id);
    EXPECT_FALSE(find_account_by_login(tx, "hoa"));
    EXPECT_EQ(list_accounts(tx).size(), 2U);
    EXPECT_TRUE(any_account(tx));
  });
}

TEST_P(Accounts, RefuseATakenLoginAndChangeNothing) {
  ASSERT_TRUE(add("lan", "Nguyễn Thị Lan"));
  const auto again = add("LAN", "Người khác");
  ASSERT_FALSE(again);
  EXPECT_THAT(codes(again.error()), ElementsAre("account.login_taken"));
  db->read([&](store::Tx& tx) {
    ASSERT_EQ(list_accounts(tx).size(), 1U);
    EXPECT_EQ(list_accounts(tx)[0].name, "Nguyễn Thị Lan");
  });
}

TEST_P(Accounts, RefuseLoginAndNameAtOnce) {
  const auto added = add("lân", " ");
  ASSERT_FALSE(added);
  EXPECT_THAT(codes(added.error()), ElementsAre("account.login_form", "account.name_form"));
  EXPECT_FALSE(db->read([](store::Tx& tx) { return any_account(tx); }));
}

TEST_P(Accounts, UnknownOnesGetNoPassword) {
  const auto set =
      db->write([](store::Tx& tx) { return set_password(tx, AccountId{99}, "$argon2id$x"); });
  ASSERT_FALSE(set);
  EXPECT_THAT(codes(set.error()), ElementsAre("account.unknown"));
}

INSTANTIATE_TEST_SUITE_P(Databases, Accounts, ::testing::ValuesIn(store::testing::databases()));

}  // namespace
}  // namespace auth
