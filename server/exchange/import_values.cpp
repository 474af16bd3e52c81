#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include "base/decimal.h"
#include "direct/indicator_store.h"
#include "exchange/foreign_period.h"
#include "exchange/mapping_store.h"
#include "exchange/packets.h"
#include "exchange/service.h"
#include "org/authority.h"
#include "org/unit_store.h"

namespace exchange {
namespace {

using base::ProblemKind;
using report::FactState;
using report::FactStatus;
using report::Fault;

/// An element in a combination, as its set's keys.
struct Cell {
  Names::Key element, option, attribute;
  friend auto operator<=>(const Cell&, const Cell&) = default;
};
Cell cell_of(const ForeignValue& value) { return {value.element, value.option, value.attribute}; }

/// Looks up each text of a set once: a million values name few things.
class Resolver {
 public:
  Resolver(const ForeignSet& set, const MappingBook& book) : set_(set), book_(book) {}

  const Mapping* unit(const ForeignValue& value) {
    return remembered(units_, value.unit, [&] { return book_.unit(text(value.unit)); });
  }
  const Mapping* indicator(const ForeignValue& value) {
    const Cell cell = cell_of(value);
    if (last_row_ && cell == last_cell_) return *last_row_;
    last_cell_ = cell;
    last_row_ = remembered(indicators_, cell, [&] {
      return book_.indicator(text(value.element), text(value.option), text(value.attribute));
    });
    return *last_row_;
  }
  /// The mapping's own word about the period, when it has one.
  const Mapping* period_row(const ForeignValue& value) {
    return remembered(period_rows_, value.period, [&] { return book_.period(text(value.period)); });
  }
  const base::Result<base::Period>& period(const ForeignValue& value) {
    auto at = periods_.find(value.period);
    if (at != periods_.end()) return at->second;
    const Mapping* row = period_row(value);
    auto made = row && !row->is_left_out
                    ? base::Result<base::Period>(base::Period::parse(row->ours).value())
                    : period_of(text(value.period), set_.place(value, "period"));
    return periods_.emplace(value.period, std::move(made)).first->second;
  }
  bool leaves_out(const ForeignValue& value) {
    for (const Mapping* row : {unit(value), indicator(value), period_row(value)}) {
      if (row && row->is_left_out) return true;
    }
    return false;
  }
  const std::string& text(Names::Key key) const { return set_.names.text(key); }

 private:
  template <class Map, class Key, class Find>
  const Mapping* remembered(Map& map, const Key& key, Find find) {
    auto at = map.find(key);
    if (at == map.end()) at = map.emplace(key, find()).first;
    return at->second;
  }

  const ForeignSet& set_;
  const MappingBook& book_;
  std::unordered_map<Names::Key, const Mapping*> units_, period_rows_;
  std::map<Cell, const Mapping*> indicators_;
  std::unordered_map<Names::Key, base::Result<base::Period>> periods_;
  Cell last_cell_{};
  std::optional<const Mapping*> last_row_;
};

/// Every text the mapping does not know, in the order of the kinds and of the first value.
std::vector<Gap> gaps(const ForeignSet& set, const MappingBook& book) {
  Resolver resolver(set, book);
  std::vector<Gap> found;
  std::map<std::tuple<Kind, Names::Key, Names::Key, Names::Key>, std::size_t> at;
  const auto note = [&](const ForeignValue& value, Kind kind, Cell texts, const char* field) {
    const auto [where, is_new] =
        at.emplace(std::tuple(kind, texts.element, texts.option, texts.attribute), found.size());
    if (is_new) {
      found.push_back({kind, resolver.text(texts.element), resolver.text(texts.option),
                       resolver.text(texts.attribute), 0, set.place(value, field)});
    }
    ++found[where->second].values;
  };
  for (const ForeignValue& value : set.values) {
    if (resolver.leaves_out(value)) continue;
    const Mapping* unit = resolver.unit(value);
    const Mapping* indicator = resolver.indicator(value);
    if (!unit) note(value, Kind::unit, {value.unit, 0, 0}, "orgUnit");
    if (!indicator) note(value, Kind::indicator, cell_of(value), "dataElement");
    if (!resolver.period(value)) note(value, Kind::period, {value.period, 0, 0}, "period");
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Gap& a, const Gap& b) { return a.kind < b.kind; });
  return found;
}

base::Problem problem_of(const Gap& gap) {
  const std::string count = std::to_string(gap.values);
  if (gap.kind == Kind::unit) {
    return {ProblemKind::invalid, "exchange.unknown_unit", gap.place, {gap.foreign_id, count}};
  }
  if (gap.kind == Kind::period) return period_of(gap.foreign_id, gap.place).error().front();
  if (gap.option_id.empty() && gap.attribute_id.empty()) {
    return {ProblemKind::invalid, "exchange.unknown_indicator", gap.place, {gap.foreign_id, count}};
  }
  std::string combination = gap.option_id;
  if (!gap.attribute_id.empty())
    combination += (combination.empty() ? "" : " / ") + gap.attribute_id;
  return {ProblemKind::invalid,
          "exchange.unknown_combination",
          gap.place,
          {gap.foreign_id, combination, count}};
}

bool is_truth_value(std::string_view text) {
  for (const std::string_view word : {"true", "True", "TRUE", "false", "False", "FALSE"}) {
    if (text == word) return true;
  }
  return false;
}

/// One reading of a set against the mapping: facts, faults and what is not kept.
class ValueReader {
 public:
  ValueReader(store::Tx& tx, const auth::Actor& actor, report::Now now, const ForeignSet& set,
              const ImportValues& ask, Strategy strategy)
      : tx_(tx),
        actor_(actor),
        now_(now),
        set_(set),
        ask_(ask),
        strategy_(strategy),
        book_(mapping_store::rows(tx, org::scope_of(actor, now.day), ask.system)),
        resolver_(set, book_),
        all_(direct::indicator_store::all(tx)) {
    for (const auto& indicator : all_) by_id_.emplace(indicator.id.value, &indicator);
  }

  void read_all() {
    note_gaps();
    facts_.reserve(set_.values.size());
    for (std::size_t i = 0; i < set_.values.size() && faults_.size() < kMostFaults; ++i) read(i);
    note_doubts();
  }

  std::vector<report::Incoming>& facts() { return facts_; }
  std::vector<Fault>& faults() { return faults_; }
  const std::vector<direct::Indicator>& indicators() const { return all_; }
  ValuesImported& outcome() { return outcome_; }
  std::vector<std::string> named(std::size_t at) const {
    const ForeignValue& value = set_.values[at];
    return {resolver_.text(value.unit), resolver_.text(value.element),
            resolver_.text(value.period)};
  }

 private:
  void fault(std::size_t at, base::Problem problem) { faults_.push_back({at, std::move(problem)}); }
  void fault(std::size_t at, const char* code, std::string_view field,
             std::vector<std::string> args) {
    fault(at, {ProblemKind::invalid, code, set_.place(set_.values[at], field), std::move(args)});
  }

  void note_gaps() {
    for (const Gap& gap : gaps(set_, book_)) {
      if (faults_.size() >= kMostFaults) return;
      fault(0, problem_of(gap));
    }
  }

  void read(std::size_t at) {
    const ForeignValue& value = set_.values[at];
    if (resolver_.leaves_out(value)) {
      ++outcome_.left_out;
      return;
    }
    const Mapping* unit = resolver_.unit(value);
    const Mapping* indicator = resolver_.indicator(value);
    note_dataset(at);
    if (value.follows_up && follow_ups_++ == 0) first_follow_up_ = at;
    const auto& period = resolver_.period(value);
    if (!unit || !indicator || !period) return;
    const direct::Indicator& measure = *by_id_.at(indicator->indicator->value);
    report::Incoming fact;
    fact.unit = *unit->unit;
    fact.indicator = measure.id;
    fact.period = *period;
    fact.status = ask_.status;
    fact.remark = value.comment;
    fact.place = at;
    if (!check_unit(at, fact)) return;
    if (value.is_deleted || strategy_ == Strategy::erase) {
      fact.state = FactState::blank;
    } else if (!value.has_value) {
      if (outcome_.empty++ == 0) first_empty_ = at;
      return;
    } else if (!read_figure(at, fact, measure)) {
      return;
    }
    facts_.push_back(std::move(fact));
  }

  bool read_figure(std::size_t at, report::Incoming& fact, const direct::Indicator& measure) {
    const std::string& text = set_.values[at].value;
    if (is_truth_value(text)) {
      fault(at, "exchange.truth_value", "value", {measure.code, text});
      return false;
    }
    const auto amount = base::parse_figure(text, measure.decimals, base::Notation::program);
    if (amount) {
      fact.amount = *amount;
      return true;
    }
    for (base::Problem problem : amount.error()) {
      problem.field = set_.place(set_.values[at], "value");
      fault(at, std::move(problem));
    }
    return false;
  }

  /// The unit stood on the period's last day, and is the actor's to enter or decide on. Each pair
  /// is looked at once, and told once.
  bool check_unit(std::size_t at, const report::Incoming& fact) {
    if (last_unit_ && last_unit_->first == fact.unit && last_unit_->second == fact.period)
      return last_unit_is_good_;
    last_unit_ = std::pair(fact.unit, fact.period);
    return last_unit_is_good_ = is_there(at, fact) && is_mine(at, fact.unit);
  }

  bool is_there(std::size_t at, const report::Incoming& fact) {
    const auto key = std::pair(fact.unit.value, fact.period);
    auto known = there_.find(key);
    if (known == there_.end()) {
      known = there_.emplace(key, org::unit_store::alive(tx_, fact.unit, fact.period.last())).first;
      if (!known->second) {
        fault(at, "fact.unit_not_in_period", "orgUnit",
              {resolver_.text(set_.values[at].unit), fact.period.last().text()});
      }
    }
    return known->second;
  }

  bool is_mine(std::size_t at, org::UnitId unit) {
    auto known = mine_.find(unit.value);
    if (known == mine_.end()) {
      auto allowed = may_take(tx_, actor_, now_.day, ask_, unit);
      known = mine_.emplace(unit.value, allowed.has_value()).first;
      if (!allowed) {
        base::Problem problem = allowed.error().front();
        problem.field = set_.place(set_.values[at], "orgUnit");
        fault(at, std::move(problem));
      }
    }
    return known->second;
  }

  void note_dataset(std::size_t at) {
    const ForeignValue& value = set_.values[at];
    if (value.dataset == Names::kNone) return;
    if (!datasets_.emplace(value.dataset, value.period).second) return;
    const Mapping* row = book_.dataset(resolver_.text(value.dataset));
    const auto& period = resolver_.period(value);
    if (!row || row->is_left_out || !period) return;
    if (row->ours != base::name(period->frequency())) {
      fault(at, "exchange.dataset_period", "period",
            {resolver_.text(value.dataset), row->ours, resolver_.text(value.period)});
    }
  }

  void doubt(const char* code, std::size_t at, std::string_view field, std::size_t count) {
    outcome_.doubts.push_back(
        {ProblemKind::invalid, code, set_.place(set_.values[at], field), {std::to_string(count)}});
  }

  void note_doubts() {
    if (outcome_.empty > 0) doubt("exchange.no_figure", first_empty_, "value", outcome_.empty);
    if (follow_ups_ > 0)
      doubt("exchange.followup_not_kept", first_follow_up_, "followup", follow_ups_);
    if (set_.has_complete_date) {
      outcome_.doubts.push_back({ProblemKind::invalid, "exchange.complete_not_kept", "", {}});
    }
  }

  store::Tx& tx_;
  const auth::Actor& actor_;
  report::Now now_;
  const ForeignSet& set_;
  const ImportValues& ask_;
  Strategy strategy_;
  MappingBook book_;
  Resolver resolver_;
  std::vector<direct::Indicator> all_;
  std::unordered_map<std::int64_t, const direct::Indicator*> by_id_;
  std::map<std::pair<std::int64_t, base::Period>, bool> there_;
  std::unordered_map<std::int64_t, bool> mine_;
  std::optional<std::pair<org::UnitId, base::Period>> last_unit_;
  bool last_unit_is_good_ = false;
  std::set<std::pair<Names::Key, Names::Key>> datasets_;
  std::size_t follow_ups_ = 0, first_follow_up_ = 0, first_empty_ = 0;
  std::vector<report::Incoming> facts_;
  std::vector<Fault> faults_;
  ValuesImported outcome_;
};

}  // namespace

bool may_be_imported(FactStatus status) {
  return status == FactStatus::accepted || status == FactStatus::submitted ||
         status == FactStatus::draft;
}

base::Result<ValuesImported> import_values(store::Tx& tx, const auth::Actor& actor, report::Now now,
                                           const ForeignSet& set, const ImportValues& ask) {
  RETURN_IF_REFUSED(may_import(tx, actor, now.day, ask));
  const Strategy strategy =
      ask.strategy.value_or(set.strategy.value_or(Strategy::create_and_update));
  ValueReader reader(tx, actor, now, set, ask, strategy);
  reader.read_all();
  report::Intake intake;
  intake.strategy = of_report(strategy);
  intake.dry_run = ask.is_dry_run || set.is_dry_run;
  intake.detail = {{"file", ask.sha256}, {"system", ask.system}};
  intake.place = [&](const report::Incoming& fact, std::string_view column) {
    return set.place(set.values[fact.place], column == "indicator" ? "dataElement" : column);
  };
  intake.named = [&](const report::Incoming& fact) { return reader.named(fact.place); };
  intake.progress = ask.progress;
  ValuesImported outcome = std::move(reader.outcome());
  ASSIGN_OR_RETURN(outcome.taken,
                   report::take_facts(tx, actor, now, std::move(reader.facts()),
                                      reader.indicators(), intake, std::move(reader.faults())));
  outcome.values = set.values.size();
  outcome.is_dry_run = intake.dry_run;
  return outcome;
}

base::Result<std::vector<Gap>> gaps_of(store::Tx& tx, const auth::Actor& actor, base::Date day,
                                       const ForeignSet& set, std::string_view system) {
  const MappingBook book(mapping_store::rows(tx, org::scope_of(actor, day), system));
  return gaps(set, book);
}

}  // namespace exchange
