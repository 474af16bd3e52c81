#pragma once

#include <vector>

#include "auth/actor.h"
#include "direct/indicator.h"
#include "office/csv.h"
#include "store/db.h"

namespace direct {

struct DefinedIndicators {
  std::vector<Indicator> added;
  std::size_t unchanged = 0;  ///< known already with the same definition
};

/// Rows of a csv with the columns code, name, measure_unit, decimals, direction, across_units,
/// across_time and optionally numerator, denominator, weight, frequency, formula, part_of,
/// breakdown, adds_up (yes, no); all faults at once, by line.
base::Result<std::vector<NewIndicator>> indicator_rows(const office::CsvTable& table);

/// Adds indicators, parts by code among the new and the known. All faults at once: those of
/// `faults_of`, a code twice, a code taken by another definition ("indicator.code_taken"), an
/// unknown part, a part that is itself derived ("indicator.part_derived", so nothing can go round),
/// "indicator.part_not_summed", "indicator.part_times"; and those of `break_down`.
base::Result<DefinedIndicators> define_indicators(store::Tx& tx, const auth::Actor& actor,
                                                  base::Instant now,
                                                  const std::vector<NewIndicator>& asked);

/// A breakdown as asked for: parts by code, with the places of their faults.
struct AskedBreakdown {
  std::string name;
  bool adds_up = true;
  struct Part {
    std::string code, place;
  };
  std::vector<Part> parts;
  std::string place;
};

/// Says what a whole is broken down into, in place of what there was. `revision` is the one the
/// sender saw: "indicator.changed". All faults at once: "indicator.unknown", those of `part_fault`,
/// "indicator.part_loop", "indicator.part_twice", "indicator.part_alone",
/// "indicator.breakdown_twice".
base::Result<void> break_down(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                              const Indicator& whole, std::int64_t revision,
                              const std::vector<AskedBreakdown>& asked);

/// Adds what rows say of wholes to what is known of them.
base::Result<void> break_down_rows(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                                   const std::vector<NewIndicator>& rows);

}  // namespace direct
