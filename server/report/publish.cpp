#include "report/publish.h"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "base/hash.h"
#include "base/text.h"
#include "direct/indicator_store.h"
#include "journal/journal.h"
#include "org/unit_store.h"
#include "report/loaded.h"
#include "report/publication_json.h"
#include "report/restate.h"

namespace report {
namespace {

using base::ProblemKind;
using org::unit_store::Node;

/// From this many units on the cells of an indicator are read at once.
constexpr std::size_t kReadAllFrom = 200;

Definition definition_of(const Measure& measure) {
  Definition made;
  made.indicator = measure.indicator;
  for (const Measure::Term& term : measure.terms) {
    made.terms.push_back({term.indicator.code, term.is_below, term.times});
  }
  made.above_decimals = measure.above_decimals, made.below_decimals = measure.below_decimals;
  for (const base::Period& part : measure.parts) made.parts.push_back(part.text());
  return made;
}

/// Which collected indicators are needed in which period.
using Needed = std::map<std::string, std::map<std::string, direct::IndicatorId>>;  // period, code

Needed needed_by(const std::vector<Measure>& measures) {
  Needed made;
  for (const Measure& measure : measures) {
    for (const base::Period& part : measure.parts) {
      for (const Measure::Term& term : measure.terms) {
        made[part.text()].emplace(term.indicator.code, term.indicator.id);
      }
    }
  }
  return made;
}

/// The cells of every unit in the tree, and of guests with their seats.
class Gathering {
 public:
  Gathering(store::Tx& tx, const Loaded& loaded, const std::string& line,
            const std::vector<Measure>& measures)
      : tx_(tx), loaded_(loaded), needed_(needed_by(measures)) {
    for (std::size_t n = 0; n < loaded.nodes.size(); ++n) {
      places_.push_back({{loaded.nodes[n].id, "", ""}, {}, loaded.nodes[n].level, false});
      if (loaded.nodes[n].parent >= 0) {
        places_.back().parent = loaded.nodes[static_cast<std::size_t>(loaded.nodes[n].parent)].id;
      }
      known_.insert(loaded.nodes[n].id.value);
    }
    name_places(loaded.on, 0);
    std::vector<base::Date> days;
    for (const auto& [period, indicators] : needed_) {
      days.push_back(base::Period::parse(period).value().last());
    }
    const Restatement restatement(tx, loaded.nodes, line, loaded.on, days);
    for (const auto& [period, indicators] : needed_) read(restatement, period, indicators);
  }

  std::vector<Place> places() && { return std::move(places_); }
  std::vector<PublishedCell> cells() && { return std::move(cells_); }
  bool is_too_large() const { return cells_.size() > kMostPublishedCells; }

 private:
  void name_places(base::Date day, std::size_t from) {
    std::vector<org::UnitId> ids;
    for (std::size_t p = from; p < places_.size(); ++p) ids.push_back(places_[p].unit.id);
    std::unordered_map<std::int64_t, org::UnitRef> names;
    for (org::UnitRef& ref : org::unit_store::refs(tx_, ids, day)) {
      names.emplace(ref.id.value, std::move(ref));
    }
    for (std::size_t p = from; p < places_.size(); ++p) {
      places_[p].unit = names.at(places_[p].unit.id.value);
    }
  }

  void read(const Restatement& restatement, const std::string& period,
            const std::map<std::string, direct::IndicatorId>& indicators) {
    const base::Date last = base::Period::parse(period).value().last();
    const Restated restated = restatement.of(tx_, last);
    std::unordered_map<std::int64_t, const Guest*> units;
    for (const Node& node : loaded_.nodes) units.emplace(node.id.value, nullptr);
    const std::size_t named = places_.size();
    for (const Guest& guest : restated.guests) {
      units[guest.unit.value] = &guest;
      if (known_.insert(guest.unit.value).second) {
        places_.push_back({{guest.unit, "", ""}, {}, 0, true});
      }
    }
    name_places(last, named);
    for (const auto& [code, indicator] : indicators) {
      const auto take = [&](PublishedCell cell) {
        const auto at = units.find(cell.unit.value);
        if (at == units.end() || is_too_large()) return;
        cell.indicator = code;
        if (at->second) seat(*at->second, cell);
        cells_.push_back(std::move(cell));
      };
      if (units.size() >= kReadAllFrom) {
        publication_store::cells_of_indicator(tx_, indicator, period, take);
      } else {
        std::set<std::int64_t> in_order;
        for (const auto& [unit, guest] : units) in_order.insert(unit);
        for (const std::int64_t unit : in_order) {
          publication_store::cells_of_unit(tx_, {unit}, indicator, period, take);
        }
      }
    }
  }

  void seat(const Guest& guest, PublishedCell& cell) const {
    cell.is_guest = true;
    for (const Guest::Seat& seat : guest.seats) {
      const org::UnitId unit =
          seat.node < 0 ? org::UnitId{} : loaded_.nodes[static_cast<std::size_t>(seat.node)].id;
      cell.seats.push_back({unit, seat.numerator, seat.denominator});
    }
  }

  store::Tx& tx_;
  const Loaded& loaded_;
  Needed needed_;
  std::vector<Place> places_;
  std::set<std::int64_t> known_;
  std::vector<PublishedCell> cells_;
};

/// The asked indicators and the derived ones that can be made of them.
std::vector<std::string> shown_of(store::Tx& tx, RequestId request) {
  std::vector<std::string> codes;
  std::set<direct::IndicatorId> asked;
  for (const auto& indicator : report_store::indicators(tx, request)) {
    if (asked.insert(indicator.id).second) codes.push_back(indicator.code);
  }
  for (const auto& indicator : direct::indicator_store::all(tx)) {
    const auto all_asked = [&](const std::vector<direct::Term>& terms) {
      return std::all_of(terms.begin(), terms.end(),
                         [&](const auto& term) { return asked.contains(term.part); });
    };
    if (indicator.is_derived() && all_asked(indicator.above) && all_asked(indicator.below)) {
      codes.push_back(indicator.code);
    }
  }
  return codes;
}

RollupQuestion question_of(store::Tx& tx, const Request& request, base::Date day) {
  RollupQuestion made;
  made.unit = request.unit;
  made.period = base::Period::parse(request.period).value();
  made.indicators = shown_of(tx, request.id);
  made.line = request.line;
  for (const auto& overview : report_store::reports(tx, {{}, day, true}, request.id)) {
    made.units.push_back(overview.report.unit);
  }
  return made;
}

bool has_a_value(const RollupAnswer& answer) {
  return std::any_of(answer.totals.begin(), answer.totals.end(), [](const auto& of_unit) {
    return std::any_of(of_unit.begin(), of_unit.end(),
                       [](const Total& total) { return total.value.has_value(); });
  });
}

void add_collected(const std::vector<Measure>& measures, Published& published) {
  std::set<std::string> seen;
  for (const Measure& measure : measures) {
    published.indicators.push_back(definition_of(measure));
    for (const Measure::Term& term : measure.terms) {
      const direct::Indicator& of = term.indicator;
      if (!seen.insert(of.code).second) continue;
      published.collected.push_back({of.code, of.name, of.measure_unit, of.decimals});
    }
  }
}

base::Problems faults_of(const NewPublication& asked) {
  base::Problems problems;
  const auto fault = [&](const char* code, const char* field) {
    problems.push_back({ProblemKind::invalid, code, field, {}});
  };
  if (asked.title.empty() && !asked.request) fault("publication.title", "/title");
  if (asked.replaces && base::length(base::tidy(asked.reason)) < 10) {
    fault("publication.reason", "/reason");
  }
  if (!asked.replaces && !asked.reason.empty()) fault("publication.reason_alone", "/reason");
  return problems;
}

/// The publication that a correction stands in for, when it may.
base::Result<std::optional<Publication>> replaced_by(store::Tx& tx, const NewPublication& asked,
                                                     const Published& published) {
  if (!asked.replaces) {
    if (asked.request) {
      if (const auto newest = publication_store::newest_of(tx, *asked.request)) {
        return base::refuse(ProblemKind::conflict, "publication.exists", "/replaces",
                            {std::to_string(newest->version), std::to_string(newest->id.value)});
      }
    }
    return std::optional<Publication>{};
  }
  auto replaced = publication_store::find(tx, asked.replaces);
  if (!replaced || replaced->unit != published.unit) {
    return base::refuse(ProblemKind::not_found, "publication.not_found", "/replaces");
  }
  if (replaced->request != published.request || replaced->period != published.period) {
    return base::refuse(ProblemKind::conflict, "publication.other_question", "/replaces",
                        {replaced->title});
  }
  if (replaced->replaced_by) {
    return base::refuse(ProblemKind::conflict, "publication.superseded", "/replaces",
                        {std::to_string(replaced->replaced_by.value)});
  }
  return replaced;
}

}  // namespace

base::Result<Published> gather_published(store::Tx& tx, const NewPublication& asked) {
  Published made;
  RollupQuestion question = asked.question;
  made.title = asked.title;
  made.is_illustrative = asked.is_illustrative;
  if (asked.request) {
    const Request request = report_store::find_request(tx, *asked.request).value();
    const base::Period period = base::Period::parse(request.period).value();
    question = question_of(tx, request, period.last());
    made.request = request.id, made.request_title = request.title;
    if (made.title.empty()) made.title = request.title;
    made.is_illustrative = made.is_illustrative || request.is_illustrative;
  }
  ASSIGN_OR_RETURN(const RollupAnswer answer, roll_up(tx, question));
  if (!has_a_value(answer)) {
    return base::refuse(ProblemKind::conflict, "publication.nothing", "", {question.period.text()});
  }
  made.unit = question.unit, made.period = question.period.text();
  made.line = question.line, made.on = answer.on;
  add_collected(answer.measures, made);
  for (std::size_t u = 0; u < answer.units.size(); ++u) {
    made.lines.push_back({answer.units[u].id, answer.totals[u]});
  }
  for (const Definition& one : made.indicators) {
    made.is_illustrative = made.is_illustrative || one.indicator.is_illustrative;
  }
  ASSIGN_OR_RETURN(const Loaded loaded, load(tx, question));
  Gathering gathering(tx, loaded, question.line, answer.measures);
  if (gathering.is_too_large()) {
    return base::refuse(ProblemKind::invalid, "publication.too_large", "",
                        {std::to_string(kMostPublishedCells)});
  }
  made.places = std::move(gathering).places();
  made.cells = std::move(gathering).cells();
  return made;
}

base::Result<PublicationId> publish(store::Tx& tx, const auth::Actor& actor, Now now,
                                    const NewPublication& asked) {
  const org::UnitId unit = asked.request
                               ? report_store::find_request(tx, *asked.request).value().unit
                               : asked.question.unit;
  RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::decide, unit, now.day));
  if (auto problems = faults_of(asked); !problems.empty()) return base::refuse(std::move(problems));
  ASSIGN_OR_RETURN(const Published published, gather_published(tx, asked));
  ASSIGN_OR_RETURN(const auto replaced, replaced_by(tx, asked, published));
  const std::string content = content_text(published);
  Publication made;
  made.unit = published.unit, made.request = published.request;
  made.title = published.title, made.period = published.period;
  made.is_illustrative = published.is_illustrative;
  made.by = actor.name(), made.at = now.at;
  if (replaced) {
    if (content_in(publication_store::frozen(tx, replaced->id)) == content) {
      return base::refuse(ProblemKind::conflict, "publication.unchanged", "/replaces",
                          {std::to_string(replaced->version)});
    }
    made.version = replaced->version + 1, made.replaces = replaced->id;
    made.reason = base::tidy(asked.reason);
  }
  const std::string frozen = frozen_text(made, content);
  made.sha256 = base::sha256_hex(frozen);
  const PublicationId id = publication_store::add(tx, made, frozen, actor.account());
  journal::record(tx, actor, now.at,
                  {replaced ? "publication.corrected" : "publication.made",
                   "publication:" + std::to_string(id.value), unit.value,
                   http::json::serialize(http::json::object{{"sha256", made.sha256},
                                                            {"version", made.version},
                                                            {"replaces", made.replaces.value}})});
  return id;
}

std::size_t changed_since(store::Tx& tx, const Published& published) {
  RollupQuestion question;
  question.unit = published.unit;
  question.period = base::Period::parse(published.period).value();
  question.on = published.on;
  question.line = published.line;
  for (const Definition& one : published.indicators) {
    question.indicators.push_back(one.indicator.code);
  }
  const auto loaded = load(tx, question);
  if (!loaded) return 0;
  Gathering gathering(tx, *loaded, question.line, loaded->measures);
  return changed_cells(published.cells, std::move(gathering).cells());
}

}  // namespace report
