#pragma once

#include <optional>
#include <string>
#include <vector>

#include "auth/actor.h"
#include "base/result.h"
#include "store/db.h"

namespace auth {

struct Account {
  AccountId id;
  std::string login;  ///< tidied, lower case, unique
  std::string name;
  bool is_disabled = false;
  bool is_demo = false;
};

struct NewAccount {
  std::string login;  ///< any case; tidied
  std::string name;
  std::string password_hash;  ///< of hash_password, made before the transaction
  bool is_demo = false;
};

/// Argon2id (libsodium, PHC string) with m=64 MiB, t=3, p=1 unless a test asks for less.
struct HashCost {
  unsigned long long operations = 3;
  std::size_t memory = 64ULL * 1024 * 1024;
};

/// Demo accounts may have the printed demo password: only the longest length is checked.
enum class PasswordRule { strict, demo };

/// Passwords: NFC, 12..256 bytes, not in the list of common ones, not the login. Codes
/// "account.password_short", "account.password_long", "account.password_common",
/// "account.password_is_login", with field "/password".
base::Problems password_faults(const std::string& login, const std::string& password,
                               PasswordRule rule = PasswordRule::strict);

/// Checks and hashes a password: slow and hungry on purpose, so NEVER inside a transaction. At most
/// two at a time; "auth.busy" (unavailable) when the wait would be long.
base::Result<std::string> hash_password(const std::string& login, const std::string& password,
                                        HashCost cost = {},
                                        PasswordRule rule = PasswordRule::strict);

/// Whether `password` is the one of `password_hash`; slow like hash_password, with the same
/// "auth.busy".
base::Result<bool> is_password(const std::string& password_hash, const std::string& password);

/// "account.login_form", "account.name_form" of an account to be, all at once; with fields
/// "/login", "/name".
base::Problems account_faults(const std::string& login, const std::string& name);

/// Refuses what account_faults says, and "account.login_taken" (conflict).
base::Result<Account> add_account(store::Tx& tx, const NewAccount& account, base::Instant now);
std::optional<Account> find_account(store::Tx& tx, AccountId id);
std::optional<Account> find_account_by_login(store::Tx& tx, const std::string& login);
std::vector<Account> list_accounts(store::Tx& tx);
/// The stored hash of an account that exists.
std::string password_hash_of(store::Tx& tx, AccountId id);
/// Also ends the account's sessions. `password_hash` comes from hash_password. "account.unknown"
/// (not_found).
base::Result<void> set_password(store::Tx& tx, AccountId id, const std::string& password_hash);
/// Disabling also ends the account's sessions.
void set_disabled(store::Tx& tx, AccountId id, bool disabled);
bool any_account(store::Tx& tx);

}  // namespace auth
