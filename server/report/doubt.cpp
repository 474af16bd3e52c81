#include "report/doubt.h"

#include <algorithm>

#include "base/decimal.h"
#include "base/words.h"

namespace report {
namespace {

constexpr std::size_t kLeastCopied = 3;

std::string shown(std::int64_t amount, const direct::Indicator& indicator) {
  return base::vietnamese_figure(amount, indicator.decimals);
}

std::string figure_text(const Fact& fact) {
  if (fact.amount) return std::to_string(*fact.amount);
  return std::string(name(fact.state));
}

Doubt said(std::string code, Severity severity, std::vector<std::size_t> cells,
           base::Problem words) {
  Doubt doubt;
  doubt.code = std::move(code);
  doubt.severity = severity;
  doubt.cells = std::move(cells);
  doubt.words_vi = base::words(words, base::Language::vi);
  doubt.words_en = base::words(words, base::Language::en);
  return doubt;
}

std::string fingerprint_of(const Sheet& sheet, const std::vector<std::size_t>& cells) {
  std::string made;
  for (const std::size_t cell : cells) made += figure_text(sheet.cells[cell].fact) + ";";
  return made;
}

/// Codes are told apart by kind too: F05 ước is another cell than F05.
std::string cell_name(const Cell& cell) {
  return cell.indicator.code + (cell.fact.kind == FactKind::estimate ? "~" : "");
}

std::optional<Doubt> broken(const Sheet& sheet, const ReadCheck& one,
                            const OutsideFigures& outside) {
  std::vector<std::size_t> cells;
  std::string fingerprint;
  const auto known = [&](const direct::Reference& reference) -> std::optional<direct::Rational> {
    const auto at = reference.when == direct::When::own ? sheet.find(reference.code) : std::nullopt;
    if (!at) {
      auto figure = outside(reference);
      fingerprint += figure ? figure->str() + ";" : "-;";
      return figure;
    }
    if (std::find(cells.begin(), cells.end(), *at) == cells.end()) cells.push_back(*at);
    const Cell& cell = sheet.cells[*at];
    if (!cell.fact.amount) return std::nullopt;
    return direct::rational_of(*cell.fact.amount, cell.indicator.decimals);
  };
  // Every figure it names, not only those that decide it: the words are about all of them.
  for (const auto& reference : one.formula.references()) known(reference);
  if (cells.empty()) return std::nullopt;
  const std::string outside_figures = fingerprint;
  if (direct::truth_of(one.formula, known).value_or(true)) return std::nullopt;
  Doubt doubt;
  doubt.code = "check:" + one.check.code;
  doubt.severity = one.check.severity;
  doubt.words_vi = one.check.words_vi;
  doubt.words_en = one.check.words_en;
  doubt.fingerprint = fingerprint_of(sheet, cells) + outside_figures;
  doubt.cells = std::move(cells);
  return doubt;
}

std::optional<Doubt> slip(const Sheet& sheet, std::size_t cell, const CellPast& past) {
  const Cell& at = sheet.cells[cell];
  const auto power = scale_slip(*at.fact.amount, past.history);
  if (!power) return std::nullopt;
  const std::string middle = shown(twice_median(past.history) / 2, at.indicator);
  return said("scale:" + cell_name(at), Severity::explain, {cell},
              {base::ProblemKind::invalid,
               *power > 0 ? "doubt.scale_large" : "doubt.scale_small",
               "",
               {at.indicator.code, shown(*at.fact.amount, at.indicator), middle,
                std::abs(*power) == 3 ? "1.000" : "1.000.000"}});
}

std::optional<Doubt> apart(const Sheet& sheet, std::size_t cell, const CellPast& past) {
  const Cell& at = sheet.cells[cell];
  const std::int64_t amount = *at.fact.amount;
  if (!stands_apart(amount, past)) return std::nullopt;
  return said(
      "apart:" + cell_name(at), Severity::note, {cell},
      {base::ProblemKind::invalid,
       "doubt.apart",
       "",
       {at.indicator.code, shown(amount, at.indicator),
        shown(twice_median(past.history) / 2, at.indicator), std::to_string(past.history.size())}});
}

std::optional<Doubt> copied(const Sheet& sheet, const std::vector<CellPast>& past) {
  std::vector<std::size_t> cells;
  for (std::size_t i = 0; i < sheet.cells.size(); ++i) {
    const auto& amount = sheet.cells[i].fact.amount;
    if (!amount) continue;
    if (past[i].previous != amount) return std::nullopt;
    if (*amount != 0) cells.push_back(i);
  }
  if (cells.size() < kLeastCopied) return std::nullopt;
  const std::string count = std::to_string(cells.size());
  return said("copied", Severity::note, std::move(cells),
              {base::ProblemKind::invalid, "doubt.copied", "", {count}});
}

const char* words_of(const PartFinding& finding) {
  if (finding.code == "parts.differ") return "doubt.parts_differ";
  return finding.code == "parts.exceed" ? "doubt.parts_exceed" : "doubt.part_exceeds";
}

Doubt of_parts(const Sheet& sheet, const PartFinding& finding) {
  std::vector<std::size_t> cells;
  const auto add = [&](direct::IndicatorId id) {
    for (std::size_t i = 0; i < sheet.cells.size(); ++i) {
      const Cell& cell = sheet.cells[i];
      if (cell.indicator.id == id && cell.fact.kind == FactKind::actual) cells.push_back(i);
    }
  };
  add(finding.whole);
  for (const direct::IndicatorId part : finding.parts) add(part);
  const Cell& whole = sheet.cells[cells.front()];
  // Two "of which" lines may both be too large.
  const std::string part = finding.code == "parts.part_exceeds" && cells.size() > 1
                               ? ":" + sheet.cells[cells[1]].indicator.code
                               : "";
  Doubt doubt =
      said("parts:" + whole.indicator.code + ":" + finding.breakdown + part, Severity::explain,
           std::move(cells),
           {base::ProblemKind::invalid,
            words_of(finding),
            "",
            {whole.indicator.code, finding.breakdown, shown(finding.expected, whole.indicator),
             base::vietnamese_figure(finding.actual, whole.indicator.decimals)}});
  doubt.fingerprint = fingerprint_of(sheet, doubt.cells);
  if (finding.is_explained) doubt.explanation = whole.fact.remark;
  return doubt;
}

}  // namespace

std::optional<Apart> stands_apart(std::int64_t amount, const CellPast& past) {
  const auto apart = apart_from(amount, past.history);
  if (!apart) return std::nullopt;
  if (past.year_before) {
    const base::Wide off = base::Wide{amount} - *past.year_before;
    const base::Wide size =
        *past.year_before < 0 ? -base::Wide{*past.year_before} : base::Wide{*past.year_before};
    if (2 * (off < 0 ? -off : off) <= size) return std::nullopt;  // every year about now
  }
  if (past.previous && all_moved({*past.previous, amount}, past.siblings)) return std::nullopt;
  return apart;
}

std::vector<Doubt> doubts_of_parts(const Sheet& sheet, const Breakdowns& breakdowns) {
  std::vector<PartCell> cells;
  for (const Cell& cell : sheet.cells) {
    if (cell.fact.kind != FactKind::actual) continue;
    cells.push_back({cell.indicator.id, cell.fact.state, cell.fact.amount, cell.fact.remark});
  }
  std::vector<Doubt> doubts;
  for (const PartFinding& finding : faults_of_parts(breakdowns, cells)) {
    doubts.push_back(of_parts(sheet, finding));
  }
  return doubts;
}

std::vector<Doubt> doubts_of(const Sheet& sheet, const std::vector<ReadCheck>& checks,
                             const std::vector<CellPast>& past, const OutsideFigures& outside) {
  std::vector<Doubt> doubts;
  const auto take = [&](std::optional<Doubt> doubt) {
    if (!doubt) return false;
    if (doubt->fingerprint.empty()) doubt->fingerprint = fingerprint_of(sheet, doubt->cells);
    doubts.push_back(*std::move(doubt));
    return true;
  };
  for (const ReadCheck& one : checks) take(broken(sheet, one, outside));
  for (std::size_t i = 0; i < sheet.cells.size(); ++i) {
    if (!sheet.cells[i].fact.amount) continue;
    if (!take(slip(sheet, i, past[i]))) take(apart(sheet, i, past[i]));
  }
  take(copied(sheet, past));
  return doubts;
}

}  // namespace report
