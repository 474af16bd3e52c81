#include <algorithm>
#include <map>
#include <set>

#include "base/decimal.h"
#include "direct/indicator_store.h"
#include "exchange/foreign_period.h"
#include "exchange/mapping_store.h"
#include "exchange/service.h"
#include "org/authority.h"
#include "org/unit_store.h"
#include "report/intake_store.h"

namespace exchange {
namespace {

using base::ProblemKind;
using report::Fact;

/// Says facts in the other system's words, and notes what has none.
class Exporter {
 public:
  Exporter(store::Tx& tx, const auth::Actor& actor, base::Date day, const ExportValues& ask,
           Form form)
      : tx_(tx), ask_(ask), book_(mapping_store::rows(tx, org::scope_of(actor, day), ask.system)) {
    out_.set.form = form;
  }

  base::Problems pick_indicators() {
    base::Problems problems;
    for (const std::string& code : ask_.indicators) {
      const auto found = direct::indicator_store::find_by_code(tx_, code);
      if (!found) {
        problems.push_back({ProblemKind::invalid, "indicator.unknown", "?indicator", {code}});
      } else {
        indicators_.emplace(found->id.value, *found);
      }
    }
    if (ask_.indicators.empty()) {
      for (const auto& one : direct::indicator_store::all(tx_))
        indicators_.emplace(one.id.value, one);
    }
    return problems;
  }

  void add(const base::Period& period) {
    const auto nodes = org::unit_store::subtree(tx_, ask_.unit, period.last(), ask_.line);
    for (const auto& node : nodes) {
      for (const Fact& fact : report::intake_store::known(tx_, node.id, period.text())) {
        if (wanted(fact)) add(fact, period);
      }
    }
  }

  base::Result<ExportedValues> result() {
    if (!ask_.mapped_only && !missing_.empty()) {
      base::Problems problems;
      for (const auto& [what, count] : missing_) {
        if (problems.size() == kMostFaults) break;
        problems.push_back(
            {ProblemKind::invalid, what.first, "", {what.second, std::to_string(count)}});
      }
      return base::refuse(std::move(problems));
    }
    return std::move(out_);
  }

 private:
  bool wanted(const Fact& fact) {
    if (fact.revision == 0 || !indicators_.contains(fact.indicator.value)) return false;
    const bool is_accepted = fact.status == report::FactStatus::accepted;
    if (!is_accepted && (!ask_.with_unaccepted || fact.status == report::FactStatus::excluded))
      return false;
    if (fact.state == report::FactState::value) return true;
    if (fact.state != report::FactState::blank) ++out_.left_out;
    return false;
  }

  /// The period's text, or nothing; a mapping's own goes before the rule.
  std::optional<std::string> period_text(const base::Period& period) const {
    if (const Mapping* row = book_.of_period(period.text())) return row->foreign_id;
    return out_.set.form == Form::adx ? adx_period(period) : dhis2_period(period);
  }

  void add(const Fact& fact, const base::Period& period) {
    const direct::Indicator& measure = indicators_.at(fact.indicator.value);
    const Mapping* unit = book_.of_unit(fact.unit);
    const Mapping* indicator = book_.of_indicator(fact.indicator);
    const Mapping* dataset = book_.of_frequency(period.frequency());
    const auto when = period_text(period);
    const std::size_t before = lacking_;
    if (!unit)
      lacks("exchange.unit_not_mapped", org::unit_store::ref(tx_, fact.unit, period.last()).code);
    if (!indicator) lacks("exchange.indicator_not_mapped", measure.code);
    if (!when) lacks("exchange.period_not_mapped", period.text());
    if (!dataset && out_.set.form == Form::adx)
      lacks("exchange.dataset_not_mapped", std::string(base::name(period.frequency())));
    if (lacking_ != before) {
      ++out_.not_mapped;
      return;
    }
    ForeignValue value;
    value.element = key(indicator->foreign_id);
    value.option = key(indicator->option_id);
    value.attribute = key(indicator->attribute_id);
    value.unit = key(unit->foreign_id);
    value.period = key(*when);
    if (dataset) value.dataset = key(dataset->foreign_id);
    value.has_value = true;
    value.value = base::canonical_figure(*fact.amount, measure.decimals);
    value.comment = fact.remark;
    out_.set.values.push_back(std::move(value));
  }

  Names::Key key(const std::string& text) { return out_.set.names.key(text); }

  void lacks(const char* code, std::string what) {
    ++lacking_;
    ++missing_[{code, std::move(what)}];
  }

  store::Tx& tx_;
  const ExportValues& ask_;
  MappingBook book_;
  std::map<std::int64_t, direct::Indicator> indicators_;
  std::map<std::pair<std::string, std::string>, std::size_t> missing_;
  std::size_t lacking_ = 0;
  ExportedValues out_;
};

}  // namespace

base::Result<ExportedValues> export_values(store::Tx& tx, const auth::Actor& actor, base::Date day,
                                           const ExportValues& ask, Form form) {
  RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::see, ask.unit, day));
  Exporter exporter(tx, actor, day, ask, form);
  if (auto problems = exporter.pick_indicators(); !problems.empty())
    return base::refuse(std::move(problems));
  for (const base::Period& period : ask.periods) exporter.add(period);
  return exporter.result();
}

}  // namespace exchange
