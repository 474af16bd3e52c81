#include "org/import_boundaries.h"

#include "http/json.h"
#include "journal/journal.h"
#include "org/boundary_store.h"
#include "org/unit_store.h"

namespace org {

namespace json = http::json;
using base::ProblemKind;

base::Result<std::size_t> import_boundaries(store::Tx& tx, const auth::Actor& actor,
                                            base::Instant now, const std::vector<BoundaryRow>& rows,
                                            base::Date on, const std::string& source) {
  base::Problems problems;
  std::vector<UnitId> units;
  for (const BoundaryRow& row : rows) {
    const auto unit = unit_store::find_by_code(tx, row.code, on);
    if (!unit) {
      problems.push_back(
          {ProblemKind::invalid, "boundary.unit_unknown", row.place, {row.code, on.text()}});
    }
    units.push_back(unit.value_or(UnitId{}));
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    boundary_store::put(tx, units[i], on, rows[i].geometry, source);
  }
  const std::string detail =
      json::serialize(json::object{{"boundaries", rows.size()}, {"on", on.text()}});
  journal::record(tx, actor, now, {"boundaries.imported", "tree", 0, detail});
  return rows.size();
}

}  // namespace org
