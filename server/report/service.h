#pragma once

#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "auth/actor.h"
#include "base/result.h"
#include "office/csv.h"
#include "office/docx.h"
#include "office/xlsx.h"
#include "report/paper.h"
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
  std::vector<std::string> indicators;  ///< codes, of what happened in the period
  std::vector<org::UnitId> units;
  /// Lines reckoned ahead, after the others.
  struct Estimate {
    std::string indicator;
    std::string period;  ///< empty for the request's own; else the year it lies in
    std::string heading = {};
  };
  std::vector<Estimate> estimates = {};
  std::vector<std::string> headings = {};  ///< of `indicators`, by place; may be shorter
  std::vector<OutlineSection> outline = {};
  std::vector<base::Date> due = {};  ///< of `units`, by place; the request's own when shorter
};
/// Issues a request: one draft report and one blank fact per new cell for each unit. Fixes the
/// frequency of an indicator asked for the first time. Refuses besides: an indicator that is asked
/// in that period with another data window ("request.window_differs"), since its figure would be
/// two.
base::Result<RequestId> create_request(store::Tx& tx, const auth::Actor& actor, Now now,
                                       const NewRequest& asked);
/// A request whose faults are looked for and whose lines are found, but which is not issued.
struct CheckedRequest {
  base::Period period;
  std::vector<AskedCell> cells;
};
base::Result<CheckedRequest> check_request(store::Tx& tx, const auth::Actor& actor, Now now,
                                           const NewRequest& asked);

/// Writes the regime of a unit, as the first or as its next revision; requests issued before keep
/// what they asked. Who compiles for the unit may. Refuses, all at once: what `faults_of` names,
/// an unknown or derived indicator or one of another frequency, an addressee that is not below, a
/// line that is not there, a code the unit has given already.
base::Result<RegimeId> define_regime(store::Tx& tx, const auth::Actor& actor, Now now,
                                     const Regime& asked);
/// The request that a regime asks for in a period, by its owner or by a unit it addresses, which
/// then asks the units directly under it. Refuses a period of another frequency or outside the
/// regime's days, and one that was asked by the same unit already.
base::Result<NewRequest> request_of_regime(store::Tx& tx, const auth::Actor& actor, Now now,
                                           RegimeId regime, org::UnitId by,
                                           const base::Period& period);

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
/// The same by a mandate that the folder above has looked at, as that of an inspection's team: the
/// report must be in sight, no post is asked for.
base::Result<void> return_for_supplement(store::Tx& tx, const auth::Actor& actor, Now now,
                                         OnReport on, const std::string& remark,
                                         const std::vector<ReturnedCell>& cells,
                                         const std::vector<ReturnedSection>& sections);
base::Result<void> exclude_cell(store::Tx& tx, const auth::Actor& actor, Now now, OnReport on,
                                const std::string& indicator, const std::string& reason,
                                FactKind kind = FactKind::actual);
base::Result<void> include_cell(store::Tx& tx, const auth::Actor& actor, Now now, OnReport on,
                                const std::string& indicator, FactKind kind = FactKind::actual);

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
  std::vector<org::UnitId> units = {};  ///< also each of these under it
  bool with_parts = false;              ///< say whether the totals of parts add up
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
  std::optional<std::int64_t> next;  ///< where the next page begins
};
struct Page {
  std::int64_t after = 0;  ///< `next` of the page before
  std::size_t limit = std::numeric_limits<std::size_t>::max();
};
/// One total of one indicator with its cells, a page of them.
base::Result<Explanation> explain(store::Tx& tx, const RollupQuestion& question,
                                  const Page& page = {});

/// The request's figures as an official report of the form and as a workbook. The requester's own
/// text stands before the tables; `with_sources` adds an annex of the units each paragraph was made
/// of.
office::Document consolidated_document(store::Tx& tx, const Request& request, base::Date day,
                                       const PaperForm& form, bool with_sources = false);
std::vector<office::Sheet> consolidated_sheets(store::Tx& tx, const Request& request,
                                               base::Date day);

}  // namespace report
