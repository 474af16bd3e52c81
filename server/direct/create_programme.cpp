#include <algorithm>
#include <set>

#include "direct/indicator_store.h"
#include "direct/programme_store.h"
#include "direct/service.h"
#include "journal/journal.h"
#include "org/authority.h"
#include "org/post_store.h"

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

/// The targets' amounts in their indicators' smallest units.
std::vector<Target> read_targets(store::Tx& tx, const NewProgramme& asked,
                                 base::Problems& problems) {
  std::vector<Target> targets;
  std::set<std::pair<std::string, std::string>> stated;
  for (const NewTarget& one : asked.targets) {
    const auto indicator = indicator_store::find_by_code(tx, one.indicator);
    if (!indicator) {
      problems.push_back(
          {ProblemKind::invalid, "indicator.unknown", one.pointer + "/indicator", {one.indicator}});
      continue;
    }
    auto amount = base::parse_figure(one.value, indicator->decimals, base::Notation::program,
                                     one.pointer + "/value");
    if (!amount) {
      problems.insert(problems.end(), amount.error().begin(), amount.error().end());
      continue;
    }
    if (!stated.emplace(one.indicator, one.period.text()).second) {
      problems.push_back(
          {ProblemKind::invalid, "target.twice", one.pointer, {one.indicator, one.period.text()}});
      continue;
    }
    targets.push_back(
        {{}, {}, one.objective, asked.programme.unit, indicator->id, one.period.text(), *amount});
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
  const std::vector<Target> targets = read_targets(tx, asked, problems);
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
  for (Target target : targets) {
    target.programme = *id;
    programme_store::add_target(tx, target);
  }
  journal::record(
      tx, actor, now,
      {"programme.created", "programme:" + std::to_string(id->value), programme.unit.value, "{}"});
  return *id;
}

}  // namespace direct
