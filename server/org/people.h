#pragma once

#include <optional>
#include <string>
#include <vector>

#include "auth/accounts.h"
#include "auth/actor.h"
#include "org/authority.h"
#include "store/db.h"

/// Who holds which post, from when to when. What a person may see and do follows from it by the
/// day.
namespace org {

struct AppointmentRow {
  std::int64_t id = 0;
  std::int64_t post = 0;
  auth::AccountId account;
  std::string login, name;
  Role role = Role::viewer;
  std::string title;
  UnitId unit;
  base::Date from, to;
  std::int64_t delegated_from = 0;  ///< the appointment it acts for; 0 for none
  std::string delegated_by;         ///< the name of who holds that
  std::string reason;
};

/// Everyone with a post at the unit on the day or later, holders before delegates.
std::vector<AppointmentRow> appointments(store::Tx& tx, UnitId unit, base::Date day);
std::optional<AppointmentRow> find_appointment(store::Tx& tx, std::int64_t id);

struct Appoint {
  UnitId unit;
  std::string login;
  Role role = Role::viewer;
  std::string title;
  base::Date from;
  base::Date to = base::kForever;
};
/// "appointment.account_unknown", "appointment.span", "appointment.unit_not_then" (the unit does
/// not stand on the first day), "appointment.twice" (the same post already held in that span).
base::Result<std::int64_t> appoint(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                                   base::Date today, const Appoint& asked);

/// Ends an appointment on a day, and with it what was delegated from it. Whoever may appoint at the
/// unit does this, and a delegate's own delegator. "appointment.last_head" when nobody would sign
/// for a unit that goes on: hand the post over instead.
base::Result<void> end_appointment(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                                   base::Date today, std::int64_t id, base::Date to);

/// Ends the appointment on `on` and gives the same post to another account from that day.
base::Result<std::int64_t> hand_over_post(store::Tx& tx, const auth::Actor& actor,
                                          base::Instant now, base::Date today, std::int64_t id,
                                          const std::string& login, base::Date on,
                                          const std::string& reason);

/// Lets another account act in the actor's own post from `from` until `to`, which is before its end
/// or at it and never open: "appointment.delegation_open". "appointment.delegation_again" for a
/// post that is itself delegated. Another person's appointment does not exist here.
base::Result<std::int64_t> delegate_post(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                                         std::int64_t id, const std::string& login, base::Date from,
                                         base::Date to, const std::string& reason);

}  // namespace org
