#include "petition/change_petition.h"

#include <algorithm>

#include "journal/journal.h"
#include "org/unit_store.h"
#include "petition/petition_store.h"

namespace petition {
namespace {

using base::ProblemKind;

base::Result<void> at_revision(const Petition& petition, OnPetition on) {
  if (petition.revision == on.revision) return {};
  return base::refuse(ProblemKind::changed, "petition.changed", "",
                      {std::to_string(on.revision), std::to_string(petition.revision)});
}

base::Result<void> saved(store::Tx& tx, Petition& petition, OnPetition on) {
  if (petition_store::save(tx, petition)) return {};
  return base::refuse(ProblemKind::changed, "petition.changed", "",
                      {std::to_string(on.revision), ""});
}

}  // namespace

base::Result<Petition> seen_petition(store::Tx& tx, const auth::Actor& actor, base::Date day,
                                     PetitionId id) {
  auto found = petition_store::in_scope(tx, org::scope_of(actor, day), id)
                   ? petition_store::find(tx, id)
                   : std::nullopt;
  if (!found) return base::refuse(ProblemKind::not_found, "petition.not_found");
  return *std::move(found);
}

std::optional<org::UnitId> raiser_of(store::Tx& tx, const auth::Actor& actor, base::Date day,
                                     const Petition& petition) {
  for (const Raiser& one : petition.raisers) {
    if (org::allows(tx, actor, org::Act::enter, one.unit, day)) return one.unit;
  }
  return std::nullopt;
}

Parts parts_of(store::Tx& tx, const auth::Actor& actor, base::Date day, const Petition& petition,
               const Part& part) {
  return {org::allows(tx, actor, org::Act::decide, part.holder, day).has_value(),
          raiser_of(tx, actor, day, petition).has_value()};
}

base::Result<void> change_petition(store::Tx& tx, const auth::Actor& actor, Now now, OnPetition on,
                                   const std::function<base::Result<Step>(Petition&)>& rule) {
  ASSIGN_OR_RETURN(Petition petition, seen_petition(tx, actor, now.day, on.petition));
  auto done = rule(petition);
  const bool is_yours = done || done.error().front().kind != ProblemKind::forbidden;
  if (is_yours) RETURN_IF_REFUSED(at_revision(petition, on));
  ASSIGN_OR_RETURN(Step step, std::move(done));
  RETURN_IF_REFUSED(saved(tx, petition, on));
  step.on = now.day;
  petition_store::add_step(tx, petition.id, step, actor, now.at);
  record(tx, actor, now, petition, step.kind);
  return {};
}

base::Result<void> change_part(store::Tx& tx, const auth::Actor& actor, Now now, OnPart on,
                               const PartChange& change) {
  ASSIGN_OR_RETURN(Petition petition, seen_petition(tx, actor, now.day, on.on.petition));
  Part* const part = petition.part(on.part);
  if (part == nullptr) return base::refuse(ProblemKind::not_found, "petition.part_not_found");
  const Parts by = parts_of(tx, actor, now.day, petition, *part);
  const auto state = after(part->state, change.deed, by);
  const bool is_yours = state || state.error().front().kind != ProblemKind::forbidden;
  if (is_yours) RETURN_IF_REFUSED(at_revision(petition, on.on));
  RETURN_IF_REFUSED(state);
  Step step;
  step.part = part->id;
  step.kind = name(change.deed);
  step.on = now.day;
  const bool is_raisers =
      change.deed == Deed::supply || change.deed == Deed::route || change.deed == Deed::withdraw;
  step.unit = is_raisers ? *raiser_of(tx, actor, now.day, petition) : part->holder;
  part->state = *state;
  RETURN_IF_REFUSED(change.rule(petition, *part, step));
  petition.settle(now.day);
  RETURN_IF_REFUSED(saved(tx, petition, on.on));
  petition_store::add_step(tx, petition.id, step, actor, now.at);
  record(tx, actor, now, petition, name(change.deed));
  return {};
}

void record(store::Tx& tx, const auth::Actor& actor, Now now, const Petition& petition,
            std::string_view act) {
  journal::record(
      tx, actor, now.at,
      {"petition." + std::string(act), object_of(petition.id), petition.unit.value, "{}"});
}

std::string names_of(store::Tx& tx, const std::vector<Proposal>& proposals, base::Date day) {
  std::string made;
  for (const Proposal& one : proposals) {
    const std::string unit = org::unit_store::ref(tx, one.unit, day).name;
    made +=
        (made.empty() ? "" : "; ") + (one.body.empty() ? unit : one.body + " (qua " + unit + ")");
  }
  return made;
}

base::Result<int> competent_days(store::Tx& tx, const Petition& petition, const Addressee& to,
                                 base::Date day, const std::string& field) {
  if (!org::unit_store::first_day(tx, to.unit))
    return base::refuse(ProblemKind::invalid, "unit.not_found", field);
  const auto known = proposals_for(tx, petition.unit, petition.subject, day);
  if (const auto days = days_for(known, to.unit, to.body)) return *days;
  const std::string asked = to.body.empty() ? org::unit_store::ref(tx, to.unit, day).name : to.body;
  return base::refuse(ProblemKind::invalid, "petition.not_competent", field,
                      {asked, names_of(tx, known, day)});
}

}  // namespace petition
