#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "auth/actor.h"
#include "base/result.h"
#include "office/csv.h"
#include "office/docx.h"
#include "office/xlsx.h"
#include "report/report.h"
#include "report/report_store.h"
#include "report/rollup.h"
#include "store/db.h"

/// The acts and questions of this folder. Each act runs inside one write transaction of its caller
/// and leaves one journal leaf; it changes nothing when it refuses.
namespace report {

/// When and as of which day something is done.
struct Now {
  base::Instant at;
  base::Date day;
};

struct NewRequest {
  Request request;
  std::vector<std::string> indicators;  ///< codes
  std::vector<org::UnitId> units;
  std::vector<OutlineSection> outline = {};
};
/// Issues a request: one draft report and one blank fact per new cell for each unit. Fixes the
/// frequency of an indicator asked for the first time.
base::Result<RequestId> create_request(store::Tx& tx, const auth::Actor& actor, Now now,
                                       const NewRequest& asked);

/// An act on one report by someone who may do it: `revision` is the one the sender saw.
struct OnReport {
  ReportId report;
  std::int64_t revision = 0;
};
base::Result<void> put_cells(store::Tx& tx, const auth::Actor& actor, Now now, OnReport on,
                             const std::vector<Entry>& entries);
base::Result<void> submit_report(store::Tx& tx, const auth::Actor& actor, Now now, OnReport on);
base::Result<void> accept_report(store::Tx& tx, const auth::Actor& actor, Now now, OnReport on);
base::Result<void> return_report(store::Tx& tx, const auth::Actor& actor, Now now, OnReport on,
                                 const std::string& remark, const std::vector<ReturnedCell>& cells,
                                 const std::vector<ReturnedSection>& sections = {});
base::Result<void> exclude_cell(store::Tx& tx, const auth::Actor& actor, Now now, OnReport on,
                                const std::string& indicator, const std::string& reason);
base::Result<void> include_cell(store::Tx& tx, const auth::Actor& actor, Now now, OnReport on,
                                const std::string& indicator);

struct ImportFacts {
  std::optional<base::Date>
      on;  ///< day on which the codes are read; else the last day of each fact's period
};
struct FactsImported {
  std::size_t taken = 0;
  std::size_t unchanged = 0;
  base::Problems doubts;
};
/// Facts of a csv with the columns unit_code, indicator, period, status, value and optionally
/// remark; all faults at once. `progress` is told rows done of all.
base::Result<FactsImported> import_facts(
    store::Tx& tx, const auth::Actor& actor, Now now, const office::CsvTable& table,
    const ImportFacts& ask, const std::function<void(std::size_t, std::size_t)>& progress = {});

struct RollupQuestion {
  org::UnitId unit;
  base::Period period;
  std::vector<std::string> indicators;  ///< codes; empty for all that the period can hold
  /// Day of the tree; else the last day of the period. Every part is restated from the tree of its
  /// own last day to this one: whole units exactly, divided ones by their shares.
  std::optional<base::Date> on;
  std::string line = org::kGovernment;
  std::optional<int> below;  ///< also each unit at this level under it
  bool year_to_date = false;
  std::optional<base::Date> until =
      {};  ///< only what was collected for periods that ended before it
};
struct RollupAnswer {
  base::Date on;
  std::vector<Measure> measures;
  std::vector<org::UnitRef> units;         ///< the asked unit first
  std::vector<std::vector<Total>> totals;  ///< totals[unit][measure]
  bool is_restated = false;                ///< units of another day's tree are in it
};
/// Totals from accepted facts as they stand, no stored sums. "unit.not_in_period" when the unit was
/// not there on the day.
base::Result<RollupAnswer> roll_up(store::Tx& tx, const RollupQuestion& question);

/// One cell that is in a total, or would be.
struct Contribution {
  org::UnitRef unit;
  direct::Indicator indicator;
  std::string period;
  std::optional<Fact> fact;
  std::string by;
  std::optional<base::Instant> at;
  bool is_counted = false;
  std::string why;  ///< silent, excluded, not_applicable, not_accepted, not_yet, pair_missing,
                    ///< undivided
  /// Where it stands in the tree asked for, when it stood elsewhere then.
  struct Share {
    org::UnitRef unit;
    std::int64_t numerator = 1, denominator = 1;
    org::Basis basis = org::Basis::whole;
  };
  std::vector<Share> shares;
};
struct Explanation {
  Measure measure;
  Total total;
  std::vector<Contribution> items;
};
base::Result<Explanation> explain(store::Tx& tx, const RollupQuestion& question);

/// The request's figures as an official report and as a workbook.
/// The requester's own text stands before the tables; `with_sources` adds an annex of the units
/// each paragraph was made of.
office::Document consolidated_document(store::Tx& tx, const Request& request, base::Date day,
                                       bool with_sources = false);
std::vector<office::Sheet> consolidated_sheets(store::Tx& tx, const Request& request,
                                               base::Date day);

}  // namespace report
