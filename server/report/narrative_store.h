#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/fact_store.h"
#include "report/report_store.h"

/// All SQL of a report's words, its rounds and what its figures were bound to.
namespace report::narrative_store {

void add_outline(store::Tx& tx, RequestId request, const std::vector<OutlineSection>& outline);
std::vector<OutlineSection> outline(store::Tx& tx, RequestId request);

/// The report's sections in the outline's order, with their paragraphs.
Narrative of_report(store::Tx& tx, ReportId report, RequestId request);
/// Writes what an act changed: sections, paragraphs with their revisions, and by "report.submitted"
/// and "report.returned" the rounds. What one person writes within ten minutes is one revision,
/// unless it was handed up in between.
void save(store::Tx& tx, Sheet& sheet, const fact_store::Hand& hand);

/// A paragraph wherever it stands.
struct Found {
  Block block;
  ReportId report;
  RequestId request;
  org::UnitId unit;
  std::string section;
  std::string period;
  bool is_removed = false;
};
std::optional<Found> find(store::Tx& tx, BlockId block);

struct Revision {
  std::int64_t revision = 0;
  std::string text, actor;
  base::Instant at;
};
/// Newest first.
std::vector<Revision> history(store::Tx& tx, BlockId block);

/// What a mark meant when its paragraph was written.
struct Binding {
  direct::IndicatorId indicator;
  std::string period;
  FactId fact;
  std::int64_t fact_revision = 0;
  std::optional<std::int64_t> amount;
};
void bind(store::Tx& tx, BlockId block, const std::vector<Binding>& bindings);
std::vector<Binding> bindings(store::Tx& tx, BlockId block);

/// A fact as a mark needs it; `estimate` asks for the expected one.
struct Bound {
  FactId fact;
  std::int64_t revision = 0;
  FactState state = FactState::blank;
  FactStatus status = FactStatus::draft;
  std::optional<std::int64_t> amount;
};
std::optional<Bound> fact(store::Tx& tx, org::UnitId unit, direct::IndicatorId indicator,
                          std::string_view period, bool estimate);

/// A handing up of the report, and how it ended.
struct Round {
  std::int64_t round = 0;
  base::Instant submitted_at;
  std::string submitted_by;
  std::optional<base::Instant> returned_at;
  std::string returned_by, remark;
};
/// In order.
std::vector<Round> rounds(store::Tx& tx, ReportId report);
/// The paragraphs of a section as they were handed up in the round.
std::vector<Block> handed_up(store::Tx& tx, ReportId report, std::int64_t round,
                             std::string_view section);
/// A cell's content as it was given back at that instant; none when it was not among those.
std::optional<Bound> given_back(store::Tx& tx, FactId fact, base::Instant at);
/// A cell's content as it stood then.
std::optional<Bound> stood(store::Tx& tx, FactId fact, base::Instant at);

/// Reports of the unit for that period with words in them, newest first.
struct Earlier {
  ReportId report;
  RequestId request;
  org::UnitId requester;
  std::string title;
  std::optional<std::int64_t> regime;
};
std::vector<Earlier> written_in(store::Tx& tx, org::UnitId unit, std::string_view period);
std::optional<std::int64_t> regime_of(store::Tx& tx, RequestId request);

}  // namespace report::narrative_store
