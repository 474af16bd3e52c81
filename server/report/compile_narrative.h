#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/word_diff.h"
#include "report/consolidated_store.h"
#include "report/sameness.h"
#include "report/service.h"

/// The requester's own text made of the units' paragraphs: picked, edited, merged, each with its
/// source marks; and what was left out.
namespace report {

struct ConsolidatedDraft {
  ConsolidatedId id;
  std::string text;
  std::vector<SourceMark> sources;
  std::string pointer;
};
struct ConsolidatedSection {
  std::string section;
  std::int64_t revision = 0;  ///< the one the sender saw
  std::vector<ConsolidatedDraft> blocks;
  std::vector<LeftOut> left_out;  ///< only those with a reason
};
/// Writes a section of the request's consolidated narrative. Who decides for the requester may;
/// every source is a paragraph of a report of this request, at a revision it has; every mark stands
/// for something at the requester or below it.
base::Result<void> put_consolidated(store::Tx& tx, const auth::Actor& actor, Now now,
                                    RequestId request, const ConsolidatedSection& written);

/// A source mark beside the paragraph as it stands now.
struct SourceNow {
  SourceMark mark;
  SourceBlock now;
  bool has_changed = false;         ///< other words, gone, or its report no longer accepted
  std::vector<base::Span> changes;  ///< when its words are others
};
struct Gathered {
  OutlineSection section;
  std::int64_t revision = 1;
  std::vector<SourceBlock> sources;
  std::vector<std::vector<std::size_t>> groups;  ///< indexes into `sources`, alike ones together
  std::vector<ConsolidatedBlock> blocks;
  std::vector<std::vector<SourceNow>> marks;               ///< of each of `blocks`
  std::map<BlockId, std::vector<ConsolidatedId>> used_in;  ///< anywhere in the request
  std::map<BlockId, LeftOut> reasons;
};
/// A section as the compiler meets it; `everything` false for a unit, which sees its own paragraphs
/// alone. None when the request has no such section.
std::optional<Gathered> gather_narrative(store::Tx& tx, const org::Scope& scope,
                                         const Request& request, std::string_view section,
                                         bool submitted, bool everything);

struct SectionCounts {
  OutlineSection section;
  std::int64_t revision = 1;
  std::int64_t units = 0;  ///< that wrote something in it
  std::int64_t sources = 0, used = 0, blocks = 0, changed = 0;
};
std::vector<SectionCounts> count_narrative(store::Tx& tx, const org::Scope& scope,
                                           const Request& request, bool everything);

/// A section that a unit handed up as it was the period before, or but for its dates.
struct Copied {
  ReportId report;
  org::UnitId unit;
  std::string section;
  Sameness sameness = Sameness::dates;
};
/// Among the reports handed up, beside those of the same regime (or of a request of the same unit
/// whose title is the same but for dates) of the period before.
std::vector<Copied> copied_sections(store::Tx& tx, const org::Scope& scope, const Request& request);

/// The consolidated narrative as it is read, for the document.
struct ReadSection {
  std::string title;
  struct Paragraph {
    std::string text;                ///< figures written out
    std::vector<org::UnitId> units;  ///< whose paragraphs it was made of
  };
  std::vector<Paragraph> paragraphs;
};
std::vector<ReadSection> read_narrative(store::Tx& tx, const Request& request);

}  // namespace report
