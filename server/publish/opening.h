#pragma once

#include <optional>
#include <string>
#include <vector>

#include "org/unit.h"
#include "publish/bulletin.h"
#include "report/publication_store.h"
#include "store/db.h"

/// A publication that was opened to everybody: its totals, without the cells they are made of and
/// without anybody's name. And all SQL of it as the house sees it.
namespace publish {

/// What everybody is told of a publication.
struct OpenTable {
  struct Column {
    std::string code, name, measure_unit;
    int decimals = 0;
  };
  struct Cell {
    std::optional<std::int64_t> amount;
    std::int64_t counted = 0, expected = 0;  ///< cells in the value, and those that were asked for
  };
  struct Row {
    std::string code, name;  ///< of the unit
    std::vector<Cell> cells;
  };
  std::string title, unit_code, unit_name, period;
  base::Date on;  ///< of the tree
  std::int64_t version = 1;
  bool is_illustrative = false;
  std::vector<Column> columns;
  std::vector<Row> rows;  ///< the publishing unit first
};

/// Pure: takes over totals and names, nothing else.
OpenTable open_table_of(const report::Publication& publication, const report::Published& published);
/// As JSON, which is what is kept and what everybody may load.
std::string open_text(const OpenTable& table);
OpenTable open_table_of(const std::string& text);

struct Opening {
  report::PublicationId publication;
  org::UnitId unit;
  bool is_open = false;
  base::Instant opened_at;
  std::string opened_by;
  Withdrawal withdrawn;
};

namespace opening_store {

std::optional<Opening> find(store::Tx& tx, report::PublicationId publication);
/// Opened, or opened again.
void put(store::Tx& tx, const Opening& opening, const std::string& content, const std::string& map);
void withdraw(store::Tx& tx, const Opening& opening);

/// What everybody sees is another from this transaction on.
void bump_generation(store::Tx& tx);

}  // namespace opening_store
}  // namespace publish
