#pragma once

#include <vector>

#include "auth/actor.h"
#include "http/json.h"
#include "registry/attachment.h"
#include "registry/register_document.h"

namespace registry {

http::json::object to_json(store::Tx& tx, const Document& document, base::Date day);
/// How other papers are cited: what anybody reads who reads the one that cites.
http::json::object cited_json(const Document& document);
/// With recipients, relations both ways, files, and what the actor may do ("attach", "relate").
http::json::object full_json(store::Tx& tx, const Document& document, const auth::Actor& actor,
                             base::Date day);
http::json::object to_json(const Attachment& attachment);

/// Every paper that the document comes from or that comes from it, with how they stand to each
/// other; at most `most` papers.
http::json::object chain_json(store::Tx& tx, const Document& document, std::size_t most = 400);

NewDocument read_document(http::Fields& fields);
Relation read_relation(http::Fields& fields);
Profile read_profile(http::Fields& fields);

}  // namespace registry
