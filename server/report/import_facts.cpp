#include <map>
#include <set>
#include <unordered_map>

#include "base/decimal.h"
#include "base/text.h"
#include "direct/indicator_store.h"
#include "journal/journal.h"
#include "org/unit_store.h"
#include "report/fact_store.h"
#include "report/service.h"

namespace report {
namespace {

using base::ProblemKind;

const std::set<std::string> kColumns{"unit_code", "indicator", "period",
                                     "status",    "value",     "remark"};

/// Reads one file row by row, remembering what it has looked up and every fault it met.
class FactReader {
 public:
  FactReader(store::Tx& tx, const office::CsvTable& table, const ImportFacts& ask)
      : tx_(tx), table_(table), ask_(ask) {
    for (auto& indicator : direct::indicator_store::all(tx))
      indicators_.emplace(indicator.code, indicator);
  }

  base::Problems header_faults() const {
    base::Problems problems;
    for (const std::string& column : table_.columns) {
      if (!kColumns.contains(column)) {
        problems.push_back({ProblemKind::invalid,
                            "csv.unknown_column",
                            "line 1",
                            {column, "unit_code, indicator, period, status, value, remark"}});
      }
    }
    for (const char* needed : {"unit_code", "indicator", "period", "status", "value"}) {
      if (table_.column(needed) == std::string::npos) {
        problems.push_back({ProblemKind::invalid, "csv.missing_column", "line 1", {needed}});
      }
    }
    return problems;
  }

  /// The row as a fact, or none after noting its faults.
  std::optional<Fact> read(std::size_t row) {
    row_ = row;
    const std::size_t before = problems_.size();
    Fact fact;
    const auto period = base::Period::parse(text("period"));
    if (!period) fault("fact.period", "period", {text("period")});
    const direct::Indicator* indicator = read_indicator(period);
    if (period) fact.unit = read_unit(*period).value_or(org::UnitId{});
    read_status(fact);
    if (indicator && fact.state == FactState::value) read_value(fact, *indicator);
    if (fact.state != FactState::value && !text("value").empty()) {
      fault("fact.value_unwanted", "value", {text("status"), text("value")});
    }
    if (problems_.size() != before) return std::nullopt;
    fact.indicator = indicator->id;
    fact.period = period->text();
    (fact.status == FactStatus::excluded ? fact.note : fact.remark) = text("remark");
    if (fact.status == FactStatus::excluded && fact.note.empty()) {
      fault("fact.reason_missing", "remark", {});
      return std::nullopt;
    }
    if (!seen_.emplace(fact.unit.value, fact.indicator.value, fact.period).second) {
      fault("fact.twice", "indicator", {text("unit_code"), text("indicator"), fact.period});
      return std::nullopt;
    }
    return fact;
  }

  void fault(std::string code, std::string_view column, std::vector<std::string> args) {
    problems_.push_back({ProblemKind::invalid, std::move(code), place(column), std::move(args)});
  }
  std::string place(std::string_view column) const {
    return "line " + std::to_string(table_.lines[row_]) + ", " + std::string(column);
  }
  base::Problems& problems() { return problems_; }
  /// Frequencies this file settles.
  const std::map<direct::IndicatorId, base::Frequency>& frequencies() const { return frequencies_; }

 private:
  std::string text(std::string_view column) const {
    const std::size_t at = table_.column(column);
    return at == std::string::npos ? std::string() : base::tidy(table_.rows[row_][at]);
  }

  const direct::Indicator* read_indicator(const std::optional<base::Period>& period) {
    const auto found = indicators_.find(text("indicator"));
    if (found == indicators_.end()) {
      fault("indicator.unknown", "indicator", {text("indicator")});
      return nullptr;
    }
    const direct::Indicator& indicator = found->second;
    if (indicator.is_derived()) {
      fault("fact.derived", "indicator", {indicator.code});
      return nullptr;
    }
    if (!period) return &indicator;
    const auto settled = frequencies_.find(indicator.id);
    const auto frequency =
        settled != frequencies_.end() ? std::optional(settled->second) : indicator.frequency;
    if (!frequency) {
      frequencies_.emplace(indicator.id, period->frequency());
    } else if (*frequency != period->frequency()) {
      fault("fact.frequency", "period",
            {indicator.code, std::string(base::name(*frequency)), period->text()});
      return nullptr;
    }
    return &indicator;
  }

  std::optional<org::UnitId> read_unit(const base::Period& period) {
    const std::string code = text("unit_code");
    const base::Date day = ask_.on.value_or(period.last());
    const auto key = std::pair(code, day);
    auto known = units_.find(key);
    if (known == units_.end()) {
      known = units_.emplace(key, org::unit_store::find_by_code(tx_, code, day)).first;
    }
    if (!known->second) {
      fault(code_was_ever(code) ? "fact.unit_not_in_period" : "fact.unit_unknown", "unit_code",
            {code, day.text()});
      return std::nullopt;
    }
    if (ask_.on && !org::unit_store::alive(tx_, *known->second, period.last())) {
      fault("fact.unit_not_in_period", "unit_code", {code, period.last().text()});
      return std::nullopt;
    }
    return known->second;
  }

  bool code_was_ever(const std::string& code) {
    static constexpr store::Sql kEver{"unit_code.ever",
                                      "select count(*) from unit_code where code = :code"};
    return tx_.integer(kEver, {{"code", code}}) > 0;
  }

  void read_status(Fact& fact) {
    const std::string status = text("status");
    fact.status = FactStatus::accepted;
    fact.state = FactState::value;
    if (status == "not_applicable") {
      fact.state = FactState::not_applicable;
    } else if (status == "not_yet") {
      fact.state = FactState::not_yet;
    } else if (status == "excluded") {
      fact.status = FactStatus::excluded;
    } else if (status != "accepted") {
      fault("fact.status", "status", {status});
    }
  }

  void read_value(Fact& fact, const direct::Indicator& indicator) {
    if (text("value").empty()) return fault("fact.value_missing", "value", {indicator.code});
    const auto amount = base::parse_figure(text("value"), indicator.decimals,
                                           base::Notation::program, place("value"));
    if (amount) {
      fact.amount = *amount;
    } else {
      problems_.insert(problems_.end(), amount.error().begin(), amount.error().end());
    }
  }

  store::Tx& tx_;
  const office::CsvTable& table_;
  const ImportFacts& ask_;
  std::size_t row_ = 0;
  std::unordered_map<std::string, direct::Indicator> indicators_;
  std::map<std::pair<std::string, base::Date>, std::optional<org::UnitId>> units_;
  std::map<direct::IndicatorId, base::Frequency> frequencies_;
  std::set<std::tuple<std::int64_t, std::int64_t, std::string>> seen_;
  base::Problems problems_;
};

bool says_the_same(const Fact& a, const Fact& b) {
  return a.state == b.state && a.status == b.status && a.amount == b.amount;
}

}  // namespace

base::Result<FactsImported> import_facts(
    store::Tx& tx, const auth::Actor& actor, Now now, const office::CsvTable& table,
    const ImportFacts& ask, const std::function<void(std::size_t, std::size_t)>& progress) {
  FactReader reader(tx, table, ask);
  if (auto faults = reader.header_faults(); !faults.empty()) return base::refuse(std::move(faults));
  FactsImported imported;
  std::vector<std::pair<Fact, bool>> to_write;  // and whether it is there already
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    if (progress && row % 1000 == 0) progress(row, table.rows.size());
    const auto fact = reader.read(row);
    if (!fact) continue;
    const auto known = fact_store::find(tx, fact->unit, fact->indicator, fact->period);
    if (known && says_the_same(*known, *fact)) {
      ++imported.unchanged;
    } else if (known && known->revision > 0) {
      reader.fault("fact.differs", "value",
                   {table.rows[row][table.column("unit_code")],
                    table.rows[row][table.column("indicator")], fact->period});
    } else {
      Fact made = *fact;
      if (known) made.id = known->id, made.report = known->report;
      to_write.emplace_back(std::move(made), known.has_value());
    }
  }
  if (!reader.problems().empty()) return base::refuse(std::move(reader.problems()));
  const fact_store::Hand hand{actor, "fact.imported", now.at};
  for (const auto& [fact, is_there] : to_write) {
    if (is_there) {
      fact_store::save(tx, fact, hand);
    } else {
      fact_store::add(tx, fact, hand);
    }
    if (progress && ++imported.taken % 1000 == 0) progress(imported.taken, to_write.size());
  }
  imported.taken = to_write.size();
  for (const auto& [indicator, frequency] : reader.frequencies()) {
    direct::indicator_store::set_frequency(tx, indicator, frequency);
  }
  if (imported.taken > 0) {
    journal::record(tx, actor, now.at,
                    {"facts.imported", "facts", 0,
                     "{\"taken\":" + std::to_string(imported.taken) +
                         ",\"unchanged\":" + std::to_string(imported.unchanged) + "}"});
  }
  return imported;
}

}  // namespace report
