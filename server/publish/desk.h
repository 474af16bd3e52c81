#pragma once

#include <functional>

#include "auth/actor.h"
#include "base/date.h"
#include "http/message.h"
#include "publish/service.h"
#include "store/db.h"

namespace publish {

/// What every handler of this folder works with; defined in the routes' files only.
struct HouseDesk {
  store::Db& db;
  const base::Clock& clock;

  Now now() const {
    const base::Instant at = clock.now();
    return {at, clock.day_of(at)};
  }
};

using Handler = base::Result<http::Response>(const HouseDesk&, const auth::Actor&,
                                             const http::Request&);

// Bulletins (bulletin_routes.cpp).
Handler list_bulletins, create_bulletin_route, get_bulletin_route, replace_bulletin_route,
    submit_route, send_back_route, publish_route, withdraw_route, redraft_route, preview_route,
    preview_words_route;
// Their pictures (picture_routes.cpp).
Handler add_picture_route, word_picture_route, remove_picture_route, get_picture_route;
// What of publications is open (opening_routes.cpp).
Handler get_opening, open_route, close_route, preview_opening;

/// If-Match: "<revision>"; "bulletin.revision_missing" when absent or out of form.
base::Result<OnBulletin> on_bulletin(const http::Request& request);
/// One act on the bulletin of the path, answered with the bulletin as it stands after it.
base::Result<http::Response> on_one(
    const HouseDesk& desk, const auth::Actor& actor, const http::Request& request,
    const std::function<base::Result<void>(store::Tx&, Now, OnBulletin)>& act, int status = 200);

}  // namespace publish
