#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>

#include "base/decimal.h"
#include "base/text.h"
#include "direct/indicator_store.h"
#include "org/unit_store.h"
#include "report/service.h"
#include "report/take_facts.h"

namespace report {
namespace {

using base::ProblemKind;

enum Column { unit_code, indicator_code, period_text, status_word, value_text, remark_text };
constexpr std::array<std::string_view, 6> kColumns{"unit_code", "indicator", "period",
                                                   "status",    "value",     "remark"};

/// Reads one file row by row, remembering what it has looked up and every fault it met.
class FactReader {
 public:
  FactReader(store::Tx& tx, const office::CsvTable& table, const ImportFacts& ask)
      : tx_(tx), table_(table), ask_(ask), all_(direct::indicator_store::all(tx)) {
    for (const auto& indicator : all_) indicators_.emplace(indicator.code, &indicator);
    for (std::size_t i = 0; i < kColumns.size(); ++i) columns_[i] = table.column(kColumns[i]);
  }

  base::Problems header_faults() const {
    base::Problems problems;
    for (const std::string& column : table_.columns) {
      if (std::find(kColumns.begin(), kColumns.end(), column) == kColumns.end()) {
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
  std::optional<Incoming> read(std::size_t row) {
    row_ = row;
    const std::size_t before = faults_.size();
    Incoming fact;
    fact.place = row;
    const auto period = base::Period::parse(text(period_text));
    if (!period) fault("fact.period", period_text, {text(period_text)});
    const direct::Indicator* indicator = read_indicator();
    if (period) fact.unit = read_unit(*period).value_or(org::UnitId{});
    read_status(fact);
    if (indicator && fact.state == FactState::value) read_value(fact, *indicator);
    if (fact.state != FactState::value && !text(value_text).empty()) {
      fault("fact.value_unwanted", value_text, {text(status_word), text(value_text)});
    }
    if (faults_.size() != before) return std::nullopt;
    fact.indicator = indicator->id;
    fact.period = *period;
    (fact.status == FactStatus::excluded ? fact.note : fact.remark) = text(remark_text);
    if (fact.status == FactStatus::excluded && fact.note.empty()) {
      fault("fact.reason_missing", remark_text, {});
      return std::nullopt;
    }
    return fact;
  }

  std::string place(std::size_t row, std::string_view column) const {
    return "line " + std::to_string(table_.lines[row]) + ", " + std::string(column);
  }
  /// Unit, indicator and period as the row has them.
  std::vector<std::string> named(std::size_t row) const {
    const auto cell = [&](Column column) { return base::tidy(table_.rows[row][columns_[column]]); };
    return {cell(unit_code), cell(indicator_code), cell(period_text)};
  }
  std::vector<Fault>& faults() { return faults_; }
  const std::vector<direct::Indicator>& indicators() const { return all_; }

 private:
  void fault(std::string code, Column column, std::vector<std::string> args) {
    faults_.push_back(
        {row_,
         {ProblemKind::invalid, std::move(code), place(row_, kColumns[column]), std::move(args)}});
  }

  std::string text(Column column) const {
    const std::size_t at = columns_[column];
    return at == std::string::npos ? std::string() : base::tidy(table_.rows[row_][at]);
  }

  const direct::Indicator* read_indicator() {
    const auto found = indicators_.find(text(indicator_code));
    if (found == indicators_.end()) {
      fault("indicator.unknown", indicator_code, {text(indicator_code)});
      return nullptr;
    }
    if (found->second->is_derived()) {
      fault("fact.derived", indicator_code, {found->second->code});
      return nullptr;
    }
    return found->second;
  }

  std::optional<org::UnitId> read_unit(const base::Period& period) {
    const std::string code = text(unit_code);
    const base::Date day = ask_.on.value_or(period.last());
    auto& of_day = units_[day];
    auto known = of_day.find(code);
    if (known == of_day.end()) {
      known = of_day.emplace(code, org::unit_store::find_by_code(tx_, code, day)).first;
    }
    if (!known->second) {
      fault(code_was_ever(code) ? "fact.unit_not_in_period" : "fact.unit_unknown", unit_code,
            {code, day.text()});
      return std::nullopt;
    }
    if (ask_.on && !org::unit_store::alive(tx_, *known->second, period.last())) {
      fault("fact.unit_not_in_period", unit_code, {code, period.last().text()});
      return std::nullopt;
    }
    return known->second;
  }

  bool code_was_ever(const std::string& code) {
    static constexpr store::Sql kEver{"unit_code.ever",
                                      "select count(*) from unit_code where code = :code"};
    return tx_.integer(kEver, {{"code", code}}) > 0;
  }

  void read_status(Incoming& fact) {
    const std::string status = text(status_word);
    if (status == "not_applicable") {
      fact.state = FactState::not_applicable;
    } else if (status == "not_yet") {
      fact.state = FactState::not_yet;
    } else if (status == "excluded") {
      fact.status = FactStatus::excluded;
    } else if (status != "accepted") {
      fault("fact.status", status_word, {status});
    }
  }

  void read_value(Incoming& fact, const direct::Indicator& indicator) {
    const std::string figure = text(value_text);
    if (figure.empty()) return fault("fact.value_missing", value_text, {indicator.code});
    const auto amount = base::parse_figure(figure, indicator.decimals, base::Notation::program);
    if (amount) {
      fact.amount = *amount;
      return;
    }
    for (base::Problem problem : amount.error()) {
      problem.field = place(row_, kColumns[value_text]);
      faults_.push_back({row_, std::move(problem)});
    }
  }

  store::Tx& tx_;
  const office::CsvTable& table_;
  const ImportFacts& ask_;
  std::size_t row_ = 0;
  std::array<std::size_t, kColumns.size()> columns_{};
  std::vector<direct::Indicator> all_;
  std::unordered_map<std::string, const direct::Indicator*> indicators_;
  std::map<base::Date, std::unordered_map<std::string, std::optional<org::UnitId>>> units_;
  std::vector<Fault> faults_;
};

}  // namespace

base::Result<FactsImported> import_facts(
    store::Tx& tx, const auth::Actor& actor, Now now, const office::CsvTable& table,
    const ImportFacts& ask, const std::function<void(std::size_t, std::size_t)>& progress) {
  FactReader reader(tx, table, ask);
  if (auto faults = reader.header_faults(); !faults.empty()) return base::refuse(std::move(faults));
  std::vector<Incoming> facts;
  facts.reserve(table.rows.size());
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    if (reader.faults().size() >= kMostFaults) break;
    if (auto fact = reader.read(row)) facts.push_back(*std::move(fact));
  }
  Intake intake;
  intake.place = [&](const Incoming& fact, std::string_view column) {
    return reader.place(fact.place, column);
  };
  intake.named = [&](const Incoming& fact) { return reader.named(fact.place); };
  intake.progress = progress;
  ASSIGN_OR_RETURN(const Taken taken,
                   take_facts(tx, actor, now, std::move(facts), reader.indicators(), intake,
                              std::move(reader.faults())));
  return FactsImported{taken.created, taken.unchanged, {}};
}

}  // namespace report
