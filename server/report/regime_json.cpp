#include "report/regime_json.h"

#include "org/unit_json.h"
#include "org/unit_store.h"
#include "report/narrative_json.h"
#include "report/report_json.h"

namespace report {
namespace {

using http::json::array;
using http::json::object;
using http::json::value;

object unit_json(store::Tx& tx, org::UnitId unit, base::Date day) {
  return org::to_json(org::unit_store::ref(tx, unit, day));
}

object window_json(const Window& window) {
  object made{{"kind", name(window.kind)}};
  if (window.kind == DataWindow::own) {
    made["from_day"] = window.from_day;
    made["from_months"] = window.from_months;
    made["to_day"] = window.to_day;
  }
  return made;
}

Window read_window(http::Fields& fields) {
  Window window;
  window.kind = static_cast<DataWindow>(fields.one_of("kind", {"decree_09", "calendar", "own"}));
  const auto number = [&](std::string_view key, int least, int most, int usual) {
    return static_cast<int>(fields.maybe_integer(key, least, most).value_or(usual));
  };
  window.from_day = number("from_day", 1, 28, 1);
  window.from_months = number("from_months", -1, 0, 0);
  window.to_day = number("to_day", 1, 31, 31);
  return window;
}

void read_form(http::Fields& fields, Regime& made) {
  fields.objects("deadlines", true, 20, [&](http::Fields& one) {
    made.deadlines.push_back({static_cast<int>(one.integer("level", 1, 20)),
                              static_cast<int>(one.integer("working_days", 0, 250))});
  });
  fields.objects("cells", false, 1000, [&](http::Fields& one) {
    RegimeCell cell;
    cell.indicator = one.text("indicator", 40);
    cell.kind = read_kind(one);
    cell.whole_year = one.boolean("whole_year", false);
    cell.heading = one.maybe_text("heading", 500).value_or("");
    made.cells.push_back(std::move(cell));
  });
  made.sections = read_outline(fields);
}

}  // namespace

object regime_json(store::Tx& tx, const Regime& regime, base::Date day, bool may_change) {
  array addressees, deadlines, cells, sections;
  for (const auto& unit : org::unit_store::refs(tx, regime.addressees, day)) {
    addressees.push_back(org::to_json(unit));
  }
  for (const Deadline& one : regime.deadlines) {
    deadlines.push_back(object{{"level", one.level}, {"working_days", one.working_days}});
  }
  for (const RegimeCell& cell : regime.cells) {
    cells.push_back(object{{"indicator", cell.indicator},
                           {"kind", name(cell.kind)},
                           {"whole_year", cell.whole_year},
                           {"heading", cell.heading}});
  }
  for (const auto& section : regime.sections) sections.push_back(outline_json(section));
  return {
      {"id", regime.id.value},
      {"unit", unit_json(tx, regime.unit, day)},
      {"code", regime.code},
      {"name", regime.name},
      {"content", regime.content},
      {"method", regime.method},
      {"line", regime.line},
      {"frequency", base::name(regime.frequency)},
      {"window", window_json(regime.window)},
      {"guidance", regime.guidance},
      {"basis", regime.basis},
      {"addressee_level", regime.addressee_level ? value(*regime.addressee_level) : value(nullptr)},
      {"addressees", std::move(addressees)},
      {"deadlines", std::move(deadlines)},
      {"cells", std::move(cells)},
      {"sections", std::move(sections)},
      {"from", regime.from.text()},
      {"to", regime.to == base::kForever ? value(nullptr) : value(regime.to.text())},
      {"is_illustrative", regime.is_illustrative},
      {"revision", regime.revision},
      {"may_change", may_change}};
}

Regime read_regime(http::Fields& fields, bool is_new) {
  Regime made;
  if (is_new) {
    made.unit = {fields.integer("unit", 1, 1LL << 53)};
    made.code = fields.text("code", 40);
  }
  made.name = fields.text("name", 500);
  made.content = fields.raw_text("content", 5000);
  made.method = fields.text("method", 500);
  made.line = fields.maybe_text("line", 40).value_or(org::kGovernment);
  made.frequency = static_cast<base::Frequency>(
      fields.one_of("frequency", {"month", "quarter", "half", "nine_months", "year"}));
  fields.object("window", [&](http::Fields& one) { made.window = read_window(one); });
  made.guidance = fields.maybe_raw_text("guidance", 5000).value_or("");
  made.basis = fields.maybe_text("basis", 500).value_or("");
  if (const auto level = fields.maybe_integer("addressee_level", 1, 20)) {
    made.addressee_level = static_cast<int>(*level);
  }
  for (const std::int64_t unit : fields.integers("addressees", false)) {
    made.addressees.push_back({unit});
  }
  read_form(fields, made);
  made.from = fields.date("from");
  made.to = fields.maybe_date("to").value_or(base::kForever);
  made.is_illustrative = fields.boolean("is_illustrative", false);
  return made;
}

object burden_json(store::Tx& tx, const Burden& burden, base::Date day) {
  array units, overlaps;
  std::int64_t minutes = 0;
  int over = 0;
  for (const UnitBurden& one : burden.units) {
    minutes += one.minutes;
    over += one.is_over() ? 1 : 0;
    units.push_back(object{{"unit", unit_json(tx, one.unit, day)},
                           {"known", one.known},
                           {"pending", one.pending},
                           {"new", one.fresh},
                           {"minutes", one.minutes},
                           {"year_minutes", one.year_minutes},
                           {"budget", one.budget ? value(*one.budget) : value(nullptr)},
                           {"is_over", one.is_over()}});
  }
  for (const Overlap& one : burden.overlaps) {
    overlaps.push_back(object{{"indicator", one.indicator},
                              {"kind", name(one.kind)},
                              {"period", one.period},
                              {"request", one.request.value},
                              {"title", one.title},
                              {"requester", unit_json(tx, one.requester, day)},
                              {"units", one.units}});
  }
  return {{"units", std::move(units)},
          {"overlaps", std::move(overlaps)},
          {"sections", burden.sections},
          {"minutes", minutes},
          {"over_budget", over}};
}

}  // namespace report
