#include "direct/define_indicators.h"

#include <charconv>
#include <map>
#include <set>

#include "base/text.h"
#include "direct/indicator_store.h"
#include "direct/terms.h"
#include "journal/journal.h"

namespace direct {
namespace {

bool same_definition(const Indicator& a, const Indicator& b) {
  return a.name == b.name && a.measure_unit == b.measure_unit && a.decimals == b.decimals &&
         a.direction == b.direction && a.across_units == b.across_units &&
         a.across_time == b.across_time && a.formula == b.formula && a.weight == b.weight;
}

/// The name of lines that are only some of their whole, when they bear no other.
constexpr const char* kOfWhich = "Trong đó";

/// One csv row, its faults noted as they are met.
class RowReader {
 public:
  RowReader(const office::CsvTable& table, std::size_t row, base::Problems& problems)
      : table_(table),
        row_(row),
        problems_(problems),
        place_("line " + std::to_string(table.lines[row]) + ", ") {}

  std::string text(std::string_view column) const {
    const std::size_t at = table_.column(column);
    return at == std::string::npos ? std::string() : base::tidy(table_.rows[row_][at]);
  }
  std::string needed(std::string_view column) {
    std::string value = text(column);
    if (value.empty()) fault("indicator.missing", column, {std::string(column)});
    return value;
  }
  template <class Named>
  auto named(std::string_view column, Named find) {
    const std::string value = needed(column);
    const auto found = find(value);
    if (!found && !value.empty()) fault("indicator.unknown_word", column, {value});
    return found.value_or(typename decltype(find(value))::value_type{});
  }
  int decimals() {
    const std::string value = needed("decimals");
    if (value.size() == 1 && value[0] >= '0' && value[0] <= '9') return value[0] - '0';
    if (!value.empty()) fault("indicator.decimals", "decimals", {value});
    return 0;
  }
  void fault(std::string code, std::string_view column, std::vector<std::string> args) {
    problems_.push_back({base::ProblemKind::invalid, std::move(code), place_ + std::string(column),
                         std::move(args)});
  }
  /// What the row says of its whole.
  void read_whole(NewIndicator& asked) {
    asked.part_of = text("part_of");
    asked.breakdown = text("breakdown");
    const std::string adds_up = text("adds_up");
    asked.adds_up = adds_up != "no";
    if (!adds_up.empty() && adds_up != "yes" && adds_up != "no") {
      fault("indicator.unknown_word", "adds_up", {adds_up});
    }
    if (asked.part_of.empty()) {
      if (!asked.breakdown.empty() || !adds_up.empty()) {
        fault("indicator.missing", "part_of", {"part_of"});
      }
    } else if (asked.breakdown.empty()) {
      if (asked.adds_up) {
        fault("indicator.missing", "breakdown", {"breakdown"});
      } else {
        asked.breakdown = kOfWhich;
      }
    }
  }
  const std::string& place() const { return place_; }

 private:
  const office::CsvTable& table_;
  std::size_t row_;
  base::Problems& problems_;
  std::string place_;
};

}  // namespace

base::Result<std::vector<NewIndicator>> indicator_rows(const office::CsvTable& table) {
  static const std::set<std::string> kColumns{
      "code",         "name",        "measure_unit", "decimals",    "direction",
      "across_units", "across_time", "numerator",    "denominator", "weight",
      "frequency",    "formula",     "part_of",      "breakdown",   "adds_up"};
  base::Problems problems;
  for (const std::string& column : table.columns) {
    if (!kColumns.contains(column)) {
      problems.push_back({base::ProblemKind::invalid,
                          "csv.unknown_column",
                          "line 1",
                          {column,
                           "code, name, measure_unit, decimals, direction, across_units, "
                           "across_time, numerator, denominator, weight, frequency, formula, "
                           "part_of, breakdown, adds_up"}});
    }
  }
  for (const char* needed :
       {"code", "name", "measure_unit", "decimals", "direction", "across_units", "across_time"}) {
    if (table.column(needed) == std::string::npos) {
      problems.push_back({base::ProblemKind::invalid, "csv.missing_column", "line 1", {needed}});
    }
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  std::vector<NewIndicator> rows;
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    RowReader row(table, i, problems);
    NewIndicator asked;
    asked.place = row.place();
    Indicator& made = asked.indicator;
    made.code = row.needed("code");
    made.name = row.needed("name");
    made.measure_unit = row.needed("measure_unit");
    made.decimals = row.decimals();
    made.direction = row.named("direction", direction_named);
    made.across_units = row.named("across_units", across_units_named);
    made.across_time = row.named("across_time", across_time_named);
    if (const std::string frequency = row.text("frequency"); !frequency.empty()) {
      made.frequency = base::frequency_named(frequency);
      if (!made.frequency) row.fault("indicator.unknown_word", "frequency", {frequency});
    }
    asked.numerator = row.text("numerator");
    asked.denominator = row.text("denominator");
    asked.weight = row.text("weight");
    made.formula = row.text("formula");
    row.read_whole(asked);
    rows.push_back(std::move(asked));
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  return rows;
}

namespace {

/// What an asked indicator is made of, by code; empty while its formula is at fault.
Normalised terms_of(const NewIndicator& asked) {
  const std::string text = formula_of(asked);
  if (text.empty()) return {};
  const auto formula = parse_formula(text);
  if (!formula) return {};
  return normalised(*formula).value_or(Normalised{});
}

/// The asked among the asked and the known, by code.
class Catalogue {
 public:
  Catalogue(store::Tx& tx, const std::vector<NewIndicator>& asked) : tx_(tx) {
    for (const NewIndicator& one : asked) asked_.emplace(one.indicator.code, &one);
  }
  struct Found {
    Indicator indicator;
    bool is_derived = false;
  };
  std::optional<Found> find(const std::string& code) const {
    if (const auto here = asked_.find(code); here != asked_.end()) {
      const Indicator& made = here->second->indicator;
      return Found{made, made.across_units == AcrossUnits::ratio || !made.formula.empty()};
    }
    const auto known = indicator_store::find_by_code(tx_, code);
    if (!known) return std::nullopt;
    return Found{*known, known->is_derived()};
  }

 private:
  store::Tx& tx_;
  std::map<std::string, const NewIndicator*> asked_;
};

bool stands(AcrossTime rule) {
  return rule == AcrossTime::latest || rule == AcrossTime::cumulative;
}

/// Faults of what one asked indicator is made of.
void find_part_faults(const Catalogue& catalogue, const NewIndicator& asked,
                      base::Problems& problems) {
  const std::string field =
      asked.place + (asked.indicator.formula.empty() ? "numerator" : "formula");
  const auto fault = [&](const char* code, std::vector<std::string> args) {
    problems.push_back({base::ProblemKind::invalid, code, field, std::move(args)});
  };
  // A ratio of two may have one side at fault while the other is looked up all the same.
  std::vector<std::string> codes;
  const Normalised terms = terms_of(asked);
  for (const auto* side : {&terms.above, &terms.below}) {
    for (const auto& term : *side) codes.push_back(term.code);
  }
  if (terms.above.empty()) codes = {asked.numerator, asked.denominator};
  std::optional<Indicator> first;
  for (const std::string& code : codes) {
    if (code.empty() || code == asked.indicator.code) continue;
    const auto part = catalogue.find(code);
    if (!part) {
      fault("indicator.part_unknown", {asked.indicator.code, code});
    } else if (part->is_derived) {
      fault("indicator.part_derived", {asked.indicator.code, code});
    } else if (part->indicator.across_units != AcrossUnits::sum) {
      fault("indicator.part_not_summed", {asked.indicator.code, code});
    } else if (!first) {
      first = part->indicator;
    } else if (stands(first->across_time) != stands(part->indicator.across_time) &&
               !(first->frequency == base::Frequency::year &&
                 part->indicator.frequency == base::Frequency::year)) {
      fault("indicator.part_times", {asked.indicator.code, first->code, code});
    }
  }
  if (first && terms.below.empty() && !terms.above.empty() &&
      first->across_time != asked.indicator.across_time) {
    problems.push_back(
        {base::ProblemKind::invalid,
         "indicator.formula_time",
         asked.place + "across_time",
         {asked.indicator.code, first->code, std::string(name(first->across_time))}});
  }
  if (asked.weight.empty() || asked.weight == asked.indicator.code) return;
  const auto weight = catalogue.find(asked.weight);
  if (!weight || weight->is_derived) {
    problems.push_back({base::ProblemKind::invalid,
                        weight ? "indicator.part_derived" : "indicator.part_unknown",
                        asked.place + "weight",
                        {asked.indicator.code, asked.weight}});
  }
}

}  // namespace

base::Result<DefinedIndicators> define_indicators(store::Tx& tx, const auth::Actor& actor,
                                                  base::Instant now,
                                                  const std::vector<NewIndicator>& asked) {
  base::Problems problems;
  std::set<std::string> codes;
  for (const NewIndicator& one : asked) {
    base::Problems own = faults_of(one);
    problems.insert(problems.end(), own.begin(), own.end());
    if (!codes.insert(one.indicator.code).second) {
      problems.push_back({base::ProblemKind::invalid,
                          "indicator.code_twice",
                          one.place + "code",
                          {one.indicator.code}});
    }
  }
  const Catalogue catalogue(tx, asked);
  for (const NewIndicator& one : asked) find_part_faults(catalogue, one, problems);
  if (!problems.empty()) return base::refuse(std::move(problems));

  std::map<std::string, IndicatorId> ids;
  for (const Indicator& known : indicator_store::all(tx)) ids.emplace(known.code, known.id);
  const auto terms_by_id = [&](const std::vector<Normalised::Term>& terms) {
    std::vector<Term> made;
    for (const auto& term : terms) {
      made.push_back({ids.at(term.code), term.coefficient, term.decimals});
    }
    return made;
  };
  DefinedIndicators defined;
  for (const bool derived : {false, true}) {  // parts before what is made of them
    for (const NewIndicator& one : asked) {
      const std::string formula = formula_of(one);
      if ((!formula.empty() || !one.weight.empty()) != derived) continue;
      Indicator made = one.indicator;
      made.formula = formula;
      if (!formula.empty()) {
        const Normalised terms = terms_of(one);
        made.above = terms_by_id(terms.above), made.below = terms_by_id(terms.below);
        made.factor_above = terms.factor_above, made.factor_below = terms.factor_below;
      }
      if (!one.weight.empty()) made.weight = ids.at(one.weight);
      if (const auto known = indicator_store::find_by_code(tx, made.code)) {
        if (same_definition(*known, made)) {
          ++defined.unchanged;
        } else {
          problems.push_back({base::ProblemKind::invalid,
                              "indicator.code_taken",
                              one.place + "code",
                              {made.code, known->name}});
        }
        continue;
      }
      made.id = indicator_store::add(tx, made).value();
      ids[made.code] = made.id;
      defined.added.push_back(made);
      journal::record(tx, actor, now,
                      {"indicator.defined", "indicator:" + std::to_string(made.id.value), 0, "{}"});
    }
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  RETURN_IF_REFUSED(break_down_rows(tx, actor, now, asked));
  return defined;
}

}  // namespace direct
