#include <algorithm>

#include "direct/task_store.h"
#include "petition/change_petition.h"
#include "petition/petition_store.h"

namespace petition {
namespace {

using base::ProblemKind;

/// The part is received by another body, whose clock starts.
void hand(store::Tx& tx, Part& part, const Addressee& to, int days, base::Date day) {
  part.holder = to.unit;
  part.body = to.body;
  part.sent_on.reset();
  part.asked_on.reset();
  part.extended_days = 0;
  part.received_on = day;
  part.days = days;
  part.due_on = due_after(day, days, direct::task_store::calendar(tx));
}

/// The days it gets there, or why it may not go there.
base::Result<int> way_to(store::Tx& tx, const Petition& petition, const Part& part,
                         const Addressee& to, base::Date day) {
  if (part.state != PartState::returned && part.holder == to.unit && part.body == to.body)
    return base::refuse(ProblemKind::conflict, "petition.holds_it", "/to");
  if (has_held(petition_store::steps(tx, petition.id), part, to.unit, to.body))
    return base::refuse(ProblemKind::conflict, "petition.circular", "/to");
  return competent_days(tx, petition, to, day, "/to");
}

void tell(Step& step, const Addressee& to, const std::string& text) {
  step.to = to.unit;
  step.body = to.body;
  step.text = text;
}

}  // namespace

base::Result<void> forward_part(store::Tx& tx, const auth::Actor& actor, Now now, OnPart on,
                                const Addressee& to, const std::string& text) {
  const auto whole = [&](Petition& petition, Part& part, Step& step) -> base::Result<void> {
    ASSIGN_OR_RETURN(const int days, way_to(tx, petition, part, to, now.day));
    hand(tx, part, to, days, now.day);
    tell(step, to, text);
    return {};
  };
  const auto portion = [&](Petition& petition, Part& part, Step& step) -> base::Result<void> {
    ASSIGN_OR_RETURN(const int days, way_to(tx, petition, part, to, now.day));
    Part made;
    made.position = static_cast<int>(petition.parts.size()) + 1;
    made.portion = to.portion;
    hand(tx, made, to, days, now.day);
    made.id = petition_store::add_part(tx, petition.id, made);
    step.part = made.id;
    tell(step, to, text);
    petition.parts.push_back(std::move(made));  // `part` is not used hereafter
    return {};
  };
  if (to.portion.empty()) return change_part(tx, actor, now, on, {Deed::forward, whole});
  return change_part(tx, actor, now, on, {Deed::split, portion});
}

base::Result<void> dispatch_part(store::Tx& tx, const auth::Actor& actor, Now now, OnPart on,
                                 const std::string& body, base::Date day, const std::string& text) {
  const auto rule = [&](Petition&, Part& part, Step& step) -> base::Result<void> {
    if (day > now.day || day < part.received_on) {
      return base::refuse(ProblemKind::invalid, "petition.dispatch_day", "/on",
                          {part.received_on.text(), now.day.text()});
    }
    part.body = body;
    part.sent_on = day;
    step.body = body;
    step.text = text;
    return {};
  };
  return change_part(tx, actor, now, on, {Deed::dispatch, rule});
}

base::Result<void> give_back_part(store::Tx& tx, const auth::Actor& actor, Now now, OnPart on,
                                  const std::string& reason) {
  const auto rule = [&](Petition& petition, Part& part, Step& step) -> base::Result<void> {
    const GivenBack giver = giver_of(petition_store::steps(tx, petition.id), part);
    step.text = reason;
    step.to = giver.to;
    part.asked_on.reset();
    if (!giver.to) return {};
    part.state = PartState::held;
    // The clock it had goes on: what was lost on the way is not given to it again.
    part.holder = *giver.to;
    part.body.clear();
    part.sent_on.reset();
    return {};
  };
  return change_part(tx, actor, now, on, {Deed::give_back, rule});
}

base::Result<void> question_part(store::Tx& tx, const auth::Actor& actor, Now now, OnPart on,
                                 const std::string& text) {
  const auto rule = [&](Petition&, Part& part, Step& step) -> base::Result<void> {
    part.asked_on = now.day;
    step.text = text;
    return {};
  };
  return change_part(tx, actor, now, on, {Deed::question, rule});
}

base::Result<void> supply_part(store::Tx& tx, const auth::Actor& actor, Now now, OnPart on,
                               const std::string& text) {
  const auto rule = [&](Petition&, Part& part, Step& step) -> base::Result<void> {
    part.due_on = due_resumed(part.due_on, part.asked_on.value_or(now.day), now.day,
                              direct::task_store::calendar(tx));
    part.asked_on.reset();
    step.text = text;
    return {};
  };
  return change_part(tx, actor, now, on, {Deed::supply, rule});
}

base::Result<void> extend_part(store::Tx& tx, const auth::Actor& actor, Now now, OnPart on,
                               int days, const std::string& reason) {
  const auto rule = [&](Petition&, Part& part, Step& step) -> base::Result<void> {
    if (part.extended_days > 0) {
      return base::refuse(ProblemKind::conflict, "petition.extended", "",
                          {std::to_string(part.extended_days)});
    }
    if (days > part.days) {
      return base::refuse(ProblemKind::invalid, "petition.extension_too_long", "/days",
                          {std::to_string(part.days)});
    }
    part.extended_days = days;
    part.due_on = direct::task_store::calendar(tx).plus(part.due_on, days);
    step.text = reason;
    return {};
  };
  return change_part(tx, actor, now, on, {Deed::extend, rule});
}

base::Result<void> route_part(store::Tx& tx, const auth::Actor& actor, Now now, OnPart on,
                              const Addressee& to, const std::string& text) {
  const auto rule = [&](Petition& petition, Part& part, Step& step) -> base::Result<void> {
    part.state = PartState::returned;  // until the way is known
    ASSIGN_OR_RETURN(const int days, way_to(tx, petition, part, to, now.day));
    part.state = PartState::held;
    hand(tx, part, to, days, now.day);
    tell(step, to, text);
    return {};
  };
  return change_part(tx, actor, now, on, {Deed::route, rule});
}

}  // namespace petition
