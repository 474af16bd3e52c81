#include "mobilise/change_movement.h"
#include "mobilise/contribution_store.h"
#include "mobilise/movement_store.h"
#include "mobilise/tell.h"
#include "org/unit_store.h"
#include "registry/register_document.h"

namespace mobilise {

using base::ProblemKind;

namespace {

/// More than these nobody reads; the first answer settles all.
constexpr std::size_t kMostAsked = 20;

}  // namespace

base::Problems look_over(store::Tx& tx, const auth::Actor& actor, Now now, const Movement& movement,
                         Contribution& asked) {
  if (asked.giver.empty() && !asked.giver_unit) asked.giver_unit = asked.unit;
  base::Problems problems = faults_of(asked, movement, now.day);
  const auto fault = [&](const char* code, const char* field) {
    problems.push_back({ProblemKind::invalid, code, field, {}});
  };
  if (!is_carried(tx, movement, asked.unit, asked.on))
    fault("contribution.unit_not_carried", "/unit");
  if (asked.giver_unit) {
    asked.giver = org::unit_store::ref(tx, *asked.giver_unit, asked.on).name;
    if (asked.giver.empty()) fault("contribution.giver_unknown", "/giver_unit");
  }
  if (asked.document && !registry::seen_document(tx, actor, now.day, *asked.document))
    fault("document.not_found", "/document");
  return problems;
}

base::Problems doubles_of(store::Tx& tx, const Contribution& asked, org::UnitId body,
                          const Sameness& sameness) {
  if (sameness.same_as && !sameness.other.empty())
    return {{ProblemKind::invalid, "contribution.same_and_other", "/is_other", {}}};
  if (sameness.same_as || !sameness.other.empty()) return {};
  base::Problems problems;
  for (const Contribution& kept : contribution_store::like(tx, asked)) {
    if (!may_be_same(kept, asked, body, true) || !is_related(tx, kept.unit, asked.unit, asked.on))
      continue;
    const std::string told_by =
        kept.bodies.empty() ? ""
                            : org::unit_store::ref(tx, kept.bodies.front().body, asked.on).name;
    problems.push_back(
        {ProblemKind::conflict,
         "contribution.may_be_same",
         "/is_same_as",
         {std::to_string(kept.id.value), kept.giver, std::to_string(kept.quantity), kept.on.text(),
          told_by, org::unit_store::ref(tx, kept.unit, asked.on).name}});
    if (problems.size() == kMostAsked) break;
  }
  return problems;
}

base::Result<Contribution> the_same(store::Tx& tx, const Contribution& asked, ContributionId same) {
  auto kept = contribution_store::find(tx, same);
  const bool can_be = kept && kept->movement == asked.movement && kept->id != asked.id &&
                      !kept->is_withdrawn && kept->stage == asked.stage &&
                      kept->kind == asked.kind && is_related(tx, kept->unit, asked.unit, asked.on);
  if (!can_be) return base::refuse(ProblemKind::invalid, "contribution.same_unlike", "/is_same_as");
  return *std::move(kept);
}

base::Result<int> join(store::Tx& tx, const auth::Actor& actor, Now now, Contribution kept,
                       const std::vector<Telling>& bodies, const std::string& reason) {
  contribution_store::keep(tx, kept, "joined", reason, actor, now.at);
  if (!contribution_store::save(tx, kept))
    return base::refuse(ProblemKind::changed, "contribution.changed");
  int joined = 0;
  for (const Telling& one : bodies) {
    if (kept.told_by(one.body)) continue;
    contribution_store::add_body(tx, kept.id, one, actor, now.at);
    ++joined;
  }
  return joined;
}

base::Result<ContributionId> report_contribution(store::Tx& tx, const auth::Actor& actor, Now now,
                                                 Contribution asked, org::UnitId body,
                                                 const Sameness& sameness) {
  ASSIGN_OR_RETURN(const Movement movement, seen_movement(tx, actor, now.day, asked.movement));
  Parts by = parts_of(tx, actor, now.day, movement);
  by.teller = org::allows(tx, actor, org::Act::enter, body, now.day).has_value() ||
              org::allows(tx, actor, org::Act::enter, asked.unit, now.day).has_value();
  RETURN_IF_REFUSED(after(movement.state, Deed::report, by, 1));
  movement_store::lock(tx, movement.id);
  // Who waited for the lock looks again: it may have been closed meanwhile.
  RETURN_IF_REFUSED(after(movement_store::find(tx, movement.id)->state, Deed::report, by, 1));

  base::Problems problems = look_over(tx, actor, now, movement, asked);
  if (!movement.takes_part(body))
    problems.push_back({ProblemKind::invalid, "contribution.not_a_carrier", "/body", {}});
  if (problems.empty()) problems = doubles_of(tx, asked, body, sameness);
  if (!problems.empty()) return base::refuse(std::move(problems));

  const Telling telling{body, asked.quantity, asked.on, asked.ref, actor.name(), now.at};
  if (sameness.same_as) {
    ASSIGN_OR_RETURN(const Contribution kept, the_same(tx, asked, *sameness.same_as));
    if (kept.told_by(body)) {
      return base::refuse(ProblemKind::conflict, "contribution.told_already", "/is_same_as",
                          {std::to_string(kept.id.value)});
    }
    RETURN_IF_REFUSED(join(tx, actor, now, kept, {telling}, ""));
    record(tx, actor, now, "contribution.joined", object_of(kept.id), body);
    return kept.id;
  }
  asked.other_reason = sameness.other;
  asked.bodies = {telling};
  const ContributionId id = contribution_store::add(tx, asked, actor, now.at);
  record(tx, actor, now, "contribution.reported", object_of(id), asked.unit);
  return id;
}

}  // namespace mobilise
