#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "org/unit.h"
#include "report/fact.h"
#include "store/db.h"

/// What the system already knows of the units that are inspected, for the team. Pure: what the
/// database holds is handed over. Every line opens to its source.
namespace inspect {

enum class BriefKind {
  earlier_repeated,   ///< a shortcoming that was found more than once
  earlier_open,       ///< one whose demands are not all closed
  figure_disagrees,   ///< the self-report's figure is not what the units below reported
  figure_apart,       ///< apart from the unit's own past, and not because all moved
  copied,             ///< words handed up as they were the period before, or but for dates
  silent_report,      ///< past its day and not handed in
  late_report,        ///< handed in after its day
  returned_report,    ///< had to be mended
  missed_target,      ///< behind on the day
  declined_adoption,  ///< did not take up what was given, with a reason
  silent_adoption,    ///< did not answer
  petition_overdue,   ///< holds a petition past its day
  petition_open,      ///< raised or holds one that is not answered yet
};
inline constexpr int kBriefKinds = 13;
std::string_view name(BriefKind kind);

struct BriefLine {
  BriefKind kind = BriefKind::late_report;
  org::UnitId unit;
  std::string subject;  ///< what it is about: a report's title, an indicator, a section, a finding
  std::string period;   ///< of the figures; empty where there is none
  std::optional<base::Date> due_on, done_on;
  std::string value, beside;  ///< figures as they are written; empty where there are none
  std::int64_t count = 0;     ///< rounds, demands, objectives …
  std::string source;         ///< "report", "fact", "programme", "inspection", "petition"
  std::int64_t source_id = 0;
  std::string section;  ///< of the report

  friend bool operator==(const BriefLine&, const BriefLine&) = default;
};

/// How a report came in.
struct ReportCourse {
  org::UnitId unit;
  report::ReportId report;
  std::string title, period;
  base::Date due_on;
  std::optional<base::Date> handed_in;  ///< the first time
  std::int64_t returned = 0;            ///< how often it was given back
};
/// Silent, late and returned ones. A report may be two of them.
std::vector<BriefLine> course_lines(const std::vector<ReportCourse>& reports, base::Date day);

/// One handed-in figure of a unit, as a step of its series.
struct FigurePoint {
  org::UnitId unit;
  std::int64_t indicator = 0;
  std::string period;
  std::int64_t fact = 0, amount = 0;
};
struct Apartness {
  FigurePoint at;
  std::int64_t usual = 0;  ///< the median of the unit's past
};
/// Figures that stand apart by report/outlier.h, each beside the unit's earlier periods of the same
/// length, and far out among the steps of all units of that indicator where there are enough to
/// say so; `points` in any order. Only periods that end in [from, to) are told, the others are the
/// past.
std::vector<Apartness> apart_figures(const std::vector<FigurePoint>& points, base::Date from,
                                     base::Date to);

/// What folders above this one know of the units and of those under them on the day.
using MoreLines = std::function<std::vector<BriefLine>(
    store::Tx& tx, const std::vector<org::UnitId>& units, base::Date day)>;

/// The gravest first, then by unit and source: the same knowledge is the same page.
void order(std::vector<BriefLine>& lines);

}  // namespace inspect
