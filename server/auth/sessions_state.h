#pragma once

#include <mutex>
#include <string>

#include "auth/sessions.h"
#include "auth/throttle.h"

namespace auth {

/// What the sessions of one process share.
struct Sessions::State {
  OnEvent on_event;
  SealingKey key = SealingKey::random();
  Throttle throttle;
  std::string dummy_hash;  ///< verified for unknown logins, so that they take as long
  std::mutex setup_mutex;  ///< held through a set-up: one at a time
  std::string setup_token;
  base::Instant setup_opened;

  void tell(store::Tx& tx, const Actor& actor, const char* act) const {
    if (on_event) on_event(tx, actor, act);
  }
};

}  // namespace auth
