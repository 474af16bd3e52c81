#include <algorithm>

#include "report/published_book.h"

namespace report {
namespace {

using direct::AcrossUnits;
using direct::Rational;

bool same_formula(const Definition& a, const Definition& b) {
  return a.terms == b.terms && a.above_decimals == b.above_decimals &&
         a.below_decimals == b.below_decimals &&
         a.indicator.factor_above == b.indicator.factor_above &&
         a.indicator.factor_below == b.indicator.factor_below &&
         a.indicator.across_units == b.indicator.across_units &&
         a.indicator.across_time == b.indicator.across_time &&
         a.indicator.decimals == b.indicator.decimals;
}

/// A step not yet weighed: what goes out of the total and what comes in.
struct Move {
  Step step;
  std::optional<Group> out, in;
};

/// All that turns one total's groups into the other's.
class Comparison {
 public:
  Comparison(const PublishedBook& old_book, const PublishedBook& new_book,
             const Definition& old_definition, const Definition& new_definition, org::UnitId line)
      : old_book_(old_book), new_book_(new_book), definition_(old_definition), line_(line) {
    // The new figures under the old formula, so that each cause is weighed alone.
    reached_ = definition_;
    reached_.parts = new_definition.parts;
    old_groups_ = old_book.groups(definition_, line);
    align();
    for (auto& [key, group] : new_book.groups(reached_, line)) {
      new_groups_.emplace(GroupKey{key.first, numbers_[key.second]}, std::move(group));
    }
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
  /// Numbers the new periods like the old ones: the same period, or where no period is in both, the
  /// one in the same place.
  void align() {
    const auto& from = definition_.parts;
    for (const std::string& period : from) periods_.push_back({period, ""});
    const bool any_same =
        std::any_of(reached_.parts.begin(), reached_.parts.end(), [&](const auto& period) {
          return std::find(from.begin(), from.end(), period) != from.end();
        });
    for (std::size_t p = 0; p < reached_.parts.size(); ++p) {
      const auto same = std::find(from.begin(), from.end(), reached_.parts[p]);
      std::size_t number = any_same ? static_cast<std::size_t>(same - from.begin()) : p;
      if (number >= from.size()) {
        number = periods_.size();
        periods_.emplace_back();
      }
      periods_[number].second = reached_.parts[p];
      numbers_.push_back(number);
    }
  }
  bool is_other_period(const GroupKey& key) const {
    return periods_[key.second].first != periods_[key.second].second;
  }

  Step step_of(const GroupKey& key, const Group* old_group, const Group* new_group) const {
    Step step;
    step.unit = {key.first};
    step.period = periods_[key.second].second.empty() ? periods_[key.second].first
                                                      : periods_[key.second].second;
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

  bool was_placed(const GroupKey& key, const Group* group) const {
    if (group) return group->is_placed;
    return old_book_.is_under({key.first}, line_);
  }
  bool is_placed(const GroupKey& key, const Group* group) const {
    if (group) return group->is_placed;
    return new_book_.is_under({key.first}, line_);
  }

  void compare(const GroupKey& key, const Group* from, const Group* to,
               std::vector<Move>& moves) const {
    const bool was_in = from && from->is_in();
    const bool is_in = to && to->is_in();
    if (!was_in && !is_in) return;
    Step step = step_of(key, from, to);
    if (!was_in) {
      step.kind = !was_placed(key, from) ? StepKind::came
                  : is_other_period(key) ? StepKind::period
                                         : StepKind::counted_now;
      moves.push_back({std::move(step), {}, *to});
      return;
    }
    if (!is_in) {
      step.kind = !is_placed(key, to)    ? StepKind::went
                  : is_other_period(key) ? StepKind::period
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
    step.kind = is_other_period(key) ? StepKind::period : StepKind::changed;
    moves.push_back({std::move(step), std::move(seated), *to});
  }

  const PublishedBook& old_book_;
  const PublishedBook& new_book_;
  const Definition& definition_;
  Definition reached_;
  org::UnitId line_;
  std::vector<std::pair<std::string, std::string>> periods_;  // before, after; by number
  std::vector<std::size_t> numbers_;                          // of the new periods
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
void weigh(RunningTotal& running, std::vector<Move>& moves, std::optional<Rational>& current,
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

/// One total's way from `before` to `after`.
TotalDifference difference_of(const PublishedBook& old_book, const PublishedBook& new_book,
                              const Definition& from, const Definition& to, org::UnitId line,
                              const Total& old_total, const Total& new_total,
                              const std::optional<Rational>& new_exact) {
  TotalDifference difference{line,
                             to.indicator.code,
                             old_total.value,
                             new_total.value,
                             from.indicator.decimals,
                             to.indicator.decimals,
                             {},
                             {}};
  Comparison comparison(old_book, new_book, from, to, line);
  RunningTotal running(from);
  for (const auto& [key, group] : comparison.old_groups()) {
    if (group.is_in()) running.put(group);
  }
  const auto old_exact = running.exact();
  const auto old_value = published_value(old_total, from);
  const auto new_value = published_value(new_total, to);
  auto moves = comparison.moves();
  auto current = old_exact;
  weigh(running, moves, current, difference.steps);
  if (old_value && new_value && old_exact && new_exact) {
    difference.change = *new_value - *old_value;
    if (!same_formula(from, to) || *current != *new_exact) {
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
  shorten(difference.steps);
  return difference;
}

}  // namespace

Differences differences(const Published& before, const Published& after, org::UnitId line) {
  Differences made;
  compare_words(before, after, made.words);
  const PublishedBook old_book(before), new_book(after);
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
    TotalDifference difference =
        difference_of(old_book, new_book, *from, to, line, old_line->totals[old_at],
                      new_line->totals[m], exact_total(after, to, line));
    if (difference.steps.empty() && difference.before == difference.after) continue;
    made.totals.push_back(std::move(difference));
  }
  return made;
}

}  // namespace report
