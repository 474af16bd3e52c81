#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "auth/actor.h"
#include "direct/programme.h"
#include "direct/target_status.h"
#include "org/authority.h"
#include "store/db.h"

/// All SQL of programmes, their targets, tasks and adoptions.
namespace direct::programme_store {

std::optional<ProgrammeId> add(store::Tx& tx,
                               const Programme& programme);  ///< none when the unit has that number
void add_objective(store::Tx& tx, ProgrammeId programme, const Objective& objective);
void add_item(store::Tx& tx, ProgrammeId programme, const RegulationItem& item);
void add_addressee(store::Tx& tx, ProgrammeId programme, org::UnitId unit);
/// None when that unit, indicator and period are stated already.
std::optional<TargetId> add_target(store::Tx& tx, const Target& target);

std::optional<Programme> find(store::Tx& tx, ProgrammeId id);
std::vector<Programme> visible(store::Tx& tx, const org::Scope& scope,
                               std::optional<org::UnitId> owner, std::int64_t after, int limit);
/// Its owner or an addressee is in the scope.
bool in_scope(store::Tx& tx, const org::Scope& scope, ProgrammeId id);
std::vector<Objective> objectives(store::Tx& tx, ProgrammeId id);
std::vector<RegulationItem> items(store::Tx& tx, ProgrammeId id);
std::vector<org::UnitId> addressees(store::Tx& tx, ProgrammeId id);
std::vector<Target> targets(store::Tx& tx, ProgrammeId id, org::UnitId unit);
std::optional<Target> target(store::Tx& tx, TargetId id);

void adopt(store::Tx& tx, ProgrammeId programme, org::UnitId unit, const Adoption& adoption,
           std::optional<ProgrammeId> by, auth::AccountId account, base::Instant at);
void adopt(store::Tx& tx, TargetId target, org::UnitId unit, const Adoption& adoption,
           auth::AccountId account, base::Instant at);
Adoption adoption(store::Tx& tx, ProgrammeId programme, org::UnitId unit);

/// The target's part given to a unit; replaces an earlier one.
void allocate(store::Tx& tx, const Target& parent, org::UnitId unit, std::int64_t amount);
/// One cell per addressee, in the order given.
std::vector<CoverageCell> cells(store::Tx& tx, TargetId target,
                                const std::vector<org::UnitId>& units);

/// The way to a target, oldest first.
std::vector<Milestone> milestones(store::Tx& tx, TargetId target);
void add_milestone(store::Tx& tx, TargetId target, const Milestone& milestone);
/// Which unit answered which target of a programme how; what is not there is silent.
struct Answer {
  TargetId target;
  org::UnitId unit;
  AdoptionState state = AdoptionState::silent;
};
void each_answer(store::Tx& tx, ProgrammeId programme,
                 const std::function<void(const Answer&)>& take);
/// Of the programme as a whole, by unit.
std::vector<std::pair<org::UnitId, Adoption>> adoptions(store::Tx& tx, ProgrammeId programme);
/// Targets given to a unit by its superiors' programmes that are in force on the day.
std::vector<Target> given_to(store::Tx& tx, org::UnitId unit, base::Date day);
/// Programmes in force on the day that address the unit.
std::vector<Programme> addressed_to(store::Tx& tx, org::UnitId unit, base::Date day);
Adoption target_adoption(store::Tx& tx, TargetId target, org::UnitId unit);
void forget_declined(store::Tx& tx, TargetId target, org::UnitId unit);

}  // namespace direct::programme_store
