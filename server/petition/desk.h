#pragma once

#include <functional>

#include "auth/actor.h"
#include "base/date.h"
#include "http/message.h"
#include "journal/journal.h"
#include "petition/service.h"
#include "store/db.h"

namespace petition {

/// What every handler of this folder works with; defined in the routes' files only.
struct Desk {
  store::Db& db;
  const base::Clock& clock;

  Now now() const {
    const base::Instant at = clock.now();
    return {at, clock.day_of(at)};
  }
};

using Handler = base::Result<http::Response>(const Desk&, const auth::Actor&, const http::Request&);

/// If-Match: "<revision>"; refused as "petition.revision_missing" when absent or out of form.
base::Result<OnPetition> on_petition(const http::Request& request);
base::Result<OnPart> on_part(const http::Request& request);
http::Response petition_response(store::Tx& tx, const auth::Actor& actor, base::Date day,
                                 PetitionId id, int status = 200);
/// One act on the petition of the path, answered with the petition as it stands after it.
base::Result<http::Response> on_one(const Desk& desk, const auth::Actor& actor,
                                    const http::Request& request,
                                    const std::function<base::Result<void>(store::Tx&, Now)>& act,
                                    int status = 200);

// Lists and what is defined (list_routes.cpp).
Handler list_subjects, list_competences, define_competence_route, end_competence_route,
    list_proposals, list_petitions, list_similar, get_overview;
// The petition as a whole (petition_routes.cpp).
Handler create_petition, get_petition, join_route, merge_route, say_route, attach_route,
    get_attachment_route, withdraw_route, open_route, close_route, issue_paper_route, get_paper;
// Its parts (part_routes.cpp).
Handler forward_route, dispatch_route, give_back_route, question_route, supply_route, extend_route,
    route_route, answer_route, make_task_route;

}  // namespace petition
