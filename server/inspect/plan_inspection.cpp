#include <algorithm>
#include <set>

#include "auth/accounts.h"
#include "direct/indicator_store.h"
#include "direct/programme_store.h"
#include "inspect/change_inspection.h"
#include "inspect/inspection_store.h"
#include "inspect/plan_guard.h"
#include "inspect/procedure_store.h"
#include "org/lent_sight.h"
#include "org/post_store.h"
#include "org/unit_store.h"
#include "registry/document_store.h"

namespace inspect {
namespace {

using base::ProblemKind;

void append(base::Problems& problems, base::Problems more) {
  problems.insert(problems.end(), more.begin(), more.end());
}

base::Problems faults_of_reach(store::Tx& tx, const auth::Actor& actor, base::Date day,
                               const Inspection& asked) {
  base::Problems problems;
  const org::Scope scope = org::scope_of(actor, day);
  const auto fault = [&](const char* code, const char* list, std::size_t at) {
    problems.push_back({ProblemKind::invalid, code, list + std::to_string(at), {}});
  };
  if (!org::unit_store::line_exists(tx, asked.line)) {
    problems.push_back({ProblemKind::invalid, "inspection.line_unknown", "/line", {asked.line}});
  }
  for (std::size_t i = 0; i < asked.units.size(); ++i) {
    const auto above =
        org::post_store::unit_and_superiors(tx, asked.units[i].unit, day, asked.line);
    const bool is_below = asked.units[i].unit != asked.unit &&
                          std::find(above.begin(), above.end(), asked.unit) != above.end();
    if (!is_below) fault("inspection.unit_not_below", "/units/", i);
  }
  for (std::size_t i = 0; i < asked.programmes.size(); ++i) {
    if (!direct::programme_store::in_scope(tx, scope, asked.programmes[i]))
      fault("programme.not_found", "/programmes/", i);
  }
  for (std::size_t i = 0; i < asked.documents.size(); ++i) {
    if (!registry::document_store::in_scope(tx, scope, asked.documents[i]))
      fault("document.not_found", "/documents/", i);
  }
  return problems;
}

void drop_doubles(Inspection& inspection) {
  const auto once = [](auto& list) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
  };
  once(inspection.programmes);
  once(inspection.documents);
}

/// Looks the plan over; `made` gets its procedure.
base::Result<void> look_over(store::Tx& tx, const auth::Actor& actor, base::Date day,
                             const AskedInspection& asked, Inspection& made) {
  const auto procedure = procedure_store::in_force(tx, asked.procedure, day);
  if (!procedure) {
    return base::refuse(ProblemKind::invalid, "inspection.procedure_unknown", "/procedure",
                        {asked.procedure, day.text()});
  }
  made.procedure = procedure->id;
  made.planned_reason = asked.reason;
  base::Problems problems = faults_of_scope(made, *procedure, day);
  append(problems, faults_of_reach(tx, actor, day, made));
  if (problems.empty() && asked.reason.empty())
    problems = refusals_of(units_weighed(tx, made, day));
  if (!problems.empty()) return base::refuse(std::move(problems));
  drop_doubles(made);
  return {};
}

/// The account behind each login, and what speaks against it.
base::Problems read_team(store::Tx& tx, const Inspection& inspection, base::Date day,
                         std::vector<Member>& team) {
  base::Problems problems;
  for (std::size_t i = 0; i < team.size(); ++i) {
    const std::string field = "/members/" + std::to_string(i) + "/login";
    const auto account = auth::find_account_by_login(tx, team[i].login);
    if (!account || account->is_disabled) {
      problems.push_back(
          {ProblemKind::invalid, "inspection.member_unknown", field, {team[i].login}});
      continue;
    }
    team[i].account = account->id;
    team[i].login = account->login;
    team[i].name = account->name;
    const bool is_of_unit =
        std::any_of(inspection.units.begin(), inspection.units.end(), [&](const Inspected& one) {
          return inspection_store::holds_post_at(tx, account->id, one.unit, day);
        });
    if (is_of_unit) {
      problems.push_back(
          {ProblemKind::invalid, "inspection.member_of_unit", field, {account->name}});
    }
  }
  append(problems, faults_of_team(team));
  return problems;
}

void lend_sight(store::Tx& tx, const Inspection& inspection, base::Date day) {
  for (const Member& member : inspection.team) {
    for (const Inspected& one : inspection.units) {
      org::lent_sight::lend(tx, member.account, one.unit, object_of(inspection.id), day);
    }
  }
}

}  // namespace

base::Result<InspectionId> plan_inspection(store::Tx& tx, const auth::Actor& actor, Now now,
                                           const AskedInspection& asked) {
  RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::inspect, asked.inspection.unit, now.day));
  Inspection made = asked.inspection;
  RETURN_IF_REFUSED(look_over(tx, actor, now.day, asked, made));
  made.id = inspection_store::add(tx, made, actor, now.at);
  inspection_store::replace_scope(tx, made);
  record(tx, actor, now, made, "planned");
  return made.id;
}

base::Result<void> replace_inspection(store::Tx& tx, const auth::Actor& actor, Now now,
                                      OnInspection on, const AskedInspection& asked) {
  const auto rule = [&](Inspection& kept) -> base::Result<void> {
    Inspection made = asked.inspection;
    made.id = kept.id;
    made.unit = kept.unit;
    made.revision = kept.revision;
    made.report_period = kept.report_period;
    made.report_due_on = kept.report_due_on;
    made.team = kept.team;
    RETURN_IF_REFUSED(look_over(tx, actor, now.day, asked, made));
    auto problems = read_team(tx, made, now.day, made.team);
    if (!made.team.empty() && !problems.empty()) return base::refuse(std::move(problems));
    inspection_store::replace_scope(tx, made);
    kept = std::move(made);
    return {};
  };
  return change_inspection(tx, actor, now, on, {Deed::replace, rule});
}

base::Result<void> put_team(store::Tx& tx, const auth::Actor& actor, Now now, OnInspection on,
                            std::vector<Member> team, const std::string& reason) {
  const auto rule = [&](Inspection& kept) -> base::Result<void> {
    base::Problems problems = read_team(tx, kept, now.day, team);
    if (problems.empty() && reason.empty()) problems = refusals_of(members_weighed(tx, kept, team));
    if (!problems.empty()) return base::refuse(std::move(problems));
    if (!reason.empty() && !kept.planned_reason.contains(reason))
      kept.planned_reason += (kept.planned_reason.empty() ? "" : "; ") + reason;
    for (const Member& before : kept.team) {
      const bool stays = std::any_of(team.begin(), team.end(), [&](const Member& one) {
        return one.account == before.account;
      });
      if (!stays) org::lent_sight::take_back(tx, object_of(kept.id), before.account, now.day);
    }
    kept.team = std::move(team);
    inspection_store::replace_team(tx, kept);
    if (runs(kept.state)) lend_sight(tx, kept, now.day);
    return {};
  };
  return change_inspection(tx, actor, now, on, {Deed::team, rule});
}

base::Result<void> put_outline(store::Tx& tx, const auth::Actor& actor, Now now, OnInspection on,
                               const AskedOutline& asked) {
  const auto rule = [&](Inspection& kept) -> base::Result<void> {
    base::Problems problems = report::faults_of(asked.sections);
    if (asked.sections.empty() && asked.indicators.empty())
      problems.push_back({ProblemKind::invalid, "inspection.outline_empty", "/sections", {}});
    if (asked.due_on < now.day)
      problems.push_back({ProblemKind::invalid, "inspection.due_past", "/due_on", {}});
    for (std::size_t i = 0; i < asked.indicators.size(); ++i) {
      if (direct::indicator_store::find_by_code(tx, asked.indicators[i])) continue;
      problems.push_back({ProblemKind::invalid,
                          "indicator.unknown",
                          "/indicators/" + std::to_string(i),
                          {asked.indicators[i]}});
    }
    if (!problems.empty()) return base::refuse(std::move(problems));
    kept.sections = asked.sections;
    kept.indicators = asked.indicators;
    kept.report_period = asked.period;
    kept.report_due_on = asked.due_on;
    // What would be refused when it is announced is told now, to who may announce it.
    if (parts_of(tx, actor, now.day, kept).office) {
      RETURN_IF_REFUSED(report::check_request(tx, actor, now, self_report_request(kept)));
    }
    inspection_store::replace_outline(tx, kept);
    return {};
  };
  return change_inspection(tx, actor, now, on, {Deed::outline, rule});
}

base::Result<void> decide_inspection(store::Tx& tx, const auth::Actor& actor, Now now,
                                     OnInspection on, const std::optional<int>& days,
                                     const std::string& reason) {
  const auto rule = [&](Inspection& kept) -> base::Result<void> {
    // The version in force on the day of the decision holds.
    const auto planned = procedure_store::find(tx, kept.procedure).value();
    const auto procedure = procedure_store::in_force(tx, planned.code, now.day).value_or(planned);
    const auto unit = org::unit_store::find(tx, kept.unit, now.day, kept.line);
    const int cap = cap_of(procedure, unit && unit->level ? *unit->level : 1);
    base::Problems problems = faults_of_scope(kept, procedure, now.day);
    if (days.value_or(cap) > cap) {
      problems.push_back(
          {ProblemKind::invalid, "inspection.term_too_long", "/days", {std::to_string(cap)}});
    }
    if (!reason.empty()) kept.planned_reason = reason;
    if (problems.empty() && kept.planned_reason.empty())
      problems = refusals_of(units_weighed(tx, kept, now.day));
    if (!problems.empty()) return base::refuse(std::move(problems));
    kept.procedure = procedure.id;
    kept.term_days = days.value_or(cap);
    kept.decided_on = now.day;
    lend_sight(tx, kept, now.day);
    return {};
  };
  return change_inspection(tx, actor, now, on, {Deed::decide, rule});
}

}  // namespace inspect
