#include "report/report.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/decimal.h"
#include "base/text.h"

namespace report {
namespace {

using base::ProblemKind;

constexpr std::size_t kShortestRemark = 10;
constexpr std::array<std::string_view, 4> kStates{"blank", "value", "not_applicable", "not_yet"};
constexpr std::array<std::string_view, 5> kStatuses{"draft", "submitted", "returned", "accepted",
                                                    "excluded"};
constexpr std::array<std::string_view, 2> kKinds{"actual", "estimate"};
constexpr std::array<std::string_view, 4> kReportStates{"draft", "submitted", "returned",
                                                        "accepted"};

template <class Enum, std::size_t N>
std::optional<Enum> named(const std::array<std::string_view, N>& names, std::string_view name) {
  const auto at = std::find(names.begin(), names.end(), name);
  if (at == names.end()) return std::nullopt;
  return static_cast<Enum>(at - names.begin());
}

bool is_open(const Fact& fact) {
  return fact.status == FactStatus::draft || fact.status == FactStatus::returned;
}

bool is_with_superior(const Report& report) {
  return report.state == ReportState::submitted || report.state == ReportState::accepted;
}

base::Result<void> wants_state(const Sheet& sheet, bool holds) {
  if (holds) return {};
  return base::refuse(ProblemKind::conflict, "report.state", "",
                      {std::string(name(sheet.report.state))});
}

void change(Sheet& sheet, std::size_t cell, FactStatus status, std::string note) {
  sheet.cells[cell].fact.status = status;
  sheet.cells[cell].fact.note = std::move(note);
  sheet.changed.push_back(cell);
}

}  // namespace

std::string_view name(FactState state) { return kStates[static_cast<std::size_t>(state)]; }
std::string_view name(FactStatus status) { return kStatuses[static_cast<std::size_t>(status)]; }
std::string_view name(FactKind kind) { return kKinds[static_cast<std::size_t>(kind)]; }
std::string_view name(ReportState state) { return kReportStates[static_cast<std::size_t>(state)]; }
std::optional<FactState> fact_state_named(std::string_view name) {
  return named<FactState>(kStates, name);
}
std::optional<FactStatus> fact_status_named(std::string_view name) {
  return named<FactStatus>(kStatuses, name);
}
std::optional<FactKind> fact_kind_named(std::string_view name) {
  return named<FactKind>(kKinds, name);
}
std::optional<ReportState> report_state_named(std::string_view name) {
  return named<ReportState>(kReportStates, name);
}

std::optional<std::size_t> Sheet::find(std::string_view indicator_code, FactKind kind) const {
  const auto at = std::find_if(cells.begin(), cells.end(), [&](const Cell& cell) {
    return cell.indicator.code == indicator_code && cell.fact.kind == kind;
  });
  if (at == cells.end()) return std::nullopt;
  return static_cast<std::size_t>(at - cells.begin());
}

base::Result<void> may_edit(const Report& report, const Fact& fact, const std::string& field) {
  if (is_with_superior(report)) return base::refuse(ProblemKind::conflict, "report.locked", field);
  if (is_open(fact) && (report.state == ReportState::draft || fact.status == FactStatus::returned ||
                        fact.revision == 0)) {
    return {};
  }
  if (report.state == ReportState::returned && fact.report == report.id) {
    return base::refuse(ProblemKind::conflict, "report.cell_not_returned", field);
  }
  return base::refuse(ProblemKind::conflict, "report.cell_settled", field);
}

base::Result<Sheet> enter(Sheet sheet, const std::vector<Entry>& entries) {
  if (is_with_superior(sheet.report)) return base::refuse(ProblemKind::conflict, "report.locked");
  base::Problems problems;
  const auto add = [&](const base::Problems& more) {
    problems.insert(problems.end(), more.begin(), more.end());
  };
  std::set<std::size_t> seen;
  for (const Entry& entry : entries) {
    const auto at = sheet.find(entry.indicator, entry.kind);
    if (!at) {
      add({{ProblemKind::invalid,
            "report.cell_not_asked",
            entry.pointer + "/indicator",
            {entry.indicator}}});
      continue;
    }
    if (!seen.insert(*at).second) {
      add({{ProblemKind::invalid,
            "report.cell_twice",
            entry.pointer + "/indicator",
            {entry.indicator}}});
      continue;
    }
    Cell& cell = sheet.cells[*at];
    if (auto allowed = may_edit(sheet.report, cell.fact, entry.pointer); !allowed) {
      add(allowed.error());
      continue;
    }
    Fact fact = cell.fact;
    fact.state = entry.state;
    fact.amount.reset();
    if (entry.state == FactState::value) {
      const auto amount =
          base::parse_figure(entry.figure, cell.indicator.decimals,
                             entry.is_typed ? base::Notation::typed : base::Notation::program,
                             entry.pointer + (entry.is_typed ? "/typed" : "/value"));
      if (!amount) {
        add(amount.error());
        continue;
      }
      fact.amount = *amount;
    }
    if (entry.remark) fact.remark = *entry.remark;
    if (fact.state == cell.fact.state && fact.amount == cell.fact.amount &&
        fact.remark == cell.fact.remark) {
      continue;  // said again what stands already
    }
    cell.fact = std::move(fact);
    sheet.changed.push_back(*at);
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  return sheet;
}

base::Result<Sheet> submit(Sheet sheet) {
  RETURN_IF_REFUSED(wants_state(sheet, sheet.report.state == ReportState::draft ||
                                           sheet.report.state == ReportState::returned));
  base::Problems problems;
  for (std::size_t i = 0; i < sheet.cells.size(); ++i) {
    const Fact& fact = sheet.cells[i].fact;
    if (!is_open(fact)) continue;
    if (fact.state == FactState::blank) {
      problems.push_back({ProblemKind::invalid,
                          "report.cell_blank",
                          "/cells/" + std::to_string(i),
                          {sheet.cells[i].indicator.code, sheet.cells[i].indicator.name}});
      continue;
    }
    change(sheet, i, FactStatus::submitted, "");
  }
  for (auto& fault : unwritten(sheet.narrative)) problems.push_back(std::move(fault));
  if (!problems.empty()) return base::refuse(std::move(problems));
  submit_sections(sheet.narrative);
  sheet.report.state = ReportState::submitted;
  return sheet;
}

base::Result<Sheet> accept(Sheet sheet) {
  RETURN_IF_REFUSED(wants_state(sheet, sheet.report.state == ReportState::submitted));
  for (std::size_t i = 0; i < sheet.cells.size(); ++i) {
    if (sheet.cells[i].fact.status == FactStatus::submitted)
      change(sheet, i, FactStatus::accepted, "");
  }
  accept_sections(sheet.narrative);
  sheet.report.state = ReportState::accepted;
  sheet.report.remark.clear();
  return sheet;
}

base::Result<Sheet> give_back(Sheet sheet, const std::string& remark,
                              const std::vector<ReturnedCell>& cells,
                              const std::vector<ReturnedSection>& sections) {
  RETURN_IF_REFUSED(wants_state(sheet, is_with_superior(sheet.report)));
  base::Problems problems;
  const auto too_short = [](const std::string& text) {
    return base::length(text) < kShortestRemark;
  };
  const bool whole = cells.empty() && sections.empty();
  if (whole ? too_short(remark) : (!remark.empty() && too_short(remark))) {
    problems.push_back({ProblemKind::invalid,
                        "report.remark_short",
                        "/remark",
                        {std::to_string(kShortestRemark)}});
  }
  std::set<std::size_t> seen;
  for (const ReturnedCell& cell : cells) {
    const auto at = sheet.find(cell.indicator, cell.kind);
    if (!at) {
      problems.push_back({ProblemKind::invalid,
                          "report.cell_not_asked",
                          cell.pointer + "/indicator",
                          {cell.indicator}});
    } else if (!seen.insert(*at).second) {
      problems.push_back({ProblemKind::invalid,
                          "report.cell_twice",
                          cell.pointer + "/indicator",
                          {cell.indicator}});
    }
    if (too_short(cell.remark)) {
      problems.push_back({ProblemKind::invalid,
                          "report.remark_short",
                          cell.pointer + "/remark",
                          {std::to_string(kShortestRemark)}});
    }
    if (problems.empty()) change(sheet, *at, FactStatus::returned, cell.remark);
  }
  for (auto& fault : faults_of(sheet.narrative, sections, kShortestRemark))
    problems.push_back(std::move(fault));
  if (!problems.empty()) return base::refuse(std::move(problems));
  return_sections(sheet.narrative, sections);
  if (whole) {
    for (std::size_t i = 0; i < sheet.cells.size(); ++i)
      change(sheet, i, FactStatus::returned, remark);
    return_all_sections(sheet.narrative, remark);
  }
  sheet.report.state = ReportState::returned;
  sheet.report.remark = remark;
  sheet.report.accepted_at.reset();
  sheet.report.accepted_by.clear();
  return sheet;
}

base::Result<Sheet> exclude(Sheet sheet, std::string_view indicator, const std::string& reason,
                            FactKind kind) {
  RETURN_IF_REFUSED(wants_state(sheet, is_with_superior(sheet.report)));
  const auto at = sheet.find(indicator, kind);
  if (!at)
    return base::refuse(ProblemKind::not_found, "report.cell_not_asked", "",
                        {std::string(indicator)});
  if (base::length(reason) < kShortestRemark) {
    return base::refuse(ProblemKind::invalid, "report.remark_short", "/reason",
                        {std::to_string(kShortestRemark)});
  }
  const FactStatus status = sheet.cells[*at].fact.status;
  if (status != FactStatus::submitted && status != FactStatus::accepted) {
    return base::refuse(ProblemKind::conflict, "report.cell_state", "",
                        {std::string(name(status))});
  }
  change(sheet, *at, FactStatus::excluded, reason);
  return sheet;
}

base::Result<Sheet> include(Sheet sheet, std::string_view indicator, FactKind kind) {
  RETURN_IF_REFUSED(wants_state(sheet, is_with_superior(sheet.report)));
  const auto at = sheet.find(indicator, kind);
  if (!at)
    return base::refuse(ProblemKind::not_found, "report.cell_not_asked", "",
                        {std::string(indicator)});
  if (sheet.cells[*at].fact.status != FactStatus::excluded) {
    return base::refuse(ProblemKind::conflict, "report.cell_state", "",
                        {std::string(name(sheet.cells[*at].fact.status))});
  }
  change(sheet, *at,
         sheet.report.state == ReportState::accepted ? FactStatus::accepted : FactStatus::submitted,
         "");
  return sheet;
}

}  // namespace report
