#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/result.h"
#include "report/fact.h"

/// The words of a report, section by section of what its request asks, pure.
namespace report {

enum class ReportState;

using BlockId = base::Id<struct BlockTag>;

/// A heading of the request's outline under which units write.
struct OutlineSection {
  std::string code, title, guidance;
  bool is_required = true;
  friend bool operator==(const OutlineSection&, const OutlineSection&) = default;
};

/// One paragraph, in which figures are marks (figure_mark.h).
struct Block {
  BlockId id;  ///< zero for one not saved yet
  std::string text;
  std::int64_t revision = 0;
  std::string by;  ///< who wrote it last
  base::Instant at;
  BlockId from;  ///< the paragraph of an earlier report it was taken from; zero for none
  bool is_changed = false;
};

/// A code given twice, or one that could not stand in an address.
base::Problems faults_of(const std::vector<OutlineSection>& outline);

struct Section {
  OutlineSection asked;
  FactStatus status = FactStatus::draft;  ///< never `excluded`
  std::string remark;                     ///< why it was returned
  std::vector<Block> blocks;
  std::vector<BlockId> removed;  ///< by the act
  bool is_changed = false;       ///< by the act
};

struct Narrative {
  std::vector<Section> sections;

  const Section* find(std::string_view code) const;
  Section* find(std::string_view code);
};

/// May the section be written now? As with cells: not while the superior has the report, and of a
/// returned report only what was returned.
base::Result<void> may_write(ReportState state, const Section& section);

/// A paragraph as sent. Without an id it is known again by its text, else by its place among those
/// that changed.
struct BlockDraft {
  BlockId id;
  std::string text;
  BlockId from;
  std::string pointer;
};
/// The section's paragraphs from now on; empty ones fall away. Refuses all at once: a section not
/// asked, locked, a paragraph that is not the section's or is there twice, a mark that is none, and
/// more than 200 paragraphs or 100,000 letters.
base::Result<Narrative> write_section(Narrative narrative, ReportState state,
                                      const std::string& code, std::vector<BlockDraft> drafts);

/// "narrative.section_empty" for each open section that must be written and is not.
base::Problems unwritten(const Narrative& narrative);

struct ReturnedSection {
  std::string section;  ///< code
  std::string remark;
  std::string pointer;
};
/// Faults of a return of sections: not asked, twice, a remark too short to act on.
base::Problems faults_of(const Narrative& narrative, const std::vector<ReturnedSection>& returned,
                         std::size_t shortest_remark);
void submit_sections(Narrative& narrative);
void accept_sections(Narrative& narrative);
void return_sections(Narrative& narrative, const std::vector<ReturnedSection>& returned);
void return_all_sections(Narrative& narrative, const std::string& remark);

/// The paragraphs, one a line.
std::string text_of(const std::vector<Block>& blocks);
/// Does some paragraph hold a bound figure? Without one the section is marked "chưa có số liệu".
bool has_figure(const Section& section);

}  // namespace report
