#include "report/published_book.h"

#include <algorithm>

namespace report {
namespace {

using boost::multiprecision::cpp_int;
using direct::AcrossTime;
using direct::AcrossUnits;
using direct::Rational;

Rational power_of_ten(int exponent) {
  Rational made = 1;
  for (; exponent > 0; --exponent) made *= 10;
  return made;
}

}  // namespace

AcrossUnits rule_of(const direct::Indicator& indicator) {
  if (indicator.across_units != AcrossUnits::none) return indicator.across_units;
  return indicator.across_time == AcrossTime::min   ? AcrossUnits::min
         : indicator.across_time == AcrossTime::max ? AcrossUnits::max
                                                    : AcrossUnits::sum;
}

PublishedBook::PublishedBook(const Published& published) : published_(published) {
  for (std::size_t p = 0; p < published.places.size(); ++p) {
    places_.emplace(published.places[p].unit.id.value, p);
  }
  for (const PublishedCell& cell : published.cells) {
    cells_[{cell.unit.value, cell.period}][cell.indicator] = &cell;
  }
}

bool PublishedBook::stands(org::UnitId unit) const {
  const auto at = places_.find(unit.value);
  return at != places_.end() && !published_.places[at->second].is_guest;
}

bool PublishedBook::is_under(org::UnitId unit, org::UnitId line) const {
  for (std::size_t hops = 0; hops <= published_.places.size(); ++hops) {
    if (unit == line) return true;
    const auto at = places_.find(unit.value);
    if (at == places_.end() || !published_.places[at->second].parent) return false;
    unit = published_.places[at->second].parent;
  }
  return false;
}

/// Does any of the unit lie under the line, by itself or by its seats?
bool PublishedBook::is_placed(const PublishedCell* cell, org::UnitId unit, org::UnitId line) const {
  if (!cell || !cell->is_guest) return is_under(unit, line);
  return std::any_of(cell->seats.begin(), cell->seats.end(),
                     [&](const auto& seat) { return seat.unit && is_under(seat.unit, line); });
}

std::vector<std::int64_t> PublishedBook::under_line(std::vector<std::int64_t> amounts,
                                                    const PublishedCell* cell, org::UnitId line,
                                                    AcrossUnits rule) const {
  if (!cell || !cell->is_guest || cell->seats.size() < 2) return amounts;
  std::vector<org::Destination::Part> parts;
  for (const auto& seat : cell->seats) {
    parts.push_back({seat.unit, seat.numerator, seat.denominator});
  }
  for (std::size_t t = 0; t < amounts.size(); ++t) {
    const bool is_divided = rule == AcrossUnits::sum || rule == AcrossUnits::ratio ||
                            (rule == AcrossUnits::weighted_mean && t == 1);
    if (!is_divided) continue;
    const auto shares = org::apportion(amounts[t], parts);
    amounts[t] = 0;
    for (std::size_t s = 0; s < shares.size(); ++s) {
      const org::UnitId seat = cell->seats[s].unit;
      if (seat && is_under(seat, line)) amounts[t] += shares[s];
    }
  }
  return amounts;
}

Groups PublishedBook::groups(const Definition& definition, org::UnitId line) const {
  Groups made;
  for (const auto& [where, by_code] : cells_) {
    const auto part = std::find(definition.parts.begin(), definition.parts.end(), where.second);
    if (part == definition.parts.end()) continue;
    Group group;
    const PublishedCell* any = nullptr;
    for (const Definition::Term& term : definition.terms) {
      const auto at = by_code.find(term.code);
      group.cells.push_back(at == by_code.end() ? nullptr : at->second);
      if (group.cells.back()) any = group.cells.back();
    }
    if (!any) continue;
    const org::UnitId unit{where.first};
    const auto number = static_cast<std::size_t>(part - definition.parts.begin());
    finish(group, definition, unit, any, number, line);
    made.emplace(GroupKey{where.first, number}, std::move(group));
  }
  return made;
}

void PublishedBook::finish(Group& group, const Definition& definition, org::UnitId unit,
                           const PublishedCell* any, std::size_t number, org::UnitId line) const {
  group.why.clear();
  std::vector<std::int64_t> amounts;
  for (const PublishedCell* cell : group.cells) {
    if (group.why.empty()) group.why = why_not(cell);
    amounts.push_back(cell ? cell->amount.value_or(0) : 0);
  }
  if (group.why.empty() && any->is_guest && any->seats.empty()) group.why = "undivided";
  const bool is_own = definition.indicator.across_units != AcrossUnits::none || unit == line;
  group.is_placed = is_own && is_placed(any, unit, line);
  group.amounts = under_line(std::move(amounts), any, line, rule_of(definition.indicator));
  const auto place = places_.find(unit.value);
  const std::int64_t at = group.cells.front() ? group.cells.front()->at : 0;
  group.order = {at, number, place == places_.end() ? 0 : place->second, unit.value};
}

RunningTotal::RunningTotal(const Definition& definition)
    : definition_(definition), rule_(rule_of(definition.indicator)) {}

std::optional<Rational> RunningTotal::exact() const {
  if (counted_ == 0) return std::nullopt;
  const direct::Indicator& indicator = definition_.indicator;
  switch (rule_) {
    case AcrossUnits::min:
      return scaled(*amounts_.begin());
    case AcrossUnits::max:
      return scaled(*amounts_.rbegin());
    case AcrossUnits::latest:
      return scaled(latest_.rbegin()->second);
    case AcrossUnits::weighted_mean:
      if (below_ == 0) return std::nullopt;
      return Rational(Rational(above_, below_) / power_of_ten(indicator.decimals));
    default:
      break;
  }
  Rational made = Rational(above_) / power_of_ten(definition_.above_decimals) *
                  Rational(indicator.factor_above, indicator.factor_below);
  const bool divides = std::any_of(definition_.terms.begin(), definition_.terms.end(),
                                   [](const auto& term) { return term.is_below; });
  if (!divides) return made;
  if (below_ == 0) return std::nullopt;
  return Rational(made / (Rational(below_) / power_of_ten(definition_.below_decimals)));
}

Rational RunningTotal::scaled(std::int64_t amount) const {
  return direct::rational_of(amount, definition_.indicator.decimals);
}

void RunningTotal::turn(const Group& group, int sign) {
  counted_ += sign;
  const std::int64_t first = group.amounts[0];
  switch (rule_) {
    case AcrossUnits::min:
    case AcrossUnits::max:
      if (sign > 0) {
        amounts_.insert(first);
      } else {
        amounts_.erase(amounts_.find(first));
      }
      break;
    case AcrossUnits::latest:
      if (sign > 0) {
        latest_[group.order] = first;
      } else {
        latest_.erase(group.order);
      }
      break;
    case AcrossUnits::weighted_mean:
      above_ += cpp_int(first) * group.amounts[1] * sign;
      below_ += cpp_int(group.amounts[1]) * sign;
      break;
    default:
      for (std::size_t t = 0; t < group.amounts.size(); ++t) {
        const Definition::Term& term = definition_.terms[t];
        (term.is_below ? below_ : above_) += cpp_int(group.amounts[t]) * term.times * sign;
      }
      break;
  }
}

std::optional<Rational> exact_total(const Published& published, const Definition& definition,
                                    org::UnitId line) {
  RunningTotal running(definition);
  for (const auto& [key, group] : PublishedBook(published).groups(definition, line)) {
    if (group.is_in()) running.put(group);
  }
  return running.exact();
}

}  // namespace report
