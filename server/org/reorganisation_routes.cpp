#include <algorithm>
#include <map>

#include "journal/journal.h"
#include "org/preview_json.h"
#include "org/propose.h"
#include "org/reorganisation_json.h"
#include "org/routes.h"
#include "org/unit_json.h"
#include "org/unit_store.h"

namespace org {
namespace {

using auth::Actor;
using base::ProblemKind;
using base::Result;
using http::Request;
using http::Response;
using http::json::array;
using http::json::object;
using http::json::value;
using succession_store::Kept;

/// A country's catalogue with its mappings, as JSON text.
constexpr std::size_t kPlanLimit = 16 * 1024 * 1024;

struct Desk {
  store::Db& db;
  const base::Clock& clock;
  std::vector<ConcernsOf> concerns;
};

value text_or_null(const std::string& text) { return text.empty() ? value(nullptr) : value(text); }
value when(const std::optional<base::Instant>& at) {
  return at ? value(at->text()) : value(nullptr);
}

object head_json(store::Tx& tx, const Kept& kept) {
  return {{"id", kept.id.value},
          {"unit",
           kept.owner ? value(to_json(unit_store::ref(tx, kept.owner, kept.on))) : value(nullptr)},
          {"title", kept.title},
          {"document", kept.document},
          {"line", kept.line},
          {"on", kept.on.text()},
          {"state", kept.state},
          {"revision", kept.revision},
          {"made_by", kept.made_by},
          {"made_at", kept.made_at.text()},
          {"applied_by", text_or_null(kept.applied_by)},
          {"applied_at", when(kept.applied_at)},
          {"undone_by", text_or_null(kept.undone_by)},
          {"undone_at", when(kept.undone_at)}};
}

/// One for the whole tree, without an owner, is the console's.
Result<void> may_reorganise(store::Tx& tx, const Actor& actor, UnitId owner, base::Date today) {
  if (actor.is_console()) return {};
  if (!owner) return base::refuse(ProblemKind::forbidden, "authority.not_yours");
  return allows(tx, actor, Act::reorganise, owner, today);
}

Response full(store::Tx& tx, const Actor& actor, base::Date today, const Request& request,
              ReorganisationId id, int status = 200) {
  const Kept kept = succession_store::find(tx, id).value();
  object made = head_json(tx, kept);
  made["plan"] = to_json(kept_plan(kept.plan), request.language);
  array acts;
  if (may_reorganise(tx, actor, kept.owner, today)) {
    if (kept.state == "draft") acts = {"edit", "apply"};
    if (kept.state == "applied") acts = {"undo"};
  }
  made["acts"] = std::move(acts);
  Response response = http::json_response(made, status);
  response.headers.emplace_back("ETag", "\"" + std::to_string(kept.revision) + "\"");
  return response;
}

/// A draft is its owners' alone; what was applied, or taken back, everyone may read.
Result<Kept> seen(store::Tx& tx, const Actor& actor, base::Date today, ReorganisationId id) {
  auto found = succession_store::find(tx, id);
  // As much is asked of one that is not there; no unit has this id, and 0 is the console's.
  const UnitId owner = found && found->owner ? found->owner : UnitId{-1};
  const bool may = may_reorganise(tx, actor, owner, today).has_value();
  if (!found || (found->state == "draft" && !may)) {
    return base::refuse(ProblemKind::not_found, "succession.not_found");
  }
  return *std::move(found);
}

/// The newest `most` that the actor sees: pages are made of these, so that neither their length nor
/// where the next one begins tells of the drafts of others.
std::vector<Kept> seen_of_all(store::Tx& tx, const Actor& actor, base::Date today,
                              std::int64_t cursor, std::size_t most) {
  std::vector<Kept> made;
  std::map<UnitId, bool> owners;
  for (bool more = true; more && made.size() < most;) {
    const auto found = succession_store::all(tx, cursor, static_cast<int>(most));
    more = found.size() == most;
    for (const Kept& kept : found) {
      cursor = kept.id.value;
      if (kept.state == "draft" && !owners.contains(kept.owner))
        owners[kept.owner] = may_reorganise(tx, actor, kept.owner, today).has_value();
      if ((kept.state != "draft" || owners[kept.owner]) && made.size() < most) made.push_back(kept);
    }
  }
  return made;
}

Result<Response> list(const Desk& desk, const Actor& actor, const Request& request) {
  const base::Date today = desk.clock.today();
  const std::int64_t cursor = asked_cursor(request);
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    constexpr std::size_t kPage = 50;
    auto found = seen_of_all(tx, actor, today, cursor, kPage + 1);
    const bool more = found.size() > kPage;
    if (more) found.resize(kPage);
    array items;
    for (const Kept& kept : found) items.push_back(head_json(tx, kept));
    return http::json_response(
        object{{"items", std::move(items)},
               {"next", more ? value(std::to_string(found.back().id.value)) : value(nullptr)}});
  });
}

Result<Response> drafted(store::Tx& tx, const Desk& desk, const Actor& actor,
                         const Request& request, UnitId owner, const Plan& plan,
                         base::Instant now) {
  const base::Date today = desk.clock.day_of(now);
  RETURN_IF_REFUSED(may_reorganise(tx, actor, owner, today));
  ASSIGN_OR_RETURN(const ReorganisationId id, draft(tx, actor, now, owner, plan));
  return full(tx, actor, today, request, id, 201);
}

Result<Response> create(const Desk& desk, const Actor& actor, const Request& request) {
  struct Asked {
    UnitId unit;
    Plan plan;
  };
  ASSIGN_OR_RETURN(const Asked asked, http::decode<Asked>(request, [](http::Fields& f) {
                     Asked made{{f.integer("unit", 1, INT64_MAX)}, {}};
                     f.object("plan", [&](http::Fields& plan) { made.plan = read_plan(plan); });
                     return made;
                   }));
  const base::Instant now = desk.clock.now();
  return journal::act(desk.db, actor, request, now, [&](store::Tx& tx) {
    return drafted(tx, desk, actor, request, asked.unit, asked.plan, now);
  });
}

struct Proposed {
  UnitId unit;
  std::string title, document, line;
  base::Date on;
  std::string catalogue;
  std::vector<std::string> mappings;
};

Result<Sources> read_sources(const Proposed& asked) {
  Sources sources;
  base::Problems problems;
  const auto take = [&](auto read, auto& into, const std::string& field) {
    if (read) return into(*std::move(read));
    for (base::Problem& problem : read.error()) {
      problem.field = field + (problem.field.empty() ? "" : ": " + problem.field);
      problems.push_back(std::move(problem));
    }
  };
  const auto as_catalogue = [&](Catalogue made) { sources.catalogue = std::move(made); };
  const auto as_mapping = [&](Mapping made) { sources.mappings.push_back(std::move(made)); };
  take(read_catalogue(asked.catalogue), as_catalogue, "/catalogue");
  for (std::size_t m = 0; m < asked.mappings.size(); ++m) {
    take(read_mapping(asked.mappings[m]), as_mapping, "/mappings/" + std::to_string(m));
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  return sources;
}

/// What cannot be proposed is refused; what a person must look at stays in the draft as doubts.
Result<Response> create_proposal(const Desk& desk, const Actor& actor, const Request& request) {
  constexpr std::size_t kLongest = kPlanLimit;
  ASSIGN_OR_RETURN(const Proposed asked, http::decode<Proposed>(request, [](http::Fields& f) {
                     return Proposed{{f.integer("unit", 1, INT64_MAX)},
                                     f.text("title", 300),
                                     f.text("document", 200),
                                     f.maybe_text("line", 40).value_or(kGovernment),
                                     f.date("on"),
                                     f.raw_text("catalogue", kLongest),
                                     f.raw_texts("mappings", 10, kLongest)};
                   }));
  ASSIGN_OR_RETURN(const Sources sources, read_sources(asked));
  const base::Instant now = desk.clock.now();
  return journal::act(desk.db, actor, request, now, [&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(may_reorganise(tx, actor, asked.unit, desk.clock.day_of(now)));
    Snapshot tree = succession_store::snapshot(tx, asked.on, {});
    std::vector<UnitId> own;
    for (const base::Date day : {asked.on.plus_days(-1), asked.on}) {
      for (const auto& node : unit_store::subtree(tx, asked.unit, day, asked.line)) {
        own.push_back(node.id);
      }
    }
    std::sort(own.begin(), own.end());
    Eve eve = succession_store::eve_of(tx, asked.on);
    Sources under = sources;
    RETURN_IF_REFUSED(keep_under(asked.unit, own, tree, eve, under, asked.line));
    Proposal made = propose(tree, eve, under, asked.line);
    if (!made.refused.empty()) return base::refuse(std::move(made.refused));
    made.plan.title = asked.title;
    made.plan.document = asked.document;
    return drafted(tx, desk, actor, request, asked.unit, made.plan, now);
  });
}

Result<Response> get_one(const Desk& desk, const Actor& actor, const Request& request) {
  const base::Date today = desk.clock.today();
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const Kept kept,
                     seen(tx, actor, today, {request.id_parameter("reorganisation")}));
    return full(tx, actor, today, request, kept.id);
  });
}

Result<Response> get_preview(const Desk& desk, const Actor& actor, const Request& request) {
  const base::Date today = desk.clock.today();
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const Kept kept,
                     seen(tx, actor, today, {request.id_parameter("reorganisation")}));
    if (kept.state != "draft") {
      return base::refuse(ProblemKind::conflict, "succession.not_draft", "", {kept.title});
    }
    const Plan plan = kept_plan(kept.plan);
    return http::json_response(to_json(plan, preview(tx, plan, kept.owner, desk.concerns)));
  });
}

/// One act on the reorganisation of the path, answered with it as it stands afterwards.
Result<Response> change(
    const Desk& desk, const Actor& actor, const Request& request,
    const std::function<Result<void>(store::Tx&, base::Instant, const On&)>& act) {
  const auto revision = asked_revision(request);
  if (!revision) {
    return base::refuse(ProblemKind::invalid, "succession.revision_missing", "If-Match");
  }
  const On on{{request.id_parameter("reorganisation")}, *revision};
  const base::Instant now = desk.clock.now();
  const base::Date today = desk.clock.day_of(now);
  return journal::act(desk.db, actor, request, now, [&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const Kept kept, seen(tx, actor, today, on.reorganisation));
    RETURN_IF_REFUSED(may_reorganise(tx, actor, kept.owner, today));
    RETURN_IF_REFUSED(act(tx, now, on));
    return full(tx, actor, today, request, on.reorganisation);
  });
}

Result<Response> replace(const Desk& desk, const Actor& actor, const Request& request) {
  ASSIGN_OR_RETURN(const Plan plan, http::decode<Plan>(request, read_plan));
  return change(desk, actor, request, [&](store::Tx& tx, base::Instant now, const On& on) {
    return redraft(tx, actor, now, on, plan);
  });
}

Result<Response> apply_route(const Desk& desk, const Actor& actor, const Request& request) {
  RETURN_IF_REFUSED(http::decode<int>(request, [](http::Fields&) { return 0; }));
  return change(desk, actor, request, [&](store::Tx& tx, base::Instant now, const On& on) {
    return apply(tx, actor, now, on, desk.concerns);
  });
}

Result<Response> undo_route(const Desk& desk, const Actor& actor, const Request& request) {
  return change(desk, actor, request, [&](store::Tx& tx, base::Instant now, const On& on) {
    return undo(tx, actor, now, on, desk.concerns);
  });
}

}  // namespace

auth::Routes reorganisation_routes(store::Db& db, const base::Clock& clock,
                                   std::vector<ConcernsOf> concerns) {
  using enum http::Method;
  const Desk desk{db, clock, std::move(concerns)};
  const auto with = [desk](auto handler) {
    return [desk, handler](const Actor& actor, const Request& request) {
      return handler(desk, actor, request);
    };
  };
  const std::string one = "/reorganisations/{reorganisation}";
  return {
      {get, "/reorganisations", "listReorganisations", with(list)},
      {post, "/reorganisations", "createReorganisation", with(create), kPlanLimit},
      {post, "/reorganisations/proposals", "proposeReorganisation", with(create_proposal),
       kPlanLimit},
      {get, one, "getReorganisation", with(get_one)},
      {put, one, "replaceReorganisation", with(replace), kPlanLimit},
      {get, one + "/preview", "previewReorganisation", with(get_preview)},
      {put, one + "/application", "applyReorganisation", with(apply_route)},
      {del, one + "/application", "undoReorganisation", with(undo_route)},
  };
}

}  // namespace org
