#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "org/succession.h"
#include "org/unit_store.h"
#include "report/fact.h"
#include "report/measure.h"

/// Totals over a tree, pure. Only accepted figures count; what does not count is named.
namespace report {

enum class Absence { missing, excluded, not_applicable, undivided };

/// A unit that stood elsewhere in the tree when a period was reported, with the seats its figures
/// take in the tree asked for.
struct Guest {
  struct Seat {
    int node = -1;  ///< index of a node; -1 outside the tree asked for
    std::int64_t numerator = 1, denominator = 1;
  };
  org::UnitId unit;
  std::vector<Seat> seats;     ///< shares that add to 1
  std::vector<int> undivided;  ///< all nodes in which some of it lies, how much is not known:
                               ///< nothing counts there, and they say so
  bool was_leaf = true;        ///< expected to report when every leaf was
  org::Basis basis = org::Basis::whole;
};

/// How a period's tree differs from the tree asked for.
struct Restated {
  std::vector<Guest> guests;
  std::vector<bool>
      passed;  ///< per node: it was not there, its guests stand for it; empty for none
};

/// A figure that is in a total by a share only.
struct Estimate {
  org::UnitId unit;
  std::int64_t numerator = 1, denominator = 1;
  org::Basis basis = org::Basis::stated;
  friend bool operator==(const Estimate&, const Estimate&) = default;
};

/// Whether the totals of a whole's parts add up to its own.
struct PartsTotal {
  std::string breakdown;
  bool adds_up = true;
  std::vector<std::optional<std::int64_t>> parts;  ///< their totals, of `indicators`
  base::Wide sum = 0;
  /// Sum of parts less the whole; for "of which" lines by how much the largest is more than the
  /// whole. None when the whole or all parts are without figures.
  std::optional<base::Wide> difference;
  struct Cause {
    org::UnitId unit;
    base::Wide whole = 0, parts = 0;
    bool is_incomplete = false;  ///< a figure is not there, or does not count
  };
  std::vector<Cause> causes;  ///< units whose own figures differ, the largest first, at most 50
  std::vector<direct::IndicatorId> indicators = {};
};

/// The total of one measure at one unit.
struct Total {
  std::optional<std::int64_t>
      value;  ///< in the indicator's smallest unit; none when nothing counts or the rule gives none
  bool is_too_large = false;  ///< no value, since it leaves what can be kept
  base::Wide above = 0;       ///< the plain sum, the numerator, or the weighted sum; in the
                              ///< measure's `above_decimals`
  base::Wide below = 0;       ///< the denominator or the weights
  std::int64_t counted = 0;   ///< cells (unit × collected period) that are in the value
  std::int64_t expected = 0;
  std::vector<org::UnitId> missing, excluded, not_applicable;  ///< units, each once
  std::int64_t restated = 0;           ///< counted cells of units that stood elsewhere then
  std::vector<Estimate> estimates;     ///< those that are in by a share only, each unit once
  std::vector<org::UnitId> undivided;  ///< units that are in parts here, what parts is not known
  std::vector<PartsTotal> breakdowns;
};

/// Takes facts part by part and adds them up for the wanted nodes of a tree.
class Rollup {
 public:
  /// `nodes` has parents before children; `wanted` are indexes of nodes whose totals are asked.
  Rollup(const std::vector<org::unit_store::Node>& nodes, std::vector<int> wanted,
         std::vector<Measure> measures);

  /// All collected periods any measure needs, each once.
  const std::vector<base::Period>& parts() const { return parts_; }

  /// The slot of a collected indicator, or -1.
  int slot_of(direct::IndicatorId indicator) const;
  /// What counts of a node, or of a guest, in the part begun and one slot.
  std::optional<std::int64_t> counted(std::size_t node, int slot) const;
  std::optional<std::int64_t> guest_counted(std::size_t guest, int slot) const;
  org::UnitId node(std::size_t index) const { return nodes_[index].id; }
  const Restated& restated() const { return restated_; }

  void begin(const base::Period& part, Restated restated = {});
  /// A fact of the part begun; units and indicators that are not asked are passed over. `at` orders
  /// the "latest" rule.
  void take(org::UnitId unit, direct::IndicatorId indicator, FactState state, FactStatus status,
            std::int64_t amount, std::int64_t at = 0);
  /// `was_asked[slot]`: a request asked this indicator in the part, so only units with a fact are
  /// expected; otherwise every leaf is. Slots are indexes into `collected()`.
  void end(const std::vector<bool>& was_asked);

  /// The indicators whose facts are needed.
  const std::vector<direct::IndicatorId>& collected() const { return slots_; }

  /// totals[w][m]: of wanted[w] and measures[m].
  std::vector<std::vector<Total>> finish() const;
  const std::vector<Measure>& measures() const { return measures_; }

 private:
  struct Taken {
    std::int64_t amount = 0;
    std::int64_t at = 0;
    FactState state = FactState::blank;
    FactStatus status = FactStatus::draft;
    bool is_there = false;
    bool counts() const { return status == FactStatus::accepted && state == FactState::value; }
  };
  struct Sum {
    base::Wide above = 0, below = 0;
    std::int64_t counted = 0, expected = 0, at = 0, restated = 0;
    bool is_too_large = false;
  };
  struct Absent {
    std::uint32_t wanted, measure;
    org::UnitId unit;
    Absence why;
  };
  struct Seated {
    base::Wide over = 0;                // shares under one wanted node, over a common whole
    std::vector<std::int64_t> amounts;  // of the terms
  };
  int add_slot(direct::IndicatorId indicator);
  void weigh(std::size_t node, std::size_t measure, bool leaf_is_expected);
  void weigh_guest(std::size_t guest, std::size_t measure, bool leaf_is_expected);
  void seat_guest(Seated& seated, std::uint32_t wanted, const std::vector<std::int64_t>& amounts,
                  std::size_t measure, base::Wide over);
  /// Of one cell at one place: whether it is expected there, whether it counts, why not.
  struct Judged {
    bool is_expected = false, counts = false;
    Absence why = Absence::missing;
  };
  /// Of a node or guest, whose first slot is at `first`; the others follow `step` apart.
  Judged judge(const Taken* first, std::size_t step, std::size_t measure,
               bool is_expected_leaf) const;
  static Absence absence_of(const Taken& one);
  /// `amounts` are of the measure's terms, in their order.
  void add(Sum& sum, std::size_t measure, const std::int64_t* amounts, std::int64_t at,
           bool is_own) const;
  /// The terms' amounts of each seat of a divided guest, by its shares.
  std::vector<std::vector<std::int64_t>> divided(const Guest& guest, std::size_t measure,
                                                 const std::vector<std::int64_t>& amounts) const;
  std::optional<std::int64_t> value_of(const Sum& sum, std::size_t measure,
                                       bool& is_too_large) const;

  const std::vector<org::unit_store::Node>& nodes_;
  std::vector<int> wanted_;
  std::vector<Measure> measures_;
  std::vector<base::Period> parts_;
  std::vector<direct::IndicatorId> slots_;
  std::vector<std::vector<std::size_t>> measure_slots_;  // of the terms, in their order
  std::vector<std::int32_t> node_by_unit_;               // by unit id
  std::vector<std::int32_t> wanted_by_node_;             // index into wanted_, or -1
  std::vector<std::int32_t> slot_by_indicator_;          // by indicator id
  std::vector<std::size_t> reach_from_;                  // per node: its wanted ancestors-or-self …
  std::vector<std::uint32_t> reach_;                     // … as indexes into wanted_
  std::vector<Taken> taken_;                             // nodes × slots, of the part begun
  std::vector<Sum> sums_;                                // wanted × measures
  std::vector<Absent> absent_;
  struct Estimated {
    std::uint32_t wanted, measure;
    Estimate estimate;
  };
  std::vector<Estimated> estimated_;
  Restated restated_;  // of the part begun
  std::vector<std::int32_t> guest_by_unit_;
  std::vector<Taken> guests_taken_;       // slots × guests
  std::vector<Seated> seated_;            // per wanted, of the guest being weighed
  std::vector<std::uint32_t> seated_at_;  // the wanted nodes it touches
  base::Period part_;
  std::vector<std::int64_t> amounts_;  // of the cell being weighed
};

}  // namespace report
