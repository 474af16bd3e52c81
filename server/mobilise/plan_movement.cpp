#include <algorithm>

#include "base/text.h"
#include "direct/indicator_store.h"
#include "mobilise/change_movement.h"
#include "mobilise/contribution_store.h"
#include "mobilise/movement_store.h"
#include "org/unit_store.h"

namespace mobilise {
namespace {

using base::ProblemKind;

/// Stands on some day of the movement, as far as its first, last and this day tell.
bool stands(store::Tx& tx, const Movement& movement, org::UnitId unit, base::Date day) {
  const base::Date last = movement.to.plus_days(-1);
  return org::unit_store::alive(tx, unit, movement.from) ||
         org::unit_store::alive(tx, unit, last) ||
         org::unit_store::alive(tx, unit, std::clamp(day, movement.from, last));
}

base::Problems faults_in(store::Tx& tx, const Movement& movement, base::Date day) {
  base::Problems problems = faults_of(movement);
  for (std::size_t i = 0; movement.from < movement.to && i < movement.carriers.size(); ++i) {
    if (stands(tx, movement, movement.carriers[i], day)) continue;
    problems.push_back(
        {ProblemKind::invalid, "movement.carrier_unknown", "/carriers/" + std::to_string(i), {}});
  }
  for (std::size_t i = 0; i < movement.bindings.size(); ++i) {
    const Binding& one = movement.bindings[i];
    const auto indicator = direct::indicator_store::find_by_code(tx, one.indicator);
    const bool fits =
        indicator && (one.kind != GiftKind::money || base::fold(indicator->measure_unit) == "dong");
    if (fits) continue;
    problems.push_back({ProblemKind::invalid,
                        indicator ? "movement.measure_differs" : "indicator.unknown",
                        "/indicators/" + std::to_string(i) + "/code",
                        {one.indicator}});
  }
  return problems;
}

/// What was reported and planned already must still fit.
base::Problems faults_left(store::Tx& tx, const Movement& movement) {
  base::Problems problems;
  for (const org::UnitId body : contribution_store::bodies(tx, movement.id)) {
    if (movement.takes_part(body)) continue;
    problems.push_back({ProblemKind::conflict,
                        "movement.carrier_told",
                        "/carriers",
                        {org::unit_store::ref(tx, body, movement.from).name}});
  }
  if (!faults_of_plan(movement, movement.plan).empty())
    problems.push_back({ProblemKind::conflict, "movement.plan_left", "/carriers", {}});
  const auto outside = contribution_store::outside(tx, movement.id, movement.from, movement.to);
  if (outside > 0) {
    problems.push_back({ProblemKind::conflict,
                        "movement.contributions_outside",
                        "/to",
                        {std::to_string(outside)}});
  }
  return problems;
}

}  // namespace

base::Result<MovementId> create_movement(store::Tx& tx, const auth::Actor& actor, Now now,
                                         const Movement& asked) {
  RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::direct, asked.unit, now.day));
  base::Problems problems = faults_in(tx, asked, now.day);
  if (!problems.empty()) return base::refuse(std::move(problems));
  const MovementId id = movement_store::add(tx, asked, actor, now.at);
  record(tx, actor, now, "movement.created", object_of(id), asked.unit);
  return id;
}

base::Result<void> replace_movement(store::Tx& tx, const auth::Actor& actor, Now now, OnMovement on,
                                    const Movement& asked) {
  return change_movement(tx, actor, now, on, Deed::replace,
                         [&](Movement& kept) -> base::Result<void> {
                           kept.kind = asked.kind;
                           kept.name = asked.name;
                           kept.from = asked.from;
                           kept.to = asked.to;
                           kept.fields = asked.fields;
                           kept.carriers = asked.carriers;
                           kept.bindings = asked.bindings;
                           kept.is_illustrative = asked.is_illustrative;
                           base::Problems problems = faults_in(tx, kept, now.day);
                           if (problems.empty()) problems = faults_left(tx, kept);
                           if (!problems.empty()) return base::refuse(std::move(problems));
                           return {};
                         });
}

base::Result<void> put_plan(store::Tx& tx, const auth::Actor& actor, Now now, OnMovement on,
                            const std::vector<PlanLine>& lines) {
  return change_movement(tx, actor, now, on, Deed::plan, [&](Movement& kept) -> base::Result<void> {
    base::Problems problems = faults_of_plan(kept, lines);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (stands(tx, kept, lines[i].lead, now.day)) continue;
      problems.push_back(
          {ProblemKind::invalid, "plan.lead_unknown", "/lines/" + std::to_string(i) + "/lead", {}});
    }
    if (!parts_of(tx, actor, now.day, kept).owner) {
      std::vector<org::UnitId> mine;
      for (const org::UnitId carrier : kept.carriers)
        if (org::allows(tx, actor, org::Act::enter, carrier, now.day)) mine.push_back(carrier);
      append(problems, faults_of_others(kept.plan, lines, mine));
    }
    if (!problems.empty()) return base::refuse(std::move(problems));
    kept.plan = lines;
    return {};
  });
}

base::Result<void> start_movement(store::Tx& tx, const auth::Actor& actor, Now now, OnMovement on) {
  return change_movement(tx, actor, now, on, Deed::start,
                         [&](Movement& kept) -> base::Result<void> {
                           kept.started_on = now.day;
                           return {};
                         });
}

base::Result<void> close_movement(store::Tx& tx, const auth::Actor& actor, Now now, OnMovement on) {
  return change_movement(tx, actor, now, on, Deed::close,
                         [&](Movement& kept) -> base::Result<void> {
                           kept.closed_on = now.day;
                           return {};
                         });
}

}  // namespace mobilise
