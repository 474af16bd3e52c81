#include "direct/programme_store.h"

#include <algorithm>
#include <unordered_map>

namespace direct::programme_store {
namespace {

#define PROGRAMME_COLUMNS                                                                      \
  "select g.id, g.unit_id, g.kind, g.number, g.title, g.issued_on, g.valid_from, g.valid_to, " \
  "g.implements_id, g.is_illustrative, g.document_id from programme g "

Programme programme_of(const store::Row& row) {
  Programme made{row.id<ProgrammeId>(0),
                 row.id<org::UnitId>(1),
                 row.text(2) == "regulation" ? ProgrammeKind::regulation : ProgrammeKind::programme,
                 row.string(3),
                 row.string(4),
                 row.date(5),
                 row.date(6),
                 row.date(7),
                 {},
                 row.integer(9) != 0,
                 {}};
  if (!row.is_null(8)) made.implements = row.id<ProgrammeId>(8);
  if (!row.is_null(10)) made.document = row.id<registry::DocumentId>(10);
  return made;
}

#define TARGET_COLUMNS                                                                       \
  "select t.id, t.programme_id, coalesce(o.code, ''), t.unit_id, t.indicator_id, t.period, " \
  "t.amount, t.parent_id from target t left join objective o on o.id = t.objective_id "

Target target_of(const store::Row& row) {
  return {
      row.id<TargetId>(0),    row.id<ProgrammeId>(1),
      row.string(2),          row.id<org::UnitId>(3),
      row.id<IndicatorId>(4), row.string(5),
      row.integer(6),         row.is_null(7) ? std::nullopt : std::optional(row.id<TargetId>(7))};
}

AdoptionState state_of(std::string_view text) {
  return text == "declined" ? AdoptionState::declined : AdoptionState::adopted;
}

std::vector<store::Param> scope_params(const org::Scope& scope) {
  return {{"account", scope.account}, {"day", scope.day}, {"sees_all", scope.sees_all ? 1 : 0}};
}

}  // namespace

std::optional<ProgrammeId> add(store::Tx& tx, const Programme& programme) {
  static constexpr store::Sql kAdd{
      "programme.add",
      "insert into programme (unit_id, kind, number, title, issued_on, valid_from, valid_to, "
      "implements_id, "
      "is_illustrative, document_id) values (:unit, :kind, :number, :title, :issued, :from, :to, "
      ":implements, :illustrative, :document) on conflict (unit_id, number) do nothing returning "
      "id"};
  return tx.one(kAdd,
                {{"unit", programme.unit},
                 {"kind", programme.kind == ProgrammeKind::regulation ? "regulation" : "programme"},
                 {"number", programme.number},
                 {"title", programme.title},
                 {"issued", programme.issued_on},
                 {"from", programme.from},
                 {"to", programme.to},
                 {"implements", programme.implements},
                 {"illustrative", programme.is_illustrative ? 1 : 0},
                 {"document", programme.document}},
                [](const store::Row& row) { return row.id<ProgrammeId>(0); });
}

void add_objective(store::Tx& tx, ProgrammeId programme, const Objective& objective) {
  static constexpr store::Sql kAdd{
      "objective.add",
      "insert into objective (programme_id, code, title) values (:programme, :code, :title)"};
  tx.run(kAdd, {{"programme", programme}, {"code", objective.code}, {"title", objective.title}});
}

void add_item(store::Tx& tx, ProgrammeId programme, const RegulationItem& item) {
  static constexpr store::Sql kAdd{
      "regulation_item.add",
      "insert into regulation_item (programme_id, code, text, question) "
      "values (:programme, :code, :text, :question)"};
  tx.run(kAdd, {{"programme", programme},
                {"code", item.code},
                {"text", item.text},
                {"question", item.question}});
}

void add_addressee(store::Tx& tx, ProgrammeId programme, org::UnitId unit) {
  static constexpr store::Sql kAdd{
      "programme_addressee.add",
      "insert into programme_addressee (programme_id, unit_id) values (:programme, :unit)"};
  tx.run(kAdd, {{"programme", programme}, {"unit", unit}});
}

std::optional<TargetId> add_target(store::Tx& tx, const Target& target) {
  static constexpr store::Sql kAdd{"target.add",
                                   "insert into target (programme_id, objective_id, unit_id, "
                                   "indicator_id, period, amount) values "
                                   "(:programme, (select id from objective where programme_id = "
                                   ":programme and code = :objective), :unit, "
                                   ":indicator, :period, :amount) on conflict (programme_id, "
                                   "unit_id, indicator_id, period) do nothing "
                                   "returning id"};
  return tx.one(kAdd,
                {{"programme", target.programme},
                 {"objective", target.objective},
                 {"unit", target.unit},
                 {"indicator", target.indicator},
                 {"period", target.period},
                 {"amount", target.amount}},
                [](const store::Row& row) { return row.id<TargetId>(0); });
}

std::optional<Programme> find(store::Tx& tx, ProgrammeId id) {
  static constexpr store::Sql kFind{"programme.find", PROGRAMME_COLUMNS "where g.id = :id"};
  return tx.one(kFind, {{"id", id}}, programme_of);
}

std::vector<Programme> visible(store::Tx& tx, const org::Scope& scope,
                               std::optional<org::UnitId> owner, std::int64_t after, int limit) {
  static constexpr store::Sql kVisible{
      "programme.visible", "with recursive " ORG_VISIBLE_UNITS PROGRAMME_COLUMNS
                           "where g.id > :after and (:owner = 0 or g.unit_id = :owner) and "
                           "(g.unit_id in (select unit_id from "
                           "visible) or exists (select 1 from programme_addressee d where "
                           "d.programme_id = g.id and d.unit_id in "
                           "(select unit_id from visible))) order by g.id limit :limit"};
  auto params = scope_params(scope);
  params.push_back({"after", after});
  params.push_back({"owner", owner ? owner->value : 0});
  params.push_back({"limit", limit});
  return tx.all(kVisible, params, programme_of);
}

bool in_scope(store::Tx& tx, const org::Scope& scope, ProgrammeId id) {
  static constexpr store::Sql kCount{"programme.in_scope",
                                     "with recursive " ORG_VISIBLE_UNITS
                                     "select count(*) from programme g where g.id = :id and "
                                     "(g.unit_id in (select unit_id from visible) or "
                                     "exists (select 1 from programme_addressee d where "
                                     "d.programme_id = g.id and d.unit_id in (select "
                                     "unit_id from visible)))"};
  auto params = scope_params(scope);
  params.push_back({"id", id});
  return tx.integer(kCount, params) > 0;
}

std::vector<Objective> objectives(store::Tx& tx, ProgrammeId id) {
  static constexpr store::Sql kAll{
      "objective.of_programme",
      "select id, code, title from objective where programme_id = :id order by id"};
  return tx.all(kAll, {{"id", id}}, [](const store::Row& row) {
    return Objective{row.integer(0), row.string(1), row.string(2)};
  });
}

std::vector<RegulationItem> items(store::Tx& tx, ProgrammeId id) {
  static constexpr store::Sql kAll{
      "regulation_item.of_programme",
      "select code, text, question from regulation_item where programme_id = :id order by id"};
  return tx.all(kAll, {{"id", id}}, [](const store::Row& row) {
    return RegulationItem{row.string(0), row.string(1), row.string(2)};
  });
}

std::vector<org::UnitId> addressees(store::Tx& tx, ProgrammeId id) {
  static constexpr store::Sql kAll{
      "programme_addressee.of_programme",
      "select unit_id from programme_addressee where programme_id = :id order by unit_id"};
  return tx.all(kAll, {{"id", id}}, [](const store::Row& row) { return row.id<org::UnitId>(0); });
}

std::vector<Target> targets(store::Tx& tx, ProgrammeId id, org::UnitId unit) {
  static constexpr store::Sql kAll{
      "target.of_programme", TARGET_COLUMNS
      "where t.programme_id = :id and t.unit_id = :unit and t.parent_id is null order by t.id"};
  return tx.all(kAll, {{"id", id}, {"unit", unit}}, target_of);
}

std::optional<Target> target(store::Tx& tx, TargetId id) {
  static constexpr store::Sql kFind{"target.find", TARGET_COLUMNS "where t.id = :id"};
  return tx.one(kFind, {{"id", id}}, target_of);
}

void adopt(store::Tx& tx, ProgrammeId programme, org::UnitId unit, const Adoption& adoption,
           std::optional<ProgrammeId> by, auth::AccountId account, base::Instant at) {
  static constexpr store::Sql kAdopt{
      "programme_adoption.set",
      "insert into programme_adoption (programme_id, unit_id, state, reason, by_programme_id, "
      "account_id, at) "
      "values (:programme, :unit, :state, :reason, :by, :account, :at) on conflict (programme_id, "
      "unit_id) do "
      "update set state = excluded.state, reason = excluded.reason, by_programme_id = "
      "excluded.by_programme_id, account_id = excluded.account_id, at = excluded.at"};
  tx.run(kAdopt, {{"programme", programme},
                  {"unit", unit},
                  {"state", name(adoption.state)},
                  {"reason", adoption.reason},
                  {"by", by},
                  {"account", account},
                  {"at", at}});
}

void adopt(store::Tx& tx, TargetId target, org::UnitId unit, const Adoption& adoption,
           auth::AccountId account, base::Instant at) {
  static constexpr store::Sql kAdopt{"target_adoption.set",
                                     "insert into target_adoption (target_id, unit_id, state, "
                                     "reason, amount, account_id, at) values "
                                     "(:target, :unit, :state, :reason, :amount, :account, :at) on "
                                     "conflict (target_id, unit_id) do update "
                                     "set state = excluded.state, reason = excluded.reason, amount "
                                     "= excluded.amount, account_id = "
                                     "excluded.account_id, at = excluded.at"};
  tx.run(kAdopt, {{"target", target},
                  {"unit", unit},
                  {"state", name(adoption.state)},
                  {"reason", adoption.reason},
                  {"amount", adoption.amount},
                  {"account", account},
                  {"at", at}});
}

Adoption adoption(store::Tx& tx, ProgrammeId programme, org::UnitId unit) {
  static constexpr store::Sql kFind{"programme_adoption.find",
                                    "select state, reason from programme_adoption where "
                                    "programme_id = :programme and unit_id = :unit"};
  return tx
      .one(kFind, {{"programme", programme}, {"unit", unit}},
           [](const store::Row& row) { return Adoption{state_of(row.text(0)), row.string(1), {}}; })
      .value_or(Adoption{});
}

void allocate(store::Tx& tx, const Target& parent, org::UnitId unit, std::int64_t amount) {
  static constexpr store::Sql kAllocate{"target.allocate",
                                        "insert into target (programme_id, objective_id, unit_id, "
                                        "indicator_id, period, amount, parent_id) "
                                        "values (:programme, (select objective_id from target "
                                        "where id = :parent), :unit, :indicator, :period, "
                                        ":amount, :parent) on conflict (programme_id, unit_id, "
                                        "indicator_id, period) do update set amount = "
                                        "excluded.amount, revision = target.revision + 1"};
  tx.run(kAllocate, {{"programme", parent.programme},
                     {"unit", unit},
                     {"indicator", parent.indicator},
                     {"period", parent.period},
                     {"amount", amount},
                     {"parent", parent.id}});
}

std::vector<CoverageCell> cells(store::Tx& tx, TargetId target,
                                const std::vector<org::UnitId>& units) {
  static constexpr store::Sql kAdoptions{
      "target_adoption.of_target",
      "select unit_id, state, reason, amount from target_adoption where target_id = :target"};
  static constexpr store::Sql kAllocated{
      "target.allocated", "select unit_id, amount from target where parent_id = :target"};
  std::unordered_map<org::UnitId, CoverageCell> by_unit;
  tx.each(kAdoptions, {{"target", target}}, [&](const store::Row& row) {
    by_unit[row.id<org::UnitId>(0)].adoption = {state_of(row.text(1)), row.string(2),
                                                row.maybe_integer(3)};
  });
  tx.each(kAllocated, {{"target", target}}, [&](const store::Row& row) {
    by_unit[row.id<org::UnitId>(0)].allocated = row.integer(1);
  });
  std::vector<CoverageCell> made;
  for (const org::UnitId unit : units) {
    CoverageCell cell = by_unit[unit];
    cell.unit = unit;
    made.push_back(std::move(cell));
  }
  return made;
}

std::vector<Milestone> milestones(store::Tx& tx, TargetId target) {
  static constexpr store::Sql kAll{
      "target_milestone.of_target",
      "select period, amount from target_milestone where target_id = :target"};
  auto found = tx.all(kAll, {{"target", target}}, [](const store::Row& row) {
    return Milestone{base::Period::parse(row.text(0)).value(), row.integer(1)};
  });
  std::sort(found.begin(), found.end(), [](const Milestone& a, const Milestone& b) {
    return a.period.last() < b.period.last();
  });
  return found;
}

void add_milestone(store::Tx& tx, TargetId target, const Milestone& milestone) {
  static constexpr store::Sql kAdd{
      "target_milestone.add",
      "insert into target_milestone (target_id, period, amount) values (:target, :period, :amount) "
      "on conflict (target_id, period) do update set amount = excluded.amount"};
  tx.run(kAdd,
         {{"target", target}, {"period", milestone.period.text()}, {"amount", milestone.amount}});
}

void each_answer(store::Tx& tx, ProgrammeId programme,
                 const std::function<void(const Answer&)>& take) {
  static constexpr store::Sql kAnswers{
      "target_adoption.of_programme",
      "select a.target_id, a.unit_id, a.state from target t join target_adoption a on a.target_id "
      "= "
      "t.id where t.programme_id = :programme and t.parent_id is null"};
  tx.each(kAnswers, {{"programme", programme}}, [&](const store::Row& row) {
    take({row.id<TargetId>(0), row.id<org::UnitId>(1), state_of(row.text(2))});
  });
}

std::vector<std::pair<org::UnitId, Adoption>> adoptions(store::Tx& tx, ProgrammeId programme) {
  static constexpr store::Sql kAll{
      "programme_adoption.of_programme",
      "select unit_id, state, reason from programme_adoption where programme_id = :programme"};
  return tx.all(kAll, {{"programme", programme}}, [](const store::Row& row) {
    return std::pair(row.id<org::UnitId>(0), Adoption{state_of(row.text(1)), row.string(2), {}});
  });
}

std::vector<Target> given_to(store::Tx& tx, org::UnitId unit, base::Date day) {
  static constexpr store::Sql kGiven{
      "target.given_to", TARGET_COLUMNS
      "join programme g on g.id = t.programme_id where t.unit_id = :unit and t.parent_id is not "
      "null "
      "and g.valid_from <= :day and :day < g.valid_to order by t.programme_id, t.id"};
  return tx.all(kGiven, {{"unit", unit}, {"day", day}}, target_of);
}

std::vector<Programme> addressed_to(store::Tx& tx, org::UnitId unit, base::Date day) {
  static constexpr store::Sql kAddressed{"programme.addressed_to", PROGRAMME_COLUMNS
                                         "join programme_addressee d on d.programme_id = g.id "
                                         "where d.unit_id = :unit and g.valid_from "
                                         "<= :day and :day < g.valid_to order by g.id"};
  return tx.all(kAddressed, {{"unit", unit}, {"day", day}}, programme_of);
}

void forget_declined(store::Tx& tx, TargetId target, org::UnitId unit) {
  static constexpr store::Sql kForget{
      "target_adoption.forget_declined",
      "delete from target_adoption where target_id = :target and unit_id = :unit and state = "
      "'declined'"};
  tx.run(kForget, {{"target", target}, {"unit", unit}});
}

Adoption target_adoption(store::Tx& tx, TargetId target, org::UnitId unit) {
  static constexpr store::Sql kFind{"target_adoption.find",
                                    "select state, reason, amount from target_adoption where "
                                    "target_id = :target and unit_id = :unit"};
  return tx
      .one(kFind, {{"target", target}, {"unit", unit}},
           [](const store::Row& row) {
             return Adoption{state_of(row.text(0)), row.string(1), row.maybe_integer(2)};
           })
      .value_or(Adoption{});
}

}  // namespace direct::programme_store
