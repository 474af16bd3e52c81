#pragma once

#include <string>
#include <vector>

#include "auth/actor.h"
#include "base/decimal.h"
#include "base/result.h"
#include "direct/programme.h"
#include "office/csv.h"
#include "store/db.h"

/// The acts of this folder: each is called inside one write transaction and leaves one journal
/// leaf.
namespace direct {

struct NewMilestone {
  base::Period period;
  std::string value;
  std::string pointer;
};
struct NewTarget {
  std::string objective;  ///< code, or empty
  std::string indicator;  ///< code
  base::Period period;
  std::string value;  ///< canonical figure
  std::string pointer;
  std::vector<NewMilestone> milestones = {};  ///< the way to it
  std::string measure_unit = {};              ///< when stated, it must be the indicator's
  base::Notation notation = base::Notation::program;
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
/// indicator or target, a target on a rule that forbids it ("target.rule_forbids",
/// "target.period_forbids"), in another unit of measure ("target.measure_unit"), a milestone that
/// is not on the way ("target.milestone"), a paper out of sight ("document.not_found").
base::Result<ProgrammeId> create_programme(store::Tx& tx, const auth::Actor& actor,
                                           base::Instant now, base::Date day,
                                           const NewProgramme& asked);

struct AskedAdoption {
  AdoptionState state = AdoptionState::adopted;
  std::string reason;                       ///< needed to decline
  std::optional<ProgrammeId> by_programme;  ///< the unit's own programme that makes it concrete
  std::optional<std::string> value;         ///< of a target: canonical figure
};
/// Refused besides: "programme.ended", and by a target "target.declined_before", which only being
/// given it again undoes. A programme by which another is made concrete says so of their papers.
base::Result<void> adopt_programme(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                                   base::Date day, ProgrammeId programme, org::UnitId unit,
                                   const AskedAdoption& asked);
base::Result<void> adopt_target(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                                base::Date day, TargetId target, org::UnitId unit,
                                const AskedAdoption& asked);

/// One of many answers of a unit.
struct AskedAnswer {
  std::optional<ProgrammeId> programme;
  std::optional<TargetId> target;  ///< exactly one of the two
  AskedAdoption adoption;
  std::string pointer;
};
/// All of them or none: every fault at once, with its place.
base::Result<void> adopt_all(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                             base::Date day, org::UnitId unit,
                             const std::vector<AskedAnswer>& answers);

struct AskedAllocation {
  org::UnitId unit;
  std::string value;
  std::string pointer;
  std::string measure_unit = {};  ///< when stated, it must be the indicator's
};
/// Gives parts of a target to the programme's addressees; who had declined it is asked anew.
base::Result<void> allocate_target(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                                   base::Date day, TargetId target,
                                   const std::vector<AskedAllocation>& asked);

/// The programme once more for a later term: objectives, items, addressees, its own targets and
/// tasks, each `years` later; units that have ended since by their heirs.
struct NextTerm {
  std::string number, title;
  base::Date issued_on, from, to;
  int years = 5;
};
base::Result<ProgrammeId> copy_programme(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                                         base::Date day, ProgrammeId from, const NextTerm& next);

/// A programme from a worksheet: rows of objectives, targets, items and tasks under a head that is
/// asked beside. All faults of all rows at once, as "row 12, column Thời hạn"; nothing is
/// half-taken.
base::Result<ProgrammeId> import_programme(store::Tx& tx, const auth::Actor& actor,
                                           base::Instant now, base::Date day, NewProgramme head,
                                           const office::CsvTable& table);

}  // namespace direct
