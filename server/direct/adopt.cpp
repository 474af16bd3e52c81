#include <algorithm>
#include <set>

#include "base/text.h"
#include "direct/indicator_store.h"
#include "direct/programme_store.h"
#include "direct/service.h"
#include "journal/journal.h"
#include "org/authority.h"
#include "org/unit_store.h"
#include "registry/document_store.h"

namespace direct {
namespace {

using base::ProblemKind;

bool is_addressee(store::Tx& tx, ProgrammeId programme, org::UnitId unit) {
  const auto units = programme_store::addressees(tx, programme);
  return std::find(units.begin(), units.end(), unit) != units.end();
}

base::Result<void> check_running(const Programme& programme, base::Date day) {
  if (day < programme.to) return {};
  return base::refuse(ProblemKind::conflict, "programme.ended", "",
                      {programme.number, programme.to.text()});
}

/// The paper of the unit's own programme makes the superior's concrete.
void relate_papers(store::Tx& tx, const Programme& above, const Programme& own) {
  if (!above.document || !own.document || *above.document == *own.document) return;
  registry::document_store::add_relation(tx, *own.document,
                                         {registry::RelationKind::makes_concrete, *above.document});
}

base::Result<void> check_reason(const AskedAdoption& asked) {
  if (asked.state == AdoptionState::declined && asked.reason.empty()) {
    return base::refuse(ProblemKind::invalid, "programme.reason_missing", "/reason");
  }
  return {};
}

std::string detail(const AskedAdoption& asked) {
  return "{\"state\":\"" + std::string(name(asked.state)) + "\"}";
}

}  // namespace

base::Result<void> adopt_programme(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                                   base::Date day, ProgrammeId programme, org::UnitId unit,
                                   const AskedAdoption& asked) {
  RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::adopt, unit, day));
  if (!is_addressee(tx, programme, unit))
    return base::refuse(ProblemKind::not_found, "programme.not_found");
  const Programme above = programme_store::find(tx, programme).value();
  RETURN_IF_REFUSED(check_running(above, day));
  RETURN_IF_REFUSED(check_reason(asked));
  if (asked.by_programme) {
    const auto own = programme_store::find(tx, *asked.by_programme);
    if (!own || own->unit != unit) {
      return base::refuse(ProblemKind::invalid, "programme.not_found", "/programme");
    }
    relate_papers(tx, above, *own);
  }
  programme_store::adopt(tx, programme, unit, {asked.state, asked.reason, {}}, asked.by_programme,
                         actor.account(), now);
  journal::record(tx, actor, now,
                  {"programme.adopted", "programme:" + std::to_string(programme.value), unit.value,
                   detail(asked)});
  return {};
}

base::Result<void> adopt_target(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                                base::Date day, TargetId target_id, org::UnitId unit,
                                const AskedAdoption& asked) {
  RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::adopt, unit, day));
  const auto target = programme_store::target(tx, target_id);
  if (!target || !is_addressee(tx, target->programme, unit)) {
    return base::refuse(ProblemKind::not_found, "target.not_found");
  }
  RETURN_IF_REFUSED(check_running(programme_store::find(tx, target->programme).value(), day));
  RETURN_IF_REFUSED(check_reason(asked));
  const Adoption before = programme_store::target_adoption(tx, target_id, unit);
  if (before.state == AdoptionState::declined && asked.state == AdoptionState::adopted) {
    return base::refuse(ProblemKind::conflict, "target.declined_before", "", {before.reason});
  }
  Adoption adoption{asked.state, asked.reason, {}};
  if (asked.value) {
    const auto indicator = indicator_store::find(tx, target->indicator).value();
    ASSIGN_OR_RETURN(adoption.amount, base::parse_figure(*asked.value, indicator.decimals,
                                                         base::Notation::program, "/value"));
  }
  programme_store::adopt(tx, target_id, unit, adoption, actor.account(), now);
  journal::record(
      tx, actor, now,
      {"target.adopted", "target:" + std::to_string(target_id.value), unit.value, detail(asked)});
  return {};
}

base::Result<void> adopt_all(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                             base::Date day, org::UnitId unit,
                             const std::vector<AskedAnswer>& answers) {
  RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::adopt, unit, day));
  base::Problems problems;
  for (const AskedAnswer& answer : answers) {
    if (answer.programme.has_value() == answer.target.has_value()) {
      problems.push_back({ProblemKind::invalid, "programme.answer_to_one", answer.pointer, {}});
      continue;
    }
    const auto done =
        answer.programme
            ? adopt_programme(tx, actor, now, day, *answer.programme, unit, answer.adoption)
            : adopt_target(tx, actor, now, day, *answer.target, unit, answer.adoption);
    if (done) continue;
    for (base::Problem problem : done.error()) {
      problem.field = answer.pointer + problem.field;
      problems.push_back(std::move(problem));
    }
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  return {};
}

base::Result<void> allocate_target(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                                   base::Date day, TargetId target_id,
                                   const std::vector<AskedAllocation>& asked) {
  const auto target = programme_store::target(tx, target_id);
  const org::UnitId owner = org::unit_of(target).value_or(org::UnitId{});
  if (auto allowed = org::allows(tx, actor, org::Act::direct, owner, day); !allowed) {
    if (allowed.error().front().kind == ProblemKind::not_found) {
      return base::refuse(ProblemKind::not_found, "target.not_found");
    }
    return allowed;
  }
  if (!target) return base::refuse(ProblemKind::not_found, "target.not_found");
  const auto indicator = indicator_store::find(tx, target->indicator).value();
  base::Problems problems;
  if (indicator.across_units == AcrossUnits::none) {
    return base::refuse(ProblemKind::invalid, "target.not_allocated", "/items", {indicator.code});
  }
  std::set<std::int64_t> units;
  std::vector<std::int64_t> amounts;
  for (const AskedAllocation& one : asked) {
    if (!one.measure_unit.empty() &&
        base::same_name_key(one.measure_unit) != base::same_name_key(indicator.measure_unit)) {
      problems.push_back({ProblemKind::invalid,
                          "target.measure_unit",
                          one.pointer + "/measure_unit",
                          {one.measure_unit, indicator.code, indicator.measure_unit}});
    }
    if (!is_addressee(tx, target->programme, one.unit)) {
      problems.push_back({ProblemKind::invalid,
                          "target.not_addressee",
                          one.pointer + "/unit",
                          {std::to_string(one.unit.value)}});
    }
    if (!units.insert(one.unit.value).second) {
      problems.push_back({ProblemKind::invalid,
                          "target.unit_twice",
                          one.pointer + "/unit",
                          {std::to_string(one.unit.value)}});
    }
    auto amount = base::parse_figure(one.value, indicator.decimals, base::Notation::program,
                                     one.pointer + "/value");
    if (!amount) {
      problems.insert(problems.end(), amount.error().begin(), amount.error().end());
      amounts.push_back(0);
    } else {
      amounts.push_back(*amount);
    }
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  for (std::size_t i = 0; i < asked.size(); ++i) {
    programme_store::allocate(tx, *target, asked[i].unit, amounts[i]);
    programme_store::forget_declined(tx, target_id, asked[i].unit);
  }
  journal::record(tx, actor, now,
                  {"target.allocated", "target:" + std::to_string(target_id.value),
                   target->unit.value, "{\"units\":" + std::to_string(asked.size()) + "}"});
  return {};
}

}  // namespace direct
