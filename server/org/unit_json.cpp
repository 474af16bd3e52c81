#include "org/unit_json.h"

namespace org {

http::json::object to_json(const UnitRef& unit) {
  return {{"id", unit.id.value}, {"code", unit.code}, {"name", unit.name}};
}

http::json::object to_json(const Unit& unit) {
  http::json::object made = to_json(unit.ref());
  made["kind"] = unit.kind;
  made["level"] = unit.level ? http::json::value(*unit.level) : http::json::value(nullptr);
  made["parent"] =
      unit.parent ? http::json::value(to_json(*unit.parent)) : http::json::value(nullptr);
  made["from"] = unit.from.text();
  made["to"] = unit.to.text();
  return made;
}

http::json::object to_json(const Post& post, const Unit& unit) {
  return {
      {"id", post.id}, {"role", name(post.role)}, {"title", post.title}, {"unit", to_json(unit)}};
}

}  // namespace org
