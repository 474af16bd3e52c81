#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "auth/accounts.h"
#include "auth/actor.h"
#include "auth/sealing_key.h"
#include "auth/second_factor.h"
#include "base/date.h"
#include "base/result.h"
#include "http/message.h"
#include "store/db.h"

namespace auth {

struct SessionRules {
  std::int64_t idle_seconds = 8 * 3600;
  std::int64_t absolute_seconds = 12 * 3600;
  bool secure_cookie =
      false;  ///< true behind TLS: the cookie is then __Host-ts with Secure; else "ts" on loopback
  std::string origin;  ///< configured origin for the CSRF check; empty: scheme-less compare of
                       ///< Origin with Host
};

/// What the sign-in form says, and where it came from.
struct SignIn {
  std::string login;
  std::string password;
  std::string remote;      ///< the peer's address, for the log
  std::string code = {};   ///< of the second factor, where the account has one
  std::string agent = {};  ///< the browser as it calls itself, for the list of one's sessions
};

/// A session as its own account sees it.
struct OwnSession {
  SessionId id;
  base::Instant created;
  base::Instant seen;
  std::string agent;
};

struct SignedIn {
  Account account;
  std::string token;   ///< 256 bits; only its SHA-256 is stored
  std::string cookie;  ///< the Set-Cookie value: HttpOnly, SameSite=Lax, Path=/
};

/// What the first run's form says.
struct SetUp {
  std::string token;
  std::string login;
  std::string name;
  std::string password;
};

/// Told of each sign-in, sign-out and set-up inside its own transaction: "session.created",
/// "session.deleted", "account.set_up", "account.password_changed", "second_factor.added",
/// "second_factor.removed". app/ wires it to the journal, and gives the first account
/// its post.
using OnEvent = std::function<void(store::Tx&, const Actor&, const char* act)>;

/// Signing in and out, and the check on each request. Any thread may call it.
class Sessions {
 public:
  Sessions(store::Db& db, const base::Clock& clock, SessionRules rules = {}, HashCost cost = {});

  /// Set once, before requests come.
  void on_event(OnEvent told);

  /// Set once, before requests come: what secrets are sealed with. Else a key of this process only.
  void seal_with(SealingKey key);

  /// Set once, before requests come: the time that phones show, where `clock` stands in another one
  /// (the demo's). Codes are compared by it.
  void compare_codes_by(const base::Clock& world) { world_ = &world; }

  /// Same time and words for an unknown login: "auth.wrong_sign_in" (unauthenticated). After three
  /// misses per login: growing delay, 429 "auth.slow_down" with Retry-After seconds in args. Where
  /// the account has a second factor: "auth.code_needed", "auth.code_wrong" (unauthenticated).
  base::Result<SignedIn> sign_in(const SignIn& asked);
  void sign_out(const Actor& actor);

  /// The Actor of the request's cookie: session alive, account enabled. Refusal "auth.sign_in"
  /// (unauthenticated).
  base::Result<Actor> actor_of(const http::Request& request);

  /// The account's living sessions, newest first.
  std::vector<OwnSession> sessions_of(const Actor& actor);
  /// Ends one of the account's own; false when it has no such session.
  bool end_session(const Actor& actor, SessionId id);
  void end_other_sessions(const Actor& actor);
  /// Ends every other session too. "auth.wrong_password" (invalid, "/current"), slowed down like
  /// sign_in; faults of the new one at "/password".
  base::Result<void> change_password(const Actor& actor, const std::string& current,
                                     const std::string& next);

  Account account_of(const Actor& actor);
  second_factor::Standing second_factor_of(const Actor& actor);
  /// The password again, since a session left open must not give it away: "auth.wrong_password".
  base::Result<second_factor::Begun> begin_second_factor(const Actor& actor,
                                                         const std::string& password);
  base::Result<std::vector<std::string>> confirm_second_factor(const Actor& actor,
                                                               const std::string& code);
  base::Result<void> end_second_factor(const Actor& actor, const std::string& password);

  /// For unsafe methods: Sec-Fetch-Site must be same-origin or none; when absent, Origin (if
  /// present) must match. "auth.cross_site" (forbidden).
  base::Result<void> check_same_site(const http::Request& request) const;

  /// First run: a single-use token while no account exists; written by app/ to the console and
  /// DATA/setup-token. Empty when an account exists. A new call makes the token before it void.
  std::string open_setup();
  /// Creates the first account. "auth.setup_closed" (not_found) when any account exists,
  /// "auth.setup_token" when the token is wrong or older than 60 min.
  base::Result<Account> set_up(const SetUp& asked);

  std::string expired_cookie() const;  ///< the Set-Cookie value that takes the cookie away

 private:
  store::Db& db_;
  const base::Clock& clock_;
  const base::Clock* world_ = &clock_;
  SessionRules rules_;
  HashCost cost_;
  std::string cookie(const std::string& token, std::int64_t seconds) const;
  const char* cookie_name() const { return rules_.secure_cookie ? "__Host-ts" : "ts"; }
  void touch(SessionId id, base::Instant now);
  base::Result<void> check_code(store::Tx& tx, AccountId account, const std::string& code);
  base::Result<std::string> confirmed_hash(const Actor& actor, const std::string& password,
                                           const char* field);

  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace auth
