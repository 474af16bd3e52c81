#pragma once

#include <functional>
#include <string>
#include <vector>

#include "auth/actor.h"
#include "auth/sessions.h"
#include "base/result.h"
#include "http/json.h"
#include "http/message.h"
#include "http/router.h"

namespace auth {

/// A route is data, so a test can compare the table with api/openapi.yaml. Its handler cannot run
/// without an Actor; open routes are a type of their own.
struct Route {
  http::Method method;
  std::string path;  ///< below /api/v1: "/reports/{report}/submission"
  std::string operation_id;
  std::function<base::Result<http::Response>(const Actor&, const http::Request&)> handle;
  std::size_t body_limit = 2 * 1024 * 1024;
};
using Routes = std::vector<Route>;

struct OpenRoute {
  http::Method method;
  std::string path;
  std::string operation_id;
  std::function<base::Result<http::Response>(const http::Request&)> handle;
};
using OpenRoutes = std::vector<OpenRoute>;

/// Puts the routes under /api/v1: session check, CSRF check for unsafe methods, refusals →
/// problem+json, Cache-Control: no-store.
void mount(http::Router& router, Sessions& sessions, Routes routes);
void mount_open(http::Router& router, Sessions& sessions, OpenRoutes routes);

/// POST /sessions, GET /session, DELETE /session, POST /setup are served by auth itself, except GET
/// /session, which org/ extends with posts.
OpenRoutes open_routes(Sessions& sessions);  ///< createSession, setUp
Routes routes(Sessions& sessions);           ///< deleteSession

/// {"id","login","name"}
http::json::object account_json(const Account& account);

}  // namespace auth
