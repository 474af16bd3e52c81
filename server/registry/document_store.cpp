#include "registry/document_store.h"

#include "base/text.h"

namespace registry::document_store {
namespace {

#define DOCUMENT_COLUMNS                                                                 \
  "select d.id, d.unit_id, d.issuer, d.kept_by, d.profile, d.kind, d.number, d.series, " \
  "d.sequence, d.subject, d.issued_on, d.effective_on, d.recorded_at, d.recorded_by, "   \
  "d.is_illustrative from document d "

Document document_of(const store::Row& row) {
  Document made;
  made.id = row.id<DocumentId>(0);
  if (!row.is_null(1)) made.unit = row.id<org::UnitId>(1);
  made.issuer = row.string(2);
  made.kept_by = row.id<org::UnitId>(3);
  made.profile = profile_named(row.text(4)).value_or(Profile::state_nd30_2020);
  made.kind = row.string(5);
  made.number = row.string(6);
  made.series = row.string(7);
  made.sequence = row.maybe_integer(8);
  made.subject = row.string(9);
  made.issued_on = row.date(10);
  made.effective_on = row.date(11);
  made.recorded_at = row.instant(12);
  made.recorded_by = row.string(13);
  made.is_illustrative = row.integer(14) != 0;
  return made;
}

// Who sees a document d: those who see its issuer, its keeper or a recipient.
#define DOCUMENT_IS_VISIBLE                                                            \
  "(d.unit_id in (select unit_id from visible) or d.kept_by in (select unit_id from "  \
  "visible) or exists (select 1 from document_recipient r where r.document_id = d.id " \
  "and r.unit_id in (select unit_id from visible)))"

std::vector<store::Param> scope_params(const org::Scope& scope) {
  return {{"account", scope.account}, {"day", scope.day}, {"sees_all", scope.sees_all ? 1 : 0}};
}

RelationKind relation_named(std::string_view text) {
  for (const RelationKind kind : {RelationKind::implements, RelationKind::amends,
                                  RelationKind::replaces, RelationKind::answers}) {
    if (name(kind) == text) return kind;
  }
  return RelationKind::makes_concrete;
}

}  // namespace

std::vector<Term> terms(store::Tx& tx, org::UnitId unit) {
  static constexpr store::Sql kTerms{
      "term.of_unit",
      "select id, unit_id, name, valid_from, valid_to from term where unit_id = :unit order by "
      "valid_from"};
  return tx.all(kTerms, {{"unit", unit}}, [](const store::Row& row) {
    return Term{row.integer(0), row.id<org::UnitId>(1), row.string(2), row.date(3), row.date(4)};
  });
}

std::optional<std::int64_t> add_term(store::Tx& tx, const Term& term) {
  static constexpr store::Sql kAdd{
      "term.add",
      "insert into term (unit_id, name, valid_from, valid_to) select :unit, :name, :from, :to "
      "where "
      "not exists (select 1 from term where unit_id = :unit and valid_from < :to and :from < "
      "valid_to) returning id"};
  return tx.one(kAdd,
                {{"unit", term.unit}, {"name", term.name}, {"from", term.from}, {"to", term.to}},
                [](const store::Row& row) { return row.integer(0); });
}

std::optional<std::string> mark(store::Tx& tx, org::UnitId unit, Profile profile) {
  static constexpr store::Sql kMark{
      "register_mark.find",
      "select mark from register_mark where unit_id = :unit and profile = :profile"};
  return tx.one(kMark, {{"unit", unit}, {"profile", name(profile)}},
                [](const store::Row& row) { return row.string(0); });
}

void set_mark(store::Tx& tx, org::UnitId unit, Profile profile, const std::string& mark) {
  static constexpr store::Sql kSet{
      "register_mark.set",
      "insert into register_mark (unit_id, profile, mark) values (:unit, :profile, :mark) on "
      "conflict (unit_id, profile) do update set mark = excluded.mark"};
  tx.run(kSet, {{"unit", unit}, {"profile", name(profile)}, {"mark", mark}});
}

std::int64_t next_number(store::Tx& tx, org::UnitId unit, Profile profile,
                         const std::string& series) {
  static constexpr store::Sql kNext{
      "number_series.next",
      "insert into number_series (unit_id, profile, series, last) values (:unit, :profile, "
      ":series, "
      "1) on conflict (unit_id, profile, series) do update set last = number_series.last + 1 "
      "returning last"};
  return tx.integer(kNext, {{"unit", unit}, {"profile", name(profile)}, {"series", series}});
}

void pass_number(store::Tx& tx, org::UnitId unit, Profile profile, const std::string& series,
                 std::int64_t sequence) {
  static constexpr store::Sql kPass{
      "number_series.pass",
      "insert into number_series (unit_id, profile, series, last) values (:unit, :profile, "
      ":series, "
      ":sequence) on conflict (unit_id, profile, series) do update set last = case when "
      "number_series.last < excluded.last then excluded.last else number_series.last end"};
  tx.run(kPass,
         {{"unit", unit}, {"profile", name(profile)}, {"series", series}, {"sequence", sequence}});
}

bool number_taken(store::Tx& tx, org::UnitId unit, Profile profile, const std::string& series,
                  std::int64_t sequence) {
  static constexpr store::Sql kTaken{
      "document.number_taken",
      "select count(*) from document where unit_id = :unit and profile = :profile and series = "
      ":series and sequence = :sequence"};
  return tx.integer(kTaken, {{"unit", unit},
                             {"profile", name(profile)},
                             {"series", series},
                             {"sequence", sequence}}) > 0;
}

DocumentId add(store::Tx& tx, const Document& document) {
  static constexpr store::Sql kAdd{
      "document.add",
      "insert into document (unit_id, issuer, kept_by, profile, kind, number, series, sequence, "
      "subject, issued_on, effective_on, search_key, recorded_at, recorded_by, is_illustrative) "
      "values (:unit, :issuer, :kept_by, :profile, :kind, :number, :series, :sequence, :subject, "
      ":issued, :effective, :key, :at, :by, :illustrative) returning id"};
  return {tx.integer(
      kAdd, {{"unit", document.unit},
             {"issuer", document.issuer},
             {"kept_by", document.kept_by},
             {"profile", name(document.profile)},
             {"kind", document.kind},
             {"number", document.number},
             {"series", document.series},
             {"sequence", document.sequence},
             {"subject", document.subject},
             {"issued", document.issued_on},
             {"effective", document.effective_on},
             {"key", base::fold(document.number + " " + document.subject + " " + document.issuer)},
             {"at", document.recorded_at},
             {"by", document.recorded_by},
             {"illustrative", document.is_illustrative ? 1 : 0}})};
}

void add_recipient(store::Tx& tx, DocumentId document, org::UnitId unit) {
  static constexpr store::Sql kAdd{
      "document_recipient.add",
      "insert into document_recipient (document_id, unit_id) values (:document, :unit)"};
  tx.run(kAdd, {{"document", document}, {"unit", unit}});
}

void add_relation(store::Tx& tx, DocumentId document, const Relation& relation) {
  static constexpr store::Sql kAdd{
      "document_relation.add",
      "insert into document_relation (document_id, kind, other_id) values (:document, :kind, "
      ":other) on conflict (document_id, kind, other_id) do nothing"};
  tx.run(kAdd, {{"document", document}, {"kind", name(relation.kind)}, {"other", relation.other}});
}

std::optional<Document> find(store::Tx& tx, DocumentId id) {
  static constexpr store::Sql kFind{"document.find", DOCUMENT_COLUMNS "where d.id = :id"};
  return tx.one(kFind, {{"id", id}}, document_of);
}

bool in_scope(store::Tx& tx, const org::Scope& scope, DocumentId id) {
  static constexpr store::Sql kCount{
      "document.in_scope",
      "with recursive " ORG_VISIBLE_UNITS
      "select count(*) from document d where d.id = :id and " DOCUMENT_IS_VISIBLE};
  auto params = scope_params(scope);
  params.push_back({"id", id});
  return tx.integer(kCount, params) > 0;
}

std::vector<Document> visible(store::Tx& tx, const org::Scope& scope, const Wanted& wanted) {
  static constexpr store::Sql kVisible{
      "document.visible",
      "with recursive " ORG_VISIBLE_UNITS DOCUMENT_COLUMNS
      "where (:before = 0 or d.id < :before) and (:unit = 0 or d.unit_id = :unit) and (:kind = '' "
      "or "
      "d.kind = :kind) and d.issued_on >= :from and d.issued_on < :to and (:like = '' or "
      "d.search_key like :like) and " DOCUMENT_IS_VISIBLE " order by d.id desc limit :limit"};
  std::string like = base::fold(wanted.query);
  std::erase_if(like, [](char c) { return c == '%' || c == '_'; });
  auto params = scope_params(scope);
  params.push_back({"before", wanted.before});
  params.push_back({"unit", wanted.unit ? wanted.unit->value : 0});
  params.push_back({"kind", wanted.kind});
  params.push_back({"from", wanted.from.value_or(base::Date(1, 1, 1))});
  params.push_back({"to", wanted.to.value_or(base::kForever)});
  params.push_back({"like", like.empty() ? "" : "%" + like + "%"});
  params.push_back({"limit", wanted.limit});
  return tx.all(kVisible, params, document_of);
}

std::vector<org::UnitId> recipients(store::Tx& tx, DocumentId id) {
  static constexpr store::Sql kRecipients{
      "document_recipient.of_document",
      "select unit_id from document_recipient where document_id = :id order by unit_id"};
  return tx.all(kRecipients, {{"id", id}},
                [](const store::Row& row) { return row.id<org::UnitId>(0); });
}

std::vector<Link> links(store::Tx& tx, DocumentId id) {
  static constexpr store::Sql kLinks{
      "document_relation.of_document",
      "select document_id, kind, other_id from document_relation where document_id = :id union all "
      "select document_id, kind, other_id from document_relation where other_id = :id"};
  return tx.all(kLinks, {{"id", id}}, [](const store::Row& row) {
    return Link{row.id<DocumentId>(0), relation_named(row.text(1)), row.id<DocumentId>(2)};
  });
}

}  // namespace registry::document_store
