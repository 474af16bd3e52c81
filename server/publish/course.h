#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"

/// The course of a bulletin: which deed leads from which state to which, by whom. Pure.
namespace publish {

enum class State { draft, in_review, published, withdrawn };
inline constexpr int kStates = 4;
std::string_view name(State state);
std::optional<State> state_named(std::string_view name);

enum class Deed {
  write,      ///< its words, pictures and figures
  submit,     ///< for review
  send_back,  ///< to be mended, or taken back by who wrote it
  publish,    ///< open it to everybody, now or from a moment on
  withdraw,   ///< close it again
  redraft     ///< mend what was withdrawn, at its old address
};
inline constexpr int kDeeds = 6;
std::string_view name(Deed deed);

/// What somebody is to a bulletin; several at once are possible.
struct Parts {
  bool writer = false;   ///< writes for its unit
  bool decider = false;  ///< decides for its unit
  bool hand = false;     ///< wrote on this one
};

/// The state after the deed. Refused: "authority.not_yours"; "bulletin.own_review" for who decides
/// but wrote on it; "bulletin.state" (args: what it is, the deed).
base::Result<State> after(State state, Deed deed, const Parts& by);
/// What somebody may do now.
std::vector<Deed> deeds_of(State state, const Parts& by);

}  // namespace publish
