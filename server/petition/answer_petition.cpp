#include "petition/change_petition.h"
#include "petition/petition_store.h"
#include "registry/document_store.h"

namespace petition {
namespace {

using base::ProblemKind;

}  // namespace

base::Result<void> answer_part(store::Tx& tx, const auth::Actor& actor, Now now, OnPart on,
                               Outcome outcome, const std::string& text,
                               const std::optional<registry::DocumentId>& document) {
  const auto rule = [&](Petition&, Part& part, Step& step) -> base::Result<void> {
    const org::Scope scope = org::scope_of(actor, now.day);
    if (document && !registry::document_store::in_scope(tx, scope, *document))
      return base::refuse(ProblemKind::invalid, "document.not_found", "/document");
    part.outcome = outcome;
    part.answer = text;
    part.document = document;
    part.answered_on = now.day;
    part.asked_on.reset();
    step.text = text;
    return {};
  };
  return change_part(tx, actor, now, on, {Deed::answer, rule});
}

base::Result<void> make_task(store::Tx& tx, const auth::Actor& actor, Now now, OnPart on,
                             direct::Task task) {
  const auto rule = [&](Petition&, Part& part, Step& step) -> base::Result<void> {
    if (part.task) return base::refuse(ProblemKind::conflict, "petition.task_made");
    task.unit = part.holder;
    ASSIGN_OR_RETURN(part.task, direct::create_task(tx, actor, now.at, now.day, task));
    step.text = task.title;
    return {};
  };
  return change_part(tx, actor, now, on, {Deed::make_task, rule});
}

base::Result<void> open_to_public(store::Tx& tx, const auth::Actor& actor, Now now, OnPetition on,
                                  const std::optional<PublicVersion>& version) {
  return change_petition(tx, actor, now, on, [&](Petition& petition) -> base::Result<Step> {
    Step step;
    step.kind = version ? "public" : "not_public";
    bool is_holder = false;
    for (const Part& part : petition.parts) {
      if (is_holder || !org::allows(tx, actor, org::Act::decide, part.holder, now.day)) continue;
      is_holder = true;
      step.unit = part.holder;
    }
    if (!is_holder) return base::refuse(ProblemKind::forbidden, "authority.not_yours");
    if (version && petition.state != State::answered)
      return base::refuse(ProblemKind::conflict, "petition.unanswered");
    if (!version && !petition.opened)
      return base::refuse(ProblemKind::conflict, "petition.not_public");
    petition.opened = version;
    if (petition.opened) petition.opened->on = now.day;
    return step;
  });
}

}  // namespace petition
