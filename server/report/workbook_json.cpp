#include "report/workbook_json.h"

#include <algorithm>

#include "base/decimal.h"
#include "base/words.h"
#include "org/unit_json.h"

namespace report {
namespace {

using http::json::array;
using http::json::object;
using http::json::value;

value figure(const std::optional<std::int64_t>& amount, int decimals) {
  return amount ? value(base::canonical_figure(*amount, decimals)) : value(nullptr);
}

object cell_json(const CellReading& cell, const Cell& asked) {
  const int decimals = asked.indicator.decimals;
  array readings;
  for (const std::int64_t one : cell.readings)
    readings.push_back(value(base::canonical_figure(one, decimals)));
  return {{"indicator", asked.indicator.code},
          {"kind", kind_of(asked)},
          {"name", asked.indicator.name},
          {"measure_unit", asked.indicator.measure_unit},
          {"verdict", name(cell.verdict)},
          {"place", cell.place},
          {"shown", cell.shown},
          {"state", name(cell.state)},
          {"value", figure(cell.amount, decimals)},
          {"readings", readings},
          {"remark", cell.remark ? value(*cell.remark) : value(nullptr)},
          {"now", object{{"state", name(asked.fact.state)},
                         {"value", figure(asked.fact.amount, decimals)},
                         {"remark", asked.fact.remark}}},
          {"reasons", told_json(cell.reasons)}};
}

}  // namespace

array told_json(const base::Problems& problems) {
  array made;
  for (const base::Problem& one : problems) {
    array args;
    for (const std::string& arg : one.args) args.push_back(value(arg));
    made.push_back(object{{"code", one.code},
                          {"field", one.field},
                          {"args", args},
                          {"detail_vi", base::words(one, base::Language::vi)},
                          {"detail_en", base::words(one, base::Language::en)}});
  }
  return made;
}

object reading_json(const Reading& reading, const ReportForm& form) {
  array cells;
  for (std::size_t i = 0; i < reading.cells.size(); ++i)
    cells.push_back(cell_json(reading.cells[i], form.sheet.cells[i]));
  return {{"report", form.sheet.report.id.value},
          {"unit", org::to_json(form.unit)},
          {"period", form.request.period},
          {"revision", form.sheet.report.revision},
          {"downloaded_revision", reading.identity.revision},
          {"counts", object{{"same", reading.count(Verdict::same)},
                            {"new", reading.count(Verdict::fresh)},
                            {"doubtful", reading.count(Verdict::doubtful)},
                            {"refused", reading.count(Verdict::refused)}}},
          {"told", told_json(reading.told)},
          {"cells", cells}};
}

object files_json(const std::vector<FileReading>& files, std::size_t most_told) {
  array items;
  std::int64_t clear = 0, taken = 0, refused = 0;
  for (const FileReading& file : files) {
    clear += file.is_clear ? 1 : 0;
    taken += file.is_taken ? 1 : 0;
    refused += file.is_read ? 0 : 1;
    base::Problems told = file.told;
    if (told.size() > most_told) told.resize(most_told);
    items.push_back(object{{"name", file.name},
                           {"report", file.report ? value(file.report.value) : value(nullptr)},
                           {"unit", file.report ? value(org::to_json(file.unit)) : value(nullptr)},
                           {"counts", object{{"same", file.same},
                                             {"new", file.fresh},
                                             {"doubtful", file.doubtful},
                                             {"refused", file.refused}}},
                           {"is_read", file.is_read},
                           {"is_clear", file.is_clear},
                           {"is_taken", file.is_taken},
                           {"told", told_json(told)},
                           {"told_more", static_cast<std::int64_t>(file.told.size() - told.size())},
                           {"refusals", told_json(file.refusals)}});
  }
  return {{"files", static_cast<std::int64_t>(files.size())},
          {"clear", clear},
          {"taken", taken},
          {"refused", refused},
          {"items", items}};
}

}  // namespace report
