#include "report/write_narrative.h"

#include <algorithm>

#include "report/change_report.h"

namespace report {
namespace {

using base::ProblemKind;

/// Every mark must stand for something, and what is taken over must be the unit's own.
base::Problems faults_of(store::Tx& tx, const Report& report, const Request& request,
                         const std::vector<BlockDraft>& drafts) {
  base::Problems problems;
  BoundFigures figures(tx, report.unit, request);
  for (const BlockDraft& draft : drafts) {
    if (const auto bound = figures.of(draft.text, draft.pointer + "/text"); !bound) {
      problems.insert(problems.end(), bound.error().begin(), bound.error().end());
    }
    if (!draft.from) continue;
    const auto found = narrative_store::find(tx, draft.from);
    if (!found || found->unit != report.unit) {
      problems.push_back({ProblemKind::invalid,
                          "narrative.block_unknown",
                          draft.pointer + "/from",
                          {std::to_string(draft.from.value)}});
    }
  }
  return problems;
}

void bind_written(store::Tx& tx, const Report& report, const Request& request,
                  const Section& section, base::Instant at) {
  BoundFigures figures(tx, report.unit, request);
  for (const Block& block : section.blocks) {
    if (block.at != at) continue;
    std::vector<narrative_store::Binding> bindings;
    const auto bound = figures.of(block.text, "").value();
    for (const Figure& figure : bound) {
      bindings.push_back(
          {figure.indicator.id, figure.period, figure.fact, figure.revision, figure.amount});
    }
    narrative_store::bind(tx, block.id, bindings);
  }
}

bool is_same_regime(const narrative_store::Earlier& earlier, const Request& request,
                    const std::optional<std::int64_t>& regime) {
  if (regime && earlier.regime) return *regime == *earlier.regime;
  return earlier.requester == request.unit &&
         (earlier.title == request.title || same_but_for_dates(earlier.title, request.title));
}

/// The value of each fact of the report in a text of then: marks show what stood.
std::string shown_as_of(BoundFigures& figures, const std::vector<RoundDifferences::OfCell>& changed,
                        std::string_view text) {
  std::string made;
  for (const TextPart& part : parts_of(text)) {
    auto figure = part.mark ? figures.find(*part.mark) : base::refuse(base::Problems{});
    if (!figure) {
      made += part.text;
      continue;
    }
    for (const RoundDifferences::OfCell& cell : changed) {
      if (cell.before.fact != figure->fact || !figure->fact) continue;
      figure->state = cell.before.state;
      figure->amount = cell.before.amount;
    }
    made += figure->shown();
  }
  return made;
}

std::vector<RoundDifferences::OfCell> changed_cells(store::Tx& tx, const Sheet& sheet,
                                                    base::Instant returned_at,
                                                    const std::optional<base::Instant>& until) {
  std::vector<RoundDifferences::OfCell> made;
  for (const Cell& cell : sheet.cells) {
    const auto before = narrative_store::given_back(tx, cell.fact.id, returned_at);
    if (!before) continue;
    narrative_store::Bound after{cell.fact.id, cell.fact.revision, cell.fact.state,
                                 cell.fact.status, cell.fact.amount};
    if (until) after = narrative_store::stood(tx, cell.fact.id, *until).value_or(after);
    if (before->state == after.state && before->amount == after.amount) continue;
    made.push_back({cell.indicator, *before, after});
  }
  return made;
}

}  // namespace

base::Result<void> put_section(store::Tx& tx, const auth::Actor& actor, Now now, OnReport on,
                               const std::string& section, const std::vector<BlockDraft>& drafts) {
  ASSIGN_OR_RETURN(const Sheet seen, seen_report(tx, actor, now.day, on.report));
  const Request request = report_store::find_request(tx, seen.report.request).value();
  RETURN_IF_REFUSED(change_report(
      tx, actor, now, on,
      {org::Act::enter, "report.narrated",
       [&](Sheet sheet) -> base::Result<Sheet> {
         ASSIGN_OR_RETURN(sheet.narrative, write_section(std::move(sheet.narrative),
                                                         sheet.report.state, section, drafts));
         if (auto faults = faults_of(tx, sheet.report, request, drafts); !faults.empty())
           return base::refuse(std::move(faults));
         return sheet;
       },
       "{\"blocks\":" + std::to_string(drafts.size()) + "}"}));
  const Narrative written = narrative_store::of_report(tx, on.report, request.id);
  bind_written(tx, seen.report, request, *written.find(section), now.at);
  return {};
}

std::optional<Previous> previous_report(store::Tx& tx, const Report& report) {
  const Request request = report_store::find_request(tx, report.request).value();
  const auto regime = narrative_store::regime_of(tx, request.id);
  const base::Period period = base::Period::parse(request.period).value();
  for (const base::Period& asked : {period.previous(), period.year_before()}) {
    for (const auto& earlier : narrative_store::written_in(tx, report.unit, asked.text())) {
      if (!is_same_regime(earlier, request, regime)) continue;
      return Previous{earlier.report, asked.text(),
                      narrative_store::of_report(tx, earlier.report, earlier.request)};
    }
  }
  return std::nullopt;
}

std::optional<Beside> beside_previous(const Section& section, const Previous& previous) {
  const Section* const before = previous.narrative.find(section.asked.code);
  if (!before || before->blocks.empty() || section.blocks.empty()) return std::nullopt;
  const std::string now = text_of(section.blocks), then = text_of(before->blocks);
  return Beside{sameness(now, then), likeness(now, then)};
}

std::optional<RoundDifferences> differences(store::Tx& tx, const Sheet& sheet, std::int64_t round) {
  const auto rounds = narrative_store::rounds(tx, sheet.report.id);
  const auto asked = std::find_if(rounds.rbegin(), rounds.rend(), [&](const auto& one) {
    return one.returned_at && (round == 0 || one.round == round);
  });
  if (asked == rounds.rend()) return std::nullopt;
  // What came of it: the next round when it was returned too, else the report as it stands.
  const auto next = std::find_if(rounds.begin(), rounds.end(), [&](const auto& one) {
    return one.round > asked->round && one.returned_at;
  });
  const bool is_past = next != rounds.end();
  RoundDifferences made;
  made.round = *asked;
  made.cells = changed_cells(tx, sheet, *asked->returned_at,
                             is_past ? next->returned_at : std::optional<base::Instant>());
  const Request request = report_store::find_request(tx, sheet.report.request).value();
  BoundFigures figures(tx, sheet.report.unit, request);
  for (const Section& section : sheet.narrative.sections) {
    const auto before =
        text_of(narrative_store::handed_up(tx, sheet.report.id, asked->round, section.asked.code));
    const auto after = text_of(
        is_past ? narrative_store::handed_up(tx, sheet.report.id, next->round, section.asked.code)
                : section.blocks);
    if (before == after) continue;
    made.sections.push_back(
        {section.asked,
         base::word_difference(shown_as_of(figures, made.cells, before), figures.shown(after))});
  }
  return made;
}

}  // namespace report
