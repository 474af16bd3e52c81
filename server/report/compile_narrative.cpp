#include "report/compile_narrative.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "journal/journal.h"
#include "report/bound_figures.h"

namespace report {
namespace {

using base::ProblemKind;

constexpr std::size_t kMostBlocks = 1000;

base::Problems faults_of_sources(store::Tx& tx, RequestId request, const ConsolidatedDraft& draft) {
  base::Problems problems;
  std::set<BlockId> seen;
  for (std::size_t i = 0; i < draft.sources.size(); ++i) {
    const SourceMark& mark = draft.sources[i];
    const bool known = consolidated_store::source(tx, request, mark.block) &&
                       consolidated_store::text_at(tx, mark.block, mark.revision);
    if (known && seen.insert(mark.block).second) continue;
    problems.push_back({ProblemKind::invalid,
                        known ? "narrative.block_twice" : "narrative.source_unknown",
                        draft.pointer + "/sources/" + std::to_string(i),
                        {std::to_string(mark.block.value)}});
  }
  return problems;
}

base::Problems faults_of(store::Tx& tx, const Request& request, const ConsolidatedSection& written,
                         const std::vector<ConsolidatedBlock>& before) {
  base::Problems problems;
  const auto add = [&](base::Problems more) {
    problems.insert(problems.end(), more.begin(), more.end());
  };
  BoundFigures figures(tx, request.unit, request);
  std::set<ConsolidatedId> seen;
  for (const ConsolidatedDraft& draft : written.blocks) {
    add(faults_of_marks(parts_of(draft.text), draft.pointer + "/text"));
    if (const auto bound = figures.of(draft.text, draft.pointer + "/text"); !bound)
      add(bound.error());
    add(faults_of_sources(tx, request.id, draft));
    if (!draft.id) continue;
    const bool known = std::any_of(before.begin(), before.end(),
                                   [&](const auto& block) { return block.id == draft.id; });
    if (!known || !seen.insert(draft.id).second) {
      add({{ProblemKind::invalid,
            known ? "narrative.block_twice" : "narrative.block_unknown",
            draft.pointer + "/id",
            {std::to_string(draft.id.value)}}});
    }
  }
  for (std::size_t i = 0; i < written.left_out.size(); ++i) {
    if (consolidated_store::source(tx, request.id, written.left_out[i].block)) continue;
    add({{ProblemKind::invalid,
          "narrative.source_unknown",
          "/left_out/" + std::to_string(i) + "/block",
          {std::to_string(written.left_out[i].block.value)}}});
  }
  if (written.blocks.size() > kMostBlocks) {
    add({{ProblemKind::invalid,
          "narrative.too_many_blocks",
          "/blocks",
          {std::to_string(kMostBlocks)}}});
  }
  return problems;
}

void save_blocks(store::Tx& tx, RequestId request, const ConsolidatedSection& written,
                 const std::vector<ConsolidatedBlock>& before,
                 const consolidated_store::Hand& hand) {
  std::set<ConsolidatedId> kept;
  std::size_t position = 0;
  for (const ConsolidatedDraft& draft : written.blocks) {
    ConsolidatedBlock block;
    for (const ConsolidatedBlock& one : before) {
      if (draft.id && one.id == draft.id) block = one;
    }
    const std::string text = base::tidy(draft.text);
    if (text.empty()) continue;
    block.section = written.section;
    block.is_changed = block.text != text;
    block.text = text;
    block.sources = draft.sources;
    consolidated_store::save(tx, request, block, position++, hand);
    kept.insert(block.id);
  }
  for (const ConsolidatedBlock& one : before) {
    if (!kept.contains(one.id)) consolidated_store::remove(tx, one.id);
  }
}

/// The outline's section; none when the request asks no such.
std::optional<OutlineSection> outline_section(store::Tx& tx, RequestId request,
                                              std::string_view code) {
  for (auto& section : narrative_store::outline(tx, request)) {
    if (section.code == code) return std::move(section);
  }
  return std::nullopt;
}

using BySection = std::map<std::pair<org::UnitId, std::string>, std::pair<ReportId, std::string>>;

/// What each unit wrote in each section, one paragraph a line.
void gather(BySection& into, const std::vector<SourceBlock>& blocks) {
  for (const SourceBlock& source : blocks) {
    auto& [report, text] = into[{source.unit, source.section}];
    if (report && report != source.report) continue;  // the newest request's report counts
    report = source.report;
    if (!text.empty()) text += '\n';
    text += source.block.text;
  }
}

SourceNow now_of(store::Tx& tx, RequestId request, const SourceMark& mark) {
  SourceNow made{mark, consolidated_store::source(tx, request, mark.block).value(), false, {}};
  const std::string then = consolidated_store::text_at(tx, mark.block, mark.revision).value_or("");
  const bool is_above =
      made.now.state == ReportState::accepted || made.now.state == ReportState::submitted;
  const bool reads_otherwise = then != made.now.block.text;
  made.has_changed = reads_otherwise || made.now.is_removed || !is_above;
  if (reads_otherwise) made.changes = base::word_difference(then, made.now.block.text);
  return made;
}

}  // namespace

base::Result<void> put_consolidated(store::Tx& tx, const auth::Actor& actor, Now now, RequestId id,
                                    const ConsolidatedSection& written) {
  const auto request = report_store::in_scope(tx, org::scope_of(actor, now.day), id)
                           ? report_store::find_request(tx, id)
                           : std::nullopt;
  if (!request) return base::refuse(ProblemKind::not_found, "request.not_found");
  if (!org::allows(tx, actor, org::Act::decide, request->unit, now.day))
    return base::refuse(ProblemKind::forbidden, "authority.not_yours");
  if (!outline_section(tx, id, written.section))
    return base::refuse(ProblemKind::not_found, "narrative.section_unknown", "", {written.section});
  const auto before = consolidated_store::blocks(tx, id, written.section);
  if (!consolidated_store::advance(tx, id, written.section, written.revision)) {
    return base::refuse(ProblemKind::changed, "narrative.changed", "",
                        {std::to_string(written.revision),
                         std::to_string(consolidated_store::revision(tx, id, written.section))});
  }
  if (auto faults = faults_of(tx, *request, written, before); !faults.empty())
    return base::refuse(std::move(faults));
  save_blocks(tx, id, written, before, {actor, now.at});
  std::vector<LeftOut> reasons;
  for (LeftOut one : written.left_out) {
    one.reason = base::tidy(one.reason);
    one.by = actor.name();
    one.at = now.at;
    if (!one.reason.empty()) reasons.push_back(std::move(one));
  }
  consolidated_store::leave_out(tx, id, written.section, reasons);
  journal::record(tx, actor, now.at,
                  {"request.narrated", "request:" + std::to_string(id.value), request->unit.value,
                   "{\"blocks\":" + std::to_string(written.blocks.size()) + "}"});
  return {};
}

std::optional<Gathered> gather_narrative(store::Tx& tx, const org::Scope& scope,
                                         const Request& request, std::string_view section,
                                         bool submitted, bool everything) {
  auto asked = outline_section(tx, request.id, section);
  if (!asked) return std::nullopt;
  Gathered made;
  made.section = *std::move(asked);
  made.revision = consolidated_store::revision(tx, request.id, section);
  made.sources = consolidated_store::sources(tx, scope, request.id, section, submitted);
  std::vector<std::string> texts;
  for (const SourceBlock& source : made.sources) texts.push_back(source.block.text);
  for (auto& group : similar_groups(texts)) made.groups.push_back(std::move(group.members));
  if (!everything) return made;
  for (const ConsolidatedBlock& block : consolidated_store::blocks(tx, request.id)) {
    for (const SourceMark& mark : block.sources) made.used_in[mark.block].push_back(block.id);
    if (block.section == section) made.blocks.push_back(block);
  }
  for (const ConsolidatedBlock& block : made.blocks) {
    auto& marks = made.marks.emplace_back();
    for (const SourceMark& mark : block.sources) marks.push_back(now_of(tx, request.id, mark));
  }
  for (const LeftOut& one : consolidated_store::left_out(tx, request.id, section))
    made.reasons.emplace(one.block, one);
  return made;
}

std::vector<SectionCounts> count_narrative(store::Tx& tx, const org::Scope& scope,
                                           const Request& request, bool everything) {
  const auto sources = consolidated_store::sources(tx, scope, request.id, "", false);
  const auto blocks =
      everything ? consolidated_store::blocks(tx, request.id) : std::vector<ConsolidatedBlock>{};
  std::map<BlockId, const SourceBlock*> known;
  for (const SourceBlock& source : sources) known.emplace(source.block.id, &source);
  std::set<BlockId> used;
  for (const ConsolidatedBlock& block : blocks) {
    for (const SourceMark& mark : block.sources) used.insert(mark.block);
  }
  std::vector<SectionCounts> made;
  for (auto& section : narrative_store::outline(tx, request.id)) {
    SectionCounts counts;
    std::set<org::UnitId> units;
    for (const SourceBlock& source : sources) {
      if (source.section != section.code) continue;
      units.insert(source.unit);
      ++counts.sources;
      if (used.contains(source.block.id)) ++counts.used;
    }
    for (const ConsolidatedBlock& block : blocks) {
      if (block.section != section.code) continue;
      ++counts.blocks;
      for (const SourceMark& mark : block.sources) {
        const auto now = known.find(mark.block);
        if (now == known.end() || now->second->block.revision != mark.revision) ++counts.changed;
      }
    }
    counts.units = static_cast<std::int64_t>(units.size());
    counts.revision = consolidated_store::revision(tx, request.id, section.code);
    counts.section = std::move(section);
    made.push_back(std::move(counts));
  }
  return made;
}

std::vector<Copied> copied_sections(store::Tx& tx, const org::Scope& scope,
                                    const Request& request) {
  const auto regime = narrative_store::regime_of(tx, request.id);
  const base::Period period = base::Period::parse(request.period).value();
  BySection before, now;
  for (const auto& earlier :
       consolidated_store::requests_in(tx, request.unit, period.previous().text())) {
    const bool same =
        regime && earlier.regime
            ? *regime == *earlier.regime
            : earlier.title == request.title || same_but_for_dates(earlier.title, request.title);
    if (same) gather(before, consolidated_store::written(tx, scope, earlier.id, true));
  }
  std::vector<Copied> made;
  if (before.empty()) return made;
  gather(now, consolidated_store::written(tx, scope, request.id, false));
  for (const auto& [key, written] : now) {
    const auto then = before.find(key);
    if (then == before.end()) continue;
    const Sameness how = sameness(written.second, then->second.second);
    if (how < Sameness::dates) continue;
    made.push_back({written.first, key.first, key.second, how});
  }
  return made;
}

std::vector<ReadSection> read_narrative(store::Tx& tx, const Request& request) {
  std::vector<ReadSection> made;
  const auto blocks = consolidated_store::blocks(tx, request.id);
  if (blocks.empty()) return made;
  BoundFigures figures(tx, request.unit, request);
  for (const OutlineSection& section : narrative_store::outline(tx, request.id)) {
    ReadSection read{section.title, {}};
    for (const ConsolidatedBlock& block : blocks) {
      if (block.section != section.code) continue;
      ReadSection::Paragraph paragraph{figures.shown(block.text), {}};
      for (const SourceMark& mark : block.sources) {
        const auto source = consolidated_store::source(tx, request.id, mark.block);
        const bool is_new = source && std::find(paragraph.units.begin(), paragraph.units.end(),
                                                source->unit) == paragraph.units.end();
        if (is_new) paragraph.units.push_back(source->unit);
      }
      read.paragraphs.push_back(std::move(paragraph));
    }
    if (!read.paragraphs.empty()) made.push_back(std::move(read));
  }
  return made;
}

}  // namespace report
