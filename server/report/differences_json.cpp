#include <unordered_map>

#include "base/decimal.h"
#include "report/publication_json.h"

namespace report {
namespace {

using direct::Rational;
using http::json::array;
using http::json::object;
using http::json::value;

/// "-12.5" when it has finitely many decimals, else "7/3".
std::string exact_text(const Rational& number) {
  boost::multiprecision::cpp_int rest = denominator(number);
  int decimals = 0;
  for (const int prime : {2, 5}) {
    int times = 0;
    while (rest % prime == 0) rest /= prime, ++times;
    decimals = std::max(decimals, times);
  }
  if (rest != 1 || decimals > 30) return number.str();
  Rational shifted = number;
  for (int i = 0; i < decimals; ++i) shifted *= 10;
  const boost::multiprecision::cpp_int top = abs(numerator(shifted));
  std::string digits = top.str();
  const auto places = static_cast<std::size_t>(decimals);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  if (places > 0) digits.insert(digits.size() - places, ".");
  return (number < 0 ? "-" : "") + digits;
}

value figure(const std::optional<std::int64_t>& amount, int decimals) {
  return amount ? value(base::canonical_figure(*amount, decimals)) : value(nullptr);
}

/// Units by the names they bear in either publication, the later first.
class Names {
 public:
  Names(const Published& before, const Published& after) {
    for (const Published* one : {&after, &before}) {
      for (const Place& place : one->places) names_.emplace(place.unit.id.value, &place.unit);
    }
  }
  value of(org::UnitId unit) const {
    if (!unit) return nullptr;
    const auto at = names_.find(unit.value);
    if (at == names_.end()) return object{{"id", unit.value}, {"code", ""}, {"name", ""}};
    return object{{"id", unit.value}, {"code", at->second->code}, {"name", at->second->name}};
  }
  array all(const std::vector<org::UnitId>& units) const {
    array made;
    for (const org::UnitId unit : units) made.push_back(of(unit));
    return made;
  }

 private:
  std::unordered_map<std::int64_t, const org::UnitRef*> names_;
};

int decimals_of(const Published& published, const std::string& code) {
  for (const Collected& one : published.collected) {
    if (one.code == code) return one.decimals;
  }
  return 0;
}

value side_json(const std::optional<PublishedCell>& cell, int decimals) {
  if (!cell) return nullptr;
  return object{{"fact", cell->fact.value},
                {"revision", cell->revision},
                {"state", name(cell->state)},
                {"status", name(cell->status)},
                {"value", figure(cell->amount, decimals)},
                {"act", cell->act},
                {"by", cell->by},
                {"at", cell->at == 0 ? value(nullptr) : value(base::Instant{cell->at}.text())},
                {"note", cell->note}};
}

object step_json(const Step& step, const Names& names, const Published& before,
                 const Published& after, bool has_change) {
  array cells;
  for (const CellChange& one : step.cells) {
    cells.push_back(object{{"indicator", one.indicator},
                           {"before", side_json(one.before, decimals_of(before, one.indicator))},
                           {"after", side_json(one.after, decimals_of(after, one.indicator))}});
  }
  return {{"kind", name(step.kind)},
          {"unit", names.of(step.unit)},
          {"period", step.period},
          {"why_before", step.why_before},
          {"why_after", step.why_after},
          {"change", has_change ? value(exact_text(step.change)) : value(nullptr)},
          {"count", step.count},
          {"cells", std::move(cells)}};
}

}  // namespace

object differences_json(const Differences& differences, const Published& before,
                        const Published& after) {
  const Names names(before, after);
  array words, totals;
  for (const WordChange& one : differences.words) {
    words.push_back(object{{"indicator", one.indicator},
                           {"what", one.what},
                           {"before", one.before},
                           {"after", one.after}});
  }
  for (const TotalDifference& one : differences.totals) {
    array steps;
    for (const Step& step : one.steps) {
      steps.push_back(step_json(step, names, before, after, one.change.has_value()));
    }
    totals.push_back(
        object{{"unit", names.of(one.line)},
               {"indicator", one.indicator},
               {"name", after.definition(one.indicator)->indicator.name},
               {"before", figure(one.before, one.decimals_before)},
               {"after", figure(one.after, one.decimals_after)},
               {"change", one.change ? value(exact_text(*one.change)) : value(nullptr)},
               {"steps", std::move(steps)}});
  }
  return {{"words", std::move(words)},
          {"units_came", names.all(differences.units_came)},
          {"units_went", names.all(differences.units_went)},
          {"totals", std::move(totals)}};
}

office::Sheet publication_sheet(const Publication& publication, const Published& published) {
  std::unordered_map<std::int64_t, const Place*> places;
  for (const Place& place : published.places) places.emplace(place.unit.id.value, &place);
  const auto names = [&](const std::vector<org::UnitId>& units) {
    std::string made;
    for (const org::UnitId unit : units) {
      if (!made.empty()) made += ", ";
      const auto at = places.find(unit.value);
      made += at == places.end() ? std::to_string(unit.value) : at->second->unit.name;
    }
    return made;
  };
  office::Sheet sheet;
  sheet.name = "Công bố";
  sheet.title = published.title;
  sheet.notes = {"Kỳ " + published.period + ", cây đơn vị ngày " + published.on.text(),
                 "Bản " + std::to_string(publication.version) + ", công bố " +
                     publication.at.text() + " bởi " + publication.by,
                 "SHA-256 " + publication.sha256};
  if (!publication.reason.empty()) sheet.notes.push_back("Đính chính: " + publication.reason);
  if (published.is_illustrative) sheet.notes.emplace_back("Số liệu minh hoạ");
  sheet.columns = {"Mã đơn vị",       "Đơn vị",   "Mã chỉ số",    "Chỉ số",
                   "Đơn vị tính",     "Giá trị",  "Số ô đã tính", "Số ô cần có",
                   "Chưa có số liệu", "Loại trừ", "Không áp dụng"};
  sheet.widths = {12, 28, 12, 36, 12, 16, 12, 12, 40, 30, 30};
  for (const PublishedLine& line : published.lines) {
    const auto place = places.find(line.unit.value);
    for (std::size_t m = 0; m < line.totals.size(); ++m) {
      const direct::Indicator& indicator = published.indicators[m].indicator;
      const Total& total = line.totals[m];
      office::Cell shown = std::string("–");
      if (total.value) shown = office::Figure{*total.value, indicator.decimals};
      sheet.rows.push_back({place == places.end() ? std::string() : place->second->unit.code,
                            place == places.end() ? std::string() : place->second->unit.name,
                            indicator.code, indicator.name, indicator.measure_unit, shown,
                            office::Figure{total.counted, 0}, office::Figure{total.expected, 0},
                            names(total.missing), names(total.excluded),
                            names(total.not_applicable)});
      sheet.is_total.push_back(line.unit == published.unit);
    }
  }
  return sheet;
}

}  // namespace report
