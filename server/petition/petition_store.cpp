#include "petition/petition_store.h"

#include "base/text.h"

namespace petition::petition_store {
namespace {

#define PETITION_COLUMNS                                                                 \
  "select p.id, p.unit_id, p.kind, p.subject, p.title, p.text, p.state, p.is_joinable, " \
  "p.is_illustrative, p.merged_into, p.raised_on, p.answered_on, p.public_title, "       \
  "p.public_question, p.public_answer, p.public_on, p.revision, p.actor from petition p "

std::optional<base::Date> maybe_date(const store::Row& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return row.date(column);
}
template <class IdType>
std::optional<IdType> maybe_id(const store::Row& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return row.id<IdType>(column);
}

Petition petition_of(const store::Row& row) {
  Petition made;
  made.id = row.id<PetitionId>(0);
  made.unit = row.id<org::UnitId>(1);
  made.kind = petition_kind_named(row.text(2)).value_or(PetitionKind::recommendation);
  made.subject = row.string(3);
  made.title = row.string(4);
  made.text = row.string(5);
  made.state = state_named(row.text(6)).value_or(State::open);
  made.is_joinable = row.integer(7) != 0;
  made.is_illustrative = row.integer(8) != 0;
  made.merged_into = maybe_id<PetitionId>(row, 9);
  made.raised_on = row.date(10);
  made.answered_on = maybe_date(row, 11);
  if (const auto on = maybe_date(row, 15))
    made.opened = PublicVersion{row.string(12), row.string(13), row.string(14), *on};
  made.revision = row.integer(16);
  made.actor = row.string(17);
  return made;
}

Part part_of(const store::Row& row) {
  Part made;
  made.id = row.id<PartId>(0);
  made.position = static_cast<int>(row.integer(1));
  made.portion = row.string(2);
  made.state = part_state_named(row.text(3)).value_or(PartState::held);
  made.holder = row.id<org::UnitId>(4);
  made.body = row.string(5);
  made.sent_on = maybe_date(row, 6);
  made.received_on = row.date(7);
  made.days = static_cast<int>(row.integer(8));
  made.due_on = row.date(9);
  made.extended_days = static_cast<int>(row.integer(10));
  made.asked_on = maybe_date(row, 11);
  made.answered_on = maybe_date(row, 12);
  made.outcome = outcome_named(row.text(13)).value_or(Outcome::none);
  made.answer = row.string(14);
  made.document = maybe_id<registry::DocumentId>(row, 15);
  made.task = maybe_id<direct::TaskId>(row, 16);
  return made;
}

void fill(store::Tx& tx, Petition& made) {
  static constexpr store::Sql kRaisers{
      "petition_raiser.of_petition",
      "select unit_id, since, text, origin_id, actor from petition_raiser where petition_id = :id "
      "order by since, unit_id"};
  static constexpr store::Sql kParts{
      "petition_part.of_petition",
      "select id, position, portion, state, holder_id, body, sent_on, received_on, days, due_on, "
      "extended_days, asked_on, answered_on, outcome, answer, document_id, task_id from "
      "petition_part where petition_id = :id order by position"};
  made.raisers = tx.all(kRaisers, {{"id", made.id}}, [](const store::Row& row) {
    return Raiser{row.id<org::UnitId>(0), row.date(1), row.string(2), maybe_id<PetitionId>(row, 3),
                  row.string(4)};
  });
  made.parts = tx.all(kParts, {{"id", made.id}}, part_of);
}

void save_part(store::Tx& tx, const Part& part) {
  static constexpr store::Sql kSave{
      "petition_part.save",
      "update petition_part set state = :state, holder_id = :holder, body = :body, sent_on = "
      ":sent, received_on = :received, days = :days, due_on = :due, extended_days = :extended, "
      "asked_on = :asked, answered_on = :answered, outcome = :outcome, answer = :answer, "
      "document_id = :document, task_id = :task where id = :id"};
  tx.run(kSave, {{"state", name(part.state)},
                 {"holder", part.holder},
                 {"body", part.body},
                 {"sent", part.sent_on},
                 {"received", part.received_on},
                 {"days", part.days},
                 {"due", part.due_on},
                 {"extended", part.extended_days},
                 {"asked", part.asked_on},
                 {"answered", part.answered_on},
                 {"outcome", name(part.outcome)},
                 {"answer", part.answer},
                 {"document", part.document},
                 {"task", part.task},
                 {"id", part.id}});
}

/// What is searched: title, text and what raisers added need no tone marks to be found.
std::string search_key(const Petition& petition) {
  return base::fold(petition.title + " " + petition.text);
}

std::vector<store::Param> scope_params(const org::Scope& scope) {
  return {{"account", scope.account}, {"day", scope.day}, {"sees_all", scope.sees_all ? 1 : 0}};
}

#define PETITION_IS_IN_SIGHT                                                                      \
  "(exists (select 1 from petition_raiser r where r.petition_id = p.id and r.unit_id in (select " \
  "unit_id from visible)) or exists (select 1 from petition_step s where s.petition_id = p.id "   \
  "and s.to_unit_id in (select unit_id from visible)))"

#define UNITS_ABOVE                                                                              \
  "above(unit_id) as (select parent_id from unit_parent where unit_id = :unit and parent_id is " \
  "not null and valid_from <= :day and :day < valid_to union select u.parent_id from "           \
  "unit_parent u join above a on u.unit_id = a.unit_id where u.parent_id is not null and "       \
  "u.valid_from <= :day and :day < u.valid_to) "

}  // namespace

PetitionId add(store::Tx& tx, const Petition& petition, const auth::Actor& actor,
               base::Instant at) {
  static constexpr store::Sql kAdd{
      "petition.add",
      "insert into petition (unit_id, kind, subject, title, text, search_key, state, is_joinable, "
      "is_illustrative, raised_on, account_id, actor, made_at) values (:unit, :kind, :subject, "
      ":title, :text, :key, 'open', :joinable, :illustrative, :raised, :account, :actor, :at) "
      "returning id"};
  const PetitionId id{tx.integer(kAdd, {{"unit", petition.unit},
                                        {"kind", name(petition.kind)},
                                        {"subject", petition.subject},
                                        {"title", petition.title},
                                        {"text", petition.text},
                                        {"key", search_key(petition)},
                                        {"joinable", petition.is_joinable ? 1 : 0},
                                        {"illustrative", petition.is_illustrative ? 1 : 0},
                                        {"raised", petition.raised_on},
                                        {"account", actor.account()},
                                        {"actor", actor.name()},
                                        {"at", at}})};
  for (const Raiser& one : petition.raisers) add_raiser(tx, id, one);
  return id;
}

std::optional<Petition> find(store::Tx& tx, PetitionId id) {
  static constexpr store::Sql kFind{"petition.find", PETITION_COLUMNS "where p.id = :id"};
  auto found = tx.one(kFind, {{"id", id}}, petition_of);
  if (found) fill(tx, *found);
  return found;
}

bool save(store::Tx& tx, Petition& petition) {
  static constexpr store::Sql kSave{
      "petition.save",
      "update petition set state = :state, merged_into = :into, answered_on = :answered, "
      "public_title = :title, public_question = :question, public_answer = :answer, public_on = "
      ":public_on, revision = revision + 1 where id = :id and revision = :revision"};
  const PublicVersion opened = petition.opened.value_or(PublicVersion{});
  const auto changed = tx.run(
      kSave, {{"state", name(petition.state)},
              {"into", petition.merged_into},
              {"answered", petition.answered_on},
              {"title", opened.title},
              {"question", opened.question},
              {"answer", opened.answer},
              {"public_on", petition.opened ? std::optional<base::Date>(opened.on) : std::nullopt},
              {"id", petition.id},
              {"revision", petition.revision}});
  if (changed != 1) return false;
  ++petition.revision;
  for (const Part& part : petition.parts) save_part(tx, part);
  return true;
}

PartId add_part(store::Tx& tx, PetitionId id, const Part& part) {
  static constexpr store::Sql kAdd{
      "petition_part.add",
      "insert into petition_part (petition_id, position, portion, state, holder_id, body, "
      "received_on, days, due_on) values (:petition, :position, :portion, :state, :holder, :body, "
      ":received, :days, :due) returning id"};
  return {tx.integer(kAdd, {{"petition", id},
                            {"position", part.position},
                            {"portion", part.portion},
                            {"state", name(part.state)},
                            {"holder", part.holder},
                            {"body", part.body},
                            {"received", part.received_on},
                            {"days", part.days},
                            {"due", part.due_on}})};
}

void add_raiser(store::Tx& tx, PetitionId id, const Raiser& raiser) {
  static constexpr store::Sql kAdd{
      "petition_raiser.add",
      "insert into petition_raiser (petition_id, unit_id, since, text, origin_id, actor) values "
      "(:petition, :unit, :since, :text, :origin, :actor)"};
  tx.run(kAdd, {{"petition", id},
                {"unit", raiser.unit},
                {"since", raiser.since},
                {"text", raiser.text},
                {"origin", raiser.origin},
                {"actor", raiser.actor}});
}

void add_step(store::Tx& tx, PetitionId id, const Step& step, const auth::Actor& actor,
              base::Instant at) {
  static constexpr store::Sql kAdd{
      "petition_step.add",
      "insert into petition_step (petition_id, part_id, kind, unit_id, to_unit_id, body, text, "
      "on_day, account_id, actor, at) values (:petition, :part, :kind, :unit, :to, :body, :text, "
      ":on, :account, :actor, :at)"};
  tx.run(kAdd, {{"petition", id},
                {"part", step.part},
                {"kind", step.kind},
                {"unit", step.unit},
                {"to", step.to},
                {"body", step.body},
                {"text", step.text},
                {"on", step.on},
                {"account", actor.account()},
                {"actor", actor.name()},
                {"at", at}});
}

std::vector<Step> steps(store::Tx& tx, PetitionId id) {
  static constexpr store::Sql kAll{
      "petition_step.of_petition",
      "select id, part_id, kind, unit_id, to_unit_id, body, text, on_day, actor from "
      "petition_step where petition_id = :id order by id"};
  return tx.all(kAll, {{"id", id}}, [](const store::Row& row) {
    return Step{row.integer(0),
                maybe_id<PartId>(row, 1),
                row.string(2),
                row.id<org::UnitId>(3),
                maybe_id<org::UnitId>(row, 4),
                row.string(5),
                row.string(6),
                row.date(7),
                row.string(8)};
  });
}

bool in_scope(store::Tx& tx, const org::Scope& scope, PetitionId id) {
  static constexpr store::Sql kCount{
      "petition.in_scope",
      "with recursive " ORG_VISIBLE_UNITS
      "select count(*) from petition p where p.id = :id and " PETITION_IS_IN_SIGHT};
  auto params = scope_params(scope);
  params.push_back({"id", id});
  return tx.integer(kCount, params) > 0;
}

std::vector<Petition> visible(store::Tx& tx, const org::Scope& scope, const Wanted& wanted) {
  static constexpr store::Sql kList{
      "petition.visible",
      "with recursive " ORG_VISIBLE_UNITS
      ", under(unit_id) as (select id from unit where id = :under union select c.unit_id from "
      "unit_parent c join under u on c.parent_id = u.unit_id where c.valid_from <= :day and :day < "
      "c.valid_to) " PETITION_COLUMNS
      "where (:before = 0 or p.id < :before) and (:state = '' or p.state = :state) and (:kind = '' "
      "or p.kind = :kind) and (:subject = '' or p.subject = :subject) and (:query = '' or "
      "p.search_key like :query) and (:raiser = 0 or exists (select 1 from petition_raiser q where "
      "q.petition_id = p.id and q.unit_id = :raiser)) and (:under = 0 or exists (select 1 from "
      "petition_raiser q where q.petition_id = p.id and q.unit_id in (select unit_id from under))) "
      "and (:holder = 0 or exists (select 1 from petition_part t where t.petition_id = p.id and "
      "t.holder_id = :holder and t.state in ('held', 'asked', 'answered'))) and (:overdue = 0 or "
      "exists (select 1 from petition_part t where t.petition_id = p.id and t.state = 'held' and "
      "t.due_on < :on and (:holder = 0 or t.holder_id = :holder))) and " PETITION_IS_IN_SIGHT
      " order by p.id desc limit :limit"};
  auto params = scope_params(scope);
  params.push_back({"before", wanted.before});
  params.push_back({"state", wanted.state ? name(*wanted.state) : std::string_view()});
  params.push_back({"kind", wanted.kind ? name(*wanted.kind) : std::string_view()});
  params.push_back({"subject", wanted.subject});
  params.push_back(
      {"query", wanted.query.empty() ? std::string() : "%" + base::fold(wanted.query) + "%"});
  params.push_back({"raiser", wanted.raiser ? wanted.raiser->value : 0});
  params.push_back({"under", wanted.under ? wanted.under->value : 0});
  params.push_back({"holder", wanted.holder ? wanted.holder->value : 0});
  params.push_back({"overdue", wanted.is_overdue ? 1 : 0});
  params.push_back({"on", wanted.day});
  params.push_back({"limit", wanted.limit});
  auto found = tx.all(kList, params, petition_of);
  for (Petition& one : found) fill(tx, one);
  return found;
}

std::vector<PetitionId> neighbours(store::Tx& tx, const org::Scope& scope, org::UnitId unit,
                                   std::string_view subject, base::Date since, int limit) {
  static constexpr store::Sql kList{
      "petition.neighbours",
      "with recursive " ORG_VISIBLE_UNITS ", " UNITS_ABOVE
      "select p.id from petition p where (:subject = '' or p.subject = :subject) and (p.state in "
      "('open', 'returned') or (p.state = 'answered' and p.answered_on >= :since)) "
      "and ((p.is_joinable = 1 and exists (select 1 from petition_part t where t.petition_id = "
      "p.id and t.holder_id in (select unit_id from above))) or " PETITION_IS_IN_SIGHT
      ") order by p.id desc limit :limit"};
  auto params = scope_params(scope);
  params.push_back({"unit", unit});
  params.push_back({"subject", subject});
  params.push_back({"since", since});
  params.push_back({"limit", limit});
  return tx.all(kList, params, [](const store::Row& row) { return row.id<PetitionId>(0); });
}

bool is_joinable_by(store::Tx& tx, PetitionId id, org::UnitId unit, base::Date day) {
  static constexpr store::Sql kCount{
      "petition.joinable_by",
      "with recursive " UNITS_ABOVE
      "select count(*) from petition p where p.id = :id and p.is_joinable = 1 and exists (select 1 "
      "from petition_part t where t.petition_id = p.id and t.holder_id in (select unit_id from "
      "above))"};
  return tx.integer(kCount, {{"unit", unit}, {"day", day}, {"id", id}}) > 0;
}

void set_paper(store::Tx& tx, PetitionId id, std::string_view paper, PartId part,
               registry::DocumentId document) {
  static constexpr store::Sql kAdd{
      "petition_paper.add",
      "insert into petition_paper (petition_id, paper, part_id, document_id) values (:petition, "
      ":paper, :part, :document)"};
  tx.run(kAdd, {{"petition", id}, {"paper", paper}, {"part", part}, {"document", document}});
}

std::optional<registry::DocumentId> paper(store::Tx& tx, PetitionId id, std::string_view paper,
                                          PartId part) {
  static constexpr store::Sql kFind{
      "petition_paper.find",
      "select document_id from petition_paper where petition_id = :petition and paper = :paper and "
      "part_id = :part"};
  return tx.one(kFind, {{"petition", id}, {"paper", paper}, {"part", part}},
                [](const store::Row& row) { return row.id<registry::DocumentId>(0); });
}

}  // namespace petition::petition_store
