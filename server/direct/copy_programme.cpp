#include <algorithm>
#include <set>

#include "direct/follow_task.h"
#include "direct/indicator_store.h"
#include "direct/programme_store.h"
#include "direct/service.h"
#include "org/authority.h"
#include "org/post_store.h"

namespace direct {
namespace {

/// The same day so many years later; the 29th of February becomes the 28th.
base::Date later(base::Date day, int years) {
  const bool leaps = day.month() == 2 && day.day() == 29;
  return {day.year() + years, day.month(), leaps ? 28U : day.day()};
}

base::Period later(const std::string& period, int years) {
  const base::Period was = base::Period::parse(period).value();
  return {was.year() + years, was.frequency(), was.index()};
}

/// The unit, or the first of its heirs when it has ended.
org::UnitId today_of(store::Tx& tx, org::UnitId unit, base::Date day) {
  const auto heirs = org::post_store::unit_or_heirs(tx, unit, day);
  return heirs.empty() ? unit : heirs.front();
}

std::vector<NewTarget> targets_of(store::Tx& tx, const Programme& from, int years) {
  std::vector<NewTarget> made;
  for (const Target& target : programme_store::targets(tx, from.id, from.unit)) {
    const Indicator indicator = indicator_store::find(tx, target.indicator).value();
    const auto figure = [&](std::int64_t amount) {
      return base::canonical_figure(amount, indicator.decimals);
    };
    NewTarget next{target.objective,
                   indicator.code,
                   later(target.period, years),
                   figure(target.amount),
                   "/targets/" + std::to_string(made.size()),
                   {}};
    for (const Milestone& one : programme_store::milestones(tx, target.id)) {
      next.milestones.push_back(
          {later(one.period.text(), years), figure(one.amount), next.pointer});
    }
    made.push_back(std::move(next));
  }
  return made;
}

}  // namespace

base::Result<ProgrammeId> copy_programme(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                                         base::Date day, ProgrammeId from_id,
                                         const NextTerm& next) {
  const auto from = programme_store::in_scope(tx, org::scope_of(actor, day), from_id)
                        ? programme_store::find(tx, from_id)
                        : std::nullopt;
  if (!from) {
    return base::refuse(base::ProblemKind::not_found, "programme.not_found");
  }
  NewProgramme asked;
  asked.programme = *from;
  asked.programme.number = next.number;
  asked.programme.title = next.title;
  asked.programme.issued_on = next.issued_on;
  asked.programme.from = next.from;
  asked.programme.to = next.to;
  asked.programme.implements.reset();
  asked.programme.document.reset();
  std::set<org::UnitId> addressees;
  for (const org::UnitId unit : programme_store::addressees(tx, from_id)) {
    for (const org::UnitId heir : org::post_store::unit_or_heirs(tx, unit, day)) {
      addressees.insert(heir);
    }
  }
  asked.addressees.assign(addressees.begin(), addressees.end());
  asked.objectives = programme_store::objectives(tx, from_id);
  asked.items = programme_store::items(tx, from_id);
  asked.targets = targets_of(tx, *from, next.years);
  ASSIGN_OR_RETURN(const ProgrammeId id, create_programme(tx, actor, now, day, asked));
  task_store::Wanted wanted;
  wanted.programme = from_id;
  wanted.unit = from->unit;
  wanted.limit = 5000;
  for (Task task : task_store::visible(tx, org::scope_of(actor, day), wanted)) {
    if (task.state == TaskState::cancelled) continue;
    task.programme = id;
    task.parent.reset();
    task.lead = today_of(tx, task.lead, day);
    std::set<org::UnitId> supporting;
    for (const org::UnitId unit : task.supporting) supporting.insert(today_of(tx, unit, day));
    supporting.erase(task.lead);
    task.supporting.assign(supporting.begin(), supporting.end());
    task.from = later(task.from, next.years);
    task.due = later(task.due, next.years);
    RETURN_IF_REFUSED(create_task(tx, actor, now, day, task));
  }
  return id;
}

}  // namespace direct
