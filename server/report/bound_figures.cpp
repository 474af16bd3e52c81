#include "report/bound_figures.h"

#include <algorithm>

#include "base/decimal.h"
#include "direct/indicator_store.h"
#include "org/post_store.h"
#include "org/unit_store.h"

namespace report {
namespace {

using base::ProblemKind;
using Kind = FigureMark::Kind;

base::Period meant(const FigureMark& mark, const base::Period& own) {
  const base::Period named =
      mark.period.empty() ? own : base::Period::parse(mark.period).value_or(own);
  if (mark.kind == Kind::previous) return named.previous();
  if (mark.kind == Kind::year_before) return named.year_before();
  return named;
}

}  // namespace

std::string Figure::shown() const {
  if (state == FactState::not_applicable) return "không áp dụng";
  if (!amount) return "chưa có số liệu";
  std::string made = base::vietnamese_figure(*amount, indicator.decimals);
  if (!mark.with_unit || indicator.measure_unit.empty()) return made;
  return made + (indicator.measure_unit == "%" ? "" : " ") + indicator.measure_unit;
}

BoundFigures::BoundFigures(store::Tx& tx, org::UnitId unit, const Request& request)
    : tx_(tx),
      unit_(unit),
      line_(request.line),
      period_(base::Period::parse(request.period).value()) {}

base::Result<org::UnitId> BoundFigures::unit_of(const FigureMark& mark,
                                                const std::string& pointer) {
  if (mark.unit.empty()) return unit_;
  auto known = units_.find(mark.unit);
  if (known == units_.end()) {
    const base::Date day = period_.last();
    auto unit = org::unit_store::find_by_code(tx_, mark.unit, day);
    if (unit) {
      const auto above = org::post_store::unit_and_superiors(tx_, *unit, day, line_);
      if (std::find(above.begin(), above.end(), unit_) == above.end()) unit.reset();
    }
    known = units_.emplace(mark.unit, unit).first;
  }
  if (known->second) return *known->second;
  return base::refuse(ProblemKind::invalid, "narrative.figure_unit", pointer, {mark.unit});
}

void BoundFigures::total(Figure& figure, const base::Period& period) {
  const auto answer =
      roll_up(tx_, {figure.unit, period, {figure.indicator.code}, {}, line_, {}, false});
  if (!answer || answer->totals.empty() || answer->totals.front().empty()) return;
  figure.amount = answer->totals.front().front().value;
  figure.state = figure.amount ? FactState::value : FactState::blank;
  figure.status = FactStatus::accepted;
}

base::Result<Figure> BoundFigures::find(const FigureMark& mark, const std::string& pointer) {
  const std::string key = mark.text();
  if (const auto known = found_.find(key); known != found_.end() && known->second)
    return known->second;
  ASSIGN_OR_RETURN(const org::UnitId unit, unit_of(mark, pointer));
  const auto indicator = direct::indicator_store::find_by_code(tx_, mark.code);
  if (!indicator)
    return base::refuse(ProblemKind::invalid, "narrative.figure_unknown", pointer, {mark.code});
  const base::Period period = meant(mark, period_);
  const bool is_collected = !indicator->is_derived() &&
                            (!indicator->frequency || *indicator->frequency == period.frequency());
  if (mark.kind == Kind::estimate && indicator->is_derived())
    return base::refuse(ProblemKind::invalid, "narrative.figure_kind", pointer, {mark.code});
  Figure made{mark, *indicator, unit, period.text(), {}, 0, {}, {}, {}};
  if (mark.kind == Kind::total || (!is_collected && mark.kind != Kind::estimate)) {
    total(made, period);
  } else if (const auto fact = narrative_store::fact(tx_, unit, indicator->id, made.period,
                                                     mark.kind == Kind::estimate)) {
    made.fact = fact->fact;
    made.revision = fact->revision;
    made.state = fact->state;
    made.status = fact->status;
    made.amount = fact->amount;
  }
  found_.insert_or_assign(key, made);
  return made;
}

std::string BoundFigures::shown(std::string_view text) {
  std::string made;
  for (const TextPart& part : parts_of(text)) {
    const auto figure =
        part.mark ? std::optional(find(*part.mark)) : std::optional<base::Result<Figure>>();
    made += figure && *figure ? (*figure)->shown() : part.text;
  }
  return made;
}

base::Result<std::vector<Figure>> BoundFigures::of(std::string_view text,
                                                   const std::string& pointer) {
  std::vector<Figure> made;
  base::Problems problems;
  for (const TextPart& part : parts_of(text)) {
    if (!part.mark) continue;
    auto figure = find(*part.mark, pointer);
    if (figure) {
      made.push_back(*std::move(figure));
    } else {
      for (auto& fault : figure.error()) problems.push_back(std::move(fault));
    }
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  return made;
}

}  // namespace report
