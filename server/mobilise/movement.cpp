#include "mobilise/movement.h"

#include <algorithm>
#include <array>
#include <set>

namespace mobilise {
namespace {

using base::ProblemKind;

constexpr std::array<std::string_view, 2> kKinds{"movement", "campaign"};
constexpr std::array<std::string_view, 2> kStages{"pledged", "received"};
constexpr std::array<std::string_view, kFields> kFieldNames{"economy", "culture_society",
                                                            "defence_security", "political_system"};
constexpr std::array<std::string_view, kGiftKinds> kGifts{"money", "work_days", "land_m2",
                                                          "households", "in_kind"};

template <class Named, class Names>
std::optional<Named> named(const Names& names, std::string_view name) {
  const auto at = std::find(names.begin(), names.end(), name);
  if (at == names.end()) return std::nullopt;
  return static_cast<Named>(at - names.begin());
}

/// The lines of carriers outside `mine`, in their order.
std::vector<PlanLine> of_others(const std::vector<PlanLine>& lines,
                                const std::vector<org::UnitId>& mine) {
  std::vector<PlanLine> made;
  for (const PlanLine& line : lines)
    if (std::find(mine.begin(), mine.end(), line.carrier) == mine.end()) made.push_back(line);
  return made;
}

}  // namespace

std::string_view name(MovementKind kind) { return kKinds[static_cast<std::size_t>(kind)]; }
std::string_view name(Field field) { return kFieldNames[static_cast<std::size_t>(field)]; }
std::string_view name(Stage stage) { return kStages[static_cast<std::size_t>(stage)]; }
std::string_view name(GiftKind kind) { return kGifts[static_cast<std::size_t>(kind)]; }
std::optional<Field> field_named(std::string_view name) { return named<Field>(kFieldNames, name); }
std::optional<Stage> stage_named(std::string_view name) { return named<Stage>(kStages, name); }
std::optional<GiftKind> gift_kind_named(std::string_view name) {
  return named<GiftKind>(kGifts, name);
}

bool Movement::carries(org::UnitId body) const {
  return std::find(carriers.begin(), carriers.end(), body) != carriers.end();
}

std::string object_of(MovementId id) { return "movement:" + std::to_string(id.value); }

base::Problems faults_of(const Movement& movement) {
  base::Problems problems;
  if (movement.to <= movement.from)
    problems.push_back({ProblemKind::invalid, "movement.span", "/to", {}});
  std::set<org::UnitId> carriers;
  for (std::size_t i = 0; i < movement.carriers.size(); ++i) {
    if (!carriers.insert(movement.carriers[i]).second) {
      problems.push_back(
          {ProblemKind::invalid, "movement.carrier_twice", "/carriers/" + std::to_string(i), {}});
    }
  }
  std::set<Field> fields;
  for (std::size_t i = 0; i < movement.fields.size(); ++i) {
    if (!fields.insert(movement.fields[i]).second) {
      problems.push_back(
          {ProblemKind::invalid, "movement.field_twice", "/fields/" + std::to_string(i), {}});
    }
  }
  return problems;
}

base::Problems faults_of_plan(const Movement& movement, const std::vector<PlanLine>& lines) {
  base::Problems problems;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string line = "/lines/" + std::to_string(i);
    if (!movement.takes_part(lines[i].carrier))
      problems.push_back({ProblemKind::invalid, "plan.not_a_carrier", line + "/carrier", {}});
    if (lines[i].due_on < movement.from || lines[i].due_on >= movement.to) {
      problems.push_back({ProblemKind::invalid,
                          "plan.due_outside",
                          line + "/due_on",
                          {movement.from.text(), movement.to.plus_days(-1).text()}});
    }
  }
  return problems;
}

base::Problems faults_of_others(const std::vector<PlanLine>& before,
                                const std::vector<PlanLine>& after,
                                const std::vector<org::UnitId>& mine) {
  const auto kept = of_others(before, mine), asked = of_others(after, mine);
  if (kept == asked) return {};
  const auto differs = std::mismatch(kept.begin(), kept.end(), asked.begin(), asked.end());
  std::string field = "/lines";
  if (differs.second != asked.end()) {
    const auto at = std::find(after.begin(), after.end(), *differs.second);
    field += "/" + std::to_string(at - after.begin());
  }
  return {{ProblemKind::forbidden, "plan.line_of_another", field, {}}};
}

}  // namespace mobilise
