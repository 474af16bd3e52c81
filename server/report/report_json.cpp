#include "report/report_json.h"

#include "base/decimal.h"
#include "direct/indicator_store.h"
#include "direct/routes.h"
#include "org/unit_json.h"
#include "org/unit_store.h"
#include "registry/document_json.h"
#include "report/check_json.h"
#include "report/check_store.h"
#include "report/earlier_figures.h"
#include "report/fact_store.h"
#include "report/narrative_json.h"

namespace report {
namespace {

using http::json::array;
using http::json::object;
using http::json::value;

value figure(const std::optional<std::int64_t>& amount, int decimals) {
  return amount ? value(base::canonical_figure(*amount, decimals)) : value(nullptr);
}

value instant(const std::optional<base::Instant>& at) {
  return at ? value(at->text()) : value(nullptr);
}

value text_or_null(const std::string& text) { return text.empty() ? value(nullptr) : value(text); }

object unit_json(store::Tx& tx, org::UnitId unit, base::Date day) {
  return org::to_json(org::unit_store::ref(tx, unit, day));
}

array estimates_json(store::Tx& tx, const std::vector<Estimate>& estimates, base::Date day);

/// The figures that stand beside the cells, each taken from the database once.
struct Earlier {
  EarlierFigures previous, year_before;
};

value known_value(const EarlierFigures& then, const Cell& cell) {
  const auto at = then.figures.find(cell.indicator.id);
  if (at == then.figures.end()) return nullptr;
  return figure(at->second, cell.indicator.decimals);
}

/// What was done to both earlier figures to bring them to this unit's extent.
value restated_json(store::Tx& tx, const Earlier& earlier, const Cell& cell, base::Date day) {
  std::int64_t units = 0;
  std::size_t undivided = 0;
  std::vector<Estimate> estimates;
  for (const EarlierFigures* then : {&earlier.previous, &earlier.year_before}) {
    const auto at = then->restated.find(cell.indicator.id);
    if (at == then->restated.end()) continue;
    units = std::max(units, at->second.restated);
    undivided = std::max(undivided, at->second.undivided.size());
    if (estimates.empty()) estimates = at->second.estimates;
  }
  if (units == 0 && undivided == 0) return nullptr;
  return object{{"units", units},
                {"estimates", estimates_json(tx, estimates, day)},
                {"undivided", undivided}};
}

object cell_json(store::Tx& tx, const Sheet& sheet, const Cell& cell, const Earlier& earlier,
                 bool may_enter, base::Date day) {
  const Fact& fact = cell.fact;
  object made{
      {"indicator", direct::to_json(tx, cell.indicator)},
      {"kind", name(fact.kind)},
      {"period", fact.period},
      {"heading", cell.heading},
      {"fact", fact.id.value},
      {"state", name(fact.state)},
      {"value", figure(fact.amount, cell.indicator.decimals)},
      {"status", name(fact.status)},
      {"revision", fact.revision},
      {"remark", fact.remark},
      {"previous", known_value(earlier.previous, cell)},
      {"year_before", known_value(earlier.year_before, cell)},
      {"restated", restated_json(tx, earlier, cell, day)},
      {"returned", fact.status == FactStatus::returned ? text_or_null(fact.note) : value(nullptr)},
      {"excluded", fact.status == FactStatus::excluded ? text_or_null(fact.note) : value(nullptr)},
      {"known_from", nullptr},
      {"is_locked", !may_enter || !may_edit(sheet.report, fact, "")}};
  if (fact.report && fact.report != sheet.report.id && fact.revision > 0) {
    if (const auto other = report_store::find(tx, fact.report)) {
      made["known_from"] = report_store::find_request(tx, other->request).value().title;
    }
  }
  return made;
}

/// What stood in the cell when the report was last returned, where it is another thing now.
value before_json(const std::optional<RoundDifferences>& changed, const Cell& cell) {
  if (!changed) return nullptr;
  for (const auto& one : changed->cells) {
    if (one.before.fact != cell.fact.id) continue;
    return object{{"state", name(one.before.state)},
                  {"value", figure(one.before.amount, cell.indicator.decimals)}};
  }
  return nullptr;
}

array codes_of(store::Tx& tx, const std::vector<org::UnitId>& units, base::Date day) {
  array codes;
  for (const auto& unit : org::unit_store::refs(tx, units, day)) codes.push_back(value(unit.code));
  return codes;
}

std::string share_text(std::int64_t numerator, std::int64_t denominator) {
  return std::to_string(numerator) + "/" + std::to_string(denominator);
}

array estimates_json(store::Tx& tx, const std::vector<Estimate>& estimates, base::Date day) {
  array made;
  for (const Estimate& one : estimates) {
    object unit = org::to_json(org::unit_store::ref(tx, one.unit, day));
    unit["share"] = share_text(one.numerator, one.denominator);
    unit["basis"] = org::name(one.basis);
    made.push_back(std::move(unit));
  }
  return made;
}

array shares_json(const std::vector<Contribution::Share>& shares) {
  array made;
  for (const Contribution::Share& one : shares) {
    object unit = org::to_json(one.unit);
    unit["share"] = share_text(one.numerator, one.denominator);
    unit["basis"] = org::name(one.basis);
    made.push_back(std::move(unit));
  }
  return made;
}

value side_json(const Measure& measure, const Total& total, bool is_below) {
  const bool is_shown = is_below ? measure.has_below() : measure.terms.size() > 1;
  if (!is_shown) return nullptr;
  return value(is_below ? base::canonical_figure(total.below, measure.below_decimals)
                        : base::canonical_figure(total.above, measure.above_decimals));
}

/// Whether the totals of parts add up to the whole's, and which units make the difference.
array breakdowns_json(store::Tx& tx, const Measure& measure, const Total& total, base::Date day) {
  const int decimals = measure.indicator.decimals;
  array made;
  for (const PartsTotal& one : total.breakdowns) {
    array parts, causes;
    for (std::size_t p = 0; p < one.parts.size(); ++p) {
      const auto part = direct::indicator_store::find(tx, one.indicators[p]).value();
      parts.push_back(object{{"indicator", part.code},
                             {"name", part.name},
                             {"value", figure(one.parts[p], decimals)}});
    }
    for (const PartsTotal::Cause& cause : one.causes) {
      object unit = org::to_json(org::unit_store::ref(tx, cause.unit, day));
      unit["whole"] = base::canonical_figure(cause.whole, decimals);
      unit["parts"] = base::canonical_figure(cause.parts, decimals);
      unit["is_incomplete"] = cause.is_incomplete;
      causes.push_back(std::move(unit));
    }
    made.push_back(object{
        {"name", one.breakdown},
        {"adds_up", one.adds_up},
        {"parts", std::move(parts)},
        {"sum", base::canonical_figure(one.sum, decimals)},
        {"difference", one.difference ? value(base::canonical_figure(*one.difference, decimals))
                                      : value(nullptr)},
        {"causes", std::move(causes)}});
  }
  return made;
}

}  // namespace

namespace {

value window_json(const std::optional<Days>& window) {
  if (!window) return nullptr;
  return object{{"from", window->from.text()}, {"to", window->to.text()}};
}

array asked_json(store::Tx& tx, const Request& request) {
  array made;
  for (const AskedCell& cell : report_store::cells(tx, request)) {
    made.push_back(object{{"indicator", cell.indicator.code},
                          {"kind", name(cell.kind)},
                          {"period", cell.period},
                          {"heading", cell.heading}});
  }
  return made;
}

}  // namespace

object request_json(store::Tx& tx, const Request& request, const org::Scope& scope,
                    bool may_decide) {
  array indicators;
  for (const auto& indicator : report_store::indicators(tx, request.id)) {
    indicators.push_back(direct::to_json(tx, indicator));
  }
  array sections;
  for (const auto& section : narrative_store::outline(tx, request.id))
    sections.push_back(outline_json(section));
  const Counts counts = report_store::counts(tx, scope, request.id);
  return {{"id", request.id.value},
          {"unit", unit_json(tx, request.unit, scope.day)},
          {"title", request.title},
          {"line", request.line},
          {"period", request.period},
          {"due_on", request.due_on.text()},
          {"is_illustrative", request.is_illustrative},
          {"regime", request.regime ? value(request.regime->value) : value(nullptr)},
          {"window", window_json(request.window)},
          {"guidance", request.guidance},
          {"cells", asked_json(tx, request)},
          {"indicators", indicators},
          {"sections", sections},
          {"counts", object{{"total", counts.total()},
                            {"draft", counts.draft},
                            {"submitted", counts.submitted},
                            {"returned", counts.returned},
                            {"accepted", counts.accepted}}},
          {"may_decide", may_decide}};
}

namespace {

/// What this account typed and did not save.
value draft_json(store::Tx& tx, ReportId report, const auth::Actor& actor) {
  const auto draft = check_store::draft(tx, report, actor.account());
  if (!draft) return nullptr;
  return object{{"at", draft->at.text()}, {"cells", http::json::parse(draft->body)}};
}

}  // namespace

object report_json(store::Tx& tx, const Sheet& sheet, const auth::Actor& actor, base::Date day) {
  const Report& report = sheet.report;
  const Request request = report_store::find_request(tx, report.request).value();
  const bool may_enter = org::allows(tx, actor, org::Act::enter, report.unit, day).has_value();
  const bool may_decide = org::allows(tx, actor, org::Act::decide, request.unit, day).has_value();
  const bool is_open = report.state == ReportState::draft || report.state == ReportState::returned;
  array acts, cells;
  if (may_enter && is_open) acts = {"edit", "submit"};
  if (may_decide && !is_open) {
    if (report.state == ReportState::submitted) acts.push_back("accept");
    acts.push_back("return");
    acts.push_back("exclude");
  }
  const base::Period period = base::Period::parse(request.period).value();
  const Earlier earlier{earlier_figures(tx, sheet, request, period.previous()),
                        earlier_figures(tx, sheet, request, period.year_before())};
  // A line of the whole year stands beside the year before, and after no period.
  const Earlier of_year{{}, year_before(tx, sheet, request)};
  const auto changed = differences(tx, sheet);
  for (const Cell& cell : sheet.cells) {
    object one = cell_json(tx, sheet, cell, cell.fact.period == request.period ? earlier : of_year,
                           may_enter, day);
    one["before"] = before_json(changed, cell);
    cells.push_back(std::move(one));
  }
  return {{"id", report.id.value},
          {"request", object{{"id", request.id.value},
                             {"title", request.title},
                             {"period", request.period},
                             {"due_on", report.due_on.text()},
                             {"unit", unit_json(tx, request.unit, day)},
                             {"window", window_json(request.window)},
                             {"guidance", request.guidance},
                             {"is_illustrative", request.is_illustrative}}},
          {"unit", unit_json(tx, report.unit, day)},
          {"state", name(report.state)},
          {"revision", report.revision},
          {"submitted_at", instant(report.submitted_at)},
          {"submitted_by", text_or_null(report.submitted_by)},
          {"accepted_at", instant(report.accepted_at)},
          {"accepted_by", text_or_null(report.accepted_by)},
          {"remark", report.remark},
          {"acts", acts},
          {"doubts", doubts_json(sheet, examine(tx, sheet))},
          {"draft", draft_json(tx, report.id, actor)},
          {"cells", cells},
          {"sections", sections_json(tx, sheet, may_enter, changed)},
          {"round", narrative_store::rounds(tx, report.id).size()}};
}

object overview_json(store::Tx& tx, const report_store::Overview& overview, base::Date day) {
  const Report& report = overview.report;
  return {{"id", report.id.value},
          {"unit", unit_json(tx, report.unit, day)},
          {"state", name(report.state)},
          {"revision", report.revision},
          {"due_on", report.due_on.text()},
          {"submitted_at", instant(report.submitted_at)},
          {"accepted_at", instant(report.accepted_at)},
          {"filled", overview.filled},
          {"total", overview.total}};
}

object fact_json(store::Tx& tx, const Fact& fact, base::Date day) {
  const direct::Indicator indicator = direct::indicator_store::find(tx, fact.indicator).value();
  array history, files;
  for (const auto& file : registry::attachments(tx, "fact:" + std::to_string(fact.id.value))) {
    files.push_back(registry::to_json(file));
  }
  for (const auto& revision : fact_store::history(tx, fact.id)) {
    history.push_back(object{{"revision", revision.revision},
                             {"state", name(revision.state)},
                             {"value", figure(revision.amount, indicator.decimals)},
                             {"status", name(revision.status)},
                             {"act", revision.act},
                             {"by", revision.actor},
                             {"at", revision.at.text()},
                             {"remark", revision.note}});
  }
  return {{"id", fact.id.value},
          {"unit", unit_json(tx, fact.unit, day)},
          {"indicator", direct::to_json(tx, indicator)},
          {"period", fact.period},
          {"kind", name(fact.kind)},
          {"state", name(fact.state)},
          {"value", figure(fact.amount, indicator.decimals)},
          {"status", name(fact.status)},
          {"revision", fact.revision},
          {"history", history},
          {"attachments", std::move(files)},
          {"report", fact.report ? value(fact.report.value) : value(nullptr)}};
}

object rollup_json(store::Tx& tx, const RollupQuestion& question, const RollupAnswer& answer) {
  array units;
  for (std::size_t u = 0; u < answer.units.size(); ++u) {
    array cells;
    for (std::size_t m = 0; m < answer.measures.size(); ++m) {
      const Total& total = answer.totals[u][m];
      cells.push_back(
          object{{"indicator", answer.measures[m].indicator.code},
                 {"value", figure(total.value, answer.measures[m].indicator.decimals)},
                 {"numerator", side_json(answer.measures[m], total, false)},
                 {"denominator", side_json(answer.measures[m], total, true)},
                 {"is_too_large", total.is_too_large},
                 {"breakdowns", breakdowns_json(tx, answer.measures[m], total, answer.on)},
                 {"cells_counted", total.counted},
                 {"cells_expected", total.expected},
                 {"missing", codes_of(tx, total.missing, answer.on)},
                 {"excluded", codes_of(tx, total.excluded, answer.on)},
                 {"not_applicable", codes_of(tx, total.not_applicable, answer.on)},
                 {"restated", total.restated},
                 {"estimates", estimates_json(tx, total.estimates, answer.on)},
                 {"undivided", codes_of(tx, total.undivided, answer.on)}});
    }
    object unit = org::to_json(answer.units[u]);
    unit["cells"] = cells;
    units.push_back(unit);
  }
  return {{"period", question.period.text()},
          {"on", answer.on.text()},
          {"restated", answer.is_restated},
          {"line", question.line},
          {"units", units}};
}

object explanation_json(store::Tx& tx, const Explanation& explanation) {
  const Measure& measure = explanation.measure;
  const Total& total = explanation.total;
  array items;
  for (const Contribution& item : explanation.items) {
    items.push_back(object{
        {"unit", org::to_json(item.unit)},
        {"indicator", item.indicator.code},
        {"period", item.period},
        {"fact", item.fact ? value(item.fact->id.value) : value(nullptr)},
        {"state", item.fact ? name(item.fact->state) : name(FactState::blank)},
        {"value", item.fact ? figure(item.fact->amount, item.indicator.decimals) : value(nullptr)},
        {"status", item.fact ? name(item.fact->status) : name(FactStatus::draft)},
        {"revision", item.fact ? item.fact->revision : 0},
        {"by", item.by},
        {"at", instant(item.at)},
        {"counted", item.is_counted},
        {"why", item.why},
        {"shares", shares_json(item.shares)}});
  }
  return {{"indicator", direct::to_json(tx, measure.indicator)},
          {"value", figure(total.value, measure.indicator.decimals)},
          {"numerator", side_json(measure, total, false)},
          {"denominator", side_json(measure, total, true)},
          {"is_too_large", total.is_too_large},
          {"cells_counted", total.counted},
          {"cells_expected", total.expected},
          {"items", items},
          {"next", explanation.next ? value(std::to_string(*explanation.next)) : value(nullptr)}};
}

NewRequest read_request(http::Fields& fields) {
  NewRequest made;
  made.request.unit = {fields.integer("unit", 1, 1LL << 53)};
  made.request.title = fields.text("title", 500);
  made.request.line = fields.maybe_text("line", 40).value_or(org::kGovernment);
  made.request.period = fields.period("period").text();
  made.request.due_on = fields.date("due_on");
  made.request.is_illustrative = fields.boolean("is_illustrative", false);
  made.indicators = fields.texts("indicators", true, 1000);
  fields.objects("estimates", false, 1000, [&](http::Fields& one) {
    const auto period = one.maybe_text("period", 10);
    made.estimates.push_back({one.text("indicator", 40), period.value_or(""),
                              one.maybe_text("heading", 500).value_or("")});
  });
  made.request.guidance = fields.maybe_raw_text("guidance", 5000).value_or("");
  made.outline = read_outline(fields);
  for (const std::int64_t unit : fields.integers("units", true)) made.units.push_back({unit});
  return made;
}

FactKind read_kind(http::Fields& fields) {
  if (!fields.has("kind")) {
    fields.maybe_text("kind");
    return FactKind::actual;
  }
  return fields.one_of("kind", {"actual", "estimate"}) == 1 ? FactKind::estimate : FactKind::actual;
}

std::vector<Entry> read_entries(http::Fields& fields) {
  std::vector<Entry> made;
  fields.objects("cells", true, 5000, [&](http::Fields& one) {
    Entry entry;
    entry.pointer = one.pointer("");
    if (entry.pointer.ends_with('/')) entry.pointer.pop_back();
    entry.indicator = one.text("indicator", 40);
    entry.kind = read_kind(one);
    entry.is_typed = one.has("typed");
    const auto value = one.maybe_text("value", 60);
    const auto typed = one.maybe_text("typed", 60);
    if (one.has("state")) {
      static constexpr FactState kStates[] = {FactState::value, FactState::blank,
                                              FactState::not_applicable, FactState::not_yet};
      entry.state = kStates[one.one_of("state", {"value", "blank", "not_applicable", "not_yet"})];
    } else {
      one.maybe_text("state");
      entry.state = FactState::value;
    }
    if (value && typed) {
      one.problems().push_back({base::ProblemKind::invalid,
                                "report.value_and_typed",
                                one.pointer("typed"),
                                {entry.indicator}});
    }
    entry.figure = typed ? *typed : value.value_or("");
    entry.remark = one.has("remark") ? one.maybe_raw_text("remark", 1000) : std::nullopt;
    if (!one.has("remark")) one.maybe_text("remark");
    made.push_back(std::move(entry));
  });
  return made;
}

}  // namespace report
