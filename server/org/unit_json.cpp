#include "org/unit_json.h"

#include "org/succession_store.h"

namespace org {
namespace {

using http::json::array;
using http::json::object;
using http::json::value;

value or_null(const std::optional<std::int64_t>& number) {
  return number ? value(*number) : value(nullptr);
}

array kin_json(const std::vector<succession_store::Kin>& all) {
  array made;
  for (const auto& kin : all) {
    made.push_back(object{
        {"unit", to_json(kin.other)},
        {"on", kin.link.on.text()},
        {"kind", name(kin.link.kind)},
        {"share", std::to_string(kin.link.numerator) + "/" + std::to_string(kin.link.denominator)},
        {"basis", name(kin.link.basis)},
        {"document", kin.document},
        {"reorganisation", kin.reorganisation.value}});
  }
  return made;
}

}  // namespace

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
  return {{"id", post.id},
          {"role", name(post.role)},
          {"title", post.title},
          {"unit", to_json(unit)},
          {"acting_for", post.acting_for.empty() ? http::json::value(nullptr)
                                                 : http::json::value(post.acting_for)}};
}

base::Result<object> unit_page(store::Tx& tx, UnitId id, base::Date day, std::string_view line) {
  const auto dated_names = unit_store::names(tx, id);
  if (dated_names.empty()) {
    return base::refuse(base::ProblemKind::not_found, "unit.not_found");
  }
  const auto unit = unit_store::find(tx, id, day, line);
  object made;
  if (unit) {
    made = to_json(*unit);
  } else {
    const auto& nearest = dated_names.front().from > day ? dated_names.front() : dated_names.back();
    made = to_json(unit_store::ref(tx, id, day));
    made["kind"] = nearest.kind;
    made["level"] = or_null(nearest.level);
    made["parent"] = nullptr;
    made["from"] = nearest.from.text();
    made["to"] = nearest.to.text();
  }
  made["alive"] = unit.has_value();
  array names, codes, parents;
  for (const auto& dated : dated_names) {
    names.push_back(object{{"name", dated.name},
                           {"kind", dated.kind},
                           {"level", or_null(dated.level)},
                           {"from", dated.from.text()},
                           {"to", dated.to.text()}});
  }
  for (const auto& dated : unit_store::codes(tx, id)) {
    codes.push_back(
        object{{"code", dated.code}, {"from", dated.from.text()}, {"to", dated.to.text()}});
  }
  for (const auto& dated : unit_store::parents(tx, id, day)) {
    parents.push_back(
        object{{"line", dated.line},
               {"parent", dated.parent ? value(to_json(*dated.parent)) : value(nullptr)},
               {"from", dated.from.text()},
               {"to", dated.to.text()}});
  }
  made["names"] = std::move(names);
  made["codes"] = std::move(codes);
  made["parents"] = std::move(parents);
  made["predecessors"] = kin_json(succession_store::predecessors(tx, id));
  made["successors"] = kin_json(succession_store::successors(tx, id));
  return made;
}

}  // namespace org
