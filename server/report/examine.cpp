#include "report/examine.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "direct/indicator_store.h"
#include "journal/journal.h"
#include "org/unit_store.h"
#include "registry/attachment.h"
#include "report/change_report.h"
#include "report/check_store.h"
#include "report/fact_store.h"

namespace report {
namespace {

using base::ProblemKind;
using direct::Rational;
using direct::When;

constexpr std::size_t kMostSiblings = 200;
constexpr std::size_t kShortestExplanation = 10;
constexpr std::size_t kLongestDraft = 200'000;

bool was_handed_in(FactStatus status) {
  return status == FactStatus::submitted || status == FactStatus::accepted;
}

/// A unit's handed-in actual figures of a period, by indicator.
using Figures = std::map<direct::IndicatorId, std::int64_t>;
Figures figures_of(store::Tx& tx, org::UnitId unit, const base::Period& period) {
  Figures figures;
  fact_store::of_unit(tx, unit, period.text(), [&](const fact_store::Line& line) {
    if (line.state == FactState::value && was_handed_in(line.status)) {
      figures[line.indicator] = line.amount;
    }
  });
  return figures;
}

std::optional<std::int64_t> at(const Figures& figures, direct::IndicatorId indicator) {
  const auto found = figures.find(indicator);
  return found == figures.end() ? std::nullopt : std::optional(found->second);
}

std::vector<CellPast> past_of(store::Tx& tx, const Sheet& sheet, const base::Period& period) {
  std::vector<std::string> periods;
  for (base::Period before = period.previous(); periods.size() < fact_store::kMostPast;
       before = before.previous()) {
    periods.push_back(before.text());
  }
  std::map<std::string, Figures, std::less<>> figures;
  fact_store::past_of_unit(
      tx, sheet.report.unit, periods,
      [&](std::string_view of, direct::IndicatorId indicator, std::int64_t amount) {
        figures[std::string(of)][indicator] = amount;
      });
  std::vector<CellPast> past(sheet.cells.size());
  const std::string year_before = period.year_before().text();
  for (std::size_t i = 0; i < sheet.cells.size(); ++i) {
    const Cell& cell = sheet.cells[i];
    if (cell.fact.kind != FactKind::actual) continue;
    for (const std::string& of : periods) {
      const auto amount = at(figures[of], cell.indicator.id);
      if (!amount) continue;
      past[i].history.push_back(*amount);
      if (of == periods.front()) past[i].previous = amount;
      if (of == year_before) past[i].year_before = amount;
    }
  }
  return past;
}

/// How the units under the same superior moved, for the cells that stand apart.
void add_siblings(store::Tx& tx, const Sheet& sheet, const base::Period& period,
                  const std::string& line, std::vector<CellPast>& past) {
  std::vector<std::size_t> apart;
  for (std::size_t i = 0; i < sheet.cells.size(); ++i) {
    const auto& amount = sheet.cells[i].fact.amount;
    if (amount && past[i].previous && apart_from(*amount, past[i].history)) apart.push_back(i);
  }
  if (apart.empty()) return;
  const base::Date day = period.last();
  const auto unit = org::unit_store::find(tx, sheet.report.unit, day, line);
  if (!unit || !unit->parent) return;
  std::size_t seen = 0;
  for (const auto& sibling : org::unit_store::children(tx, unit->parent->id, day, line)) {
    if (sibling.id == sheet.report.unit || ++seen > kMostSiblings) continue;
    const Figures now = figures_of(tx, sibling.id, period);
    const Figures before = figures_of(tx, sibling.id, period.previous());
    for (const std::size_t i : apart) {
      const auto id = sheet.cells[i].indicator.id;
      const auto first = at(before, id);
      const auto second = at(now, id);
      if (first && second) past[i].siblings.push_back({*first, *second});
    }
  }
}

std::vector<ReadCheck> checks_of(store::Tx& tx, RequestId request, base::Date day) {
  std::vector<ReadCheck> checks;
  for (Check& check : check_store::of_request(tx, request, day)) {
    auto formula = read_check(check).value();  // read when it was defined
    checks.push_back({std::move(check), std::move(formula)});
  }
  return checks;
}

base::Period period_meant(When when, const base::Period& period) {
  switch (when) {
    case When::own:
      return period;
    case When::previous:
      return period.previous();
    case When::year_before:
      return period.year_before();
    case When::whole_year:
      return base::Period(period.year(), base::Frequency::year, 1);
  }
  return period;
}

OutsideFigures outside_of(store::Tx& tx, org::UnitId unit, const base::Period& period) {
  return [&tx, unit, period](const direct::Reference& reference) -> std::optional<Rational> {
    const auto indicator = direct::indicator_store::find_by_code(tx, reference.code);
    if (!indicator) return std::nullopt;
    const auto fact =
        fact_store::find(tx, unit, indicator->id, period_meant(reference.when, period).text());
    if (!fact || !fact->amount || !was_handed_in(fact->status)) return std::nullopt;
    return direct::rational_of(*fact->amount, indicator->decimals);
  };
}

}  // namespace

std::vector<Doubt> examine(store::Tx& tx, const Sheet& sheet) {
  const Request request = report_store::find_request(tx, sheet.report.request).value();
  const base::Period period = base::Period::parse(request.period).value();
  auto past = past_of(tx, sheet, period);
  add_siblings(tx, sheet, period, request.line, past);
  auto doubts = doubts_of(sheet, checks_of(tx, request.id, period.last()), past,
                          outside_of(tx, sheet.report.unit, period));
  for (Doubt& doubt : doubts_of_parts(sheet, direct::indicator_store::all_breakdowns(tx))) {
    doubts.push_back(std::move(doubt));
  }
  if (doubts.empty()) return doubts;
  for (const auto& said : check_store::explanations(tx, sheet.report.id)) {
    for (Doubt& doubt : doubts) {
      if (doubt.code != said.doubt || doubt.fingerprint != said.fingerprint) continue;
      doubt.explanation = said.text;
      doubt.explained_by = said.actor;
      doubt.explained_at = said.at;
    }
  }
  return doubts;
}

base::Result<void> explain_doubts(store::Tx& tx, const auth::Actor& actor, Now now, OnReport on,
                                  const std::vector<AskedExplanation>& asked) {
  const auto rule = [&](Sheet sheet) -> base::Result<Sheet> {
    if (sheet.report.state != ReportState::draft && sheet.report.state != ReportState::returned) {
      return base::refuse(ProblemKind::conflict, "report.locked");
    }
    const auto doubts = examine(tx, sheet);
    base::Problems problems;
    for (const AskedExplanation& one : asked) {
      const auto doubt = std::find_if(doubts.begin(), doubts.end(),
                                      [&](const Doubt& known) { return known.code == one.doubt; });
      if (doubt == doubts.end()) {
        problems.push_back(
            {ProblemKind::invalid, "report.no_such_doubt", one.pointer + "/doubt", {one.doubt}});
      }
      if (base::length(one.text) < kShortestExplanation) {
        problems.push_back({ProblemKind::invalid,
                            "report.explanation_short",
                            one.pointer + "/text",
                            {std::to_string(kShortestExplanation)}});
      }
      if (!problems.empty()) continue;
      check_store::explain(tx, sheet.report.id,
                           {one.doubt, doubt->fingerprint, one.text, actor.name(), now.at},
                           actor.account());
    }
    if (!problems.empty()) return base::refuse(std::move(problems));
    return sheet;
  };
  return change_report(tx, actor, now, on,
                       {org::Act::enter, "report.explained", rule,
                        "{\"doubts\":" + std::to_string(asked.size()) + "}"});
}

base::Result<void> keep_draft(store::Tx& tx, const auth::Actor& actor, Now now, ReportId report,
                              const std::string& body) {
  ASSIGN_OR_RETURN(const Sheet sheet, seen_report(tx, actor, now.day, report));
  if (!org::allows(tx, actor, org::Act::enter, sheet.report.unit, now.day)) {
    return base::refuse(ProblemKind::forbidden, "authority.not_yours");
  }
  if (body.size() > kLongestDraft) {
    return base::refuse(ProblemKind::too_large, "report.draft_large", "/cells");
  }
  check_store::keep_draft(tx, report, actor.account(), {body, now.at});
  return {};
}

base::Result<CheckId> define_check(store::Tx& tx, const auth::Actor& actor, Now now,
                                   const Check& asked) {
  Check check = asked;
  if (check.id) {
    const auto known = check_store::find(tx, check.id);
    if (!known) return base::refuse(ProblemKind::not_found, "check.not_found");
    check.code = known->code;
  }
  const auto formula = read_check(check);
  base::Problems problems = formula ? base::Problems{} : formula.error();
  std::vector<direct::IndicatorId> indicators;
  if (formula) {
    for (const auto& reference : formula->references()) {
      const auto indicator = direct::indicator_store::find_by_code(tx, reference.code);
      if (!indicator) {
        problems.push_back(
            {ProblemKind::invalid, "indicator.unknown", "/formula", {reference.code}});
      } else if (indicator->is_derived()) {
        problems.push_back({ProblemKind::invalid, "check.derived", "/formula", {reference.code}});
      } else {
        indicators.push_back(indicator->id);
      }
    }
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  const bool is_new = !check.id;
  if (is_new) {
    const auto id = check_store::add(tx, check, indicators);
    if (!id) return base::refuse(ProblemKind::conflict, "check.code_taken", "/code", {check.code});
    check.id = *id;
  } else if (!check_store::save(tx, check, indicators)) {
    return base::refuse(ProblemKind::changed, "check.changed", "",
                        {std::to_string(check.revision)});
  }
  journal::record(tx, actor, now.at,
                  {is_new ? "check.defined" : "check.changed",
                   "check:" + std::to_string(check.id.value), 0, "{}"});
  return check.id;
}

base::Result<void> attach_evidence(store::Tx& tx, const auth::Actor& actor, Now now, FactId id,
                                   const AskedEvidence& asked) {
  const auto fact = fact_store::find(tx, id);
  if (!org::sees(tx, actor, org::unit_of(fact), now.day)) {
    return base::refuse(ProblemKind::not_found, "fact.not_found");
  }
  if (!org::allows(tx, actor, org::Act::enter, fact->unit, now.day)) {
    return base::refuse(ProblemKind::forbidden, "authority.not_yours");
  }
  if (fact->status == FactStatus::accepted || fact->status == FactStatus::excluded) {
    return base::refuse(ProblemKind::conflict, "report.cell_settled");
  }
  const std::string object = "fact:" + std::to_string(id.value);
  RETURN_IF_REFUSED(
      registry::attach(tx, actor, now.at, object, fact->unit, asked.name, asked.base64));
  journal::record(tx, actor, now.at, {"fact.evidence", object, fact->unit.value, "{}"});
  return {};
}

}  // namespace report
