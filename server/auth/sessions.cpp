#include "auth/sessions.h"

#include <sodium.h>
#include <spdlog/spdlog.h>

#include "auth/sessions_state.h"
#include "base/hash.h"
#include "base/text.h"

namespace auth {
namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kSetupSeconds = 60 * 60;
constexpr std::int64_t kTouchSeconds = 60;  // a read must not cost a write each time
constexpr std::size_t kTokenBytes = 32;

std::int64_t seconds_between(base::Instant from, base::Instant to) {
  return (to.microseconds - from.microseconds) / kSecond;
}

/// The first value of a cookie in the request.
std::string cookie_of(const http::Request& request, std::string_view wanted) {
  for (const auto& [header, value] : request.headers) {
    if (header != "cookie") continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      const std::size_t end = rest.find(';');
      std::string_view pair = rest.substr(0, end);
      rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
      while (!pair.empty() && pair.front() == ' ') pair.remove_prefix(1);
      const std::size_t equals = pair.find('=');
      if (equals != std::string_view::npos && pair.substr(0, equals) == wanted) {
        return std::string(pair.substr(equals + 1));
      }
    }
  }
  return {};
}

std::unexpected<base::Problems> sign_in_first() {
  return base::refuse(base::ProblemKind::unauthenticated, "auth.sign_in");
}

std::unexpected<base::Problems> wrong_sign_in() {
  return base::refuse(base::ProblemKind::unauthenticated, "auth.wrong_sign_in");
}

bool is_same_secret(const std::string& one, const std::string& other) {
  const std::string left = base::sha256_hex(one);
  const std::string right = base::sha256_hex(other);
  return sodium_memcmp(left.data(), right.data(), left.size()) == 0;
}

struct Credentials {
  Account account;
  std::string password_hash;
};

std::optional<Credentials> credentials_of(store::Tx& tx, const std::string& login) {
  const auto account = find_account_by_login(tx, login);
  if (!account) return std::nullopt;
  return Credentials{*account, password_hash_of(tx, account->id)};
}

}  // namespace

Actor console_actor(const std::string& name) { return Actor({}, "console:" + name, {}, true); }

Sessions::Sessions(store::Db& db, const base::Clock& clock, SessionRules rules, HashCost cost)
    : db_(db),
      clock_(clock),
      rules_(std::move(rules)),
      cost_(cost),
      state_(std::make_shared<State>()) {
  state_->dummy_hash =
      hash_password({}, base::random_token(kTokenBytes), cost, PasswordRule::demo).value();
}

void Sessions::on_event(OnEvent told) { state_->on_event = std::move(told); }

void Sessions::seal_with(SealingKey key) { state_->key = std::move(key); }

// Takes the row's lock, and takes nothing when the password was changed or the account disabled
// since it was checked.
constexpr store::Sql kConfirm{"auth.confirm", R"(
  update account set password_hash = :new_hash
  where id = :id and password_hash = :password_hash and is_disabled = 0)"};
constexpr store::Sql kForgetOldSessions{"auth.forget_old_sessions", R"(
  delete from session where account_id = :id and created_at < :oldest)"};
constexpr store::Sql kAddSession{"auth.add_session", R"(
  insert into session (account_id, token_hash, created_at, seen_at, agent)
  values (:account, :token_hash, :now, :now, :agent) returning id)"};

base::Result<void> Sessions::check_code(store::Tx& tx, AccountId account, const std::string& code) {
  if (second_factor::standing(tx, account).state != second_factor::State::on) return {};
  if (code.empty()) return base::refuse(base::ProblemKind::unauthenticated, "auth.code_needed");
  if (second_factor::opens(tx, account, state_->key, code, world_->now())) return {};
  return base::refuse(base::ProblemKind::unauthenticated, "auth.code_wrong", "/code");
}

base::Result<SignedIn> Sessions::sign_in(const SignIn& asked) {
  const base::Instant now = clock_.now();
  const std::string& login = asked.login;
  const std::string key = throttle_key(login);
  if (const auto wait = state_->throttle.begin(key, now)) {
    return base::refuse(base::ProblemKind::too_many, "auth.slow_down", {}, {std::to_string(*wait)});
  }
  try {
    const auto known = db_.read([&](store::Tx& tx) { return credentials_of(tx, login); });
    const std::string& hash = known ? known->password_hash : state_->dummy_hash;
    const auto is_right = is_password(hash, asked.password);
    if (!is_right) {
      state_->throttle.undecided(key);
      return std::unexpected(is_right.error());
    }
    if (!*is_right || !known || known->account.is_disabled) {
      state_->throttle.miss(key, now);
      spdlog::warn("a sign-in from {} was refused", asked.remote);
      return wrong_sign_in();
    }
    std::string new_hash = hash;
    if (crypto_pwhash_str_needs_rehash(hash.c_str(), cost_.operations, cost_.memory) != 0) {
      new_hash = hash_password({}, asked.password, cost_, PasswordRule::demo).value_or(hash);
    }
    const std::string token = base::random_token(kTokenBytes);
    auto signed_in = db_.write([&](store::Tx& tx) -> base::Result<SignedIn> {
      const AccountId id = known->account.id;
      if (tx.run(kConfirm, {{"id", id}, {"password_hash", hash}, {"new_hash", new_hash}}) == 0) {
        return wrong_sign_in();
      }
      RETURN_IF_REFUSED(check_code(tx, id, asked.code));
      const std::int64_t oldest = now.microseconds - rules_.absolute_seconds * kSecond;
      tx.run(kForgetOldSessions, {{"id", id}, {"oldest", oldest}});
      const SessionId session{tx.integer(kAddSession, {{"account", id},
                                                       {"token_hash", base::sha256_hex(token)},
                                                       {"now", now},
                                                       {"agent", asked.agent}})};
      state_->tell(tx, Actor(id, known->account.name, session, false), "session.created");
      return SignedIn{known->account, token, cookie(token, rules_.absolute_seconds)};
    });
    if (signed_in) {
      state_->throttle.hit(key);
    } else if (signed_in.error().front().code == "auth.code_needed") {
      state_->throttle.undecided(key);  // nothing was guessed yet
    } else {
      state_->throttle.miss(key, now);
    }
    return signed_in;
  } catch (...) {
    state_->throttle.undecided(key);
    throw;
  }
}

constexpr store::Sql kDeleteSession{"auth.delete_session", R"(
  delete from session where id = :id)"};

void Sessions::sign_out(const Actor& actor) {
  db_.write([&](store::Tx& tx) {
    if (tx.run(kDeleteSession, {{"id", actor.session()}}) > 0) {
      state_->tell(tx, actor, "session.deleted");
    }
  });
}

constexpr store::Sql kFindSession{"auth.find_session", R"(
  select session.id, session.created_at, session.seen_at, account.id, account.name
  from session join account on account.id = session.account_id
  where session.token_hash = :token_hash and account.is_disabled = 0)"};

base::Result<Actor> Sessions::actor_of(const http::Request& request) {
  const std::string token = cookie_of(request, cookie_name());
  if (token.empty()) return sign_in_first();
  struct Found {
    Actor actor;
    base::Instant created;
    base::Instant seen;
  };
  const auto found = db_.read([&](store::Tx& tx) {
    return tx.one(
        kFindSession, {{"token_hash", base::sha256_hex(token)}}, [](const store::Row& row) {
          return Found{Actor(row.id<AccountId>(3), row.string(4), row.id<SessionId>(0), false),
                       row.instant(1), row.instant(2)};
        });
  });
  const base::Instant now = clock_.now();
  if (!found || seconds_between(found->created, now) >= rules_.absolute_seconds ||
      seconds_between(found->seen, now) >= rules_.idle_seconds) {
    return sign_in_first();
  }
  if (seconds_between(found->seen, now) >= kTouchSeconds) touch(found->actor.session(), now);
  return found->actor;
}

constexpr store::Sql kTouchSession{"auth.touch_session", R"(
  update session set seen_at = :now where id = :id and seen_at < :now)"};

void Sessions::touch(SessionId id, base::Instant now) {
  try {
    db_.write([&](store::Tx& tx) { tx.run(kTouchSession, {{"id", id}, {"now", now}}); });
  } catch (const store::Failure& failure) {
    // Reading must go on when the disk is full; the session then only ages faster.
    spdlog::warn("cannot note when a session was seen: {}", failure.what());
  }
}

base::Result<void> Sessions::check_same_site(const http::Request& request) const {
  const auto cross_site = base::refuse(base::ProblemKind::forbidden, "auth.cross_site");
  if (const auto site = request.header("sec-fetch-site")) {
    if (*site == "same-origin" || *site == "none") return {};
    return cross_site;
  }
  const auto origin = request.header("origin");
  if (!origin) return {};
  if (!rules_.origin.empty()) {
    if (*origin == rules_.origin) return {};
    return cross_site;
  }
  const std::size_t scheme = origin->find("://");
  const auto host = request.header("host");
  if (scheme != std::string_view::npos && host && origin->substr(scheme + 3) == *host) return {};
  return cross_site;
}

std::string Sessions::open_setup() {
  if (db_.read([](store::Tx& tx) { return any_account(tx); })) return {};
  const std::lock_guard lock(state_->setup_mutex);
  state_->setup_token = base::random_token(kTokenBytes);
  state_->setup_opened = clock_.now();
  return state_->setup_token;
}

base::Result<Account> Sessions::set_up(const SetUp& asked) {
  const auto closed = base::refuse(base::ProblemKind::not_found, "auth.setup_closed");
  const std::lock_guard lock(state_->setup_mutex);
  if (db_.read([](store::Tx& tx) { return any_account(tx); })) return closed;
  const base::Instant now = clock_.now();
  if (state_->setup_token.empty() || !is_same_secret(asked.token, state_->setup_token) ||
      seconds_between(state_->setup_opened, now) >= kSetupSeconds) {
    return base::refuse(base::ProblemKind::forbidden, "auth.setup_token", "/token");
  }
  base::Problems problems = account_faults(asked.login, asked.name);
  base::Problems more = password_faults(asked.login, asked.password);
  problems.insert(problems.end(), more.begin(), more.end());
  if (!problems.empty()) return base::refuse(std::move(problems));
  ASSIGN_OR_RETURN(const std::string hash, hash_password(asked.login, asked.password, cost_));
  auto added = db_.write([&](store::Tx& tx) -> base::Result<Account> {
    if (any_account(tx)) return closed;
    ASSIGN_OR_RETURN(const Account account,
                     add_account(tx, {asked.login, asked.name, hash, false}, now));
    state_->tell(tx, Actor(account.id, account.name, {}, false), "account.set_up");
    return account;
  });
  if (added) state_->setup_token.clear();
  return added;
}

std::string Sessions::cookie(const std::string& token, std::int64_t seconds) const {
  std::string value = std::string(cookie_name()) + "=" + token +
                      "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(seconds);
  if (rules_.secure_cookie) value += "; Secure";
  return value;
}

std::string Sessions::expired_cookie() const { return cookie({}, 0); }

}  // namespace auth
