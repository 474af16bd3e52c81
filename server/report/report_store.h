#pragma once

#include <optional>
#include <string>
#include <vector>

#include "auth/actor.h"
#include "org/authority.h"
#include "report/regime.h"
#include "report/report.h"
#include "store/db.h"

namespace report {

/// One period of figures asked by a unit of units below it.
struct Request {
  RequestId id;
  org::UnitId unit;
  std::string title;
  std::string line;
  std::string period;
  base::Date due_on;  ///< the last day any of its reports is due
  bool is_illustrative = false;
  std::optional<RegimeId> regime = {};  ///< none when asked ad hoc
  std::optional<Days> window = {};  ///< days its figures are counted in; none when the period's own
  std::string guidance = {};
};

/// One line of a request's form.
struct AskedCell {
  direct::Indicator indicator;
  FactKind kind = FactKind::actual;
  std::string period;  ///< the request's own, or the whole year of an estimate
  std::string heading;
};

struct Counts {
  int draft = 0, submitted = 0, returned = 0, accepted = 0;
  int total() const { return draft + submitted + returned + accepted; }
};

}  // namespace report

/// All SQL of requests and reports.
namespace report::report_store {

RequestId add_request(store::Tx& tx, const Request& request, auth::AccountId account,
                      base::Instant at);
/// An empty period stands for the request's own.
void add_cell(store::Tx& tx, RequestId request, int position, const AskedCell& cell);
ReportId add_report(store::Tx& tx, RequestId request, org::UnitId unit, base::Date due_on);
/// What the report cost its unit when it was asked.
void set_cost(store::Tx& tx, ReportId report, int new_cells, int minutes);

std::optional<Request> find_request(store::Tx& tx, RequestId id);
/// Those asked for what happened, in the form's order.
std::vector<direct::Indicator> indicators(store::Tx& tx, RequestId id);
std::vector<AskedCell> cells(store::Tx& tx, const Request& request);
/// A request of the period with another window that asks the indicator for what happened.
std::optional<Request> with_other_window(store::Tx& tx, direct::IndicatorId indicator,
                                         std::string_view period,
                                         const std::optional<Days>& window);
struct Wanted {
  std::optional<org::UnitId> unit;
  std::string period;  ///< empty for all
  std::int64_t after = 0;
  int limit = 100;
};
/// Newest first, those whose requester or some addressed unit is in scope.
std::vector<Request> requests(store::Tx& tx, const org::Scope& scope, const Wanted& wanted);
bool in_scope(store::Tx& tx, const org::Scope& scope, RequestId id);
/// Over the reports in scope only.
Counts counts(store::Tx& tx, const org::Scope& scope, RequestId id);

struct Overview {
  Report report;
  std::int64_t filled = 0;
  std::int64_t total = 0;
};
std::vector<Overview> reports(store::Tx& tx, const org::Scope& scope, RequestId id);
/// Reports of the units where the account itself holds a post to enter, that are not accepted yet.
std::vector<Overview> owed(store::Tx& tx, const org::Scope& scope);
struct Asked {
  Request request;
  Report report;
};
/// What the unit was asked to report, newest first; `after` is a report's id.
std::vector<Asked> of_unit(store::Tx& tx, org::UnitId unit, std::int64_t after, int limit);
/// Requests with reports waiting for a decision, of the units where the account may decide, and how
/// many wait.
std::vector<std::pair<RequestId, std::int64_t>> waiting(store::Tx& tx, const org::Scope& scope);

std::optional<Report> find(store::Tx& tx, ReportId id);
/// The report with its cells in the request's order.
std::optional<Sheet> sheet(store::Tx& tx, ReportId id);
/// False when someone saved a newer revision first. Bumps the revision of `report`.
[[nodiscard]] bool save(store::Tx& tx, Report& report);

}  // namespace report::report_store
