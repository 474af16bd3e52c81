#include "report/publication.h"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

namespace report {
namespace {

using boost::multiprecision::cpp_int;
using direct::AcrossTime;
using direct::AcrossUnits;
using direct::Rational;

constexpr std::array<std::string_view, 10> kSteps{
    "came",    "went",   "share",   "counted_no_more", "counted_now",
    "changed", "period", "formula", "rounding",        "others"};

AcrossUnits rule_of(const direct::Indicator& indicator) {
  if (indicator.across_units != AcrossUnits::none) return indicator.across_units;
  return indicator.across_time == AcrossTime::min   ? AcrossUnits::min
         : indicator.across_time == AcrossTime::max ? AcrossUnits::max
                                                    : AcrossUnits::sum;
}

bool same_formula(const Definition& a, const Definition& b) {
  return a.terms == b.terms && a.above_decimals == b.above_decimals &&
         a.below_decimals == b.below_decimals &&
         a.indicator.factor_above == b.indicator.factor_above &&
         a.indicator.factor_below == b.indicator.factor_below &&
         a.indicator.across_units == b.indicator.across_units &&
         a.indicator.across_time == b.indicator.across_time &&
         a.indicator.decimals == b.indicator.decimals;
}

Rational power_of_ten(int exponent) {
  Rational made = 1;
  for (; exponent > 0; --exponent) made *= 10;
  return made;
}

/// All cells of one unit in one collected period that a definition needs.
struct Group {
  std::vector<const PublishedCell*> cells;  // of the terms, none where there is no cell
  std::vector<std::int64_t> amounts;        // of the terms, what lies under the line
  bool is_placed = false;                   // some of it lies under the line
  std::string why = "silent";               // empty when it counts
  std::tuple<std::int64_t, std::size_t, std::size_t> order;  // for "latest": time, period, place

  bool is_in() const { return is_placed && why.empty(); }
};

using Key = std::pair<std::int64_t, std::size_t>;  // unit, number of the collected period
using Groups = std::map<Key, Group>;

/// A publication made ready for questions.
class Book {
 public:
  explicit Book(const Published& published) : published_(published) {
    for (std::size_t p = 0; p < published.places.size(); ++p) {
      places_.emplace(published.places[p].unit.id.value, p);
    }
    for (const PublishedCell& cell : published.cells) {
      cells_[{cell.unit.value, cell.period}][cell.indicator] = &cell;
    }
  }

  /// Is it in the tree of that day?
  bool stands(org::UnitId unit) const {
    const auto at = places_.find(unit.value);
    return at != places_.end() && !published_.places[at->second].is_guest;
  }

  bool is_under(org::UnitId unit, org::UnitId line) const {
    for (std::size_t hops = 0; hops <= published_.places.size(); ++hops) {
      if (unit == line) return true;
      const auto at = places_.find(unit.value);
      if (at == places_.end() || !published_.places[at->second].parent) return false;
      unit = published_.places[at->second].parent;
    }
    return false;
  }

  /// Does any of the unit lie under the line, by itself or by its seats?
  bool is_placed(const PublishedCell* cell, org::UnitId unit, org::UnitId line) const {
    if (!cell || !cell->is_guest) return is_under(unit, line);
    return std::any_of(cell->seats.begin(), cell->seats.end(),
                       [&](const auto& seat) { return seat.unit && is_under(seat.unit, line); });
  }

  /// What of `amounts` lies under the line, the unit seated as `cell` says.
  std::vector<std::int64_t> under_line(std::vector<std::int64_t> amounts, const PublishedCell* cell,
                                       org::UnitId line, AcrossUnits rule) const {
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

  Groups groups(const Definition& definition, org::UnitId line) const {
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
      made.emplace(Key{where.first, number}, std::move(group));
    }
    return made;
  }

 private:
  void finish(Group& group, const Definition& definition, org::UnitId unit,
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
    group.order = {at, number, place == places_.end() ? 0 : place->second};
  }

  const Published& published_;
  std::map<std::int64_t, std::size_t> places_;
  std::map<std::pair<std::int64_t, std::string>, std::map<std::string, const PublishedCell*>>
      cells_;
};

/// A total as groups are put in and taken out.
class Running {
 public:
  explicit Running(const Definition& definition)
      : definition_(definition), rule_(rule_of(definition.indicator)) {}

  void put(const Group& group) { turn(group, 1); }
  void take(const Group& group) { turn(group, -1); }

  std::optional<Rational> exact() const {
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

 private:
  Rational scaled(std::int64_t amount) const {
    return direct::rational_of(amount, definition_.indicator.decimals);
  }

  void turn(const Group& group, int sign) {
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

  const Definition& definition_;
  AcrossUnits rule_;
  std::int64_t counted_ = 0;
  cpp_int above_ = 0, below_ = 0;
  std::multiset<std::int64_t> amounts_;
  std::map<std::tuple<std::int64_t, std::size_t, std::size_t>, std::int64_t> latest_;
};

/// A step not yet weighed: what goes out of the total and what comes in.
struct Move {
  Step step;
  std::optional<Group> out, in;
};

/// All that turns one total's groups into the other's.
class Comparison {
 public:
  Comparison(const Book& old_book, const Book& new_book, const Definition& old_definition,
             const Definition& new_definition, org::UnitId line)
      : old_book_(old_book),
        new_book_(new_book),
        definition_(old_definition),
        line_(line),
        is_other_period_(old_definition.parts != new_definition.parts) {
    // The new figures under the old formula, so that each cause is weighed alone.
    reached_ = definition_;
    reached_.parts = new_definition.parts;
    old_groups_ = old_book.groups(definition_, line);
    new_groups_ = new_book.groups(reached_, line);
  }

  std::vector<Move> moves() {
    std::vector<Move> made;
    for (const auto& [key, group] : old_groups_) {
      const auto at = new_groups_.find(key);
      compare(key, &group, at == new_groups_.end() ? nullptr : &at->second, made);
    }
    for (const auto& [key, group] : new_groups_) {
      if (!old_groups_.contains(key)) compare(key, nullptr, &group, made);
    }
    std::stable_sort(made.begin(), made.end(),
                     [](const Move& a, const Move& b) { return a.step.kind < b.step.kind; });
    return made;
  }

  const Groups& old_groups() const { return old_groups_; }

 private:
  Step step_of(const Key& key, const Group* old_group, const Group* new_group) const {
    Step step;
    step.unit = {key.first};
    step.period = key.second < reached_.parts.size() ? reached_.parts[key.second]
                                                     : definition_.parts[key.second];
    step.why_before = old_group ? old_group->why : "silent";
    step.why_after = new_group ? new_group->why : "silent";
    for (std::size_t t = 0; t < definition_.terms.size(); ++t) {
      const PublishedCell* from = old_group ? old_group->cells[t] : nullptr;
      const PublishedCell* to = new_group ? new_group->cells[t] : nullptr;
      if (from && to && from->fact == to->fact && from->revision == to->revision) continue;
      CellChange change{definition_.terms[t].code, {}, {}};
      if (from) change.before = *from;
      if (to) change.after = *to;
      if (from || to) step.cells.push_back(std::move(change));
    }
    return step;
  }

  bool was_placed(const Key& key, const Group* group) const {
    if (group) return group->is_placed;
    return old_book_.is_under({key.first}, line_);
  }
  bool is_placed(const Key& key, const Group* group) const {
    if (group) return group->is_placed;
    return new_book_.is_under({key.first}, line_);
  }

  void compare(const Key& key, const Group* from, const Group* to, std::vector<Move>& moves) const {
    const bool was_in = from && from->is_in();
    const bool is_in = to && to->is_in();
    if (!was_in && !is_in) return;
    Step step = step_of(key, from, to);
    if (!was_in) {
      step.kind = !was_placed(key, from) ? StepKind::came
                  : is_other_period_     ? StepKind::period
                                         : StepKind::counted_now;
      moves.push_back({std::move(step), {}, *to});
      return;
    }
    if (!is_in) {
      step.kind = !is_placed(key, to) ? StepKind::went
                  : is_other_period_  ? StepKind::period
                                      : StepKind::counted_no_more;
      moves.push_back({std::move(step), *from, {}});
      return;
    }
    Group seated = *from;  // the old figures where the unit lies now
    std::vector<std::int64_t> amounts;
    for (const PublishedCell* cell : from->cells) amounts.push_back(cell->amount.value_or(0));
    seated.amounts = new_book_.under_line(std::move(amounts), to->cells.front(), line_,
                                          rule_of(definition_.indicator));
    // Which of equally late figures is the last is a matter of the unit's place.
    const bool is_latest = definition_.indicator.across_units == AcrossUnits::latest;
    if (is_latest && step.cells.empty()) seated.order = to->order;
    if (seated.amounts != from->amounts || seated.order != from->order) {
      Step share = step;
      share.kind = StepKind::share;
      share.cells.clear();
      moves.push_back({std::move(share), *from, seated});
    }
    if (seated.amounts == to->amounts && step.cells.empty()) return;
    step.kind = is_other_period_ ? StepKind::period : StepKind::changed;
    moves.push_back({std::move(step), std::move(seated), *to});
  }

  const Book& old_book_;
  const Book& new_book_;
  const Definition& definition_;
  Definition reached_;
  org::UnitId line_;
  bool is_other_period_;
  Groups old_groups_, new_groups_;
};

Rational size_of(const Rational& number) { return number < 0 ? Rational(-number) : number; }

/// Beyond the limit the smallest are one step.
void shorten(std::vector<Step>& steps) {
  std::stable_sort(steps.begin(), steps.end(), [](const Step& a, const Step& b) {
    return size_of(a.change) > size_of(b.change);
  });
  if (steps.size() <= kMostSteps) return;
  Step others;
  others.kind = StepKind::others;
  others.count = steps.size() - (kMostSteps - 1);
  for (std::size_t s = kMostSteps - 1; s < steps.size(); ++s) others.change += steps[s].change;
  steps.resize(kMostSteps - 1);
  steps.push_back(std::move(others));
}

std::optional<Rational> published_value(const Total& total, const Definition& definition) {
  if (!total.value) return std::nullopt;
  return direct::rational_of(*total.value, definition.indicator.decimals);
}

/// Weighs each move by the total before and after it. While the total has no value in between, what
/// a move makes goes with the next one that gives it a value again.
void weigh(Running& running, std::vector<Move>& moves, std::optional<Rational>& current,
           std::vector<Step>& steps) {
  for (Move& move : moves) {
    if (move.out) running.take(*move.out);
    if (move.in) running.put(*move.in);
    const auto reached = running.exact();
    if (reached && current) {
      move.step.change = *reached - *current;
      current = reached;
    }
    steps.push_back(std::move(move.step));
  }
}

std::string rules_text(const direct::Indicator& indicator) {
  return std::string(name(indicator.across_units)) + "/" + std::string(name(indicator.across_time));
}

void compare_words(const Published& before, const Published& after, std::vector<WordChange>& made) {
  const auto compare = [&](const std::string& indicator, const char* what, const std::string& from,
                           const std::string& to) {
    if (from != to) made.push_back({indicator, what, from, to});
  };
  compare("", "title", before.title, after.title);
  compare("", "period", before.period, after.period);
  compare("", "line", before.line, after.line);
  compare("", "on", before.on.text(), after.on.text());
  for (const Definition& to : after.indicators) {
    const Definition* from = before.definition(to.indicator.code);
    const std::string& code = to.indicator.code;
    if (!from) {
      made.push_back({code, "indicator", "", to.indicator.name});
      continue;
    }
    compare(code, "name", from->indicator.name, to.indicator.name);
    compare(code, "measure_unit", from->indicator.measure_unit, to.indicator.measure_unit);
    compare(code, "decimals", std::to_string(from->indicator.decimals),
            std::to_string(to.indicator.decimals));
    compare(code, "formula", from->indicator.formula, to.indicator.formula);
    compare(code, "rules", rules_text(from->indicator), rules_text(to.indicator));
  }
  for (const Definition& from : before.indicators) {
    if (!after.definition(from.indicator.code)) {
      made.push_back({from.indicator.code, "indicator", from.indicator.name, ""});
    }
  }
}

const PublishedLine* line_of(const Published& published, org::UnitId unit) {
  const auto at = std::find_if(published.lines.begin(), published.lines.end(),
                               [&](const auto& line) { return line.unit == unit; });
  return at == published.lines.end() ? nullptr : &*at;
}

}  // namespace

std::string_view name(StepKind kind) { return kSteps[static_cast<std::size_t>(kind)]; }

std::string why_not(const PublishedCell* cell) {
  if (!cell || cell->state == FactState::blank) return "silent";
  if (cell->status == FactStatus::excluded) return "excluded";
  if (cell->status != FactStatus::accepted) return "not_accepted";
  if (cell->state == FactState::not_applicable) return "not_applicable";
  if (cell->state == FactState::not_yet) return "not_yet";
  return "";
}

const Definition* Published::definition(const std::string& code) const {
  const auto at = std::find_if(indicators.begin(), indicators.end(),
                               [&](const Definition& one) { return one.indicator.code == code; });
  return at == indicators.end() ? nullptr : &*at;
}

std::optional<Rational> exact_total(const Published& published, const Definition& definition,
                                    org::UnitId line) {
  Running running(definition);
  for (const auto& [key, group] : Book(published).groups(definition, line)) {
    if (group.is_in()) running.put(group);
  }
  return running.exact();
}

Differences differences(const Published& before, const Published& after, org::UnitId line) {
  Differences made;
  compare_words(before, after, made.words);
  const Book old_book(before), new_book(after);
  for (const Place& place : after.places) {
    if (!place.is_guest && !old_book.stands(place.unit.id))
      made.units_came.push_back(place.unit.id);
  }
  for (const Place& place : before.places) {
    if (!place.is_guest && !new_book.stands(place.unit.id))
      made.units_went.push_back(place.unit.id);
  }
  const PublishedLine* old_line = line_of(before, line);
  const PublishedLine* new_line = line_of(after, line);
  if (!old_line || !new_line) return made;
  for (std::size_t m = 0; m < after.indicators.size(); ++m) {
    const Definition& to = after.indicators[m];
    const Definition* from = before.definition(to.indicator.code);
    if (!from) continue;
    const auto old_at = static_cast<std::size_t>(from - before.indicators.data());
    const Total& old_total = old_line->totals[old_at];
    const Total& new_total = new_line->totals[m];
    TotalDifference difference{line,
                               to.indicator.code,
                               old_total.value,
                               new_total.value,
                               from->indicator.decimals,
                               to.indicator.decimals,
                               {},
                               {}};
    Comparison comparison(old_book, new_book, *from, to, line);
    Running running(*from);
    for (const auto& [key, group] : comparison.old_groups()) {
      if (group.is_in()) running.put(group);
    }
    const auto old_exact = running.exact();
    const auto new_exact = exact_total(after, to, line);
    const auto old_value = published_value(old_total, *from);
    const auto new_value = published_value(new_total, to);
    auto moves = comparison.moves();
    auto current = old_exact;
    weigh(running, moves, current, difference.steps);
    if (old_value && new_value && old_exact && new_exact) {
      difference.change = *new_value - *old_value;
      if (!same_formula(*from, to) || *current != *new_exact) {
        Step formula;
        formula.kind = StepKind::formula;
        formula.change = *new_exact - *current;
        difference.steps.push_back(std::move(formula));
      }
      Step rounding;
      rounding.kind = StepKind::rounding;
      rounding.change = *difference.change - (*new_exact - *old_exact);
      if (rounding.change != 0) difference.steps.push_back(std::move(rounding));
    } else {
      for (Step& step : difference.steps) step.change = 0;
    }
    if (difference.steps.empty() && difference.before == difference.after) continue;
    shorten(difference.steps);
    made.totals.push_back(std::move(difference));
  }
  return made;
}

std::size_t changed_cells(const std::vector<PublishedCell>& then,
                          const std::vector<PublishedCell>& now) {
  using Where = std::tuple<std::int64_t, std::string_view, std::string_view>;
  std::map<Where, const PublishedCell*> known;
  for (const PublishedCell& cell : then) {
    known.emplace(Where{cell.unit.value, cell.indicator, cell.period}, &cell);
  }
  std::size_t changed = 0;
  for (const PublishedCell& cell : now) {
    const auto at = known.find({cell.unit.value, cell.indicator, cell.period});
    if (at == known.end()) {
      if (cell.state != FactState::blank) ++changed;
      continue;
    }
    const PublishedCell& was = *at->second;
    if (was.state != cell.state || was.status != cell.status || was.amount != cell.amount) {
      ++changed;
    }
    known.erase(at);
  }
  for (const auto& [where, cell] : known) {
    if (cell->state != FactState::blank) ++changed;
  }
  return changed;
}

}  // namespace report
