#pragma once

#include "auth/actor.h"
#include "base/date.h"
#include "exchange/service.h"
#include "http/message.h"
#include "report/service.h"
#include "store/db.h"

namespace exchange {

/// What every handler of this folder works with; defined in the routes' files only.
struct Desk {
  store::Db& db;
  const base::Clock& clock;

  report::Now now() const {
    const base::Instant at = clock.now();
    return {at, clock.day_of(at)};
  }
};

using Handler = base::Result<http::Response>(const Desk&, const auth::Actor&, const http::Request&);

/// The {system} of the path; refused as "exchange.system_name".
base::Result<std::string> asked_system(const http::Request& request);

/// ?unit, ?status, ?strategy and ?dry_run, with the body's checksum.
base::Result<ImportValues> asked_import(const http::Request& request, const std::string& system);

// Our own packets (packet_routes.cpp).
Handler list_packet_kinds, get_packet, receive_packet;

// Other systems' values (values_routes.cpp).
Handler import_values_route, list_gaps, export_values_route;

}  // namespace exchange
