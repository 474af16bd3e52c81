#include "org/routes.h"

#include <algorithm>
#include <charconv>

#include "org/authority.h"
#include "org/boundary_store.h"
#include "org/post_store.h"
#include "org/succession_store.h"
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
  const bool with_past = request.asked("past") == "true" || request.asked("past") == "1";
  return db.read([&](store::Tx& tx) -> base::Result<http::Response> {
    array items;
    std::int64_t next = 0;
    if (!search.query.empty()) {
      auto matches = unit_store::find_by_name(tx, search, with_past);
      if (matches.size() > page) {
        matches.resize(page);
        next = search.after + static_cast<std::int64_t>(page);
      }
      for (const unit_store::Match& match : matches) {
        object made = to_json(match.unit);
        if (!match.matched.empty()) made["matched"] = match.matched;
        if (with_past) made["alive"] = match.is_alive;
        items.push_back(std::move(made));
      }
    } else {
      auto units = unit_store::search(tx, search);
      if (units.size() > page) {
        units.resize(page);
        next = units.back().id.value;
      }
      for (const Unit& unit : units) items.push_back(to_json(unit));
    }
    return http::json_response(object{
        {"items", items}, {"next", next > 0 ? value(std::to_string(next)) : value(nullptr)}});
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

/// The whole tree as rows of six, for speed: [id, parent or 0, code, name, kind, level or 0].
base::Result<http::Response> get_tree(store::Db& db, const base::Clock& clock,
                                      const http::Request& request) {
  ASSIGN_OR_RETURN(const base::Date day, asked_day(request, clock));
  const std::string line = asked_line(request);
  return db.read([&](store::Tx& tx) -> base::Result<http::Response> {
    if (!unit_store::line_exists(tx, line)) {
      return base::refuse(base::ProblemKind::invalid, "succession.line_unknown", "?line", {line});
    }
    array units;
    for (const Unit& unit : unit_store::tree(tx, day, line)) {
      units.push_back(array{unit.id.value, unit.parent ? unit.parent->id.value : 0, unit.code,
                            unit.name, unit.kind, unit.level.value_or(0)});
    }
    return http::json_response(
        object{{"on", day.text()}, {"line", line}, {"units", std::move(units)}});
  });
}

base::Result<http::Response> list_marks(store::Db& db) {
  return db.read([&](store::Tx& tx) -> base::Result<http::Response> {
    array items;
    for (const auto& mark : succession_store::marks(tx)) {
      items.push_back(object{{"on", mark.on.text()}, {"title", mark.title}, {"units", mark.units}});
    }
    return http::json_response(object{{"items", items}});
  });
}

base::Result<http::Response> list_boundaries(store::Db& db, const base::Clock& clock,
                                             const http::Request& request) {
  ASSIGN_OR_RETURN(const base::Date day, asked_day(request, clock));
  const UnitId unit{number_asked(request, "unit", 0)};
  return db.read([&](store::Tx& tx) -> base::Result<http::Response> {
    if (!unit_store::alive(tx, unit, day)) {
      return base::refuse(base::ProblemKind::not_found, "unit.not_found", "?unit");
    }
    http::Response response;
    // Geometries go out as the text they are kept as: they are large, and nobody reads them here.
    for (const auto& one : boundary_store::around(tx, unit, day, asked_line(request))) {
      const object properties{
          {"code", one.unit.code}, {"name", one.unit.name}, {"source", one.source}};
      response.body += (response.body.empty() ? "" : ",") +
                       (R"({"type":"Feature","id":)" + std::to_string(one.unit.id.value)) +
                       R"(,"properties":)" + http::json::serialize(properties) + R"(,"geometry":)" +
                       one.geometry + "}";
    }
    const auto below = unit_store::children(tx, unit, day, asked_line(request)).size();
    response.body = R"({"type":"FeatureCollection","units":)" + std::to_string(below) +
                    R"(,"features":[)" + response.body + "]}";
    return response;
  });
}

}  // namespace

std::optional<std::int64_t> asked_revision(const http::Request& request) {
  const auto header = request.header("if-match");
  std::int64_t revision = 0;
  if (!header || header->size() <= 2 || header->front() != '"' || header->back() != '"') {
    return std::nullopt;
  }
  const auto [end, error] =
      std::from_chars(header->data() + 1, header->data() + header->size() - 1, revision);
  if (error != std::errc() || end != header->data() + header->size() - 1 || revision <= 0) {
    return std::nullopt;
  }
  return revision;
}

base::Result<base::Date> asked_day(const http::Request& request, const base::Clock& clock) {
  const auto text = request.asked("on");
  if (!text) return clock.today();
  const auto day = base::Date::parse(*text);
  if (!day) return base::refuse(base::ProblemKind::invalid, "json.expected_date", "?on");
  return *day;
}

base::Result<std::optional<base::Date>> asked_date(const http::Request& request,
                                                   std::string_view name) {
  const auto text = request.asked(name);
  if (!text) return std::optional<base::Date>();
  const auto day = base::Date::parse(*text);
  if (!day) {
    return base::refuse(base::ProblemKind::invalid, "json.expected_date", "?" + std::string(name));
  }
  return day;
}

std::optional<std::int64_t> asked_id(const http::Request& request, std::string_view name) {
  const std::int64_t id = number_asked(request, name, 0);
  return id > 0 ? std::optional(id) : std::nullopt;
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
      {get, "/tree", "getTree",
       [&](const auth::Actor&, const http::Request& r) { return get_tree(db, clock, r); }},
      {get, "/tree/marks", "listTreeMarks",
       [&](const auth::Actor&, const http::Request&) { return list_marks(db); }},
      {get, "/boundaries", "listBoundaries",
       [&](const auth::Actor&, const http::Request& r) { return list_boundaries(db, clock, r); }},
  };
}

}  // namespace org
