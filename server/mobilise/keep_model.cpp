#include <algorithm>

#include "mobilise/change_movement.h"
#include "mobilise/model.h"
#include "org/post_store.h"
#include "org/unit_store.h"
#include "registry/attachment.h"
#include "registry/register_document.h"

namespace mobilise {
namespace {

using base::ProblemKind;

/// The movement it is said to belong to, and whether its field is asked there.
base::Problems faults_of(store::Tx& tx, const auth::Actor& actor, base::Date day,
                         const Model& asked) {
  if (!asked.movement) return {};
  const auto movement = seen_movement(tx, actor, day, *asked.movement);
  if (!movement) return {{ProblemKind::invalid, "movement.not_found", "/movement", {}}};
  const auto& fields = movement->fields;
  if (!fields.empty() && std::find(fields.begin(), fields.end(), asked.field) == fields.end())
    return {{ProblemKind::invalid, "model.field_not_asked", "/field", {}}};
  return {};
}

/// Of a model that is in sight: who may not is told so, even where the unit itself is out of sight.
base::Result<void> may(store::Tx& tx, const auth::Actor& actor, org::Act act, org::UnitId unit,
                       base::Date day) {
  if (org::allows(tx, actor, act, unit, day)) return {};
  return base::refuse(ProblemKind::forbidden, "authority.not_yours");
}

/// Seen, as it was seen, and the deed is possible.
base::Result<Model> opened(store::Tx& tx, const auth::Actor& actor, Now now, OnModel on,
                           ModelDeed deed) {
  ASSIGN_OR_RETURN(Model model, seen_model(tx, actor, now.day, on.model));
  const bool is_its_own = deed == ModelDeed::rewrite ||
                          (deed == ModelDeed::withdraw && model.state != ModelState::recognised);
  if (is_its_own) RETURN_IF_REFUSED(may(tx, actor, org::Act::enter, model.unit, now.day));
  if (deed == ModelDeed::withdraw && model.recogniser && !is_its_own)
    RETURN_IF_REFUSED(may(tx, actor, org::Act::decide, *model.recogniser, now.day));
  if (model.revision != on.revision) {
    return base::refuse(ProblemKind::changed, "model.changed", "",
                        {std::to_string(on.revision), std::to_string(model.revision)});
  }
  ASSIGN_OR_RETURN(model.state, after(model.state, deed));
  return model;
}

base::Result<void> saved(store::Tx& tx, const auth::Actor& actor, Now now, Model& model,
                         const char* act) {
  if (!model_store::save(tx, model)) {
    return base::refuse(ProblemKind::changed, "model.changed", "",
                        {std::to_string(model.revision), ""});
  }
  record(tx, actor, now, act, object_of(model.id), model.unit);
  return {};
}

}  // namespace

base::Result<Model> seen_model(store::Tx& tx, const auth::Actor& actor, base::Date day,
                               ModelId id) {
  WantedModels wanted;
  wanted.only = id;
  wanted.limit = 1;
  auto found = model_store::visible(tx, org::scope_of(actor, day), wanted);
  if (found.empty()) return base::refuse(ProblemKind::not_found, "model.not_found");
  return std::move(found.front());
}

base::Result<ModelId> register_model(store::Tx& tx, const auth::Actor& actor, Now now,
                                     const Model& asked) {
  RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::enter, asked.unit, now.day));
  base::Problems problems = faults_of(tx, actor, now.day, asked);
  if (asked.registered_on > now.day) {
    problems.push_back({ProblemKind::invalid, "model.day", "/on", {"…", now.day.text()}});
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  const ModelId id = model_store::add(tx, asked, actor, now.at);
  record(tx, actor, now, "model.registered", object_of(id), asked.unit);
  return id;
}

base::Result<void> rewrite_model(store::Tx& tx, const auth::Actor& actor, Now now, OnModel on,
                                 const Model& asked) {
  ASSIGN_OR_RETURN(Model kept, opened(tx, actor, now, on, ModelDeed::rewrite));
  base::Problems problems = faults_of(tx, actor, now.day, asked);
  if (!problems.empty()) return base::refuse(std::move(problems));
  kept.movement = asked.movement;
  kept.field = asked.field;
  kept.title = asked.title;
  kept.story = asked.story;
  kept.is_illustrative = asked.is_illustrative;
  return saved(tx, actor, now, kept, "model.rewritten");
}

base::Result<void> recognise_model(store::Tx& tx, const auth::Actor& actor, Now now, OnModel on,
                                   const Recognition& recognition) {
  RETURN_IF_REFUSED(seen_model(tx, actor, now.day, on.model));
  RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::decide, recognition.by, now.day));
  ASSIGN_OR_RETURN(Model kept, opened(tx, actor, now, on, ModelDeed::recognise));
  base::Problems problems;
  const auto movement = kept.movement ? seen_movement(tx, actor, now.day, *kept.movement)
                                      : base::Result<Movement>(Movement{});
  const bool is_owner = kept.movement && movement && movement->unit == recognition.by;
  if (!is_owner && !is_above(tx, recognition.by, kept.unit, now.day))
    problems.push_back({ProblemKind::invalid, "model.not_above", "/by", {}});
  if (recognition.on < kept.registered_on || recognition.on > now.day) {
    problems.push_back(
        {ProblemKind::invalid, "model.day", "/on", {kept.registered_on.text(), now.day.text()}});
  }
  if (recognition.document && !registry::seen_document(tx, actor, now.day, *recognition.document))
    problems.push_back({ProblemKind::invalid, "document.not_found", "/document", {}});
  if (!problems.empty()) return base::refuse(std::move(problems));
  kept.recognised_on = recognition.on;
  kept.recogniser = recognition.by;
  kept.document = recognition.document;
  return saved(tx, actor, now, kept, "model.recognised");
}

base::Result<void> withdraw_model(store::Tx& tx, const auth::Actor& actor, Now now, OnModel on,
                                  const std::string& reason) {
  ASSIGN_OR_RETURN(Model kept, opened(tx, actor, now, on, ModelDeed::withdraw));
  kept.withdrawn_on = now.day;
  kept.withdrawn_reason = reason;
  return saved(tx, actor, now, kept, "model.withdrawn");
}

base::Result<void> attach_to_model(store::Tx& tx, const auth::Actor& actor, Now now, ModelId id,
                                   const std::string& name, std::string_view base64) {
  ASSIGN_OR_RETURN(const Model model, seen_model(tx, actor, now.day, id));
  RETURN_IF_REFUSED(may(tx, actor, org::Act::enter, model.unit, now.day));
  if (model.state == ModelState::withdrawn) {
    return base::refuse(ProblemKind::conflict, "model.state", "",
                        {std::string(mobilise::name(model.state))});
  }
  RETURN_IF_REFUSED(registry::attach(tx, actor, now.at, object_of(id), model.unit, name, base64));
  record(tx, actor, now, "model.attached", object_of(id), model.unit);
  return {};
}

}  // namespace mobilise
