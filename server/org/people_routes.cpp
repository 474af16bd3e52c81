#include "journal/journal.h"
#include "org/people.h"
#include "org/routes.h"
#include "org/unit_json.h"
#include "org/unit_store.h"

namespace org {
namespace {

using auth::Actor;
using base::Result;
using http::Request;
using http::Response;
using http::json::array;
using http::json::object;
using http::json::value;

object to_json(store::Tx& tx, const AppointmentRow& row, base::Date day) {
  const base::Date then = day < row.from ? row.from : day < row.to ? day : row.to.plus_days(-1);
  return {{"id", row.id},
          {"account", object{{"login", row.login}, {"name", row.name}}},
          {"role", name(row.role)},
          {"title", row.title},
          {"unit", to_json(unit_store::ref(tx, row.unit, then))},
          {"from", row.from.text()},
          {"to", row.to.text()},
          {"delegated_by", row.delegated_by.empty() ? value(nullptr) : value(row.delegated_by)},
          {"reason", row.reason}};
}

Response made(store::Tx& tx, std::int64_t id, base::Date day, int status) {
  return http::json_response(to_json(tx, find_appointment(tx, id).value(), day), status);
}

Result<Response> list_posts(store::Db& db, const base::Clock& clock, const Actor& actor,
                            const Request& request) {
  ASSIGN_OR_RETURN(const base::Date day, asked_day(request, clock));
  const UnitId unit{request.id_parameter("unit")};
  return db.read([&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(allows(tx, actor, Act::see, unit, clock.today()));
    array items;
    for (const AppointmentRow& row : appointments(tx, unit, day)) {
      items.push_back(to_json(tx, row, day));
    }
    return http::json_response(
        object{{"items", std::move(items)},
               {"may_appoint", allows(tx, actor, Act::appoint, unit, clock.today()).has_value()}});
  });
}

Role read_role(http::Fields& f) {
  return static_cast<Role>(
      f.one_of("role", {"clerk", "compiler", "head", "administrator", "viewer"}));
}

Result<Response> create_appointment(store::Db& db, const base::Clock& clock, const Actor& actor,
                                    const Request& request) {
  ASSIGN_OR_RETURN(Appoint asked, http::decode<Appoint>(request, [](http::Fields& f) {
                     return Appoint{{},
                                    f.text("login", 100),
                                    read_role(f),
                                    f.maybe_text("title", 200).value_or(""),
                                    f.date("from"),
                                    f.maybe_date("to").value_or(base::kForever)};
                   }));
  asked.unit = UnitId{request.id_parameter("unit")};
  const base::Instant now = clock.now();
  return journal::act(db, actor, request, now, [&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const std::int64_t id, appoint(tx, actor, now, clock.day_of(now), asked));
    return made(tx, id, clock.day_of(now), 201);
  });
}

Result<Response> end_route(store::Db& db, const base::Clock& clock, const Actor& actor,
                           const Request& request) {
  ASSIGN_OR_RETURN(const base::Date to,
                   http::decode<base::Date>(request, [](http::Fields& f) { return f.date("to"); }));
  const std::int64_t id = request.id_parameter("appointment");
  const base::Instant now = clock.now();
  return journal::act(db, actor, request, now, [&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(end_appointment(tx, actor, now, clock.day_of(now), id, to));
    return made(tx, id, clock.day_of(now), 200);
  });
}

Result<Response> hand_over_route(store::Db& db, const base::Clock& clock, const Actor& actor,
                                 const Request& request) {
  struct Asked {
    std::string login;
    base::Date on;
    std::string reason;
  };
  ASSIGN_OR_RETURN(const Asked asked, http::decode<Asked>(request, [](http::Fields& f) {
                     return Asked{f.text("login", 100), f.date("on"),
                                  f.maybe_text("reason", 500).value_or("")};
                   }));
  const base::Instant now = clock.now();
  return journal::act(db, actor, request, now, [&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const std::int64_t id, hand_over_post(tx, actor, now, clock.day_of(now),
                                                           request.id_parameter("appointment"),
                                                           asked.login, asked.on, asked.reason));
    return made(tx, id, clock.day_of(now), 201);
  });
}

Result<Response> delegate_route(store::Db& db, const base::Clock& clock, const Actor& actor,
                                const Request& request) {
  struct Asked {
    std::string login;
    base::Date from, to;
    std::string reason;
  };
  ASSIGN_OR_RETURN(const Asked asked, http::decode<Asked>(request, [](http::Fields& f) {
                     return Asked{f.text("login", 100), f.date("from"), f.date("to"),
                                  f.text("reason", 500)};
                   }));
  const base::Instant now = clock.now();
  return journal::act(db, actor, request, now, [&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const std::int64_t id,
                     delegate_post(tx, actor, now, request.id_parameter("appointment"), asked.login,
                                   asked.from, asked.to, asked.reason));
    return made(tx, id, clock.day_of(now), 201);
  });
}

}  // namespace

auth::Routes people_routes(store::Db& db, const base::Clock& clock) {
  using enum http::Method;
  const auto with = [&db, &clock](auto handler) {
    return [&db, &clock, handler](const Actor& actor, const Request& request) {
      return handler(db, clock, actor, request);
    };
  };
  return {
      {get, "/units/{unit}/posts", "listPosts", with(list_posts)},
      {post, "/units/{unit}/appointments", "createAppointment", with(create_appointment)},
      {put, "/appointments/{appointment}/end", "endAppointment", with(end_route)},
      {post, "/appointments/{appointment}/handover", "handOver", with(hand_over_route)},
      {post, "/appointments/{appointment}/delegations", "delegate", with(delegate_route)},
  };
}

}  // namespace org
