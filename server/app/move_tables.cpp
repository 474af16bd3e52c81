#include "app/move_tables.h"

#include <sodium.h>

#include <array>
#include <boost/json.hpp>

namespace app {
namespace {

namespace json = boost::json;

constexpr std::size_t kTogether = 500;           // rows of one statement
constexpr std::size_t kTogetherBytes = 4 << 20;  // or as many bytes: files lie in rows
constexpr store::Sql kFetch{"move.fetch", "fetch 500 from moved"};

struct Column {
  std::string name;
  bool is_integer = false;
  friend bool operator==(const Column&, const Column&) = default;
};
struct Table {
  std::string name;
  std::vector<Column> columns;  ///< by name
  friend bool operator==(const Table&, const Table&) = default;
};

/// Names come from the database's own catalogue.
std::string quoted(const std::string& name) { return "\"" + name + "\""; }

std::string listed(const Table& table) {
  std::string list;
  for (const Column& column : table.columns)
    list += (list.empty() ? "" : ", ") + quoted(column.name);
  return list;
}

/// All tables of ours, by name.
std::vector<Table> tables_of(store::Tx& tx) {
  static constexpr store::Sql kSqlite{
      "move.tables",
      "select t.name, c.name, case lower(c.type) when 'integer' then 1 else 0 end from "
      "sqlite_master t join pragma_table_info(t.name) c where t.type = 'table' and t.name not like "
      "'sqlite_%' order by t.name, c.name"};
  static constexpr store::Sql kPostgres{
      "move.tables",
      "select cast(table_name as text), cast(column_name as text), cast(case when data_type in "
      "('bigint', 'smallint', 'integer') then 1 else 0 end as bigint) from "
      "information_schema.columns where table_schema = current_schema() order by table_name "
      "collate "
      "\"C\", column_name collate \"C\""};
  std::vector<Table> tables;
  tx.each(tx.dialect() == store::Dialect::sqlite ? kSqlite : kPostgres, {},
          [&](const store::Row& row) {
            if (tables.empty() || tables.back().name != row.text(0))
              tables.push_back({row.string(0), {}});
            tables.back().columns.push_back({row.string(1), row.integer(2) == 1});
          });
  return tables;
}

/// Row by row, however many there are: PostgreSQL would give all at once.
void each_row(store::Tx& tx, const Table& table,
              const std::function<void(const store::Row&)>& take) {
  const std::string select = "select " + listed(table) + " from " + quoted(table.name);
  if (tx.dialect() == store::Dialect::sqlite) {
    tx.each({"move.read", select}, {}, take);
    return;
  }
  tx.run({"move.open", "declare moved no scroll cursor for " + select});
  for (std::size_t got = 1; got > 0;) {
    got = 0;
    tx.each(kFetch, {}, [&](const store::Row& row) {
      ++got;
      take(row);
    });
  }
  tx.run({"move.close", "close moved"});
}

/// Sums of 256 bits.
class Sum {
 public:
  void add(std::string_view bytes) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(bytes.data()),
                       bytes.size());
    sodium_add(sum_.data(), hash.data(), sum_.size());
  }
  std::string hex() const {
    std::string text(sum_.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), sum_.data(), sum_.size());
    text.pop_back();
    return text;
  }

 private:
  std::array<unsigned char, crypto_hash_sha256_BYTES> sum_{};
};

/// The values one after another, each with its kind and length: no two rows have the same.
std::string spelled(const store::Row& row, const Table& table) {
  std::string text;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const int at = static_cast<int>(i);
    if (row.is_null(at)) {
      text += "n;";
    } else if (table.columns[i].is_integer) {
      text += "i" + std::to_string(row.integer(at)) + ";";
    } else {
      const std::string_view value = row.text(at);
      text += "t" + std::to_string(value.size()) + ":";
      text += value;
    }
  }
  return text;
}

json::object object_of(const store::Row& row, const Table& table) {
  json::object made;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const int at = static_cast<int>(i);
    json::value& value = made[table.columns[i].name];
    if (row.is_null(at)) continue;
    if (table.columns[i].is_integer) {
      value = row.integer(at);
    } else {
      value = row.text(at);
    }
  }
  return made;
}

struct ForeignKey {
  std::string table, name, definition;
};

std::vector<ForeignKey> foreign_keys(store::Tx& to) {
  static constexpr store::Sql kKeys{
      "move.keys",
      "select cast(r.relname as text), cast(c.conname as text), pg_get_constraintdef(c.oid) from "
      "pg_constraint c join pg_class r on r.oid = c.conrelid join pg_namespace n on n.oid = "
      "r.relnamespace where c.contype = 'f' and n.nspname = current_schema()"};
  return to.all(kKeys, {}, [](const store::Row& row) {
    return ForeignKey{row.string(0), row.string(1), row.string(2)};
  });
}

/// Identities go on after the largest id that was moved.
void set_counters(store::Tx& to) {
  static constexpr store::Sql kCounters{
      "move.counters",
      "select cast(table_name as text), cast(column_name as text) from information_schema.columns "
      "where table_schema = current_schema() and is_identity = 'YES'"};
  const auto counters = to.all(
      kCounters, {}, [](const store::Row& row) { return std::pair(row.string(0), row.string(1)); });
  for (const auto& [table, column] : counters) {
    const std::string text = "select cast(setval(pg_get_serial_sequence('" + quoted(table) +
                             "', '" + column + "'), coalesce(max(" + quoted(column) +
                             "), 0) + 1, false) as " + "bigint) from " + quoted(table);
    to.integer({"move.counter", text});
  }
}

std::string schema_of(store::Tx& to) {
  static constexpr store::Sql kSchema{"move.schema", "select cast(current_schema() as text)"};
  return to.one(kSchema, {}, [](const store::Row& row) { return row.string(0); }).value();
}

void fill(store::Tx& from, store::Tx& to, const Table& table,
          const std::function<void()>& told_row) {
  // With its schema: `line` alone is a kind of figure in geometry.
  const std::string insert = "insert into " + quoted(table.name) + " (" + listed(table) +
                             ") select " + listed(table) +
                             " from json_populate_recordset(cast(null as " + quoted(schema_of(to)) +
                             "." + quoted(table.name) + "), cast(:rows as json))";
  std::string rows;
  std::size_t waiting = 0;
  const auto flush = [&] {
    if (waiting == 0) return;
    const std::string text = "[" + rows + "]";
    if (to.run({"move.fill", insert}, {{"rows", text}}) != static_cast<std::int64_t>(waiting))
      throw store::Failure("move.fill: " + table.name + " did not take every row");
    rows.clear();
    waiting = 0;
  };
  each_row(from, table, [&](const store::Row& row) {
    rows += (waiting == 0 ? "" : ",") + json::serialize(object_of(row, table));
    ++waiting;
    if (waiting == kTogether || rows.size() > kTogetherBytes) flush();
    told_row();
  });
  flush();
}

}  // namespace

std::vector<TableDigest> digests_of(store::Tx& tx) {
  std::vector<TableDigest> digests;
  for (const Table& table : tables_of(tx)) {
    TableDigest digest{table.name, 0, {}};
    Sum sum;
    each_row(tx, table, [&](const store::Row& row) {
      ++digest.rows;
      sum.add(spelled(row, table));
    });
    digest.sum = sum.hex();
    digests.push_back(std::move(digest));
  }
  return digests;
}

std::vector<std::pair<std::string, std::int64_t>> rows_of_tables(store::Tx& tx) {
  std::vector<std::pair<std::string, std::int64_t>> counts;
  for (const Table& table : tables_of(tx)) {
    counts.emplace_back(table.name,
                        tx.integer({"table.rows", "select count(*) from " + quoted(table.name)}));
  }
  return counts;
}

bool holds_acts(store::Tx& tx) {
  static constexpr store::Sql kActs{"move.acts", "select count(*) from journal_leaf"};
  return tx.integer(kActs) > 0;
}

void move_tables(store::Tx& from, store::Tx& to,
                 const std::function<void(std::size_t, std::size_t)>& step) {
  const std::vector<Table> tables = tables_of(from);
  if (tables != tables_of(to))
    throw store::Unusable("the two databases do not have the same tables");
  std::size_t all = 0, done = 0;
  for (const auto& [table, rows] : rows_of_tables(from)) all += static_cast<std::size_t>(rows);
  const auto keys = foreign_keys(to);
  for (const ForeignKey& key : keys) {
    to.run(
        {"move.drop", "alter table " + quoted(key.table) + " drop constraint " + quoted(key.name)});
  }
  for (const Table& table : tables) {
    to.run({"move.clear", "delete from " + quoted(table.name)});  // what the migrations put there
    fill(from, to, table, [&] {
      ++done;
      if (step && (done % 1000 == 0 || done == all)) step(done, all);
    });
  }
  for (const ForeignKey& key : keys) {
    to.run({"move.add", "alter table " + quoted(key.table) + " add constraint " + quoted(key.name) +
                            " " + key.definition});
  }
  set_counters(to);
}

}  // namespace app
