#include "direct/indicator_store.h"

#include "base/text.h"

namespace direct::indicator_store {
namespace {

#define INDICATOR_COLUMNS                                                                 \
  "select id, code, name, measure_unit, decimals, direction, across_units, across_time, " \
  "frequency, numerator_id, denominator_id, weight_id, is_illustrative from indicator "

constexpr store::Sql kFind{"indicator.find", INDICATOR_COLUMNS "where id = :id"};
constexpr store::Sql kByCode{"indicator.find_by_code", INDICATOR_COLUMNS "where code = :code"};
constexpr store::Sql kAll{
    "indicator.all",
    INDICATOR_COLUMNS "where search_key like :like or code like :code order by code limit 5000"};

IndicatorId id_or_none(const store::Row& row, int column) {
  return row.is_null(column) ? IndicatorId{} : row.id<IndicatorId>(column);
}

Indicator indicator_of(const store::Row& row) {
  Indicator made{row.id<IndicatorId>(0),
                 row.string(1),
                 row.string(2),
                 row.string(3),
                 static_cast<int>(row.integer(4)),
                 direction_named(row.text(5)).value(),
                 across_units_named(row.text(6)).value(),
                 across_time_named(row.text(7)).value(),
                 {},
                 id_or_none(row, 9),
                 id_or_none(row, 10),
                 id_or_none(row, 11),
                 row.integer(12) != 0};
  if (!row.is_null(8)) made.frequency = base::frequency_named(row.text(8));
  return made;
}

std::optional<std::int64_t> or_null(IndicatorId id) {
  return id ? std::optional(id.value) : std::nullopt;
}

}  // namespace

std::optional<Indicator> find(store::Tx& tx, IndicatorId id) {
  return tx.one(kFind, {{"id", id}}, indicator_of);
}

std::optional<Indicator> find_by_code(store::Tx& tx, std::string_view code) {
  return tx.one(kByCode, {{"code", code}}, indicator_of);
}

std::vector<Indicator> all(store::Tx& tx, std::string_view query) {
  std::string key = base::fold(query);
  std::string code(query);
  for (std::string* text : {&key, &code}) {
    std::erase_if(*text, [](char c) { return c == '%' || c == '_'; });
  }
  return tx.all(kAll, {{"like", "%" + key + "%"}, {"code", code + "%"}}, indicator_of);
}

std::optional<IndicatorId> add(store::Tx& tx, const Indicator& indicator) {
  static constexpr store::Sql kAdd{
      "indicator.add",
      "insert into indicator (code, name, search_key, measure_unit, decimals, direction, "
      "across_units, "
      "across_time, frequency, numerator_id, denominator_id, weight_id, is_illustrative) values "
      "(:code, "
      ":name, :key, :measure_unit, :decimals, :direction, :across_units, :across_time, :frequency, "
      ":numerator, :denominator, :weight, :illustrative) on conflict (code) do nothing returning "
      "id"};
  store::Value frequency;
  if (indicator.frequency) frequency = base::name(*indicator.frequency);
  return tx.one(kAdd,
                {{"code", indicator.code},
                 {"name", indicator.name},
                 {"key", base::fold(indicator.name)},
                 {"measure_unit", indicator.measure_unit},
                 {"decimals", indicator.decimals},
                 {"direction", name(indicator.direction)},
                 {"across_units", name(indicator.across_units)},
                 {"across_time", name(indicator.across_time)},
                 {"frequency", frequency},
                 {"numerator", or_null(indicator.numerator)},
                 {"denominator", or_null(indicator.denominator)},
                 {"weight", or_null(indicator.weight)},
                 {"illustrative", indicator.is_illustrative ? 1 : 0}},
                [](const store::Row& row) { return row.id<IndicatorId>(0); });
}

void set_frequency(store::Tx& tx, IndicatorId id, base::Frequency frequency) {
  static constexpr store::Sql kSet{"indicator.set_frequency",
                                   "update indicator set frequency = :frequency where id = :id"};
  tx.run(kSet, {{"frequency", base::name(frequency)}, {"id", id}});
}

}  // namespace direct::indicator_store
