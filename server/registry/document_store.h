#pragma once

#include <optional>
#include <string>
#include <vector>

#include "org/authority.h"
#include "registry/document.h"
#include "store/db.h"

/// All SQL of documents, their numbers, terms and relations.
namespace registry::document_store {

std::vector<Term> terms(store::Tx& tx, org::UnitId unit);
/// None when it overlaps one of the unit's terms.
std::optional<std::int64_t> add_term(store::Tx& tx, const Term& term);

std::optional<std::string> mark(store::Tx& tx, org::UnitId unit, Profile profile);
void set_mark(store::Tx& tx, org::UnitId unit, Profile profile, const std::string& mark);

/// Takes the next number of the series: used by this transaction or by none.
std::int64_t next_number(store::Tx& tx, org::UnitId unit, Profile profile,
                         const std::string& series);
/// A number given from outside: the counter goes on behind the highest.
void pass_number(store::Tx& tx, org::UnitId unit, Profile profile, const std::string& series,
                 std::int64_t sequence);
bool number_taken(store::Tx& tx, org::UnitId unit, Profile profile, const std::string& series,
                  std::int64_t sequence);

DocumentId add(store::Tx& tx, const Document& document);
void add_recipient(store::Tx& tx, DocumentId document, org::UnitId unit);
void add_relation(store::Tx& tx, DocumentId document, const Relation& relation);

std::optional<Document> find(store::Tx& tx, DocumentId id);
/// Its issuer, its keeper or a recipient is in the scope.
bool in_scope(store::Tx& tx, const org::Scope& scope, DocumentId id);

struct Wanted {
  std::string query;  ///< part of number, subject or issuer in any spelling
  std::optional<org::UnitId> unit;
  std::string kind;
  std::optional<base::Date> from, to;  ///< issued in [from, to)
  std::int64_t before = 0;             ///< id before which to go on
  int limit = 50;
};
/// Newest first.
std::vector<Document> visible(store::Tx& tx, const org::Scope& scope, const Wanted& wanted);

std::vector<org::UnitId> recipients(store::Tx& tx, DocumentId id);
struct Link {
  DocumentId from;
  RelationKind kind = RelationKind::makes_concrete;
  DocumentId to;
};
/// Relations the document says, and those others say of it.
std::vector<Link> links(store::Tx& tx, DocumentId id);

}  // namespace registry::document_store
