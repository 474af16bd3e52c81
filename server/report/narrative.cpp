#include "report/narrative.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "report/figure_mark.h"
#include "report/report.h"

namespace report {
namespace {

using base::ProblemKind;

constexpr std::size_t kMostBlocks = 200;
constexpr std::size_t kLongestSection = 100'000;

bool is_open(const Section& section) {
  return section.status == FactStatus::draft || section.status == FactStatus::returned;
}

void change(Section& section, FactStatus status, std::string remark) {
  section.status = status;
  section.remark = std::move(remark);
  section.is_changed = true;
}

base::Problems faults_of(const std::vector<BlockDraft>& drafts, const Section& section) {
  base::Problems problems;
  std::set<BlockId> seen;
  std::size_t letters = 0;
  for (const BlockDraft& draft : drafts) {
    letters += base::length(draft.text);
    for (auto& fault : faults_of_marks(parts_of(draft.text), draft.pointer + "/text"))
      problems.push_back(std::move(fault));
    if (!draft.id) continue;
    const bool known = std::any_of(section.blocks.begin(), section.blocks.end(),
                                   [&](const Block& block) { return block.id == draft.id; });
    if (!known || !seen.insert(draft.id).second) {
      problems.push_back({ProblemKind::invalid,
                          known ? "narrative.block_twice" : "narrative.block_unknown",
                          draft.pointer + "/id",
                          {std::to_string(draft.id.value)}});
    }
  }
  if (drafts.size() > kMostBlocks || letters > kLongestSection) {
    problems.push_back({ProblemKind::invalid,
                        "narrative.section_long",
                        "/blocks",
                        {std::to_string(kMostBlocks), std::to_string(kLongestSection)}});
  }
  return problems;
}

/// Gives drafts without an id the paragraph they most likely are: the one with the same text, then
/// those left over in their order. So a paragraph keeps its history when its words are mended.
void recognise(std::vector<BlockDraft>& drafts, const std::vector<Block>& blocks) {
  std::set<BlockId> taken;
  for (const BlockDraft& draft : drafts) {
    if (draft.id) taken.insert(draft.id);
  }
  const auto give = [&](BlockDraft& draft, const auto& fits) {
    if (draft.id) return;
    const auto found = std::find_if(blocks.begin(), blocks.end(), [&](const Block& block) {
      return !taken.contains(block.id) && fits(block);
    });
    if (found == blocks.end()) return;
    draft.id = found->id;
    taken.insert(found->id);
  };
  for (BlockDraft& draft : drafts) {
    give(draft, [&](const Block& block) { return block.text == draft.text; });
  }
  for (BlockDraft& draft : drafts) {
    if (!draft.from) give(draft, [](const Block&) { return true; });
  }
}

}  // namespace

const Section* Narrative::find(std::string_view code) const {
  const auto at = std::find_if(sections.begin(), sections.end(),
                               [&](const Section& one) { return one.asked.code == code; });
  return at == sections.end() ? nullptr : &*at;
}
Section* Narrative::find(std::string_view code) {
  return const_cast<Section*>(std::as_const(*this).find(code));
}

base::Problems faults_of(const std::vector<OutlineSection>& outline) {
  base::Problems problems;
  std::set<std::string> seen;
  constexpr std::string_view kSigns =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
  for (std::size_t i = 0; i < outline.size(); ++i) {
    const std::string& code = outline[i].code;
    const bool fits = code.find_first_not_of(kSigns) == std::string::npos;
    if (fits && seen.insert(code).second) continue;
    problems.push_back({ProblemKind::invalid,
                        fits ? "narrative.section_twice" : "narrative.section_code",
                        "/sections/" + std::to_string(i) + "/code",
                        {code}});
  }
  return problems;
}

base::Result<void> may_write(ReportState state, const Section& section) {
  if (state == ReportState::submitted || state == ReportState::accepted)
    return base::refuse(ProblemKind::conflict, "report.locked");
  if (!is_open(section))
    return base::refuse(ProblemKind::conflict, "narrative.section_not_returned", "",
                        {section.asked.title});
  return {};
}

base::Result<Narrative> write_section(Narrative narrative, ReportState state,
                                      const std::string& code, std::vector<BlockDraft> drafts) {
  Section* const section = narrative.find(code);
  if (!section)
    return base::refuse(ProblemKind::not_found, "narrative.section_unknown", "", {code});
  RETURN_IF_REFUSED(may_write(state, *section));
  for (BlockDraft& draft : drafts) draft.text = base::tidy(draft.text);
  std::erase_if(drafts, [](const BlockDraft& draft) { return draft.text.empty(); });
  if (auto problems = faults_of(drafts, *section); !problems.empty())
    return base::refuse(std::move(problems));
  recognise(drafts, section->blocks);
  std::vector<Block> written;
  for (const BlockDraft& draft : drafts) {
    const auto before = std::find_if(section->blocks.begin(), section->blocks.end(),
                                     [&](const Block& block) { return block.id == draft.id; });
    Block block = before == section->blocks.end() ? Block{} : *before;
    block.is_changed = block.text != draft.text || !block.id;
    block.text = draft.text;
    if (!block.id) block.from = draft.from;
    written.push_back(std::move(block));
  }
  for (const Block& block : section->blocks) {
    if (std::none_of(written.begin(), written.end(),
                     [&](const Block& kept) { return kept.id == block.id; }))
      section->removed.push_back(block.id);
  }
  section->blocks = std::move(written);
  section->is_changed = true;
  return narrative;
}

base::Problems unwritten(const Narrative& narrative) {
  base::Problems problems;
  for (std::size_t i = 0; i < narrative.sections.size(); ++i) {
    const Section& section = narrative.sections[i];
    if (section.asked.is_required && section.blocks.empty() && is_open(section)) {
      problems.push_back({ProblemKind::invalid,
                          "narrative.section_empty",
                          "/sections/" + std::to_string(i),
                          {section.asked.code, section.asked.title}});
    }
  }
  return problems;
}

base::Problems faults_of(const Narrative& narrative, const std::vector<ReturnedSection>& returned,
                         std::size_t shortest_remark) {
  base::Problems problems;
  std::set<std::string> seen;
  for (const ReturnedSection& one : returned) {
    const bool known = narrative.find(one.section) != nullptr;
    if (!known || !seen.insert(one.section).second) {
      problems.push_back({ProblemKind::invalid,
                          known ? "narrative.section_twice" : "narrative.section_unknown",
                          one.pointer + "/section",
                          {one.section}});
    }
    if (base::length(one.remark) < shortest_remark) {
      problems.push_back({ProblemKind::invalid,
                          "report.remark_short",
                          one.pointer + "/remark",
                          {std::to_string(shortest_remark)}});
    }
  }
  return problems;
}

void submit_sections(Narrative& narrative) {
  for (Section& section : narrative.sections) {
    if (is_open(section)) change(section, FactStatus::submitted, "");
  }
}

void accept_sections(Narrative& narrative) {
  for (Section& section : narrative.sections) {
    if (section.status == FactStatus::submitted) change(section, FactStatus::accepted, "");
  }
}

void return_sections(Narrative& narrative, const std::vector<ReturnedSection>& returned) {
  for (const ReturnedSection& one : returned)
    change(*narrative.find(one.section), FactStatus::returned, one.remark);
}

void return_all_sections(Narrative& narrative, const std::string& remark) {
  for (Section& section : narrative.sections) change(section, FactStatus::returned, remark);
}

std::string text_of(const std::vector<Block>& blocks) {
  std::string made;
  for (const Block& block : blocks) {
    if (!made.empty()) made += '\n';
    made += block.text;
  }
  return made;
}

bool has_figure(const Section& section) {
  return std::any_of(section.blocks.begin(), section.blocks.end(), [](const Block& block) {
    const auto parts = parts_of(block.text);
    return std::any_of(parts.begin(), parts.end(),
                       [](const TextPart& part) { return part.mark.has_value(); });
  });
}

}  // namespace report
