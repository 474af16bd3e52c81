#include "mobilise/change_movement.h"
#include "mobilise/model.h"
#include "org/unit_store.h"

namespace mobilise {

using base::ProblemKind;

base::Result<CommendationId> commend(store::Tx& tx, const auth::Actor& actor, Now now,
                                     const Commendation& asked) {
  RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::direct, asked.giver, now.day));
  base::Problems problems;
  const auto fault = [&](const char* code, const char* field, std::vector<std::string> args = {}) {
    problems.push_back({ProblemKind::invalid, code, field, std::move(args)});
  };
  bool is_owner = false;
  if (asked.movement) {
    const auto movement = seen_movement(tx, actor, now.day, *asked.movement);
    if (!movement) fault("movement.not_found", "/movement");
    is_owner = movement && movement->unit == asked.giver &&
               is_carried(tx, *movement, asked.unit, asked.on);
  }
  if (!is_owner && !is_above(tx, asked.giver, asked.unit, asked.on))
    fault("commendation.unit_not_below", "/unit");
  if (asked.on > now.day) fault("commendation.day_ahead", "/on", {now.day.text()});
  if (!problems.empty()) return base::refuse(std::move(problems));
  const auto id = commendation_store::add(tx, asked, actor, now.at);
  if (!id) {
    return base::refuse(ProblemKind::conflict, "commendation.twice", "/number",
                        {asked.number, asked.on.text()});
  }
  record(tx, actor, now, "commendation.given", "commendation:" + std::to_string(id->value),
         asked.unit);
  return *id;
}

base::Result<void> withdraw_commendation(store::Tx& tx, const auth::Actor& actor, Now now,
                                         OnCommendation on, const std::string& reason) {
  auto kept = commendation_store::find(tx, on.commendation);
  const bool sees_unit = org::sees(tx, actor, org::unit_of(kept), now.day);
  if (!sees_unit &&
      !org::sees(tx, actor, kept ? std::optional(kept->giver) : std::nullopt, now.day))
    return base::refuse(ProblemKind::not_found, "commendation.not_found");
  if (!org::allows(tx, actor, org::Act::direct, kept->giver, now.day))
    return base::refuse(ProblemKind::forbidden, "authority.not_yours");
  if (kept->revision != on.revision) {
    return base::refuse(ProblemKind::changed, "commendation.changed", "",
                        {std::to_string(on.revision), std::to_string(kept->revision)});
  }
  if (kept->withdrawn_on) return base::refuse(ProblemKind::conflict, "commendation.withdrawn");
  kept->withdrawn_on = now.day;
  kept->withdrawn_reason = reason;
  if (!commendation_store::withdraw(tx, *kept))
    return base::refuse(ProblemKind::conflict, "commendation.withdrawn");
  record(tx, actor, now, "commendation.withdrawn", "commendation:" + std::to_string(kept->id.value),
         kept->unit);
  return {};
}

}  // namespace mobilise
