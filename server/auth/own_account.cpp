// What people do with their own account: sessions, password, second factor.

#include "auth/sessions_state.h"

namespace auth {
namespace {

constexpr std::int64_t kSecond = 1'000'000;

constexpr store::Sql kList{"own_account.sessions",
                           "select id, created_at, seen_at, agent from session where account_id = "
                           ":account and created_at > :oldest and seen_at > :idle "
                           "order by seen_at desc, id desc limit 200"};
constexpr store::Sql kEnd{"own_account.end_session",
                          "delete from session where id = :id and account_id = :account"};
constexpr store::Sql kEndOthers{"own_account.end_others",
                                "delete from session where account_id = :account and id <> :id"};
constexpr store::Sql kSetHash{"own_account.set_hash",
                              "update account set password_hash = :hash where id = :id and "
                              "password_hash = :before and is_disabled = 0"};

std::unexpected<base::Problems> wrong_password(const char* field) {
  return base::refuse(base::ProblemKind::invalid, "auth.wrong_password", field);
}

}  // namespace

std::vector<OwnSession> Sessions::sessions_of(const Actor& actor) {
  const std::int64_t now = clock_.now().microseconds;
  return db_.read([&](store::Tx& tx) {
    return tx.all(kList,
                  {{"account", actor.account()},
                   {"oldest", now - rules_.absolute_seconds * kSecond},
                   {"idle", now - rules_.idle_seconds * kSecond}},
                  [](const store::Row& row) {
                    return OwnSession{row.id<SessionId>(0), row.instant(1), row.instant(2),
                                      row.string(3)};
                  });
  });
}

bool Sessions::end_session(const Actor& actor, SessionId id) {
  return db_.write([&](store::Tx& tx) {
    const bool is_ended = tx.run(kEnd, {{"id", id}, {"account", actor.account()}}) == 1;
    if (is_ended) state_->tell(tx, actor, "session.deleted");
    return is_ended;
  });
}

void Sessions::end_other_sessions(const Actor& actor) {
  db_.write([&](store::Tx& tx) {
    if (tx.run(kEndOthers, {{"account", actor.account()}, {"id", actor.session()}}) > 0) {
      state_->tell(tx, actor, "session.deleted");
    }
  });
}

Account Sessions::account_of(const Actor& actor) {
  return db_.read([&](store::Tx& tx) { return find_account(tx, actor.account()).value(); });
}

/// The account's hash once `password` is seen to be its own; guesses are slowed down as at the
/// door.
base::Result<std::string> Sessions::confirmed_hash(const Actor& actor, const std::string& password,
                                                   const char* field) {
  const base::Instant now = clock_.now();
  const std::string key = throttle_key(account_of(actor).login);
  if (const auto wait = state_->throttle.begin(key, now)) {
    return base::refuse(base::ProblemKind::too_many, "auth.slow_down", {}, {std::to_string(*wait)});
  }
  try {
    std::string hash =
        db_.read([&](store::Tx& tx) { return password_hash_of(tx, actor.account()); });
    const auto is_right = is_password(hash, password);
    if (!is_right) {
      state_->throttle.undecided(key);
      return std::unexpected(is_right.error());
    }
    if (!*is_right) {
      state_->throttle.miss(key, now);
      return wrong_password(field);
    }
    state_->throttle.hit(key);
    return hash;
  } catch (...) {
    state_->throttle.undecided(key);
    throw;
  }
}

base::Result<void> Sessions::change_password(const Actor& actor, const std::string& current,
                                             const std::string& next) {
  const Account account = account_of(actor);
  const auto rule = account.is_demo ? PasswordRule::demo : PasswordRule::strict;
  base::Problems faults = password_faults(account.login, next, rule);
  if (!faults.empty()) return base::refuse(std::move(faults));
  ASSIGN_OR_RETURN(const std::string before, confirmed_hash(actor, current, "/current"));
  ASSIGN_OR_RETURN(const std::string hash, hash_password(account.login, next, cost_, rule));
  return db_.write([&](store::Tx& tx) -> base::Result<void> {
    // Takes nothing when somebody changed it since it was checked.
    if (tx.run(kSetHash, {{"id", account.id}, {"hash", hash}, {"before", before}}) == 0) {
      return wrong_password("/current");
    }
    tx.run(kEndOthers, {{"account", account.id}, {"id", actor.session()}});
    state_->tell(tx, actor, "account.password_changed");
    return {};
  });
}

second_factor::Standing Sessions::second_factor_of(const Actor& actor) {
  return db_.read([&](store::Tx& tx) { return second_factor::standing(tx, actor.account()); });
}

base::Result<second_factor::Begun> Sessions::begin_second_factor(const Actor& actor,
                                                                 const std::string& password) {
  RETURN_IF_REFUSED(confirmed_hash(actor, password, "/password"));
  const Account account = account_of(actor);
  return db_.write(
      [&](store::Tx& tx) { return second_factor::begin(tx, account, state_->key, clock_.now()); });
}

base::Result<std::vector<std::string>> Sessions::confirm_second_factor(const Actor& actor,
                                                                       const std::string& code) {
  return db_.write([&](store::Tx& tx) -> base::Result<std::vector<std::string>> {
    ASSIGN_OR_RETURN(const std::vector<std::string> codes,
                     second_factor::confirm(tx, actor.account(), state_->key, code, world_->now()));
    tx.run(kEndOthers, {{"account", actor.account()}, {"id", actor.session()}});
    state_->tell(tx, actor, "second_factor.added");
    return codes;
  });
}

base::Result<void> Sessions::end_second_factor(const Actor& actor, const std::string& password) {
  RETURN_IF_REFUSED(confirmed_hash(actor, password, "/password"));
  db_.write([&](store::Tx& tx) {
    second_factor::remove(tx, actor.account());
    state_->tell(tx, actor, "second_factor.removed");
  });
  return {};
}

}  // namespace auth
