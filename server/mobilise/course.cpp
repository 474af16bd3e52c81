#include "mobilise/course.h"

#include <algorithm>
#include <array>
#include <string>

namespace mobilise {
namespace {

using base::ProblemKind;

constexpr std::array<std::string_view, kStates> kStateNames{"draft", "running", "closed"};
constexpr std::array<std::string_view, kDeeds> kDeedNames{"replace", "plan",    "start",
                                                          "report",  "correct", "close"};

constexpr unsigned kOwner = 1, kCarrier = 2, kTeller = 4;

/// Who may do the deed in the state, and where it leads.
struct Rule {
  Deed deed;
  State from, to;
  unsigned by;
};
constexpr std::array kRules{
    Rule{Deed::replace, State::draft, State::draft, kOwner},
    Rule{Deed::replace, State::running, State::running, kOwner},
    Rule{Deed::plan, State::draft, State::draft, kOwner | kCarrier},
    Rule{Deed::plan, State::running, State::running, kOwner | kCarrier},
    Rule{Deed::start, State::draft, State::running, kOwner},
    Rule{Deed::report, State::running, State::running, kTeller},
    Rule{Deed::correct, State::running, State::running, kOwner | kTeller},
    // A figure found wrong afterwards is mended by who answers for the whole.
    Rule{Deed::correct, State::closed, State::closed, kOwner},
    Rule{Deed::close, State::running, State::closed, kOwner},
};

unsigned bits_of(const Parts& by) {
  return (by.owner ? kOwner : 0U) | (by.carrier ? kCarrier : 0U) | (by.teller ? kTeller : 0U);
}

}  // namespace

std::string_view name(State state) { return kStateNames[static_cast<std::size_t>(state)]; }
std::string_view name(Deed deed) { return kDeedNames[static_cast<std::size_t>(deed)]; }

std::optional<State> state_named(std::string_view name) {
  const auto at = std::find(kStateNames.begin(), kStateNames.end(), name);
  if (at == kStateNames.end()) return std::nullopt;
  return static_cast<State>(at - kStateNames.begin());
}

base::Result<State> after(State state, Deed deed, const Parts& by, int carriers) {
  unsigned ever = 0;
  for (const Rule& rule : kRules)
    if (rule.deed == deed) ever |= rule.by;
  if ((ever & bits_of(by)) == 0) return base::refuse(ProblemKind::forbidden, "authority.not_yours");
  const auto rule = std::find_if(kRules.begin(), kRules.end(), [&](const Rule& one) {
    return one.deed == deed && one.from == state;
  });
  if (rule == kRules.end()) {
    return base::refuse(ProblemKind::conflict, "movement.state", "",
                        {std::string(name(state)), std::string(name(deed))});
  }
  if ((rule->by & bits_of(by)) == 0)
    return base::refuse(ProblemKind::forbidden, "authority.not_yours");
  if (deed == Deed::start && carriers == 0)
    return base::refuse(ProblemKind::conflict, "movement.no_carrier", "/carriers");
  return rule->to;
}

std::vector<Deed> deeds_of(State state, const Parts& by) {
  std::vector<Deed> made;
  for (const Rule& rule : kRules)
    if (rule.from == state && (rule.by & bits_of(by)) != 0) made.push_back(rule.deed);
  return made;
}

}  // namespace mobilise
