#pragma once

#include <optional>
#include <string>
#include <vector>

#include "auth/actor.h"
#include "report/narrative.h"
#include "report/report_store.h"

namespace report {

using ConsolidatedId = base::Id<struct ConsolidatedTag>;

/// A unit's paragraph as it was when it was picked.
struct SourceMark {
  BlockId block;
  std::int64_t revision = 0;
};

/// A paragraph of the requester's own text, with the marks of where it came from.
struct ConsolidatedBlock {
  ConsolidatedId id;  ///< zero for one not saved yet
  std::string section;
  std::string text;
  std::int64_t revision = 0;
  std::string by;
  base::Instant at;
  std::vector<SourceMark> sources;
  bool is_changed = false;
};

/// A unit's paragraph as the compiler meets it.
struct SourceBlock {
  Block block;
  ReportId report;
  org::UnitId unit;
  ReportState state = ReportState::draft;
  std::string section;
  bool is_removed = false;
};

/// Why a paragraph is not used, said by the compiler.
struct LeftOut {
  BlockId block;
  std::string reason, by;
  base::Instant at;
};

}  // namespace report

/// All SQL of the consolidated narrative.
namespace report::consolidated_store {

/// 1 while nothing was saved.
std::int64_t revision(store::Tx& tx, RequestId request, std::string_view section);
/// False when someone saved first: `seen` is not the section's revision.
[[nodiscard]] bool advance(store::Tx& tx, RequestId request, std::string_view section,
                           std::int64_t seen);

/// The own paragraphs of a section, or of all when none is named, in order.
std::vector<ConsolidatedBlock> blocks(store::Tx& tx, RequestId request,
                                      std::string_view section = {});
struct Hand {
  const auth::Actor& actor;
  base::Instant at;
};
void save(store::Tx& tx, RequestId request, ConsolidatedBlock& block, std::size_t position,
          const Hand& hand);
void remove(store::Tx& tx, ConsolidatedId block);

/// The units' paragraphs of a section (of all when none is named) from accepted reports, with
/// `submitted` also from those that wait; those in scope only.
std::vector<SourceBlock> sources(store::Tx& tx, const org::Scope& scope, RequestId request,
                                 std::string_view section, bool submitted);
std::optional<SourceBlock> source(store::Tx& tx, RequestId request, BlockId block);
/// The words of a paragraph at a revision.
std::optional<std::string> text_at(store::Tx& tx, BlockId block, std::int64_t revision);

/// Requests of the same unit for that period.
struct EarlierRequest {
  RequestId id;
  std::string title;
  std::optional<std::int64_t> regime;
};
std::vector<EarlierRequest> requests_in(store::Tx& tx, org::UnitId unit, std::string_view period);
/// The paragraphs of every report of the request that has been handed up, in scope, by report and
/// section; `drafts` also those that have not.
std::vector<SourceBlock> written(store::Tx& tx, const org::Scope& scope, RequestId request,
                                 bool drafts);

std::vector<LeftOut> left_out(store::Tx& tx, RequestId request, std::string_view section);
void leave_out(store::Tx& tx, RequestId request, std::string_view section,
               const std::vector<LeftOut>& left_out);

}  // namespace report::consolidated_store
