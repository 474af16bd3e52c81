#include <algorithm>
#include <iostream>
#include <map>

#include "app/commands.h"
#include "app/concerns.h"
#include "app/print.h"
#include "org/propose.h"
#include "org/reorganisation_json.h"
#include "org/reorganise.h"
#include "org/unit_json.h"
#include "org/unit_store.h"

namespace app {
namespace {

using http::json::array;
using http::json::object;

base::Result<org::Sources> read_sources(const CatalogueOptions& options) {
  org::Sources sources;
  ASSIGN_OR_RETURN(sources.catalogue, org::read_catalogue(read_file(options.file)));
  for (const std::string& file : options.mappings) {
    ASSIGN_OR_RETURN(org::Mapping mapping, org::read_mapping(read_file(file)));
    sources.mappings.push_back(std::move(mapping));
  }
  return sources;
}

/// What would be proposed, and what would speak against applying it as it is.
struct Judged {
  org::Proposal proposal;
  base::Problems problems;

  bool is_sound() const { return proposal.refused.empty() && problems.empty(); }
};

org::Proposal proposed(store::Tx& tx, const org::Sources& sources, const CatalogueOptions& options,
                       base::Date on) {
  org::Proposal made = org::propose(org::succession_store::snapshot(tx, on, {}),
                                    org::succession_store::eve_of(tx, on), sources, options.line);
  made.plan.title =
      options.title.empty() ? "Danh mục đơn vị ngày " + on.vietnamese() : options.title;
  made.plan.document = options.document.empty()
                           ? std::filesystem::path(options.file).filename().string()
                           : options.document;
  return made;
}

Judged judged(store::Tx& tx, const org::Sources& sources, const CatalogueOptions& options,
              base::Date on) {
  Judged made{proposed(tx, sources, options, on), {}};
  if (made.proposal.refused.empty() && !made.proposal.plan.changes.empty()) {
    made.problems = org::preview(tx, made.proposal.plan, {}, all_concerns()).outcome.problems;
  }
  return made;
}

object proposal_json(const Judged& judged, base::Language language) {
  const org::Proposal& made = judged.proposal;
  object shown = org::to_json(made.plan, language);
  shown["refused"] = problems_json(made.refused);
  shown["problems"] = problems_json(judged.problems);
  shown["doubts"] = problems_json(made.doubts);
  return shown;
}

void print_proposal(const Judged& judged, base::Language language) {
  const org::Proposal& made = judged.proposal;
  const bool vi = language == base::Language::vi;
  std::map<std::string, std::size_t> counts;
  std::size_t doubted = 0;
  for (const org::Change& change : made.plan.changes) {
    ++counts[std::string(org::name(change.kind))];
    if (change.doubts.empty()) continue;
    ++doubted;
    for (const base::Problem& doubt : change.doubts) {
      std::cout << (vi ? "ngờ  " : "doubt  ") << base::words(doubt, language) << " [" << doubt.code
                << "]\n";
    }
  }
  for (const base::Problems* problems : {&made.refused, &judged.problems}) {
    for (const base::Problem& problem : *problems) {
      std::cout << (vi ? "từ chối  " : "refused  ") << problem.field << ": "
                << base::words(problem, language) << " [" << problem.code << "]\n";
    }
  }
  for (const auto& [kind, count] : counts) std::cout << kind << " " << count << "\n";
  std::cout << (vi ? "có điều ngờ " : "doubted ") << doubted << (vi ? ", từ chối " : ", refused ")
            << made.refused.size() + judged.problems.size() << "\n";
}

void show(const Judged& made, const Place& place, bool as_json,
          std::optional<std::int64_t> applied) {
  if (!as_json) {
    print_proposal(made, place.language);
    if (applied) {
      std::cout << (place.language == base::Language::vi ? "đã áp dụng, số " : "applied, number ")
                << *applied << "\n";
    }
    return;
  }
  object shown = proposal_json(made, place.language);
  if (applied) shown["applied"] = *applied;
  std::cout << http::json::serialize(shown) << "\n";
}

int apply_catalogue(const Place& place, const CatalogueOptions& options,
                    const org::Sources& sources, base::Date on) {
  const auto db = open_for_writing(place);
  const auto clock = clock_of(place);
  const auto actor = auth::console_actor("import");
  org::Proposal made;
  std::optional<std::int64_t> applied;
  const auto done = db->write([&](store::Tx& tx) -> base::Result<int> {
    made = proposed(tx, sources, options, on);
    applied.reset();
    if (!made.refused.empty()) return base::refuse(made.refused);
    if (made.plan.changes.empty()) return kDone;
    ASSIGN_OR_RETURN(const org::ReorganisationId id,
                     org::draft(tx, actor, clock->now(), {}, made.plan));
    RETURN_IF_REFUSED(org::apply(tx, actor, clock->now(), {id, 1}, all_concerns()));
    applied = id.value;
    return kDone;
  });
  if (!done && made.refused.empty()) {
    return print_refusal(done.error(), place.language, options.json);
  }
  if (done) db->gather_statistics();
  show({made, {}}, place, options.json, applied);
  return done ? kDone : kRefused;
}

}  // namespace

int import_catalogue_command(const Place& place, const CatalogueOptions& options) {
  const auto on = base::Date::parse(options.on);
  if (!on) {
    return print_refusal({{base::ProblemKind::invalid, "command.date", "--on", {options.on}}},
                         place.language, options.json);
  }
  const auto sources = read_sources(options);
  if (!sources) return print_refusal(sources.error(), place.language, options.json);
  if (options.apply) return apply_catalogue(place, options, *sources, *on);
  const auto db = open_for_reading(place);
  const Judged made = db->read([&](store::Tx& tx) { return judged(tx, *sources, options, *on); });
  show(made, place, options.json, {});
  return made.is_sound() ? kDone : kRefused;
}

int unit_show_command(const Place& place, const UnitOptions& options) {
  const auto db = open_for_reading(place);
  const base::Date today = clock_of(place)->today();
  const auto page = db->read([&](store::Tx& tx) -> base::Result<object> {
    const auto on = options.on ? base::Date::parse(*options.on) : today;
    if (!on) {
      return base::refuse(base::ProblemKind::invalid, "command.date", "--on", {*options.on});
    }
    const auto unit = org::unit_store::find_by_code(tx, options.code, *on);
    if (!unit) {
      return base::refuse(base::ProblemKind::not_found, "command.unit", "code",
                          {options.code, on->text()});
    }
    return org::unit_page(tx, *unit, *on, options.line);
  });
  if (!page) return print_refusal(page.error(), place.language, options.json);
  if (options.json) {
    std::cout << http::json::serialize(*page) << "\n";
    return kDone;
  }
  const bool vi = place.language == base::Language::vi;
  const auto text = [](const object& o, const char* key) {
    return std::string(o.at(key).is_string() ? std::string_view(o.at(key).get_string()) : "");
  };
  std::cout << text(*page, "code") << " " << text(*page, "name") << "\n";
  for (const auto& [key, words] : {std::pair("predecessors", vi ? "từ" : "from"),
                                   std::pair("successors", vi ? "thành" : "to")}) {
    for (const auto& one : page->at(key).as_array()) {
      const object& kin = one.as_object();
      const object& unit = kin.at("unit").as_object();
      std::cout << "  " << text(kin, "on") << " " << words << " " << text(unit, "code") << " "
                << text(unit, "name") << " " << text(kin, "share") << " (" << text(kin, "document")
                << ")\n";
    }
  }
  return kDone;
}

int reorganisation_list_command(const Place& place) {
  const auto db = open_for_reading(place);
  db->read([&](store::Tx& tx) {
    for (const auto& kept : org::succession_store::all(tx, 0, 1000)) {
      std::cout << kept.id.value << "  " << kept.on.text() << "  " << kept.state << "  "
                << kept.title << "  " << kept.document << "\n";
    }
  });
  return kDone;
}

int reorganisation_undo_command(const Place& place, std::int64_t id) {
  const auto db = open_for_writing(place);
  const auto clock = clock_of(place);
  const auto done = db->write([&](store::Tx& tx) -> base::Result<int> {
    const auto kept = org::succession_store::find(tx, {id});
    RETURN_IF_REFUSED(org::undo(tx, auth::console_actor("undo"), clock->now(),
                                {{id}, kept ? kept->revision : 0}, all_concerns()));
    return kDone;
  });
  if (!done) return print_refusal(done.error(), place.language, false);
  std::cout << id << (place.language == base::Language::vi ? ": đã hoàn tác\n" : ": taken back\n");
  return kDone;
}

}  // namespace app
