#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "auth/actor.h"
#include "base/result.h"
#include "mobilise/contribution.h"
#include "mobilise/model.h"
#include "mobilise/reform.h"
#include "mobilise/tally.h"
#include "report/service.h"
#include "store/db.h"

/// The acts and questions of this folder: each act is called inside one write transaction and
/// leaves one journal leaf; it changes nothing when it refuses.
namespace mobilise {

using report::Now;

/// An act on a movement: `revision` is the one the sender saw.
struct OnMovement {
  MovementId movement;
  std::int64_t revision = 0;
};

/// Makes a movement of a body, by who directs it. Refuses, all at once, what `faults_of` names,
/// "movement.carrier_unknown", "indicator.unknown", "movement.measure_differs" (money and not
/// đồng).
base::Result<MovementId> create_movement(store::Tx& tx, const auth::Actor& actor, Now now,
                                         const Movement& asked);
/// Besides: "movement.carrier_told" (a body that reported to it cannot leave), "movement.plan_left"
/// (the plan's lines no longer fit), "movement.contributions_outside".
base::Result<void> replace_movement(store::Tx& tx, const auth::Actor& actor, Now now, OnMovement on,
                                    const Movement& asked);
/// The joint plan: its owner writes all of it, who works for a carrier the lines of that carrier.
/// What `faults_of_plan` names, "plan.lead_unknown", "plan.line_of_another".
base::Result<void> put_plan(store::Tx& tx, const auth::Actor& actor, Now now, OnMovement on,
                            const std::vector<PlanLine>& lines);
base::Result<void> start_movement(store::Tx& tx, const auth::Actor& actor, Now now, OnMovement on);
base::Result<void> close_movement(store::Tx& tx, const auth::Actor& actor, Now now, OnMovement on);

/// What was answered to "is it the same?".
struct Sameness {
  std::optional<ContributionId> same_as;
  std::string other;  ///< why it is another
};
/// What `body` pledged or received, by who enters figures for it or for the unit where it counts.
/// Without a giver it is the unit's own. Refuses what `faults_of` names,
/// "contribution.not_a_carrier", "contribution.unit_not_carried" (the unit is not at or under a
/// body of the movement that day), "contribution.giver_unknown", "document.not_found". Asks, once
/// for each that it may be the same as, "contribution.may_be_same" (args: id, giver, quantity, day,
/// body, unit), until it is answered. When it is the same the body is added to that one:
/// "contribution.same_unlike" when it cannot be, "contribution.told_already".
base::Result<ContributionId> report_contribution(store::Tx& tx, const auth::Actor& actor, Now now,
                                                 Contribution asked, org::UnitId body,
                                                 const Sameness& sameness);

struct OnContribution {
  MovementId movement;
  ContributionId contribution;
  std::int64_t revision = 0;
};
/// What it should have said, with the reason; what it said is kept. Looked at for doubles like a
/// new one: when it is the same as another, its bodies go to that one and it counts no more.
base::Result<void> correct_contribution(store::Tx& tx, const auth::Actor& actor, Now now,
                                        OnContribution on, Contribution asked,
                                        const Sameness& sameness, const std::string& reason);
/// One body takes back what it told; with none named, or none left, it counts no more.
/// "contribution.not_told_by", "contribution.told_by_others" (only the owner may withdraw it for
/// all), "contribution.withdrawn".
base::Result<void> withdraw_contribution(store::Tx& tx, const auth::Actor& actor, Now now,
                                         OnContribution on, const std::optional<org::UnitId>& body,
                                         const std::string& reason);

/// The movement when it is in sight: "movement.not_found" otherwise.
base::Result<Movement> seen_movement(store::Tx& tx, const auth::Actor& actor, base::Date day,
                                     MovementId id);
/// "contribution.not_found" when it is not of the movement or out of sight.
base::Result<Contribution> seen_contribution(store::Tx& tx, const auth::Actor& actor,
                                             base::Date day, MovementId movement,
                                             ContributionId id);

struct TotalsQuestion {
  org::UnitId unit;
  std::string line = org::kGovernment;
  std::optional<base::Period> period;  ///< else all days of the movement
};
struct Totals {
  base::Date from, to;  ///< the days that count, half-open
  base::Date tree_on;
  std::vector<org::UnitRef> units;  ///< the asked one, then those right under it
  std::vector<Tally> tallies;       ///< of `units`
  /// Under the asked unit, as each body tells it. What several bodies tell is in each of these and
  /// once in the total.
  std::vector<std::pair<org::UnitRef, Tally>> bodies;
  std::int64_t repeats = 0;  ///< by how many contributions the bodies' sums are more than the total
};
/// The days and the tree that a question is about: of contributions and of totals alike.
struct Reach {
  base::Date from, to, tree_on;
};
Reach reach_of(const Movement& movement, const std::optional<base::Period>& period);
/// "movement.line_unknown", "unit.not_in_period".
base::Result<Totals> movement_totals(store::Tx& tx, const Movement& movement,
                                     const TotalsQuestion& question);

/// Writes what the movement received at the report's unit into the open cells of its bound
/// indicators, by who enters the report; the movement is named in the remark. Gives how many cells.
/// "movement.nothing_bound" when the report asks none of them.
base::Result<int> carry_figures(store::Tx& tx, const auth::Actor& actor, Now now, MovementId id,
                                report::OnReport on);

/// A model of a unit, by who enters its figures. "movement.not_found", "model.field_not_asked",
/// "model.day" (args: the days it may be).
base::Result<ModelId> register_model(store::Tx& tx, const auth::Actor& actor, Now now,
                                     const Model& asked);
struct OnModel {
  ModelId model;
  std::int64_t revision = 0;
};
base::Result<void> rewrite_model(store::Tx& tx, const auth::Actor& actor, Now now, OnModel on,
                                 const Model& asked);
struct Recognition {
  org::UnitId by;
  base::Date on;
  std::optional<registry::DocumentId> document;
};
/// By who decides at a unit above, or at the movement's owner: "model.not_above".
base::Result<void> recognise_model(store::Tx& tx, const auth::Actor& actor, Now now, OnModel on,
                                   const Recognition& recognition);
/// While registered by its unit, afterwards by who recognised it.
base::Result<void> withdraw_model(store::Tx& tx, const auth::Actor& actor, Now now, OnModel on,
                                  const std::string& reason);
base::Result<void> attach_to_model(store::Tx& tx, const auth::Actor& actor, Now now, ModelId model,
                                   const std::string& name, std::string_view base64);
base::Result<Model> seen_model(store::Tx& tx, const auth::Actor& actor, base::Date day, ModelId id);

/// By who directs the giver: "commendation.unit_not_below", "commendation.day_ahead",
/// "commendation.twice".
base::Result<CommendationId> commend(store::Tx& tx, const auth::Actor& actor, Now now,
                                     const Commendation& asked);

struct OnCommendation {
  CommendationId commendation;
  std::int64_t revision = 0;
};
/// By who directs its giver: "commendation.not_found", "commendation.changed",
/// "commendation.withdrawn".
base::Result<void> withdraw_commendation(store::Tx& tx, const auth::Actor& actor, Now now,
                                         OnCommendation on, const std::string& reason);

/// A body's year.
struct YearOfBody {
  struct Part {
    Movement movement;
    Tally told;    ///< what the body reported in the year
    Tally shared;  ///< of that, what other bodies reported too
  };
  std::vector<Part> movements;
  std::vector<Model> models;
  std::vector<Commendation> commendations;
};
YearOfBody year_of_body(store::Tx& tx, const auth::Actor& actor, base::Date day, org::UnitId unit,
                        int year);

/// Administrative reform of a unit and those right under it.
struct ReformQuestion {
  org::UnitId unit;
  std::string line = org::kGovernment;
  std::string handled, on_time, online, satisfaction;  ///< codes of indicators; the last two may be
                                                       ///< empty
  base::Period from, to;                               ///< months
  std::optional<base::Period> before, after;
  std::int64_t least = 9500;  ///< hundredths of a per cent that must be on time
};
struct ReformCell {
  base::Period period;
  ReformFigures figures;
  ReformStanding standing = ReformStanding::no_data;
  std::string reason;  ///< the unit's own remark at the cell, when it is not kept
};
struct ReformPage {
  base::Date tree_on;
  int satisfaction_decimals = 0;
  std::vector<org::UnitRef> units;  ///< the asked one first
  std::vector<std::vector<ReformCell>> months;
  std::vector<ReformCell> before, after;  ///< of `units`; empty when not asked
};
/// "reform.months" when there are none or more than 24, and what a roll-up refuses.
base::Result<ReformPage> reform_page(store::Tx& tx, const ReformQuestion& question);

}  // namespace mobilise
