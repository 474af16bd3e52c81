#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "direct/formula.h"
#include "org/succession.h"
#include "report/fact.h"
#include "report/rollup.h"

/// What was published: frozen totals with all they rest on, pure.
namespace report {

using PublicationId = base::Id<struct PublicationTag>;

/// An indicator as it was defined on the day: enough to reckon its totals again.
struct Definition {
  direct::Indicator indicator;  ///< without the ids of its terms
  struct Term {
    std::string code;
    bool is_below = false;
    std::int64_t times = 1;
    friend bool operator==(const Term&, const Term&) = default;
  };
  std::vector<Term> terms;
  int above_decimals = 0, below_decimals = 0;
  std::vector<std::string> parts;  ///< collected periods, in order
};

/// A collected indicator that definitions are made of.
struct Collected {
  std::string code, name, measure_unit;
  int decimals = 0;
};

/// A unit of the tree of that day.
struct Place {
  org::UnitRef unit;
  org::UnitId parent;  ///< zero for the root, and for guests
  int level = 0;
  bool is_guest = false;  ///< not in the tree; its cells say where they count
};

/// One cell a total is made of, or would be.
struct PublishedCell {
  org::UnitId unit;
  std::string indicator, period;
  FactId fact;
  std::int64_t revision = 0;
  FactState state = FactState::blank;
  FactStatus status = FactStatus::draft;
  std::optional<std::int64_t> amount;
  std::string remark, note;  ///< the unit's own; why it was excluded
  std::string act, by;
  std::int64_t at = 0;    ///< microseconds; 0 when never touched
  bool is_guest = false;  ///< the unit stood elsewhere in the tree of that period
  /// Where a guest's figures count; unit zero for a share outside the tree. Empty when
  /// the shares are not known.
  struct Seat {
    org::UnitId unit;
    std::int64_t numerator = 1, denominator = 1;
    friend bool operator==(const Seat&, const Seat&) = default;
  };
  std::vector<Seat> seats;

  bool counts() const { return status == FactStatus::accepted && state == FactState::value; }
};

/// Why a cell does not count: "silent", "excluded", "not_accepted", "not_applicable", "not_yet";
/// empty when it does. `cell` may be none.
std::string why_not(const PublishedCell* cell);

struct PublishedLine {
  org::UnitId unit;
  std::vector<Total> totals;  ///< of the definitions, in their order
};

struct Published {
  std::string title;
  org::UnitId unit;
  std::string period, line;
  base::Date on;
  RequestId request;  ///< zero when of a question
  std::string request_title;
  bool is_illustrative = false;
  std::vector<Definition> indicators;
  std::vector<Collected> collected;
  std::vector<Place> places;         ///< the tree, the asked unit first; then guests
  std::vector<PublishedLine> lines;  ///< the asked unit first
  std::vector<PublishedCell> cells;

  const Definition* definition(const std::string& code) const;
};

/// A figure in one cell, before and after; none where there was no cell.
struct CellChange {
  std::string indicator;
  std::optional<PublishedCell> before, after;
};

enum class StepKind {
  came,             ///< the unit lies under the line now and did not
  went,             ///< the other way round
  share,            ///< another share of it lies there
  counted_no_more,  ///< excluded, taken back …
  counted_now,
  changed,  ///< another value
  period,   ///< another period was asked
  formula,  ///< another formula or rule
  rounding,
  others  ///< many small ones together
};
std::string_view name(StepKind kind);

/// One cause of a difference and exactly what it makes.
struct Step {
  StepKind kind = StepKind::changed;
  org::UnitId unit;                   ///< zero for formula, rounding, others
  std::string period;                 ///< of the cells
  std::string why_before, why_after;  ///< why it did not count
  std::vector<CellChange> cells;
  direct::Rational change = 0;
  std::size_t count = 1;  ///< of `others`
};

/// The steps add up to `change` exactly; it is none when there is no value on one side, and then
/// the steps bear none either.
struct TotalDifference {
  org::UnitId line;
  std::string indicator;
  std::optional<std::int64_t> before, after;
  int decimals_before = 0, decimals_after = 0;
  std::optional<direct::Rational> change;
  std::vector<Step> steps;
};

/// A word of a definition or the question that is another now.
struct WordChange {
  std::string indicator;  ///< code; empty for the question itself
  std::string what;       ///< name, measure_unit, decimals, formula, rules, title, period, on, …
  std::string before, after;
};

struct Differences {
  std::vector<WordChange> words;
  std::vector<org::UnitId> units_came, units_went;  ///< of the tree
  std::vector<TotalDifference> totals;              ///< those that differ or rest on other figures
};

constexpr std::size_t kMostSteps = 200;  ///< of one total; the smallest beyond are one step

/// How one line's totals came from `before` to `after`.
Differences differences(const Published& before, const Published& after, org::UnitId line);

/// A line's total reckoned again from the cells, exactly; none where it has no value. The published
/// value is this, rounded half away from zero.
std::optional<direct::Rational> exact_total(const Published& published,
                                            const Definition& definition, org::UnitId line);

/// Cells whose state, status or amount is another in `now` than in `then`, or that are in one only
/// and are not blank.
std::size_t changed_cells(const std::vector<PublishedCell>& then,
                          const std::vector<PublishedCell>& now);

}  // namespace report
