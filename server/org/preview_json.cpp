#include "org/preview_json.h"

#include <map>
#include <set>

#include "base/words.h"
#include "org/unit_json.h"

namespace org {
namespace {

using http::json::array;
using http::json::object;
using http::json::value;

constexpr std::size_t kMostEnded = 200;
constexpr std::size_t kMostConcerned = 100;

object problem_json(const base::Problem& problem) {
  array args;
  for (const std::string& arg : problem.args) args.push_back(value(arg));
  return {{"code", problem.code},
          {"field", problem.field},
          {"args", std::move(args)},
          {"detail_vi", base::words(problem, base::Language::vi)},
          {"detail_en", base::words(problem, base::Language::en)}};
}

/// A unit as the plan leaves it: one that stands, or one it makes.
UnitRef ref_of(UnitKey key, const Plan& plan, const Preview& preview) {
  if (key > 0) {
    const Standing* unit = preview.before.with_id(UnitId{key});
    return unit ? unit->ref() : UnitRef{};
  }
  const PlannedUnit& made = plan.units[static_cast<std::size_t>(-1 - key)];
  return {{}, made.code, made.name};
}

object counts_json(const Plan& plan, const Preview& preview) {
  const std::set<UnitId> ended(preview.outcome.ended.begin(), preview.outcome.ended.end());
  std::set<UnitKey> changed, divided;
  for (const Row& row : preview.outcome.rows) {
    if (row.unit > 0 && !ended.contains(UnitId{row.unit})) changed.insert(row.unit);
  }
  for (const Link& link : preview.outcome.links) {
    if (link.kind == ChangeKind::split) divided.insert(link.from);
  }
  return {{"ended", ended.size()},
          {"made", plan.units.size()},
          {"changed", changed.size()},
          {"divided", divided.size()}};
}

array ended_json(const Plan& plan, const Preview& preview) {
  std::map<UnitKey, array> heirs;
  for (const Link& link : preview.outcome.links) {
    const UnitRef to = ref_of(link.to, plan, preview);
    heirs[link.from].push_back(
        object{{"code", to.code},
               {"name", to.name},
               {"share", std::to_string(link.numerator) + "/" + std::to_string(link.denominator)},
               {"basis", name(link.basis)}});
  }
  array made;
  for (const UnitId unit : preview.outcome.ended) {
    if (made.size() == kMostEnded) break;
    made.push_back(object{{"unit", to_json(ref_of(unit.value, plan, preview))},
                          {"heirs", std::move(heirs[unit.value])}});
  }
  return made;
}

array made_json(const Plan& plan) {
  array made;
  for (const PlannedUnit& unit : plan.units) {
    object one{{"code", unit.code}, {"name", unit.name}, {"kind", unit.kind}};
    if (unit.level) one["level"] = *unit.level;
    if (!unit.parent_code.empty()) one["parent"] = unit.parent_code;
    made.push_back(std::move(one));
  }
  return made;
}

array concerns_json(const Plan& plan, const Preview& preview) {
  struct Kind {
    std::int64_t count = 0;
    array units;
  };
  std::map<std::string, Kind> kinds;
  for (const Concern& concern : preview.concerns) {
    Kind& kind = kinds[concern.what];
    kind.count += concern.count;
    if (kind.units.size() == kMostConcerned) continue;
    kind.units.push_back(object{{"unit", to_json(ref_of(concern.unit.value, plan, preview))},
                                {"count", concern.count}});
  }
  array made;
  for (auto& [what, kind] : kinds) {
    made.push_back(object{{"what", what}, {"count", kind.count}, {"units", std::move(kind.units)}});
  }
  return made;
}

array people_json(const Preview& preview) {
  array made;
  for (const Displaced& one : preview.people) {
    made.push_back(
        object{{"person", one.person},
               {"role", one.role},
               {"title", one.title},
               {"unit", to_json(one.unit)},
               {"heir", one.heir ? value(object{{"code", one.heir->code}, {"name", one.heir->name}})
                                 : value(nullptr)}});
  }
  return made;
}

}  // namespace

object to_json(const Plan& plan, const Preview& preview) {
  array problems;
  for (const base::Problem& problem : preview.outcome.problems) {
    problems.push_back(problem_json(problem));
  }
  return {{"problems", std::move(problems)},          {"counts", counts_json(plan, preview)},
          {"ended", ended_json(plan, preview)},       {"made", made_json(plan)},
          {"concerns", concerns_json(plan, preview)}, {"people", people_json(preview)}};
}

}  // namespace org
