#pragma once

#include <vector>

#include "report/burden.h"
#include "store/db.h"

/// All SQL of what requests cost.
namespace report::burden_store {

/// The requests that ask the line of some of the units.
std::vector<Overlap> overlaps(store::Tx& tx, const AskedCell& cell,
                              const std::vector<org::UnitId>& units);
std::int64_t minutes(store::Tx& tx, org::UnitId unit, int year);
std::vector<YearLine> lines(store::Tx& tx, org::UnitId unit, int year);
std::optional<std::int64_t> budget(store::Tx& tx, org::UnitId unit, int year);
void set_budget(store::Tx& tx, org::UnitId unit, int year, std::int64_t minutes,
                auth::AccountId account, base::Instant at);

}  // namespace report::burden_store
