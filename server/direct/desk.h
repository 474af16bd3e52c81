#pragma once

#include <functional>

#include "auth/actor.h"
#include "base/date.h"
#include "http/message.h"
#include "journal/journal.h"
#include "store/db.h"

namespace direct {

/// What every handler of this folder works with; defined in the routes' files only.
struct Desk {
  store::Db& db;
  const base::Clock& clock;

  base::Result<http::Response> act(
      const auth::Actor& actor, const http::Request& request,
      const std::function<base::Result<http::Response>(store::Tx&)>& work) const {
    return journal::act(db, actor, request, clock.now(), work);
  }
};

using Handler = base::Result<http::Response>(const Desk&, const auth::Actor&, const http::Request&);

// Tasks, longer terms, reminders (task_routes.cpp).
Handler list_tasks, create_task_route, get_task, replace_task, update_task_route,
    get_task_attachment, ask_extension_route, decide_extension_route, list_reminders,
    see_reminders_route;

// Programmes over the units below, and a unit's duties (coverage_routes.cpp).
Handler get_coverage, get_matrix, get_annex, get_duties, adopt_all_route, copy_programme_route,
    import_programme_route;

}  // namespace direct
