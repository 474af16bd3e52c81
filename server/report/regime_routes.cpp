#include <charconv>

#include "http/json.h"
#include "journal/journal.h"
#include "org/authority.h"
#include "org/routes.h"
#include "org/unit_json.h"
#include "org/unit_store.h"
#include "report/burden.h"
#include "report/desk.h"
#include "report/regime_json.h"
#include "report/regime_store.h"
#include "report/report_json.h"

namespace report {
namespace {

using auth::Actor;
using base::ProblemKind;
using base::Result;
using http::Response;
using http::json::array;
using http::json::object;
using http::json::value;

Result<Regime> seen_regime(store::Tx& tx, const Actor& actor, base::Date day, RegimeId id) {
  auto found = regime_store::in_scope(tx, org::scope_of(actor, day), id)
                   ? regime_store::find(tx, id)
                   : std::nullopt;
  if (!found) {
    return base::refuse(ProblemKind::not_found, "regime.not_found");
  }
  return *std::move(found);
}

object described(store::Tx& tx, const Actor& actor, base::Date day, const Regime& regime) {
  return regime_json(tx, regime, day,
                     org::allows(tx, actor, org::Act::request, regime.unit, day).has_value());
}

Response regime_response(store::Tx& tx, const Actor& actor, base::Date day, RegimeId id,
                         int status = 200) {
  const Regime regime = regime_store::find(tx, id).value();
  Response response = http::json_response(described(tx, actor, day, regime), status);
  response.headers.emplace_back("ETag", "\"" + std::to_string(regime.revision) + "\"");
  return response;
}

/// A period of a regime, asked by a unit; the regime's owner when it is not said.
struct Issue {
  std::optional<org::UnitId> by;
  base::Period period;
};
Issue read_issue(http::Fields& fields) {
  Issue made;
  if (const auto unit = fields.maybe_integer("unit", 1, 1LL << 53)) made.by = org::UnitId{*unit};
  made.period = fields.period("period");
  return made;
}

Result<NewRequest> asked_by_regime(store::Tx& tx, const Actor& actor, Now now, RegimeId regime,
                                   const Issue& issue) {
  ASSIGN_OR_RETURN(const Regime seen, seen_regime(tx, actor, now.day, regime));
  return request_of_regime(tx, actor, now, regime, issue.by.value_or(seen.unit), issue.period);
}

/// What the burden is asked of: a regime's period, or a request as one would issue it.
struct Weighed {
  std::optional<RegimeId> regime;
  Issue issue;
  NewRequest request;
};
Weighed read_weighed(http::Fields& fields) {
  Weighed made;
  if (const auto regime = fields.maybe_integer("regime", 1, 1LL << 53)) {
    made.regime = RegimeId{*regime};
    made.issue = read_issue(fields);
  } else {
    made.request = read_request(fields);
  }
  return made;
}

Result<int> asked_year(const http::Request& request) {
  const std::string text = request.parameters.find("year")->second;
  int year = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), year);
  if (error != std::errc() || end != text.data() + text.size() || year < 1900 || year > 9999) {
    return base::refuse(ProblemKind::not_found, "burden.year", "", {text});
  }
  return year;
}

object year_json(store::Tx& tx, org::UnitId unit, int year, base::Date day) {
  array lines;
  std::int64_t minutes = 0;
  for (const YearLine& line : year_of(tx, unit, year)) {
    minutes += line.minutes;
    lines.push_back(
        object{{"requester", org::to_json(org::unit_store::ref(tx, line.requester, day))},
               {"regime", line.regime ? value(line.regime->value) : value(nullptr)},
               {"name", line.name},
               {"reports", line.reports},
               {"new_cells", line.new_cells},
               {"minutes", line.minutes}});
  }
  const auto allowed = budget(tx, unit, year);
  return {{"unit", org::to_json(org::unit_store::ref(tx, unit, day))},
          {"year", year},
          {"minutes", minutes},
          {"budget", allowed ? value(*allowed) : value(nullptr)},
          {"lines", std::move(lines)}};
}

}  // namespace

Result<Response> list_regimes(const Desk& desk, const Actor& actor, const http::Request& request) {
  const base::Date day = desk.clock.today();
  regime_store::Wanted wanted;
  if (const auto unit = org::asked_id(request, "unit")) wanted.unit = org::UnitId{*unit};
  wanted.after = org::asked_cursor(request);
  const auto page = static_cast<std::size_t>(org::asked_limit(request, 50, 200));
  wanted.limit = static_cast<int>(page) + 1;
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    auto found = regime_store::visible(tx, org::scope_of(actor, day), wanted);
    const bool more = found.size() > page;
    if (more) found.pop_back();
    array items;
    for (const Regime& regime : found) items.push_back(described(tx, actor, day, regime));
    return http::json_response(
        object{{"items", std::move(items)},
               {"next", more ? value(std::to_string(found.back().id.value)) : value(nullptr)}});
  });
}

Result<Response> create_regime_route(const Desk& desk, const Actor& actor,
                                     const http::Request& request) {
  ASSIGN_OR_RETURN(const Regime asked, http::decode<Regime>(request, [](http::Fields& fields) {
                     return read_regime(fields, true);
                   }));
  const Now now = desk.now();
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const RegimeId id, define_regime(tx, actor, now, asked));
    return regime_response(tx, actor, now.day, id, 201);
  });
}

Result<Response> get_regime(const Desk& desk, const Actor& actor, const http::Request& request) {
  const base::Date day = desk.clock.today();
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const Regime regime,
                     seen_regime(tx, actor, day, {request.id_parameter("regime")}));
    return regime_response(tx, actor, day, regime.id);
  });
}

Result<Response> replace_regime_route(const Desk& desk, const Actor& actor,
                                      const http::Request& request) {
  ASSIGN_OR_RETURN(Regime asked, http::decode<Regime>(request, [](http::Fields& fields) {
                     return read_regime(fields, false);
                   }));
  const auto revision = org::asked_revision(request);
  if (!revision) return base::refuse(ProblemKind::invalid, "regime.revision_missing", "If-Match");
  asked.id = {request.id_parameter("regime")};
  asked.revision = *revision;
  const Now now = desk.now();
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const RegimeId id, define_regime(tx, actor, now, asked));
    return regime_response(tx, actor, now.day, id);
  });
}

Result<Response> issue_regime_route(const Desk& desk, const Actor& actor,
                                    const http::Request& request) {
  ASSIGN_OR_RETURN(const Issue issue, http::decode<Issue>(request, read_issue));
  const Now now = desk.now();
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const NewRequest asked,
                     asked_by_regime(tx, actor, now, {request.id_parameter("regime")}, issue));
    ASSIGN_OR_RETURN(const RequestId id, create_request(tx, actor, now, asked));
    return http::json_response(request_json(tx, report_store::find_request(tx, id).value(),
                                            org::scope_of(actor, now.day), true),
                               201);
  });
}

Result<Response> weigh_request(const Desk& desk, const Actor& actor, const http::Request& request) {
  ASSIGN_OR_RETURN(const Weighed weighed, http::decode<Weighed>(request, read_weighed));
  const Now now = desk.now();
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    NewRequest asked = weighed.request;
    if (weighed.regime) {
      ASSIGN_OR_RETURN(asked, asked_by_regime(tx, actor, now, *weighed.regime, weighed.issue));
    }
    ASSIGN_OR_RETURN(const Burden burden, burden_of(tx, actor, now, asked));
    return http::json_response(burden_json(tx, burden, now.day));
  });
}

Result<Response> get_burden(const Desk& desk, const Actor& actor, const http::Request& request) {
  const base::Date day = desk.clock.today();
  const org::UnitId unit{request.id_parameter("unit")};
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::see, unit, day));
    ASSIGN_OR_RETURN(const int year, asked_year(request));
    return http::json_response(year_json(tx, unit, year, day));
  });
}

Result<Response> put_budget(const Desk& desk, const Actor& actor, const http::Request& request) {
  ASSIGN_OR_RETURN(const std::int64_t minutes,
                   http::decode<std::int64_t>(request, [](http::Fields& fields) {
                     return fields.integer("minutes", 1, 1'000'000);
                   }));
  const Now now = desk.now();
  const org::UnitId unit{request.id_parameter("unit")};
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::see, unit, now.day));
    ASSIGN_OR_RETURN(const int year, asked_year(request));
    RETURN_IF_REFUSED(set_budget(tx, actor, now, unit, year, minutes));
    return http::json_response(year_json(tx, unit, year, now.day));
  });
}

}  // namespace report
