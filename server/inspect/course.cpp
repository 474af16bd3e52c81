#include "inspect/course.h"

#include <algorithm>
#include <array>
#include <string>

namespace inspect {
namespace {

using base::ProblemKind;

constexpr std::array<std::string_view, kStates> kStateNames{
    "planned",   "decided",   "reporting", "verifying", "drafted",
    "conferred", "concluded", "following", "closed",    "cancelled"};
constexpr std::array<std::string_view, kDeeds> kDeedNames{
    "replace",          "team",     "outline",   "decide",
    "announce",         "verify",   "extend",    "ask_supplement",
    "hold_session",     "note",     "find",      "draft",
    "confer",           "conclude", "hand_over", "commit",
    "verify_follow_up", "close",    "cancel"};

/// A deed may be done in the states [first, last], and leads to `to`, or leaves the state as it is.
struct Rule {
  Deed deed;
  State first, last;
  std::optional<State> to;
  bool Parts::* by;
  bool Parts::* or_by;
};

constexpr std::array<Rule, kDeeds> kRules{{
    {Deed::replace, State::planned, State::planned, {}, &Parts::office, &Parts::office},
    {Deed::team, State::planned, State::conferred, {}, &Parts::office, &Parts::office},
    {Deed::outline, State::planned, State::decided, {}, &Parts::office, &Parts::lead},
    {Deed::decide, State::planned, State::planned, State::decided, &Parts::office, &Parts::office},
    {Deed::announce, State::decided, State::decided, State::reporting, &Parts::office,
     &Parts::office},
    {Deed::verify, State::reporting, State::reporting, State::verifying, &Parts::lead,
     &Parts::office},
    {Deed::extend, State::decided, State::conferred, {}, &Parts::office, &Parts::office},
    {Deed::ask_supplement, State::verifying, State::verifying, {}, &Parts::lead, &Parts::lead},
    {Deed::hold_session, State::verifying, State::drafted, {}, &Parts::member, &Parts::member},
    {Deed::note, State::decided, State::following, {}, &Parts::member, &Parts::member},
    {Deed::find, State::verifying, State::conferred, {}, &Parts::member, &Parts::member},
    {Deed::draft, State::verifying, State::drafted, State::drafted, &Parts::lead, &Parts::lead},
    {Deed::confer, State::drafted, State::drafted, State::conferred, &Parts::lead, &Parts::lead},
    {Deed::conclude, State::conferred, State::conferred, State::concluded, &Parts::office,
     &Parts::office},
    {Deed::hand_over, State::concluded, State::concluded, State::following, &Parts::office,
     &Parts::office},
    {Deed::commit, State::concluded, State::following, {}, &Parts::subject, &Parts::subject},
    {Deed::verify_follow_up,
     State::following,
     State::following,
     {},
     &Parts::office,
     &Parts::office},
    {Deed::close, State::following, State::following, State::closed, &Parts::office,
     &Parts::office},
    {Deed::cancel, State::planned, State::conferred, State::cancelled, &Parts::office,
     &Parts::office},
}};

const Rule& rule_of(Deed deed) { return kRules[static_cast<std::size_t>(deed)]; }

bool may(const Rule& rule, const Parts& by) { return by.*rule.by || by.*rule.or_by; }
bool fits(const Rule& rule, State state) { return rule.first <= state && state <= rule.last; }

/// Who may not is told whose the deed is, when it is the team's.
base::Problem not_yours(const Rule& rule, const Parts& by) {
  const bool is_leads = rule.by == &Parts::lead && rule.or_by == &Parts::lead;
  const bool is_team = is_leads || rule.by == &Parts::member;
  base::Problem problem{ProblemKind::forbidden, "authority.not_yours", "", {}};
  if (is_team && !by.member) problem.code = "inspection.not_on_team";
  if (is_leads && by.member) problem.code = "inspection.lead_only";
  return problem;
}

base::Problems lacking(const Course& course, Deed deed) {
  base::Problems problems;
  const auto lacks = [&](bool is_so, const char* code, int count = 0) {
    if (is_so) problems.push_back({ProblemKind::conflict, code, "", {std::to_string(count)}});
  };
  switch (deed) {
    case Deed::decide:
      lacks(course.heads != 1, "inspection.no_head", course.heads);
      break;
    case Deed::announce:
      lacks(!course.has_outline, "inspection.no_outline");
      break;
    case Deed::verify:
      lacks(course.reports_awaited > 0, "inspection.reports_awaited", course.reports_awaited);
      break;
    case Deed::draft:
      lacks(course.supplements_open > 0, "inspection.supplements_open", course.supplements_open);
      break;
    case Deed::conclude:
      lacks(course.findings == 0, "inspection.no_finding");
      lacks(course.bare_findings > 0, "inspection.finding_bare", course.bare_findings);
      break;
    case Deed::close:
      lacks(course.follow_ups_open > 0, "inspection.follow_ups_open", course.follow_ups_open);
      break;
    default:
      break;
  }
  return problems;
}

}  // namespace

std::string_view name(State state) { return kStateNames[static_cast<std::size_t>(state)]; }
std::string_view name(Deed deed) { return kDeedNames[static_cast<std::size_t>(deed)]; }

std::optional<State> state_named(std::string_view name) {
  const auto at = std::find(kStateNames.begin(), kStateNames.end(), name);
  if (at == kStateNames.end()) return std::nullopt;
  return static_cast<State>(at - kStateNames.begin());
}

bool runs(State state) { return State::decided <= state && state <= State::following; }
bool is_announced(State state) { return State::reporting <= state && state <= State::closed; }

base::Result<State> after(const Course& course, Deed deed, const Parts& by) {
  const Rule& rule = rule_of(deed);
  if (!may(rule, by)) return base::refuse(not_yours(rule, by));
  if (!fits(rule, course.state)) {
    return base::refuse(ProblemKind::conflict, "inspection.state", "",
                        {std::string(name(course.state)), std::string(name(deed))});
  }
  if (auto problems = lacking(course, deed); !problems.empty()) {
    return base::refuse(std::move(problems));
  }
  return rule.to.value_or(course.state);
}

std::vector<Deed> deeds_of(State state, const Parts& by) {
  std::vector<Deed> made;
  for (const Rule& rule : kRules) {
    if (may(rule, by) && fits(rule, state)) made.push_back(rule.deed);
  }
  return made;
}

}  // namespace inspect
