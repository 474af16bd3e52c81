#include "petition/petition.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "report/sameness.h"

namespace petition {
namespace {

using base::ProblemKind;

constexpr std::array<std::string_view, 2> kKinds{"obstacle", "recommendation"};
constexpr std::array<std::string_view, 5> kOutcomes{"", "settled", "accepted", "explained",
                                                    "declined"};

/// The steps by which a part changes hands.
bool is_handing(const Step& step) {
  return step.kind == "raised" || step.kind == "forward" || step.kind == "split" ||
         step.kind == "route";
}
bool is_of(const Step& step, const Part& part) { return step.part && *step.part == part.id; }

}  // namespace

std::string_view name(PetitionKind kind) { return kKinds[static_cast<std::size_t>(kind)]; }
std::string_view name(Outcome outcome) { return kOutcomes[static_cast<std::size_t>(outcome)]; }

std::optional<PetitionKind> petition_kind_named(std::string_view name) {
  const auto at = std::find(kKinds.begin(), kKinds.end(), name);
  if (at == kKinds.end()) return std::nullopt;
  return static_cast<PetitionKind>(at - kKinds.begin());
}

std::optional<Outcome> outcome_named(std::string_view name) {
  const auto at = std::find(kOutcomes.begin(), kOutcomes.end(), name);
  if (at == kOutcomes.end()) return std::nullopt;
  return static_cast<Outcome>(at - kOutcomes.begin());
}

Part* Petition::part(PartId asked) {
  const auto at =
      std::find_if(parts.begin(), parts.end(), [&](const Part& one) { return one.id == asked; });
  return at == parts.end() ? nullptr : &*at;
}

const Raiser* Petition::raiser(org::UnitId asked) const {
  const auto at = std::find_if(raisers.begin(), raisers.end(),
                               [&](const Raiser& one) { return one.unit == asked; });
  return at == raisers.end() ? nullptr : &*at;
}

void Petition::drop(PartState into) {
  for (Part& part : parts) {
    if (!part.is_unanswered()) continue;
    part.state = into;
    part.asked_on.reset();
  }
}

void Petition::settle(base::Date day) {
  std::vector<PartState> states;
  for (const Part& part : parts) states.push_back(part.state);
  state = whole(states);
  if (state == State::answered && !answered_on) answered_on = day;
  if (state != State::answered) answered_on.reset();
}

std::string object_of(PetitionId id) { return "petition:" + std::to_string(id.value); }

bool has_held(const std::vector<Step>& steps, const Part& part, org::UnitId unit,
              std::string_view body) {
  if (part.holder == unit && part.body == body && part.state != PartState::returned) return true;
  return std::any_of(steps.begin(), steps.end(), [&](const Step& step) {
    return is_of(step, part) && is_handing(step) && step.to == unit && step.body == body;
  });
}

GivenBack giver_of(const std::vector<Step>& steps, const Part& part) {
  // Each forwarding goes one step deeper and each giving back one step out again.
  std::vector<org::UnitId> way;
  for (const Step& step : steps) {
    if (!is_of(step, part)) continue;
    if (step.kind == "raised" || step.kind == "route") way.clear();
    if (step.kind == "forward") way.push_back(step.unit);
    if (step.kind == "split") way = {step.unit};
    if (step.kind == "give_back" && !way.empty()) way.pop_back();
  }
  if (way.empty()) return {};
  return {way.back()};
}

int alike(const std::string& title, const std::string& text, const std::string& other_title,
          const std::string& other_text) {
  // Without marks and case: who types in haste finds the same.
  const auto either = [](const std::string& a, const std::string& b) {
    return std::max(report::likeness(a, b), report::likeness(b, a));
  };
  const std::string own = base::fold(title), other = base::fold(other_title);
  const std::string other_whole = base::fold(other_text);
  return std::max({either(own, other), either(base::fold(text), other_whole),
                   report::likeness(own, other_whole)});
}

base::Problems faults_of_merge(const Petition& kept, const Petition& merged) {
  base::Problems problems;
  const auto fault = [&](const char* code, std::vector<std::string> args = {}) {
    problems.push_back({ProblemKind::conflict, code, "/into", std::move(args)});
  };
  if (kept.id == merged.id) fault("petition.merge_itself");
  if (merged.state != State::open && merged.state != State::returned)
    fault("petition.merge_state", {std::string(name(merged.state))});
  if (kept.state != State::open && kept.state != State::answered)
    fault("petition.merge_state", {std::string(name(kept.state))});
  if (kept.subject != merged.subject) fault("petition.merge_subject");
  for (const Part& part : merged.parts) {
    if (!part.is_unanswered() || part.state == PartState::returned) continue;
    const bool is_kept = std::any_of(kept.parts.begin(), kept.parts.end(), [&](const Part& one) {
      return one.holder == part.holder && one.body == part.body &&
             one.state != PartState::withdrawn;
    });
    if (!is_kept) fault("petition.merge_leaves_part", {part.portion});
  }
  return problems;
}

}  // namespace petition
