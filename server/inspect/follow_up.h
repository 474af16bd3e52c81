#pragma once

#include <optional>
#include <string>
#include <vector>

#include "direct/task_store.h"
#include "inspect/finding.h"
#include "inspect/inspection.h"

/// What came of a conclusion: its demands and the units' own commitments, each a task; and all SQL
/// of it.
namespace inspect {

using FollowUpId = base::Id<struct FollowUpTag>;

enum class FollowUpKind { demand, commitment };
std::string_view name(FollowUpKind kind);

struct FollowUp {
  FollowUpId id;
  InspectionId inspection;
  org::UnitId unit;  ///< the inspected one
  FollowUpKind kind = FollowUpKind::demand;
  std::optional<FindingId> finding;
  direct::TaskId task;
  auth::AccountId account;  ///< who wrote it
  std::string actor;
  base::Instant at;
  std::optional<base::Date> verified_on;
  std::optional<auth::AccountId> verifier;
  std::string verified_by, remark;
};

enum class FollowUpState { open, overdue, done, closed };
std::string_view name(FollowUpState state);
/// Done is what its lead says; closed what someone else has seen. A task that was called off counts
/// as open until that is looked at.
FollowUpState state_of(const FollowUp& follow_up, const direct::Task& task, base::Date day);

/// Who looks at it, and how it stands, as the rule needs it.
struct Verifying {
  bool is_done = false;         ///< its lead says so
  bool has_evidence = false;    ///< words or a file beside that
  bool is_author = false;       ///< wrote the demand or the finding behind it, or gave the evidence
  bool is_of_the_unit = false;  ///< holds a post at the inspected unit or below it
};
/// "follow_up.closed", "follow_up.not_done", "follow_up.no_evidence", "follow_up.own",
/// "follow_up.of_the_unit": all that stands against closing it.
base::Problems against(const FollowUp& follow_up, const Verifying& how);

namespace follow_up_store {

FollowUpId add(store::Tx& tx, const FollowUp& follow_up);
void verify(store::Tx& tx, const FollowUp& follow_up);
std::optional<FollowUp> find(store::Tx& tx, FollowUpId id);
std::vector<FollowUp> of_inspection(store::Tx& tx, InspectionId id);
std::vector<FollowUp> of_finding(store::Tx& tx, FindingId id);

}  // namespace follow_up_store
}  // namespace inspect
