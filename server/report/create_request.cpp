#include <algorithm>
#include <set>

#include "base/period.h"
#include "direct/indicator_store.h"
#include "journal/journal.h"
#include "org/authority.h"
#include "org/post_store.h"
#include "org/unit_store.h"
#include "report/burden.h"
#include "report/fact_store.h"
#include "report/narrative_store.h"
#include "report/service.h"

namespace report {
namespace {

using base::ProblemKind;

/// One line asked, checked as it is read.
class Lines {
 public:
  Lines(store::Tx& tx, const NewRequest& asked, const base::Period& period)
      : tx_(tx), asked_(asked), period_(period) {}

  void read(const std::string& code, FactKind kind, const std::string& period,
            const std::string& heading, std::string field) {
    field_ = std::move(field);
    const auto indicator = direct::indicator_store::find_by_code(tx_, code);
    if (!seen_.emplace(code, kind).second) return fault("request.indicator_twice", {code});
    if (!indicator) return fault("indicator.unknown", {code});
    if (indicator->is_derived()) return fault("request.derived_indicator", {code});
    const std::optional<base::Period> own = base::Period::parse(period);
    const bool is_year = own && own->frequency() == base::Frequency::year &&
                         own->year() == period_.year() && kind == FactKind::estimate;
    if (!own || (*own != period_ && !is_year)) return fault("request.line_period", {code, period});
    if (kind == FactKind::actual && indicator->frequency &&
        *indicator->frequency != period_.frequency()) {
      return fault("request.frequency", {code, std::string(base::name(*indicator->frequency)),
                                         std::string(base::name(period_.frequency()))});
    }
    if (kind == FactKind::actual) check_window(*indicator);
    cells_.push_back({*indicator, kind, period, heading});
  }

  std::vector<AskedCell> cells() { return std::move(cells_); }
  base::Problems problems() { return std::move(problems_); }

 private:
  void check_window(const direct::Indicator& indicator) {
    const auto other =
        report_store::with_other_window(tx_, indicator.id, period_.text(), asked_.request.window);
    if (!other) return;
    const Days days = other->window.value_or(Days{period_.first(), period_.end()});
    fault("request.window_differs",
          {indicator.code, other->title, days.from.text(), days.to.plus_days(-1).text()});
  }
  void fault(std::string code, std::vector<std::string> args) {
    problems_.push_back({ProblemKind::invalid, std::move(code), field_, std::move(args)});
  }

  store::Tx& tx_;
  const NewRequest& asked_;
  const base::Period& period_;
  std::string field_;
  std::set<std::pair<std::string, FactKind>> seen_;
  std::vector<AskedCell> cells_;
  base::Problems problems_;
};

std::vector<AskedCell> read_lines(store::Tx& tx, const NewRequest& asked,
                                  const base::Period& period, base::Problems& problems) {
  Lines lines(tx, asked, period);
  for (std::size_t i = 0; i < asked.indicators.size(); ++i) {
    lines.read(asked.indicators[i], FactKind::actual, asked.request.period,
               i < asked.headings.size() ? asked.headings[i] : "",
               "/indicators/" + std::to_string(i));
  }
  for (std::size_t i = 0; i < asked.estimates.size(); ++i) {
    const NewRequest::Estimate& line = asked.estimates[i];
    lines.read(line.indicator, FactKind::estimate,
               line.period.empty() ? asked.request.period : line.period, line.heading,
               "/estimates/" + std::to_string(i));
  }
  base::Problems own = lines.problems();
  problems.insert(problems.end(), own.begin(), own.end());
  std::vector<AskedCell> cells = lines.cells();
  if (asked.indicators.empty() && asked.estimates.empty() && asked.outline.empty()) {
    problems.push_back({ProblemKind::invalid, "request.no_indicator", "/indicators", {}});
  }
  return cells;
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

/// One unit's report with a blank fact for each cell nobody has asked of it yet.
void ask_unit(store::Tx& tx, RequestId request, org::UnitId unit, base::Date due,
              const std::vector<AskedCell>& cells, int sections) {
  const ReportId report = report_store::add_report(tx, request, unit, due);
  int fresh = 0;
  for (const AskedCell& cell : cells) {
    fresh += fact_store::ask(tx, unit, cell.indicator.id, cell.period, cell.kind, report) ? 1 : 0;
  }
  report_store::set_cost(tx, report, fresh, minutes_of(fresh, sections));
}

}  // namespace

base::Result<CheckedRequest> check_request(store::Tx& tx, const auth::Actor& actor, Now now,
                                           const NewRequest& asked) {
  RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::request, asked.request.unit, now.day));
  CheckedRequest checked{base::Period::parse(asked.request.period).value(), {}};
  base::Problems problems;
  checked.cells = read_lines(tx, asked, checked.period, problems);
  check_units(tx, asked, checked.period, problems);
  if (!org::unit_store::line_exists(tx, asked.request.line)) {
    problems.push_back(
        {ProblemKind::invalid, "request.line_unknown", "/line", {asked.request.line}});
  }
  for (auto& fault : faults_of(asked.outline)) problems.push_back(std::move(fault));
  if (!problems.empty()) return base::refuse(std::move(problems));
  return checked;
}

base::Result<RequestId> create_request(store::Tx& tx, const auth::Actor& actor, Now now,
                                       const NewRequest& asked) {
  ASSIGN_OR_RETURN(const CheckedRequest checked, check_request(tx, actor, now, asked));
  Request request = asked.request;
  for (const base::Date due : asked.due) request.due_on = std::max(request.due_on, due);
  const RequestId id = report_store::add_request(tx, request, actor.account(), now.at);
  narrative_store::add_outline(tx, id, asked.outline);
  int position = 0;
  for (AskedCell cell : checked.cells) {
    if (cell.kind == FactKind::actual && !cell.indicator.frequency) {
      direct::indicator_store::set_frequency(tx, cell.indicator.id, checked.period.frequency());
    }
    if (cell.period == request.period) cell.period.clear();
    report_store::add_cell(tx, id, position++, cell);
  }
  for (std::size_t i = 0; i < asked.units.size(); ++i) {
    ask_unit(tx, id, asked.units[i], i < asked.due.size() ? asked.due[i] : request.due_on,
             checked.cells, static_cast<int>(asked.outline.size()));
  }
  journal::record(tx, actor, now.at,
                  {"request.issued", "request:" + std::to_string(id.value), request.unit.value,
                   "{\"indicators\":" + std::to_string(checked.cells.size()) +
                       ",\"units\":" + std::to_string(asked.units.size()) + "}"});
  return id;
}

}  // namespace report
