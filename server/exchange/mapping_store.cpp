#include "exchange/mapping_store.h"

namespace exchange::mapping_store {
namespace {

Mapping row_of(const store::Row& row) {
  Mapping made;
  made.kind = kind_named(row.text(0)).value();
  made.foreign_id = row.string(1);
  made.option_id = row.string(2);
  made.attribute_id = row.string(3);
  if (!row.is_null(4)) made.unit = row.id<org::UnitId>(4);
  if (!row.is_null(5)) made.indicator = row.id<direct::IndicatorId>(5);
  made.ours = row.string(6);
  made.is_left_out = row.integer(7) != 0;
  made.is_exported = row.integer(8) != 0;
  made.note = row.string(9);
  return made;
}

bool is_same(const Mapping& a, const Mapping& b) {
  return a.unit == b.unit && a.indicator == b.indicator && a.ours == b.ours &&
         a.is_left_out == b.is_left_out && a.is_exported == b.is_exported && a.note == b.note;
}

}  // namespace

std::vector<Mapping> rows(store::Tx& tx, const org::Scope& scope, std::string_view system) {
  static constexpr store::Sql kRows{
      "exchange_mapping.of_system",
      "with recursive " ORG_VISIBLE_UNITS
      "select kind, foreign_id, option_id, attribute_id, unit_id, indicator_id, ours, is_left_out, "
      "is_exported, note from exchange_mapping where system = :system and (unit_id is null or "
      "unit_id in (select unit_id from visible)) order by kind, foreign_id, option_id, "
      "attribute_id"};
  return tx.all(kRows,
                {{"account", scope.account},
                 {"day", scope.day},
                 {"sees_all", scope.sees_all ? 1 : 0},
                 {"system", system}},
                row_of);
}

std::vector<org::UnitId> visible_units(store::Tx& tx, const org::Scope& scope) {
  static constexpr store::Sql kVisible{
      "exchange.visible_units", "with recursive " ORG_VISIBLE_UNITS "select unit_id from visible"};
  return tx.all(
      kVisible,
      {{"account", scope.account}, {"day", scope.day}, {"sees_all", scope.sees_all ? 1 : 0}},
      [](const store::Row& row) { return row.id<org::UnitId>(0); });
}

Put put(store::Tx& tx, std::string_view system, const Mapping& row) {
  static constexpr store::Sql kFind{
      "exchange_mapping.find",
      "select kind, foreign_id, option_id, attribute_id, unit_id, indicator_id, ours, is_left_out, "
      "is_exported, note from exchange_mapping where system = :system and kind = :kind and "
      "foreign_id = :foreign and option_id = :option and attribute_id = :attribute"};
  const auto known = tx.one(kFind,
                            {{"system", system},
                             {"kind", name(row.kind)},
                             {"foreign", row.foreign_id},
                             {"option", row.option_id},
                             {"attribute", row.attribute_id}},
                            row_of);
  if (known && is_same(*known, row)) return Put::same;
  static constexpr store::Sql kPut{
      "exchange_mapping.put",
      "insert into exchange_mapping (system, kind, foreign_id, option_id, attribute_id, unit_id, "
      "indicator_id, ours, is_left_out, is_exported, note) values (:system, :kind, :foreign, "
      ":option, :attribute, :unit, :indicator, :ours, :left_out, :exported, :note) on conflict "
      "(system, kind, foreign_id, option_id, attribute_id) do update set unit_id = "
      "excluded.unit_id, indicator_id = excluded.indicator_id, ours = excluded.ours, is_left_out = "
      "excluded.is_left_out, is_exported = excluded.is_exported, note = excluded.note"};
  tx.run(kPut, {{"system", system},
                {"kind", name(row.kind)},
                {"foreign", row.foreign_id},
                {"option", row.option_id},
                {"attribute", row.attribute_id},
                {"unit", row.unit},
                {"indicator", row.indicator},
                {"ours", row.ours},
                {"left_out", row.is_left_out ? 1 : 0},
                {"exported", row.is_exported ? 1 : 0},
                {"note", row.note}});
  return known ? Put::changed : Put::added;
}

bool remove(store::Tx& tx, std::string_view system, const Mapping& row) {
  static constexpr store::Sql kRemove{
      "exchange_mapping.remove",
      "delete from exchange_mapping where system = :system and kind = :kind and foreign_id = "
      ":foreign and option_id = :option and attribute_id = :attribute"};
  return tx.run(kRemove, {{"system", system},
                          {"kind", name(row.kind)},
                          {"foreign", row.foreign_id},
                          {"option", row.option_id},
                          {"attribute", row.attribute_id}}) > 0;
}

std::vector<System> systems(store::Tx& tx) {
  static constexpr store::Sql kSystems{
      "exchange_mapping.systems",
      "select system, count(*) from exchange_mapping group by system order by system"};
  return tx.all(kSystems, {},
                [](const store::Row& row) { return System{row.string(0), row.integer(1)}; });
}

}  // namespace exchange::mapping_store
