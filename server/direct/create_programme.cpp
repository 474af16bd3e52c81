#include <algorithm>
#include <set>

#include "base/text.h"
#include "direct/indicator_store.h"
#include "direct/programme_store.h"
#include "direct/service.h"
#include "journal/journal.h"
#include "org/authority.h"
#include "org/post_store.h"
#include "registry/register_document.h"

namespace direct {
namespace {

using base::ProblemKind;

/// Faults of the programme's own parts: nothing here asks the database.
base::Problems faults_of(const NewProgramme& asked) {
  base::Problems problems;
  const Programme& programme = asked.programme;
  if (programme.from >= programme.to) {
    problems.push_back({ProblemKind::invalid,
                        "programme.span",
                        "/to",
                        {programme.from.text(), programme.to.text()}});
  }
  std::set<std::string> objectives;
  for (std::size_t i = 0; i < asked.objectives.size(); ++i) {
    if (!objectives.insert(asked.objectives[i].code).second) {
      problems.push_back({ProblemKind::invalid,
                          "programme.objective_twice",
                          "/objectives/" + std::to_string(i) + "/code",
                          {asked.objectives[i].code}});
    }
  }
  std::set<std::string> items;
  for (std::size_t i = 0; i < asked.items.size(); ++i) {
    if (!items.insert(asked.items[i].code).second) {
      problems.push_back({ProblemKind::invalid,
                          "programme.item_twice",
                          "/items/" + std::to_string(i) + "/code",
                          {asked.items[i].code}});
    }
  }
  for (const NewTarget& target : asked.targets) {
    if (!target.objective.empty() && !objectives.contains(target.objective)) {
      problems.push_back({ProblemKind::invalid,
                          "programme.objective_unknown",
                          target.pointer + "/objective",
                          {target.objective}});
    }
  }
  return problems;
}

/// Would the indicator ever have a value for the period?
void check_rule(const Indicator& indicator, const NewTarget& one, base::Problems& problems) {
  if (!indicator.frequency || *indicator.frequency == one.period.frequency()) return;
  if (one.period.parts(*indicator.frequency).empty()) {
    problems.push_back(
        {ProblemKind::invalid,
         "target.period_forbids",
         one.pointer + "/period",
         {indicator.code, std::string(base::name(*indicator.frequency)), one.period.text()}});
  } else if (indicator.across_time == AcrossTime::none) {
    problems.push_back({ProblemKind::invalid,
                        "target.rule_forbids",
                        one.pointer + "/indicator",
                        {indicator.code, one.period.text()}});
  }
}

/// A target with its way to it.
struct Read {
  Target target;
  std::vector<Milestone> milestones;
};

std::vector<Milestone> read_milestones(const Indicator& indicator, const NewTarget& target,
                                       base::Problems& problems) {
  std::vector<Milestone> made;
  std::set<std::string> seen;
  for (const NewMilestone& one : target.milestones) {
    const auto amount =
        base::parse_figure(one.value, indicator.decimals, target.notation, one.pointer + "/value");
    if (!amount) problems.insert(problems.end(), amount.error().begin(), amount.error().end());
    if (one.period.last() >= target.period.last() || !seen.insert(one.period.text()).second) {
      problems.push_back({ProblemKind::invalid,
                          "target.milestone",
                          one.pointer + "/period",
                          {one.period.text(), target.period.text()}});
    }
    made.push_back({one.period, amount.value_or(0)});
  }
  return made;
}

/// The targets' amounts in their indicators' smallest units.
std::vector<Read> read_targets(store::Tx& tx, const NewProgramme& asked, base::Problems& problems) {
  std::vector<Read> targets;
  std::set<std::pair<std::string, std::string>> stated;
  for (const NewTarget& one : asked.targets) {
    const auto indicator = indicator_store::find_by_code(tx, one.indicator);
    if (!indicator) {
      problems.push_back(
          {ProblemKind::invalid, "indicator.unknown", one.pointer + "/indicator", {one.indicator}});
      continue;
    }
    check_rule(*indicator, one, problems);
    if (!one.measure_unit.empty() &&
        base::same_name_key(one.measure_unit) != base::same_name_key(indicator->measure_unit)) {
      problems.push_back({ProblemKind::invalid,
                          "target.measure_unit",
                          one.pointer + "/measure_unit",
                          {one.measure_unit, indicator->code, indicator->measure_unit}});
    }
    auto milestones = read_milestones(*indicator, one, problems);
    auto amount =
        base::parse_figure(one.value, indicator->decimals, one.notation, one.pointer + "/value");
    if (!amount) {
      problems.insert(problems.end(), amount.error().begin(), amount.error().end());
      continue;
    }
    if (!stated.emplace(one.indicator, one.period.text()).second) {
      problems.push_back(
          {ProblemKind::invalid, "target.twice", one.pointer, {one.indicator, one.period.text()}});
      continue;
    }
    targets.push_back({{{},
                        {},
                        one.objective,
                        asked.programme.unit,
                        indicator->id,
                        one.period.text(),
                        *amount,
                        {}},
                       std::move(milestones)});
  }
  return targets;
}

}  // namespace

base::Result<ProgrammeId> create_programme(store::Tx& tx, const auth::Actor& actor,
                                           base::Instant now, base::Date day,
                                           const NewProgramme& asked) {
  const Programme& programme = asked.programme;
  RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::direct, programme.unit, day));
  base::Problems problems = faults_of(asked);
  for (std::size_t i = 0; i < asked.addressees.size(); ++i) {
    const auto above = org::post_store::unit_and_superiors(tx, asked.addressees[i], day);
    const bool below = asked.addressees[i] != programme.unit &&
                       std::find(above.begin(), above.end(), programme.unit) != above.end();
    const bool twice =
        std::count(asked.addressees.begin(), asked.addressees.end(), asked.addressees[i]) > 1;
    if (!below || twice) {
      problems.push_back({ProblemKind::invalid,
                          below ? "programme.addressee_twice" : "programme.addressee_not_below",
                          "/addressees/" + std::to_string(i),
                          {std::to_string(asked.addressees[i].value)}});
    }
  }
  if (programme.implements &&
      !programme_store::in_scope(tx, org::scope_of(actor, day), *programme.implements)) {
    problems.push_back({ProblemKind::invalid, "programme.not_found", "/implements", {}});
  }
  if (programme.document && !registry::seen_document(tx, actor, day, *programme.document)) {
    problems.push_back({ProblemKind::invalid, "document.not_found", "/document", {}});
  }
  const std::vector<Read> targets = read_targets(tx, asked, problems);
  if (!problems.empty()) return base::refuse(std::move(problems));

  const auto id = programme_store::add(tx, programme);
  if (!id) {
    return base::refuse(ProblemKind::conflict, "programme.number_taken", "/number",
                        {programme.number});
  }
  for (const Objective& objective : asked.objectives)
    programme_store::add_objective(tx, *id, objective);
  for (const RegulationItem& item : asked.items) programme_store::add_item(tx, *id, item);
  for (const org::UnitId unit : asked.addressees) programme_store::add_addressee(tx, *id, unit);
  for (const Read& read : targets) {
    Target target = read.target;
    target.programme = *id;
    const TargetId made = programme_store::add_target(tx, target).value();
    for (const Milestone& milestone : read.milestones) {
      programme_store::add_milestone(tx, made, milestone);
    }
  }
  journal::record(
      tx, actor, now,
      {"programme.created", "programme:" + std::to_string(id->value), programme.unit.value, "{}"});
  return *id;
}

}  // namespace direct
