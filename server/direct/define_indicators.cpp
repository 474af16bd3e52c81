#include "direct/define_indicators.h"

#include <charconv>
#include <map>
#include <set>

#include "base/text.h"
#include "direct/indicator_store.h"
#include "journal/journal.h"

namespace direct {
namespace {

bool same_definition(const Indicator& a, const Indicator& b) {
  return a.name == b.name && a.measure_unit == b.measure_unit && a.decimals == b.decimals &&
         a.direction == b.direction && a.across_units == b.across_units &&
         a.across_time == b.across_time && a.numerator == b.numerator &&
         a.denominator == b.denominator && a.weight == b.weight;
}

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
      "code",        "name",      "measure_unit", "decimals", "direction", "across_units",
      "across_time", "numerator", "denominator",  "weight",   "frequency"};
  base::Problems problems;
  for (const std::string& column : table.columns) {
    if (!kColumns.contains(column)) {
      problems.push_back({base::ProblemKind::invalid,
                          "csv.unknown_column",
                          "line 1",
                          {column,
                           "code, name, measure_unit, decimals, direction, across_units, "
                           "across_time, numerator, denominator, weight, frequency"}});
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
    rows.push_back(std::move(asked));
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  return rows;
}

base::Result<DefinedIndicators> define_indicators(store::Tx& tx, const auth::Actor& actor,
                                                  base::Instant now,
                                                  const std::vector<NewIndicator>& asked) {
  base::Problems problems;
  std::map<std::string, const NewIndicator*> asked_by_code;
  for (const NewIndicator& one : asked) {
    base::Problems own = faults_of(one);
    problems.insert(problems.end(), own.begin(), own.end());
    if (!asked_by_code.emplace(one.indicator.code, &one).second) {
      problems.push_back({base::ProblemKind::invalid,
                          "indicator.code_twice",
                          one.place + "code",
                          {one.indicator.code}});
    }
  }
  std::map<std::string, IndicatorId> ids;
  for (const Indicator& known : indicator_store::all(tx)) ids.emplace(known.code, known.id);
  for (const NewIndicator& one : asked) {
    for (const std::string& part : {one.numerator, one.denominator, one.weight}) {
      if (part.empty() || part == one.indicator.code) continue;
      const auto here = asked_by_code.find(part);
      const auto known =
          here == asked_by_code.end() ? indicator_store::find_by_code(tx, part) : std::nullopt;
      if (here == asked_by_code.end() && !known) {
        problems.push_back({base::ProblemKind::invalid,
                            "indicator.part_unknown",
                            one.place + "numerator",
                            {one.indicator.code, part}});
      } else if ((known && known->is_derived()) ||
                 (here != asked_by_code.end() && here->second->indicator.is_derived())) {
        problems.push_back({base::ProblemKind::invalid,
                            "indicator.part_derived",
                            one.place + "numerator",
                            {one.indicator.code, part}});
      }
    }
  }
  if (!problems.empty()) return base::refuse(std::move(problems));

  DefinedIndicators defined;
  const auto id_of = [&](const std::string& code) {
    return code.empty() ? IndicatorId{} : ids.at(code);
  };
  for (const bool derived : {false, true}) {  // parts before what is made of them
    for (const NewIndicator& one : asked) {
      const bool has_parts = one.indicator.is_derived() || !one.weight.empty();
      if (has_parts != derived) continue;
      Indicator made = one.indicator;
      made.numerator = id_of(one.numerator);
      made.denominator = id_of(one.denominator);
      made.weight = id_of(one.weight);
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
  return defined;
}

}  // namespace direct
