#include <algorithm>

#include "inspect/change_inspection.h"
#include "inspect/inspection_store.h"
#include "registry/attachment.h"

namespace inspect {

using base::ProblemKind;

Verifying verifying(store::Tx& tx, const auth::Actor& actor, base::Date day,
                    const FollowUp& follow_up, const std::string& remark) {
  Verifying made;
  const direct::Task task = direct::task_store::find(tx, follow_up.task).value();
  const auto said = direct::task_store::updates(tx, follow_up.task);
  // One that was called off is done with when it is said why.
  const bool is_off = task.state == direct::TaskState::cancelled;
  made.is_done = task.state == direct::TaskState::done || is_off;
  const auto is_evidence = [](const direct::task_store::Update& one) {
    return one.kind == "done" || one.kind == "evidence";
  };
  const bool has_words = std::any_of(said.begin(), said.end(), [&](const auto& one) {
    return is_evidence(one) && !one.text.empty();
  });
  made.has_evidence =
      is_off ? !remark.empty()
             : has_words ||
                   !registry::attachments(tx, "task:" + std::to_string(task.id.value)).empty();
  const auto wrote_finding = [&] {
    if (!follow_up.finding) return false;
    const auto finding = finding_store::find(tx, *follow_up.finding);
    return finding && finding->account == actor.account();
  };
  made.is_author = follow_up.account == actor.account() || wrote_finding() ||
                   std::any_of(said.begin(), said.end(), [&](const auto& one) {
                     return is_evidence(one) && one.account == actor.account();
                   });
  made.is_of_the_unit = inspection_store::holds_post_at(tx, actor.account(), follow_up.unit, day);
  return made;
}

base::Result<void> verify_follow_up(store::Tx& tx, const auth::Actor& actor, Now now,
                                    OnInspection on, FollowUpId id, bool is_closed,
                                    const std::string& remark) {
  const auto rule = [&](Inspection& kept) -> base::Result<void> {
    auto follow_up = follow_up_store::find(tx, id);
    if (!follow_up || follow_up->inspection != kept.id)
      return base::refuse(ProblemKind::not_found, "follow_up.not_found");
    if (!is_closed && remark.empty())
      return base::refuse(ProblemKind::invalid, "follow_up.remark_missing", "/remark");
    if (is_closed) {
      auto problems = against(*follow_up, verifying(tx, actor, now.day, *follow_up, remark));
      if (!problems.empty()) return base::refuse(std::move(problems));
      follow_up->verified_on = now.day;
    } else if (follow_up->verified_on) {
      return base::refuse(ProblemKind::conflict, "follow_up.closed");
    }
    follow_up->verifier = actor.account();
    follow_up->verified_by = actor.name();
    follow_up->remark = remark;
    follow_up_store::verify(tx, *follow_up);
    return {};
  };
  return change_inspection(tx, actor, now, on, {Deed::verify_follow_up, rule});
}

}  // namespace inspect
