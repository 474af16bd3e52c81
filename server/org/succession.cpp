#include "org/succession.h"

#include <algorithm>
#include <numeric>

namespace org {
namespace {

/// over / under in lowest terms.
Destination::Part part_of(UnitId unit, base::Wide over, base::Wide under) {
  base::Wide divisor = over, rest = under;
  while (rest != 0) std::swap(divisor %= rest, rest);
  if (divisor > 1) over /= divisor, under /= divisor;
  // Beyond 10^18 parts the last digits of a share say nothing any more.
  while (under > 1'000'000'000'000'000'000) over /= 2, under /= 2;
  return {unit, static_cast<std::int64_t>(over), static_cast<std::int64_t>(under)};
}

Destination::Part times(const Destination::Part& part, const Succession& link) {
  return part_of(link.to, static_cast<base::Wide>(part.numerator) * link.numerator,
                 static_cast<base::Wide>(part.denominator) * link.denominator);
}

void add(std::vector<Destination::Part>& parts, const Destination::Part& more) {
  const auto same = std::find_if(parts.begin(), parts.end(), [&](const Destination::Part& part) {
    return part.unit == more.unit;
  });
  if (same == parts.end()) {
    parts.push_back(more);
    return;
  }
  const std::int64_t divisor = std::gcd(same->denominator, more.denominator);
  const base::Wide to_same = more.denominator / divisor, to_more = same->denominator / divisor;
  *same = part_of(more.unit, same->numerator * to_same + more.numerator * to_more,
                  same->denominator * to_same);
}

}  // namespace

Restating::Restating(const std::vector<Succession>& all, base::Date of, base::Date to)
    : is_forward_(of <= to) {
  const base::Date after = std::min(of, to), until = std::max(of, to);
  for (const Succession& link : all) {
    if (link.on <= after || link.on > until) continue;
    // Looking back, a superior does not hand figures down to a unit that had ended under it.
    if (!is_forward_ && link.kind == ChangeKind::end) continue;
    links_.push_back(link);
  }
  std::stable_sort(links_.begin(), links_.end(), [&](const Succession& a, const Succession& b) {
    return is_forward_ ? a.on < b.on : a.on > b.on;
  });
  for (std::size_t i = 0; i < links_.size(); ++i) {
    const UnitId start = is_forward_ ? links_[i].from : links_[i].to;
    std::vector<std::size_t>& of_unit = by_start_[start];
    if (of_unit.empty()) moved_.push_back(start);
    of_unit.push_back(i);
  }
}

Destination Restating::of(UnitId unit) const {
  if (!by_start_.contains(unit)) return {{{unit, 1, 1}}, {}, Basis::whole};
  return is_forward_ ? forward(unit) : back(unit);
}

Destination Restating::forward(UnitId unit) const {
  struct At {
    Destination::Part part;
    base::Date since;
  };
  std::vector<At> open{{{unit, 1, 1}, base::Date(1, 1, 1)}};
  Destination made;
  while (!open.empty()) {
    const At here = open.back();
    open.pop_back();
    const auto links = by_start_.find(here.part.unit);
    std::optional<base::Date> day;
    if (links != by_start_.end()) {
      for (const std::size_t i : links->second) {
        if (links_[i].on > here.since && (!day || links_[i].on < *day)) day = links_[i].on;
      }
    }
    if (!day) {
      if (here.part.numerator > 0) add(made.parts, here.part);
      continue;
    }
    for (const std::size_t i : links->second) {
      if (links_[i].on != *day) continue;
      open.push_back({times(here.part, links_[i]), *day});
      if (links_[i].kind == ChangeKind::split) made.basis = links_[i].basis;
    }
  }
  std::sort(made.parts.begin(), made.parts.end(),
            [](const auto& a, const auto& b) { return a.unit < b.unit; });
  return made;
}

Destination Restating::back(UnitId unit) const {
  struct At {
    UnitId unit;
    base::Date until;
  };
  std::vector<At> open{{unit, base::kForever}};
  std::vector<UnitId> lies_in;
  while (!open.empty()) {
    const At here = open.back();
    open.pop_back();
    const auto links = by_start_.find(here.unit);
    std::optional<base::Date> day;
    if (links != by_start_.end()) {
      for (const std::size_t i : links->second) {
        if (links_[i].on < here.until && (!day || links_[i].on > *day)) day = links_[i].on;
      }
    }
    if (!day) {
      lies_in.push_back(here.unit);
      continue;
    }
    for (const std::size_t i : links->second) {
      // Where only land came from, no figures lie.
      if (links_[i].on == *day && links_[i].numerator > 0) open.push_back({links_[i].from, *day});
    }
  }
  std::sort(lies_in.begin(), lies_in.end());
  lies_in.erase(std::unique(lies_in.begin(), lies_in.end()), lies_in.end());
  if (lies_in.size() == 1) return {{{lies_in[0], 1, 1}}, {}, Basis::whole};
  return {{}, lies_in, Basis::whole};
}

std::vector<std::int64_t> apportion(std::int64_t amount,
                                    const std::vector<Destination::Part>& parts) {
  std::vector<std::int64_t> made;
  std::vector<std::pair<base::Wide, std::size_t>> rests;  // remainder scaled to one denominator
  const base::Wide size = amount < 0 ? -static_cast<base::Wide>(amount) : amount;
  base::Wide given = 0;
  constexpr base::Wide kFine = 1'000'000'000;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const base::Wide whole = size * parts[i].numerator;
    made.push_back(static_cast<std::int64_t>(whole / parts[i].denominator));
    given += made.back();
    rests.emplace_back(whole % parts[i].denominator * kFine / parts[i].denominator, i);
  }
  std::stable_sort(rests.begin(), rests.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  for (std::size_t n = 0; given < size && n < rests.size(); ++n, ++given) ++made[rests[n].second];
  if (amount < 0) {
    for (std::int64_t& part : made) part = -part;
  }
  return made;
}

}  // namespace org
