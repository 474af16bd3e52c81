#include "report/check.h"

#include <algorithm>
#include <array>

namespace report {
namespace {

constexpr std::array<std::string_view, 3> kSeverities{"blocks", "explain", "note"};

}  // namespace

std::string_view name(Severity severity) { return kSeverities[static_cast<std::size_t>(severity)]; }

std::optional<Severity> severity_named(std::string_view name) {
  const auto at = std::find(kSeverities.begin(), kSeverities.end(), name);
  if (at == kSeverities.end()) return std::nullopt;
  return static_cast<Severity>(at - kSeverities.begin());
}

base::Result<direct::Formula> read_check(const Check& check) {
  auto formula = direct::parse_formula(check.formula, "/formula");
  base::Problems problems = formula ? base::Problems{} : formula.error();
  if (formula && !formula->is_condition()) {
    problems.push_back({base::ProblemKind::invalid, "check.not_a_condition", "/formula", {}});
  }
  if (formula && formula->references().empty()) {
    problems.push_back({base::ProblemKind::invalid, "check.no_indicator", "/formula", {}});
  }
  if (check.to <= check.from) {
    problems.push_back({base::ProblemKind::invalid, "check.ends_before", "/to", {}});
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  return formula;
}

base::Problems stopping(const std::vector<Doubt>& doubts) {
  base::Problems problems;
  for (const Doubt& doubt : doubts) {
    const bool blocks = doubt.severity == Severity::blocks;
    if (!blocks && (doubt.severity != Severity::explain || doubt.is_explained())) continue;
    problems.push_back(
        {base::ProblemKind::invalid,
         blocks ? "report.check_failed" : "report.doubt_unexplained",
         doubt.cells.empty() ? std::string() : "/cells/" + std::to_string(doubt.cells.front()),
         {doubt.code}});
  }
  return problems;
}

}  // namespace report
