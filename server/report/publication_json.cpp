#include "report/publication_json.h"

#include "base/decimal.h"
#include "org/unit_json.h"
#include "org/unit_store.h"

namespace report {
namespace {

using http::json::array;
using http::json::object;
using http::json::value;

constexpr std::string_view kContentKey = ",\"content\":";

value figure(const std::optional<std::int64_t>& amount, int decimals) {
  return amount ? value(base::canonical_figure(*amount, decimals)) : value(nullptr);
}

/// A canonical figure back into its smallest unit.
base::Wide wide_of(std::string_view text) {
  base::Wide made = 0;
  bool is_negative = false;
  for (const char c : text) {
    if (c == '-') is_negative = true;
    if (c >= '0' && c <= '9') made = made * 10 + (c - '0');
  }
  return is_negative ? -made : made;
}

std::optional<std::int64_t> amount_of(const value& text) {
  if (text.is_null()) return std::nullopt;
  return static_cast<std::int64_t>(wide_of(std::string_view(text.as_string())));
}

std::string text_of(const object& from, std::string_view key) {
  return std::string(from.at(key).as_string());
}
int int_of(const object& from, std::string_view key) {
  return static_cast<int>(from.at(key).as_int64());
}

array ids(const std::vector<org::UnitId>& units) {
  array made;
  for (const org::UnitId unit : units) made.push_back(unit.value);
  return made;
}

std::vector<org::UnitId> ids_of(const value& from) {
  std::vector<org::UnitId> made;
  for (const value& id : from.as_array()) made.push_back({id.as_int64()});
  return made;
}

std::string share(std::int64_t numerator, std::int64_t denominator) {
  return std::to_string(numerator) + "/" + std::to_string(denominator);
}

std::pair<std::int64_t, std::int64_t> share_of(const std::string& text) {
  const std::size_t slash = text.find('/');
  return {std::stoll(text.substr(0, slash)), std::stoll(text.substr(slash + 1))};
}

object definition_json(const Definition& one) {
  const direct::Indicator& indicator = one.indicator;
  array terms, parts;
  for (const Definition::Term& term : one.terms) {
    terms.push_back(
        object{{"indicator", term.code}, {"is_below", term.is_below}, {"times", term.times}});
  }
  for (const std::string& part : one.parts) parts.push_back(value(part));
  return {{"code", indicator.code},
          {"name", indicator.name},
          {"measure_unit", indicator.measure_unit},
          {"decimals", indicator.decimals},
          {"direction", name(indicator.direction)},
          {"across_units", name(indicator.across_units)},
          {"across_time", name(indicator.across_time)},
          {"formula", indicator.formula},
          {"factor", share(indicator.factor_above, indicator.factor_below)},
          {"above_decimals", one.above_decimals},
          {"below_decimals", one.below_decimals},
          {"terms", std::move(terms)},
          {"parts", std::move(parts)},
          {"is_illustrative", indicator.is_illustrative}};
}

Definition definition_of(const object& from) {
  Definition made;
  direct::Indicator& indicator = made.indicator;
  indicator.code = text_of(from, "code"), indicator.name = text_of(from, "name");
  indicator.measure_unit = text_of(from, "measure_unit");
  indicator.decimals = int_of(from, "decimals");
  indicator.direction = direct::direction_named(text_of(from, "direction")).value();
  indicator.across_units = direct::across_units_named(text_of(from, "across_units")).value();
  indicator.across_time = direct::across_time_named(text_of(from, "across_time")).value();
  indicator.formula = text_of(from, "formula");
  std::tie(indicator.factor_above, indicator.factor_below) = share_of(text_of(from, "factor"));
  indicator.is_illustrative = from.at("is_illustrative").as_bool();
  made.above_decimals = int_of(from, "above_decimals");
  made.below_decimals = int_of(from, "below_decimals");
  for (const value& one : from.at("terms").as_array()) {
    const object& term = one.as_object();
    made.terms.push_back(
        {text_of(term, "indicator"), term.at("is_below").as_bool(), term.at("times").as_int64()});
  }
  for (const value& part : from.at("parts").as_array()) {
    made.parts.emplace_back(std::string_view(part.as_string()));
  }
  return made;
}

bool has_below(const Definition& definition) {
  for (const auto& term : definition.terms) {
    if (term.is_below) return true;
  }
  return false;
}

object total_json(const Definition& definition, const Total& total) {
  array estimates;
  for (const Estimate& one : total.estimates) {
    estimates.push_back(object{{"unit", one.unit.value},
                               {"share", share(one.numerator, one.denominator)},
                               {"basis", org::name(one.basis)}});
  }
  return {{"indicator", definition.indicator.code},
          {"value", figure(total.value, definition.indicator.decimals)},
          {"numerator", base::canonical_figure(total.above, definition.above_decimals)},
          {"denominator", has_below(definition) ? value(base::canonical_figure(
                                                      total.below, definition.below_decimals))
                                                : value(nullptr)},
          {"is_too_large", total.is_too_large},
          {"cells_counted", total.counted},
          {"cells_expected", total.expected},
          {"missing", ids(total.missing)},
          {"excluded", ids(total.excluded)},
          {"not_applicable", ids(total.not_applicable)},
          {"undivided", ids(total.undivided)},
          {"restated", total.restated},
          {"estimates", std::move(estimates)}};
}

Total total_of(const object& from) {
  Total made;
  made.value = amount_of(from.at("value"));
  made.above = wide_of(text_of(from, "numerator"));
  if (!from.at("denominator").is_null()) made.below = wide_of(text_of(from, "denominator"));
  made.is_too_large = from.at("is_too_large").as_bool();
  made.counted = from.at("cells_counted").as_int64();
  made.expected = from.at("cells_expected").as_int64();
  made.missing = ids_of(from.at("missing")), made.excluded = ids_of(from.at("excluded"));
  made.not_applicable = ids_of(from.at("not_applicable"));
  made.undivided = ids_of(from.at("undivided"));
  made.restated = from.at("restated").as_int64();
  for (const value& one : from.at("estimates").as_array()) {
    const object& estimate = one.as_object();
    const auto [numerator, denominator] = share_of(text_of(estimate, "share"));
    made.estimates.push_back({{estimate.at("unit").as_int64()},
                              numerator,
                              denominator,
                              org::basis_named(text_of(estimate, "basis")).value()});
  }
  return made;
}

int decimals_of(const Published& published, const std::string& code) {
  for (const Collected& one : published.collected) {
    if (one.code == code) return one.decimals;
  }
  return 0;
}

object cell_json(const PublishedCell& cell, int decimals) {
  array seats;
  for (const auto& seat : cell.seats) {
    seats.push_back(object{{"unit", seat.unit ? value(seat.unit.value) : value(nullptr)},
                           {"share", share(seat.numerator, seat.denominator)}});
  }
  return {{"unit", cell.unit.value},
          {"indicator", cell.indicator},
          {"period", cell.period},
          {"fact", cell.fact.value},
          {"revision", cell.revision},
          {"state", name(cell.state)},
          {"status", name(cell.status)},
          {"value", figure(cell.amount, decimals)},
          {"remark", cell.remark},
          {"note", cell.note},
          {"act", cell.act},
          {"by", cell.by},
          {"at", cell.at == 0 ? value(nullptr) : value(base::Instant{cell.at}.text())},
          {"at_microseconds", cell.at},
          {"is_guest", cell.is_guest},
          {"seats", std::move(seats)}};
}

PublishedCell cell_of(const object& from) {
  PublishedCell made;
  made.unit = {from.at("unit").as_int64()};
  made.indicator = text_of(from, "indicator"), made.period = text_of(from, "period");
  made.fact = {from.at("fact").as_int64()}, made.revision = from.at("revision").as_int64();
  made.state = fact_state_named(text_of(from, "state")).value();
  made.status = fact_status_named(text_of(from, "status")).value();
  made.amount = amount_of(from.at("value"));
  made.remark = text_of(from, "remark"), made.note = text_of(from, "note");
  made.act = text_of(from, "act"), made.by = text_of(from, "by");
  made.at = from.at("at_microseconds").as_int64();
  made.is_guest = from.at("is_guest").as_bool();
  for (const value& one : from.at("seats").as_array()) {
    const object& seat = one.as_object();
    const auto [numerator, denominator] = share_of(text_of(seat, "share"));
    const org::UnitId unit =
        seat.at("unit").is_null() ? org::UnitId{} : org::UnitId{seat.at("unit").as_int64()};
    made.seats.push_back({unit, numerator, denominator});
  }
  return made;
}

}  // namespace

std::string content_text(const Published& published) {
  array indicators, collected, places, lines, cells;
  for (const Definition& one : published.indicators) indicators.push_back(definition_json(one));
  for (const Collected& one : published.collected) {
    collected.push_back(object{{"code", one.code},
                               {"name", one.name},
                               {"measure_unit", one.measure_unit},
                               {"decimals", one.decimals}});
  }
  for (const Place& one : published.places) {
    places.push_back(object{{"id", one.unit.id.value},
                            {"code", one.unit.code},
                            {"name", one.unit.name},
                            {"parent", one.parent ? value(one.parent.value) : value(nullptr)},
                            {"level", one.level},
                            {"is_guest", one.is_guest}});
  }
  for (const PublishedLine& line : published.lines) {
    array totals;
    for (std::size_t m = 0; m < line.totals.size(); ++m) {
      totals.push_back(total_json(published.indicators[m], line.totals[m]));
    }
    lines.push_back(object{{"unit", line.unit.value}, {"totals", std::move(totals)}});
  }
  for (const PublishedCell& cell : published.cells) {
    cells.push_back(cell_json(cell, decimals_of(published, cell.indicator)));
  }
  return http::json::serialize(
      object{{"title", published.title},
             {"unit", published.unit.value},
             {"period", published.period},
             {"line", published.line},
             {"on", published.on.text()},
             {"request", published.request ? value(object{{"id", published.request.value},
                                                          {"title", published.request_title}})
                                           : value(nullptr)},
             {"is_illustrative", published.is_illustrative},
             {"indicators", std::move(indicators)},
             {"collected", std::move(collected)},
             {"places", std::move(places)},
             {"lines", std::move(lines)},
             {"cells", std::move(cells)}});
}

Published content_of(std::string_view frozen) {
  const value parsed = http::json::parse(content_in(frozen));
  const object& from = parsed.as_object();
  Published made;
  made.title = text_of(from, "title"), made.period = text_of(from, "period");
  made.unit = {from.at("unit").as_int64()};
  made.line = text_of(from, "line"), made.on = base::Date::parse(text_of(from, "on")).value();
  if (const auto* request = from.at("request").if_object()) {
    made.request = {request->at("id").as_int64()};
    made.request_title = text_of(*request, "title");
  }
  made.is_illustrative = from.at("is_illustrative").as_bool();
  for (const value& one : from.at("indicators").as_array()) {
    made.indicators.push_back(definition_of(one.as_object()));
  }
  for (const value& one : from.at("collected").as_array()) {
    const object& of = one.as_object();
    made.collected.push_back({text_of(of, "code"), text_of(of, "name"), text_of(of, "measure_unit"),
                              int_of(of, "decimals")});
  }
  for (const value& one : from.at("places").as_array()) {
    const object& of = one.as_object();
    Place place;
    place.unit = {{of.at("id").as_int64()}, text_of(of, "code"), text_of(of, "name")};
    if (!of.at("parent").is_null()) place.parent = {of.at("parent").as_int64()};
    place.level = int_of(of, "level"), place.is_guest = of.at("is_guest").as_bool();
    made.places.push_back(std::move(place));
  }
  for (const value& one : from.at("lines").as_array()) {
    PublishedLine line{{one.at("unit").as_int64()}, {}};
    for (const value& total : one.at("totals").as_array()) {
      line.totals.push_back(total_of(total.as_object()));
    }
    made.lines.push_back(std::move(line));
  }
  for (const value& one : from.at("cells").as_array()) {
    made.cells.push_back(cell_of(one.as_object()));
  }
  return made;
}

std::string frozen_text(const Publication& publication, const std::string& content) {
  std::string head = http::json::serialize(object{
      {"format", "thongsuot-publication-1"},
      {"version", publication.version},
      {"replaces", publication.replaces ? value(publication.replaces.value) : value(nullptr)},
      {"reason", publication.reason},
      {"by", publication.by},
      {"at", publication.at.text()}});
  head.pop_back();
  return head + std::string(kContentKey) + content + "}";
}

std::string_view content_in(std::string_view frozen) {
  // The head has no object of its own, and its texts have their quotes escaped.
  const std::size_t at = frozen.find(kContentKey);
  frozen.remove_prefix(at + kContentKey.size());
  frozen.remove_suffix(1);
  return frozen;
}

object publication_json(store::Tx& tx, const Publication& publication, base::Date day) {
  const auto id_or_null = [](std::int64_t id) { return id == 0 ? value(nullptr) : value(id); };
  return {{"id", publication.id.value},
          {"unit", org::to_json(org::unit_store::ref(tx, publication.unit, day))},
          {"request", id_or_null(publication.request.value)},
          {"title", publication.title},
          {"period", publication.period},
          {"version", publication.version},
          {"replaces", id_or_null(publication.replaces.value)},
          {"replaced_by", id_or_null(publication.replaced_by.value)},
          {"reason", publication.reason},
          {"is_illustrative", publication.is_illustrative},
          {"sha256", publication.sha256},
          {"by", publication.by},
          {"at", publication.at.text()}};
}

}  // namespace report
