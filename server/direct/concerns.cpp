#include "direct/concerns.h"

namespace direct {

std::vector<org::Concern> concerns_of(store::Tx& tx, const std::vector<org::UnitId>& units,
                                      std::optional<base::Instant> since) {
  static constexpr store::Sql kProgrammes{
      "programme.by_unit", "select unit_id, count(*) from programme group by unit_id"};
  static constexpr store::Sql kProgrammesOf{"programme.count_of_unit",
                                            "select count(*) from programme where unit_id = :unit"};
  static constexpr store::Sql kTargets{"target.by_unit",
                                       "select unit_id, count(*) from target group by unit_id"};
  static constexpr store::Sql kTargetsOf{"target.count_of_unit",
                                         "select count(*) from target where unit_id = :unit"};
  static constexpr store::Sql kTasks{"task.by_lead",
                                     "select lead_id, count(*) from task group by lead_id"};
  static constexpr store::Sql kTasksOf{"task.count_of_lead",
                                       "select count(*) from task where lead_id = :unit"};
  std::vector<org::Concern> made;
  if (since) return made;
  const auto add = [&](const char* what, const store::Sql& all, const store::Sql& one) {
    auto more = org::count_concerns(tx, what, all, one, units);
    made.insert(made.end(), more.begin(), more.end());
  };
  add("programmes", kProgrammes, kProgrammesOf);
  add("targets", kTargets, kTargetsOf);
  add("tasks", kTasks, kTasksOf);
  return made;
}

}  // namespace direct
