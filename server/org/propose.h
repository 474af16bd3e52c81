#pragma once

#include <set>
#include <string>
#include <vector>

#include "org/catalogue.h"
#include "org/reorganisation.h"

namespace org {

/// What an official catalogue of a day says otherwise than the tree of that day, as a plan for a
/// person to confirm.
struct Proposal {
  Plan plan;
  base::Problems refused;  ///< what cannot be proposed, with its place in the mapping
  base::Problems doubts;   ///< what concerns no single change
};

struct Sources {
  Catalogue catalogue;
  std::vector<Mapping> mappings;  ///< the first decides; where another says otherwise, a doubt does
};

/// What a mapping speaks of: the tree of the day before, and what has already become of it.
struct Eve {
  Snapshot tree;
  std::set<UnitId> gone_over;  ///< units whose figures went to others on the day itself
};

/// Compares by code, then by name: differences of tone placement, blanks, case, NFD or leading
/// zeros are none. A unit that a mapping gives to one unit alone, and that takes nothing else in,
/// goes on (renamed, re-coded, moved); units that meet end in a new one; a divided unit is divided
/// by the shares the mapping states, else in equal parts with a doubt. A listed unit of which the
/// mapping does not speak goes on, and takes in what is mapped to it. What has gone over already is
/// not proposed again. Stated shares that do not add to 1 are refused: "catalogue.shares". Pure.
Proposal propose(const Snapshot& tree, const Eve& eve, const Sources& sources,
                 const std::string& line);

/// Leaves of tree and sources what is about `owner` and the units under it (`own`, sorted), so that
/// a country's catalogue serves one province. "catalogue.owner_missing" when it does not name it.
base::Result<void> keep_under(UnitId owner, const std::vector<UnitId>& own, Snapshot& tree,
                              Eve& eve, Sources& sources, const std::string& line);

}  // namespace org
