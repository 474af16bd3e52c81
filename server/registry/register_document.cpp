#include "registry/register_document.h"

#include <set>

#include "journal/journal.h"
#include "org/authority.h"
#include "org/unit_store.h"
#include "registry/document_store.h"

namespace registry {
namespace {

using base::ProblemKind;

std::string object_of(DocumentId id) { return "document:" + std::to_string(id.value); }

void record(store::Tx& tx, const auth::Actor& actor, base::Instant now, const char* act,
            const std::string& object, org::UnitId unit) {
  journal::record(tx, actor, now, {act, object, unit.value, "{}"});
}

void append(base::Problems& problems, const base::Problems& more) {
  problems.insert(problems.end(), more.begin(), more.end());
}

base::Problems faults_of_parties(store::Tx& tx, const auth::Actor& actor, base::Date today,
                                 const NewDocument& asked) {
  base::Problems problems;
  if (!asked.unit && asked.issuer.empty()) {
    problems.push_back({ProblemKind::invalid, "document.no_issuer", "/issuer", {}});
  }
  if (asked.unit && !org::unit_store::alive(tx, *asked.unit, asked.issued_on)) {
    problems.push_back(
        {ProblemKind::invalid, "document.issuer_not_then", "/unit", {asked.issued_on.text()}});
  }
  std::set<org::UnitId> seen;
  for (std::size_t i = 0; i < asked.recipients.size(); ++i) {
    const std::string field = "/recipients/" + std::to_string(i);
    if (org::unit_store::names(tx, asked.recipients[i]).empty()) {
      problems.push_back({ProblemKind::invalid, "document.recipient_unknown", field, {}});
    } else if (!seen.insert(asked.recipients[i]).second) {
      problems.push_back({ProblemKind::invalid, "document.recipient_twice", field, {}});
    }
  }
  for (std::size_t i = 0; i < asked.relations.size(); ++i) {
    if (!document_store::in_scope(tx, org::scope_of(actor, today), asked.relations[i].other)) {
      problems.push_back({ProblemKind::invalid,
                          "document.other_unknown",
                          "/relations/" + std::to_string(i) + "/document",
                          {}});
    }
  }
  return problems;
}

/// A paper that comes with its number.
void take_number(store::Tx& tx, const NewDocument& asked, Document& made,
                 base::Problems& problems) {
  const auto number = read_number(asked.number, asked.profile, "/number");
  if (!number) return append(problems, number.error());
  if (number->kind != asked.kind) {
    problems.push_back({ProblemKind::invalid,
                        "document.kind_differs",
                        "/number",
                        {asked.number, number->kind, asked.kind}});
  }
  made.number = asked.number;
  made.sequence = number->sequence;
  if (!asked.unit) return;  // not counted here
  const auto series =
      series_of(asked.profile, asked.kind, asked.issued_on, document_store::terms(tx, *asked.unit));
  if (!series) return append(problems, series.error());
  made.series = *series;
  if (document_store::number_taken(tx, *asked.unit, asked.profile, made.series, *made.sequence)) {
    problems.push_back({ProblemKind::conflict, "document.number_taken", "/number", {asked.number}});
  }
}

/// A paper that the keeper issues now; its number is drawn only when nothing speaks against it.
std::string mark_of(store::Tx& tx, const NewDocument& asked, Document& made,
                    base::Problems& problems) {
  if (asked.unit != asked.kept_by) {
    problems.push_back({ProblemKind::invalid, "document.issues_for_another", "/unit", {}});
    return {};
  }
  const auto series =
      series_of(asked.profile, asked.kind, asked.issued_on, document_store::terms(tx, *asked.unit));
  if (series) {
    made.series = *series;
  } else {
    append(problems, series.error());
  }
  const auto mark = document_store::mark(tx, asked.kept_by, asked.profile);
  if (!mark) {
    problems.push_back(
        {ProblemKind::invalid, "document.no_mark", "/profile", {std::string(name(asked.profile))}});
  }
  return mark.value_or("");
}

}  // namespace

base::Result<DocumentId> register_document(store::Tx& tx, const auth::Actor& actor,
                                           base::Instant now, base::Date today,
                                           const NewDocument& asked) {
  RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::number, asked.kept_by, today));
  base::Problems problems = faults_of_parties(tx, actor, today, asked);
  Document made;
  if (!kind_coded(asked.kind)) {
    problems.push_back({ProblemKind::invalid, "document.kind_unknown", "/kind", {asked.kind}});
  }
  std::string mark;
  if (asked.number.empty()) {
    mark = mark_of(tx, asked, made, problems);
  } else {
    take_number(tx, asked, made, problems);
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  if (asked.number.empty()) {
    made.sequence = document_store::next_number(tx, *asked.unit, asked.profile, made.series);
    made.number = text_of({*made.sequence, asked.kind, mark}, asked.profile);
  } else if (asked.unit) {
    document_store::pass_number(tx, *asked.unit, asked.profile, made.series, *made.sequence);
  }
  made.unit = asked.unit;
  made.issuer =
      asked.unit ? org::unit_store::ref(tx, *asked.unit, asked.issued_on).name : asked.issuer;
  made.kept_by = asked.kept_by;
  made.profile = asked.profile;
  made.kind = asked.kind;
  made.subject = asked.subject;
  made.issued_on = asked.issued_on;
  made.effective_on = asked.effective_on.value_or(asked.issued_on);
  made.recorded_at = now;
  made.recorded_by = actor.name();
  made.is_illustrative = asked.is_illustrative;
  const DocumentId id = document_store::add(tx, made);
  for (const org::UnitId unit : asked.recipients) document_store::add_recipient(tx, id, unit);
  for (const Relation& relation : asked.relations) document_store::add_relation(tx, id, relation);
  record(tx, actor, now, asked.number.empty() ? "document.issued" : "document.registered",
         object_of(id), asked.kept_by);
  return id;
}

base::Result<Document> seen_document(store::Tx& tx, const auth::Actor& actor, base::Date today,
                                     DocumentId id) {
  auto found = document_store::in_scope(tx, org::scope_of(actor, today), id)
                   ? document_store::find(tx, id)
                   : std::nullopt;
  if (!found) {
    return base::refuse(ProblemKind::not_found, "document.not_found");
  }
  return *std::move(found);
}

base::Result<void> may_add_to(store::Tx& tx, const auth::Actor& actor, base::Date today,
                              const Document& document) {
  if (org::allows(tx, actor, org::Act::number, document.kept_by, today)) return {};
  return base::refuse(ProblemKind::forbidden, "authority.not_yours");
}

base::Result<void> relate(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                          base::Date today, DocumentId document, const Relation& relation) {
  ASSIGN_OR_RETURN(const Document found, seen_document(tx, actor, today, document));
  RETURN_IF_REFUSED(may_add_to(tx, actor, today, found));
  if (relation.other == document) {
    return base::refuse(ProblemKind::invalid, "document.related_to_itself", "/document");
  }
  if (!document_store::in_scope(tx, org::scope_of(actor, today), relation.other)) {
    return base::refuse(ProblemKind::invalid, "document.other_unknown", "/document");
  }
  document_store::add_relation(tx, document, relation);
  record(tx, actor, now, "document.related", object_of(document), found.kept_by);
  return {};
}

base::Result<void> set_mark(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                            base::Date today, org::UnitId unit, Profile profile,
                            const std::string& mark) {
  RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::number, unit, today));
  // A mark is good when a number with it can be read back.
  const std::string number = text_of({1, "BC", mark}, profile);
  RETURN_IF_REFUSED(read_number(number, profile, "/mark"));
  document_store::set_mark(tx, unit, profile, mark);
  record(tx, actor, now, "register.marked", "unit:" + std::to_string(unit.value), unit);
  return {};
}

base::Result<std::int64_t> add_term(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                                    base::Date today, const Term& term) {
  RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::number, term.unit, today));
  if (term.to <= term.from) {
    return base::refuse(ProblemKind::invalid, "document.term_span", "/to",
                        {term.from.text(), term.to.text()});
  }
  const auto id = document_store::add_term(tx, term);
  if (!id) return base::refuse(ProblemKind::conflict, "document.term_overlaps", "/from", {});
  record(tx, actor, now, "term.added", "unit:" + std::to_string(term.unit.value), term.unit);
  return *id;
}

}  // namespace registry
