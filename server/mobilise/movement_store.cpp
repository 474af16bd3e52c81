#include "mobilise/movement_store.h"

namespace mobilise::movement_store {
namespace {

#define MOVEMENT_COLUMNS                                                                \
  "select m.id, m.unit_id, m.kind, m.name, m.state, m.from_on, m.to_on, m.started_on, " \
  "m.closed_on, m.is_illustrative, m.revision, m.changed_by from movement m "

/// Units above those where the account holds a post, and those themselves.
#define MOBILISE_UNITS_ABOVE                                                                \
  "above(unit_id) as (select p.unit_id from post p join appointment a on a.post_id = p.id " \
  "where a.account_id = :account and a.valid_from <= :day and :day < a.valid_to "           \
  "union select c.parent_id from unit_parent c join above v on c.unit_id = v.unit_id "      \
  "where c.parent_id is not null and c.valid_from <= :day and :day < c.valid_to) "

#define MOVEMENT_TAKES_PART_IN(units)            \
  "(m.unit_id in (select unit_id from " units    \
  ") or exists (select 1 from movement_carrier " \
  "k where k.movement_id = m.id and k.unit_id in (select unit_id from " units ")))"

#define MOVEMENT_IS_IN_SIGHT                                                                   \
  "(" MOVEMENT_TAKES_PART_IN("visible") " or (m.state <> 'draft' and " MOVEMENT_TAKES_PART_IN( \
      "above") "))"

std::optional<base::Date> maybe_date(const store::Row& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return row.date(column);
}

Movement movement_of(const store::Row& row) {
  Movement made;
  made.id = row.id<MovementId>(0);
  made.unit = row.id<org::UnitId>(1);
  made.kind = row.text(2) == "campaign" ? MovementKind::campaign : MovementKind::movement;
  made.name = row.string(3);
  made.state = state_named(row.text(4)).value_or(State::draft);
  made.from = row.date(5);
  made.to = row.date(6);
  made.started_on = maybe_date(row, 7);
  made.closed_on = maybe_date(row, 8);
  made.is_illustrative = row.integer(9) != 0;
  made.revision = row.integer(10);
  made.changed_by = row.string(11);
  return made;
}

void fill(store::Tx& tx, Movement& made) {
  static constexpr store::Sql kFieldsOf{
      "movement_field.of_movement",
      "select field from movement_field where movement_id = :id order by field"};
  static constexpr store::Sql kCarriers{
      "movement_carrier.of_movement",
      "select unit_id from movement_carrier where movement_id = :id order by unit_id"};
  static constexpr store::Sql kPlan{
      "movement_part.of_movement",
      "select carrier_id, lead_id, text, due_on from movement_part where movement_id = :id order "
      "by position"};
  static constexpr store::Sql kBindings{
      "movement_indicator.of_movement",
      "select code, stage, kind from movement_indicator where movement_id = :id order by position"};
  made.fields = tx.all(kFieldsOf, {{"id", made.id}}, [](const store::Row& row) {
    return field_named(row.text(0)).value_or(Field::economy);
  });
  made.carriers = tx.all(kCarriers, {{"id", made.id}},
                         [](const store::Row& row) { return row.id<org::UnitId>(0); });
  made.plan = tx.all(kPlan, {{"id", made.id}}, [](const store::Row& row) {
    return PlanLine{row.id<org::UnitId>(0), row.id<org::UnitId>(1), row.string(2), row.date(3)};
  });
  made.bindings = tx.all(kBindings, {{"id", made.id}}, [](const store::Row& row) {
    return Binding{row.string(0), stage_named(row.text(1)).value_or(Stage::received),
                   gift_kind_named(row.text(2)).value_or(GiftKind::money)};
  });
}

std::vector<Movement> filled(store::Tx& tx, std::vector<Movement> found) {
  for (Movement& one : found) fill(tx, one);
  return found;
}

void add_parts(store::Tx& tx, const Movement& movement) {
  static constexpr store::Sql kField{
      "movement_field.add", "insert into movement_field (movement_id, field) values (:id, :field)"};
  static constexpr store::Sql kCarrier{
      "movement_carrier.add",
      "insert into movement_carrier (movement_id, unit_id) values (:id, :unit)"};
  static constexpr store::Sql kLine{
      "movement_part.add",
      "insert into movement_part (movement_id, position, carrier_id, lead_id, text, due_on) values "
      "(:id, :position, :carrier, :lead, :text, :due)"};
  static constexpr store::Sql kBinding{
      "movement_indicator.add",
      "insert into movement_indicator (movement_id, position, code, stage, kind) values (:id, "
      ":position, :code, :stage, :kind)"};
  for (const Field field : movement.fields)
    tx.run(kField, {{"id", movement.id}, {"field", name(field)}});
  for (const org::UnitId unit : movement.carriers)
    tx.run(kCarrier, {{"id", movement.id}, {"unit", unit}});
  int position = 0;
  for (const PlanLine& line : movement.plan) {
    tx.run(kLine, {{"id", movement.id},
                   {"position", position++},
                   {"carrier", line.carrier},
                   {"lead", line.lead},
                   {"text", line.text},
                   {"due", line.due_on}});
  }
  position = 0;
  for (const Binding& one : movement.bindings) {
    tx.run(kBinding, {{"id", movement.id},
                      {"position", position++},
                      {"code", one.indicator},
                      {"stage", name(one.stage)},
                      {"kind", name(one.kind)}});
  }
}

void remove_parts(store::Tx& tx, MovementId id) {
  static constexpr store::Sql kNoField{"movement_field.remove",
                                       "delete from movement_field where movement_id = :id"};
  static constexpr store::Sql kNoCarrier{"movement_carrier.remove",
                                         "delete from movement_carrier where movement_id = :id"};
  static constexpr store::Sql kNoLine{"movement_part.remove",
                                      "delete from movement_part where movement_id = :id"};
  static constexpr store::Sql kNoBinding{"movement_indicator.remove",
                                         "delete from movement_indicator where movement_id = :id"};
  for (const store::Sql& sql : {kNoField, kNoCarrier, kNoLine, kNoBinding})
    tx.run(sql, {{"id", id}});
}

}  // namespace

std::vector<store::Param> scope_params(const org::Scope& scope) {
  return {{"account", scope.account}, {"day", scope.day}, {"sees_all", scope.sees_all ? 1 : 0}};
}

MovementId add(store::Tx& tx, const Movement& movement, const auth::Actor& actor,
               base::Instant at) {
  static constexpr store::Sql kAdd{
      "movement.add",
      "insert into movement (unit_id, kind, name, state, from_on, to_on, is_illustrative, "
      "changed_by, account_id, actor, made_at) values (:unit, :kind, :name, 'draft', :from, :to, "
      ":illustrative, :actor, :account, :actor, :at) returning id"};
  Movement made = movement;
  made.id = {tx.integer(kAdd, {{"unit", movement.unit},
                               {"kind", name(movement.kind)},
                               {"name", movement.name},
                               {"from", movement.from},
                               {"to", movement.to},
                               {"illustrative", movement.is_illustrative ? 1 : 0},
                               {"account", actor.account()},
                               {"actor", actor.name()},
                               {"at", at}})};
  add_parts(tx, made);
  return made.id;
}

std::optional<Movement> find(store::Tx& tx, MovementId id) {
  static constexpr store::Sql kFind{"movement.find", MOVEMENT_COLUMNS "where m.id = :id"};
  auto found = filled(tx, tx.all(kFind, {{"id", id}}, movement_of));
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

bool save(store::Tx& tx, Movement& movement) {
  static constexpr store::Sql kSave{
      "movement.save",
      "update movement set kind = :kind, name = :name, state = :state, from_on = :from, to_on = "
      ":to, started_on = :started, closed_on = :closed, is_illustrative = :illustrative, "
      "changed_by = :by, revision = revision + 1 where id = :id and revision = :revision"};
  const auto changed = tx.run(kSave, {{"kind", name(movement.kind)},
                                      {"name", movement.name},
                                      {"state", name(movement.state)},
                                      {"from", movement.from},
                                      {"to", movement.to},
                                      {"started", movement.started_on},
                                      {"closed", movement.closed_on},
                                      {"illustrative", movement.is_illustrative ? 1 : 0},
                                      {"by", movement.changed_by},
                                      {"id", movement.id},
                                      {"revision", movement.revision}});
  if (changed != 1) return false;
  ++movement.revision;
  remove_parts(tx, movement.id);
  add_parts(tx, movement);
  return true;
}

void lock(store::Tx& tx, MovementId id) {
  static constexpr store::Sql kLock{"movement.lock",
                                    "update movement set touched = touched + 1 where id = :id"};
  tx.run(kLock, {{"id", id}});
}

Sight sight(store::Tx& tx, const org::Scope& scope, MovementId id) {
  static constexpr store::Sql kSight{
      "movement.sight", "with recursive " ORG_VISIBLE_UNITS ", " MOBILISE_UNITS_ABOVE
                        "select case when " MOVEMENT_TAKES_PART_IN(
                            "visible") " then 2 when " MOVEMENT_IS_IN_SIGHT
                                       " then 1 else 0 end from movement m where m.id = :id"};
  auto params = scope_params(scope);
  params.push_back({"id", id});
  const auto found = tx.one(kSight, params, [](const store::Row& row) { return row.integer(0); });
  return static_cast<Sight>(found.value_or(0));
}

std::vector<Movement> visible(store::Tx& tx, const org::Scope& scope, const Wanted& wanted) {
  static constexpr store::Sql kList{
      "movement.visible",
      "with recursive " ORG_VISIBLE_UNITS ", " MOBILISE_UNITS_ABOVE MOVEMENT_COLUMNS
      "where (:before = 0 or m.id < :before) and (:unit = 0 or m.unit_id = :unit or exists (select "
      "1 from movement_carrier o where o.movement_id = m.id and o.unit_id = :unit)) and (:state = "
      "'' or m.state = :state) and (:first = '' or (m.from_on < :end and m.to_on > :first)) "
      "and " MOVEMENT_IS_IN_SIGHT " order by m.id desc limit :limit"};
  auto params = scope_params(scope);
  const int year = wanted.year.value_or(0);
  params.push_back({"before", wanted.before});
  params.push_back({"unit", wanted.unit ? wanted.unit->value : 0});
  params.push_back({"state", wanted.state ? name(*wanted.state) : std::string_view()});
  params.push_back({"first", year ? base::Date(year, 1, 1).text() : std::string()});
  params.push_back({"end", year ? base::Date(year + 1, 1, 1).text() : std::string()});
  params.push_back({"limit", wanted.limit});
  return filled(tx, tx.all(kList, params, movement_of));
}

}  // namespace mobilise::movement_store
