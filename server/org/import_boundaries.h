#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "auth/actor.h"
#include "base/date.h"
#include "base/result.h"
#include "store/db.h"

namespace org {

/// A unit's boundary as a file says it.
struct BoundaryRow {
  std::string place;     ///< "/features/3"
  std::string code;      ///< official code on the file's day
  std::string geometry;  ///< GeoJSON text, Polygon or MultiPolygon, degrees with six decimals
};

/// Reads a GeoJSON FeatureCollection (RFC 7946) whose features bear a `code` in their properties,
/// else in their id. Refuses, all faults at once: "boundary.json", "boundary.form",
/// "boundary.code_missing", "boundary.code_twice", "boundary.geometry" (neither Polygon nor
/// MultiPolygon, a ring of less than four points or not closed, a point outside the earth).
base::Result<std::vector<BoundaryRow>> read_boundaries(std::string_view bytes);

/// Writes them from the day on, all or none: "boundary.unit_unknown" for a code nobody bears on the
/// day. Gives how many were written.
base::Result<std::size_t> import_boundaries(store::Tx& tx, const auth::Actor& actor,
                                            base::Instant now, const std::vector<BoundaryRow>& rows,
                                            base::Date on, const std::string& source);

}  // namespace org
