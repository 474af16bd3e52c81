#include "publish/course.h"

#include <algorithm>
#include <array>
#include <string>

namespace publish {
namespace {

using base::ProblemKind;

constexpr std::array<std::string_view, kStates> kStateNames{"draft", "in_review", "published",
                                                            "withdrawn"};
constexpr std::array<std::string_view, kDeeds> kDeedNames{"write",   "submit",   "send_back",
                                                          "publish", "withdraw", "redraft"};

/// Who may: a reviewer decides for the unit and did not write on the bulletin.
enum class By { writer, reviewer, writer_or_decider, decider };

struct Rule {
  Deed deed;
  State from, to;
  By by;
};

constexpr std::array<Rule, kDeeds> kRules{{
    {Deed::write, State::draft, State::draft, By::writer},
    {Deed::submit, State::draft, State::in_review, By::writer},
    {Deed::send_back, State::in_review, State::draft, By::writer_or_decider},
    {Deed::publish, State::in_review, State::published, By::reviewer},
    {Deed::withdraw, State::published, State::withdrawn, By::decider},
    {Deed::redraft, State::withdrawn, State::draft, By::writer},
}};

bool may(By by, const Parts& parts) {
  switch (by) {
    case By::writer:
      return parts.writer;
    case By::reviewer:
      return parts.decider && !parts.hand;
    case By::writer_or_decider:
      return parts.writer || parts.decider;
    case By::decider:
      return parts.decider;
  }
  return false;
}

const Rule& rule_of(Deed deed) { return kRules[static_cast<std::size_t>(deed)]; }

}  // namespace

std::string_view name(State state) { return kStateNames[static_cast<std::size_t>(state)]; }
std::string_view name(Deed deed) { return kDeedNames[static_cast<std::size_t>(deed)]; }

std::optional<State> state_named(std::string_view name) {
  const auto at = std::find(kStateNames.begin(), kStateNames.end(), name);
  if (at == kStateNames.end()) return std::nullopt;
  return static_cast<State>(at - kStateNames.begin());
}

base::Result<State> after(State state, Deed deed, const Parts& by) {
  const Rule& rule = rule_of(deed);
  if (!may(rule.by, by)) {
    const bool is_own = rule.by == By::reviewer && by.decider;
    return base::refuse(ProblemKind::forbidden,
                        is_own ? "bulletin.own_review" : "authority.not_yours");
  }
  if (state != rule.from) {
    return base::refuse(ProblemKind::conflict, "bulletin.state", "",
                        {std::string(name(state)), std::string(name(deed))});
  }
  return rule.to;
}

std::vector<Deed> deeds_of(State state, const Parts& by) {
  std::vector<Deed> made;
  for (const Rule& rule : kRules) {
    if (rule.from == state && may(rule.by, by)) made.push_back(rule.deed);
  }
  return made;
}

}  // namespace publish
