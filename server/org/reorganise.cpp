#include "org/reorganise.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_set>

#include "journal/journal.h"
#include "org/reorganisation_json.h"
#include "org/unit_store.h"

namespace org {
namespace {

using base::ProblemKind;
using succession_store::Kept;

std::vector<std::string> codes_in(const Plan& plan) {
  std::set<std::string> codes;
  for (const Change& change : plan.changes) codes.insert(change.from.begin(), change.from.end());
  return {codes.begin(), codes.end()};
}

std::vector<UnitId> touched_by(const Outcome& outcome) {
  std::set<UnitId> units;
  for (const Row& row : outcome.rows) {
    if (row.unit > 0) units.insert(UnitId{row.unit});
  }
  for (const Link& link : outcome.links) {
    if (link.from > 0) units.insert(UnitId{link.from});
    if (link.to > 0) units.insert(UnitId{link.to});
  }
  return {units.begin(), units.end()};
}

/// Everything touched, and what new units stand under, is under the owner.
void check_owner(store::Tx& tx, const Plan& plan, UnitId owner, Preview& made) {
  if (!owner) return;
  std::unordered_set<UnitId> own;
  for (const auto& node : unit_store::subtree(tx, owner, plan.on, plan.line)) own.insert(node.id);
  const auto outside = [&](UnitId unit) {
    if (own.contains(unit)) return;
    const Standing* standing = made.before.with_id(unit);
    made.outcome.problems.push_back(
        {ProblemKind::invalid,
         "succession.outside",
         "/events",
         {standing ? standing->code : "", standing ? standing->name : "", plan.line}});
  };
  for (const UnitId unit : made.touched) outside(unit);
  for (const Row& row : made.outcome.rows) {
    for (const Row::Place& place : row.places) {
      if (place.parent && *place.parent > 0) outside(UnitId{*place.parent});
    }
  }
}

std::vector<Displaced> displaced(store::Tx& tx, const Plan& plan, const Preview& made) {
  static constexpr store::Sql kHeld{
      "appointment.at_units",
      "select p.unit_id, c.name, p.role, p.title from appointment a join post p on p.id = "
      "a.post_id join account c on c.id = a.account_id where a.valid_to > :on and a.valid_from < "
      ":on order by p.unit_id, a.id"};
  const std::map<UnitId, UnitKey> heirs(made.outcome.heirs.begin(), made.outcome.heirs.end());
  const std::set<UnitId> ended(made.outcome.ended.begin(), made.outcome.ended.end());
  std::vector<Displaced> people;
  tx.each(kHeld, {{"on", plan.on}}, [&](const store::Row& row) {
    const auto unit = row.id<UnitId>(0);
    if (!ended.contains(unit)) return;
    Displaced one{
        row.string(1), row.string(2), row.string(3), made.before.with_id(unit)->ref(), {}};
    const auto heir = heirs.find(unit);
    if (plan.hand_over && heir != heirs.end()) {
      if (heir->second > 0) {
        one.heir = made.before.with_id(UnitId{heir->second})->ref();
      } else {
        const PlannedUnit& planned = plan.units[static_cast<std::size_t>(-1 - heir->second)];
        one.heir = UnitRef{{}, planned.code, planned.name};
      }
    }
    people.push_back(std::move(one));
  });
  return people;
}

void check_open_reports(const Plan& plan, Preview& made) {
  if (plan.hand_over) return;
  const std::set<UnitId> ended(made.outcome.ended.begin(), made.outcome.ended.end());
  for (const Concern& concern : made.concerns) {
    if (concern.what != "open_reports" || !ended.contains(concern.unit)) continue;
    const Standing& unit = *made.before.with_id(concern.unit);
    made.outcome.problems.push_back({ProblemKind::invalid,
                                     "succession.orphans_reports",
                                     "/hand_over",
                                     {unit.code, unit.name, std::to_string(concern.count)}});
  }
}

base::Result<Kept> kept(store::Tx& tx, On on) {
  auto found = succession_store::find(tx, on.reorganisation);
  if (!found) return base::refuse(ProblemKind::not_found, "succession.not_found");
  if (found->revision != on.revision) {
    return base::refuse(ProblemKind::changed, "succession.changed", "",
                        {std::to_string(on.revision), std::to_string(found->revision)});
  }
  return *std::move(found);
}

std::string object_of(ReorganisationId id) { return "reorganisation:" + std::to_string(id.value); }

void record(store::Tx& tx, const auth::Actor& actor, base::Instant now, const char* act,
            ReorganisationId id, UnitId owner, const std::string& detail) {
  journal::record(tx, actor, now, {act, object_of(id), owner.value, detail});
}

std::string detail_of(const Plan& plan) {
  return http::json::serialize(http::json::object{{"document", plan.document},
                                                  {"events", plan.changes.size()},
                                                  {"on", plan.on.text()},
                                                  {"units", plan.units.size()}});
}

}  // namespace

std::vector<Concern> count_concerns(store::Tx& tx, const std::string& what, const store::Sql& all,
                                    const store::Sql& one, const std::vector<UnitId>& units,
                                    const std::vector<store::Param>& params) {
  constexpr std::size_t kManyUnits = 500;
  std::vector<Concern> made;
  if (units.size() >= kManyUnits) {
    tx.each(all, params, [&](const store::Row& row) {
      const auto unit = row.id<UnitId>(0);
      if (!std::binary_search(units.begin(), units.end(), unit)) return;
      made.push_back({what, unit, row.integer(1)});
    });
    std::sort(made.begin(), made.end(),
              [](const Concern& a, const Concern& b) { return a.unit < b.unit; });
    return made;
  }
  for (const UnitId unit : units) {
    std::vector<store::Param> with_unit = params;
    with_unit.push_back({"unit", unit});
    const std::int64_t count = tx.integer(one, with_unit);
    if (count > 0) made.push_back({what, unit, count});
  }
  return made;
}

Preview preview(store::Tx& tx, const Plan& plan, UnitId owner,
                const std::vector<ConcernsOf>& concerns) {
  Preview made;
  made.before = succession_store::snapshot(tx, plan.on, codes_in(plan));
  made.outcome = judge(plan, made.before);
  if (!unit_store::line_exists(tx, plan.line)) {
    made.outcome.problems.push_back(
        {ProblemKind::invalid, "succession.line_unknown", "/line", {plan.line}});
  }
  made.touched = touched_by(made.outcome);
  check_owner(tx, plan, owner, made);
  for (const ConcernsOf& of : concerns) {
    auto more = of(tx, made.touched, {});
    made.concerns.insert(made.concerns.end(), more.begin(), more.end());
  }
  made.people = displaced(tx, plan, made);
  check_open_reports(plan, made);
  return made;
}

base::Result<ReorganisationId> draft(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                                     UnitId owner, const Plan& plan) {
  Kept made;
  made.owner = owner;
  made.title = plan.title;
  made.document = plan.document;
  made.line = plan.line;
  made.on = plan.on;
  made.plan = http::json::serialize(to_json(plan));
  made.made_by = actor.name();
  made.made_at = now;
  if (!unit_store::line_exists(tx, plan.line)) {
    return base::refuse(ProblemKind::invalid, "succession.line_unknown", "/line", {plan.line});
  }
  const ReorganisationId id = succession_store::add(tx, made);
  record(tx, actor, now, "reorganisation.drafted", id, owner, detail_of(plan));
  return id;
}

base::Result<void> redraft(store::Tx& tx, const auth::Actor& actor, base::Instant now, On on,
                           const Plan& plan) {
  ASSIGN_OR_RETURN(Kept found, kept(tx, on));
  if (found.state != "draft") {
    return base::refuse(ProblemKind::conflict, "succession.not_draft", "", {found.title});
  }
  if (!unit_store::line_exists(tx, plan.line)) {
    return base::refuse(ProblemKind::invalid, "succession.line_unknown", "/line", {plan.line});
  }
  found.title = plan.title;
  found.document = plan.document;
  found.line = plan.line;
  found.on = plan.on;
  found.plan = http::json::serialize(to_json(plan));
  if (!succession_store::replace_plan(tx, found)) {
    return base::refuse(ProblemKind::changed, "succession.changed");
  }
  record(tx, actor, now, "reorganisation.redrafted", found.id, found.owner, detail_of(plan));
  return {};
}

base::Result<void> apply(store::Tx& tx, const auth::Actor& actor, base::Instant now, On on,
                         const std::vector<ConcernsOf>& concerns) {
  ASSIGN_OR_RETURN(const Kept found, kept(tx, on));
  if (found.state != "draft") {
    return base::refuse(ProblemKind::conflict, "succession.not_draft", "", {found.title});
  }
  const Plan plan = kept_plan(found.plan);
  const Preview judged = preview(tx, plan, found.owner, concerns);
  if (!judged.outcome.problems.empty()) return base::refuse(judged.outcome.problems);
  if (judged.outcome.rows.empty() && judged.outcome.links.empty()) {
    return base::refuse(ProblemKind::invalid, "succession.empty", "/events");
  }
  const std::vector<UnitId> made = succession_store::write(tx, found.id, plan, judged.outcome, now);
  succession_store::hand_over(tx, found.id, plan, judged.outcome, made);
  succession_store::set_state(tx, found.id, found.revision, "applied", actor.name(), now);
  record(tx, actor, now, "reorganisation.applied", found.id, found.owner, detail_of(plan));
  return {};
}

base::Result<void> undo(store::Tx& tx, const auth::Actor& actor, base::Instant now, On on,
                        const std::vector<ConcernsOf>& concerns) {
  static constexpr store::Sql kAppointed{
      "appointment.at_made",
      "select count(*) from appointment a join post p on p.id = a.post_id where p.unit_id = :unit "
      "and not exists (select 1 from reorganisation_step s where s.reorganisation_id = :id and "
      "s.part = 'appointment' and s.row_id = a.id)"};
  ASSIGN_OR_RETURN(const Kept found, kept(tx, on));
  if (found.state != "applied") {
    return base::refuse(ProblemKind::conflict, "succession.not_applied", "", {found.title});
  }
  base::Problems problems;
  for (const ReorganisationId later : succession_store::built_on(tx, found)) {
    const auto other = succession_store::find(tx, later);
    problems.push_back({ProblemKind::conflict,
                        "succession.built_on",
                        object_of(later),
                        {other->title, other->on.text()}});
  }
  const std::vector<UnitId> made = succession_store::made(tx, found.id);
  const auto depended = [&](const std::string& what, UnitId unit, std::int64_t count) {
    const UnitRef ref = unit_store::ref(tx, unit, found.on);
    problems.push_back({ProblemKind::conflict,
                        "succession.depended_on",
                        what,
                        {ref.code, ref.name, what, std::to_string(count)}});
  };
  std::vector<UnitId> sorted = made;
  std::sort(sorted.begin(), sorted.end());
  for (const ConcernsOf& of : concerns) {
    for (const Concern& one : of(tx, sorted, {})) depended(one.what, one.unit, one.count);
    for (const Concern& one : of(tx, succession_store::touched(tx, found.id), found.applied_at)) {
      if (!std::binary_search(sorted.begin(), sorted.end(), one.unit)) {
        depended(one.what, one.unit, one.count);
      }
    }
  }
  for (const UnitId unit : made) {
    const std::int64_t count = tx.integer(kAppointed, {{"unit", unit}, {"id", found.id}});
    if (count > 0) depended("appointments", unit, count);
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  succession_store::take_back(tx, found.id);
  succession_store::set_state(tx, found.id, found.revision, "undone", actor.name(), now);
  record(tx, actor, now, "reorganisation.undone", found.id, found.owner, "{}");
  return {};
}

}  // namespace org
