#include <algorithm>
#include <set>

#include "base/period.h"
#include "direct/indicator_store.h"
#include "journal/journal.h"
#include "org/authority.h"
#include "org/post_store.h"
#include "org/unit_store.h"
#include "report/fact_store.h"
#include "report/narrative_store.h"
#include "report/service.h"

namespace report {
namespace {

using base::ProblemKind;

std::vector<direct::Indicator> read_indicators(store::Tx& tx, const NewRequest& asked,
                                               const base::Period& period,
                                               base::Problems& problems) {
  std::vector<direct::Indicator> found;
  std::set<std::string> seen;
  for (std::size_t i = 0; i < asked.indicators.size(); ++i) {
    const std::string& code = asked.indicators[i];
    const std::string field = "/indicators/" + std::to_string(i);
    const auto indicator = direct::indicator_store::find_by_code(tx, code);
    const auto fault = [&](std::string what, std::vector<std::string> args) {
      problems.push_back({ProblemKind::invalid, std::move(what), field, std::move(args)});
    };
    if (!seen.insert(code).second) {
      fault("request.indicator_twice", {code});
    } else if (!indicator) {
      fault("indicator.unknown", {code});
    } else if (indicator->is_derived()) {
      fault("request.derived_indicator", {code});
    } else if (indicator->frequency && *indicator->frequency != period.frequency()) {
      fault("request.frequency", {code, std::string(base::name(*indicator->frequency)),
                                  std::string(base::name(period.frequency()))});
    } else {
      found.push_back(*indicator);
    }
  }
  if (asked.indicators.empty()) {
    problems.push_back({ProblemKind::invalid, "request.no_indicator", "/indicators", {}});
  }
  return found;
}

void check_units(store::Tx& tx, const NewRequest& asked, const base::Period& period,
                 base::Problems& problems) {
  std::set<org::UnitId> seen;
  for (std::size_t i = 0; i < asked.units.size(); ++i) {
    const org::UnitId unit = asked.units[i];
    const std::string field = "/units/" + std::to_string(i);
    const auto above =
        org::post_store::unit_and_superiors(tx, unit, period.last(), asked.request.line);
    const bool below = unit != asked.request.unit &&
                       std::find(above.begin(), above.end(), asked.request.unit) != above.end();
    if (!seen.insert(unit).second) {
      problems.push_back(
          {ProblemKind::invalid, "request.unit_twice", field, {std::to_string(unit.value)}});
    } else if (!below) {
      problems.push_back({ProblemKind::invalid,
                          "request.unit_not_below",
                          field,
                          {std::to_string(unit.value), period.last().text()}});
    }
  }
  if (asked.units.empty())
    problems.push_back({ProblemKind::invalid, "request.no_unit", "/units", {}});
}

}  // namespace

base::Result<RequestId> create_request(store::Tx& tx, const auth::Actor& actor, Now now,
                                       const NewRequest& asked) {
  RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::request, asked.request.unit, now.day));
  const base::Period period = base::Period::parse(asked.request.period).value();
  base::Problems problems;
  const auto indicators = read_indicators(tx, asked, period, problems);
  check_units(tx, asked, period, problems);
  if (!org::unit_store::line_exists(tx, asked.request.line)) {
    problems.push_back(
        {ProblemKind::invalid, "request.line_unknown", "/line", {asked.request.line}});
  }
  for (auto& fault : faults_of(asked.outline)) problems.push_back(std::move(fault));
  if (!problems.empty()) return base::refuse(std::move(problems));

  const RequestId id = report_store::add_request(tx, asked.request, actor.account(), now.at);
  narrative_store::add_outline(tx, id, asked.outline);
  for (std::size_t i = 0; i < indicators.size(); ++i) {
    report_store::add_indicator(tx, id, static_cast<int>(i), indicators[i].id);
    if (!indicators[i].frequency) {
      direct::indicator_store::set_frequency(tx, indicators[i].id, period.frequency());
    }
  }
  for (const org::UnitId unit : asked.units) {
    const ReportId report = report_store::add_report(tx, id, unit);
    for (const direct::Indicator& indicator : indicators) {
      fact_store::ask(tx, unit, indicator.id, asked.request.period, report);
    }
  }
  journal::record(
      tx, actor, now.at,
      {"request.issued", "request:" + std::to_string(id.value), asked.request.unit.value,
       "{\"indicators\":" + std::to_string(indicators.size()) +
           ",\"units\":" + std::to_string(asked.units.size()) + "}"});
  return id;
}

}  // namespace report
