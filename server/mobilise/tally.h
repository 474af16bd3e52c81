#pragma once

#include <array>
#include <map>
#include <vector>

#include "mobilise/contribution.h"
#include "org/unit_store.h"

/// Totals of a movement over a tree. Pure.
namespace mobilise {

/// What counts at one unit, of one stage and kind; with a body, as far as it reported it.
struct Counted {
  org::UnitId unit;
  Stage stage = Stage::received;
  GiftKind kind = GiftKind::money;
  std::int64_t quantity = 0, contributions = 0;
  org::UnitId body{};
};

struct Figure {
  std::int64_t pledged = 0, received = 0;
  std::int64_t pledges = 0, receipts = 0;  ///< contributions behind it
  friend bool operator==(const Figure&, const Figure&) = default;
};

struct Tally {
  std::array<Figure, kGiftKinds> figures;
  /// Contributions of a unit that was divided: some of its heirs are here, some are not, and a gift
  /// is not divided, so they are in no total below the one that has all heirs.
  std::int64_t undivided = 0;

  const Figure& of(GiftKind kind) const { return figures[static_cast<std::size_t>(kind)]; }
  void add(const Counted& counted);
  friend bool operator==(const Tally&, const Tally&) = default;
};

/// The units of the tree that stand for a unit: itself, or its heirs.
using Seats = std::map<org::UnitId, std::vector<org::UnitId>>;

/// The tallies of `wanted`, indexes of nodes, which are parents before children. A unit that is not
/// in `seats` stands for itself.
std::vector<Tally> tally(const std::vector<org::unit_store::Node>& nodes,
                         const std::vector<int>& wanted, const Seats& seats,
                         const std::vector<Counted>& counted);

}  // namespace mobilise
