#include "direct/indicator_store.h"

#include "base/text.h"

namespace direct::indicator_store {
namespace {

#define INDICATOR_COLUMNS                                                                 \
  "select id, code, name, measure_unit, decimals, direction, across_units, across_time, " \
  "frequency, weight_id, is_illustrative, coalesce(formula, ''), revision from indicator "

constexpr store::Sql kFind{"indicator.find", INDICATOR_COLUMNS "where id = :id"};
constexpr store::Sql kByCode{"indicator.find_by_code", INDICATOR_COLUMNS "where code = :code"};
constexpr store::Sql kAll{
    "indicator.all",
    INDICATOR_COLUMNS "where search_key like :like or code like :code order by code limit 5000"};

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
                 row.is_null(9) ? IndicatorId{} : row.id<IndicatorId>(9),
                 row.integer(10) != 0,
                 row.string(11)};
  made.revision = row.integer(12);
  if (!row.is_null(8)) made.frequency = base::frequency_named(row.text(8));
  return made;
}

#define TERM_COLUMNS \
  "select indicator_id, side, position, part_id, coefficient, decimals from indicator_term "

/// A row of indicator_term, into the indicator it belongs to.
void take_term(const store::Row& row, Indicator& indicator) {
  const bool is_below = row.integer(1) == 1;
  if (row.is_null(3)) {
    (is_below ? indicator.factor_below : indicator.factor_above) = row.integer(4);
  } else {
    (is_below ? indicator.below : indicator.above)
        .push_back({row.id<IndicatorId>(3), row.integer(4), static_cast<int>(row.integer(5))});
  }
}

std::optional<Indicator> with_terms(store::Tx& tx, std::optional<Indicator> indicator) {
  static constexpr store::Sql kTerms{
      "indicator_term.of", TERM_COLUMNS "where indicator_id = :id order by side, position"};
  if (!indicator || indicator->formula.empty()) return indicator;
  tx.each(kTerms, {{"id", indicator->id}},
          [&](const store::Row& row) { take_term(row, *indicator); });
  return indicator;
}

void add_terms(store::Tx& tx, IndicatorId id, int side, const std::vector<Term>& terms,
               std::int64_t factor) {
  static constexpr store::Sql kAdd{
      "indicator_term.add",
      "insert into indicator_term (indicator_id, side, position, part_id, coefficient, decimals) "
      "values (:id, :side, :position, :part, :coefficient, :decimals)"};
  if (factor != 1) {
    tx.run(kAdd, {{"id", id},
                  {"side", side},
                  {"position", 0},
                  {"part", std::nullopt},
                  {"coefficient", factor},
                  {"decimals", 0}});
  }
  int position = 0;
  for (const Term& term : terms) {
    tx.run(kAdd, {{"id", id},
                  {"side", side},
                  {"position", ++position},
                  {"part", term.part},
                  {"coefficient", term.coefficient},
                  {"decimals", term.decimals}});
  }
}

std::optional<std::int64_t> or_null(IndicatorId id) {
  return id ? std::optional(id.value) : std::nullopt;
}

}  // namespace

std::optional<Indicator> find(store::Tx& tx, IndicatorId id) {
  return with_terms(tx, tx.one(kFind, {{"id", id}}, indicator_of));
}

std::vector<Indicator> find_all(store::Tx& tx, const std::vector<IndicatorId>& ids) {
  static constexpr store::Sql kSome{
      "indicator.find_some", INDICATOR_COLUMNS
      "where id in (:a, :b, :c, :d, :e, :f, :g, :h, :i, :j, :k, :l, :m, :n, :o, :p)"};
  static constexpr const char* kNames[] = {"a", "b", "c", "d", "e", "f", "g", "h",
                                           "i", "j", "k", "l", "m", "n", "o", "p"};
  std::map<IndicatorId, Indicator> known;
  for (std::size_t at = 0; at < ids.size(); at += std::size(kNames)) {
    std::vector<store::Param> params;
    for (std::size_t i = 0; i < std::size(kNames); ++i) {
      params.push_back({kNames[i], at + i < ids.size() ? ids[at + i].value : 0});
    }
    for (Indicator& one : tx.all(kSome, params, indicator_of)) {
      const IndicatorId id = one.id;
      known.emplace(id, std::move(one));
    }
  }
  std::vector<Indicator> found;
  for (const IndicatorId id : ids) found.push_back(with_terms(tx, known.at(id)).value());
  return found;
}

std::optional<Indicator> find_by_code(store::Tx& tx, std::string_view code) {
  return with_terms(tx, tx.one(kByCode, {{"code", code}}, indicator_of));
}

std::vector<Indicator> all(store::Tx& tx, std::string_view query) {
  std::string key = base::fold(query);
  std::string code(query);
  for (std::string* text : {&key, &code}) {
    std::erase_if(*text, [](char c) { return c == '%' || c == '_'; });
  }
  auto found = tx.all(kAll, {{"like", "%" + key + "%"}, {"code", code + "%"}}, indicator_of);
  static constexpr store::Sql kTerms{
      "indicator_term.all", TERM_COLUMNS "order by indicator_id, side, position limit 100000"};
  std::map<IndicatorId, Indicator*> derived;
  for (Indicator& one : found) {
    if (!one.formula.empty()) derived.emplace(one.id, &one);
  }
  if (derived.empty()) return found;
  tx.each(kTerms, {}, [&](const store::Row& row) {
    const auto at = derived.find(row.id<IndicatorId>(0));
    if (at != derived.end()) take_term(row, *at->second);
  });
  return found;
}

std::optional<IndicatorId> add(store::Tx& tx, const Indicator& indicator) {
  static constexpr store::Sql kAdd{
      "indicator.add",
      "insert into indicator (code, name, search_key, measure_unit, decimals, direction, "
      "across_units, "
      "across_time, frequency, weight_id, is_illustrative, formula) values (:code, "
      ":name, :key, :measure_unit, :decimals, :direction, :across_units, :across_time, :frequency, "
      ":weight, :illustrative, :formula) on conflict (code) do nothing returning id"};
  store::Value frequency;
  if (indicator.frequency) frequency = base::name(*indicator.frequency);
  const auto id = tx.one(
      kAdd,
      {{"code", indicator.code},
       {"name", indicator.name},
       {"key", base::fold(indicator.name)},
       {"measure_unit", indicator.measure_unit},
       {"decimals", indicator.decimals},
       {"direction", name(indicator.direction)},
       {"across_units", name(indicator.across_units)},
       {"across_time", name(indicator.across_time)},
       {"frequency", frequency},
       {"weight", or_null(indicator.weight)},
       {"illustrative", indicator.is_illustrative ? 1 : 0},
       {"formula", indicator.formula.empty() ? std::nullopt : std::optional(indicator.formula)}},
      [](const store::Row& row) { return row.id<IndicatorId>(0); });
  if (id && indicator.is_derived()) {
    add_terms(tx, *id, 0, indicator.above, indicator.factor_above);
    add_terms(tx, *id, 1, indicator.below, indicator.factor_below);
  }
  return id;
}

void set_frequency(store::Tx& tx, IndicatorId id, base::Frequency frequency) {
  static constexpr store::Sql kSet{"indicator.set_frequency",
                                   "update indicator set frequency = :frequency where id = :id"};
  tx.run(kSet, {{"frequency", base::name(frequency)}, {"id", id}});
}

namespace {

#define PART_COLUMNS "select whole_id, breakdown, part_id, adds_up from indicator_part "

void take_part(const store::Row& row, std::vector<Breakdown>& breakdowns) {
  if (breakdowns.empty() || breakdowns.back().name != row.text(1)) {
    breakdowns.push_back({row.string(1), row.integer(3) != 0, {}});
  }
  breakdowns.back().parts.push_back(row.id<IndicatorId>(2));
}

}  // namespace

std::vector<Breakdown> breakdowns(store::Tx& tx, IndicatorId whole) {
  static constexpr store::Sql kOf{
      "indicator_part.of", PART_COLUMNS "where whole_id = :whole order by breakdown, position"};
  std::vector<Breakdown> made;
  tx.each(kOf, {{"whole", whole}}, [&](const store::Row& row) { take_part(row, made); });
  return made;
}

std::map<IndicatorId, std::vector<Breakdown>> all_breakdowns(store::Tx& tx) {
  static constexpr store::Sql kAllParts{
      "indicator_part.all", PART_COLUMNS "order by whole_id, breakdown, position limit 100000"};
  std::map<IndicatorId, std::vector<Breakdown>> made;
  tx.each(kAllParts, {},
          [&](const store::Row& row) { take_part(row, made[row.id<IndicatorId>(0)]); });
  return made;
}

bool set_breakdowns(store::Tx& tx, IndicatorId whole, std::int64_t revision,
                    const std::vector<Breakdown>& breakdowns) {
  static constexpr store::Sql kRevise{
      "indicator.revise",
      "update indicator set revision = revision + 1 where id = :id and revision = :revision"};
  static constexpr store::Sql kClear{"indicator_part.clear",
                                     "delete from indicator_part where whole_id = :whole"};
  static constexpr store::Sql kAdd{
      "indicator_part.add",
      "insert into indicator_part (whole_id, breakdown, position, part_id, adds_up) values "
      "(:whole, :breakdown, :position, :part, :adds_up)"};
  if (tx.run(kRevise, {{"id", whole}, {"revision", revision}}) != 1) return false;
  tx.run(kClear, {{"whole", whole}});
  for (const Breakdown& one : breakdowns) {
    int position = 0;
    for (const IndicatorId part : one.parts) {
      tx.run(kAdd, {{"whole", whole},
                    {"breakdown", one.name},
                    {"position", ++position},
                    {"part", part},
                    {"adds_up", one.adds_up ? 1 : 0}});
    }
  }
  return true;
}

}  // namespace direct::indicator_store
