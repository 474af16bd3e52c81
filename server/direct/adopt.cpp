#include <algorithm>
#include <set>

#include "direct/indicator_store.h"
#include "direct/programme_store.h"
#include "direct/service.h"
#include "journal/journal.h"
#include "org/authority.h"
#include "org/unit_store.h"

namespace direct {
namespace {

using base::ProblemKind;

bool is_addressee(store::Tx& tx, ProgrammeId programme, org::UnitId unit) {
  const auto units = programme_store::addressees(tx, programme);
  return std::find(units.begin(), units.end(), unit) != units.end();
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
  RETURN_IF_REFUSED(check_reason(asked));
  if (asked.by_programme) {
    const auto own = programme_store::find(tx, *asked.by_programme);
    if (!own || own->unit != unit) {
      return base::refuse(ProblemKind::invalid, "programme.not_found", "/programme");
    }
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
  RETURN_IF_REFUSED(check_reason(asked));
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

base::Result<void> allocate_target(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                                   base::Date day, TargetId target_id,
                                   const std::vector<AskedAllocation>& asked) {
  const auto target = programme_store::target(tx, target_id);
  if (!target) return base::refuse(ProblemKind::not_found, "target.not_found");
  if (auto allowed = org::allows(tx, actor, org::Act::direct, target->unit, day); !allowed) {
    if (allowed.error().front().kind == ProblemKind::not_found) {
      return base::refuse(ProblemKind::not_found, "target.not_found");
    }
    return allowed;
  }
  const auto indicator = indicator_store::find(tx, target->indicator).value();
  base::Problems problems;
  std::set<std::int64_t> units;
  std::vector<std::int64_t> amounts;
  for (const AskedAllocation& one : asked) {
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
  }
  journal::record(tx, actor, now,
                  {"target.allocated", "target:" + std::to_string(target_id.value),
                   target->unit.value, "{\"units\":" + std::to_string(asked.size()) + "}"});
  return {};
}

base::Result<TaskId> create_task(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                                 base::Date day, const Task& task) {
  RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::direct, task.unit, day));
  base::Problems problems;
  const auto fault = [&](const char* code, const char* field) {
    problems.push_back({ProblemKind::invalid, code, field, {}});
  };
  if (task.deliverable.empty()) fault("task.deliverable_missing", "/deliverable");
  if (!task.lead || !org::unit_store::alive(tx, task.lead, day))
    fault("task.lead_unknown", "/lead");
  if (task.due < task.from) fault("task.due_before_start", "/due");
  for (const org::UnitId unit : task.supporting) {
    if (!org::unit_store::alive(tx, unit, day)) fault("task.supporting_unknown", "/supporting");
  }
  const auto programme = programme_store::find(tx, task.programme);
  if (!programme || !programme_store::in_scope(tx, org::scope_of(actor, day), task.programme)) {
    fault("programme.not_found", "/programme");
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  const TaskId id = programme_store::add_task(tx, task);
  journal::record(tx, actor, now,
                  {"task.created", "task:" + std::to_string(id.value), task.unit.value, "{}"});
  return id;
}

}  // namespace direct
