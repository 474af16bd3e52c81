#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "direct/programme.h"
#include "store/db.h"

namespace direct {

/// Who below has taken up what: one row an objective, one letter a unit.
/// - a: every target of the objective adopted (or the programme, where it has none);
/// - d: some declined, the rest answered; p: some adopted, some silent; s: silent.
struct CoverageMatrix {
  std::vector<org::UnitRef> units;
  struct Row {
    std::string code, title;  ///< empty code: targets of no objective, or the programme as a whole
    std::int64_t targets = 0;
    std::string states;
    std::int64_t adopted = 0, declined = 0, partly = 0, silent = 0;
  };
  std::vector<Row> rows;
};

CoverageMatrix coverage_matrix(store::Tx& tx, const Programme& programme, base::Date day);

/// The letter for one unit's answers to the targets of one objective. Pure.
char coverage_letter(std::int64_t adopted, std::int64_t declined, std::int64_t targets);

}  // namespace direct
