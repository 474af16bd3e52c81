#include "report/report_store.h"

#include <map>

#include "direct/indicator_store.h"
#include "report/fact_store.h"
#include "report/narrative_store.h"

namespace report::report_store {
namespace {

#define REQUEST_COLUMNS                                                                           \
  "select q.id, q.unit_id, q.title, q.line, q.period, q.due_on, q.is_illustrative, q.regime_id, " \
  "q.window_from, q.window_to, q.guidance from request q "
#define REPORT_COLUMNS                                                                    \
  "select r.id, r.request_id, r.unit_id, r.state, r.revision, r.remark, r.submitted_at, " \
  "r.submitted_by, r.accepted_at, r.accepted_by, r.due_on"

Request request_of(const store::Row& row) {
  Request made{row.id<RequestId>(0), row.id<org::UnitId>(1), row.string(2),
               row.string(3),        row.string(4),          row.date(5),
               row.integer(6) != 0};
  if (!row.is_null(7)) made.regime = row.id<RegimeId>(7);
  if (!row.is_null(8)) made.window = Days{row.date(8), row.date(9)};
  made.guidance = row.string(10);
  return made;
}

std::optional<base::Instant> instant_or_none(const store::Row& row, int column) {
  return row.is_null(column) ? std::nullopt : std::optional(row.instant(column));
}

Report report_of(const store::Row& row) {
  return {row.id<ReportId>(0),
          row.id<RequestId>(1),
          row.id<org::UnitId>(2),
          report_state_named(row.text(3)).value(),
          row.integer(4),
          row.string(5),
          instant_or_none(row, 6),
          instant_or_none(row, 8),
          row.maybe_text(7).value_or(""),
          row.maybe_text(9).value_or(""),
          row.date(10)};
}

std::vector<store::Param> scope_params(const org::Scope& scope) {
  return {{"account", scope.account}, {"day", scope.day}, {"sees_all", scope.sees_all ? 1 : 0}};
}

// How many cells of report r are asked, and how many are no longer blank.
#define REPORT_PROGRESS                                                                         \
  ", (select count(*) from request_indicator i join fact f on f.indicator_id = i.indicator_id " \
  "and f.kind = i.kind where i.request_id = r.request_id and f.unit_id = r.unit_id and "        \
  "f.period = case when i.period = '' then q.period else i.period end and f.state <> 0), "      \
  "(select count(*) from request_indicator i where i.request_id = r.request_id) "               \
  "from report r join request q on q.id = r.request_id "

Overview overview_of(const store::Row& row) {
  return {report_of(row), row.integer(11), row.integer(12)};
}

}  // namespace

RequestId add_request(store::Tx& tx, const Request& request, auth::AccountId account,
                      base::Instant at) {
  static constexpr store::Sql kAdd{
      "request.add",
      "insert into request (unit_id, title, line, period, due_on, is_illustrative, regime_id, "
      "window_from, window_to, guidance, account_id, at) values (:unit, :title, :line, :period, "
      ":due, :illustrative, :regime, :from, :to, :guidance, :account, :at) returning id"};
  return {tx.integer(
      kAdd,
      {{"unit", request.unit},
       {"title", request.title},
       {"line", request.line},
       {"period", request.period},
       {"due", request.due_on},
       {"illustrative", request.is_illustrative ? 1 : 0},
       {"regime", request.regime},
       {"from", request.window ? store::Value(request.window->from) : store::Value(std::nullopt)},
       {"to", request.window ? store::Value(request.window->to) : store::Value(std::nullopt)},
       {"guidance", request.guidance},
       {"account", account},
       {"at", at}})};
}

void add_cell(store::Tx& tx, RequestId request, int position, const AskedCell& cell) {
  static constexpr store::Sql kAdd{
      "request_indicator.add",
      "insert into request_indicator (request_id, position, indicator_id, kind, period, heading) "
      "values (:request, :position, :indicator, :kind, :period, :heading)"};
  tx.run(kAdd, {{"request", request},
                {"position", position},
                {"indicator", cell.indicator.id},
                {"kind", static_cast<int>(cell.kind)},
                {"period", cell.period},
                {"heading", cell.heading}});
}

ReportId add_report(store::Tx& tx, RequestId request, org::UnitId unit, base::Date due_on) {
  static constexpr store::Sql kAdd{"report.add",
                                   "insert into report (request_id, unit_id, state, due_on) values "
                                   "(:request, :unit, 'draft', :due) returning id"};
  return {tx.integer(kAdd, {{"request", request}, {"unit", unit}, {"due", due_on}})};
}

void set_cost(store::Tx& tx, ReportId report, int new_cells, int minutes) {
  static constexpr store::Sql kSet{
      "report.set_cost", "update report set new_cells = :cells, minutes = :minutes where id = :id"};
  tx.run(kSet, {{"cells", new_cells}, {"minutes", minutes}, {"id", report}});
}

std::optional<Request> find_request(store::Tx& tx, RequestId id) {
  static constexpr store::Sql kFind{"request.find", REQUEST_COLUMNS "where q.id = :id"};
  return tx.one(kFind, {{"id", id}}, request_of);
}

std::vector<direct::Indicator> indicators(store::Tx& tx, RequestId id) {
  static constexpr store::Sql kIds{
      "request_indicator.of_request",
      "select indicator_id from request_indicator where request_id = :request and kind = 0 order "
      "by position"};
  const auto ids = tx.all(kIds, {{"request", id}},
                          [](const store::Row& row) { return row.id<direct::IndicatorId>(0); });
  return direct::indicator_store::find_all(tx, ids);
}

std::vector<AskedCell> cells(store::Tx& tx, const Request& request) {
  static constexpr store::Sql kCells{
      "request_indicator.cells",
      "select indicator_id, kind, period, heading from request_indicator where request_id = "
      ":request order by position"};
  std::vector<AskedCell> found =
      tx.all(kCells, {{"request", request.id}}, [&](const store::Row& row) {
        AskedCell cell;
        cell.indicator.id = row.id<direct::IndicatorId>(0);
        cell.kind = static_cast<FactKind>(row.integer(1));
        cell.period = row.text(2).empty() ? request.period : row.string(2);
        cell.heading = row.string(3);
        return cell;
      });
  std::vector<direct::IndicatorId> ids;
  for (const AskedCell& cell : found) ids.push_back(cell.indicator.id);
  auto indicators = direct::indicator_store::find_all(tx, ids);
  for (std::size_t i = 0; i < found.size(); ++i) found[i].indicator = std::move(indicators[i]);
  return found;
}

std::optional<Request> with_other_window(store::Tx& tx, direct::IndicatorId indicator,
                                         std::string_view period,
                                         const std::optional<Days>& window) {
  static constexpr store::Sql kFind{
      "request.with_other_window", REQUEST_COLUMNS
      "where q.period = :period and (coalesce(q.window_from, '') <> :from or "
      "coalesce(q.window_to, '') <> :to) and exists (select 1 from request_indicator i where "
      "i.request_id = q.id and i.indicator_id = :indicator and i.kind = 0) order by q.id limit 1"};
  return tx.one(kFind,
                {{"period", period},
                 {"from", window ? window->from.text() : std::string()},
                 {"to", window ? window->to.text() : std::string()},
                 {"indicator", indicator}},
                request_of);
}

std::vector<Request> requests(store::Tx& tx, const org::Scope& scope, const Wanted& wanted) {
  static constexpr store::Sql kVisible{"request.visible",
                                       "with recursive " ORG_VISIBLE_UNITS REQUEST_COLUMNS
                                       "where (:after = 0 or q.id < :after) and (:unit = 0 or "
                                       "q.unit_id = :unit) and (:period = '' or q.period = "
                                       ":period) and (q.unit_id in (select unit_id from visible) "
                                       "or exists (select 1 from report r where "
                                       "r.request_id = q.id and r.unit_id in (select unit_id from "
                                       "visible))) order by q.id desc limit :limit"};
  auto params = scope_params(scope);
  params.push_back({"after", wanted.after});
  params.push_back({"unit", wanted.unit ? wanted.unit->value : 0});
  params.push_back({"period", wanted.period});
  params.push_back({"limit", wanted.limit});
  return tx.all(kVisible, params, request_of);
}

bool in_scope(store::Tx& tx, const org::Scope& scope, RequestId id) {
  static constexpr store::Sql kCount{"request.in_scope",
                                     "with recursive " ORG_VISIBLE_UNITS
                                     "select count(*) from request q where q.id = :id and "
                                     "(q.unit_id in (select unit_id from visible) or exists "
                                     "(select 1 from report r where r.request_id = q.id and "
                                     "r.unit_id in (select unit_id from visible)))"};
  auto params = scope_params(scope);
  params.push_back({"id", id});
  return tx.integer(kCount, params) > 0;
}

Counts counts(store::Tx& tx, const org::Scope& scope, RequestId id) {
  static constexpr store::Sql kCounts{"report.counts",
                                      "with recursive " ORG_VISIBLE_UNITS
                                      "select r.state, count(*) from report r where r.request_id = "
                                      ":id and r.unit_id in (select unit_id from "
                                      "visible) group by r.state"};
  auto params = scope_params(scope);
  params.push_back({"id", id});
  Counts made;
  tx.each(kCounts, params, [&](const store::Row& row) {
    const int number = static_cast<int>(row.integer(1));
    switch (report_state_named(row.text(0)).value()) {
      case ReportState::draft:
        made.draft = number;
        break;
      case ReportState::submitted:
        made.submitted = number;
        break;
      case ReportState::returned:
        made.returned = number;
        break;
      case ReportState::accepted:
        made.accepted = number;
        break;
    }
  });
  return made;
}

std::vector<Overview> reports(store::Tx& tx, const org::Scope& scope, RequestId id) {
  static constexpr store::Sql kReports{
      "report.of_request",
      "with recursive " ORG_VISIBLE_UNITS REPORT_COLUMNS REPORT_PROGRESS
      "where r.request_id = :id and r.unit_id in (select unit_id from visible) order by r.id"};
  auto params = scope_params(scope);
  params.push_back({"id", id});
  return tx.all(kReports, params, overview_of);
}

std::vector<Overview> owed(store::Tx& tx, const org::Scope& scope) {
  static constexpr store::Sql kOwed{"report.owed", REPORT_COLUMNS REPORT_PROGRESS
                                    "where r.state <> 'accepted' and r.unit_id in (select "
                                    "p.unit_id from post p join appointment a on a.post_id = "
                                    "p.id where a.account_id = :account and a.valid_from <= :day "
                                    "and :day < a.valid_to and p.role in ('clerk', "
                                    "'compiler', 'head')) order by r.due_on, r.id limit 500"};
  return tx.all(kOwed, {{"account", scope.account}, {"day", scope.day}}, overview_of);
}

std::vector<Asked> of_unit(store::Tx& tx, org::UnitId unit, std::int64_t after, int limit) {
  static constexpr store::Sql kOfUnit{
      "report.of_unit", REPORT_COLUMNS
      ", q.id, q.unit_id, q.title, q.line, q.period, q.due_on, q.is_illustrative from report r "
      "join "
      "request q on q.id = r.request_id where r.unit_id = :unit and (:after = 0 or r.id < :after) "
      "order by r.id desc limit :limit"};
  return tx.all(kOfUnit, {{"unit", unit}, {"after", after}, {"limit", limit}},
                [](const store::Row& row) {
                  return Asked{{row.id<RequestId>(11), row.id<org::UnitId>(12), row.string(13),
                                row.string(14), row.string(15), row.date(16), row.integer(17) != 0},
                               report_of(row)};
                });
}

std::vector<std::pair<RequestId, std::int64_t>> waiting(store::Tx& tx, const org::Scope& scope) {
  static constexpr store::Sql kWaiting{
      "request.waiting",
      "select q.id, count(*) from request q join report r on r.request_id = q.id and r.state = "
      "'submitted' where "
      "q.unit_id in (select p.unit_id from post p join appointment a on a.post_id = p.id where "
      "a.account_id = :account "
      "and a.valid_from <= :day and :day < a.valid_to and p.role in ('compiler', 'head')) group by "
      "q.id, q.due_on "
      "order by q.due_on, q.id limit 500"};
  return tx.all(
      kWaiting, {{"account", scope.account}, {"day", scope.day}},
      [](const store::Row& row) { return std::pair(row.id<RequestId>(0), row.integer(1)); });
}

std::optional<Report> find(store::Tx& tx, ReportId id) {
  static constexpr store::Sql kFind{"report.find",
                                    REPORT_COLUMNS " from report r where r.id = :id"};
  return tx.one(kFind, {{"id", id}}, report_of);
}

std::optional<Sheet> sheet(store::Tx& tx, ReportId id) {
  const auto report = find(tx, id);
  if (!report) return std::nullopt;
  const Request request = find_request(tx, report->request).value();
  Sheet made{*report, {}, {}};
  auto asked = cells(tx, request);
  auto facts = fact_store::of_report(tx, report->id);
  // Every cell of a request was made with it, so a missing one is a broken database.
  if (facts.size() != asked.size()) throw store::Failure("report.sheet: a cell is missing");
  for (std::size_t i = 0; i < asked.size(); ++i) {
    made.cells.push_back(
        {std::move(asked[i].indicator), std::move(facts[i]), std::move(asked[i].heading)});
  }
  made.narrative = narrative_store::of_report(tx, id, report->request);
  return made;
}

bool save(store::Tx& tx, Report& report) {
  static constexpr store::Sql kSave{"report.save",
                                    "update report set state = :state, remark = :remark, "
                                    "submitted_at = :submitted_at, submitted_by = "
                                    ":submitted_by, accepted_at = :accepted_at, accepted_by = "
                                    ":accepted_by, revision = revision + 1 where id = "
                                    ":id and revision = :revision"};
  const std::int64_t changed = tx.run(kSave, {{"state", name(report.state)},
                                              {"remark", report.remark},
                                              {"submitted_at", report.submitted_at},
                                              {"submitted_by", report.submitted_by},
                                              {"accepted_at", report.accepted_at},
                                              {"accepted_by", report.accepted_by},
                                              {"id", report.id},
                                              {"revision", report.revision}});
  ++report.revision;
  return changed == 1;
}

}  // namespace report::report_store
