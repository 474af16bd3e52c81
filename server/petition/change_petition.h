#pragma once

#include <functional>
#include <string>

#include "petition/service.h"

namespace petition {

/// The petition when it is in sight: "petition.not_found" otherwise.
base::Result<Petition> seen_petition(store::Tx& tx, const auth::Actor& actor, base::Date day,
                                     PetitionId id);
/// What the actor is to a part.
Parts parts_of(store::Tx& tx, const auth::Actor& actor, base::Date day, const Petition& petition,
               const Part& part);
/// The unit among those that raised it in whose name the actor may speak.
std::optional<org::UnitId> raiser_of(store::Tx& tx, const auth::Actor& actor, base::Date day,
                                     const Petition& petition);

/// The one way a petition changes as a whole: sight, revision, the rule, one step, one leaf.
base::Result<void> change_petition(store::Tx& tx, const auth::Actor& actor, Now now, OnPetition on,
                                   const std::function<base::Result<Step>(Petition&)>& rule);
/// The one way a part changes: besides, the course. `rule` gets the part in its state after the
/// deed, and the step, which names its kind and the unit in whose name it is done.
struct PartChange {
  Deed deed;
  std::function<base::Result<void>(Petition&, Part&, Step&)> rule;
};
base::Result<void> change_part(store::Tx& tx, const auth::Actor& actor, Now now, OnPart on,
                               const PartChange& change);

void record(store::Tx& tx, const auth::Actor& actor, Now now, const Petition& petition,
            std::string_view act);

/// The bodies' names, as they are said in a refusal: "Thành phố Hà Nội; Ban …".
std::string names_of(store::Tx& tx, const std::vector<Proposal>& proposals, base::Date day);
/// The days of a competent body: "petition.not_competent" at the field, with who is competent.
base::Result<int> competent_days(store::Tx& tx, const Petition& petition, const Addressee& to,
                                 base::Date day, const std::string& field);

}  // namespace petition
