#pragma once

#include "http/json.h"
#include "petition/competence.h"
#include "petition/overview.h"
#include "petition/petition.h"
#include "petition/service.h"

/// Body ↔ struct of this folder.
namespace petition {

http::json::object to_json(const Subject& subject);
http::json::object to_json(store::Tx& tx, const Competence& row, base::Date day);
http::json::object to_json(store::Tx& tx, const Proposal& proposal, base::Date day);
http::json::object to_json(store::Tx& tx, const OpenPetition& one, base::Date day);
http::json::object to_json(const SubjectCount& count);

/// As it stands in a list.
http::json::object head_json(store::Tx& tx, const Petition& petition, base::Date day);
/// Whole, with its thread and what the actor may do.
http::json::object page_json(store::Tx& tx, const auth::Actor& actor, const Petition& petition,
                             base::Date day);

Competence read_competence(http::Fields& fields);
AskedPetition read_petition(http::Fields& fields);
/// Where a part is to go: unit, body and, where `with_portion`, a portion.
Addressee read_addressee(http::Fields& fields, bool with_portion);
direct::Task read_task(http::Fields& fields);

}  // namespace petition
