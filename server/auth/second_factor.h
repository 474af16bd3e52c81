#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "auth/accounts.h"
#include "auth/sealing_key.h"
#include "base/result.h"
#include "store/db.h"

/// A second step of signing in: codes of a phone's authenticator (TOTP, RFC 6238: SHA-1, six
/// digits, 30 seconds, one step of grace either way), and ten recovery codes for the day the phone
/// is lost.
namespace auth::second_factor {

enum class State { off, begun, on };

struct Standing {
  State state = State::off;
  std::int64_t recovery_codes_left = 0;
};
Standing standing(store::Tx& tx, AccountId account);

struct Begun {
  std::string secret;  ///< base32, for typing
  std::string uri;     ///< otpauth://totp/…, for scanning
};
/// A new secret, not asked for until it is confirmed; one begun before is void.
/// "auth.second_factor_on" (conflict) when there is one already.
base::Result<Begun> begin(store::Tx& tx, const Account& account, const SealingKey& key,
                          base::Instant now);

/// Turns it on with a first code; gives the recovery codes, which are shown once and kept as
/// hashes. "auth.second_factor_not_begun" (conflict), "auth.code_wrong" (invalid, "/code").
base::Result<std::vector<std::string>> confirm(store::Tx& tx, AccountId account,
                                               const SealingKey& key, const std::string& code,
                                               base::Instant now);

/// Whether `code` opens: a code of the phone not used before, or a recovery code, which is then
/// used up. `now` is the world's time, as phones show it.
bool opens(store::Tx& tx, AccountId account, const SealingKey& key, const std::string& code,
           base::Instant now);

void remove(store::Tx& tx, AccountId account);

}  // namespace auth::second_factor
