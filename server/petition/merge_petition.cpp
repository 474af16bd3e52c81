#include <algorithm>

#include "org/post_store.h"
#include "petition/change_petition.h"
#include "petition/petition_store.h"

namespace petition {
namespace {

using base::ProblemKind;

bool decides_for_all(store::Tx& tx, const auth::Actor& actor, base::Date day,
                     const Petition& petition) {
  return std::all_of(petition.parts.begin(), petition.parts.end(), [&](const Part& part) {
    return part.state == PartState::withdrawn || part.state == PartState::merged ||
           org::allows(tx, actor, org::Act::decide, part.holder, day).has_value();
  });
}

/// A unit that raised `kept`, for which the actor decides, and that is above all who raised
/// `merged`.
std::optional<org::UnitId> superior_raiser(store::Tx& tx, const auth::Actor& actor, base::Date day,
                                           const Petition& kept, const Petition& merged) {
  for (const Raiser& one : kept.raisers) {
    if (!org::allows(tx, actor, org::Act::decide, one.unit, day)) continue;
    const bool is_above_all =
        std::all_of(merged.raisers.begin(), merged.raisers.end(), [&](const Raiser& under) {
          const auto above = org::post_store::unit_and_superiors(tx, under.unit, day);
          return std::find(above.begin(), above.end(), one.unit) != above.end();
        });
    if (is_above_all) return one.unit;
  }
  return std::nullopt;
}

/// In whose name the actor may merge.
base::Result<org::UnitId> merger(store::Tx& tx, const auth::Actor& actor, base::Date day,
                                 const Petition& kept, const Petition& merged) {
  if (const auto unit = superior_raiser(tx, actor, day, kept, merged)) return *unit;
  if (decides_for_all(tx, actor, day, merged) && decides_for_all(tx, actor, day, kept))
    return kept.parts.front().holder;
  return base::refuse(ProblemKind::forbidden, "authority.not_yours");
}

void take_raisers(store::Tx& tx, Now now, Petition& kept, const Petition& merged) {
  for (const Raiser& one : merged.raisers) {
    if (kept.raiser(one.unit) != nullptr) continue;
    const std::string own = one.unit == merged.unit ? merged.title + ". " + merged.text : one.text;
    Raiser taken{one.unit, now.day, own, merged.id, one.actor};
    petition_store::add_raiser(tx, kept.id, taken);
    kept.raisers.push_back(std::move(taken));
  }
}

}  // namespace

base::Result<void> merge_petition(store::Tx& tx, const auth::Actor& actor, Now now, OnPetition on,
                                  PetitionId into) {
  return change_petition(tx, actor, now, on, [&](Petition& merged) -> base::Result<Step> {
    auto kept = petition_store::find(tx, into);
    if (!kept || !petition_store::in_scope(tx, org::scope_of(actor, now.day), into))
      return base::refuse(ProblemKind::invalid, "petition.not_found", "/into");
    ASSIGN_OR_RETURN(const org::UnitId unit, merger(tx, actor, now.day, *kept, merged));
    if (auto problems = faults_of_merge(*kept, merged); !problems.empty())
      return base::refuse(std::move(problems));
    take_raisers(tx, now, *kept, merged);
    merged.drop(PartState::merged);
    merged.state = State::merged;
    merged.merged_into = into;
    Step step;
    step.kind = "merged";
    step.unit = unit;
    step.on = now.day;
    step.text = merged.title;
    petition_store::add_step(tx, into, step, actor, now.at);
    if (!petition_store::save(tx, *kept))
      return base::refuse(ProblemKind::changed, "petition.changed", "", {"", ""});
    step.text = kept->title;
    return step;
  });
}

}  // namespace petition
