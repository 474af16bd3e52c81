#include "org/people.h"

#include <algorithm>

#include "journal/journal.h"
#include "org/post_store.h"
#include "org/unit_store.h"

namespace org {
namespace {

using base::ProblemKind;

#define APPOINTMENT_COLUMNS                                                                   \
  "select a.id, a.post_id, a.account_id, c.login, c.name, p.role, p.title, p.unit_id, "       \
  "a.valid_from, a.valid_to, coalesce(a.delegated_from, 0), coalesce(dc.name, ''), a.reason " \
  "from appointment a join post p on p.id = a.post_id join account c on c.id = a.account_id " \
  "left join appointment d on d.id = a.delegated_from left join account dc on dc.id = "       \
  "d.account_id "

AppointmentRow row_of(const store::Row& row) {
  return {row.integer(0), row.integer(1),    row.id<auth::AccountId>(2),
          row.string(3),  row.string(4),     role_named(row.text(5)).value_or(Role::viewer),
          row.string(6),  row.id<UnitId>(7), row.date(8),
          row.date(9),    row.integer(10),   row.string(11),
          row.string(12)};
}

std::int64_t add(store::Tx& tx, std::int64_t post, auth::AccountId account, base::Date from,
                 base::Date to, std::int64_t delegated_from, const std::string& reason) {
  static constexpr store::Sql kAdd{
      "appointment.add_to_post",
      "insert into appointment (post_id, account_id, valid_from, valid_to, delegated_from, reason) "
      "values (:post, :account, :from, :to, :delegated, :reason) returning id"};
  return tx.integer(
      kAdd, {{"post", post},
             {"account", account},
             {"from", from},
             {"to", to},
             {"delegated", delegated_from == 0 ? std::nullopt : std::optional(delegated_from)},
             {"reason", reason}});
}

/// A delegation that would begin at the end or later never was: it goes.
void close(store::Tx& tx, std::int64_t id, base::Date to) {
  static constexpr store::Sql kDrop{
      "appointment.drop",
      "delete from appointment where delegated_from = :id and valid_from >= :to"};
  static constexpr store::Sql kTrim{
      "appointment.trim",
      "update appointment set valid_to = :to where delegated_from = :id and valid_to > :to"};
  static constexpr store::Sql kClose{"appointment.end",
                                     "update appointment set valid_to = :to where id = :id"};
  tx.run(kDrop, {{"id", id}, {"to", to}});
  tx.run(kTrim, {{"id", id}, {"to", to}});
  tx.run(kClose, {{"id", id}, {"to", to}});
}

base::Result<auth::Account> account_of(store::Tx& tx, const std::string& login) {
  const auto account = auth::find_account_by_login(tx, login);
  if (!account || account->is_disabled) {
    return base::refuse(ProblemKind::invalid, "appointment.account_unknown", "/login", {login});
  }
  return *account;
}

/// The appointment, when the actor may do this to it; out of sight it does not exist.
base::Result<AppointmentRow> in_hand(store::Tx& tx, const auth::Actor& actor, base::Date today,
                                     std::int64_t id) {
  auto found = find_appointment(tx, id);
  const auto allowed = allows(tx, actor, Act::appoint, unit_of(found).value_or(UnitId{}), today);
  if (!allowed && allowed.error().front().code == "unit.not_found") {
    return base::refuse(ProblemKind::not_found, "appointment.not_found");
  }
  RETURN_IF_REFUSED(allowed);
  if (!found) return base::refuse(ProblemKind::not_found, "appointment.not_found");
  return *std::move(found);
}

/// Whether nobody would sign for the unit from `to` on, while it stands.
bool is_last_head(store::Tx& tx, const AppointmentRow& leaving, base::Date to) {
  if (leaving.role != Role::head || leaving.delegated_from != 0) return false;
  if (to >= leaving.to || !unit_store::alive(tx, leaving.unit, to)) return false;
  for (const AppointmentRow& other : appointments(tx, leaving.unit, to)) {
    const bool stays = other.id != leaving.id && other.delegated_from == 0 && other.from <= to;
    if (stays && other.role == Role::head) return false;
  }
  return true;
}

void record(store::Tx& tx, const auth::Actor& actor, base::Instant now, const char* act,
            std::int64_t id, UnitId unit) {
  journal::record(tx, actor, now, {act, "appointment:" + std::to_string(id), unit.value, "{}"});
}

}  // namespace

std::vector<AppointmentRow> appointments(store::Tx& tx, UnitId unit, base::Date day) {
  static constexpr store::Sql kOf{"appointment.of_unit", APPOINTMENT_COLUMNS
                                  "where p.unit_id = :unit and a.valid_to > :day order by "
                                  "a.valid_from, a.id"};
  auto found = tx.all(kOf, {{"unit", unit}, {"day", day}}, row_of);
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return (a.delegated_from == 0) > (b.delegated_from == 0);
  });
  return found;
}

std::optional<AppointmentRow> find_appointment(store::Tx& tx, std::int64_t id) {
  static constexpr store::Sql kFind{"appointment.find", APPOINTMENT_COLUMNS "where a.id = :id"};
  return tx.one(kFind, {{"id", id}}, row_of);
}

base::Result<std::int64_t> appoint(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                                   base::Date today, const Appoint& asked) {
  static constexpr store::Sql kPost{
      "post.make",
      "insert into post (unit_id, role, title) values (:unit, :role, :title) returning id"};
  RETURN_IF_REFUSED(allows(tx, actor, Act::appoint, asked.unit, today));
  base::Problems problems;
  const auto account = account_of(tx, asked.login);
  if (!account) problems = account.error();
  if (asked.to <= asked.from) {
    problems.push_back(
        {ProblemKind::invalid, "appointment.span", "/to", {asked.from.text(), asked.to.text()}});
  }
  if (!unit_store::alive(tx, asked.unit, asked.from)) {
    problems.push_back({ProblemKind::invalid,
                        "appointment.unit_not_then",
                        "/from",
                        {unit_store::ref(tx, asked.unit, asked.from).name, asked.from.text()}});
  }
  if (account) {
    for (const AppointmentRow& held : appointments(tx, asked.unit, asked.from)) {
      if (held.account != account->id || held.role != asked.role || held.title != asked.title ||
          held.from >= asked.to) {
        continue;
      }
      problems.push_back({ProblemKind::conflict,
                          "appointment.twice",
                          "/from",
                          {held.name, held.from.text(), held.to.text()}});
    }
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  const std::int64_t post =
      tx.integer(kPost, {{"unit", asked.unit}, {"role", name(asked.role)}, {"title", asked.title}});
  const std::int64_t id = add(tx, post, account->id, asked.from, asked.to, 0, "");
  record(tx, actor, now, "appointment.made", id, asked.unit);
  return id;
}

base::Result<void> end_appointment(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                                   base::Date today, std::int64_t id, base::Date to) {
  const auto found = find_appointment(tx, id);
  const auto source = !found || found->delegated_from == 0
                          ? std::nullopt
                          : find_appointment(tx, found->delegated_from);
  const bool is_own = source && source->account == actor.account();
  if (!is_own) RETURN_IF_REFUSED(in_hand(tx, actor, today, id));
  if (to <= found->from || to > found->to) {
    return base::refuse(ProblemKind::invalid, "appointment.span", "/to",
                        {found->from.text(), to.text()});
  }
  if (is_last_head(tx, *found, to)) {
    return base::refuse(ProblemKind::conflict, "appointment.last_head", "/to",
                        {unit_store::ref(tx, found->unit, to).name, to.text()});
  }
  close(tx, id, to);
  record(tx, actor, now, "appointment.ended", id, found->unit);
  return {};
}

base::Result<std::int64_t> hand_over_post(store::Tx& tx, const auth::Actor& actor,
                                          base::Instant now, base::Date today, std::int64_t id,
                                          const std::string& login, base::Date on,
                                          const std::string& reason) {
  ASSIGN_OR_RETURN(const AppointmentRow found, in_hand(tx, actor, today, id));
  base::Problems problems;
  const auto account = account_of(tx, login);
  if (!account) problems = account.error();
  if (account && account->id == found.account) {
    problems.push_back({ProblemKind::invalid, "appointment.to_oneself", "/login", {login}});
  }
  if (on <= found.from || on >= found.to) {
    problems.push_back(
        {ProblemKind::invalid, "appointment.span", "/on", {found.from.text(), on.text()}});
  }
  if (found.delegated_from != 0) {
    problems.push_back({ProblemKind::invalid, "appointment.delegation_again", "", {found.name}});
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  close(tx, id, on);
  const std::int64_t next = add(tx, found.post, account->id, on, found.to, 0, reason);
  record(tx, actor, now, "appointment.handed_over", next, found.unit);
  return next;
}

base::Result<std::int64_t> delegate_post(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                                         std::int64_t id, const std::string& login, base::Date from,
                                         base::Date to, const std::string& reason) {
  const auto found = find_appointment(tx, id);
  if (!found || (found->account != actor.account() && !actor.is_console())) {
    return base::refuse(ProblemKind::not_found, "appointment.not_found");
  }
  base::Problems problems;
  const auto account = account_of(tx, login);
  if (!account) problems = account.error();
  if (account && account->id == found->account) {
    problems.push_back({ProblemKind::invalid, "appointment.to_oneself", "/login", {login}});
  }
  if (found->delegated_from != 0) {
    problems.push_back({ProblemKind::invalid, "appointment.delegation_again", "", {found->name}});
  }
  if (to == base::kForever) {
    problems.push_back({ProblemKind::invalid, "appointment.delegation_open", "/to", {}});
  } else if (to <= from || from < found->from || to > found->to) {
    problems.push_back({ProblemKind::invalid, "appointment.span", "/to", {from.text(), to.text()}});
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  const std::int64_t made = add(tx, found->post, account->id, from, to, found->id, reason);
  record(tx, actor, now, "appointment.delegated", made, found->unit);
  return made;
}

}  // namespace org
