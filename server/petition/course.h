#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "base/working_days.h"

/// The course of a petition and of its parts: which deed leads from which state to which, by whom.
/// Pure.
namespace petition {

/// Of one part: what one body is asked.
enum class PartState {
  held,      ///< the clock of its holder runs
  asked,     ///< the holder asked for more; its clock stands still
  returned,  ///< back with who raised it: nobody holds it
  answered,
  withdrawn,
  merged  ///< goes on in another petition
};
inline constexpr int kPartStates = 6;
std::string_view name(PartState state);
std::optional<PartState> part_state_named(std::string_view name);

/// Of the whole, as its parts stand.
enum class State { open, returned, answered, withdrawn, merged };
inline constexpr int kStates = 5;
std::string_view name(State state);
std::optional<State> state_named(std::string_view name);

/// Open while a body has it; returned when all that is unanswered is back with who raised it;
/// answered when every part that was not withdrawn is.
State whole(const std::vector<PartState>& parts);

enum class Deed {
  forward,    ///< to the body that is competent, all of it
  split,      ///< a portion of it
  dispatch,   ///< to a body outside of the tree
  give_back,  ///< as not competent
  question,   ///< ask who raised it for more
  supply,     ///< give what was asked for
  extend,
  route,  ///< to another body, after it came back
  answer,
  make_task,
  withdraw,
};
inline constexpr int kDeeds = 11;
std::string_view name(Deed deed);

/// What somebody is to a part; both are possible.
struct Parts {
  bool holder = false;  ///< decides for the unit that holds it
  bool raiser = false;  ///< speaks for one of the units that raised it
};

/// The part's state after the deed. "authority.not_yours"; "petition.answered" for a second answer;
/// "petition.state" (args: the state, the deed).
base::Result<PartState> after(PartState state, Deed deed, const Parts& by);
/// The deeds that `after` allows.
std::vector<Deed> deeds_of(PartState state, const Parts& by);

/// When an answer is due: `days` working days after it was received.
base::Date due_after(base::Date received, int days, const base::WorkingCalendar& calendar);
/// The due day once what was asked for came: the working days of waiting are added.
base::Date due_resumed(base::Date due, base::Date asked, base::Date supplied,
                       const base::WorkingCalendar& calendar);

}  // namespace petition
