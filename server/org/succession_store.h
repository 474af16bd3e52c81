#pragma once

#include <vector>

#include "org/propose.h"
#include "org/reorganisation.h"
#include "org/succession.h"
#include "store/db.h"

/// All SQL of reorganisations and of what became of units.
namespace org::succession_store {

/// Every unit as it stands on the day, and what is known of later days. `codes`: those a plan
/// names, so that one borne on another day only can be told from one never known.
Snapshot snapshot(store::Tx& tx, base::Date day, const std::vector<std::string>& codes);

/// The tree of the day before, and whose figures went over to others on the day.
Eve eve_of(store::Tx& tx, base::Date day);

/// All successions whose day is in (after, until].
std::vector<Succession> between(store::Tx& tx, base::Date after, base::Date until);

/// One link as a unit's page shows it.
struct Kin {
  Succession link;
  UnitRef other;  ///< the predecessor or successor, as it was when they met
  ReorganisationId reorganisation;
  std::string document;
};
std::vector<Kin> predecessors(store::Tx& tx, UnitId unit);
std::vector<Kin> successors(store::Tx& tx, UnitId unit);

/// A reorganisation as kept; `plan` is its JSON text.
struct Kept {
  ReorganisationId id;
  UnitId owner;  ///< the unit under which it happens; zero for the whole tree
  std::string title, document, line, state, plan;
  base::Date on;
  std::int64_t revision = 1;
  std::string made_by, applied_by, undone_by;
  base::Instant made_at;
  std::optional<base::Instant> applied_at, undone_at;
};
ReorganisationId add(store::Tx& tx, const Kept& kept);
/// Newest day first, without plans, after `after` (an id) in that order; at most `limit`.
std::vector<Kept> all(store::Tx& tx, std::int64_t cursor, int limit);
std::optional<Kept> find(store::Tx& tx, ReorganisationId id);
/// Writes a draft's new plan; false when its revision is not the one given.
bool replace_plan(store::Tx& tx, const Kept& kept);
bool set_state(store::Tx& tx, ReorganisationId id, std::int64_t revision, const std::string& state,
               const std::string& by, base::Instant at);

/// Writes what was judged, each dated row closed or opened noted as a step. Gives the ids of the
/// plan's units, in their order.
std::vector<UnitId> write(store::Tx& tx, ReorganisationId id, const Plan& plan,
                          const Outcome& outcome, base::Instant now);
/// Closes the appointments held at units that end and, when the plan hands over, opens the same at
/// their heirs; noted as steps.
void hand_over(store::Tx& tx, ReorganisationId id, const Plan& plan, const Outcome& outcome,
               const std::vector<UnitId>& made);
/// Takes every step back, last first, and the successions. Units made keep their identity and lose
/// every row.
void take_back(store::Tx& tx, ReorganisationId id);

/// The units a reorganisation touched: with a step or a succession.
std::vector<UnitId> touched(store::Tx& tx, ReorganisationId id);
/// The units it made.
std::vector<UnitId> made(store::Tx& tx, ReorganisationId id);
/// Reorganisations applied after this one that touched a unit it touched.
std::vector<ReorganisationId> built_on(store::Tx& tx, const Kept& kept);
/// Days on which the tree changed, with how many units were touched, oldest first.
struct Mark {
  base::Date on;
  std::string title;
  std::int64_t units = 0;
};
std::vector<Mark> marks(store::Tx& tx);

}  // namespace org::succession_store
