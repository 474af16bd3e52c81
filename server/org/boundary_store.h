#pragma once

#include <string>
#include <vector>

#include "org/unit.h"
#include "store/db.h"

/// All SQL of boundaries: GeoJSON geometries, dated like everything of a unit.
namespace org::boundary_store {

struct Boundary {
  UnitRef unit;
  std::string geometry;  ///< GeoJSON text
  std::string source;
};

/// Of the unit and of those right under it in the line, valid on the day.
std::vector<Boundary> around(store::Tx& tx, UnitId unit, base::Date day, std::string_view line);
/// Writes the boundary from a day on; one that began before ends there, one of the same day is
/// replaced.
void put(store::Tx& tx, UnitId unit, base::Date from, const std::string& geometry,
         const std::string& source);

}  // namespace org::boundary_store
