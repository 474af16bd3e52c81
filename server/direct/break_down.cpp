#include <algorithm>
#include <map>
#include <set>

#include "direct/define_indicators.h"
#include "direct/indicator_store.h"
#include "journal/journal.h"

namespace direct {
namespace {

using base::ProblemKind;
using Breakdowns = std::map<IndicatorId, std::vector<Breakdown>>;

/// Is `whole` among the parts of `part`, at any depth?
bool comes_back(const Breakdowns& all, IndicatorId whole, IndicatorId part) {
  std::vector<IndicatorId> open{part};
  std::set<IndicatorId> seen;
  while (!open.empty()) {
    const IndicatorId at = open.back();
    open.pop_back();
    if (at == whole) return true;
    const auto of = all.find(at);
    if (!seen.insert(at).second || of == all.end()) continue;
    for (const Breakdown& one : of->second) {
      open.insert(open.end(), one.parts.begin(), one.parts.end());
    }
  }
  return false;
}

/// The parts of one asked breakdown, faults noted.
Breakdown read(store::Tx& tx, const Indicator& whole, const AskedBreakdown& asked,
               const Breakdowns& all, base::Problems& problems) {
  Breakdown made{asked.name, asked.adds_up, {}};
  const auto fault = [&](std::string code, const std::string& place,
                         std::vector<std::string> args) {
    problems.push_back({ProblemKind::invalid, std::move(code), place, std::move(args)});
  };
  if (asked.adds_up && asked.parts.size() < 2) {
    fault("indicator.part_alone", asked.place, {whole.code, asked.name});
  }
  for (const auto& [code, place] : asked.parts) {
    const auto part = indicator_store::find_by_code(tx, code);
    if (!part) {
      fault("indicator.unknown", place, {code});
      continue;
    }
    if (const std::string why = part_fault(whole, *part); !why.empty()) {
      fault(why, place, {code, whole.code});
    } else if (comes_back(all, whole.id, part->id)) {
      fault("indicator.part_loop", place, {code, whole.code});
    } else if (std::find(made.parts.begin(), made.parts.end(), part->id) != made.parts.end()) {
      fault("indicator.part_twice", place, {code, asked.name});
    }
    made.parts.push_back(part->id);
  }
  return made;
}

}  // namespace

base::Result<void> break_down(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                              const Indicator& whole, std::int64_t revision,
                              const std::vector<AskedBreakdown>& asked) {
  Breakdowns all = indicator_store::all_breakdowns(tx);
  all.erase(whole.id);
  base::Problems problems;
  std::set<std::string> names;
  std::vector<Breakdown> made;
  for (const AskedBreakdown& one : asked) {
    if (!names.insert(one.name).second) {
      problems.push_back(
          {ProblemKind::invalid, "indicator.breakdown_twice", one.place, {one.name}});
    }
    made.push_back(read(tx, whole, one, all, problems));
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  if (!indicator_store::set_breakdowns(tx, whole.id, revision, made)) {
    return base::refuse(ProblemKind::changed, "indicator.changed");
  }
  journal::record(
      tx, actor, now,
      {"indicator.broken_down", "indicator:" + std::to_string(whole.id.value), 0, "{}"});
  return {};
}

base::Result<void> break_down_rows(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                                   const std::vector<NewIndicator>& rows) {
  base::Problems problems;
  std::map<std::string, std::vector<AskedBreakdown>> asked;  // by the whole's code
  for (const NewIndicator& row : rows) {
    if (row.part_of.empty()) continue;
    auto& of_whole = asked[row.part_of];
    auto at = std::find_if(of_whole.begin(), of_whole.end(),
                           [&](const auto& one) { return one.name == row.breakdown; });
    if (at == of_whole.end()) {
      of_whole.push_back({row.breakdown, row.adds_up, {}, row.place + "part_of"});
      at = of_whole.end() - 1;
    }
    if (at->adds_up != row.adds_up) {
      problems.push_back({ProblemKind::invalid,
                          "indicator.adds_up_differs",
                          row.place + "adds_up",
                          {row.breakdown}});
    }
    at->parts.push_back({row.indicator.code, row.place + "part_of"});
  }
  for (auto& [code, breakdowns] : asked) {
    const auto whole = indicator_store::find_by_code(tx, code);
    if (!whole) {
      problems.push_back(
          {ProblemKind::invalid, "indicator.unknown", breakdowns.front().place, {code}});
      continue;
    }
    const auto known = indicator_store::breakdowns(tx, whole->id);
    bool is_new = false;
    for (const Breakdown& one : known) {
      AskedBreakdown kept{one.name, one.adds_up, {}, breakdowns.front().place};
      for (const IndicatorId part : one.parts) {
        kept.parts.push_back({indicator_store::find(tx, part).value().code, kept.place});
      }
      const auto at = std::find_if(breakdowns.begin(), breakdowns.end(),
                                   [&](const auto& named) { return named.name == one.name; });
      if (at == breakdowns.end()) {
        breakdowns.push_back(std::move(kept));
        continue;
      }
      for (const auto& part : at->parts) {
        const bool is_known = std::any_of(kept.parts.begin(), kept.parts.end(),
                                          [&](const auto& has) { return has.code == part.code; });
        if (!is_known) kept.parts.push_back(part), is_new = true;
      }
      kept.adds_up = at->adds_up, kept.place = at->place;
      is_new = is_new || at->adds_up != one.adds_up;
      *at = std::move(kept);
    }
    if (breakdowns.size() == known.size() && !is_new) continue;
    const auto done = break_down(tx, actor, now, *whole, whole->revision, breakdowns);
    if (!done) problems.insert(problems.end(), done.error().begin(), done.error().end());
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  return {};
}

}  // namespace direct
