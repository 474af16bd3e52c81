#include "mobilise/contribution_store.h"

#include "mobilise/movement_store.h"

namespace mobilise::contribution_store {
namespace {

#define CONTRIBUTION_COLUMNS                                                                   \
  "select c.id, c.movement_id, c.unit_id, c.stage, c.kind, c.quantity, c.what, c.giver, "      \
  "c.giver_id, c.on_day, c.document_id, c.ref, c.other_reason, c.state, c.revision, c.actor, " \
  "c.at "                                                                                      \
  "from contribution c "

Contribution contribution_of(const store::Row& row) {
  Contribution made;
  made.id = row.id<ContributionId>(0);
  made.movement = row.id<MovementId>(1);
  made.unit = row.id<org::UnitId>(2);
  made.stage = stage_named(row.text(3)).value_or(Stage::received);
  made.kind = gift_kind_named(row.text(4)).value_or(GiftKind::money);
  made.quantity = row.integer(5);
  made.what = row.string(6);
  made.giver = row.string(7);
  if (!row.is_null(8)) made.giver_unit = row.id<org::UnitId>(8);
  made.on = row.date(9);
  if (!row.is_null(10)) made.document = row.id<registry::DocumentId>(10);
  made.ref = row.string(11);
  made.other_reason = row.string(12);
  made.is_withdrawn = row.text(13) == "withdrawn";
  made.revision = row.integer(14);
  made.actor = row.string(15);
  made.at = row.instant(16);
  return made;
}

std::vector<Contribution> with_bodies(store::Tx& tx, std::vector<Contribution> found) {
  static constexpr store::Sql kBodies{
      "contribution_body.of_contribution",
      "select body_id, quantity, on_day, ref, actor, at from contribution_body where "
      "contribution_id = :id order by at, body_id"};
  for (Contribution& one : found) {
    one.bodies = tx.all(kBodies, {{"id", one.id}}, [](const store::Row& row) {
      return Telling{row.id<org::UnitId>(0), row.integer(1), row.date(2),
                     row.string(3),          row.string(4),  row.instant(5)};
    });
  }
  return found;
}

Counted counted_of(const store::Row& row) {
  Counted made;
  made.unit = row.id<org::UnitId>(0);
  made.stage = stage_named(row.text(1)).value_or(Stage::received);
  made.kind = gift_kind_named(row.text(2)).value_or(GiftKind::money);
  made.quantity = row.integer(3);
  made.contributions = row.integer(4);
  made.body = row.id<org::UnitId>(5);
  return made;
}

/// Units at and under :under; the ended ones whose heirs those are; of these the ones that were
/// divided and have heirs elsewhere too.
#define CONTRIBUTION_UNITS_UNDER                                                               \
  "under(unit_id) as (select id from unit where id = :under union select p.unit_id from "      \
  "unit_parent p join under u on p.parent_id = u.unit_id where p.line = :line and "            \
  "p.valid_from <= :tree_on and :tree_on < p.valid_to), "                                      \
  "reached(unit_id) as (select unit_id from under union select s.from_id from succession s "   \
  "join reached r on s.to_id = r.unit_id where s.from_ends = 1 and s.on_day <= :tree_on), "    \
  "parted(unit_id) as (select s.from_id from succession s where s.from_ends = 1 and s.on_day " \
  "<= :tree_on and s.from_id in (select unit_id from reached) and s.to_id not in (select "     \
  "unit_id from reached) union select s.from_id from succession s join parted q on s.to_id = " \
  "q.unit_id where s.from_ends = 1 and s.on_day <= :tree_on) "

std::vector<store::Param> columns_of(const Contribution& one) {
  return {{"unit", one.unit},
          {"stage", name(one.stage)},
          {"kind", name(one.kind)},
          {"quantity", one.quantity},
          {"what", one.what},
          {"giver", one.giver},
          {"giver_unit", one.giver_unit},
          {"gift_key", gift_key(one)},
          {"on", one.on},
          {"document", one.document},
          {"ref", one.ref},
          {"other_reason", one.other_reason}};
}

}  // namespace

ContributionId add(store::Tx& tx, const Contribution& contribution, const auth::Actor& actor,
                   base::Instant at) {
  static constexpr store::Sql kAdd{
      "contribution.add",
      "insert into contribution (movement_id, unit_id, stage, kind, quantity, what, giver, "
      "giver_id, gift_key, on_day, document_id, ref, other_reason, account_id, actor, at) values "
      "(:movement, :unit, :stage, :kind, :quantity, :what, :giver, :giver_unit, :gift_key, :on, "
      ":document, :ref, :other_reason, :account, :actor, :at) returning id"};
  auto params = columns_of(contribution);
  params.push_back({"movement", contribution.movement});
  params.push_back({"account", actor.account()});
  params.push_back({"actor", actor.name()});
  params.push_back({"at", at});
  const ContributionId id{tx.integer(kAdd, params)};
  for (const Telling& one : contribution.bodies) add_body(tx, id, one, actor, at);
  return id;
}

void add_body(store::Tx& tx, ContributionId id, const Telling& telling, const auth::Actor& actor,
              base::Instant at) {
  static constexpr store::Sql kAdd{
      "contribution_body.add",
      "insert into contribution_body (contribution_id, body_id, quantity, on_day, ref, account_id, "
      "actor, at) values (:id, :body, :quantity, :on, :ref, :account, :actor, :at)"};
  tx.run(kAdd, {{"id", id},
                {"body", telling.body},
                {"quantity", telling.quantity},
                {"on", telling.on},
                {"ref", telling.ref},
                {"account", actor.account()},
                {"actor", actor.name()},
                {"at", at}});
}

void remove_body(store::Tx& tx, ContributionId id, org::UnitId body) {
  static constexpr store::Sql kRemove{
      "contribution_body.remove",
      "delete from contribution_body where contribution_id = :id and body_id = :body"};
  tx.run(kRemove, {{"id", id}, {"body", body}});
}

std::optional<Contribution> find(store::Tx& tx, ContributionId id) {
  static constexpr store::Sql kFind{"contribution.find", CONTRIBUTION_COLUMNS "where c.id = :id"};
  auto found = with_bodies(tx, tx.all(kFind, {{"id", id}}, contribution_of));
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

bool save(store::Tx& tx, Contribution& contribution) {
  static constexpr store::Sql kSave{
      "contribution.save",
      "update contribution set unit_id = :unit, stage = :stage, kind = :kind, quantity = "
      ":quantity, what = :what, giver = :giver, giver_id = :giver_unit, gift_key = :gift_key, "
      "on_day = :on, document_id = :document, ref = :ref, other_reason = :other_reason, state = "
      ":state, revision = revision + 1 where id = :id and revision = :revision"};
  auto params = columns_of(contribution);
  params.push_back({"state", contribution.is_withdrawn ? "withdrawn" : "counted"});
  params.push_back({"id", contribution.id});
  params.push_back({"revision", contribution.revision});
  if (tx.run(kSave, params) != 1) return false;
  ++contribution.revision;
  return true;
}

void keep(store::Tx& tx, const Contribution& was, const std::string& act, const std::string& reason,
          const auth::Actor& actor, base::Instant at) {
  static constexpr store::Sql kKeep{
      "contribution_revision.add",
      "insert into contribution_revision (contribution_id, revision, act, unit_id, stage, kind, "
      "quantity, what, giver, on_day, ref, reason, account_id, actor, at) values (:id, :revision, "
      ":act, :unit, :stage, :kind, :quantity, :what, :giver, :on, :ref, :reason, :account, :actor, "
      ":at)"};
  tx.run(kKeep, {{"id", was.id},
                 {"revision", was.revision},
                 {"act", act},
                 {"unit", was.unit},
                 {"stage", name(was.stage)},
                 {"kind", name(was.kind)},
                 {"quantity", was.quantity},
                 {"what", was.what},
                 {"giver", was.giver},
                 {"on", was.on},
                 {"ref", was.ref},
                 {"reason", reason},
                 {"account", actor.account()},
                 {"actor", actor.name()},
                 {"at", at}});
}

std::vector<Revision> history(store::Tx& tx, ContributionId id) {
  static constexpr store::Sql kAll{
      "contribution_revision.of_contribution",
      "select revision, act, unit_id, stage, kind, quantity, what, giver, on_day, ref, reason, "
      "actor, at from contribution_revision where contribution_id = :id order by revision limit "
      "1000"};
  return tx.all(kAll, {{"id", id}}, [&](const store::Row& row) {
    Revision made;
    made.revision = row.integer(0);
    made.act = row.string(1);
    made.was.id = id;
    made.was.unit = row.id<org::UnitId>(2);
    made.was.stage = stage_named(row.text(3)).value_or(Stage::received);
    made.was.kind = gift_kind_named(row.text(4)).value_or(GiftKind::money);
    made.was.quantity = row.integer(5);
    made.was.what = row.string(6);
    made.was.giver = row.string(7);
    made.was.on = row.date(8);
    made.was.ref = row.string(9);
    made.reason = row.string(10);
    made.actor = row.string(11);
    made.at = row.instant(12);
    return made;
  });
}

std::vector<Contribution> like(store::Tx& tx, const Contribution& told) {
  static constexpr store::Sql kAll{
      "contribution.like", CONTRIBUTION_COLUMNS
      "where c.movement_id = :movement and c.gift_key = :key and c.state = 'counted' and "
      "(c.quantity = :quantity or (c.on_day >= :first and c.on_day <= :last)) order by c.id limit "
      "1000"};
  return with_bodies(tx, tx.all(kAll,
                                {{"movement", told.movement},
                                 {"key", gift_key(told)},
                                 {"quantity", told.quantity},
                                 {"first", told.on.plus_days(-kNearDays)},
                                 {"last", told.on.plus_days(kNearDays)}},
                                contribution_of));
}

std::vector<Contribution> list(store::Tx& tx, const org::Scope& scope, const Wanted& wanted) {
  static constexpr store::Sql kList{
      "contribution.list",
      "with recursive " ORG_VISIBLE_UNITS ", " CONTRIBUTION_UNITS_UNDER CONTRIBUTION_COLUMNS
      "where c.movement_id = :movement and c.id > :after and (:under = 0 or (c.unit_id in (select "
      "unit_id from reached) and c.unit_id not in (select unit_id from parted))) and (:stage = '' "
      "or c.stage = :stage) and (:kind = '' or c.kind = :kind) and (:from = '' or c.on_day >= "
      ":from) and (:to = '' or c.on_day < :to) and (:body = 0 or exists (select 1 from "
      "contribution_body b where b.contribution_id = c.id and b.body_id = :body)) and (:withdrawn "
      "= 1 or c.state = 'counted') and (:whole = 1 or c.unit_id in (select unit_id from visible) "
      "or exists (select 1 from contribution_body v where v.contribution_id = c.id and v.body_id "
      "in (select unit_id from visible))) order by c.id limit :limit"};
  auto params = movement_store::scope_params(scope);
  params.push_back({"movement", wanted.movement});
  params.push_back({"after", wanted.after});
  params.push_back({"under", wanted.under ? wanted.under->value : 0});
  params.push_back({"line", wanted.line});
  params.push_back({"tree_on", wanted.tree_on});
  params.push_back({"stage", wanted.stage ? name(*wanted.stage) : std::string_view()});
  params.push_back({"kind", wanted.kind ? name(*wanted.kind) : std::string_view()});
  params.push_back({"from", wanted.from ? wanted.from->text() : std::string()});
  params.push_back({"to", wanted.to ? wanted.to->text() : std::string()});
  params.push_back({"body", wanted.body ? wanted.body->value : 0});
  params.push_back({"withdrawn", wanted.with_withdrawn ? 1 : 0});
  params.push_back({"whole", wanted.sees_whole ? 1 : 0});
  params.push_back({"limit", wanted.limit});
  return with_bodies(tx, tx.all(kList, params, contribution_of));
}

std::vector<Counted> counted(store::Tx& tx, MovementId movement, base::Date from, base::Date to,
                             bool by_body) {
  static constexpr store::Sql kOnce{
      "contribution.counted",
      "select unit_id, stage, kind, cast(sum(quantity) as bigint), count(*), cast(0 as bigint) "
      "from contribution where movement_id = :movement and state = 'counted' and on_day >= :from "
      "and on_day < :to group by unit_id, stage, kind order by unit_id, stage, kind"};
  static constexpr store::Sql kByBody{
      "contribution.counted_by_body",
      "select c.unit_id, c.stage, c.kind, cast(sum(c.quantity) as bigint), count(*), b.body_id "
      "from contribution c join contribution_body b on b.contribution_id = c.id where "
      "c.movement_id = :movement and c.state = 'counted' and c.on_day >= :from and c.on_day < :to "
      "group by b.body_id, c.unit_id, c.stage, c.kind order by b.body_id, c.unit_id, c.stage, "
      "c.kind"};
  return tx.all(by_body ? kByBody : kOnce, {{"movement", movement}, {"from", from}, {"to", to}},
                counted_of);
}

std::vector<Counted> of_body(store::Tx& tx, MovementId movement, org::UnitId body, base::Date from,
                             base::Date to, bool shared_only) {
  static constexpr store::Sql kOfBody{
      "contribution.of_body",
      "select c.unit_id, c.stage, c.kind, cast(sum(c.quantity) as bigint), count(*), b.body_id "
      "from contribution c join contribution_body b on b.contribution_id = c.id where "
      "c.movement_id = :movement and b.body_id = :body and c.state = 'counted' and c.on_day >= "
      ":from and c.on_day < :to and (:shared = 0 or exists (select 1 from contribution_body o "
      "where o.contribution_id = c.id and o.body_id <> :body)) group by b.body_id, c.unit_id, "
      "c.stage, c.kind order by c.unit_id, c.stage, c.kind"};
  return tx.all(kOfBody,
                {{"movement", movement},
                 {"body", body},
                 {"from", from},
                 {"to", to},
                 {"shared", shared_only ? 1 : 0}},
                counted_of);
}

Seats heirs(store::Tx& tx, MovementId movement, base::Date day) {
  static constexpr store::Sql kHeirs{
      "contribution.heirs",
      "with recursive heir(origin, unit_id) as (select c.unit_id, c.unit_id from contribution c "
      "where c.movement_id = :movement and exists (select 1 from succession e where e.from_id = "
      "c.unit_id and e.from_ends = 1 and e.on_day <= :day) union select h.origin, s.to_id from "
      "succession s join heir h on s.from_id = h.unit_id where s.from_ends = 1 and s.on_day <= "
      ":day) select origin, unit_id from heir where not exists (select 1 from succession e where "
      "e.from_id = heir.unit_id and e.from_ends = 1 and e.on_day <= :day) order by origin, "
      "unit_id"};
  Seats made;
  tx.each(kHeirs, {{"movement", movement}, {"day", day}}, [&](const store::Row& row) {
    made[row.id<org::UnitId>(0)].push_back(row.id<org::UnitId>(1));
  });
  return made;
}

std::vector<org::UnitId> bodies(store::Tx& tx, MovementId movement) {
  static constexpr store::Sql kBodies{
      "contribution_body.of_movement",
      "select distinct b.body_id from contribution_body b join contribution c on c.id = "
      "b.contribution_id where c.movement_id = :movement and c.state = 'counted' order by "
      "b.body_id"};
  return tx.all(kBodies, {{"movement", movement}},
                [](const store::Row& row) { return row.id<org::UnitId>(0); });
}

std::int64_t outside(store::Tx& tx, MovementId movement, base::Date from, base::Date to) {
  static constexpr store::Sql kCount{
      "contribution.outside",
      "select count(*) from contribution where movement_id = :movement and state = 'counted' and "
      "(on_day < :from or on_day >= :to)"};
  return tx.integer(kCount, {{"movement", movement}, {"from", from}, {"to", to}});
}

}  // namespace mobilise::contribution_store
