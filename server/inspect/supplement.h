#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "inspect/inspection.h"
#include "store/db.h"

/// What a team asks a unit to add to its self-report, and all SQL of it.
namespace inspect {

using SupplementId = base::Id<struct SupplementTag>;

struct Supplement {
  SupplementId id;
  InspectionId inspection;
  org::UnitId unit;
  report::ReportId report;
  int number = 0;          ///< how many the unit was asked, this one too
  std::int64_t round = 0;  ///< of the report, which was given back
  base::Date due_on;
  std::string remark;
  std::string actor;
  base::Instant at;
  std::optional<base::Instant> answered_at;  ///< the report was handed up again
  struct Item {
    std::string section;    ///< code; empty for a figure
    std::string indicator;  ///< code; empty for a section
    std::string kind;       ///< of the figure
    std::string remark;
  };
  std::vector<Item> items;
};

/// Unanswered, and its time is not over.
bool is_open(const Supplement& supplement, base::Date day);

namespace supplement_store {

SupplementId add(store::Tx& tx, const Supplement& supplement, const auth::Actor& actor);
/// In the order they were asked.
std::vector<Supplement> of_inspection(store::Tx& tx, InspectionId id);

}  // namespace supplement_store
}  // namespace inspect
