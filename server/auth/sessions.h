#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "auth/accounts.h"
#include "auth/actor.h"
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
/// "session.deleted", "account.set_up". app/ wires it to the journal, and gives the first account
/// its post.
using OnEvent = std::function<void(store::Tx&, const Actor&, const char* act)>;

/// Signing in and out, and the check on each request. Any thread may call it.
class Sessions {
 public:
  Sessions(store::Db& db, const base::Clock& clock, SessionRules rules = {}, HashCost cost = {});

  /// Set once, before requests come.
  void on_event(OnEvent told);

  /// Same time and words for an unknown login: "auth.wrong_sign_in" (unauthenticated). After three
  /// misses per login: growing delay, 429 "auth.slow_down" with Retry-After seconds in args.
  base::Result<SignedIn> sign_in(const std::string& login, const std::string& password,
                                 const std::string& remote);
  void sign_out(const Actor& actor);

  /// The Actor of the request's cookie: session alive, account enabled. Refusal "auth.sign_in"
  /// (unauthenticated).
  base::Result<Actor> actor_of(const http::Request& request);

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
  SessionRules rules_;
  HashCost cost_;
  std::string cookie(const std::string& token, std::int64_t seconds) const;
  const char* cookie_name() const { return rules_.secure_cookie ? "__Host-ts" : "ts"; }
  void touch(SessionId id, base::Instant now);

  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace auth
