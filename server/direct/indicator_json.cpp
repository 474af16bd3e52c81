#include "direct/indicator_json.h"

#include "base/decimal.h"
#include "direct/formula.h"
#include "direct/indicator_store.h"
#include "direct/routes.h"

namespace direct {
namespace {

using http::json::array;
using http::json::object;
using http::json::value;

std::string code_of(store::Tx& tx, IndicatorId id) {
  return id ? indicator_store::find(tx, id).value().code : std::string();
}

/// The only indicator of a side of a ratio, when it is one, as it is.
std::string only_code_of(store::Tx& tx, const std::vector<Term>& side) {
  const bool is_one = side.size() == 1 && side[0].coefficient == 1 && side[0].decimals == 0;
  return is_one ? code_of(tx, side[0].part) : std::string();
}

array terms_json(store::Tx& tx, const std::vector<Term>& side) {
  array made;
  for (const Term& term : side) {
    made.push_back(
        object{{"indicator", code_of(tx, term.part)},
               {"coefficient", base::canonical_figure(term.coefficient, term.decimals)}});
  }
  return made;
}

value text_or_null(const std::string& text) { return text.empty() ? value(nullptr) : value(text); }

}  // namespace

object to_json(store::Tx& tx, const Indicator& indicator) {
  return {
      {"id", indicator.id.value},
      {"code", indicator.code},
      {"name", indicator.name},
      {"measure_unit", indicator.measure_unit},
      {"decimals", indicator.decimals},
      {"direction", name(indicator.direction)},
      {"across_units", name(indicator.across_units)},
      {"across_time", name(indicator.across_time)},
      {"frequency", indicator.frequency ? value(base::name(*indicator.frequency)) : value(nullptr)},
      {"numerator", text_or_null(indicator.below.empty() ? "" : only_code_of(tx, indicator.above))},
      {"denominator", text_or_null(only_code_of(tx, indicator.below))},
      {"weight", text_or_null(code_of(tx, indicator.weight))},
      {"formula", text_or_null(indicator.formula)},
      {"is_illustrative", indicator.is_illustrative}};
}

object detail_json(store::Tx& tx, const Indicator& indicator) {
  object made = to_json(tx, indicator);
  made["revision"] = indicator.revision;
  made["terms"] = nullptr;
  if (indicator.is_derived()) {
    made["terms"] = object{
        {"factor",
         std::to_string(indicator.factor_above) +
             (indicator.factor_below == 1 ? "" : "/" + std::to_string(indicator.factor_below))},
        {"above", terms_json(tx, indicator.above)},
        {"below", terms_json(tx, indicator.below)}};
  }
  array breakdowns;
  for (const Breakdown& one : indicator_store::breakdowns(tx, indicator.id)) {
    array parts;
    for (const IndicatorId part : one.parts) {
      parts.push_back(to_json(tx, indicator_store::find(tx, part).value()));
    }
    breakdowns.push_back(
        object{{"name", one.name}, {"adds_up", one.adds_up}, {"parts", std::move(parts)}});
  }
  made["breakdowns"] = std::move(breakdowns);
  return made;
}

NewIndicator read_indicator(http::Fields& fields) {
  NewIndicator made;
  made.place = "/";
  Indicator& indicator = made.indicator;
  indicator.code = fields.text("code", 40);
  indicator.name = fields.text("name", 500);
  indicator.measure_unit = fields.text("measure_unit", 60);
  indicator.decimals = static_cast<int>(fields.integer("decimals", 0, 9));
  indicator.direction = static_cast<Direction>(fields.one_of("direction", {"up", "down", "none"}));
  indicator.across_units = static_cast<AcrossUnits>(fields.one_of(
      "across_units", {"sum", "ratio", "weighted_mean", "min", "max", "latest", "none"}));
  indicator.across_time = static_cast<AcrossTime>(fields.one_of(
      "across_time",
      {"sum", "latest", "cumulative", "ratio", "weighted_mean", "min", "max", "none"}));
  if (fields.has("frequency")) {
    indicator.frequency = static_cast<base::Frequency>(
        fields.one_of("frequency", {"month", "quarter", "half", "nine_months", "year"}));
  } else {
    fields.maybe_text("frequency");
  }
  made.numerator = fields.maybe_text("numerator", 40).value_or("");
  made.denominator = fields.maybe_text("denominator", 40).value_or("");
  made.weight = fields.maybe_text("weight", 40).value_or("");
  indicator.formula = fields.maybe_text("formula", kMostFormulaBytes).value_or("");
  indicator.is_illustrative = fields.boolean("is_illustrative", false);
  return made;
}

std::vector<AskedBreakdown> read_breakdowns(http::Fields& fields) {
  std::vector<AskedBreakdown> made;
  fields.objects("breakdowns", true, 50, [&](http::Fields& one) {
    AskedBreakdown asked;
    asked.place = one.pointer("parts");
    asked.name = one.text("name", 200);
    asked.adds_up = one.boolean("adds_up", true);
    for (const std::string& code : one.texts("parts", true, 200)) {
      asked.parts.push_back({code, one.pointer("parts/" + std::to_string(asked.parts.size()))});
    }
    made.push_back(std::move(asked));
  });
  return made;
}

}  // namespace direct
