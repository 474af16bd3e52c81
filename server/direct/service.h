#pragma once

#include <string>
#include <vector>

#include "auth/actor.h"
#include "base/result.h"
#include "direct/programme.h"
#include "store/db.h"

/// The acts of this folder: each is called inside one write transaction and leaves one journal
/// leaf.
namespace direct {

struct NewTarget {
  std::string objective;  ///< code, or empty
  std::string indicator;  ///< code
  base::Period period;
  std::string value;  ///< canonical figure
  std::string pointer;
};

struct NewProgramme {
  Programme programme;
  std::vector<org::UnitId> addressees;
  std::vector<Objective> objectives;
  std::vector<NewTarget> targets;
  std::vector<RegulationItem> items;
};

/// Registers a programme or a regulation of a unit. Refuses, all at once: a number the unit has
/// already, an addressee that is not below the owner, an unknown or twice-stated objective,
/// indicator or target, a target on a rule that forbids it.
base::Result<ProgrammeId> create_programme(store::Tx& tx, const auth::Actor& actor,
                                           base::Instant now, base::Date day,
                                           const NewProgramme& asked);

struct AskedAdoption {
  AdoptionState state = AdoptionState::adopted;
  std::string reason;                       ///< needed to decline
  std::optional<ProgrammeId> by_programme;  ///< the unit's own programme that makes it concrete
  std::optional<std::string> value;         ///< of a target: canonical figure
};
base::Result<void> adopt_programme(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                                   base::Date day, ProgrammeId programme, org::UnitId unit,
                                   const AskedAdoption& asked);
base::Result<void> adopt_target(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                                base::Date day, TargetId target, org::UnitId unit,
                                const AskedAdoption& asked);

struct AskedAllocation {
  org::UnitId unit;
  std::string value;
  std::string pointer;
};
/// Gives parts of a target to the programme's addressees.
base::Result<void> allocate_target(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                                   base::Date day, TargetId target,
                                   const std::vector<AskedAllocation>& asked);

/// A task must have a lead, a deliverable, and a due date that is not before its start.
base::Result<TaskId> create_task(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                                 base::Date day, const Task& task);

}  // namespace direct
