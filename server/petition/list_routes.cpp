#include <algorithm>

#include "org/routes.h"
#include "org/unit_json.h"
#include "org/unit_store.h"
#include "petition/change_petition.h"
#include "petition/desk.h"
#include "petition/petition_json.h"
#include "petition/petition_store.h"

namespace petition {

using auth::Actor;
using base::ProblemKind;
using base::Result;
using http::Request;
using http::Response;
using http::json::array;
using http::json::object;
using http::json::value;

namespace {

/// How many of the newest are held against what is typed, and for how long an answer is one.
constexpr int kNeighbours = 400;
constexpr int kAnswerDays = 365;
constexpr std::size_t kMostShown = 10;

Response list_of(array items, value next = nullptr) {
  return http::json_response(object{{"items", std::move(items)}, {"next", std::move(next)}});
}

template <class T, class Named>
Result<std::optional<T>> asked_named(const Request& request, const char* key, Named named) {
  const auto text = request.asked(key);
  if (!text) return std::optional<T>();
  const std::optional<T> found = named(*text);
  if (!found)
    return base::refuse(ProblemKind::invalid, "json.not_one_of", "?" + std::string(key),
                        {std::string(*text)});
  return found;
}

struct Alike {
  Petition petition;
  int likeness = 0;
  bool is_seen = false;
};

std::vector<Alike> alike_ones(store::Tx& tx, const Actor& actor, base::Date day, org::UnitId unit,
                              std::string_view subject, const std::string& words) {
  const org::Scope scope = org::scope_of(actor, day);
  std::vector<Alike> made;
  for (const PetitionId id : petition_store::neighbours(tx, scope, unit, subject,
                                                        day.plus_days(-kAnswerDays), kNeighbours)) {
    Alike one{petition_store::find(tx, id).value(), 0, false};
    one.likeness = alike(words, words, one.petition.title, one.petition.text);
    if (one.likeness < kAlike || one.petition.raiser(unit) != nullptr) continue;
    one.is_seen = petition_store::in_scope(tx, scope, id);
    made.push_back(std::move(one));
  }
  std::stable_sort(made.begin(), made.end(),
                   [](const Alike& a, const Alike& b) { return a.likeness > b.likeness; });
  if (made.size() > kMostShown) made.resize(kMostShown);
  return made;
}

}  // namespace

Result<Response> list_subjects(const Desk& desk, const Actor&, const Request&) {
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    array items;
    for (const Subject& one : competence_store::subjects(tx)) items.push_back(to_json(one));
    return list_of(std::move(items));
  });
}

Result<Response> list_competences(const Desk& desk, const Actor&, const Request& request) {
  ASSIGN_OR_RETURN(const base::Date day, org::asked_day(request, desk.clock));
  const std::string subject(request.asked("subject").value_or(""));
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    array items;
    for (const Competence& one : competence_store::in_force(tx, subject, day))
      items.push_back(to_json(tx, one, day));
    return list_of(std::move(items));
  });
}

Result<Response> define_competence_route(const Desk& desk, const Actor& actor,
                                         const Request& request) {
  ASSIGN_OR_RETURN(const Competence asked, http::decode<Competence>(request, read_competence));
  const Now now = desk.now();
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const CompetenceId id, define_competence(tx, actor, now, asked));
    return http::json_response(to_json(tx, competence_store::find(tx, id).value(), now.day), 201);
  });
}

Result<Response> end_competence_route(const Desk& desk, const Actor& actor,
                                      const Request& request) {
  ASSIGN_OR_RETURN(const base::Date on, http::decode<base::Date>(request, [](http::Fields& fields) {
                     return fields.date("on");
                   }));
  const CompetenceId id{request.id_parameter("competence")};
  const Now now = desk.now();
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(end_competence(tx, actor, now, id, on));
    return http::json_response(to_json(tx, competence_store::find(tx, id).value(), now.day));
  });
}

Result<Response> list_proposals(const Desk& desk, const Actor& actor, const Request& request) {
  const base::Date day = desk.clock.today();
  const org::UnitId unit{request.id_parameter("unit")};
  const std::string subject(request.asked("subject").value_or(""));
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::see, unit, day));
    if (!competence_store::is_subject(tx, subject))
      return base::refuse(ProblemKind::invalid, "petition.subject_unknown", "?subject", {subject});
    array items;
    for (const Proposal& one : proposals_for(tx, unit, subject, day))
      items.push_back(to_json(tx, one, day));
    return list_of(std::move(items));
  });
}

Result<Response> list_similar(const Desk& desk, const Actor& actor, const Request& request) {
  const base::Date day = desk.clock.today();
  const org::UnitId unit{request.id_parameter("unit")};
  const std::string words(request.asked("q").value_or(""));
  const std::string subject(request.asked("subject").value_or(""));
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::enter, unit, day));
    array items;
    for (const Alike& one : alike_ones(tx, actor, day, unit, subject, words)) {
      // Who raised it is not told to those who do not see it, only how many.
      object head = head_json(tx, one.petition, day);
      if (!one.is_seen) head["unit"] = nullptr;
      head["likeness"] = one.likeness;
      head["is_seen"] = one.is_seen;
      items.push_back(std::move(head));
    }
    return list_of(std::move(items));
  });
}

Result<Response> get_overview(const Desk& desk, const Actor& actor, const Request& request) {
  ASSIGN_OR_RETURN(const base::Date day, org::asked_day(request, desk.clock));
  const org::UnitId unit{request.id_parameter("unit")};
  const base::Date today = desk.clock.today();
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::see, unit, today));
    array subjects;
    for (const SubjectCount& one : overview(tx, unit, day)) subjects.push_back(to_json(one));
    return http::json_response(object{{"unit", org::to_json(org::unit_store::ref(tx, unit, day))},
                                      {"on", day.text()},
                                      {"subjects", std::move(subjects)}});
  });
}

Result<Response> list_petitions(const Desk& desk, const Actor& actor, const Request& request) {
  const base::Date day = desk.clock.today();
  petition_store::Wanted wanted;
  wanted.day = day;
  if (const auto id = org::asked_id(request, "unit")) wanted.raiser = org::UnitId{*id};
  if (const auto id = org::asked_id(request, "under")) wanted.under = org::UnitId{*id};
  if (const auto id = org::asked_id(request, "holder")) wanted.holder = org::UnitId{*id};
  ASSIGN_OR_RETURN(wanted.state, asked_named<State>(request, "state", state_named));
  ASSIGN_OR_RETURN(wanted.kind, asked_named<PetitionKind>(request, "kind", petition_kind_named));
  wanted.subject = request.asked("subject").value_or("");
  wanted.query = request.asked("q").value_or("");
  wanted.is_overdue = request.asked("overdue") == "true";
  wanted.before = org::asked_cursor(request);
  const auto page = static_cast<std::size_t>(org::asked_limit(request, 50, 200));
  wanted.limit = static_cast<int>(page) + 1;
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    auto found = petition_store::visible(tx, org::scope_of(actor, day), wanted);
    const bool more = found.size() > page;
    if (more) found.pop_back();
    array items;
    for (const Petition& one : found) items.push_back(head_json(tx, one, day));
    return list_of(std::move(items),
                   more ? value(std::to_string(found.back().id.value)) : value(nullptr));
  });
}

}  // namespace petition
