#pragma once

#include "auth/actor.h"
#include "http/json.h"
#include "inspect/papers.h"
#include "inspect/plan_guard.h"
#include "inspect/service.h"

namespace inspect {

http::json::object to_json(const Procedure& procedure);
/// As lists tell it.
http::json::object head_json(store::Tx& tx, const Inspection& inspection, base::Date day);
/// Whole, as far as the actor may see it: who is inspected does not see the findings before the
/// conference, nor other units' part, nor ever the notes.
http::json::object page_json(store::Tx& tx, const Inspection& inspection, const auth::Actor& actor,
                             base::Date day);
http::json::object to_json(store::Tx& tx, const WorkingSession& session, bool may_write,
                           base::Date day);
http::json::object to_json(const Note& note, auth::AccountId reader);
http::json::object to_json(store::Tx& tx, const EarlierFinding& earlier, base::Date day);
http::json::object to_json(const PlanWarning& warning);
/// What was done about one conclusion at one unit.
http::json::object conclusion_json(store::Tx& tx, const Inspection& inspection, org::UnitId unit,
                                   base::Date day);

Procedure read_procedure(http::Fields& fields);
AskedInspection read_inspection(http::Fields& fields, bool is_new);
std::vector<Member> read_team(http::Fields& fields);
AskedOutline read_outline(http::Fields& fields);
AskedSupplement read_supplement(http::Fields& fields);
WorkingSession read_session(http::Fields& fields);
Finding read_finding(http::Fields& fields);
AskedFollowUp read_follow_up(http::Fields& fields);

}  // namespace inspect
