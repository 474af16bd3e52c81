#pragma once

#include <optional>
#include <string>
#include <vector>

#include "auth/actor.h"
#include "mobilise/movement.h"
#include "org/authority.h"
#include "registry/document.h"
#include "store/db.h"

/// Models that others should see, commendations of collectives, and all SQL of both.
namespace mobilise {

using ModelId = base::Id<struct ModelTag>;
using CommendationId = base::Id<struct CommendationTag>;

enum class ModelState { registered, recognised, withdrawn };
std::string_view name(ModelState state);
std::optional<ModelState> model_state_named(std::string_view name);

struct Model {
  ModelId id;
  org::UnitId unit;  ///< whose it is
  std::optional<MovementId> movement;
  Field field = Field::economy;
  std::string title, story;
  ModelState state = ModelState::registered;
  base::Date registered_on;
  std::optional<base::Date> recognised_on;
  std::optional<org::UnitId> recogniser;
  std::optional<registry::DocumentId> document;
  std::optional<base::Date> withdrawn_on;
  std::string withdrawn_reason;
  bool is_illustrative = false;
  std::int64_t revision = 1;
  std::string actor;
};

/// What its pictures belong to: "model_example:5".
std::string object_of(ModelId id);

enum class ModelDeed { rewrite, recognise, withdraw };
/// registered → recognised, and from either → withdrawn; words change while it is registered:
/// "model.state" (args: the state).
base::Result<ModelState> after(ModelState state, ModelDeed deed);

/// A form of praise for a unit. There is none for a person.
struct Commendation {
  CommendationId id;
  org::UnitId unit, giver;
  std::optional<MovementId> movement;
  std::string form, number;
  base::Date on;
  std::string actor = {};
  std::optional<base::Date> withdrawn_on = {};
  std::string withdrawn_reason = {};
  std::int64_t revision = 1;
};

struct WantedModels {
  std::optional<ModelId> only;
  std::optional<org::UnitId> unit;
  std::optional<MovementId> movement;
  std::optional<Field> field;
  std::optional<ModelState> state;
  std::int64_t before = 0;
  int limit = 50;
};

namespace model_store {

ModelId add(store::Tx& tx, const Model& model, const auth::Actor& actor, base::Instant at);
std::optional<Model> find(store::Tx& tx, ModelId id);
/// False when someone saved a newer revision first.
[[nodiscard]] bool save(store::Tx& tx, Model& model);
/// In sight: of a unit, recognised by one, or of a movement owned by one in scope. Newest first.
std::vector<Model> visible(store::Tx& tx, const org::Scope& scope, const WantedModels& wanted);
/// Registered or recognised in [from, to), of the unit or of movements it owns.
std::vector<Model> of_body(store::Tx& tx, org::UnitId unit, base::Date from, base::Date to,
                           int limit);

}  // namespace model_store

namespace commendation_store {

/// None when the unit has one of that number and day that stands.
std::optional<CommendationId> add(store::Tx& tx, const Commendation& commendation,
                                  const auth::Actor& actor, base::Instant at);
std::optional<Commendation> find(store::Tx& tx, CommendationId id);
/// False when someone withdrew it first.
[[nodiscard]] bool withdraw(store::Tx& tx, const Commendation& commendation);
/// Of units in scope, or given by one; newest first. `before`: id before which to go on.
std::vector<Commendation> visible(store::Tx& tx, const org::Scope& scope,
                                  std::optional<org::UnitId> unit,
                                  std::optional<MovementId> movement, std::int64_t before,
                                  int limit);
/// Those that stand.
std::vector<Commendation> of_unit(store::Tx& tx, org::UnitId unit, base::Date from, base::Date to,
                                  int limit);

}  // namespace commendation_store
}  // namespace mobilise
