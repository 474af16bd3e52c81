#include "report/parts.h"

#include <algorithm>
#include <set>

namespace report {
namespace {

/// Units told to make a difference, at most.
constexpr std::size_t kMostCauses = 50;

base::Wide size_of(base::Wide amount) { return amount < 0 ? -amount : amount; }

/// What the parts of one breakdown come to.
struct Summed {
  std::vector<direct::IndicatorId> parts;
  base::Wide sum = 0;
  bool is_complete = true;
  bool has_negative = false;
};

Summed summed(const direct::Breakdown& breakdown,
              const std::map<direct::IndicatorId, const PartCell*>& cells) {
  Summed made;
  for (const direct::IndicatorId part : breakdown.parts) {
    const auto at = cells.find(part);
    if (at == cells.end() || at->second->state == FactState::blank ||
        at->second->state == FactState::not_yet) {
      made.is_complete = false;
      continue;
    }
    made.parts.push_back(part);
    const std::int64_t amount = at->second->amount.value_or(0);
    made.sum += amount;
    made.has_negative = made.has_negative || amount < 0;
  }
  return made;
}

}  // namespace

std::vector<PartFinding> faults_of_parts(const Breakdowns& breakdowns,
                                         const std::vector<PartCell>& cells) {
  std::map<direct::IndicatorId, const PartCell*> by_indicator;
  for (const PartCell& cell : cells) by_indicator.emplace(cell.indicator, &cell);
  std::vector<PartFinding> found;
  for (const PartCell& cell : cells) {
    const auto of = breakdowns.find(cell.indicator);
    if (of == breakdowns.end() || cell.state != FactState::value) continue;
    const std::int64_t whole = cell.amount.value_or(0);
    const auto tell = [&](const char* code, const direct::Breakdown& breakdown,
                          std::vector<direct::IndicatorId> parts, base::Wide actual) {
      found.push_back({code, cell.indicator, breakdown.name, std::move(parts), whole, actual,
                       !cell.remark.empty()});
    };
    for (const direct::Breakdown& breakdown : of->second) {
      Summed parts = summed(breakdown, by_indicator);
      if (!breakdown.adds_up) {
        for (const direct::IndicatorId part : parts.parts) {
          const std::int64_t amount = by_indicator.at(part)->amount.value_or(0);
          if (whole >= 0 && amount > whole) tell("parts.part_exceeds", breakdown, {part}, amount);
        }
      } else if (parts.is_complete && parts.sum != whole) {
        tell("parts.differ", breakdown, std::move(parts.parts), parts.sum);
      } else if (!parts.is_complete && !parts.parts.empty() && !parts.has_negative &&
                 parts.sum > whole) {
        tell("parts.exceed", breakdown, std::move(parts.parts), parts.sum);
      }
    }
  }
  return found;
}

PartsCheck::PartsCheck(const Breakdowns& breakdowns, std::vector<Measure>& visible,
                       const std::function<Measure(direct::IndicatorId)>& measure_of_part)
    : visible_(visible.size()) {
  std::map<direct::IndicatorId, std::size_t> at;
  for (std::size_t m = 0; m < visible_; ++m) at.emplace(visible[m].indicator.id, m);
  for (std::size_t m = 0; m < visible_; ++m) {
    const auto of = breakdowns.find(visible[m].indicator.id);
    if (of == breakdowns.end() || visible[m].parts.empty()) continue;
    for (const direct::Breakdown& breakdown : of->second) {
      Check check{m, {}, breakdown};
      for (const direct::IndicatorId part : breakdown.parts) {
        if (!at.contains(part)) {
          at.emplace(part, visible.size());
          visible.push_back(measure_of_part(part));
        }
        check.parts.push_back(at.at(part));
      }
      checks_.push_back(std::move(check));
    }
  }
  compared_.resize(checks_.size());
}

void PartsCheck::compare(std::size_t check, org::UnitId unit, std::optional<std::int64_t> whole,
                         const std::vector<std::optional<std::int64_t>>& parts) {
  bool any = whole.has_value();
  for (const auto& part : parts) any = any || part;
  if (!any) return;
  Compared& compared = compared_[check][unit];
  compared.whole += whole.value_or(0);
  compared.is_incomplete = compared.is_incomplete || !whole;
  base::Wide most = 0;
  for (const auto& part : parts) {
    compared.parts += part.value_or(0);
    compared.is_incomplete = compared.is_incomplete || !part;
    most = std::max<base::Wide>(most, part.value_or(0));
  }
  if (whole && most > *whole) compared.over += most - *whole;
}

void PartsCheck::take(const Rollup& rollup, const base::Period& part, std::size_t nodes) {
  const auto& measures = rollup.measures();
  const auto& guests = rollup.restated().guests;
  for (std::size_t c = 0; c < checks_.size(); ++c) {
    const auto& periods = measures[checks_[c].whole].parts;
    if (std::find(periods.begin(), periods.end(), part) == periods.end()) continue;
    const int whole = rollup.slot_of(measures[checks_[c].whole].indicator.id);
    std::vector<int> slots;
    for (const std::size_t m : checks_[c].parts) {
      slots.push_back(rollup.slot_of(measures[m].indicator.id));
    }
    std::vector<std::optional<std::int64_t>> amounts(slots.size());
    for (std::size_t n = 0; n < nodes; ++n) {
      for (std::size_t p = 0; p < slots.size(); ++p) amounts[p] = rollup.counted(n, slots[p]);
      compare(c, rollup.node(n), rollup.counted(n, whole), amounts);
    }
    for (std::size_t g = 0; g < guests.size(); ++g) {
      for (std::size_t p = 0; p < slots.size(); ++p) amounts[p] = rollup.guest_counted(g, slots[p]);
      compare(c, guests[g].unit, rollup.guest_counted(g, whole), amounts);
    }
  }
  for (const Guest& guest : guests) {
    std::vector<int>& seats = seats_[guest.unit];
    for (const Guest::Seat& seat : guest.seats) {
      if (seat.node >= 0) seats.push_back(seat.node);
    }
  }
}

PartsTotal PartsCheck::total_of(const Check& check, const std::vector<Total>& totals) {
  const Total& whole = totals[check.whole];
  PartsTotal made{check.breakdown.name, check.breakdown.adds_up, {}, 0, {}, {},
                  check.breakdown.parts};
  bool any = false;
  base::Wide most = 0;
  for (const std::size_t part : check.parts) {
    made.parts.push_back(totals[part].value);
    made.sum += totals[part].above;
    most = std::max(most, totals[part].above - whole.above);
    any = any || totals[part].counted > 0;
  }
  if (any && whole.counted > 0) {
    made.difference = check.breakdown.adds_up ? made.sum - whole.above : most;
  }
  return made;
}

void PartsCheck::finish(const std::vector<org::unit_store::Node>& nodes,
                        const std::vector<int>& wanted,
                        std::vector<std::vector<Total>>& totals) const {
  std::map<org::UnitId, std::vector<int>> places = seats_;
  for (std::size_t n = 0; is_needed() && n < nodes.size(); ++n) {
    places.try_emplace(nodes[n].id, std::vector<int>{static_cast<int>(n)});
  }
  std::map<int, std::size_t> wanted_at;
  for (std::size_t w = 0; w < wanted.size(); ++w) wanted_at.emplace(wanted[w], w);
  /// The wanted units under which a unit's figures lie.
  const auto reached = [&](org::UnitId unit) {
    std::set<std::size_t> made;
    for (int node : places.at(unit)) {
      for (; node >= 0; node = nodes[static_cast<std::size_t>(node)].parent) {
        if (const auto at = wanted_at.find(node); at != wanted_at.end()) made.insert(at->second);
      }
    }
    return made;
  };
  for (std::size_t c = 0; c < checks_.size(); ++c) {
    const Check& check = checks_[c];
    for (auto& of_unit : totals) {
      of_unit[check.whole].breakdowns.push_back(total_of(check, of_unit));
    }
    for (const auto& [unit, compared] : compared_[c]) {
      const base::Wide difference = compared.parts - compared.whole;
      if (check.breakdown.adds_up ? difference == 0 : compared.over == 0) continue;
      for (const std::size_t w : reached(unit)) {
        totals[w][check.whole].breakdowns.back().causes.push_back(
            {unit, compared.whole,
             check.breakdown.adds_up ? compared.parts : compared.whole + compared.over,
             compared.is_incomplete});
      }
    }
    for (auto& of_unit : totals) {
      auto& causes = of_unit[check.whole].breakdowns.back().causes;
      std::stable_sort(causes.begin(), causes.end(), [](const auto& a, const auto& b) {
        return size_of(a.parts - a.whole) > size_of(b.parts - b.whole);
      });
      if (causes.size() > kMostCauses) causes.resize(kMostCauses);
    }
  }
  for (auto& of_unit : totals) of_unit.resize(visible_);
}

}  // namespace report
