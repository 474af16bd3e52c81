#include "mobilise/model.h"

#include <algorithm>
#include <array>

#include "mobilise/movement_store.h"

namespace mobilise {
namespace {

constexpr std::array<std::string_view, 3> kModelStates{"registered", "recognised", "withdrawn"};

}  // namespace

std::string_view name(ModelState state) { return kModelStates[static_cast<std::size_t>(state)]; }

std::optional<ModelState> model_state_named(std::string_view name) {
  const auto at = std::find(kModelStates.begin(), kModelStates.end(), name);
  if (at == kModelStates.end()) return std::nullopt;
  return static_cast<ModelState>(at - kModelStates.begin());
}

std::string object_of(ModelId id) { return "model_example:" + std::to_string(id.value); }

base::Result<ModelState> after(ModelState state, ModelDeed deed) {
  if (deed == ModelDeed::rewrite && state == ModelState::registered) return state;
  if (deed == ModelDeed::recognise && state == ModelState::registered)
    return ModelState::recognised;
  if (deed == ModelDeed::withdraw && state != ModelState::withdrawn) return ModelState::withdrawn;
  return base::refuse(base::ProblemKind::conflict, "model.state", "", {std::string(name(state))});
}

namespace model_store {
namespace {

#define MODEL_COLUMNS                                                                            \
  "select x.id, x.unit_id, x.movement_id, x.field, x.title, x.story, x.state, x.registered_on, " \
  "x.recognised_on, x.recogniser_id, x.document_id, x.withdrawn_on, x.withdrawn_reason, "        \
  "x.is_illustrative, x.revision, x.actor from model_example x "

Model model_of(const store::Row& row) {
  Model made;
  made.id = row.id<ModelId>(0);
  made.unit = row.id<org::UnitId>(1);
  if (!row.is_null(2)) made.movement = row.id<MovementId>(2);
  made.field = field_named(row.text(3)).value_or(Field::economy);
  made.title = row.string(4);
  made.story = row.string(5);
  made.state = model_state_named(row.text(6)).value_or(ModelState::registered);
  made.registered_on = row.date(7);
  if (!row.is_null(8)) made.recognised_on = row.date(8);
  if (!row.is_null(9)) made.recogniser = row.id<org::UnitId>(9);
  if (!row.is_null(10)) made.document = row.id<registry::DocumentId>(10);
  if (!row.is_null(11)) made.withdrawn_on = row.date(11);
  made.withdrawn_reason = row.string(12);
  made.is_illustrative = row.integer(13) != 0;
  made.revision = row.integer(14);
  made.actor = row.string(15);
  return made;
}

}  // namespace

ModelId add(store::Tx& tx, const Model& model, const auth::Actor& actor, base::Instant at) {
  static constexpr store::Sql kAdd{
      "model_example.add",
      "insert into model_example (unit_id, movement_id, field, title, story, state, registered_on, "
      "is_illustrative, account_id, actor, at) values (:unit, :movement, :field, :title, :story, "
      "'registered', :on, :illustrative, :account, :actor, :at) returning id"};
  return {tx.integer(kAdd, {{"unit", model.unit},
                            {"movement", model.movement},
                            {"field", name(model.field)},
                            {"title", model.title},
                            {"story", model.story},
                            {"on", model.registered_on},
                            {"illustrative", model.is_illustrative ? 1 : 0},
                            {"account", actor.account()},
                            {"actor", actor.name()},
                            {"at", at}})};
}

std::optional<Model> find(store::Tx& tx, ModelId id) {
  static constexpr store::Sql kFind{"model_example.find", MODEL_COLUMNS "where x.id = :id"};
  return tx.one(kFind, {{"id", id}}, model_of);
}

bool save(store::Tx& tx, Model& model) {
  static constexpr store::Sql kSave{
      "model_example.save",
      "update model_example set movement_id = :movement, field = :field, title = :title, story = "
      ":story, state = :state, recognised_on = :recognised, recogniser_id = :recogniser, "
      "document_id = :document, withdrawn_on = :withdrawn, withdrawn_reason = :reason, "
      "is_illustrative = :illustrative, revision = revision + 1 where id = :id and revision = "
      ":revision"};
  const auto changed = tx.run(kSave, {{"movement", model.movement},
                                      {"field", name(model.field)},
                                      {"title", model.title},
                                      {"story", model.story},
                                      {"state", name(model.state)},
                                      {"recognised", model.recognised_on},
                                      {"recogniser", model.recogniser},
                                      {"document", model.document},
                                      {"withdrawn", model.withdrawn_on},
                                      {"reason", model.withdrawn_reason},
                                      {"illustrative", model.is_illustrative ? 1 : 0},
                                      {"id", model.id},
                                      {"revision", model.revision}});
  if (changed != 1) return false;
  ++model.revision;
  return true;
}

std::vector<Model> visible(store::Tx& tx, const org::Scope& scope, const WantedModels& wanted) {
  static constexpr store::Sql kList{
      "model_example.visible",
      "with recursive " ORG_VISIBLE_UNITS MODEL_COLUMNS
      "where (:only = 0 or x.id = :only) and (:before = 0 or x.id < :before) and (:unit = 0 or "
      "x.unit_id = :unit) and (:movement = "
      "0 or x.movement_id = :movement) and (:field = '' or x.field = :field) and (:state = '' or "
      "x.state = :state) and (x.unit_id in (select unit_id from visible) or x.recogniser_id in "
      "(select unit_id from visible) or exists (select 1 from movement m where m.id = "
      "x.movement_id and m.unit_id in (select unit_id from visible))) order by x.id desc limit "
      ":limit"};
  auto params = movement_store::scope_params(scope);
  params.push_back({"only", wanted.only ? wanted.only->value : 0});
  params.push_back({"before", wanted.before});
  params.push_back({"unit", wanted.unit ? wanted.unit->value : 0});
  params.push_back({"movement", wanted.movement ? wanted.movement->value : 0});
  params.push_back({"field", wanted.field ? name(*wanted.field) : std::string_view()});
  params.push_back({"state", wanted.state ? name(*wanted.state) : std::string_view()});
  params.push_back({"limit", wanted.limit});
  return tx.all(kList, params, model_of);
}

std::vector<Model> of_body(store::Tx& tx, org::UnitId unit, base::Date from, base::Date to,
                           int limit) {
  static constexpr store::Sql kList{
      "model_example.of_body", MODEL_COLUMNS
      "where (x.unit_id = :unit or exists (select 1 from movement m where m.id = x.movement_id and "
      "m.unit_id = :unit)) and ((x.registered_on >= :from and x.registered_on < :to) or "
      "(x.recognised_on >= :from and x.recognised_on < :to)) order by x.id desc limit :limit"};
  return tx.all(kList, {{"unit", unit}, {"from", from}, {"to", to}, {"limit", limit}}, model_of);
}

}  // namespace model_store

namespace commendation_store {
namespace {

#define COMMENDATION_COLUMNS                                                                   \
  "select o.id, o.unit_id, o.giver_id, o.movement_id, o.form, o.number, o.given_on, o.actor, " \
  "o.withdrawn_on, o.withdrawn_reason, o.revision from commendation o "

Commendation commendation_of(const store::Row& row) {
  Commendation made;
  made.id = row.id<CommendationId>(0);
  made.unit = row.id<org::UnitId>(1);
  made.giver = row.id<org::UnitId>(2);
  if (!row.is_null(3)) made.movement = row.id<MovementId>(3);
  made.form = row.string(4);
  made.number = row.string(5);
  made.on = row.date(6);
  made.actor = row.string(7);
  if (!row.is_null(8)) made.withdrawn_on = row.date(8);
  made.withdrawn_reason = row.string(9);
  made.revision = row.integer(10);
  return made;
}

}  // namespace

std::optional<CommendationId> add(store::Tx& tx, const Commendation& commendation,
                                  const auth::Actor& actor, base::Instant at) {
  static constexpr store::Sql kAdd{
      "commendation.add",
      "insert into commendation (unit_id, giver_id, movement_id, form, number, given_on, "
      "account_id, actor, at) values (:unit, :giver, :movement, :form, :number, :on, :account, "
      ":actor, :at) on conflict (unit_id, number, given_on) where withdrawn_on is null do nothing "
      "returning id"};
  return tx.one(kAdd,
                {{"unit", commendation.unit},
                 {"giver", commendation.giver},
                 {"movement", commendation.movement},
                 {"form", commendation.form},
                 {"number", commendation.number},
                 {"on", commendation.on},
                 {"account", actor.account()},
                 {"actor", actor.name()},
                 {"at", at}},
                [](const store::Row& row) { return row.id<CommendationId>(0); });
}

bool withdraw(store::Tx& tx, const Commendation& commendation) {
  static constexpr store::Sql kWithdraw{
      "commendation.withdraw",
      "update commendation set withdrawn_on = :on, withdrawn_reason = :reason, revision = revision "
      "+ 1 where id = :id and revision = :revision and withdrawn_on is null"};
  return tx.run(kWithdraw, {{"on", commendation.withdrawn_on},
                            {"reason", commendation.withdrawn_reason},
                            {"id", commendation.id},
                            {"revision", commendation.revision}}) == 1;
}

std::optional<Commendation> find(store::Tx& tx, CommendationId id) {
  static constexpr store::Sql kFind{"commendation.find", COMMENDATION_COLUMNS "where o.id = :id"};
  return tx.one(kFind, {{"id", id}}, commendation_of);
}

std::vector<Commendation> visible(store::Tx& tx, const org::Scope& scope,
                                  std::optional<org::UnitId> unit,
                                  std::optional<MovementId> movement, std::int64_t before,
                                  int limit) {
  static constexpr store::Sql kList{
      "commendation.visible",
      "with recursive " ORG_VISIBLE_UNITS COMMENDATION_COLUMNS
      "where (:before = 0 or o.id < :before) and (:unit = 0 or o.unit_id = :unit) and (:movement = "
      "0 or o.movement_id = :movement) and (o.unit_id in (select unit_id from visible) or "
      "o.giver_id in (select unit_id from visible)) order by o.id desc limit :limit"};
  auto params = movement_store::scope_params(scope);
  params.push_back({"before", before});
  params.push_back({"unit", unit ? unit->value : 0});
  params.push_back({"movement", movement ? movement->value : 0});
  params.push_back({"limit", limit});
  return tx.all(kList, params, commendation_of);
}

std::vector<Commendation> of_unit(store::Tx& tx, org::UnitId unit, base::Date from, base::Date to,
                                  int limit) {
  static constexpr store::Sql kList{"commendation.of_unit", COMMENDATION_COLUMNS
                                    "where o.unit_id = :unit and o.withdrawn_on is null and "
                                    "o.given_on >= :from and o.given_on < :to order by o.given_on "
                                    "desc, o.id desc limit :limit"};
  return tx.all(kList, {{"unit", unit}, {"from", from}, {"to", to}, {"limit", limit}},
                commendation_of);
}

}  // namespace commendation_store
}  // namespace mobilise
