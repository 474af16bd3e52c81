#include "report/take_facts.h"

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <tuple>
#include <unordered_map>

#include "direct/indicator_store.h"
#include "journal/journal.h"
#include "report/fact_store.h"
#include "report/intake_store.h"

namespace report {
namespace {

using base::ProblemKind;

constexpr std::size_t kChunk = 8192;  // facts held to be written together

bool says_the_same(const Fact& known, const Incoming& fact, Strategy strategy) {
  if (known.state != fact.state || known.amount != fact.amount) return false;
  if (known.status == fact.status) {
    return strategy == Strategy::once || fact.remark.empty() || known.remark == fact.remark;
  }
  // What was accepted is not taken back by being handed in again.
  return strategy != Strategy::once && known.status == FactStatus::accepted &&
         (fact.status == FactStatus::draft || fact.status == FactStatus::submitted);
}

bool is_settled(FactStatus status) {
  return status == FactStatus::accepted || status == FactStatus::excluded;
}

/// One taking in: everything is judged before anything is written.
class TakingIn {
 public:
  TakingIn(store::Tx& tx, std::vector<Incoming> facts, const Intake& intake,
           std::vector<Fault> faults)
      : tx_(tx), facts_(std::move(facts)), intake_(intake), faults_(std::move(faults)) {}

  void settle_frequencies(const std::vector<direct::Indicator>& indicators) {
    std::unordered_map<std::int64_t, const direct::Indicator*> by_id;
    for (const auto& indicator : indicators) by_id.emplace(indicator.id.value, &indicator);
    std::unordered_map<std::int64_t, base::Frequency> settled;
    for (const Incoming& fact : facts_) {
      const direct::Indicator& indicator = *by_id.at(fact.indicator.value);
      const auto [at, is_first] = settled.emplace(
          indicator.id.value, indicator.frequency.value_or(fact.period.frequency()));
      if (is_first && !indicator.frequency) frequencies_.emplace(indicator.id, at->second);
      if (at->second != fact.period.frequency()) {
        fault("fact.frequency", fact, "period",
              {intake_.named(fact)[1], std::string(base::name(at->second)), fact.period.text()});
      }
    }
  }

  void judge_all() {
    const auto before = [](const Incoming& a, const Incoming& b) {
      return std::tie(a.period, a.unit.value, a.indicator.value, a.place) <
             std::tie(b.period, b.unit.value, b.indicator.value, b.place);
    };
    if (!std::is_sorted(facts_.begin(), facts_.end(), before)) {
      std::sort(facts_.begin(), facts_.end(), before);
    }
    for (std::size_t from = 0; from < facts_.size() && !is_enough();) {
      std::size_t to = from;
      while (to < facts_.size() && facts_[to].unit == facts_[from].unit &&
             facts_[to].period == facts_[from].period) {
        ++to;
      }
      judge_unit(from, to);
      if (intake_.progress) intake_.progress(from / 2, facts_.size());
      from = to;
    }
  }

  std::vector<Fault>& faults() { return faults_; }
  const Taken& taken() const { return taken_; }

  void write(const fact_store::Hand& hand) {
    std::size_t done = 0;
    for (std::size_t from = 0; from < to_add_.size(); from += kChunk) {
      const std::size_t to = std::min(from + kChunk, to_add_.size());
      std::vector<Fact> chunk;
      chunk.reserve(to - from);
      for (std::size_t i = from; i < to; ++i) chunk.push_back(made_of(facts_[to_add_[i]]));
      intake_store::add(tx_, chunk, hand);
      progress(done = to);
    }
    for (const auto& [known, at] : to_change_) {
      Fact fact = made_of(facts_[at]);
      fact.id = known.id;
      fact.report = known.report;
      fact.revision = known.revision;
      if (fact.remark.empty()) fact.remark = known.remark;
      fact_store::save(tx_, fact, hand);
      if (++done % kChunk == 0) progress(done);
    }
    for (const auto& [indicator, frequency] : frequencies_) {
      direct::indicator_store::set_frequency(tx_, indicator, frequency);
    }
  }

 private:
  bool is_enough() const { return faults_.size() >= kMostFaults; }

  void progress(std::size_t done) const {
    if (intake_.progress) intake_.progress(facts_.size() / 2 + done / 2, facts_.size());
  }

  void fault(const char* code, const Incoming& fact, std::string_view column,
             std::vector<std::string> args) {
    if (is_enough()) return;
    faults_.push_back(
        {fact.place, {ProblemKind::invalid, code, intake_.place(fact, column), std::move(args)}});
  }

  static Fact made_of(const Incoming& fact) {
    Fact made;
    made.unit = fact.unit;
    made.indicator = fact.indicator;
    made.period = fact.period.text();
    made.state = fact.state;
    // An emptied cell is open again, whoever emptied it.
    made.status = fact.state == FactState::blank ? FactStatus::draft : fact.status;
    made.amount = fact.amount;
    made.remark = fact.remark;
    made.note = fact.note;
    return made;
  }

  void judge_unit(std::size_t from, std::size_t to) {
    const std::vector<Fact> known =
        intake_store::known(tx_, facts_[from].unit, facts_[from].period.text());
    auto at = known.begin();
    for (std::size_t i = from; i < to; ++i) {
      const Incoming& fact = facts_[i];
      if (i > from && facts_[i - 1].indicator == fact.indicator) {
        fault("fact.twice", fact, "indicator", intake_.named(fact));
        continue;
      }
      while (at != known.end() && at->indicator.value < fact.indicator.value) ++at;
      const bool is_known = at != known.end() && at->indicator == fact.indicator;
      count(judge(is_known ? &*at : nullptr, fact, intake_.strategy), is_known ? &*at : nullptr, i);
    }
  }

  void count(Outcome verdict, const Fact* known, std::size_t at) {
    const Incoming& fact = facts_[at];
    const bool was_touched = known && known->revision > 0;
    switch (verdict) {
      case Outcome::add:
        to_add_.push_back(at);
        ++taken_.created;
        return;
      case Outcome::change:
        if (was_touched && intake_store::is_of_a_report(tx_, *known)) {
          return fault("fact.in_report", fact, "value", intake_.named(fact));
        }
        if (was_touched && is_settled(known->status) && !is_settled(fact.status)) {
          return fault("fact.accepted_before", fact, "value", intake_.named(fact));
        }
        to_change_.emplace_back(*known, at);
        ++(!was_touched                     ? taken_.created
           : fact.state == FactState::blank ? taken_.deleted
                                            : taken_.updated);
        return;
      case Outcome::same:
        ++taken_.unchanged;
        return;
      case Outcome::stays:
      case Outcome::absent:
        ++taken_.ignored;
        return;
      case Outcome::differs:
        return fault("fact.differs", fact, "value", intake_.named(fact));
    }
  }

  store::Tx& tx_;
  std::vector<Incoming> facts_;
  const Intake& intake_;
  std::vector<Fault> faults_;
  std::map<direct::IndicatorId, base::Frequency> frequencies_;
  std::vector<std::size_t> to_add_;
  std::vector<std::pair<Fact, std::size_t>> to_change_;
  Taken taken_;
};

std::string detail_of(const Taken& taken, std::map<std::string, std::string> more) {
  boost::json::object made;
  std::map<std::string, std::int64_t> counts{
      {"created", static_cast<std::int64_t>(taken.created)},
      {"deleted", static_cast<std::int64_t>(taken.deleted)},
      {"unchanged", static_cast<std::int64_t>(taken.unchanged)},
      {"updated", static_cast<std::int64_t>(taken.updated)}};
  while (!counts.empty() || !more.empty()) {  // keys in order: the text is canonical
    if (more.empty() || (!counts.empty() && counts.begin()->first < more.begin()->first)) {
      made.emplace(counts.begin()->first, counts.begin()->second);
      counts.erase(counts.begin());
    } else {
      made.emplace(more.begin()->first, more.begin()->second);
      more.erase(more.begin());
    }
  }
  return boost::json::serialize(made);
}

}  // namespace

base::Problems problems_of(std::vector<Fault> faults) {
  std::stable_sort(faults.begin(), faults.end(),
                   [](const Fault& a, const Fault& b) { return a.place < b.place; });
  base::Problems problems;
  for (Fault& fault : faults) problems.push_back(std::move(fault.problem));
  return problems;
}

Outcome judge(const Fact* known, const Incoming& fact, Strategy strategy) {
  const bool is_there = known && known->revision > 0;
  const bool has_figure = is_there && known->state != FactState::blank;
  if (fact.state == FactState::blank) {  // emptying, whatever else the file does
    if (!has_figure) return Outcome::absent;
    return strategy == Strategy::once || strategy == Strategy::create ? Outcome::stays
                                                                      : Outcome::change;
  }
  if (is_there && says_the_same(*known, fact, strategy)) return Outcome::same;
  switch (strategy) {
    case Strategy::once:
      if (is_there) return Outcome::differs;
      break;
    case Strategy::create:
      if (has_figure) return Outcome::stays;
      break;
    case Strategy::update:
      if (!has_figure) return Outcome::absent;
      break;
    case Strategy::create_and_update:
      break;
    case Strategy::erase:
      return Outcome::absent;
  }
  return known ? Outcome::change : Outcome::add;
}

base::Result<Taken> take_facts(store::Tx& tx, const auth::Actor& actor, Now now,
                               std::vector<Incoming> facts,
                               const std::vector<direct::Indicator>& indicators,
                               const Intake& intake, std::vector<Fault> faults) {
  TakingIn taking(tx, std::move(facts), intake, std::move(faults));
  taking.settle_frequencies(indicators);
  taking.judge_all();
  if (!taking.faults().empty()) return base::refuse(problems_of(std::move(taking.faults())));
  const Taken taken = taking.taken();
  if (intake.dry_run || taken.created + taken.updated + taken.deleted == 0) return taken;
  taking.write({actor, intake.act, now.at});
  journal::record(tx, actor, now.at,
                  {intake.journal_act, "facts", 0, detail_of(taken, intake.detail)});
  return taken;
}

}  // namespace report
