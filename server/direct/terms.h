#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "direct/formula.h"

namespace direct {

/// A formula as totals are made of it: factor × (sum of terms) / (sum of terms). Sums of such terms
/// over units and periods may be made in any order.
struct Normalised {
  struct Term {
    std::string code;
    std::int64_t coefficient = 1;  ///< over 10^decimals
    int decimals = 0;
    friend bool operator==(const Term&, const Term&) = default;
  };
  std::vector<Term> above, below;  ///< nothing below: it does not divide
  std::int64_t factor_above = 1, factor_below = 1;
};

/// Digits a coefficient may have, so that no sum over a country can pass 128 bits.
constexpr int kMostCoefficientDigits = 12;

/// The formula as one sum over another. Refusals, kind invalid, of `field`:
/// "formula.not_linear" (figures multiplied by each other, fractions of different sums added, min,
/// max, abs, a comparison), "formula.constant" (a bare number added to figures: it is not known how
/// often), "formula.other_time" (previous, year_before, whole_year), "formula.nothing" (no figure
/// left), "formula.coefficient" (more digits than can be added up).
base::Result<Normalised> normalised(const Formula& formula, const std::string& field = {});

}  // namespace direct
