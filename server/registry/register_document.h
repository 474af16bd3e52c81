#pragma once

#include <optional>
#include <string>
#include <vector>

#include "auth/actor.h"
#include "registry/document.h"
#include "store/db.h"

/// The acts of the register. Each runs inside one write transaction and leaves one journal leaf.
namespace registry {

struct NewDocument {
  org::UnitId kept_by;              ///< whose register
  std::optional<org::UnitId> unit;  ///< the issuer, when it is a unit of the tree
  std::string issuer;               ///< its name otherwise: "Bộ Chính trị"
  Profile profile = Profile::party_36_2018;
  std::string kind;
  std::string
      number;  ///< as written on the paper; empty: the keeper issues it and it gets its next
  std::string subject;
  base::Date issued_on;
  std::optional<base::Date> effective_on;
  std::vector<org::UnitId> recipients;
  std::vector<Relation> relations;
  bool is_illustrative = false;
};

/// Registers a paper, or issues it with the next number of its series. Refuses, all at once:
/// "document.kind_unknown", "document.number_form", "document.kind_differs" (the number names
/// another kind), "document.number_taken", "document.no_term", "document.no_mark" (the keeper has
/// no mark in this profile yet), "document.no_issuer", "document.issues_for_another" (a number is
/// drawn for the keeper's own papers only), "document.recipient_unknown",
/// "document.recipient_twice", "document.other_unknown".
base::Result<DocumentId> register_document(store::Tx& tx, const auth::Actor& actor,
                                           base::Instant now, base::Date today,
                                           const NewDocument& asked);

/// Says how a kept paper stands to another: "document.not_found", "document.other_unknown",
/// "document.related_to_itself".
base::Result<void> relate(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                          base::Date today, DocumentId document, const Relation& relation);

/// The mark behind the unit's numbers: "document.mark_form".
base::Result<void> set_mark(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                            base::Date today, org::UnitId unit, Profile profile,
                            const std::string& mark);

/// A committee's term: "document.term_span", "document.term_overlaps".
base::Result<std::int64_t> add_term(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                                    base::Date today, const Term& term);

/// The document, when the actor sees its issuer, its keeper or a recipient: "document.not_found".
base::Result<Document> seen_document(store::Tx& tx, const auth::Actor& actor, base::Date today,
                                     DocumentId id);

/// May the actor add to a document that is seen? "authority.not_yours" also where the keeper itself
/// is out of sight: the document is not.
base::Result<void> may_add_to(store::Tx& tx, const auth::Actor& actor, base::Date today,
                              const Document& document);

}  // namespace registry
