#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "mobilise/course.h"
#include "org/unit.h"

/// A movement or campaign: one body's effort that several bodies carry. Pure.
namespace mobilise {

using MovementId = base::Id<struct MovementTag>;

enum class MovementKind { movement, campaign };
std::string_view name(MovementKind kind);

/// The four fields of "Dân vận khéo".
enum class Field { economy, culture_society, defence_security, political_system };
inline constexpr int kFields = 4;
std::string_view name(Field field);
std::optional<Field> field_named(std::string_view name);

/// Promised and given are different figures.
enum class Stage { pledged, received };
std::string_view name(Stage stage);
std::optional<Stage> stage_named(std::string_view name);

/// Đồng, days, square metres, households, pieces: whole numbers all.
enum class GiftKind { money, work_days, land_m2, households, in_kind };
inline constexpr int kGiftKinds = 5;
std::string_view name(GiftKind kind);
std::optional<GiftKind> gift_kind_named(std::string_view name);

/// One line of the joint plan: what a carrier takes upon itself.
struct PlanLine {
  org::UnitId carrier;
  org::UnitId lead;
  std::string text;
  base::Date due_on;
  friend bool operator==(const PlanLine&, const PlanLine&) = default;
};

/// An indicator that tells the same as the movement's figures of a stage and kind.
struct Binding {
  std::string indicator;  ///< code
  Stage stage = Stage::received;
  GiftKind kind = GiftKind::money;
};

struct Movement {
  MovementId id;
  org::UnitId unit;  ///< whose it is
  MovementKind kind = MovementKind::movement;
  std::string name;
  State state = State::draft;
  base::Date from, to;  ///< half-open
  std::optional<base::Date> started_on, closed_on;
  std::vector<Field> fields;
  std::vector<org::UnitId> carriers;
  std::vector<PlanLine> plan;
  std::vector<Binding> bindings;
  bool is_illustrative = false;
  std::int64_t revision = 1;
  std::string changed_by;

  bool carries(org::UnitId body) const;
  /// Its owner or one of its carriers: who may report to it.
  bool takes_part(org::UnitId body) const { return body == unit || carries(body); }
};

std::string object_of(MovementId id);

/// "movement.span", "movement.carrier_twice", "movement.field_twice".
base::Problems faults_of(const Movement& movement);
/// "plan.not_a_carrier", "plan.due_outside" (args: the movement's days), of each line.
base::Problems faults_of_plan(const Movement& movement, const std::vector<PlanLine>& lines);
/// Lines of carriers that are not `mine` stay as they are: "plan.line_of_another" at the first that
/// does not.
base::Problems faults_of_others(const std::vector<PlanLine>& before,
                                const std::vector<PlanLine>& after,
                                const std::vector<org::UnitId>& mine);

}  // namespace mobilise
