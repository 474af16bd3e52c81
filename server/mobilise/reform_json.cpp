#include "base/decimal.h"
#include "mobilise/mobilise_json.h"
#include "org/unit_json.h"

namespace mobilise {

using http::json::array;
using http::json::object;
using http::json::value;

namespace {

value rate_json(std::optional<std::int64_t> rate) {
  return rate ? value(base::canonical_figure(*rate, 2)) : value(nullptr);
}
value figure_json(std::optional<std::int64_t> figure, int decimals = 0) {
  return figure ? value(base::canonical_figure(*figure, decimals)) : value(nullptr);
}

object to_json(const ReformCell& cell, int decimals) {
  const ReformFigures& of = cell.figures;
  return {{"period", cell.period.text()},
          {"handled", figure_json(of.handled)},
          {"on_time", figure_json(of.on_time)},
          {"online", figure_json(of.online)},
          {"satisfaction", figure_json(of.satisfaction, decimals)},
          {"on_time_rate", rate_json(rate_of(of.on_time, of.handled))},
          {"online_rate", rate_json(rate_of(of.online, of.handled))},
          {"standing", name(cell.standing)},
          {"reason", cell.reason}};
}

std::optional<std::int64_t> less(std::optional<std::int64_t> after,
                                 std::optional<std::int64_t> before) {
  if (!after || !before) return std::nullopt;
  return *after - *before;
}

/// What changed from one period to another, in points.
value change_json(const ReformCell& before, const ReformCell& after, int decimals) {
  const ReformFigures &was = before.figures, &is = after.figures;
  return object{{"on_time_rate", rate_json(less(rate_of(is.on_time, is.handled),
                                                rate_of(was.on_time, was.handled)))},
                {"online_rate",
                 rate_json(less(rate_of(is.online, is.handled), rate_of(was.online, was.handled)))},
                {"satisfaction", figure_json(less(is.satisfaction, was.satisfaction), decimals)}};
}

}  // namespace

object to_json(const ReformPage& page, const ReformQuestion& question) {
  const int decimals = page.satisfaction_decimals;
  array units, behind;
  for (std::size_t i = 0; i < page.units.size(); ++i) {
    array months;
    for (const ReformCell& cell : page.months[i]) {
      months.push_back(to_json(cell, decimals));
      if (i == 0 || cell.standing == ReformStanding::kept ||
          cell.standing == ReformStanding::none_handled)
        continue;
      behind.push_back(
          object{{"unit", org::to_json(page.units[i])},
                 {"period", cell.period.text()},
                 {"standing", name(cell.standing)},
                 {"on_time_rate", rate_json(rate_of(cell.figures.on_time, cell.figures.handled))},
                 {"reason", cell.reason}});
    }
    const bool has_before = !page.before.empty(), has_after = !page.after.empty();
    units.push_back(object{
        {"unit", org::to_json(page.units[i])},
        {"months", std::move(months)},
        {"before", has_before ? value(to_json(page.before[i], decimals)) : value(nullptr)},
        {"after", has_after ? value(to_json(page.after[i], decimals)) : value(nullptr)},
        {"change", has_before && has_after ? change_json(page.before[i], page.after[i], decimals)
                                           : value(nullptr)}});
  }
  return {{"line", question.line},
          {"tree_on", page.tree_on.text()},
          {"least", base::canonical_figure(question.least, 2)},
          {"units", std::move(units)},
          {"behind", std::move(behind)}};
}

}  // namespace mobilise
