#pragma once

#include <string>

#include "auth/accounts.h"
#include "auth/actor.h"
#include "auth/sessions.h"
#include "base/date.h"
#include "store/db.h"

namespace auth::testing {

/// The least libsodium allows: for tests only.
inline constexpr HashCost kCheap{1, 8192};
inline const std::string kPassword = "con đò sang sông sớm";

/// An account of that login, added when missing.
inline Account account_named(store::Db& db, const std::string& login, base::Instant now = {}) {
  if (const auto known = db.read([&](store::Tx& tx) { return find_account_by_login(tx, login); })) {
    return *known;
  }
  const std::string hash = hash_password(login, kPassword, kCheap).value();
  return db
      .write([&](store::Tx& tx) {
        return add_account(tx, {login, "Nguyễn Thị " + login, hash, false}, now);
      })
      .value();
}

/// An Actor as a request of `login` would have: a real account with a real session.
inline Actor actor_named(store::Db& db, const std::string& login) {
  account_named(db, login);
  const base::FixedClock clock{base::Instant{1'600'000'000'000'000}};
  Sessions sessions(db, clock, {}, kCheap);
  const SignedIn signed_in = sessions.sign_in({login, kPassword, "127.0.0.1"}).value();
  http::Request request;
  request.headers.emplace_back("cookie", "ts=" + signed_in.token);
  return sessions.actor_of(request).value();
}

}  // namespace auth::testing
