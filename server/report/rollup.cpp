#include "report/rollup.h"

#include <algorithm>

namespace report {
namespace {

using direct::AcrossTime;
using direct::AcrossUnits;

void sort_once(std::vector<org::UnitId>& units) {
  std::sort(units.begin(), units.end());
  units.erase(std::unique(units.begin(), units.end()), units.end());
}

base::Wide divisor_of(base::Wide a, base::Wide b) {
  while (b != 0) std::swap(a %= b, b);
  return a;
}

std::pair<std::int64_t, std::int64_t> lowest(base::Wide over, base::Wide under) {
  const base::Wide divisor = divisor_of(over, under);
  if (divisor > 1) over /= divisor, under /= divisor;
  while (under > 1'000'000'000'000'000'000) over /= 2, under /= 2;
  return {static_cast<std::int64_t>(over), static_cast<std::int64_t>(under)};
}

/// `to` += `by` × `amount`; false when that leaves 128 bits.
bool add_times(base::Wide& to, base::Wide by, base::Wide amount) {
  base::Wide product = 0;
  return !__builtin_mul_overflow(by, amount, &product) && !__builtin_add_overflow(to, product, &to);
}

}  // namespace

Rollup::Rollup(const std::vector<org::unit_store::Node>& nodes, std::vector<int> wanted,
               std::vector<Measure> measures)
    : nodes_(nodes), wanted_(std::move(wanted)), measures_(std::move(measures)) {
  for (const Measure& measure : measures_) {
    std::vector<std::size_t>& slots = measure_slots_.emplace_back();
    for (const Measure::Term& term : measure.terms) {
      slots.push_back(static_cast<std::size_t>(add_slot(term.indicator.id)));
    }
    for (const base::Period& part : measure.parts) {
      if (std::find(parts_.begin(), parts_.end(), part) == parts_.end()) parts_.push_back(part);
    }
  }
  std::int64_t most = 0;
  for (const auto& node : nodes_) most = std::max(most, node.id.value);
  node_by_unit_.assign(static_cast<std::size_t>(most) + 1, -1);
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    node_by_unit_[static_cast<std::size_t>(nodes_[i].id.value)] = static_cast<std::int32_t>(i);
  }
  wanted_by_node_.assign(nodes_.size(), -1);
  for (std::size_t w = 0; w < wanted_.size(); ++w) {
    wanted_by_node_[static_cast<std::size_t>(wanted_[w])] = static_cast<std::int32_t>(w);
  }
  std::vector<std::vector<std::uint32_t>> reach(nodes_.size());
  reach_from_.push_back(0);
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    if (nodes_[i].parent >= 0) reach[i] = reach[static_cast<std::size_t>(nodes_[i].parent)];
    if (wanted_by_node_[i] >= 0) reach[i].push_back(static_cast<std::uint32_t>(wanted_by_node_[i]));
    reach_.insert(reach_.end(), reach[i].begin(), reach[i].end());
    reach_from_.push_back(reach_.size());
  }
  sums_.resize(wanted_.size() * measures_.size());
}

int Rollup::slot_of(direct::IndicatorId indicator) const {
  const auto id = static_cast<std::size_t>(indicator.value);
  return id < slot_by_indicator_.size() ? slot_by_indicator_[id] : -1;
}

std::optional<std::int64_t> Rollup::counted(std::size_t node, int slot) const {
  const Taken& taken = taken_[static_cast<std::size_t>(slot) * nodes_.size() + node];
  return taken.counts() ? std::optional(taken.amount) : std::nullopt;
}

std::optional<std::int64_t> Rollup::guest_counted(std::size_t guest, int slot) const {
  const Taken& taken =
      guests_taken_[static_cast<std::size_t>(slot) * restated_.guests.size() + guest];
  return taken.counts() ? std::optional(taken.amount) : std::nullopt;
}

int Rollup::add_slot(direct::IndicatorId indicator) {
  const auto id = static_cast<std::size_t>(indicator.value);
  if (id >= slot_by_indicator_.size()) slot_by_indicator_.resize(id + 1, -1);
  if (slot_by_indicator_[id] < 0) {
    slot_by_indicator_[id] = static_cast<std::int32_t>(slots_.size());
    slots_.push_back(indicator);
  }
  return slot_by_indicator_[id];
}

void Rollup::begin(const base::Period& part, Restated restated) {
  part_ = part;
  taken_.assign(nodes_.size() * slots_.size(), Taken{});
  restated_ = std::move(restated);
  guests_taken_.assign(restated_.guests.size() * slots_.size(), Taken{});
  guest_by_unit_.clear();
  for (std::size_t g = 0; g < restated_.guests.size(); ++g) {
    const auto unit = static_cast<std::size_t>(restated_.guests[g].unit.value);
    if (unit >= guest_by_unit_.size()) guest_by_unit_.resize(unit + 1, -1);
    guest_by_unit_[unit] = static_cast<std::int32_t>(g);
  }
  seated_.resize(wanted_.size());
}

void Rollup::take(org::UnitId unit, direct::IndicatorId indicator, FactState state,
                  FactStatus status, std::int64_t amount, std::int64_t at) {
  const auto u = static_cast<std::size_t>(unit.value);
  const auto i = static_cast<std::size_t>(indicator.value);
  if (i >= slot_by_indicator_.size() || slot_by_indicator_[i] < 0) return;
  const auto slot = static_cast<std::size_t>(slot_by_indicator_[i]);
  const Taken taken{amount, at, state, status, true};
  if (u < guest_by_unit_.size() && guest_by_unit_[u] >= 0) {
    guests_taken_[slot * restated_.guests.size() + static_cast<std::size_t>(guest_by_unit_[u])] =
        taken;
    return;
  }
  if (u >= node_by_unit_.size() || node_by_unit_[u] < 0) return;
  taken_[slot * nodes_.size() + static_cast<std::size_t>(node_by_unit_[u])] = taken;
}

void Rollup::end(const std::vector<bool>& was_asked) {
  for (std::size_t m = 0; m < measures_.size(); ++m) {
    const auto& parts = measures_[m].parts;
    if (std::find(parts.begin(), parts.end(), part_) == parts.end()) continue;
    const bool leaf_is_expected = !was_asked[measure_slots_[m].front()];
    for (std::size_t n = 0; n < nodes_.size(); ++n) weigh(n, m, leaf_is_expected);
    for (std::size_t g = 0; g < restated_.guests.size(); ++g) weigh_guest(g, m, leaf_is_expected);
  }
}

Absence Rollup::absence_of(const Taken& one) {
  if (one.is_there && one.status == FactStatus::excluded) return Absence::excluded;
  const bool is_not_applicable =
      one.state == FactState::not_applicable && one.status == FactStatus::accepted;
  return is_not_applicable ? Absence::not_applicable : Absence::missing;
}

Rollup::Judged Rollup::judge(const Taken* first, std::size_t step, std::size_t measure,
                             bool is_expected_leaf) const {
  Judged judged{is_expected_leaf, true, Absence::missing};
  for (const std::size_t slot : measure_slots_[measure]) {
    const Taken& one = first[slot * step];
    judged.is_expected = judged.is_expected || one.is_there;
    if (one.counts()) continue;
    judged.counts = false;
    // Excluded says more than not applicable, and that more than missing.
    const Absence why = absence_of(one);
    if (why == Absence::excluded || judged.why == Absence::missing) judged.why = why;
  }
  return judged;
}

void Rollup::weigh(std::size_t node, std::size_t measure, bool leaf_is_expected) {
  const std::vector<std::size_t>& slots = measure_slots_[measure];
  const Taken* first = &taken_[node];
  const std::size_t step = nodes_.size();
  const bool was_there = restated_.passed.empty() || !restated_.passed[node];
  const Judged judged =
      judge(first, step, measure, leaf_is_expected && nodes_[node].is_leaf && was_there);
  if (!judged.is_expected) return;
  amounts_.resize(slots.size());
  for (std::size_t t = 0; t < slots.size(); ++t) amounts_[t] = first[slots[t] * step].amount;
  for (std::size_t r = reach_from_[node]; r < reach_from_[node + 1]; ++r) {
    const std::uint32_t w = reach_[r];
    Sum& sum = sums_[w * measures_.size() + measure];
    ++sum.expected;
    if (judged.counts) {
      add(sum, measure, amounts_.data(), first[slots.front() * step].at,
          static_cast<std::size_t>(wanted_[w]) == node);
    } else {
      absent_.push_back({w, static_cast<std::uint32_t>(measure), nodes_[node].id, judged.why});
    }
  }
}

std::vector<std::vector<std::int64_t>> Rollup::divided(
    const Guest& guest, std::size_t measure, const std::vector<std::int64_t>& amounts) const {
  std::vector<org::Destination::Part> parts;
  for (const Guest::Seat& seat : guest.seats) {
    parts.push_back({guest.unit, seat.numerator, seat.denominator});
  }
  const AcrossUnits rule = measures_[measure].indicator.across_units;
  std::vector<std::vector<std::int64_t>> made(guest.seats.size(), amounts);
  for (std::size_t t = 0; t < amounts.size(); ++t) {
    // A mean is the same in each part, its weight is not; the largest stands for each part.
    const bool is_divided = rule == AcrossUnits::sum || rule == AcrossUnits::ratio ||
                            (rule == AcrossUnits::weighted_mean && t == 1);
    if (!is_divided) continue;
    const auto shares = org::apportion(amounts[t], parts);
    for (std::size_t s = 0; s < made.size(); ++s) made[s][t] = shares[s];
  }
  return made;
}

/// A guest's cell is one cell wherever all of it lies; where only some of its seats are, the total
/// holds their part, divided to the digit, and says which share.
void Rollup::weigh_guest(std::size_t guest, std::size_t measure, bool leaf_is_expected) {
  const Guest& of = restated_.guests[guest];
  const std::vector<std::size_t>& slots = measure_slots_[measure];
  const Taken* first = &guests_taken_[guest];
  const std::size_t step = restated_.guests.size();
  const Judged judged = judge(first, step, measure, leaf_is_expected && of.was_leaf);
  if (!judged.is_expected) return;
  const auto m = static_cast<std::uint32_t>(measure);
  for (const int node : of.undivided) {
    const std::int32_t w = wanted_by_node_[static_cast<std::size_t>(node)];
    if (w < 0) continue;
    absent_.push_back({static_cast<std::uint32_t>(w), m, of.unit, Absence::undivided});
  }
  std::vector<std::int64_t> amounts;
  for (const std::size_t slot : slots) amounts.push_back(first[slot * step].amount);
  const auto seat_amounts = divided(of, measure, amounts);
  base::Wide whole = 1;  // all shares over one denominator
  for (const Guest::Seat& seat : of.seats) {
    whole = whole / divisor_of(whole, seat.denominator) * seat.denominator;
  }
  seated_at_.clear();
  for (std::size_t s = 0; s < of.seats.size(); ++s) {
    if (of.seats[s].node < 0) continue;
    const auto at = static_cast<std::size_t>(of.seats[s].node);
    for (std::size_t r = reach_from_[at]; r < reach_from_[at + 1]; ++r) {
      seat_guest(seated_[reach_[r]], reach_[r], seat_amounts[s], measure,
                 of.seats[s].numerator * (whole / of.seats[s].denominator));
    }
  }
  for (const std::uint32_t w : seated_at_) {
    Seated& seated = seated_[w];
    Sum& sum = sums_[w * measures_.size() + measure];
    ++sum.expected;
    if (judged.counts) {
      add(sum, measure, seated.amounts.data(), first[slots.front() * step].at, false);
      ++sum.restated;
      if (seated.over != whole) {
        const auto share = lowest(seated.over, whole);
        estimated_.push_back({w, m, {of.unit, share.first, share.second, of.basis}});
      }
    } else {
      absent_.push_back({w, m, of.unit, judged.why});
    }
    seated = Seated{};
  }
}

/// Adds a seat to what of the guest lies under one wanted node.
void Rollup::seat_guest(Seated& seated, std::uint32_t wanted,
                        const std::vector<std::int64_t>& amounts, std::size_t measure,
                        base::Wide over) {
  if (seated.over == 0) {
    seated = Seated{over, amounts};
    seated_at_.push_back(wanted);
    return;
  }
  seated.over += over;
  const AcrossUnits rule = measures_[measure].indicator.across_units;
  for (std::size_t t = 0; t < amounts.size(); ++t) {
    const bool is_divided = rule == AcrossUnits::sum || rule == AcrossUnits::ratio ||
                            (rule == AcrossUnits::weighted_mean && t == 1);
    if (is_divided) seated.amounts[t] += amounts[t];
  }
}

void Rollup::add(Sum& sum, std::size_t measure, const std::int64_t* amounts, std::int64_t at,
                 bool is_own) const {
  const bool is_new = sum.counted == 0;
  ++sum.counted;
  const Measure& asked = measures_[measure];
  const base::Wide first = amounts[0];
  AcrossUnits rule = asked.indicator.across_units;
  if (rule == AcrossUnits::none) {
    if (!is_own) return;
    // A value of one's own: only the rule across time is left.
    rule = asked.indicator.across_time == AcrossTime::min   ? AcrossUnits::min
           : asked.indicator.across_time == AcrossTime::max ? AcrossUnits::max
                                                            : AcrossUnits::sum;
    sum.below = 1;  // marks that there is one
  }
  switch (rule) {
    case AcrossUnits::sum:
    case AcrossUnits::ratio:
      for (std::size_t t = 0; t < asked.terms.size(); ++t) {
        const Measure::Term& term = asked.terms[t];
        if (!add_times(term.is_below ? sum.below : sum.above, term.times, amounts[t])) {
          sum.is_too_large = true;
        }
      }
      break;
    case AcrossUnits::weighted_mean:
      sum.is_too_large = !add_times(sum.above, first, amounts[1]) || sum.is_too_large;
      sum.below += amounts[1];
      break;
    case AcrossUnits::min:
      sum.above = is_new ? first : std::min(sum.above, first);
      break;
    case AcrossUnits::max:
      sum.above = is_new ? first : std::max(sum.above, first);
      break;
    case AcrossUnits::latest:
      if (is_new || at >= sum.at) sum.above = first, sum.at = at;
      break;
    case AcrossUnits::none:
      break;
  }
}

std::optional<std::int64_t> Rollup::value_of(const Sum& sum, std::size_t measure,
                                             bool& is_too_large) const {
  is_too_large = sum.is_too_large;
  if (sum.counted == 0 || sum.is_too_large) return std::nullopt;
  const Measure& asked = measures_[measure];
  const direct::Indicator& indicator = asked.indicator;
  std::optional<std::int64_t> value;
  if (indicator.is_derived()) {
    const bool divides = asked.has_below();
    if (divides && sum.below == 0) return std::nullopt;
    base::Wide above = 0, below = 0;
    if (add_times(above, indicator.factor_above, sum.above) &&
        add_times(below, indicator.factor_below, divides ? sum.below : 1)) {
      value = base::divide_half_up(
          above, below, indicator.decimals + asked.below_decimals - asked.above_decimals);
    }
  } else if (indicator.across_units == AcrossUnits::weighted_mean) {
    if (sum.below == 0) return std::nullopt;
    value = base::divide_half_up(sum.above, sum.below, 0);
  } else if (indicator.across_units == AcrossUnits::none && sum.below == 0) {
    return std::nullopt;
  } else {
    value = base::narrow(sum.above);
  }
  is_too_large = !value;
  return value;
}

std::vector<std::vector<Total>> Rollup::finish() const {
  std::vector<std::vector<Total>> totals(wanted_.size(), std::vector<Total>(measures_.size()));
  for (std::size_t w = 0; w < wanted_.size(); ++w) {
    for (std::size_t m = 0; m < measures_.size(); ++m) {
      const Sum& sum = sums_[w * measures_.size() + m];
      Total& total = totals[w][m];
      total.value = value_of(sum, m, total.is_too_large);
      total.above = sum.above;
      total.below = sum.below;
      total.counted = sum.counted;
      total.expected = sum.expected;
      total.restated = sum.restated;
    }
  }
  for (const Absent& absent : absent_) {
    Total& total = totals[absent.wanted][absent.measure];
    (absent.why == Absence::missing     ? total.missing
     : absent.why == Absence::excluded  ? total.excluded
     : absent.why == Absence::undivided ? total.undivided
                                        : total.not_applicable)
        .push_back(absent.unit);
  }
  for (const Estimated& one : estimated_) {
    auto& estimates = totals[one.wanted][one.measure].estimates;
    // Once a unit, though it reported in several parts of the period.
    if (std::find(estimates.begin(), estimates.end(), one.estimate) == estimates.end()) {
      estimates.push_back(one.estimate);
    }
  }
  for (auto& of_unit : totals) {
    for (Total& total : of_unit) {
      for (auto* units : {&total.missing, &total.excluded, &total.not_applicable, &total.undivided})
        sort_once(*units);
    }
  }
  return totals;
}

}  // namespace report
