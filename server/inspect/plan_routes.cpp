#include <algorithm>
#include <charconv>

#include "inspect/change_inspection.h"
#include "inspect/desk.h"
#include "inspect/inspection_json.h"
#include "inspect/inspection_store.h"
#include "inspect/procedure_store.h"
#include "org/routes.h"
#include "org/unit_json.h"
#include "org/unit_store.h"

namespace inspect {

using auth::Actor;
using base::ProblemKind;
using base::Result;
using http::Request;
using http::Response;
using http::json::array;
using http::json::object;
using http::json::value;

namespace {

/// A year as the contract takes it; 0 for anything else.
int year_of(std::string_view text) {
  int year = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), year);
  const bool is_year =
      error == std::errc() && end == text.data() + text.size() && year >= 2000 && year <= 2999;
  return is_year ? year : 0;
}

object page_of(array items, value next) {
  return {{"items", std::move(items)}, {"next", std::move(next)}};
}

}  // namespace

Result<Response> list_procedures(const Desk& desk, const Actor&, const Request& request) {
  ASSIGN_OR_RETURN(const auto day, org::asked_date(request, "on"));
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    array items;
    for (const Procedure& one : procedure_store::all(tx, day)) items.push_back(to_json(one));
    return http::json_response(page_of(std::move(items), nullptr));
  });
}

Result<Response> define_procedure_route(const Desk& desk, const Actor& actor,
                                        const Request& request) {
  ASSIGN_OR_RETURN(const Procedure asked, http::decode<Procedure>(request, read_procedure));
  const Now now = desk.now();
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const ProcedureId id, define_procedure(tx, actor, now, asked));
    return http::json_response(to_json(procedure_store::find(tx, id).value()), 201);
  });
}

Result<Response> get_plan(const Desk& desk, const Actor& actor, const Request& request) {
  const base::Date day = desk.clock.today();
  const org::UnitId unit{request.id_parameter("unit")};
  const int year = year_of(request.parameters.find("year")->second);
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::see, unit, day));
    const org::Scope scope = org::scope_of(actor, day);
    inspection_store::Wanted wanted;
    wanted.year = year;
    wanted.limit = 1000;
    wanted.unit = unit;
    auto found = inspection_store::visible(tx, scope, wanted);
    wanted.unit.reset();
    wanted.subject = unit;
    for (Inspection& one : inspection_store::visible(tx, scope, wanted))
      if (one.unit != unit) found.push_back(std::move(one));
    std::stable_sort(found.begin(), found.end(), [](const Inspection& a, const Inspection& b) {
      return std::pair(a.quarter, a.id) < std::pair(b.quarter, b.id);
    });
    array items, warnings;
    const auto warn = [&](const std::vector<PlanWarning>& more) {
      for (const PlanWarning& one : more) {
        value told = to_json(one);  // both that clash say so
        if (std::find(warnings.begin(), warnings.end(), told) == warnings.end()) {
          warnings.push_back(std::move(told));
        }
      }
    };
    for (const Inspection& one : found) {
      items.push_back(head_json(tx, one, day));
      if (one.unit != unit || one.state == State::cancelled) continue;
      warn(units_weighed(tx, one, day));
      warn(members_weighed(tx, one, one.team));
    }
    return http::json_response(object{{"unit", org::to_json(org::unit_store::ref(tx, unit, day))},
                                      {"year", year},
                                      {"items", std::move(items)},
                                      {"warnings", std::move(warnings)}});
  });
}

Result<Response> list_inspections(const Desk& desk, const Actor& actor, const Request& request) {
  const base::Date day = desk.clock.today();
  inspection_store::Wanted wanted;
  if (const auto id = org::asked_id(request, "unit")) wanted.unit = org::UnitId{*id};
  if (const auto id = org::asked_id(request, "subject")) wanted.subject = org::UnitId{*id};
  if (const auto state = request.asked("state")) {
    wanted.state = state_named(*state);
    if (!wanted.state)
      return base::refuse(ProblemKind::invalid, "json.not_one_of", "?state",
                          {"planned, …, closed"});
  }
  wanted.is_mine = request.asked("mine") == "true";
  wanted.before = org::asked_cursor(request);
  const auto page = static_cast<std::size_t>(org::asked_limit(request, 50, 200));
  wanted.limit = static_cast<int>(page) + 1;
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    auto found = inspection_store::visible(tx, org::scope_of(actor, day), wanted);
    const bool more = found.size() > page;
    if (more) found.pop_back();
    array items;
    for (const Inspection& one : found) items.push_back(head_json(tx, one, day));
    return http::json_response(page_of(
        std::move(items), more ? value(std::to_string(found.back().id.value)) : value(nullptr)));
  });
}

Result<Response> create_inspection(const Desk& desk, const Actor& actor, const Request& request) {
  ASSIGN_OR_RETURN(const AskedInspection asked,
                   http::decode<AskedInspection>(request, [](http::Fields& fields) {
                     return read_inspection(fields, true);
                   }));
  const Now now = desk.now();
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const InspectionId id, plan_inspection(tx, actor, now, asked));
    return inspection_response(tx, actor, now.day, id, 201);
  });
}

Result<Response> get_inspection(const Desk& desk, const Actor& actor, const Request& request) {
  const base::Date day = desk.clock.today();
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const Inspection found,
                     seen_inspection(tx, actor, day, {request.id_parameter("inspection")}));
    return inspection_response(tx, actor, day, found.id);
  });
}

Result<Response> replace_inspection_route(const Desk& desk, const Actor& actor,
                                          const Request& request) {
  ASSIGN_OR_RETURN(const AskedInspection asked,
                   http::decode<AskedInspection>(request, [](http::Fields& fields) {
                     return read_inspection(fields, false);
                   }));
  return on_one(desk, actor, request, [&](store::Tx& tx, Now now, OnInspection on) {
    return replace_inspection(tx, actor, now, on, asked);
  });
}

Result<Response> put_team_route(const Desk& desk, const Actor& actor, const Request& request) {
  struct Asked {
    std::vector<Member> team;
    std::string reason;
  };
  ASSIGN_OR_RETURN(const Asked asked, http::decode<Asked>(request, [](http::Fields& fields) {
                     return Asked{read_team(fields),
                                  fields.maybe_text("reason", 1000).value_or("")};
                   }));
  return on_one(desk, actor, request, [&](store::Tx& tx, Now now, OnInspection on) {
    return put_team(tx, actor, now, on, asked.team, asked.reason);
  });
}

Result<Response> put_outline_route(const Desk& desk, const Actor& actor, const Request& request) {
  ASSIGN_OR_RETURN(const AskedOutline asked, http::decode<AskedOutline>(request, read_outline));
  return on_one(desk, actor, request, [&](store::Tx& tx, Now now, OnInspection on) {
    return put_outline(tx, actor, now, on, asked);
  });
}

Result<Response> decide_route(const Desk& desk, const Actor& actor, const Request& request) {
  struct Asked {
    std::optional<int> days;
    std::string reason;
  };
  ASSIGN_OR_RETURN(const Asked asked, http::decode<Asked>(request, [](http::Fields& fields) {
                     Asked made;
                     if (const auto days = fields.maybe_integer("days", 1, 1000))
                       made.days = static_cast<int>(*days);
                     made.reason = fields.maybe_text("reason", 1000).value_or("");
                     return made;
                   }));
  return on_one(desk, actor, request, [&](store::Tx& tx, Now now, OnInspection on) {
    return decide_inspection(tx, actor, now, on, asked.days, asked.reason);
  });
}

Result<Response> list_conclusions(const Desk& desk, const Actor& actor, const Request& request) {
  const base::Date day = desk.clock.today();
  const auto unit = org::asked_id(request, "unit");
  const auto asked_year = request.asked("year");
  const int year = asked_year ? year_of(*asked_year) : 0;
  if (asked_year && year == 0)
    return base::refuse(ProblemKind::invalid, "inspection.year", "?year",
                        {std::string(*asked_year)});
  const std::int64_t skip = org::asked_cursor(request);
  const auto page = static_cast<std::size_t>(org::asked_limit(request, 50, 200));
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    std::optional<org::UnitId> of;
    if (unit) {
      of = org::UnitId{*unit};
      RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::see, *of, day));
    }
    auto found = inspection_store::concluded(tx, org::scope_of(actor, day), of, year, skip,
                                             static_cast<int>(page) + 1);
    const bool more = found.size() > page;
    if (more) found.pop_back();
    array items;
    for (const auto& one : found) {
      const Inspection inspection = inspection_store::find(tx, one.inspection).value();
      items.push_back(conclusion_json(tx, inspection, one.unit, day));
    }
    const std::int64_t next = skip + static_cast<std::int64_t>(page);
    return http::json_response(
        page_of(std::move(items), more ? value(std::to_string(next)) : value(nullptr)));
  });
}

}  // namespace inspect
