#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/word_diff.h"
#include "report/bound_figures.h"
#include "report/sameness.h"
#include "report/service.h"

/// The acts and questions on a report's words.
namespace report {

/// Writes one section of a report, by who may enter for its unit. A mark must stand for something;
/// a paragraph taken over must be the unit's own earlier one ("narrative.block_unknown").
base::Result<void> put_section(store::Tx& tx, const auth::Actor& actor, Now now, OnReport on,
                               const std::string& section, const std::vector<BlockDraft>& drafts);

/// The report the unit wrote for the period before (else the year before) in answer to the same
/// regime, or to a request of the same unit whose title is the same but for dates.
struct Previous {
  ReportId report;
  std::string period;
  Narrative narrative;
};
std::optional<Previous> previous_report(store::Tx& tx, const Report& report);

/// A section beside the one of the period before.
struct Beside {
  Sameness sameness = Sameness::none;
  int likeness = 0;  ///< percent of its runs of three words
};
std::optional<Beside> beside_previous(const Section& section, const Previous& previous);

/// What changed between two handings up, or since the last return.
struct RoundDifferences {
  narrative_store::Round round;  ///< the one that was returned
  struct OfCell {
    direct::Indicator indicator;
    narrative_store::Bound before, after;
  };
  struct OfSection {
    OutlineSection section;
    std::vector<base::Span> spans;  ///< figures written out as they stood and as they stand
  };
  std::vector<OfCell> cells;
  std::vector<OfSection> sections;
};
/// Against round `round`, which was returned; the last one returned when 0. None when there is
/// none.
std::optional<RoundDifferences> differences(store::Tx& tx, const Sheet& sheet,
                                            std::int64_t round = 0);

}  // namespace report
