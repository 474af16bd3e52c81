#include <iostream>

#include "app/commands.h"
#include "app/print.h"
#include "app/rollup_question.h"
#include "base/decimal.h"
#include "org/unit_store.h"
#include "report/report_json.h"

namespace app {

base::Result<report::RollupQuestion> read_question(store::Tx& tx, const RollupOptions& options) {
  base::Problems problems;
  const auto period = base::Period::parse(options.period);
  if (!period)
    problems.push_back(
        {base::ProblemKind::invalid, "command.period", "--period", {options.period}});
  std::optional<base::Date> on;
  for (const auto& [option, text] :
       {std::pair("--on", options.on), std::pair("--restated-to", options.restated_to)}) {
    if (!text) continue;
    on = base::Date::parse(*text);
    if (!on) problems.push_back({base::ProblemKind::invalid, "command.date", option, {*text}});
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  const base::Date day = on.value_or(period->last());
  const auto unit = org::unit_store::find_by_code(tx, options.unit, day);
  if (!unit) {
    return base::refuse(base::ProblemKind::not_found, "command.unit", "--unit",
                        {options.unit, day.text()});
  }
  return report::RollupQuestion{*unit,         *period, options.indicators, on, options.line,
                                options.below, false};
}

namespace {

/// Under a total: which units are in it by a share, and which are in parts that nobody knows.
void print_shares(store::Tx& tx, const report::Total& total, base::Date on,
                  base::Language language) {
  const bool vi = language == base::Language::vi;
  for (const report::Estimate& one : total.estimates) {
    std::cout << (vi ? "      ước tính: " : "      estimate: ")
              << org::unit_store::ref(tx, one.unit, on).name << " " << one.numerator << "/"
              << one.denominator << " (" << org::name(one.basis) << ")\n";
  }
  for (const org::UnitId unit : total.undivided) {
    std::cout << (vi ? "      chưa tách được: " : "      not divisible: ")
              << org::unit_store::ref(tx, unit, on).name << "\n";
  }
}

}  // namespace

int rollup_command(const Place& place, const RollupOptions& options) {
  const auto db = open_for_reading(place);
  const auto printed = db->read([&](store::Tx& tx) -> base::Result<int> {
    ASSIGN_OR_RETURN(const report::RollupQuestion question, read_question(tx, options));
    ASSIGN_OR_RETURN(const report::RollupAnswer answer, report::roll_up(tx, question));
    if (options.json) {
      std::cout << http::json::serialize(report::rollup_json(tx, question, answer)) << "\n";
      return kDone;
    }
    for (std::size_t u = 0; u < answer.units.size(); ++u) {
      std::cout << answer.units[u].code << " " << answer.units[u].name << "\n";
      for (std::size_t m = 0; m < answer.measures.size(); ++m) {
        const direct::Indicator& indicator = answer.measures[m].indicator;
        const report::Total& total = answer.totals[u][m];
        std::cout << "  " << indicator.code << "  "
                  << (total.value ? base::vietnamese_figure(*total.value, indicator.decimals)
                                  : std::string("–"))
                  << " " << indicator.measure_unit << "  (" << total.counted << "/"
                  << total.expected << ")  " << indicator.name << "\n";
        print_shares(tx, total, answer.on, place.language);
      }
    }
    return kDone;
  });
  if (!printed) return print_refusal(printed.error(), place.language, options.json);
  return *printed;
}

}  // namespace app
