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

}  // namespace

std::vector<base::Period> parts_of(const Measure& measure, const base::Period& period,
                                   bool year_to_date, std::optional<base::Date> until) {
  const auto frequency = measure.first.frequency;
  if (!frequency || (measure.second && measure.second->frequency != frequency)) return {};
  std::vector<base::Period> parts;
  if (year_to_date) {
    parts = base::Period(period.year(), base::Frequency::year, 1).parts(*frequency);
    std::erase_if(parts, [&](const base::Period& part) { return part.end() > period.end(); });
  } else {
    parts = period.parts(*frequency);
  }
  if (until) {
    std::erase_if(parts, [&](const base::Period& part) { return part.last() >= *until; });
  }
  const AcrossTime rule = measure.first.across_time;
  if (!parts.empty() &&
      (rule == AcrossTime::latest || rule == AcrossTime::cumulative || rule == AcrossTime::none)) {
    // What stands is read at the end of the period asked, or not at all.
    parts.erase(parts.begin(), parts.end() - 1);
  }
  return parts;
}

Rollup::Rollup(const std::vector<org::unit_store::Node>& nodes, std::vector<int> wanted,
               std::vector<Measure> measures)
    : nodes_(nodes), wanted_(std::move(wanted)), measures_(std::move(measures)) {
  for (const Measure& measure : measures_) {
    measure_slots_.emplace_back(slot_of(measure.first.id),
                                measure.second ? slot_of(measure.second->id) : -1);
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

int Rollup::slot_of(direct::IndicatorId indicator) {
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
    guests_taken_[static_cast<std::size_t>(guest_by_unit_[u]) * slots_.size() + slot] = taken;
    return;
  }
  if (u >= node_by_unit_.size() || node_by_unit_[u] < 0) return;
  taken_[static_cast<std::size_t>(node_by_unit_[u]) * slots_.size() + slot] = taken;
}

void Rollup::end(const std::vector<bool>& was_asked) {
  for (std::size_t m = 0; m < measures_.size(); ++m) {
    const auto& parts = measures_[m].parts;
    if (std::find(parts.begin(), parts.end(), part_) == parts.end()) continue;
    const bool leaf_is_expected = !was_asked[static_cast<std::size_t>(measure_slots_[m].first)];
    for (std::size_t n = 0; n < nodes_.size(); ++n) weigh(n, m, leaf_is_expected);
    for (std::size_t g = 0; g < restated_.guests.size(); ++g) weigh_guest(g, m, leaf_is_expected);
  }
}

Rollup::Judged Rollup::judge(const Taken& first, const Taken* second, bool is_expected_leaf) {
  Judged judged;
  judged.is_expected = first.is_there || (second && second->is_there) || is_expected_leaf;
  judged.counts = first.counts() && (!second || second->counts());
  if (judged.counts || !judged.is_expected) return judged;
  const auto either = [&](auto holds) { return holds(first) || (second && holds(*second)); };
  if (either([](const Taken& t) { return t.is_there && t.status == FactStatus::excluded; })) {
    judged.why = Absence::excluded;
  } else if (either([](const Taken& t) {
               return t.state == FactState::not_applicable && t.status == FactStatus::accepted;
             })) {
    judged.why = Absence::not_applicable;
  }
  return judged;
}

void Rollup::weigh(std::size_t node, std::size_t measure, bool leaf_is_expected) {
  const auto [first_slot, second_slot] = measure_slots_[measure];
  const Taken& first = taken_[node * slots_.size() + static_cast<std::size_t>(first_slot)];
  const Taken* second = second_slot < 0
                            ? nullptr
                            : &taken_[node * slots_.size() + static_cast<std::size_t>(second_slot)];
  const bool was_there = restated_.passed.empty() || !restated_.passed[node];
  const Judged judged = judge(first, second, leaf_is_expected && nodes_[node].is_leaf && was_there);
  if (!judged.is_expected) return;
  for (std::size_t r = reach_from_[node]; r < reach_from_[node + 1]; ++r) {
    const std::uint32_t w = reach_[r];
    Sum& sum = sums_[w * measures_.size() + measure];
    ++sum.expected;
    if (judged.counts) {
      add(sum, measure, first, second, static_cast<std::size_t>(wanted_[w]) == node);
    } else {
      absent_.push_back({w, static_cast<std::uint32_t>(measure), nodes_[node].id, judged.why});
    }
  }
}

/// A guest's cell is one cell wherever all of it lies; where only some of its seats are, the total
/// holds their part, divided to the digit, and says which share.
void Rollup::weigh_guest(std::size_t guest, std::size_t measure, bool leaf_is_expected) {
  const Guest& of = restated_.guests[guest];
  const auto [first_slot, second_slot] = measure_slots_[measure];
  const std::size_t row = guest * slots_.size();
  const Taken& first = guests_taken_[row + static_cast<std::size_t>(first_slot)];
  const Taken* second =
      second_slot < 0 ? nullptr : &guests_taken_[row + static_cast<std::size_t>(second_slot)];
  const Judged judged = judge(first, second, leaf_is_expected && of.was_leaf);
  if (!judged.is_expected) return;
  const auto m = static_cast<std::uint32_t>(measure);
  for (const int node : of.undivided) {
    const std::int32_t w = wanted_by_node_[static_cast<std::size_t>(node)];
    if (w < 0) continue;
    absent_.push_back({static_cast<std::uint32_t>(w), m, of.unit, Absence::undivided});
  }
  const bool is_divided = of.seats.size() > 1;
  std::vector<std::int64_t> firsts, seconds;
  if (is_divided && judged.counts) {
    std::vector<org::Destination::Part> parts;
    for (const Guest::Seat& seat : of.seats) {
      parts.push_back({of.unit, seat.numerator, seat.denominator});
    }
    firsts = org::apportion(first.amount, parts);
    if (second) seconds = org::apportion(second->amount, parts);
  }
  base::Wide whole = 1;  // all shares over one denominator
  for (const Guest::Seat& seat : of.seats) {
    whole = whole / divisor_of(whole, seat.denominator) * seat.denominator;
  }
  seated_at_.clear();
  for (std::size_t s = 0; s < of.seats.size(); ++s) {
    if (of.seats[s].node < 0) continue;
    const auto at = static_cast<std::size_t>(of.seats[s].node);
    for (std::size_t r = reach_from_[at]; r < reach_from_[at + 1]; ++r) {
      Seated& seated = seated_[reach_[r]];
      if (seated.over == 0) {
        seated = Seated{};
        seated_at_.push_back(reach_[r]);
      }
      seated.over += of.seats[s].numerator * (whole / of.seats[s].denominator);
      if (!judged.counts) continue;
      seated.first += is_divided ? firsts[s] : first.amount;
      if (second) seated.second += is_divided ? seconds[s] : second->amount;
    }
  }
  for (const std::uint32_t w : seated_at_) {
    Seated& seated = seated_[w];
    Sum& sum = sums_[w * measures_.size() + measure];
    ++sum.expected;
    if (judged.counts) {
      const bool is_part = seated.over != whole;
      Taken mine = first;
      Taken other = second ? *second : Taken{};
      switch (measures_[measure].indicator.across_units) {
        case AcrossUnits::sum:
        case AcrossUnits::ratio:
          mine.amount = seated.first;
          [[fallthrough]];
        case AcrossUnits::weighted_mean:  // a mean is the same in each part, its weight is not
          other.amount = seated.second;
          break;
        default:
          break;
      }
      add(sum, measure, mine, second ? &other : nullptr, false);
      ++sum.restated;
      if (is_part) {
        const auto share = lowest(seated.over, whole);
        estimated_.push_back({w, m, {of.unit, share.first, share.second, of.basis}});
      }
    } else {
      absent_.push_back({w, m, of.unit, judged.why});
    }
    seated = Seated{};
  }
}

void Rollup::add(Sum& sum, std::size_t measure, const Taken& first, const Taken* second,
                 bool is_own) const {
  const bool is_new = sum.counted == 0;
  ++sum.counted;
  const direct::Indicator& indicator = measures_[measure].indicator;
  AcrossUnits rule = indicator.across_units;
  if (rule == AcrossUnits::none) {
    if (!is_own) return;
    // A value of one's own: only the rule across time is left.
    rule = indicator.across_time == AcrossTime::min   ? AcrossUnits::min
           : indicator.across_time == AcrossTime::max ? AcrossUnits::max
                                                      : AcrossUnits::sum;
    sum.second = 1;  // marks that there is one
  }
  switch (rule) {
    case AcrossUnits::sum:
      sum.first += first.amount;
      break;
    case AcrossUnits::ratio:
      sum.first += first.amount;
      sum.second += second->amount;
      break;
    case AcrossUnits::weighted_mean:
      sum.first += static_cast<base::Wide>(first.amount) * second->amount;
      sum.second += second->amount;
      break;
    case AcrossUnits::min:
      sum.first = is_new ? first.amount : std::min<base::Wide>(sum.first, first.amount);
      break;
    case AcrossUnits::max:
      sum.first = is_new ? first.amount : std::max<base::Wide>(sum.first, first.amount);
      break;
    case AcrossUnits::latest:
      if (is_new || first.at >= sum.at) sum.first = first.amount, sum.at = first.at;
      break;
    case AcrossUnits::none:
      break;
  }
}

std::optional<std::int64_t> Rollup::value_of(const Sum& sum, std::size_t measure) const {
  if (sum.counted == 0) return std::nullopt;
  const Measure& asked = measures_[measure];
  switch (asked.indicator.across_units) {
    case AcrossUnits::ratio:
      return base::divide_half_up(
          sum.first, sum.second,
          direct::ratio_shift(asked.indicator) + asked.second->decimals - asked.first.decimals);
    case AcrossUnits::weighted_mean:
      return base::divide_half_up(sum.first, sum.second, 0);
    case AcrossUnits::none:
      return sum.second == 0 ? std::nullopt : base::narrow(sum.first);
    default:
      return base::narrow(sum.first);
  }
}

std::vector<std::vector<Total>> Rollup::finish() const {
  std::vector<std::vector<Total>> totals(wanted_.size(), std::vector<Total>(measures_.size()));
  for (std::size_t w = 0; w < wanted_.size(); ++w) {
    for (std::size_t m = 0; m < measures_.size(); ++m) {
      const Sum& sum = sums_[w * measures_.size() + m];
      Total& total = totals[w][m];
      total.value = value_of(sum, m);
      total.first_sum = sum.first;
      total.second_sum = sum.second;
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
