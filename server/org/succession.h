#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "org/reorganisation.h"
#include "org/unit.h"

/// What became of units over the years, pure.
namespace org {

/// `numerator` / `denominator` of what belonged to `from` belongs to `to` from `on` on.
struct Succession {
  ChangeKind kind = ChangeKind::merge;  ///< merge, split or end
  base::Date on;
  UnitId from, to;
  std::int64_t numerator = 1, denominator = 1;
  Basis basis = Basis::whole;
  bool from_ends = true;
};

/// Where one unit's figures of an earlier or later day stand in the tree of another day.
struct Destination {
  struct Part {
    UnitId unit;
    std::int64_t numerator = 1, denominator = 1;  ///< lowest terms
  };
  std::vector<Part> parts;     ///< shares add to 1; one part 1/1 when the unit went whole
  std::vector<UnitId> among;   ///< looking back: it lies in these together, in what parts is not
                               ///< known; then `parts` is empty
  Basis basis = Basis::whole;  ///< on what the shares rest; of the last division when several
  bool is_estimate() const { return parts.size() > 1; }
};

/// The successions between two days, ready to be asked for one unit after another. Looking forward
/// multiplies shares; looking back a unit made of several is known only to lie in all of them.
class Restating {
 public:
  /// `all` of any days, in any order; only those in (earlier, later] of the two days count.
  Restating(const std::vector<Succession>& all, base::Date of, base::Date to);

  /// The units whose figures do not stay where they were.
  const std::vector<UnitId>& moved() const { return moved_; }
  /// Where the figures of `unit` stand; itself when nothing happened to it.
  Destination of(UnitId unit) const;

 private:
  Destination forward(UnitId unit) const;
  Destination back(UnitId unit) const;

  std::vector<Succession> links_;  // in the order of going
  std::unordered_map<UnitId, std::vector<std::size_t>> by_start_;
  std::vector<UnitId> moved_;
  bool is_forward_ = true;
};

/// Divides an amount by shares of one whole into integers that add to it exactly: rounded down, and
/// the rest to the largest remainders, the earlier part first among equals.
std::vector<std::int64_t> apportion(std::int64_t amount,
                                    const std::vector<Destination::Part>& parts);

}  // namespace org
