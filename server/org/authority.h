#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/actor.h"
#include "base/result.h"
#include "org/unit.h"
#include "store/db.h"

namespace org {

enum class Role { clerk, compiler, head, administrator, viewer };
std::string_view name(Role role);
std::optional<Role> role_named(std::string_view name);

/// What may be done to a unit's things.
enum class Act {
  see,               ///< look at the unit's figures, reports, programmes
  enter,             ///< type and submit the unit's own report
  decide,            ///< accept, return, exclude what units below reported to this unit
  request,           ///< ask units below this one for figures
  direct,            ///< write this unit's programmes, targets and tasks
  inspect,           ///< decide this unit's inspections and conclude them
  number,            ///< keep the unit's register: issue and register papers
  keep_templates,    ///< give the unit templates of its own for the papers written for it
  adopt,             ///< take over or decline, for this unit, what a superior asks
  define_indicator,  ///< add to the common list of indicators
  appoint,           ///< give and end posts at the unit
  reorganise,        ///< propose and apply changes of the tree at and under the unit
};

/// A post held on a day.
struct Post {
  std::int64_t id = 0;
  UnitId unit;
  Role role = Role::viewer;
  std::string title;
  std::string acting_for;  ///< who lent it; empty for one's own
};

/// How the post's unit stands to the unit acted on, in any line on the day.
enum class Relation { own, above };

/// The rule, in one table: may a post of this role do the act to a unit it stands in this relation
/// to?
bool role_may(Role role, Act act, Relation relation);

/// May the actor do this to the unit on the day, by any post held? What an ended unit left is its
/// heirs' own: they carry on its open reports and see its history. One that is to begin later
/// stands already where it will. A unit out of sight is refused as "unit.not_found", exactly like
/// one that does not exist; one in sight as "authority.not_yours". What is lent (lent_sight.h) lets
/// see and nothing else.
base::Result<void> allows(store::Tx& tx, const auth::Actor& actor, Act act, UnitId unit,
                          base::Date day);

/// Does the actor see this unit, that of a row which may not be there? The same statements are run
/// for a row out of sight and for none, so that the time of a refusal does not tell them apart.
/// What else belongs to the row is read after this.
bool sees(store::Tx& tx, const auth::Actor& actor, std::optional<UnitId> unit, base::Date day);

/// The unit of a row that may not be there.
template <class Row>
std::optional<UnitId> unit_of(const std::optional<Row>& row) {
  return row ? std::optional(row->unit) : std::nullopt;
}

/// What the actor sees, for list queries: every list takes one.
struct Scope {
  auth::AccountId account;
  base::Date day;
  bool sees_all = false;  ///< the console
};
Scope scope_of(const auth::Actor& actor, base::Date day);

#define ORG_UNITS_SEEN(lent)                                                              \
  "standing(unit_id) as ("                                                                \
  "select p.unit_id from post p join appointment a on a.post_id = p.id "                  \
  "where a.account_id = :account and a.valid_from <= :day and :day < a.valid_to " lent    \
  "union select id from unit where :sees_all = 1 "                                        \
  "union select c.unit_id from unit_parent c join standing v on c.parent_id = v.unit_id " \
  "where c.valid_from <= :day and :day < c.valid_to), "                                   \
  "visible(unit_id) as (select unit_id from standing "                                    \
  "union select s.from_id from succession s join visible v on s.to_id = v.unit_id "       \
  "where s.on_day <= :day and s.from_ends = 1) "

/// The units in a Scope as a common table expression `visible(unit_id)`: those of the account's
/// posts and those lent to it, all under them in any line, and the ended units whose heirs those
/// are. Binds :account, :day and :sees_all. Put it after "with recursive ".
#define ORG_VISIBLE_UNITS                                                                        \
  ORG_UNITS_SEEN(                                                                                \
      "union select unit_id from lent_sight where account_id = :account and valid_from <= :day " \
      "and :day < valid_to ")

/// The same by posts alone, without what is lent.
#define ORG_UNITS_BY_POST ORG_UNITS_SEEN("")

}  // namespace org
