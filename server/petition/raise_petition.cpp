#include <algorithm>

#include "direct/task_store.h"
#include "org/post_store.h"
#include "org/unit_store.h"
#include "petition/change_petition.h"
#include "petition/petition_store.h"
#include "registry/attachment.h"

namespace petition {
namespace {

using base::ProblemKind;

Petition petition_of(const auth::Actor& actor, Now now, const AskedPetition& asked) {
  Petition made;
  made.unit = asked.unit;
  made.kind = asked.kind;
  made.subject = asked.subject;
  made.title = asked.title;
  made.text = asked.text;
  made.is_joinable = asked.is_joinable;
  made.is_illustrative = asked.is_illustrative;
  made.raised_on = now.day;
  made.actor = actor.name();
  made.raisers = {{asked.unit, now.day, "", {}, actor.name()}};
  return made;
}

/// A part for each addressee, or every fault at once.
base::Result<std::vector<Part>> parts_for(store::Tx& tx, Now now, const Petition& petition,
                                          const std::vector<Addressee>& addressees) {
  const auto calendar = direct::task_store::calendar(tx);
  base::Problems problems;
  std::vector<Part> parts;
  if (addressees.empty())
    problems.push_back({ProblemKind::invalid, "petition.no_addressee", "/addressees", {}});
  for (std::size_t i = 0; i < addressees.size(); ++i) {
    const Addressee& to = addressees[i];
    const std::string field = "/addressees/" + std::to_string(i);
    const bool is_twice = std::any_of(parts.begin(), parts.end(), [&](const Part& one) {
      return one.holder == to.unit && one.body == to.body;
    });
    if (is_twice) problems.push_back({ProblemKind::invalid, "petition.addressee_twice", field, {}});
    const auto days = competent_days(tx, petition, to, now.day, field);
    if (!days) {
      problems.insert(problems.end(), days.error().begin(), days.error().end());
      continue;
    }
    Part part;
    part.position = static_cast<int>(parts.size()) + 1;
    part.portion = to.portion;
    part.holder = to.unit;
    part.body = to.body;
    part.received_on = now.day;
    part.days = *days;
    part.due_on = due_after(now.day, *days, calendar);
    parts.push_back(std::move(part));
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  return parts;
}

}  // namespace

base::Result<PetitionId> raise_petition(store::Tx& tx, const auth::Actor& actor, Now now,
                                        const AskedPetition& asked) {
  RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::enter, asked.unit, now.day));
  if (!competence_store::is_subject(tx, asked.subject))
    return base::refuse(ProblemKind::invalid, "petition.subject_unknown", "/subject",
                        {asked.subject});
  Petition made = petition_of(actor, now, asked);
  ASSIGN_OR_RETURN(const std::vector<Part> parts, parts_for(tx, now, made, asked.addressees));
  made.id = petition_store::add(tx, made, actor, now.at);
  for (const Part& part : parts) {
    Step step;
    step.part = petition_store::add_part(tx, made.id, part);
    step.kind = "raised";
    step.unit = asked.unit;
    step.to = part.holder;
    step.body = part.body;
    step.text = part.portion;
    step.on = now.day;
    petition_store::add_step(tx, made.id, step, actor, now.at);
  }
  record(tx, actor, now, made, "raised");
  return made.id;
}

base::Result<void> join_petition(store::Tx& tx, const auth::Actor& actor, Now now, PetitionId id,
                                 org::UnitId unit, const std::string& text) {
  const bool is_near = petition_store::in_scope(tx, org::scope_of(actor, now.day), id) ||
                       (org::allows(tx, actor, org::Act::enter, unit, now.day) &&
                        petition_store::is_joinable_by(tx, id, unit, now.day));
  const auto found = is_near ? petition_store::find(tx, id) : std::nullopt;
  if (!found) return base::refuse(ProblemKind::not_found, "petition.not_found");
  RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::enter, unit, now.day));
  if (found->raiser(unit) != nullptr)
    return base::refuse(ProblemKind::conflict, "petition.raised_already", "/unit");
  if (found->state == State::withdrawn || found->state == State::merged)
    return base::refuse(ProblemKind::conflict, "petition.closed", "",
                        {std::string(name(found->state))});
  petition_store::add_raiser(tx, id, {unit, now.day, text, {}, actor.name()});
  Step step;
  step.kind = "joined";
  step.unit = unit;
  step.text = text;
  step.on = now.day;
  petition_store::add_step(tx, id, step, actor, now.at);
  record(tx, actor, now, *found, "joined");
  return {};
}

base::Result<void> say(store::Tx& tx, const auth::Actor& actor, Now now, PetitionId id,
                       const std::string& text) {
  ASSIGN_OR_RETURN(const Petition petition, seen_petition(tx, actor, now.day, id));
  std::optional<org::UnitId> unit = raiser_of(tx, actor, now.day, petition);
  for (const Step& step : petition_store::steps(tx, id)) {
    if (unit || !step.to) continue;
    if (org::allows(tx, actor, org::Act::decide, *step.to, now.day)) unit = step.to;
  }
  if (!unit) return base::refuse(ProblemKind::forbidden, "authority.not_yours");
  Step step;
  step.kind = "said";
  step.unit = *unit;
  step.text = text;
  step.on = now.day;
  petition_store::add_step(tx, id, step, actor, now.at);
  record(tx, actor, now, petition, "said");
  return {};
}

base::Result<void> attach_to_petition(store::Tx& tx, const auth::Actor& actor, Now now,
                                      PetitionId id, const direct::AskedFile& file) {
  ASSIGN_OR_RETURN(const Petition petition, seen_petition(tx, actor, now.day, id));
  std::optional<org::UnitId> unit = raiser_of(tx, actor, now.day, petition);
  for (const Part& part : petition.parts) {
    if (!unit && org::allows(tx, actor, org::Act::decide, part.holder, now.day)) unit = part.holder;
  }
  if (!unit) return base::refuse(ProblemKind::forbidden, "authority.not_yours");
  RETURN_IF_REFUSED(
      registry::attach(tx, actor, now.at, object_of(id), *unit, file.name, file.base64));
  record(tx, actor, now, petition, "file_added");
  return {};
}

base::Result<void> withdraw_petition(store::Tx& tx, const auth::Actor& actor, Now now,
                                     OnPetition on, const std::string& reason) {
  return change_petition(tx, actor, now, on, [&](Petition& petition) -> base::Result<Step> {
    RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::enter, petition.unit, now.day));
    if (petition.raisers.size() > 1) {
      return base::refuse(ProblemKind::conflict, "petition.others_joined", "",
                          {std::to_string(petition.raisers.size() - 1)});
    }
    if (petition.state != State::open && petition.state != State::returned)
      return base::refuse(ProblemKind::conflict, "petition.closed", "",
                          {std::string(name(petition.state))});
    petition.drop(PartState::withdrawn);
    petition.settle(now.day);
    Step step;
    step.kind = name(Deed::withdraw);
    step.unit = petition.unit;
    step.text = reason;
    return step;
  });
}

}  // namespace petition
