#include <algorithm>

#include "direct/follow_task.h"
#include "inspect/change_inspection.h"
#include "inspect/inspection_store.h"

namespace inspect {
namespace {

using base::ProblemKind;

/// What a demand or commitment says wrongly of the inspection it belongs to.
base::Problems faults_of(store::Tx& tx, const Inspection& kept, const AskedFollowUp& asked,
                         base::Date day, const std::string& at) {
  base::Problems problems;
  const auto fault = [&](const char* code, const char* field) {
    problems.push_back({ProblemKind::invalid, code, at + field, {}});
  };
  if (!asked.lead) fault("demand.lead_missing", "lead");
  if (!asked.due) fault("demand.due_missing", "due");
  if (asked.due && *asked.due < day) fault("demand.due_past", "due");
  if (asked.programme && std::find(kept.programmes.begin(), kept.programmes.end(),
                                   *asked.programme) == kept.programmes.end())
    fault("inspection.programme_not_in_scope", "programme");
  if (asked.finding) {
    const auto finding = finding_store::find(tx, *asked.finding);
    if (!finding || finding->inspection != kept.id) fault("demand.finding_unknown", "finding");
  }
  return problems;
}

direct::Task task_of(const Inspection& kept, const AskedFollowUp& asked, org::UnitId by,
                     base::Date day) {
  direct::Task made;
  made.programme = asked.programme.value_or(kept.programmes.front());
  made.unit = by;
  made.title = asked.title;
  made.deliverable = asked.deliverable;
  made.lead = asked.lead.value_or(org::UnitId{});
  made.supporting = asked.supporting;
  made.from = asked.from.value_or(day);
  made.due = asked.due.value_or(made.from);
  return made;
}

FollowUp follow_up_of(const auth::Actor& actor, Now now, const Inspection& kept, FollowUpKind kind,
                      org::UnitId unit, const AskedFollowUp& asked) {
  FollowUp made;
  made.inspection = kept.id;
  made.kind = kind;
  made.unit = unit;
  made.finding = asked.finding;
  made.account = actor.account();
  made.actor = actor.name();
  made.at = now.at;
  return made;
}

/// Every demand's faults at once; nothing is written when there is one.
base::Result<void> make_demands(store::Tx& tx, const auth::Actor& actor, Now now,
                                const Inspection& kept, const std::vector<AskedFollowUp>& demands) {
  base::Problems problems;
  const auto append = [&](const base::Problems& more) {
    problems.insert(problems.end(), more.begin(), more.end());
  };
  for (std::size_t i = 0; i < demands.size(); ++i) {
    const AskedFollowUp& asked = demands[i];
    const std::string at = "/demands/" + std::to_string(i) + "/";
    const auto unit = inspected_unit(kept, asked.unit, at + "unit");
    if (!unit) append(unit.error());
    const auto own = faults_of(tx, kept, asked, now.day, at);
    append(own);
    if (!unit || !own.empty()) continue;
    const auto task = direct::create_task(tx, actor, now.at, now.day,
                                          task_of(kept, asked, kept.unit, now.day), at);
    if (!task) {
      append(task.error());
      continue;
    }
    FollowUp made = follow_up_of(actor, now, kept, FollowUpKind::demand, *unit, asked);
    made.task = *task;
    follow_up_store::add(tx, made);
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  return {};
}

}  // namespace

base::Result<void> draft_result(store::Tx& tx, const auth::Actor& actor, Now now, OnInspection on,
                                const std::string& summary) {
  const auto rule = [&](Inspection& kept) -> base::Result<void> {
    kept.summary = summary;
    kept.drafted_on = now.day;
    return {};
  };
  return change_inspection(tx, actor, now, on, {Deed::draft, rule});
}

base::Result<void> hold_conference(store::Tx& tx, const auth::Actor& actor, Now now,
                                   OnInspection on, base::Date day, const std::string& text) {
  const auto rule = [&](Inspection& kept) -> base::Result<void> {
    if (day > now.day || day < *kept.drafted_on)
      return base::refuse(ProblemKind::invalid, "inspection.conference_day", "/on",
                          {kept.drafted_on->text(), now.day.text()});
    kept.conferred_on = day;
    kept.conference = text;
    return {};
  };
  return change_inspection(tx, actor, now, on, {Deed::confer, rule});
}

base::Result<void> conclude_inspection(store::Tx& tx, const auth::Actor& actor, Now now,
                                       OnInspection on, const std::string& summary,
                                       const std::vector<AskedFollowUp>& demands) {
  const auto rule = [&](Inspection& kept) -> base::Result<void> {
    RETURN_IF_REFUSED(make_demands(tx, actor, now, kept, demands));
    kept.summary = summary;
    kept.concluded_on = now.day;
    return {};
  };
  return change_inspection(
      tx, actor, now, on,
      {Deed::conclude, rule, "{\"demands\":" + std::to_string(demands.size()) + "}"});
}

base::Result<void> hand_over_conclusion(store::Tx& tx, const auth::Actor& actor, Now now,
                                        OnInspection on) {
  const auto rule = [&](Inspection& kept) -> base::Result<void> {
    kept.handed_on = now.day;
    return {};
  };
  return change_inspection(tx, actor, now, on, {Deed::hand_over, rule});
}

base::Result<void> commit_to(store::Tx& tx, const auth::Actor& actor, Now now, OnInspection on,
                             const AskedFollowUp& asked) {
  const auto rule = [&](Inspection& kept) -> base::Result<void> {
    ASSIGN_OR_RETURN(const org::UnitId unit, inspected_unit(kept, asked.unit, "/unit"));
    AskedFollowUp own = asked;
    if (!own.lead) own.lead = unit;
    if (auto problems = faults_of(tx, kept, own, now.day, "/"); !problems.empty())
      return base::refuse(std::move(problems));
    ASSIGN_OR_RETURN(
        const direct::TaskId task,
        direct::create_task(tx, actor, now.at, now.day, task_of(kept, own, unit, now.day)));
    FollowUp made = follow_up_of(actor, now, kept, FollowUpKind::commitment, unit, own);
    made.task = task;
    follow_up_store::add(tx, made);
    return {};
  };
  return change_inspection(tx, actor, now, on, {Deed::commit, rule});
}

}  // namespace inspect
