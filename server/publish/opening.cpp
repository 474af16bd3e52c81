#include "publish/opening.h"

#include "base/decimal.h"
#include "http/json.h"

namespace publish {
namespace {

using http::json::array;
using http::json::object;
using http::json::value;

std::string text_of(const object& from, std::string_view key) {
  return std::string(from.at(key).as_string());
}

object cell_json(const OpenTable::Cell& cell, int decimals) {
  return {{"value", cell.amount ? value(base::canonical_figure(*cell.amount, decimals)) : nullptr},
          {"cells_counted", cell.counted},
          {"cells_expected", cell.expected}};
}

OpenTable::Cell cell_of(const object& from, int decimals) {
  OpenTable::Cell made;
  if (!from.at("value").is_null()) {
    made.amount =
        base::parse_figure(text_of(from, "value"), decimals, base::Notation::program).value();
  }
  made.counted = from.at("cells_counted").as_int64();
  made.expected = from.at("cells_expected").as_int64();
  return made;
}

}  // namespace

OpenTable open_table_of(const report::Publication& publication,
                        const report::Published& published) {
  OpenTable made;
  made.title = publication.title, made.period = published.period;
  made.on = published.on, made.version = publication.version;
  made.is_illustrative = published.is_illustrative;
  for (const report::Definition& one : published.indicators) {
    made.columns.push_back({one.indicator.code, one.indicator.name, one.indicator.measure_unit,
                            one.indicator.decimals});
  }
  std::map<std::int64_t, const org::UnitRef*> names;
  for (const report::Place& one : published.places) names.emplace(one.unit.id.value, &one.unit);
  for (const report::PublishedLine& line : published.lines) {
    const auto at = names.find(line.unit.value);
    OpenTable::Row row;
    if (at != names.end()) row.code = at->second->code, row.name = at->second->name;
    if (line.unit == published.unit) made.unit_code = row.code, made.unit_name = row.name;
    for (const report::Total& total : line.totals) {
      row.cells.push_back({total.value, total.counted, total.expected});
    }
    made.rows.push_back(std::move(row));
  }
  return made;
}

std::string open_text(const OpenTable& table) {
  array columns, rows;
  for (const OpenTable::Column& one : table.columns) {
    columns.push_back(object{{"code", one.code},
                             {"name", one.name},
                             {"measure_unit", one.measure_unit},
                             {"decimals", one.decimals}});
  }
  for (const OpenTable::Row& row : table.rows) {
    array cells;
    for (std::size_t c = 0; c < row.cells.size(); ++c) {
      cells.push_back(cell_json(row.cells[c], table.columns[c].decimals));
    }
    rows.push_back(object{{"code", row.code}, {"name", row.name}, {"cells", std::move(cells)}});
  }
  return http::json::serialize(
      object{{"format", "thongsuot-open-figures-1"},
             {"title", table.title},
             {"unit", object{{"code", table.unit_code}, {"name", table.unit_name}}},
             {"period", table.period},
             {"on", table.on.text()},
             {"version", table.version},
             {"is_illustrative", table.is_illustrative},
             {"indicators", std::move(columns)},
             {"rows", std::move(rows)}});
}

OpenTable open_table_of(const std::string& text) {
  const value parsed = http::json::parse(text);
  const object& from = parsed.as_object();
  OpenTable made;
  made.title = text_of(from, "title"), made.period = text_of(from, "period");
  made.unit_code = text_of(from.at("unit").as_object(), "code");
  made.unit_name = text_of(from.at("unit").as_object(), "name");
  made.on = base::Date::parse(text_of(from, "on")).value();
  made.version = from.at("version").as_int64();
  made.is_illustrative = from.at("is_illustrative").as_bool();
  for (const value& one : from.at("indicators").as_array()) {
    const object& of = one.as_object();
    made.columns.push_back({text_of(of, "code"), text_of(of, "name"), text_of(of, "measure_unit"),
                            static_cast<int>(of.at("decimals").as_int64())});
  }
  for (const value& one : from.at("rows").as_array()) {
    const object& of = one.as_object();
    OpenTable::Row row{text_of(of, "code"), text_of(of, "name"), {}};
    for (const value& cell : of.at("cells").as_array()) {
      row.cells.push_back(cell_of(cell.as_object(), made.columns[row.cells.size()].decimals));
    }
    made.rows.push_back(std::move(row));
  }
  return made;
}

namespace opening_store {

std::optional<Opening> find(store::Tx& tx, report::PublicationId publication) {
  static constexpr store::Sql kFind{
      "opened_publication.find",
      "select publication_id, unit_id, is_open, opened_at, opened_by, withdrawn_at, withdrawn_by, "
      "withdrawn_reason from opened_publication where publication_id = :id"};
  return tx.one(kFind, {{"id", publication}}, [](const store::Row& row) {
    Opening made;
    made.publication = row.id<report::PublicationId>(0);
    made.unit = row.id<org::UnitId>(1);
    made.is_open = row.integer(2) != 0;
    made.opened_at = row.instant(3);
    made.opened_by = row.string(4);
    if (!row.is_null(5)) made.withdrawn.at = row.instant(5);
    made.withdrawn.by = row.string(6);
    made.withdrawn.reason = row.string(7);
    return made;
  });
}

void put(store::Tx& tx, const Opening& opening, const std::string& content,
         const std::string& map) {
  static constexpr store::Sql kPut{
      "opened_publication.put",
      "insert into opened_publication (publication_id, unit_id, is_open, content, map, "
      "opened_at, opened_by) values (:id, :unit, 1, :content, :map, :at, :by) on conflict "
      "(publication_id) do update set is_open = 1, content = excluded.content, map = excluded.map, "
      "opened_at = excluded.opened_at, opened_by = excluded.opened_by"};
  tx.run(kPut, {{"id", opening.publication},
                {"unit", opening.unit},
                {"content", content},
                {"map", map},
                {"at", opening.opened_at},
                {"by", opening.opened_by}});
}

void withdraw(store::Tx& tx, const Opening& opening) {
  static constexpr store::Sql kWithdraw{
      "opened_publication.withdraw",
      "update opened_publication set is_open = 0, withdrawn_at = :at, withdrawn_by = :by, "
      "withdrawn_reason = :reason where publication_id = :id"};
  tx.run(kWithdraw, {{"at", opening.withdrawn.at},
                     {"by", opening.withdrawn.by},
                     {"reason", opening.withdrawn.reason},
                     {"id", opening.publication}});
}

void bump_generation(store::Tx& tx) {
  static constexpr store::Sql kBump{"public_generation.bump",
                                    "update public_generation set value = value + 1 where id = 1"};
  tx.run(kBump);
}

}  // namespace opening_store
}  // namespace publish
