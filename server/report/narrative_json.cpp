#include "report/narrative_json.h"

#include "base/decimal.h"

namespace report {
namespace {

using http::json::array;
using http::json::object;
using http::json::value;

value figure_text(const std::optional<std::int64_t>& amount, int decimals) {
  return amount ? value(base::canonical_figure(*amount, decimals)) : value(nullptr);
}

object figure_json(const Figure& figure, const narrative_store::Binding* bound) {
  const int decimals = figure.indicator.decimals;
  const bool has_changed = bound && bound->indicator == figure.indicator.id &&
                           bound->period == figure.period && bound->amount != figure.amount;
  return {{"mark", figure.mark.text()},
          {"indicator", figure.indicator.code},
          {"name", figure.indicator.name},
          {"measure_unit", figure.indicator.measure_unit},
          {"period", figure.period},
          {"fact", figure.fact ? value(figure.fact.value) : value(nullptr)},
          {"revision", figure.revision},
          {"state", name(figure.state)},
          {"value", figure_text(figure.amount, decimals)},
          {"was", has_changed ? figure_text(bound->amount, decimals) : value(nullptr)},
          {"has_changed", has_changed},
          {"shown", figure.shown()}};
}

value instant(const std::optional<base::Instant>& at) {
  return at ? value(at->text()) : value(nullptr);
}

object content_json(const narrative_store::Bound& content, int decimals) {
  return {{"state", name(content.state)}, {"value", figure_text(content.amount, decimals)}};
}

object section_json(store::Tx& tx, BoundFigures& figures, const Sheet& sheet,
                    const Section& section, bool may_enter) {
  array blocks;
  for (const Block& block : section.blocks)
    blocks.push_back(block_json(figures, block, narrative_store::bindings(tx, block.id)));
  object made = outline_json(section.asked);
  made["status"] = name(section.status);
  made["returned"] = section.status == FactStatus::returned && !section.remark.empty()
                         ? value(section.remark)
                         : value(nullptr);
  made["is_locked"] = !may_enter || !may_write(sheet.report.state, section);
  made["has_figure"] = has_figure(section);
  made["blocks"] = std::move(blocks);
  return made;
}

}  // namespace

object outline_json(const OutlineSection& section) {
  return {{"code", section.code},
          {"title", section.title},
          {"guidance", section.guidance},
          {"is_required", section.is_required}};
}

object block_json(BoundFigures& figures, const Block& block,
                  const std::vector<narrative_store::Binding>& bindings) {
  array parts, shown;
  std::size_t mark = 0;
  for (const TextPart& part : parts_of(block.text)) {
    const auto figure = part.mark ? figures.find(*part.mark) : base::refuse(base::Problems{});
    if (part.mark) ++mark;
    if (!figure) {
      parts.push_back(object{{"text", part.text}, {"figure", nullptr}});
      continue;
    }
    const auto* bound = mark <= bindings.size() ? &bindings[mark - 1] : nullptr;
    parts.push_back(object{{"text", figure->shown()}, {"figure", figure_json(*figure, bound)}});
  }
  return {{"id", block.id.value},
          {"revision", block.revision},
          {"text", block.text},
          {"parts", std::move(parts)},
          {"by", block.by},
          {"at", block.at.text()},
          {"from", block.from ? value(block.from.value) : value(nullptr)}};
}

array spans_json(const std::vector<base::Span>& spans) {
  static constexpr std::string_view kKinds[] = {"same", "removed", "added"};
  array made;
  for (const base::Span& span : spans) {
    made.push_back(
        object{{"kind", kKinds[static_cast<std::size_t>(span.kind)]}, {"text", span.text}});
  }
  return made;
}

array sections_json(store::Tx& tx, const Sheet& sheet, bool may_enter,
                    const std::optional<RoundDifferences>& differences) {
  array made;
  if (sheet.narrative.sections.empty()) return made;
  const Request request = report_store::find_request(tx, sheet.report.request).value();
  BoundFigures figures(tx, sheet.report.unit, request);
  const auto previous = previous_report(tx, sheet.report);
  for (const Section& section : sheet.narrative.sections) {
    object one = section_json(tx, figures, sheet, section, may_enter);
    const auto beside = previous ? beside_previous(section, *previous) : std::nullopt;
    one["same_as_previous"] = beside ? name(beside->sameness) : name(Sameness::none);
    one["likeness"] = beside ? value(beside->likeness) : value(nullptr);
    one["changes"] = nullptr;
    for (const auto& changed :
         differences ? differences->sections : std::vector<RoundDifferences::OfSection>{}) {
      if (changed.section.code == section.asked.code) one["changes"] = spans_json(changed.spans);
    }
    made.push_back(std::move(one));
  }
  return made;
}

array rounds_json(const std::vector<narrative_store::Round>& rounds) {
  array made;
  for (const auto& round : rounds) {
    made.push_back(object{{"round", round.round},
                          {"submitted_at", round.submitted_at.text()},
                          {"submitted_by", round.submitted_by},
                          {"returned_at", instant(round.returned_at)},
                          {"returned_by", round.returned_by},
                          {"remark", round.remark}});
  }
  return made;
}

value differences_json(const std::optional<RoundDifferences>& differences) {
  if (!differences) return nullptr;
  array cells, sections;
  for (const auto& cell : differences->cells) {
    cells.push_back(object{{"indicator", cell.indicator.code},
                           {"name", cell.indicator.name},
                           {"before", content_json(cell.before, cell.indicator.decimals)},
                           {"after", content_json(cell.after, cell.indicator.decimals)}});
  }
  for (const auto& section : differences->sections) {
    sections.push_back(object{{"section", section.section.code},
                              {"title", section.section.title},
                              {"spans", spans_json(section.spans)}});
  }
  return object{{"round", differences->round.round},
                {"returned_at", instant(differences->round.returned_at)},
                {"returned_by", differences->round.returned_by},
                {"remark", differences->round.remark},
                {"cells", std::move(cells)},
                {"sections", std::move(sections)}};
}

std::vector<OutlineSection> read_outline(http::Fields& fields) {
  std::vector<OutlineSection> made;
  fields.objects("sections", false, 100, [&](http::Fields& one) {
    OutlineSection section;
    section.code = one.text("code", 40);
    section.title = one.text("title", 300);
    section.guidance = one.maybe_text("guidance", 2000).value_or("");
    section.is_required = one.boolean("is_required", true);
    made.push_back(std::move(section));
  });
  return made;
}

std::vector<BlockDraft> read_blocks(http::Fields& fields) {
  std::vector<BlockDraft> made;
  fields.objects("blocks", true, 1000, [&](http::Fields& one) {
    BlockDraft draft;
    draft.pointer = one.pointer("");
    if (draft.pointer.ends_with('/')) draft.pointer.pop_back();
    draft.id = BlockId{one.maybe_integer("id", 1, 1LL << 53).value_or(0)};
    draft.text = one.raw_text("text", 20000);
    draft.from = BlockId{one.maybe_integer("from", 1, 1LL << 53).value_or(0)};
    made.push_back(std::move(draft));
  });
  return made;
}

std::vector<ReturnedSection> read_returned_sections(http::Fields& fields) {
  std::vector<ReturnedSection> made;
  fields.objects("sections", false, 100, [&](http::Fields& one) {
    std::string pointer = one.pointer("");
    if (pointer.ends_with('/')) pointer.pop_back();
    made.push_back({one.text("section", 40), one.maybe_text("remark", 1000).value_or(""), pointer});
  });
  return made;
}

}  // namespace report
