#include <algorithm>

#include "mobilise/change_movement.h"
#include "mobilise/contribution_store.h"
#include "mobilise/movement_store.h"
#include "mobilise/tell.h"

namespace mobilise {
namespace {

using base::ProblemKind;

struct Open {
  Movement movement;
  Contribution kept;
  bool is_owner = false;
};

/// The contribution, for who may correct it and saw it as it is.
base::Result<Open> opened(store::Tx& tx, const auth::Actor& actor, Now now, OnContribution on) {
  Open made;
  ASSIGN_OR_RETURN(made.movement, seen_movement(tx, actor, now.day, on.movement));
  ASSIGN_OR_RETURN(made.kept, seen_contribution(tx, actor, now.day, on.movement, on.contribution));
  const auto enters = [&](org::UnitId unit) {
    return org::allows(tx, actor, org::Act::enter, unit, now.day).has_value();
  };
  Parts by = parts_of(tx, actor, now.day, made.movement);
  by.teller =
      enters(made.kept.unit) || std::any_of(made.kept.bodies.begin(), made.kept.bodies.end(),
                                            [&](const Telling& one) { return enters(one.body); });
  made.is_owner = by.owner;
  RETURN_IF_REFUSED(after(made.movement.state, Deed::correct, by, 1));
  movement_store::lock(tx, on.movement);
  made.kept = contribution_store::find(tx, on.contribution).value();
  if (made.kept.revision != on.revision) {
    return base::refuse(ProblemKind::changed, "contribution.changed", "",
                        {std::to_string(on.revision), std::to_string(made.kept.revision)});
  }
  if (made.kept.is_withdrawn) return base::refuse(ProblemKind::conflict, "contribution.withdrawn");
  return made;
}

base::Result<void> saved(store::Tx& tx, Contribution& contribution) {
  if (contribution_store::save(tx, contribution)) return {};
  return base::refuse(ProblemKind::changed, "contribution.changed", "",
                      {std::to_string(contribution.revision), ""});
}

base::Result<void> end(store::Tx& tx, const auth::Actor& actor, Now now, Contribution kept,
                       const std::string& reason) {
  contribution_store::keep(tx, kept, "withdrawn", reason, actor, now.at);
  kept.is_withdrawn = true;
  RETURN_IF_REFUSED(saved(tx, kept));
  record(tx, actor, now, "contribution.withdrawn", object_of(kept.id), kept.unit);
  return {};
}

}  // namespace

base::Result<Contribution> seen_contribution(store::Tx& tx, const auth::Actor& actor,
                                             base::Date day, MovementId movement,
                                             ContributionId id) {
  RETURN_IF_REFUSED(seen_movement(tx, actor, day, movement));
  const auto not_there = [] {
    return base::refuse(ProblemKind::not_found, "contribution.not_found");
  };
  auto found = contribution_store::find(tx, id);
  if (!found || found->movement != movement) return not_there();
  const auto scope = org::scope_of(actor, day);
  if (movement_store::sight(tx, scope, movement) == movement_store::Sight::whole) return *found;
  const auto sees = [&](org::UnitId unit) {
    return org::allows(tx, actor, org::Act::see, unit, day).has_value();
  };
  const bool is_in_sight =
      sees(found->unit) || std::any_of(found->bodies.begin(), found->bodies.end(),
                                       [&](const Telling& one) { return sees(one.body); });
  if (!is_in_sight) return not_there();
  return *std::move(found);
}

base::Result<void> correct_contribution(store::Tx& tx, const auth::Actor& actor, Now now,
                                        OnContribution on, Contribution asked,
                                        const Sameness& sameness, const std::string& reason) {
  ASSIGN_OR_RETURN(Open open, opened(tx, actor, now, on));
  asked.id = open.kept.id;
  asked.movement = on.movement;
  asked.revision = open.kept.revision;
  asked.other_reason = sameness.other.empty() ? open.kept.other_reason : sameness.other;
  base::Problems problems = look_over(tx, actor, now, open.movement, asked);
  if (problems.empty() && !open.kept.bodies.empty()) {
    // A reason given before holds while what it was given for stays.
    const bool is_as_before = gift_key(asked) == gift_key(open.kept) &&
                              asked.unit == open.kept.unit &&
                              asked.quantity == open.kept.quantity && asked.on == open.kept.on;
    if (!is_as_before || sameness.same_as)
      problems = doubles_of(tx, asked, open.kept.bodies.front().body, sameness);
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  if (sameness.same_as) {
    ASSIGN_OR_RETURN(const Contribution same, the_same(tx, asked, *sameness.same_as));
    RETURN_IF_REFUSED(join(tx, actor, now, same, open.kept.bodies, reason));
    return end(tx, actor, now, open.kept, reason);
  }
  contribution_store::keep(tx, open.kept, "corrected", reason, actor, now.at);
  RETURN_IF_REFUSED(saved(tx, asked));
  record(tx, actor, now, "contribution.corrected", object_of(asked.id), asked.unit);
  return {};
}

base::Result<void> withdraw_contribution(store::Tx& tx, const auth::Actor& actor, Now now,
                                         OnContribution on, const std::optional<org::UnitId>& body,
                                         const std::string& reason) {
  ASSIGN_OR_RETURN(Open open, opened(tx, actor, now, on));
  Contribution& kept = open.kept;
  if (body && !kept.told_by(*body))
    return base::refuse(ProblemKind::invalid, "contribution.not_told_by", "/body");
  const bool others_stay = kept.bodies.size() > 1;
  if (!body && others_stay && !open.is_owner)
    return base::refuse(ProblemKind::conflict, "contribution.told_by_others", "/body");
  if (!body || !others_stay) return end(tx, actor, now, kept, reason);
  contribution_store::keep(tx, kept, "left", reason, actor, now.at);
  RETURN_IF_REFUSED(saved(tx, kept));
  contribution_store::remove_body(tx, kept.id, *body);
  record(tx, actor, now, "contribution.left", object_of(kept.id), *body);
  return {};
}

}  // namespace mobilise
