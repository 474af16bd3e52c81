#pragma once

#include <optional>
#include <string>
#include <vector>

#include "auth/actor.h"
#include "base/result.h"
#include "office/csv.h"
#include "org/unit.h"
#include "store/db.h"

namespace org {

struct ImportUnits {
  base::Date on;
  std::string line = kGovernment;
  std::optional<std::string>
      parent_code;       ///< rows without a parent of their own go under it; made when new
  bool partial = false;  ///< take the good rows and refuse only the rest
};

/// A row as the file says it.
struct UnitRow {
  std::size_t file_line = 0;
  std::string code, name, kind, parent_code;
  std::optional<std::int64_t> level;
};

/// Something taken, but worth a look: a code of the catalogue, the place, and what was seen.
struct Doubt {
  std::size_t file_line = 0;
  base::Problem problem;
};

struct ImportPlan {
  std::vector<UnitRow> rows;  ///< to be taken, parents before children
  std::vector<Doubt> doubts;
  base::Problems refused;
  std::size_t unchanged = 0;  ///< known already, exactly so
  std::size_t taken = 0;      ///< new units, or known ones that get a parent in this line
  bool makes_parent = false;
};

/// Reads the rows of a file (columns code, name and optionally level, type, parent_code), each
/// fault with its line.
base::Result<std::vector<UnitRow>> unit_rows(const office::CsvTable& table);

/// What the file alone shows: codes twice, cycles, orphans are found by `plan`; here are the doubts
/// a person should see: the same name twice under one parent, a name that does not begin with its
/// type, a level that is not its parent's plus one, a unit of an upper level with nothing under it.
/// Pure.
std::vector<Doubt> doubts_of(const std::vector<UnitRow>& rows);

/// Indexes of rows that stand in a cycle of parents. Pure.
std::vector<std::size_t> rows_in_cycles(const std::vector<UnitRow>& rows);

/// What the import would do, and what it refuses; writes nothing.
ImportPlan plan_units(store::Tx& tx, const std::vector<UnitRow>& rows, const ImportUnits& ask);

/// Plans and writes, in the caller's transaction, with one journal leaf. Refuses the whole file
/// when any row is refused, unless `partial`.
base::Result<ImportPlan> import_units(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                                      const std::vector<UnitRow>& rows, const ImportUnits& ask);

}  // namespace org
