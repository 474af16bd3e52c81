#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "direct/formula.h"
#include "report/fact.h"

/// Rules that the figures of one unit keep to, and what is doubtful in a report. Pure.
namespace report {

using CheckId = base::Id<struct CheckTag>;

/// What a doubt does to handing the report in: nothing, asks for words, or stops it.
enum class Severity { blocks, explain, note };
std::string_view name(Severity severity);
std::optional<Severity> severity_named(std::string_view name);

/// A condition over indicators, as direct/formula.h reads it: "[F06] <= [F05]".
struct Check {
  CheckId id;
  std::string code, formula;
  std::string words_vi, words_en;  ///< what is wrong when it does not hold
  Severity severity = Severity::explain;
  base::Date from, to = base::kForever;
  std::int64_t revision = 1;
};

/// Faults of the check alone: of its formula, one that is not a condition
/// ("check.not_a_condition"), an end before its beginning. The formula when there are none.
base::Result<direct::Formula> read_check(const Check& check);

/// Something in a report to look at again before it is handed in.
struct Doubt {
  std::string code;  ///< stable within the report: "check:KT01", "apart:F05", "parts:F05:Giới tính"
  Severity severity = Severity::note;
  std::vector<std::size_t> cells;  ///< indexes of the sheet's cells it is about
  std::string words_vi, words_en;
  std::string fingerprint;  ///< of the figures it speaks of: an explanation holds while it is this
  std::string explanation = {}, explained_by = {};
  std::optional<base::Instant> explained_at = {};

  bool is_explained() const { return !explanation.empty(); }
};

/// What stops the report: doubts that block ("report.check_failed") and those that are to be
/// explained and are not ("report.doubt_unexplained"), each with its first cell as field.
base::Problems stopping(const std::vector<Doubt>& doubts);

}  // namespace report
