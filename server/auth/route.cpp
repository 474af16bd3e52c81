#include "auth/route.h"

#include <algorithm>

#include "http/problem_response.h"

namespace auth {
namespace {

constexpr const char* kBase = "/api/v1";

bool is_unsafe(http::Method method) {
  return method != http::Method::get && method != http::Method::head;
}

http::Response finished(base::Result<http::Response> result, const http::Request& request) {
  http::Response response = http::respond(std::move(result), request);
  const bool says_caching =
      std::any_of(response.headers.begin(), response.headers.end(),
                  [](const auto& header) { return header.first == "Cache-Control"; });
  if (!says_caching) response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

/// The browser as it calls itself: printable ASCII, at most 200 of it.
std::string agent_of(const http::Request& request) {
  std::string agent;
  for (const char letter : request.header("user-agent").value_or("")) {
    if (letter >= ' ' && letter <= '~' && agent.size() < 200) agent += letter;
  }
  return agent;
}

base::Result<http::Response> create_session(Sessions& sessions, const http::Request& request) {
  ASSIGN_OR_RETURN(SignIn asked, http::decode<SignIn>(request, [&](http::Fields& f) {
                     return SignIn{f.text("login", 200), f.raw_text("password", 2000),
                                   request.remote, f.maybe_text("code", 40).value_or("")};
                   }));
  asked.agent = agent_of(request);
  ASSIGN_OR_RETURN(const SignedIn signed_in, sessions.sign_in(asked));
  http::Response response =
      http::json_response({{"account", account_json(signed_in.account)}}, 201);
  response.headers.emplace_back("Set-Cookie", signed_in.cookie);
  return response;
}

base::Result<http::Response> delete_session(Sessions& sessions, const Actor& actor) {
  sessions.sign_out(actor);
  http::Response response{.status = 204, .content_type = {}, .body = {}, .headers = {}};
  response.headers.emplace_back("Set-Cookie", sessions.expired_cookie());
  return response;
}

base::Result<http::Response> set_up(Sessions& sessions, const http::Request& request) {
  ASSIGN_OR_RETURN(const SetUp asked, http::decode<SetUp>(request, [](http::Fields& f) {
                     return SetUp{f.text("token", 200), f.text("login", 200), f.text("name", 1000),
                                  f.raw_text("password", 2000)};
                   }));
  ASSIGN_OR_RETURN(const Account account, sessions.set_up(asked));
  return http::json_response({{"account", account_json(account)}}, 201);
}

}  // namespace

http::json::object account_json(const Account& account) {
  return {{"id", account.id.value}, {"login", account.login}, {"name", account.name}};
}

void mount(http::Router& router, Sessions& sessions, Routes routes) {
  for (Route& route : routes) {
    const bool checks_site = is_unsafe(route.method);
    auto handle = [&sessions, checks_site,
                   run = std::move(route.handle)](const http::Request& request) -> http::Response {
      const auto answer = [&]() -> base::Result<http::Response> {
        if (checks_site) RETURN_IF_REFUSED(sessions.check_same_site(request));
        ASSIGN_OR_RETURN(const Actor actor, sessions.actor_of(request));
        return run(actor, request);
      };
      return finished(answer(), request);
    };
    router.add({route.method, kBase + route.path, route.operation_id, std::move(handle),
                route.body_limit});
  }
}

void mount_open(http::Router& router, Sessions& sessions, OpenRoutes routes) {
  for (OpenRoute& route : routes) {
    const bool checks_site = is_unsafe(route.method);
    auto handle = [&sessions, checks_site,
                   run = std::move(route.handle)](const http::Request& request) -> http::Response {
      const auto answer = [&]() -> base::Result<http::Response> {
        if (checks_site) RETURN_IF_REFUSED(sessions.check_same_site(request));
        return run(request);
      };
      return finished(answer(), request);
    };
    // Nobody has signed in yet: little is read from them.
    router.add({route.method, kBase + route.path, route.operation_id, std::move(handle),
                std::size_t{16} * 1024});
  }
}

OpenRoutes open_routes(Sessions& sessions) {
  return {
      {http::Method::post, "/sessions", "createSession",
       [&sessions](const http::Request& request) { return create_session(sessions, request); }},
      {http::Method::post, "/setup", "setUp",
       [&sessions](const http::Request& request) { return set_up(sessions, request); }},
  };
}

Routes routes(Sessions& sessions) {
  return {
      {http::Method::del, "/session", "deleteSession",
       [&sessions](const Actor& actor, const http::Request&) {
         return delete_session(sessions, actor);
       }},
  };
}

}  // namespace auth
