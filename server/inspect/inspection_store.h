#pragma once

#include <optional>
#include <string>
#include <vector>

#include "inspect/inspection.h"
#include "org/authority.h"
#include "store/db.h"

/// All SQL of inspections, what they look at and their teams.
namespace inspect::inspection_store {

InspectionId add(store::Tx& tx, const Inspection& inspection, const auth::Actor& actor,
                 base::Instant at);
std::optional<Inspection> find(store::Tx& tx, InspectionId id);
/// Writes the inspection itself, raising its revision; false when someone saved first.
[[nodiscard]] bool save(store::Tx& tx, Inspection& inspection);
void replace_scope(store::Tx& tx, const Inspection& inspection);
void replace_team(store::Tx& tx, const Inspection& inspection);
void replace_outline(store::Tx& tx, const Inspection& inspection);
void set_report(store::Tx& tx, InspectionId id, org::UnitId unit, report::ReportId report);

/// In sight: of a unit whose inspections the actor sees by a post; announced to a unit it sees by a
/// post; or it is on the team while the inspection runs.
bool in_scope(store::Tx& tx, const org::Scope& scope, InspectionId id);
/// Does the actor see the unit by a post, without what is lent?
bool by_post(store::Tx& tx, const org::Scope& scope, org::UnitId unit);

struct Wanted {
  std::optional<org::UnitId> unit;     ///< decides
  std::optional<org::UnitId> subject;  ///< is inspected
  std::optional<State> state;
  std::optional<int> year;
  bool is_mine = false;     ///< the actor is on the team
  std::int64_t before = 0;  ///< id before which to go on
  int limit = 50;
};
/// Newest first.
std::vector<Inspection> visible(store::Tx& tx, const org::Scope& scope, const Wanted& wanted);

/// How many other inspections of the year that were not called off look at the unit; in the quarter
/// alone when it is not 0.
int others_at(store::Tx& tx, InspectionId but, org::UnitId unit, int year, int quarter);
/// On how many other teams of the quarter the account is.
int other_teams(store::Tx& tx, InspectionId but, auth::AccountId account, int year, int quarter);
/// Does the account hold a post at the unit or below it on the day?
bool holds_post_at(store::Tx& tx, auth::AccountId account, org::UnitId unit, base::Date day);

/// Inspections that gave the unit a conclusion before this one, newest first.
std::vector<Inspection> concluded_at(store::Tx& tx, org::UnitId unit, InspectionId but, int limit);
struct Concluded {
  InspectionId inspection;
  org::UnitId unit;
};
/// Concluded inspections by unit, newest first, after a place of that list.
std::vector<Concluded> concluded(store::Tx& tx, const org::Scope& scope,
                                 const std::optional<org::UnitId>& unit, int year,
                                 std::int64_t skip, int limit);

}  // namespace inspect::inspection_store
