#pragma once

#include <optional>
#include <string>
#include <vector>

#include "auth/actor.h"
#include "base/result.h"
#include "direct/programme.h"
#include "inspect/course.h"
#include "inspect/procedure.h"
#include "report/narrative.h"
#include "report/report_store.h"

/// An inspection: what is looked at, by whom, at which units. Pure.
namespace inspect {

using InspectionId = base::Id<struct InspectionTag>;

enum class TeamRole { head, deputy, member };
std::string_view name(TeamRole role);
std::optional<TeamRole> team_role_named(std::string_view name);

struct Member {
  auth::AccountId account;
  std::string login, name;
  TeamRole role = TeamRole::member;
  std::string covers;  ///< which part of the work is theirs
};

struct Inspected {
  org::UnitId unit;
  std::optional<report::ReportId> report;  ///< its self-report, once it was asked for
};

struct Inspection {
  InspectionId id;
  org::UnitId unit;  ///< who decides it
  ProcedureId procedure;
  std::string title;
  std::string team_name;  ///< "Đoàn kiểm tra số 2"
  std::string line = org::kGovernment;
  State state = State::planned;
  int year = 0, quarter = 1;
  base::Date from, to;         ///< the time looked at, half-open
  std::string planned_reason;  ///< why in spite of a clash or an overload
  int term_days = 0, extended_days = 0;
  std::string extended_reason;
  std::optional<base::Date> decided_on, announced_on, received_on, drafted_on, conferred_on,
      concluded_on, handed_on, closed_on;
  std::string cancelled_reason;
  std::string report_period;  ///< whose figures the self-report gives; empty until said
  std::optional<base::Date> report_due_on;
  std::optional<report::RequestId> request;
  std::string summary;     ///< of the result
  std::string conference;  ///< what was said at it
  bool is_illustrative = false;
  std::int64_t revision = 1;

  std::vector<Inspected> units;
  std::vector<direct::ProgrammeId> programmes;
  std::vector<registry::DocumentId> documents;
  std::vector<Member> team;
  std::vector<report::OutlineSection> sections;
  std::vector<std::string> indicators;  ///< codes

  const Inspected* inspected(org::UnitId one) const;
  const Member* member(auth::AccountId account) const;
};

/// The cause for which sight is lent: "inspection:5".
std::string object_of(InspectionId id);
Dates dates_of(const Inspection& inspection);
/// The last day of its term; none while its clock does not run.
std::optional<base::Date> due_of(const Inspection& inspection, const Procedure& procedure,
                                 const base::WorkingCalendar& calendar);

/// Faults of what is to be looked at: "inspection.span", "inspection.too_far_back" (args: the first
/// day that may be looked at), "inspection.no_unit", "inspection.unit_twice",
/// "inspection.no_programme".
base::Problems faults_of_scope(const Inspection& inspection, const Procedure& procedure,
                               base::Date day);
/// "inspection.member_twice", "inspection.no_head" unless there is exactly one.
base::Problems faults_of_team(const std::vector<Member>& team);
/// "inspection.extension_too_long" (args: what is left), "inspection.extension_reason".
base::Problems faults_of_extension(const Inspection& inspection, const Procedure& procedure,
                                   int days, const std::string& reason);

}  // namespace inspect
