#include <algorithm>

#include "direct/indicator_store.h"
#include "direct/programme_store.h"
#include "inspect/change_inspection.h"
#include "org/unit_store.h"
#include "report/bound_figures.h"
#include "report/narrative_store.h"
#include "report/period_words.h"
#include "report/report_store.h"
#include "report/write_narrative.h"

namespace inspect {
namespace {

using base::ProblemKind;

constexpr std::size_t kMostParagraphs = 40;  // of one section

/// The accepted reports to this unit within the self-report's period, with words in them.
struct Source {
  org::UnitRef unit;
  std::string period;
  report::Narrative narrative;
};
std::vector<Source> sources_of(store::Tx& tx, const base::Period& period, org::UnitId unit,
                               base::Date day) {
  std::vector<Source> made;
  const org::Scope everyone{{}, day, true};
  report::report_store::Wanted wanted;
  wanted.unit = unit;
  wanted.limit = 1000;
  for (const auto& request : report::report_store::requests(tx, everyone, wanted)) {
    const auto own = base::Period::parse(request.period);
    if (!own || own->first() < period.first() || period.end() < own->end()) continue;
    if (report::narrative_store::outline(tx, request.id).empty()) continue;
    for (const auto& overview : report::report_store::reports(tx, everyone, request.id)) {
      if (overview.report.state != report::ReportState::accepted) continue;
      made.push_back({org::unit_store::ref(tx, overview.report.unit, own->last()), request.period,
                      report::narrative_store::of_report(tx, overview.report.id, request.id)});
    }
  }
  return made;
}

/// The units' paragraphs under the same heading, each saying where it comes from.
std::vector<report::BlockDraft> paragraphs_of(const std::vector<Source>& sources,
                                              const std::string& section) {
  std::vector<report::BlockDraft> made;
  for (const Source& source : sources) {
    const report::Section* const found = source.narrative.find(section);
    if (found == nullptr) continue;
    for (const auto& block : found->blocks) {
      if (made.size() == kMostParagraphs) return made;
      made.push_back({{},
                      report::anchored(block.text, source.unit.code, source.period) +
                          " (Nguồn: " + source.unit.name + ", " +
                          report::period_words(*base::Period::parse(source.period)) + ")",
                      {},
                      ""});
    }
  }
  return made;
}

/// A line for each figure the looked-at programmes set a target for, bound to its total.
std::vector<report::BlockDraft> figures_of(store::Tx& tx, const Inspection& inspection,
                                           org::UnitId unit, const report::Request& request) {
  std::vector<report::BlockDraft> made;
  std::vector<direct::IndicatorId> seen;
  report::BoundFigures figures(tx, unit, request);
  for (const auto& programme : inspection.programmes) {
    const auto owner = direct::programme_store::find(tx, programme).value().unit;
    for (const auto& target : direct::programme_store::targets(tx, programme, owner)) {
      if (std::find(seen.begin(), seen.end(), target.indicator) != seen.end()) continue;
      seen.push_back(target.indicator);
      const auto indicator = direct::indicator_store::find(tx, target.indicator).value();
      const std::string mark = "{{" + indicator.code + ":total}}";
      // What no accepted figure stands behind is left for the unit to write.
      const auto figure = figures.of(mark, "");
      if (!figure || figure->empty() || !figure->front().amount) continue;
      made.push_back({{},
                      indicator.name + ": " + mark + " " + indicator.measure_unit +
                          " (Nguồn: tổng hợp số liệu đã duyệt, mã " + indicator.code + ")",
                      {},
                      ""});
    }
  }
  return made;
}

}  // namespace

base::Result<Prefilled> prefill_self_report(store::Tx& tx, const auth::Actor& actor, Now now,
                                            InspectionId id, org::UnitId unit) {
  ASSIGN_OR_RETURN(const Inspection inspection, seen_inspection(tx, actor, now.day, id));
  RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::enter, unit, now.day));
  const Inspected* const one = inspection.inspected(unit);
  if (one == nullptr || !one->report)
    return base::refuse(ProblemKind::invalid, "inspection.not_inspected", "/unit");
  Prefilled made{*one->report};
  const auto request = report::report_store::find_request(tx, *inspection.request).value();
  const auto period = base::Period::parse(request.period).value();
  const auto sources = sources_of(tx, period, unit, now.day);
  const auto narrative = report::narrative_store::of_report(tx, made.report, request.id);
  bool is_first = true;
  for (const auto& section : narrative.sections) {
    std::vector<report::BlockDraft> drafts;
    if (is_first) drafts = figures_of(tx, inspection, unit, request);
    is_first = false;
    const auto words = paragraphs_of(sources, section.asked.code);
    drafts.insert(drafts.end(), words.begin(), words.end());
    if (!section.blocks.empty() || drafts.empty()) continue;
    const auto report = report::report_store::find(tx, made.report).value();
    RETURN_IF_REFUSED(report::put_section(tx, actor, now, {made.report, report.revision},
                                          section.asked.code, drafts));
    ++made.sections;
    made.blocks += static_cast<int>(drafts.size());
  }
  record(tx, actor, now, inspection, "prefilled");
  return made;
}

}  // namespace inspect
