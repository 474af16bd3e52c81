#include <iostream>

#include "app/commands.h"
#include "app/print.h"
#include "auth/accounts.h"
#include "auth/second_factor.h"
#include "base/hash.h"
#include "journal/journal.h"
#include "org/post_store.h"
#include "org/unit_store.h"

namespace app {
namespace {

using base::ProblemKind;

journal::Event account_event(const char* act, auth::AccountId account) {
  return {act, "account:" + std::to_string(account.value), 0, "{}"};
}

template <class Act>
int run(const Place& place, Act act) {
  const auto db = open_for_writing(place);
  const base::Result<std::string> said = act(*db);
  if (!said) return print_refusal(said.error(), place.language, false);
  std::cout << *said << "\n";
  return kDone;
}

base::Result<auth::Account> account_named(store::Tx& tx, const std::string& login) {
  auto account = auth::find_account_by_login(tx, login);
  if (!account) return base::refuse(ProblemKind::not_found, "command.account", "", {login});
  return *std::move(account);
}

base::Result<base::Date> day_or(const std::optional<std::string>& text, base::Date otherwise,
                                const char* option) {
  if (!text) return otherwise;
  const auto day = base::Date::parse(*text);
  if (!day) return base::refuse(ProblemKind::invalid, "command.date", option, {*text});
  return *day;
}

}  // namespace

int user_add_command(const Place& place, const UserOptions& options) {
  std::string password;
  if (options.password_stdin) {
    std::getline(std::cin, password);
  } else {
    password = base::random_token(12);
  }
  return run(place, [&](store::Db& db) -> base::Result<std::string> {
    ASSIGN_OR_RETURN(const std::string hash, auth::hash_password(options.login, password));
    const auto clock = clock_of(place);
    const std::string name = options.name.empty() ? options.login : options.name;
    RETURN_IF_REFUSED(db.write([&](store::Tx& tx) -> base::Result<int> {
      ASSIGN_OR_RETURN(const auth::Account account,
                       auth::add_account(tx, {options.login, name, hash, false}, clock->now()));
      journal::record(tx, auth::console_actor("user"), clock->now(),
                      account_event("account.added", account.id));
      return 0;
    }));
    return options.password_stdin ? options.login : options.login + "  " + password;
  });
}

int user_post_command(const Place& place, const UserOptions& options) {
  return run(place, [&](store::Db& db) -> base::Result<std::string> {
    const auto clock = clock_of(place);
    const auto role = org::role_named(options.role);
    if (!role) return base::refuse(ProblemKind::invalid, "command.role", "--role", {options.role});
    ASSIGN_OR_RETURN(const base::Date from, day_or(options.from, clock->today(), "--from"));
    ASSIGN_OR_RETURN(const base::Date to, day_or(options.to, base::kForever, "--to"));
    if (to <= from)
      return base::refuse(ProblemKind::invalid, "command.span", "--to", {from.text(), to.text()});
    RETURN_IF_REFUSED(db.write([&](store::Tx& tx) -> base::Result<int> {
      ASSIGN_OR_RETURN(const auth::Account account, account_named(tx, options.login));
      const auto unit = org::unit_store::find_by_code(tx, options.unit, from);
      if (!unit) {
        return base::refuse(ProblemKind::not_found, "command.unit", "--unit",
                            {options.unit, from.text()});
      }
      org::post_store::appoint(tx, {*unit, *role, options.title, account.id, from, to});
      journal::Event event = account_event("account.appointed", account.id);
      event.unit = unit->value;
      event.detail = "{\"role\":\"" + std::string(org::name(*role)) + "\"}";
      journal::record(tx, auth::console_actor("user"), clock->now(), event);
      return 0;
    }));
    return options.login + "  " + options.role + "  " + options.unit;
  });
}

int user_enable_command(const Place& place, const std::string& login, bool enabled) {
  return run(place, [&](store::Db& db) -> base::Result<std::string> {
    const auto clock = clock_of(place);
    RETURN_IF_REFUSED(db.write([&](store::Tx& tx) -> base::Result<int> {
      ASSIGN_OR_RETURN(const auth::Account account, account_named(tx, login));
      auth::set_disabled(tx, account.id, !enabled);
      journal::record(tx, auth::console_actor("user"), clock->now(),
                      account_event(enabled ? "account.enabled" : "account.disabled", account.id));
      return 0;
    }));
    return login;
  });
}

int user_reset_second_factor_command(const Place& place, const std::string& login) {
  return run(place, [&](store::Db& db) -> base::Result<std::string> {
    const auto clock = clock_of(place);
    RETURN_IF_REFUSED(db.write([&](store::Tx& tx) -> base::Result<int> {
      ASSIGN_OR_RETURN(const auth::Account account, account_named(tx, login));
      auth::second_factor::remove(tx, account.id);
      journal::record(tx, auth::console_actor("user"), clock->now(),
                      account_event("second_factor.removed", account.id));
      return 0;
    }));
    return login;
  });
}

int user_list_command(const Place& place) {
  const auto db = open_for_reading(place);
  db->read([&](store::Tx& tx) {
    for (const auth::Account& account : auth::list_accounts(tx)) {
      std::cout << account.login << "\t" << account.name
                << (account.is_disabled ? "\tdisabled" : "") << "\n";
    }
  });
  return kDone;
}

}  // namespace app
