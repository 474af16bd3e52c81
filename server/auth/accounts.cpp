#include "auth/accounts.h"

#include <algorithm>

#include "base/text.h"

namespace auth {
namespace {

constexpr std::size_t kLongestName = 200;

std::string tidy_login(std::string_view login) {
  if (!base::is_utf8(login)) return {};
  std::string tidied = base::tidy(login);
  for (char& c : tidied) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return tidied;
}

bool is_login(std::string_view login) {
  return login.size() >= 2 && login.size() <= 64 &&
         std::all_of(login.begin(), login.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
                  c == '-';
         });
}

Account account_of(const store::Row& row) {
  return {row.id<AccountId>(0), row.string(1), row.string(2), row.integer(3) != 0,
          row.integer(4) != 0};
}

}  // namespace

base::Problems account_faults(const std::string& login, const std::string& name) {
  base::Problems problems;
  if (!is_login(tidy_login(login))) {
    problems.push_back({base::ProblemKind::invalid, "account.login_form", "/login", {}});
  }
  const std::string tidied = base::is_utf8(name) ? base::tidy(name) : std::string();
  if (tidied.empty() || base::length(tidied) > kLongestName) {
    problems.push_back(
        {base::ProblemKind::invalid, "account.name_form", "/name", {std::to_string(kLongestName)}});
  }
  return problems;
}

constexpr store::Sql kAddAccount{"auth.add_account", R"(
  insert into account (login, name, password_hash, is_demo, created_at)
  values (:login, :name, :password_hash, :is_demo, :now)
  on conflict (login) do nothing
  returning id)"};

base::Result<Account> add_account(store::Tx& tx, const NewAccount& account, base::Instant now) {
  base::Problems problems = account_faults(account.login, account.name);
  if (!problems.empty()) return base::refuse(std::move(problems));
  Account added{{}, tidy_login(account.login), base::tidy(account.name), false, account.is_demo};
  const auto id = tx.one(kAddAccount,
                         {{"login", added.login},
                          {"name", added.name},
                          {"password_hash", account.password_hash},
                          {"is_demo", account.is_demo ? 1 : 0},
                          {"now", now}},
                         [](const store::Row& row) { return row.id<AccountId>(0); });
  if (!id) {
    return base::refuse(base::ProblemKind::conflict, "account.login_taken", "/login",
                        {added.login});
  }
  added.id = *id;
  return added;
}

constexpr store::Sql kFindAccount{"auth.find_account", R"(
  select id, login, name, is_disabled, is_demo from account where id = :id)"};

std::optional<Account> find_account(store::Tx& tx, AccountId id) {
  return tx.one(kFindAccount, {{"id", id}}, account_of);
}

constexpr store::Sql kFindAccountByLogin{"auth.find_account_by_login", R"(
  select id, login, name, is_disabled, is_demo from account where login = :login)"};

std::optional<Account> find_account_by_login(store::Tx& tx, const std::string& login) {
  return tx.one(kFindAccountByLogin, {{"login", tidy_login(login)}}, account_of);
}

constexpr store::Sql kListAccounts{"auth.list_accounts", R"(
  select id, login, name, is_disabled, is_demo from account order by id)"};

std::vector<Account> list_accounts(store::Tx& tx) { return tx.all(kListAccounts, {}, account_of); }

constexpr store::Sql kPasswordHashOf{"auth.password_hash_of", R"(
  select password_hash from account where id = :id)"};

std::string password_hash_of(store::Tx& tx, AccountId id) {
  return tx.one(kPasswordHashOf, {{"id", id}}, [](const store::Row& row) { return row.string(0); })
      .value();
}

constexpr store::Sql kEndSessions{"auth.end_sessions", R"(
  delete from session where account_id = :id)"};
constexpr store::Sql kSetPassword{"auth.set_password", R"(
  update account set password_hash = :password_hash where id = :id)"};

base::Result<void> set_password(store::Tx& tx, AccountId id, const std::string& password_hash) {
  if (tx.run(kSetPassword, {{"id", id}, {"password_hash", password_hash}}) == 0) {
    return base::refuse(base::ProblemKind::not_found, "account.unknown");
  }
  tx.run(kEndSessions, {{"id", id}});
  return {};
}

constexpr store::Sql kSetDisabled{"auth.set_disabled", R"(
  update account set is_disabled = :is_disabled where id = :id)"};

void set_disabled(store::Tx& tx, AccountId id, bool disabled) {
  tx.run(kSetDisabled, {{"id", id}, {"is_disabled", disabled ? 1 : 0}});
  if (disabled) tx.run(kEndSessions, {{"id", id}});
}

constexpr store::Sql kAnyAccount{"auth.any_account", R"(
  select count(*) from (select id from account limit 1) as found)"};

bool any_account(store::Tx& tx) { return tx.integer(kAnyAccount) > 0; }

}  // namespace auth
