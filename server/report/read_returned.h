#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "office/read_xlsx.h"
#include "report/report_workbook.h"

/// Reading a returned workbook. Pure: nothing is stored by reading.
namespace report {

/// What becomes of a cell that came back.
enum class Verdict : std::uint8_t {
  same,      ///< says what stands already, or what the workbook was sent out with
  fresh,     ///< "new": a figure or remark nobody need look at again
  doubtful,  ///< taken only when a person names it
  refused,   ///< cannot be taken
};
std::string_view name(Verdict verdict);

struct CellReading {
  Verdict verdict = Verdict::same;
  std::string place;                   ///< "H12"; empty when its row is not there
  std::string shown;                   ///< as it stood in the workbook
  FactState state = FactState::blank;  ///< as read; what stands now when nothing could be read
  std::optional<std::int64_t> amount;
  std::vector<std::int64_t> readings;  ///< what an ambiguous cell may mean, each of which fits
  std::optional<std::string> remark;   ///< set when it differs from the one that stands
  base::Problems reasons;
};

struct Reading {
  WorkbookIdentity identity;
  std::vector<CellReading> cells;  ///< one for each cell of the report, in its order
  base::Problems told;             ///< of the workbook as a whole

  std::size_t count(Verdict verdict) const;
};

/// How large a returned workbook may be; one of a thousand cells is below a tenth of it.
office::XlsxLimits returned_limits();

/// The identity in a workbook, wherever its sheets were moved. Refuses "workbook.no_identity",
/// "workbook.two_identities" and what `unsealed` refuses.
base::Result<WorkbookIdentity> identity_in(const office::Workbook& workbook, const PlaceKey& key);

/// Is this the workbook of that report? Refuses "workbook.other_unit", "workbook.other_period",
/// "workbook.other_report".
base::Result<void> belongs_to(const WorkbookIdentity& identity, const ReportForm& expected);

/// Every cell of the report as the workbook has it. Refuses, besides what belongs_to does,
/// "workbook.no_table", "workbook.two_tables", "workbook.column_twice", "workbook.tampered" (what
/// it was sent out with was changed).
base::Result<Reading> read_returned(const office::Workbook& workbook,
                                    const WorkbookIdentity& identity, const ReportForm& expected);

/// What is taken without a question: the fresh cells.
std::vector<Entry> fresh_entries(const Reading& reading, const ReportForm& form);

}  // namespace report
