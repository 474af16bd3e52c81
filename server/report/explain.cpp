#include <algorithm>
#include <unordered_set>

#include "report/fact_store.h"
#include "report/loaded.h"
#include "report/restate.h"

namespace report {
namespace {

using org::unit_store::Node;

std::string why_not(const Fact* fact) {
  if (!fact || fact->state == FactState::blank) return "silent";
  if (fact->status == FactStatus::excluded) return "excluded";
  if (fact->status != FactStatus::accepted) return "not_accepted";
  if (fact->state == FactState::not_applicable) return "not_applicable";
  if (fact->state == FactState::not_yet) return "not_yet";
  return "";
}

constexpr std::int64_t kSourcesOfAPart = 10'000'000;

/// A unit whose cells a total is made of in one part, and the share of it that is in.
struct Source {
  org::UnitId unit;
  bool is_expected_leaf = false;
  std::optional<Guest> guest;
};

std::vector<Source> sources_of(const std::vector<Node>& nodes, const Restated& restated) {
  std::unordered_set<org::UnitId> guests;
  for (const Guest& guest : restated.guests) guests.insert(guest.unit);
  std::vector<Source> sources;
  for (std::size_t n = 0; n < nodes.size(); ++n) {
    if (guests.contains(nodes[n].id)) continue;
    const bool was_there = restated.passed.empty() || !restated.passed[n];
    sources.push_back({nodes[n].id, nodes[n].is_leaf && was_there, {}});
  }
  for (const Guest& guest : restated.guests) {
    sources.push_back({guest.unit, guest.was_leaf, guest});
  }
  return sources;
}

/// The shares of a guest that are in the tree asked for, which is the root's.
void say_share(store::Tx& tx, const std::vector<Node>& nodes, base::Date on, const Guest& guest,
               Contribution& item) {
  for (const Guest::Seat& seat : guest.seats) {
    if (seat.node < 0) continue;
    const org::UnitId unit = nodes[static_cast<std::size_t>(seat.node)].id;
    item.shares.push_back(
        {org::unit_store::ref(tx, unit, on), seat.numerator, seat.denominator, guest.basis});
  }
  if (item.shares.empty()) {
    item.is_counted = false;
    item.why = "undivided";
  }
}

void explain_source(store::Tx& tx, const Loaded& loaded, const base::Period& part,
                    const Source& source, bool leaf_is_expected, Explanation& explanation) {
  std::vector<const direct::Indicator*> sides;
  for (const Measure::Term& term : explanation.measure.terms) sides.push_back(&term.indicator);
  std::vector<std::optional<Fact>> facts;
  bool any = false;
  bool all_count = true;
  for (const auto* side : sides) {
    facts.push_back(fact_store::find(tx, source.unit, side->id, part.text()));
    any = any || facts.back();
    all_count = all_count && why_not(facts.back() ? &*facts.back() : nullptr).empty();
  }
  if (!any && !(leaf_is_expected && source.is_expected_leaf)) return;
  for (std::size_t side = 0; side < sides.size(); ++side) {
    Contribution item{org::unit_store::ref(tx, source.unit, source.guest ? part.last() : loaded.on),
                      *sides[side],
                      part.text(),
                      facts[side],
                      "",
                      {},
                      all_count,
                      why_not(facts[side] ? &*facts[side] : nullptr),
                      {}};
    if (!all_count && item.why.empty()) item.why = "pair_missing";
    if (source.guest) say_share(tx, loaded.nodes, loaded.on, *source.guest, item);
    if (item.fact) {
      if (const auto last = fact_store::last(tx, item.fact->id)) {
        item.by = last->actor;
        item.at = last->at;
      }
    }
    explanation.items.push_back(std::move(item));
  }
}

}  // namespace

base::Result<Explanation> explain(store::Tx& tx, const RollupQuestion& question, const Page& page) {
  ASSIGN_OR_RETURN(const Loaded loaded, load(tx, question));
  Rollup rollup(loaded.nodes, {0}, loaded.measures);
  feed(tx, loaded, question.line, rollup);
  Explanation explanation{loaded.measures.front(), rollup.finish().front().front(), {}, {}};
  const Measure measure = explanation.measure;
  const Restatement restatement(tx, loaded.nodes, question.line, loaded.on,
                                last_days(measure.parts));
  // A place is a part's number and a source's; a source's terms stay together.
  for (auto p = static_cast<std::size_t>(page.after / kSourcesOfAPart); p < measure.parts.size();
       ++p) {
    const base::Period& part = measure.parts[p];
    const auto asked = fact_store::asked(tx, part.text());
    const bool leaf_is_expected =
        std::find(asked.begin(), asked.end(), measure.terms.front().indicator.id) == asked.end();
    const auto sources = sources_of(loaded.nodes, restatement.of(tx, part.last()));
    const bool goes_on = page.after / kSourcesOfAPart == static_cast<std::int64_t>(p);
    for (auto at = static_cast<std::size_t>(goes_on ? page.after % kSourcesOfAPart : 0);
         at < sources.size(); ++at) {
      if (explanation.items.size() >= page.limit) {
        explanation.next =
            static_cast<std::int64_t>(p) * kSourcesOfAPart + static_cast<std::int64_t>(at);
        return explanation;
      }
      explain_source(tx, loaded, part, sources[at], leaf_is_expected, explanation);
    }
  }
  return explanation;
}

}  // namespace report
