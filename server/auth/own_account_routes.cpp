#include "auth/own_account_routes.h"

namespace auth {
namespace {

using http::json::array;
using http::json::object;

constexpr std::size_t kLongestPassword = 2000;

const char* name_of(second_factor::State state) {
  switch (state) {
    case second_factor::State::off:
      return "off";
    case second_factor::State::begun:
      return "begun";
    case second_factor::State::on:
      return "on";
  }
  return "";
}

http::Response nothing() { return {.status = 204, .content_type = {}, .body = {}, .headers = {}}; }

http::Response own_account(Sessions& sessions, const Actor& actor) {
  const second_factor::Standing standing = sessions.second_factor_of(actor);
  return http::json_response(
      {{"account", account_json(sessions.account_of(actor))},
       {"second_factor", object{{"state", name_of(standing.state)},
                                {"recovery_codes_left", standing.recovery_codes_left}}}});
}

http::Response own_sessions(Sessions& sessions, const Actor& actor) {
  array items;
  for (const OwnSession& one : sessions.sessions_of(actor)) {
    items.push_back(object{{"id", one.id.value},
                           {"created_at", one.created.text()},
                           {"seen_at", one.seen.text()},
                           {"agent", one.agent},
                           {"is_current", one.id == actor.session()}});
  }
  return http::json_response({{"items", items}});
}

base::Result<http::Response> end_session(Sessions& sessions, const Actor& actor,
                                         const http::Request& request) {
  if (!sessions.end_session(actor, SessionId{request.id_parameter("session")})) {
    return base::refuse(base::ProblemKind::not_found, "http.not_found");
  }
  return nothing();
}

base::Result<http::Response> change_password(Sessions& sessions, const Actor& actor,
                                             const http::Request& request) {
  struct Change {
    std::string current;
    std::string password;
  };
  ASSIGN_OR_RETURN(const Change asked, http::decode<Change>(request, [](http::Fields& f) {
                     return Change{f.raw_text("current", kLongestPassword),
                                   f.raw_text("password", kLongestPassword)};
                   }));
  RETURN_IF_REFUSED(sessions.change_password(actor, asked.current, asked.password));
  return nothing();
}

base::Result<std::string> password_in(const http::Request& request) {
  return http::decode<std::string>(
      request, [](http::Fields& f) { return f.raw_text("password", kLongestPassword); });
}

base::Result<http::Response> begin_second_factor(Sessions& sessions, const Actor& actor,
                                                 const http::Request& request) {
  ASSIGN_OR_RETURN(const std::string password, password_in(request));
  ASSIGN_OR_RETURN(const second_factor::Begun begun, sessions.begin_second_factor(actor, password));
  return http::json_response({{"secret", begun.secret}, {"uri", begun.uri}});
}

base::Result<http::Response> confirm_second_factor(Sessions& sessions, const Actor& actor,
                                                   const http::Request& request) {
  ASSIGN_OR_RETURN(const std::string code, http::decode<std::string>(request, [](http::Fields& f) {
                     return f.text("code", 40);
                   }));
  ASSIGN_OR_RETURN(const std::vector<std::string> codes,
                   sessions.confirm_second_factor(actor, code));
  array items;
  for (const std::string& one : codes) items.push_back(http::json::value(one));
  return http::json_response({{"recovery_codes", items}});
}

base::Result<http::Response> end_second_factor(Sessions& sessions, const Actor& actor,
                                               const http::Request& request) {
  ASSIGN_OR_RETURN(const std::string password, password_in(request));
  RETURN_IF_REFUSED(sessions.end_second_factor(actor, password));
  return nothing();
}

}  // namespace

Routes own_account_routes(Sessions& sessions) {
  using http::Method;
  const auto with = [&sessions](auto act) {
    return [&sessions, act](const Actor& actor, const http::Request& request) {
      return act(sessions, actor, request);
    };
  };
  return {
      {Method::get, "/account", "getAccount",
       [&sessions](const Actor& actor, const http::Request&) -> base::Result<http::Response> {
         return own_account(sessions, actor);
       }},
      {Method::put, "/account/password", "changePassword", with(change_password)},
      {Method::put, "/account/second-factor", "beginSecondFactor", with(begin_second_factor)},
      {Method::put, "/account/second-factor/confirmation", "confirmSecondFactor",
       with(confirm_second_factor)},
      {Method::put, "/account/second-factor/end", "endSecondFactor", with(end_second_factor)},
      {Method::get, "/sessions", "listSessions",
       [&sessions](const Actor& actor, const http::Request&) -> base::Result<http::Response> {
         return own_sessions(sessions, actor);
       }},
      {Method::del, "/sessions", "deleteOtherSessions",
       [&sessions](const Actor& actor, const http::Request&) -> base::Result<http::Response> {
         sessions.end_other_sessions(actor);
         return nothing();
       }},
      {Method::del, "/sessions/{session}", "deleteOneSession", with(end_session)},
  };
}

}  // namespace auth
