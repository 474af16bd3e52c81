#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"

/// The course of a movement: which deed leads from which state to which, by whom. Pure.
namespace mobilise {

enum class State { draft, running, closed };
inline constexpr int kStates = 3;
std::string_view name(State state);
std::optional<State> state_named(std::string_view name);

enum class Deed { replace, plan, start, report, correct, close };
inline constexpr int kDeeds = 6;
std::string_view name(Deed deed);

/// What somebody is to a movement; several at once are possible.
struct Parts {
  bool owner = false;    ///< directs the body whose movement it is
  bool carrier = false;  ///< directs one of those that carry it
  bool teller = false;   ///< enters figures for the reporting body, or for the unit where it counts
};

/// The state after the deed. "authority.not_yours", "movement.state" (args: what it is, the deed),
/// "movement.no_carrier" when it starts with nobody to carry it.
base::Result<State> after(State state, Deed deed, const Parts& by, int carriers);
/// The deeds that are not refused for who one is and the state it is in.
std::vector<Deed> deeds_of(State state, const Parts& by);

}  // namespace mobilise
