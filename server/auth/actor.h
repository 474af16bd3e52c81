#pragma once

#include <cstdint>
#include <string>

#include "base/date.h"
#include "base/id.h"

namespace auth {

using AccountId = base::Id<struct AccountTag>;
using SessionId = base::Id<struct SessionTag>;

/// Who is acting. Only a checked session or the machine's own console can make one, so a handler
/// that takes an Actor cannot run for nobody. What an Actor may do follows from the account's posts
/// (org/).
class Actor {
 public:
  AccountId account() const { return account_; }
  const std::string& name() const { return name_; }  ///< for the journal and for people
  SessionId session() const { return session_; }     ///< zero for the console
  /// The administrator at the machine's command line, who owns the data folder: may do everything.
  bool is_console() const { return is_console_; }

 private:
  friend class Sessions;
  friend Actor console_actor(const std::string& name);
  Actor(AccountId account, std::string name, SessionId session, bool is_console)
      : account_(account), name_(std::move(name)), session_(session), is_console_(is_console) {}

  AccountId account_;
  std::string name_;
  SessionId session_;
  bool is_console_;
};

/// For app/ only: the command line acts as "console:<name>".
Actor console_actor(const std::string& name);

}  // namespace auth
