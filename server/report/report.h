#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/period.h"
#include "report/fact.h"
#include "report/narrative.h"

/// The rules of a unit's report, pure: no clock, no SQL, no JSON.
namespace report {

enum class ReportState { draft, submitted, returned, accepted };
std::string_view name(ReportState state);
std::optional<ReportState> report_state_named(std::string_view name);

struct Report {
  ReportId id;
  RequestId request;
  org::UnitId unit;
  ReportState state = ReportState::draft;
  std::int64_t revision = 1;
  std::string remark;  ///< of the last return
  std::optional<base::Instant> submitted_at, accepted_at;
  std::string submitted_by, accepted_by;
  base::Date due_on = {};  ///< its own clock
};

/// What is asked for in one cell of a report; `fact` as it stands.
struct Cell {
  direct::Indicator indicator;
  Fact fact;
  std::string heading = {};  ///< under which it stands in the form; empty for none
};

/// A report with its cells, as acts change it: those of `facts` that changed must be saved.
struct Sheet {
  Report report;
  std::vector<Cell> cells;
  std::vector<std::size_t> changed;  ///< indexes of cells an act changed
  Narrative narrative = {};          ///< its sections know themselves whether an act changed them

  std::optional<std::size_t> find(std::string_view indicator_code,
                                  FactKind kind = FactKind::actual) const;
};

/// May this cell be typed into now? Locked: the report is with the superior or done. Settled: the
/// figure was submitted or accepted through another report. Not returned: only the returned cells
/// of a returned report are open.
base::Result<void> may_edit(const Report& report, const Fact& fact, const std::string& field);

struct Entry {
  std::string indicator;  ///< code
  FactState state = FactState::blank;
  std::string figure;     ///< as sent
  bool is_typed = false;  ///< written by a person ("1.234,5"), not by a program
  std::optional<std::string> remark;
  std::string pointer;  ///< JSON pointer of the cell in the body
  FactKind kind = FactKind::actual;
};

/// Writes the entries into the sheet, or says everything that is wrong with them.
base::Result<Sheet> enter(Sheet sheet, const std::vector<Entry>& entries);

/// Locks the report and hands its open figures and sections up. Refuses while a cell is blank or a
/// section that must be written is not, naming each.
base::Result<Sheet> submit(Sheet sheet);

/// Takes every submitted figure into the totals.
base::Result<Sheet> accept(Sheet sheet);

struct ReturnedCell {
  std::string indicator;
  std::string remark;
  std::string pointer;
  FactKind kind = FactKind::actual;
};
/// Gives back the named cells and sections, or everything when none is named. A remark has at least
/// ten characters.
base::Result<Sheet> give_back(Sheet sheet, const std::string& remark,
                              const std::vector<ReturnedCell>& cells,
                              const std::vector<ReturnedSection>& sections = {});

/// Leaves one figure out of every total, with the reason; and takes it back in.
base::Result<Sheet> exclude(Sheet sheet, std::string_view indicator, const std::string& reason,
                            FactKind kind = FactKind::actual);
base::Result<Sheet> include(Sheet sheet, std::string_view indicator,
                            FactKind kind = FactKind::actual);

}  // namespace report
