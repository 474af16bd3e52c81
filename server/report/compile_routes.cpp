#include <algorithm>
#include <map>
#include <set>

#include "http/json.h"
#include "journal/journal.h"
#include "org/routes.h"
#include "org/unit_json.h"
#include "org/unit_store.h"
#include "report/compile_narrative.h"
#include "report/desk.h"
#include "report/narrative_json.h"

namespace report {
namespace {

using auth::Actor;
using base::ProblemKind;
using base::Result;
using http::Response;
using http::json::array;
using http::json::object;
using http::json::value;

constexpr std::size_t kMostLeftOutListed = 500;

/// The request, and whether the actor sees all of it or only the own unit's part.
struct Seen {
  Request request;
  org::Scope scope;
  bool everything = false, may_edit = false;
};
Result<Seen> seen_narrative(store::Tx& tx, const Actor& actor, base::Date day, RequestId id) {
  const org::Scope scope = org::scope_of(actor, day);
  auto request =
      report_store::in_scope(tx, scope, id) ? report_store::find_request(tx, id) : std::nullopt;
  if (!request) return base::refuse(ProblemKind::not_found, "request.not_found");
  const org::UnitId unit = request->unit;
  return Seen{*std::move(request), scope,
              org::allows(tx, actor, org::Act::see, unit, day).has_value(),
              org::allows(tx, actor, org::Act::decide, unit, day).has_value()};
}

/// Units named once, as of the period's last day.
class Names {
 public:
  Names(store::Tx& tx, const Request& request)
      : tx_(tx), day_(base::Period::parse(request.period).value().last()) {}
  const org::UnitRef& of(org::UnitId unit) {
    auto known = known_.find(unit);
    if (known == known_.end())
      known = known_.emplace(unit, org::unit_store::ref(tx_, unit, day_)).first;
    return known->second;
  }

 private:
  store::Tx& tx_;
  base::Date day_;
  std::map<org::UnitId, org::UnitRef> known_;
};

object source_json(store::Tx& tx, Names& names, BoundFigures& figures, const Gathered& gathered,
                   const SourceBlock& source, const Request& request) {
  const org::UnitRef& unit = names.of(source.unit);
  Block quoted = source.block;
  quoted.text = anchored(quoted.text, unit.code, request.period);
  object made = block_json(figures, quoted, narrative_store::bindings(tx, source.block.id));
  array used;
  if (const auto at = gathered.used_in.find(source.block.id); at != gathered.used_in.end()) {
    for (const ConsolidatedId id : at->second) used.push_back(id.value);
  }
  made["unit"] = org::to_json(unit);
  made["report"] = source.report.value;
  made["state"] = name(source.state);
  made["used_in"] = std::move(used);
  return made;
}

object mark_json(Names& names, const SourceNow& source) {
  return {{"block", source.mark.block.value},
          {"revision", source.mark.revision},
          {"report", source.now.report.value},
          {"unit", org::to_json(names.of(source.now.unit))},
          {"state", name(source.now.state)},
          {"is_removed", source.now.is_removed},
          {"has_changed", source.has_changed},
          {"now", source.now.block.revision},
          {"changes", source.changes.empty() ? value(nullptr) : value(spans_json(source.changes))}};
}

array own_json(Names& names, BoundFigures& figures, const Gathered& gathered) {
  array made;
  for (std::size_t i = 0; i < gathered.blocks.size(); ++i) {
    const ConsolidatedBlock& block = gathered.blocks[i];
    object one = block_json(
        figures,
        {BlockId{block.id.value}, block.text, block.revision, block.by, block.at, {}, false}, {});
    one.erase("from");
    array sources;
    for (const SourceNow& source : gathered.marks[i]) sources.push_back(mark_json(names, source));
    one["sources"] = std::move(sources);
    made.push_back(std::move(one));
  }
  return made;
}

object left_out_json(Names& names, BoundFigures& figures, const Gathered& gathered,
                     const SourceBlock& source) {
  const org::UnitRef& unit = names.of(source.unit);
  const auto reason = gathered.reasons.find(source.block.id);
  const bool has_reason = reason != gathered.reasons.end();
  return {{"block", source.block.id.value},
          {"unit", org::to_json(unit)},
          {"report", source.report.value},
          {"text", figures.shown(source.block.text)},
          {"reason", has_reason ? value(reason->second.reason) : value(nullptr)},
          {"by", has_reason ? value(reason->second.by) : value(nullptr)}};
}

/// The page of groups asked for, the own paragraphs, and what is left out.
object gathered_json(store::Tx& tx, const Seen& seen, const Gathered& gathered,
                     std::size_t from_group, std::size_t most_groups) {
  Names names(tx, seen.request);
  BoundFigures figures(tx, seen.request.unit, seen.request);
  array groups, left_out;
  const std::size_t end = std::min(gathered.groups.size(), from_group + most_groups);
  for (std::size_t g = from_group; g < end; ++g) {
    array members;
    for (const std::size_t member : gathered.groups[g])
      members.push_back(
          source_json(tx, names, figures, gathered, gathered.sources[member], seen.request));
    groups.push_back(object{{"blocks", std::move(members)}});
  }
  std::size_t unused = 0;
  std::set<org::UnitId> units;
  for (const SourceBlock& source : gathered.sources) {
    units.insert(source.unit);
    if (!seen.everything || gathered.used_in.contains(source.block.id)) continue;
    if (++unused > kMostLeftOutListed) continue;
    BoundFigures own(tx, source.unit, seen.request);
    left_out.push_back(left_out_json(names, own, gathered, source));
  }
  return {{"section", outline_json(gathered.section)},
          {"revision", gathered.revision},
          {"may_edit", seen.may_edit},
          {"counts", object{{"units", units.size()},
                            {"sources", gathered.sources.size()},
                            {"groups", gathered.groups.size()},
                            {"left_out", unused},
                            {"blocks", gathered.blocks.size()}}},
          {"groups", std::move(groups)},
          {"next", end < gathered.groups.size() ? value(std::to_string(end)) : value(nullptr)},
          {"blocks", own_json(names, figures, gathered)},
          {"left_out", std::move(left_out)}};
}

Result<Response> section_response(store::Tx& tx, const Seen& seen, const http::Request& request) {
  const bool submitted = request.asked("states").value_or("") == "submitted";
  const auto gathered =
      gather_narrative(tx, seen.scope, seen.request, request.parameters.find("section")->second,
                       submitted, seen.everything);
  if (!gathered) {
    return base::refuse(ProblemKind::not_found, "narrative.section_unknown", "",
                        {request.parameters.find("section")->second});
  }
  Response response = http::json_response(
      gathered_json(tx, seen, *gathered, static_cast<std::size_t>(org::asked_cursor(request)),
                    static_cast<std::size_t>(org::asked_limit(request, 100, 500))));
  response.headers.emplace_back("ETag", "\"" + std::to_string(gathered->revision) + "\"");
  return response;
}

ConsolidatedSection read_section(http::Fields& fields) {
  ConsolidatedSection made;
  fields.objects("blocks", true, 2000, [&](http::Fields& one) {
    ConsolidatedDraft draft;
    draft.pointer = one.pointer("");
    if (draft.pointer.ends_with('/')) draft.pointer.pop_back();
    draft.id = ConsolidatedId{one.maybe_integer("id", 1, 1LL << 53).value_or(0)};
    draft.text = one.raw_text("text", 20000);
    one.objects("sources", false, 5000, [&](http::Fields& source) {
      draft.sources.push_back({BlockId{source.integer("block", 1, 1LL << 53)},
                               source.integer("revision", 1, 1LL << 53)});
    });
    made.blocks.push_back(std::move(draft));
  });
  fields.objects("left_out", false, 5000, [&](http::Fields& one) {
    made.left_out.push_back(
        {BlockId{one.integer("block", 1, 1LL << 53)}, one.text("reason", 1000), "", {}});
  });
  return made;
}

}  // namespace

Result<Response> get_narrative(const Desk& desk, const Actor& actor, const http::Request& request) {
  const base::Date day = desk.clock.today();
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const Seen seen,
                     seen_narrative(tx, actor, day, {request.id_parameter("request")}));
    array sections;
    for (const auto& counts : count_narrative(tx, seen.scope, seen.request, seen.everything)) {
      object one = outline_json(counts.section);
      one["revision"] = counts.revision;
      one["units"] = counts.units;
      one["sources"] = counts.sources;
      one["used"] = counts.used;
      one["left_out"] = seen.everything ? counts.sources - counts.used : 0;
      one["blocks"] = counts.blocks;
      one["changed"] = counts.changed;
      sections.push_back(std::move(one));
    }
    Names names(tx, seen.request);
    array copied;
    for (const Copied& one : copied_sections(tx, seen.scope, seen.request)) {
      copied.push_back(object{{"unit", org::to_json(names.of(one.unit))},
                              {"report", one.report.value},
                              {"section", one.section},
                              {"same_as_previous", name(one.sameness)}});
    }
    return http::json_response(object{{"may_edit", seen.may_edit},
                                      {"sections", std::move(sections)},
                                      {"copied", std::move(copied)}});
  });
}

Result<Response> get_narrative_section(const Desk& desk, const Actor& actor,
                                       const http::Request& request) {
  const base::Date day = desk.clock.today();
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const Seen seen,
                     seen_narrative(tx, actor, day, {request.id_parameter("request")}));
    return section_response(tx, seen, request);
  });
}

Result<Response> put_narrative_section(const Desk& desk, const Actor& actor,
                                       const http::Request& request) {
  ASSIGN_OR_RETURN(ConsolidatedSection written,
                   http::decode<ConsolidatedSection>(request, read_section));
  const auto revision = org::asked_revision(request);
  if (!revision) return base::refuse(ProblemKind::invalid, "report.revision_missing", "If-Match");
  written.revision = *revision;
  written.section = request.parameters.find("section")->second;
  const RequestId id{request.id_parameter("request")};
  const Now now = desk.now();
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(put_consolidated(tx, actor, now, id, written));
    ASSIGN_OR_RETURN(const Seen seen, seen_narrative(tx, actor, now.day, id));
    return section_response(tx, seen, request);
  });
}

}  // namespace report
