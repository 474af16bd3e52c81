#include "org/routes.h"

#include <algorithm>
#include <charconv>

#include "org/authority.h"
#include "org/post_store.h"
#include "org/unit_json.h"
#include "org/unit_store.h"

namespace org {
namespace {

using http::json::array;
using http::json::object;
using http::json::value;

base::Result<http::Response> get_session(store::Db& db, const base::Clock& clock,
                                         const auth::Actor& actor) {
  const base::Date day = clock.today();
  return db.read([&](store::Tx& tx) -> base::Result<http::Response> {
    const auto account = auth::find_account(tx, actor.account());
    array posts;
    for (const Post& post : post_store::of_account(tx, actor.account(), day)) {
      const auto unit = unit_store::find(tx, post.unit, day);
      if (unit) posts.push_back(to_json(post, *unit));
    }
    return http::json_response(object{{"account", object{{"id", actor.account().value},
                                                         {"login", account ? account->login : ""},
                                                         {"name", actor.name()}}},
                                      {"today", day.text()},
                                      {"is_demo", account && account->is_demo},
                                      {"posts", posts}});
  });
}

base::Result<http::Response> list_lines(store::Db& db) {
  return db.read([&](store::Tx& tx) -> base::Result<http::Response> {
    array items;
    for (const auto& line : unit_store::lines(tx)) {
      items.push_back(
          object{{"code", line.code}, {"name_vi", line.name_vi}, {"name_en", line.name_en}});
    }
    return http::json_response(object{{"items", items}, {"next", nullptr}});
  });
}

base::Result<http::Response> list_units(store::Db& db, const base::Clock& clock,
                                        const http::Request& request) {
  ASSIGN_OR_RETURN(const base::Date day, asked_day(request, clock));
  unit_store::Search search{std::string(request.asked("query").value_or("")), day,
                            asked_line(request), asked_cursor(request),
                            asked_limit(request, 50, 1000)};
  const std::size_t page = static_cast<std::size_t>(search.limit);
  ++search.limit;
  return db.read([&](store::Tx& tx) -> base::Result<http::Response> {
    auto units = unit_store::search(tx, search);
    const bool more = units.size() > page;
    if (more) units.resize(page);
    array items;
    for (const Unit& unit : units) items.push_back(to_json(unit));
    return http::json_response(
        object{{"items", items},
               {"next", more ? value(std::to_string(units.back().id.value)) : value(nullptr)}});
  });
}

base::Result<http::Response> get_unit(store::Db& db, const base::Clock& clock,
                                      const http::Request& request) {
  ASSIGN_OR_RETURN(const base::Date day, asked_day(request, clock));
  const UnitId id{request.id_parameter("unit")};
  return db.read([&](store::Tx& tx) -> base::Result<http::Response> {
    ASSIGN_OR_RETURN(const object page, unit_page(tx, id, day, asked_line(request)));
    return http::json_response(page);
  });
}

base::Result<http::Response> list_children(store::Db& db, const base::Clock& clock,
                                           const http::Request& request) {
  ASSIGN_OR_RETURN(const base::Date day, asked_day(request, clock));
  const UnitId id{request.id_parameter("unit")};
  return db.read([&](store::Tx& tx) -> base::Result<http::Response> {
    if (!unit_store::alive(tx, id, day)) {
      return base::refuse(base::ProblemKind::not_found, "unit.not_found");
    }
    array items;
    for (const Unit& unit : unit_store::children(tx, id, day, asked_line(request))) {
      items.push_back(to_json(unit));
    }
    return http::json_response(object{{"items", items}, {"next", nullptr}});
  });
}

std::int64_t number_asked(const http::Request& request, std::string_view name,
                          std::int64_t otherwise) {
  const auto text = request.asked(name);
  std::int64_t number = otherwise;
  if (text) {
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (error != std::errc() || end != text->data() + text->size()) return otherwise;
  }
  return number;
}

}  // namespace

base::Result<base::Date> asked_day(const http::Request& request, const base::Clock& clock) {
  const auto text = request.asked("on");
  if (!text) return clock.today();
  const auto day = base::Date::parse(*text);
  if (!day) return base::refuse(base::ProblemKind::invalid, "json.expected_date", "?on");
  return *day;
}

std::string asked_line(const http::Request& request) {
  return std::string(request.asked("line").value_or(kGovernment));
}

int asked_limit(const http::Request& request, int usual, int most) {
  return static_cast<int>(std::clamp<std::int64_t>(number_asked(request, "limit", usual), 1, most));
}

std::int64_t asked_cursor(const http::Request& request) {
  return std::max<std::int64_t>(0, number_asked(request, "cursor", 0));
}

auth::Routes routes(store::Db& db, const base::Clock& clock) {
  using enum http::Method;
  return {
      {get, "/session", "getSession",
       [&](const auth::Actor& actor, const http::Request&) {
         return get_session(db, clock, actor);
       }},
      {get, "/lines", "listLines",
       [&](const auth::Actor&, const http::Request&) { return list_lines(db); }},
      {get, "/units", "listUnits",
       [&](const auth::Actor&, const http::Request& r) { return list_units(db, clock, r); }},
      {get, "/units/{unit}", "getUnit",
       [&](const auth::Actor&, const http::Request& r) { return get_unit(db, clock, r); }},
      {get, "/units/{unit}/children", "listChildren",
       [&](const auth::Actor&, const http::Request& r) { return list_children(db, clock, r); }},
  };
}

}  // namespace org
