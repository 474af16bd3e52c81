#include "report/given_cells.h"

#include <set>
#include <vector>

#include "base/decimal.h"
#include "report/read_returned.h"

namespace report {

using base::ProblemKind;

std::string cell_key(std::string_view code, std::string_view kind) {
  return std::string(code) + "|" + std::string(kind);
}

base::Result<std::map<std::string, Given>> given_cells(const office::Workbook& workbook,
                                                       const WorkbookIdentity& identity,
                                                       const Sheet& sheet) {
  std::map<std::string, Given> found;
  std::vector<std::string> lines;
  for (const auto& page : workbook.sheets) {
    const auto text = [&](const auto& row, std::uint32_t column) {
      const auto* cell = page.at(row.number, column);
      return cell == nullptr ? std::string() : cell->text;
    };
    if (page.rows.empty() || text(page.rows.front(), 1) != kIdentityMark) continue;
    for (const auto& row : page.rows) {
      if (text(row, 1) != kGivenMark) continue;
      const std::string code = text(row, 2);
      const std::string kind = text(row, 3);
      const std::string figure = text(row, 5);
      lines.push_back(given_line(code, kind, text(row, 4), figure, text(row, 6)));
      Given given{fact_state_named(text(row, 4)).value_or(FactState::blank), {}, text(row, 6)};
      const auto at = sheet.find(code);
      if (at && given.state == FactState::value) {
        const int decimals = sheet.cells[*at].indicator.decimals;
        const auto amount = base::parse_figure(figure, decimals, base::Notation::program);
        if (amount) given.amount = *amount;
      }
      found[cell_key(code, kind)] = std::move(given);
    }
  }
  if (!lines.empty() && fingerprint(lines) != identity.given)
    return base::refuse(ProblemKind::invalid, "workbook.tampered");
  return found;
}

base::Result<WorkbookIdentity> identity_in(const office::Workbook& workbook, const PlaceKey& key) {
  std::set<std::string> found;
  for (const auto& sheet : workbook.sheets) {
    for (const auto& row : sheet.rows) {
      for (const auto& cell : row.cells) {
        if (looks_sealed(cell.text)) found.insert(cell.text);
      }
    }
  }
  if (found.empty()) return base::refuse(ProblemKind::invalid, "workbook.no_identity");
  if (found.size() > 1) return base::refuse(ProblemKind::invalid, "workbook.two_identities");
  return unsealed(*found.begin(), key);
}

base::Result<void> belongs_to(const WorkbookIdentity& identity, const ReportForm& expected) {
  if (identity.report == expected.sheet.report.id.value) return {};
  const std::string unit = plain_code(expected.unit.code);
  if (identity.unit != unit) {
    return base::refuse(ProblemKind::invalid, "workbook.other_unit", "",
                        {identity.unit, unit, expected.unit.name});
  }
  if (identity.period != expected.request.period) {
    return base::refuse(ProblemKind::invalid, "workbook.other_period", "",
                        {identity.period, expected.request.period});
  }
  return base::refuse(ProblemKind::invalid, "workbook.other_report", "", {expected.request.title});
}

}  // namespace report
