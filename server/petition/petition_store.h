#pragma once

#include <optional>
#include <string>
#include <vector>

#include "org/authority.h"
#include "petition/petition.h"
#include "store/db.h"

/// All SQL of petitions, who raised them, their parts, threads and papers.
namespace petition::petition_store {

/// Adds it with its raisers; the parts come by `add_part`.
PetitionId add(store::Tx& tx, const Petition& petition, const auth::Actor& actor, base::Instant at);
std::optional<Petition> find(store::Tx& tx, PetitionId id);
/// Writes the petition and all its parts, raising its revision; false when someone saved first.
[[nodiscard]] bool save(store::Tx& tx, Petition& petition);
PartId add_part(store::Tx& tx, PetitionId id, const Part& part);
void add_raiser(store::Tx& tx, PetitionId id, const Raiser& raiser);
void add_step(store::Tx& tx, PetitionId id, const Step& step, const auth::Actor& actor,
              base::Instant at);
std::vector<Step> steps(store::Tx& tx, PetitionId id);

/// In sight: the actor sees a unit that raised it, or one that holds or held it.
bool in_scope(store::Tx& tx, const org::Scope& scope, PetitionId id);

struct Wanted {
  std::optional<org::UnitId> raiser;  ///< raised by this unit
  std::optional<org::UnitId> under;   ///< raised by this unit or one below it
  std::optional<org::UnitId> holder;  ///< a part is held by this unit
  std::optional<State> state;
  std::optional<PetitionKind> kind;
  std::string subject;
  std::string query;  ///< part of its title or text in any spelling
  bool is_overdue = false;
  base::Date day;
  std::int64_t before = 0;  ///< id before which to go on
  int limit = 50;
};
/// Newest first.
std::vector<Petition> visible(store::Tx& tx, const org::Scope& scope, const Wanted& wanted);

/// Petitions like which a unit may be about to raise another: of the subject, or of any when it is
/// empty; unanswered, or answered since the day; in sight, or joinable and held by a superior of
/// the unit. The newest first.
std::vector<PetitionId> neighbours(store::Tx& tx, const org::Scope& scope, org::UnitId unit,
                                   std::string_view subject, base::Date since, int limit);
/// May the unit join it without seeing it: it is joinable, and a superior of the unit holds a part.
bool is_joinable_by(store::Tx& tx, PetitionId id, org::UnitId unit, base::Date day);

void set_paper(store::Tx& tx, PetitionId id, std::string_view paper, PartId part,
               registry::DocumentId document);
std::optional<registry::DocumentId> paper(store::Tx& tx, PetitionId id, std::string_view paper,
                                          PartId part);

}  // namespace petition::petition_store
