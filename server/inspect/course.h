#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"

/// The course of an inspection: which deed leads from which state to which, by whom. Pure.
namespace inspect {

enum class State {
  planned,
  decided,
  reporting,  ///< announced; the self-reports are awaited
  verifying,
  drafted,
  conferred,
  concluded,
  following,
  closed,
  cancelled
};
inline constexpr int kStates = 10;
std::string_view name(State state);
std::optional<State> state_named(std::string_view name);

enum class Deed {
  replace,
  team,
  outline,
  decide,
  announce,
  verify,
  extend,
  ask_supplement,
  hold_session,
  note,
  find,
  draft,
  confer,
  conclude,
  hand_over,
  commit,
  verify_follow_up,
  close,
  cancel
};
inline constexpr int kDeeds = 19;
std::string_view name(Deed deed);

/// What somebody is to an inspection; several at once are possible.
struct Parts {
  bool office = false;   ///< decides for the unit whose inspection it is
  bool lead = false;     ///< head or deputy of the team
  bool member = false;   ///< of the team, its head and deputies too
  bool subject = false;  ///< speaks for an inspected unit
};

/// The team sees the inspected units, and its own notes, in these states.
bool runs(State state);
/// The units inspected know of it.
bool is_announced(State state);

/// How far an inspection is, as deeds need it.
struct Course {
  State state = State::planned;
  int heads = 0;             ///< of the team
  bool has_outline = false;  ///< sections or indicators, a period and a due date
  int reports_awaited = 0;   ///< self-reports not handed in
  int supplements_open = 0;  ///< unanswered, and their time is not over
  int findings = 0;
  int bare_findings = 0;    ///< without evidence
  int follow_ups_open = 0;  ///< not verified
};

/// The state after the deed. Refused: "authority.not_yours", for what is the team's
/// "inspection.not_on_team" or "inspection.lead_only"; "inspection.state" (args: what it is,
/// the deed); and what the deed still lacks, all at once: "inspection.no_head",
/// "inspection.no_outline", "inspection.reports_awaited", "inspection.supplements_open",
/// "inspection.no_finding", "inspection.finding_bare", "inspection.follow_ups_open".
base::Result<State> after(const Course& course, Deed deed, const Parts& by);
/// The deeds that are not refused for who one is and the state it is in.
std::vector<Deed> deeds_of(State state, const Parts& by);

}  // namespace inspect
