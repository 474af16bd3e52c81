#include "inspect/follow_up.h"

#include <array>

namespace inspect {

using base::ProblemKind;

std::string_view name(FollowUpKind kind) {
  return kind == FollowUpKind::demand ? "demand" : "commitment";
}

std::string_view name(FollowUpState state) {
  static constexpr std::array<std::string_view, 4> kNames{"open", "overdue", "done", "closed"};
  return kNames[static_cast<std::size_t>(state)];
}

FollowUpState state_of(const FollowUp& follow_up, const direct::Task& task, base::Date day) {
  if (follow_up.verified_on) return FollowUpState::closed;
  if (task.state == direct::TaskState::done) return FollowUpState::done;
  return task.due < day ? FollowUpState::overdue : FollowUpState::open;
}

base::Problems against(const FollowUp& follow_up, const Verifying& how) {
  base::Problems problems;
  const auto fault = [&](bool is_so, ProblemKind kind, const char* code) {
    if (is_so) problems.push_back({kind, code, "", {}});
  };
  fault(follow_up.verified_on.has_value(), ProblemKind::conflict, "follow_up.closed");
  fault(!how.is_done, ProblemKind::conflict, "follow_up.not_done");
  fault(how.is_done && !how.has_evidence, ProblemKind::conflict, "follow_up.no_evidence");
  fault(how.is_author, ProblemKind::conflict, "follow_up.own");
  fault(how.is_of_the_unit, ProblemKind::conflict, "follow_up.of_the_unit");
  return problems;
}

namespace follow_up_store {
namespace {

#define FOLLOW_UP_COLUMNS                                                                 \
  "select id, inspection_id, unit_id, kind, finding_id, task_id, account_id, actor, at, " \
  "verified_on, verifier_id, verifier, remark from follow_up "

FollowUp follow_up_of(const store::Row& row) {
  FollowUp made;
  made.id = row.id<FollowUpId>(0);
  made.inspection = row.id<InspectionId>(1);
  made.unit = row.id<org::UnitId>(2);
  made.kind = row.text(3) == "demand" ? FollowUpKind::demand : FollowUpKind::commitment;
  if (!row.is_null(4)) made.finding = row.id<FindingId>(4);
  made.task = row.id<direct::TaskId>(5);
  made.account = row.id<auth::AccountId>(6);
  made.actor = row.string(7);
  made.at = row.instant(8);
  if (!row.is_null(9)) made.verified_on = row.date(9);
  if (!row.is_null(10)) made.verifier = row.id<auth::AccountId>(10);
  made.verified_by = row.string(11);
  made.remark = row.string(12);
  return made;
}

}  // namespace

FollowUpId add(store::Tx& tx, const FollowUp& follow_up) {
  static constexpr store::Sql kAdd{"follow_up.add",
                                   "insert into follow_up (inspection_id, unit_id, kind, "
                                   "finding_id, task_id, account_id, actor, "
                                   "at) values (:inspection, :unit, :kind, :finding, :task, "
                                   ":account, :actor, :at) returning id"};
  return {tx.integer(kAdd, {{"inspection", follow_up.inspection},
                            {"unit", follow_up.unit},
                            {"kind", name(follow_up.kind)},
                            {"finding", follow_up.finding},
                            {"task", follow_up.task},
                            {"account", follow_up.account},
                            {"actor", follow_up.actor},
                            {"at", follow_up.at}})};
}

void verify(store::Tx& tx, const FollowUp& follow_up) {
  static constexpr store::Sql kVerify{
      "follow_up.verify",
      "update follow_up set verified_on = :on, verifier_id = :account, verifier = :by, remark = "
      ":remark where id = :id"};
  tx.run(kVerify, {{"on", follow_up.verified_on},
                   {"account", follow_up.verifier},
                   {"by", follow_up.verified_by},
                   {"remark", follow_up.remark},
                   {"id", follow_up.id}});
}

std::optional<FollowUp> find(store::Tx& tx, FollowUpId id) {
  static constexpr store::Sql kFind{"follow_up.find", FOLLOW_UP_COLUMNS "where id = :id"};
  return tx.one(kFind, {{"id", id}}, follow_up_of);
}

std::vector<FollowUp> of_inspection(store::Tx& tx, InspectionId id) {
  static constexpr store::Sql kAll{"follow_up.of_inspection",
                                   FOLLOW_UP_COLUMNS "where inspection_id = :id order by id"};
  return tx.all(kAll, {{"id", id}}, follow_up_of);
}

std::vector<FollowUp> of_finding(store::Tx& tx, FindingId id) {
  static constexpr store::Sql kAll{"follow_up.of_finding",
                                   FOLLOW_UP_COLUMNS "where finding_id = :id order by id"};
  return tx.all(kAll, {{"id", id}}, follow_up_of);
}

}  // namespace follow_up_store
}  // namespace inspect
