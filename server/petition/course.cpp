#include "petition/course.h"

#include <algorithm>
#include <array>
#include <string>

namespace petition {
namespace {

using base::ProblemKind;

constexpr std::array<std::string_view, kPartStates> kPartNames{"held",     "asked",     "returned",
                                                               "answered", "withdrawn", "merged"};
constexpr std::array<std::string_view, kStates> kNames{"open", "returned", "answered", "withdrawn",
                                                       "merged"};
constexpr std::array<std::string_view, kDeeds> kDeedNames{
    "forward", "split", "dispatch", "give_back", "question", "supply",
    "extend",  "route", "answer",   "make_task", "withdraw"};

/// The states a deed may be done in, and where it leads; none: the state stays.
struct Rule {
  Deed deed;
  std::array<bool, kPartStates> from;  // held, asked, returned, answered, withdrawn, merged
  std::optional<PartState> to;
  bool Parts::* by;
};
constexpr std::array<Rule, kDeeds> kRules{{
    {Deed::forward, {true, true}, PartState::held, &Parts::holder},
    {Deed::split, {true, true}, {}, &Parts::holder},
    {Deed::dispatch, {true}, PartState::held, &Parts::holder},
    {Deed::give_back, {true, true}, PartState::returned, &Parts::holder},
    {Deed::question, {true}, PartState::asked, &Parts::holder},
    {Deed::supply, {false, true}, PartState::held, &Parts::raiser},
    {Deed::extend, {true}, {}, &Parts::holder},
    {Deed::route, {false, false, true}, PartState::held, &Parts::raiser},
    {Deed::answer, {true, true}, PartState::answered, &Parts::holder},
    {Deed::make_task, {false, false, false, true}, {}, &Parts::holder},
    {Deed::withdraw, {true, true, true}, PartState::withdrawn, &Parts::raiser},
}};

const Rule& rule_of(Deed deed) { return kRules[static_cast<std::size_t>(deed)]; }
bool fits(const Rule& rule, PartState state) { return rule.from[static_cast<std::size_t>(state)]; }

}  // namespace

std::string_view name(PartState state) { return kPartNames[static_cast<std::size_t>(state)]; }
std::string_view name(State state) { return kNames[static_cast<std::size_t>(state)]; }
std::string_view name(Deed deed) { return kDeedNames[static_cast<std::size_t>(deed)]; }

std::optional<PartState> part_state_named(std::string_view name) {
  const auto at = std::find(kPartNames.begin(), kPartNames.end(), name);
  if (at == kPartNames.end()) return std::nullopt;
  return static_cast<PartState>(at - kPartNames.begin());
}

std::optional<State> state_named(std::string_view name) {
  const auto at = std::find(kNames.begin(), kNames.end(), name);
  if (at == kNames.end()) return std::nullopt;
  return static_cast<State>(at - kNames.begin());
}

State whole(const std::vector<PartState>& parts) {
  const auto any = [&](PartState state) {
    return std::find(parts.begin(), parts.end(), state) != parts.end();
  };
  if (any(PartState::held) || any(PartState::asked)) return State::open;
  if (any(PartState::returned)) return State::returned;
  if (any(PartState::answered)) return State::answered;
  if (any(PartState::merged)) return State::merged;
  return State::withdrawn;
}

base::Result<PartState> after(PartState state, Deed deed, const Parts& by) {
  const Rule& rule = rule_of(deed);
  if (!(by.*rule.by)) return base::refuse(ProblemKind::forbidden, "authority.not_yours");
  if (fits(rule, state)) return rule.to.value_or(state);
  if (deed == Deed::answer && state == PartState::answered)
    return base::refuse(ProblemKind::conflict, "petition.answered");
  return base::refuse(ProblemKind::conflict, "petition.state", "",
                      {std::string(name(state)), std::string(name(deed))});
}

std::vector<Deed> deeds_of(PartState state, const Parts& by) {
  std::vector<Deed> made;
  for (const Rule& rule : kRules) {
    if (by.*rule.by && fits(rule, state)) made.push_back(rule.deed);
  }
  return made;
}

base::Date due_after(base::Date received, int days, const base::WorkingCalendar& calendar) {
  return calendar.plus(received, days);
}

base::Date due_resumed(base::Date due, base::Date asked, base::Date supplied,
                       const base::WorkingCalendar& calendar) {
  return calendar.plus(due, std::max(0, calendar.between(asked, supplied)));
}

}  // namespace petition
