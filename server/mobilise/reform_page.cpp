#include <map>

#include "direct/indicator_store.h"
#include "mobilise/service.h"
#include "org/unit_store.h"
#include "report/fact_store.h"

namespace mobilise {
namespace {

using base::ProblemKind;

constexpr std::size_t kMostMonths = 24;

/// The indicators asked for by name; a code that is not known was refused by the roll-up.
class Named {
 public:
  explicit Named(const ReformQuestion& question)
      : codes_{question.handled, question.on_time, question.online, question.satisfaction} {}

  std::vector<std::string> codes() const {
    std::vector<std::string> made;
    for (const std::string& code : codes_)
      if (!code.empty()) made.push_back(code);
    return made;
  }
  ReformFigures figures(const report::RollupAnswer& answer, std::size_t unit) const {
    const auto value = [&](const std::string& code) -> std::optional<std::int64_t> {
      for (std::size_t m = 0; m < answer.measures.size(); ++m)
        if (answer.measures[m].indicator.code == code) return answer.totals[unit][m].value;
      return std::nullopt;
    };
    return {value(codes_[0]), value(codes_[1]), value(codes_[2]), value(codes_[3])};
  }

 private:
  std::vector<std::string> codes_;
};

/// What the unit wrote itself at the cell of that month, once it handed it up.
std::string reason_at(store::Tx& tx, org::UnitId unit, const base::Period& period,
                      const std::vector<direct::IndicatorId>& indicators) {
  for (const direct::IndicatorId indicator : indicators) {
    const auto fact = report::fact_store::find(tx, unit, indicator, period.text());
    if (fact && fact->status != report::FactStatus::draft && !fact->remark.empty())
      return fact->remark;
  }
  return "";
}

std::vector<ReformCell> cells_of(store::Tx& tx, const ReformQuestion& question, const Named& named,
                                 const base::Period& period, const std::vector<org::UnitRef>& units,
                                 const report::RollupAnswer& answer) {
  std::map<org::UnitId, std::size_t> places;
  for (std::size_t i = 0; i < answer.units.size(); ++i) places[answer.units[i].id] = i;
  std::vector<direct::IndicatorId> spoken_of;
  for (const std::string& code : {question.on_time, question.handled}) {
    const auto indicator = direct::indicator_store::find_by_code(tx, code);
    if (indicator) spoken_of.push_back(indicator->id);
  }
  std::vector<ReformCell> made;
  for (const org::UnitRef& unit : units) {
    ReformCell cell;
    cell.period = period;
    const auto place = places.find(unit.id);
    if (place != places.end()) cell.figures = named.figures(answer, place->second);
    cell.standing = standing_of(cell.figures, question.least);
    if (cell.standing == ReformStanding::behind || cell.standing == ReformStanding::no_data)
      cell.reason = reason_at(tx, unit.id, period, spoken_of);
    made.push_back(std::move(cell));
  }
  return made;
}

base::Result<std::vector<base::Period>> months_of(const ReformQuestion& question) {
  std::vector<base::Period> made;
  base::Period month = question.from;
  while (month <= question.to && made.size() <= kMostMonths) {
    made.push_back(month);
    month = month.index() < 12
                ? base::Period(month.year(), base::Frequency::month, month.index() + 1)
                : base::Period(month.year() + 1, base::Frequency::month, 1);
  }
  if (made.empty() || made.size() > kMostMonths) {
    return base::refuse(ProblemKind::invalid, "reform.months", "?to",
                        {std::to_string(kMostMonths)});
  }
  return made;
}

}  // namespace

base::Result<ReformPage> reform_page(store::Tx& tx, const ReformQuestion& question) {
  ASSIGN_OR_RETURN(const auto months, months_of(question));
  ReformPage made;
  made.tree_on = months.back().last();
  const Named named(question);
  if (!org::unit_store::alive(tx, question.unit, made.tree_on)) {
    return base::refuse(
        ProblemKind::invalid, "unit.not_in_period", "?unit",
        {org::unit_store::ref(tx, question.unit, made.tree_on).code, made.tree_on.text()});
  }
  report::RollupQuestion asked;
  asked.unit = question.unit;
  asked.indicators = named.codes();
  asked.on = made.tree_on;
  asked.line = question.line;
  made.units = {org::unit_store::ref(tx, question.unit, made.tree_on)};
  for (const org::Unit& one :
       org::unit_store::children(tx, question.unit, made.tree_on, question.line)) {
    asked.units.push_back(one.id);
    made.units.push_back(one.ref());
  }
  made.months.resize(made.units.size());
  const auto cells = [&](const base::Period& period) -> base::Result<std::vector<ReformCell>> {
    asked.period = period;
    ASSIGN_OR_RETURN(const report::RollupAnswer answer, report::roll_up(tx, asked));
    for (const report::Measure& one : answer.measures)
      if (one.indicator.code == question.satisfaction)
        made.satisfaction_decimals = one.indicator.decimals;
    return cells_of(tx, question, named, period, made.units, answer);
  };
  for (const base::Period& month : months) {
    ASSIGN_OR_RETURN(auto row, cells(month));
    for (std::size_t i = 0; i < row.size(); ++i) made.months[i].push_back(std::move(row[i]));
  }
  if (question.before) {
    ASSIGN_OR_RETURN(made.before, cells(*question.before));
  }
  if (question.after) {
    ASSIGN_OR_RETURN(made.after, cells(*question.after));
  }
  return made;
}

}  // namespace mobilise
