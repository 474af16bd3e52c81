#include "base/decimal.h"
#include "direct/allocation.h"
#include "direct/indicator_store.h"
#include "direct/programme_json.h"
#include "direct/programme_store.h"
#include "direct/routes.h"
#include "org/authority.h"
#include "org/routes.h"
#include "org/table_response.h"
#include "org/unit_json.h"
#include "org/unit_store.h"
#include "report/desk.h"
#include "report/standing.h"

namespace report {
namespace {

using base::ProblemKind;
using base::Result;
using http::Response;
using http::json::array;
using http::json::object;
using http::json::value;

value figure(const std::optional<std::int64_t>& amount, int decimals) {
  return amount ? value(base::canonical_figure(*amount, decimals)) : value(nullptr);
}

/// Actual over target in per cent with one decimal; none without both.
value percent(const Standing& standing) {
  if (!standing.actual || standing.target.amount == 0) return nullptr;
  const auto share = base::divide_half_up(*standing.actual, standing.target.amount, 3);
  return share ? value(base::canonical_figure(*share, 1)) : value(nullptr);
}

object standing_json(store::Tx& tx, const Standing& one) {
  const int decimals = one.indicator.decimals;
  return {
      {"id", one.target.id.value},
      {"objective", one.target.objective.empty() ? value(nullptr) : value(one.target.objective)},
      {"indicator", direct::to_json(tx, one.indicator)},
      {"period", one.target.period},
      {"value", base::canonical_figure(one.target.amount, decimals)},
      {"reached", one.reached ? value(one.reached->text()) : value(nullptr)},
      {"actual", figure(one.actual, decimals)},
      {"expected", figure(one.expected, decimals)},
      {"percent", percent(one)},
      {"status", name(one.status)},
      {"cells_counted", one.counted},
      {"cells_expected", one.expected_cells},
      {"is_estimate", one.is_estimate}};
}

object headline_json(const Headline& one) {
  return {{"exceeded", one.exceeded},
          {"completed", one.completed},
          {"on_track", one.on_track},
          {"behind", one.behind},
          {"no_data", one.no_data}};
}

/// The programme, when the actor sees its owner.
Result<direct::Programme> owned(store::Tx& tx, const auth::Actor& actor, base::Date today,
                                direct::ProgrammeId id) {
  const auto programme = direct::programme_store::find(tx, id);
  if (!org::sees(tx, actor, org::unit_of(programme), today)) {
    return base::refuse(ProblemKind::not_found, "programme.not_found");
  }
  return *programme;
}

char letter(direct::TargetStatus status) { return "ectbn"[static_cast<std::size_t>(status)]; }

std::string words(direct::TargetStatus status) {
  static constexpr std::array kWords{"Vượt", "Hoàn thành", "Bảo đảm lộ trình", "Chưa đạt",
                                     "Chưa có số liệu"};
  return kWords[static_cast<std::size_t>(status)];
}

office::Sheet standing_sheet(const direct::Programme& programme,
                             const std::vector<Standing>& standings) {
  office::Sheet sheet;
  sheet.name = "Chỉ tiêu";
  sheet.title = "Chỉ tiêu " + programme.number;
  sheet.columns = {"Mã",        "Chỉ tiêu", "ĐVT",      "Kỳ",      "Kế hoạch",
                   "Thực hiện", "Đến kỳ",   "Lộ trình", "Đánh giá"};
  sheet.widths = {10, 60, 12, 10, 14, 14, 10, 14, 20};
  const auto cell = [](const std::optional<std::int64_t>& amount, int decimals) -> office::Cell {
    if (!amount) return {};
    return office::Figure{*amount, decimals};
  };
  for (const Standing& one : standings) {
    const int decimals = one.indicator.decimals;
    sheet.rows.push_back({one.indicator.code, one.indicator.name, one.indicator.measure_unit,
                          one.target.period, office::Figure{one.target.amount, decimals},
                          cell(one.actual, decimals), one.reached ? one.reached->text() : "",
                          cell(one.expected, decimals), words(one.status)});
  }
  return sheet;
}

/// A row a unit; plan, actual and word of each target side by side.
office::Sheet heat_sheet(const direct::Programme& programme, const HeatMap& map) {
  office::Sheet sheet;
  sheet.name = "Chỉ tiêu theo đơn vị";
  sheet.title = "Chỉ tiêu theo đơn vị " + programme.number;
  sheet.columns = {"Mã", "Đơn vị"};
  sheet.widths = {10, 30};
  for (const Standing& one : map.targets) {
    for (const char* what : {" Kế hoạch", " Thực hiện", " Đánh giá"}) {
      sheet.columns.push_back(one.indicator.code + " " + one.target.period + what);
      sheet.widths.push_back(18);
    }
  }
  const auto cell = [](const std::optional<std::int64_t>& amount, int decimals) -> office::Cell {
    if (!amount) return {};
    return office::Figure{*amount, decimals};
  };
  for (std::size_t u = 0; u < map.units.size(); ++u) {
    std::vector<office::Cell> row{map.units[u].code, map.units[u].name};
    for (std::size_t t = 0; t < map.targets.size(); ++t) {
      const HeatMap::Cell& one = map.cells[u][t];
      const int decimals = map.targets[t].indicator.decimals;
      row.push_back(cell(one.allocated, decimals));
      row.push_back(cell(one.actual, decimals));
      row.emplace_back(one.allocated ? words(one.status) : "");
    }
    sheet.rows.push_back(std::move(row));
  }
  return sheet;
}

}  // namespace

Result<Response> get_standing(const Desk& desk, const auth::Actor& actor,
                              const http::Request& request) {
  ASSIGN_OR_RETURN(const base::Date day, org::asked_day(request, desk.clock));
  ASSIGN_OR_RETURN(const auto format, org::asked_format(request));
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const direct::Programme programme,
                     owned(tx, actor, desk.clock.today(), {request.id_parameter("programme")}));
    const auto found = standings(tx, programme, day);
    if (format) {
      return org::table_response("chi-tieu-" + programme.number, standing_sheet(programme, found),
                                 *format);
    }
    array targets;
    for (const Standing& one : found) targets.push_back(standing_json(tx, one));
    return http::json_response(object{{"programme", direct::summary_json(tx, programme, day)},
                                      {"on", day.text()},
                                      {"counts", headline_json(headline_of(found))},
                                      {"targets", std::move(targets)}});
  });
}

Result<Response> get_heat_map(const Desk& desk, const auth::Actor& actor,
                              const http::Request& request) {
  ASSIGN_OR_RETURN(const base::Date day, org::asked_day(request, desk.clock));
  ASSIGN_OR_RETURN(const auto format, org::asked_format(request));
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const direct::Programme programme,
                     owned(tx, actor, desk.clock.today(), {request.id_parameter("programme")}));
    const HeatMap map = heat_map(tx, programme, day);
    if (format) {
      return org::table_response("chi-tieu-don-vi-" + programme.number, heat_sheet(programme, map),
                                 *format);
    }
    array targets, units;
    for (const Standing& one : map.targets) targets.push_back(standing_json(tx, one));
    for (std::size_t u = 0; u < map.units.size(); ++u) {
      std::string statuses;
      array actual, allocated;
      for (std::size_t t = 0; t < map.targets.size(); ++t) {
        const HeatMap::Cell& cell = map.cells[u][t];
        const int decimals = map.targets[t].indicator.decimals;
        statuses += cell.allocated ? letter(cell.status) : '-';
        actual.push_back(figure(cell.actual, decimals));
        allocated.push_back(figure(cell.allocated, decimals));
      }
      object unit = org::to_json(map.units[u]);
      unit["statuses"] = statuses;
      unit["actual"] = std::move(actual);
      unit["allocated"] = std::move(allocated);
      units.push_back(std::move(unit));
    }
    return http::json_response(
        object{{"on", day.text()}, {"targets", std::move(targets)}, {"units", std::move(units)}});
  });
}

direct::ProgrammeId of_target(const std::optional<direct::Target>& target) {
  return target ? target->programme : direct::ProgrammeId{};
}

/// One target with its way, and each unit's part, best to worst as the reader sorts them.
Result<Response> get_target(const Desk& desk, const auth::Actor& actor,
                            const http::Request& request) {
  ASSIGN_OR_RETURN(const base::Date day, org::asked_day(request, desk.clock));
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    const auto target = direct::programme_store::target(tx, {request.id_parameter("target")});
    if (!owned(tx, actor, desk.clock.today(), of_target(target))) {
      return base::refuse(ProblemKind::not_found, "target.not_found");
    }
    const auto programme = direct::programme_store::find(tx, target->programme).value();
    const HeatMap map = heat_map(tx, programme, day);
    const auto at = std::find_if(map.targets.begin(), map.targets.end(),
                                 [&](const Standing& one) { return one.target.id == target->id; });
    if (at == map.targets.end()) {
      return base::refuse(ProblemKind::not_found, "target.not_found");  // a part given below
    }
    const auto column = static_cast<std::size_t>(at - map.targets.begin());
    const int decimals = at->indicator.decimals;
    std::vector<org::UnitId> ids;
    for (const org::UnitRef& unit : map.units) ids.push_back(unit.id);
    const auto answers = direct::programme_store::cells(tx, target->id, ids);
    array points, units;
    const std::vector<TrendPoint> way = trend(tx, *at, day);
    const auto below = ways(tx, *at, ids, way, day);
    for (const TrendPoint& point : way) {
      points.push_back(object{{"period", point.period.text()},
                              {"actual", figure(point.actual, decimals)},
                              {"expected", figure(point.expected, decimals)},
                              {"year_before", figure(point.year_before, decimals)}});
    }
    for (std::size_t u = 0; u < map.units.size(); ++u) {
      const HeatMap::Cell& cell = map.cells[u][column];
      object unit = org::to_json(map.units[u]);
      unit["allocated"] = figure(cell.allocated, decimals);
      unit["actual"] = figure(cell.actual, decimals);
      unit["status"] = cell.allocated ? value(name(cell.status)) : value(nullptr);
      unit["state"] = name(answers[u].adoption.state);
      unit["reason"] = answers[u].adoption.reason;
      unit["value"] = figure(answers[u].adoption.amount, decimals);
      array actuals;
      for (const auto& actual : below[u]) actuals.push_back(figure(actual, decimals));
      unit["way"] = std::move(actuals);
      units.push_back(std::move(unit));
    }
    object made = standing_json(tx, *at);
    made["programme"] = direct::summary_json(tx, programme, day);
    made["on"] = day.text();
    made["trend"] = std::move(points);
    made["units"] = std::move(units);
    const auto difference = direct::allocation_difference(at->indicator, target->amount, answers);
    made["difference"] =
        difference ? value(base::canonical_figure(*difference, decimals)) : value(nullptr);
    made["may_allocate"] =
        org::allows(tx, actor, org::Act::direct, target->unit, desk.clock.today()).has_value();
    return http::json_response(made);
  });
}

/// How a target could be divided: in equal parts, or by a key indicator (population, members).
/// Nothing is written.
Result<Response> propose_allocation(const Desk& desk, const auth::Actor& actor,
                                    const http::Request& request) {
  const base::Date today = desk.clock.today();
  const std::string key(request.asked("indicator").value_or(""));
  const auto period = base::Period::parse(request.asked("period").value_or(""));
  if (!key.empty() && !period) {
    return base::refuse(ProblemKind::invalid, "rollup.period_missing", "?period");
  }
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    const auto target = direct::programme_store::target(tx, {request.id_parameter("target")});
    if (!owned(tx, actor, today, of_target(target))) {
      return base::refuse(ProblemKind::not_found, "target.not_found");
    }
    const auto indicator = direct::indicator_store::find(tx, target->indicator).value();
    if (indicator.across_units != direct::AcrossUnits::sum) {
      return base::refuse(ProblemKind::invalid, "target.not_divided", "", {indicator.code});
    }
    if (!key.empty() && !direct::indicator_store::find_by_code(tx, key)) {
      return base::refuse(ProblemKind::invalid, "indicator.unknown", "?indicator", {key});
    }
    const auto units = direct::programme_store::addressees(tx, target->programme);
    std::vector<std::int64_t> keys(units.size(), 1);
    array unknown;
    if (!key.empty()) {
      const auto values = values_of(tx, units, key, *period);
      for (std::size_t u = 0; u < units.size(); ++u) {
        keys[u] = std::max<std::int64_t>(0, values[u].value_or(0));
        if (!values[u]) unknown.push_back(units[u].value);
      }
    }
    const auto parts = direct::divided_by(target->amount, keys);
    if (parts.empty()) {
      return base::refuse(ProblemKind::invalid, "target.no_key", "?indicator", {key});
    }
    array items;
    for (std::size_t u = 0; u < units.size(); ++u) {
      items.push_back(object{{"unit", org::to_json(org::unit_store::ref(tx, units[u], today))},
                             {"value", base::canonical_figure(parts[u], indicator.decimals)}});
    }
    return http::json_response(
        object{{"target", target->id.value},
               {"value", base::canonical_figure(target->amount, indicator.decimals)},
               {"items", std::move(items)},
               {"unknown", std::move(unknown)}});
  });
}

}  // namespace report
