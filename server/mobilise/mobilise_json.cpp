#include "mobilise/mobilise_json.h"

#include <array>
#include <limits>

#include "mobilise/change_movement.h"
#include "org/unit_json.h"
#include "org/unit_store.h"
#include "registry/attachment.h"
#include "registry/document_json.h"

namespace mobilise {

using http::json::array;
using http::json::object;
using http::json::value;

namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::array kAllFields{Field::economy, Field::culture_society, Field::defence_security,
                                Field::political_system};

value day_or_null(const std::optional<base::Date>& day) {
  return day ? value(day->text()) : value(nullptr);
}
template <class Id>
value id_or_null(const std::optional<Id>& id) {
  return id ? value(id->value) : value(nullptr);
}
template <class Id>
std::optional<Id> maybe_id(http::Fields& fields, std::string_view key) {
  const auto id = fields.maybe_integer(key, 1, kMost);
  return id ? std::optional(Id{*id}) : std::nullopt;
}
org::UnitId unit_of(http::Fields& fields, std::string_view key) {
  return {fields.integer(key, 1, kMost)};
}
object plan_line_json(store::Tx& tx, const PlanLine& line, base::Date day) {
  return {{"carrier", unit_json(tx, line.carrier, day)},
          {"lead", unit_json(tx, line.lead, day)},
          {"text", line.text},
          {"due_on", line.due_on.text()}};
}

}  // namespace

value unit_json(store::Tx& tx, org::UnitId unit, base::Date day) {
  return org::to_json(org::unit_store::ref(tx, unit, day));
}

Movement read_movement(http::Fields& fields, bool is_new) {
  static constexpr std::array kStages{Stage::pledged, Stage::received};
  static constexpr std::array kKinds{GiftKind::money, GiftKind::work_days, GiftKind::land_m2,
                                     GiftKind::households, GiftKind::in_kind};
  Movement made;
  if (is_new) made.unit = unit_of(fields, "unit");
  made.kind = fields.one_of("kind", {"movement", "campaign"}) == 1 ? MovementKind::campaign
                                                                   : MovementKind::movement;
  made.name = fields.text("name", 300);
  made.from = fields.date("from");
  made.to = fields.date("to");
  const auto texts = fields.texts("fields", false, kFields);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (const auto field = field_named(texts[i])) {
      made.fields.push_back(*field);
      continue;
    }
    fields.problems().push_back({base::ProblemKind::invalid,
                                 "json.not_one_of",
                                 fields.pointer("fields") + "/" + std::to_string(i),
                                 {"economy, culture_society, defence_security, political_system"}});
  }
  for (const auto id : fields.integers("carriers", false, 200)) made.carriers.push_back({id});
  fields.objects("indicators", false, 50, [&](http::Fields& one) {
    Binding binding;
    binding.indicator = one.text("code", 40);
    binding.stage = kStages[one.one_of("stage", {"pledged", "received"})];
    binding.kind =
        kKinds[one.one_of("kind", {"money", "work_days", "land_m2", "households", "in_kind"})];
    made.bindings.push_back(std::move(binding));
  });
  made.is_illustrative = fields.boolean("is_illustrative", false);
  return made;
}

std::vector<PlanLine> read_plan(http::Fields& fields) {
  std::vector<PlanLine> made;
  fields.objects("lines", true, 500, [&](http::Fields& one) {
    PlanLine line;
    line.carrier = unit_of(one, "carrier");
    line.lead = maybe_id<org::UnitId>(one, "lead").value_or(line.carrier);
    line.text = one.text("text", 2000);
    line.due_on = one.date("due_on");
    made.push_back(std::move(line));
  });
  return made;
}

Model read_model(http::Fields& fields, bool is_new, base::Date today) {
  Model made;
  if (is_new) {
    made.unit = unit_of(fields, "unit");
    made.registered_on = fields.maybe_date("on").value_or(today);
  }
  made.movement = maybe_id<MovementId>(fields, "movement");
  made.field = kAllFields[fields.one_of(
      "field", {"economy", "culture_society", "defence_security", "political_system"})];
  made.title = fields.text("title", 300);
  made.story = fields.raw_text("story", 20000);
  made.is_illustrative = fields.boolean("is_illustrative", false);
  return made;
}

Recognition read_recognition(http::Fields& fields) {
  return {unit_of(fields, "by"), fields.date("on"),
          maybe_id<registry::DocumentId>(fields, "document")};
}

Commendation read_commendation(http::Fields& fields) {
  Commendation made;
  made.unit = unit_of(fields, "unit");
  made.giver = unit_of(fields, "giver");
  made.movement = maybe_id<MovementId>(fields, "movement");
  made.form = fields.text("form", 200);
  made.number = fields.text("number", 60);
  made.on = fields.date("on");
  return made;
}

object head_json(store::Tx& tx, const Movement& movement, base::Date day) {
  array carriers;
  for (const org::UnitId unit : movement.carriers) carriers.push_back(unit_json(tx, unit, day));
  return {{"id", movement.id.value},
          {"unit", unit_json(tx, movement.unit, day)},
          {"kind", name(movement.kind)},
          {"name", movement.name},
          {"state", name(movement.state)},
          {"from", movement.from.text()},
          {"to", movement.to.text()},
          {"carriers", std::move(carriers)},
          {"is_illustrative", movement.is_illustrative},
          {"revision", movement.revision}};
}

object page_json(store::Tx& tx, const Movement& movement, const auth::Actor& actor,
                 base::Date day) {
  object made = head_json(tx, movement, day);
  array fields, plan, indicators, acts;
  for (const Field one : movement.fields) fields.emplace_back(name(one));
  for (const PlanLine& one : movement.plan) plan.push_back(plan_line_json(tx, one, day));
  for (const Binding& one : movement.bindings) {
    indicators.push_back(
        object{{"code", one.indicator}, {"stage", name(one.stage)}, {"kind", name(one.kind)}});
  }
  for (const Deed deed : deeds_of(movement.state, parts_of(tx, actor, day, movement)))
    acts.emplace_back(name(deed));
  made["started_on"] = day_or_null(movement.started_on);
  made["closed_on"] = day_or_null(movement.closed_on);
  made["fields"] = std::move(fields);
  made["plan"] = std::move(plan);
  made["indicators"] = std::move(indicators);
  made["changed_by"] = movement.changed_by;
  made["acts"] = std::move(acts);
  return made;
}

array to_json(const Tally& tally) {
  array made;
  for (int kind = 0; kind < kGiftKinds; ++kind) {
    const Figure& one = tally.figures[static_cast<std::size_t>(kind)];
    if (one == Figure{}) continue;
    made.push_back(object{{"kind", name(static_cast<GiftKind>(kind))},
                          {"pledged", std::to_string(one.pledged)},
                          {"received", std::to_string(one.received)},
                          {"pledges", one.pledges},
                          {"receipts", one.receipts}});
  }
  return made;
}

object to_json(const Totals& totals, const TotalsQuestion& question) {
  array units, bodies;
  for (std::size_t i = 0; i < totals.units.size(); ++i) {
    units.push_back(object{{"unit", org::to_json(totals.units[i])},
                           {"figures", to_json(totals.tallies[i])},
                           {"undivided", totals.tallies[i].undivided}});
  }
  for (const auto& [body, tally] : totals.bodies)
    bodies.push_back(object{{"unit", org::to_json(body)}, {"figures", to_json(tally)}});
  return {{"line", question.line},
          {"period", question.period ? value(question.period->text()) : value(nullptr)},
          {"from", totals.from.text()},
          {"to", totals.to.text()},
          {"tree_on", totals.tree_on.text()},
          {"units", std::move(units)},
          {"bodies", std::move(bodies)},
          {"repeats", totals.repeats}};
}

object to_json(store::Tx& tx, const Model& model, base::Date day) {
  return {{"id", model.id.value},
          {"unit", unit_json(tx, model.unit, day)},
          {"movement", id_or_null(model.movement)},
          {"field", name(model.field)},
          {"title", model.title},
          {"state", name(model.state)},
          {"registered_on", model.registered_on.text()},
          {"recognised_on", day_or_null(model.recognised_on)},
          {"recogniser", model.recogniser ? unit_json(tx, *model.recogniser, day) : value(nullptr)},
          {"document", id_or_null(model.document)},
          {"is_illustrative", model.is_illustrative},
          {"revision", model.revision}};
}

object page_json(store::Tx& tx, const Model& model, base::Date day) {
  object made = to_json(tx, model, day);
  array files;
  for (const registry::Attachment& one : registry::attachments(tx, object_of(model.id))) {
    files.push_back(registry::to_json(one));
  }
  made["story"] = model.story;
  made["withdrawn_on"] = day_or_null(model.withdrawn_on);
  made["withdrawn_reason"] = model.withdrawn_reason;
  made["by"] = model.actor;
  made["attachments"] = std::move(files);
  return made;
}

object to_json(store::Tx& tx, const Commendation& commendation, base::Date day) {
  return {{"id", commendation.id.value},
          {"unit", unit_json(tx, commendation.unit, day)},
          {"giver", unit_json(tx, commendation.giver, day)},
          {"movement", id_or_null(commendation.movement)},
          {"form", commendation.form},
          {"number", commendation.number},
          {"on", commendation.on.text()},
          {"by", commendation.actor},
          {"withdrawn_on", day_or_null(commendation.withdrawn_on)},
          {"withdrawn_reason", commendation.withdrawn_reason},
          {"revision", commendation.revision}};
}

object to_json(store::Tx& tx, const YearOfBody& year, org::UnitId unit, int of, base::Date day) {
  array movements, models, commendations;
  for (const YearOfBody::Part& part : year.movements) {
    array plan;
    for (const PlanLine& line : part.movement.plan)
      if (line.carrier == unit || line.lead == unit) plan.push_back(plan_line_json(tx, line, day));
    movements.push_back(object{{"movement", head_json(tx, part.movement, day)},
                               {"owns", part.movement.unit == unit},
                               {"carries", part.movement.carries(unit)},
                               {"plan", std::move(plan)},
                               {"figures", to_json(part.told)},
                               {"shared", to_json(part.shared)}});
  }
  for (const Model& one : year.models) models.push_back(to_json(tx, one, day));
  for (const Commendation& one : year.commendations) commendations.push_back(to_json(tx, one, day));
  return {{"unit", unit_json(tx, unit, day)},
          {"year", of},
          {"movements", std::move(movements)},
          {"models", std::move(models)},
          {"commendations", std::move(commendations)}};
}

}  // namespace mobilise
