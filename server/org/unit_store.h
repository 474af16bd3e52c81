#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "org/unit.h"
#include "store/db.h"

/// All SQL of units, their dated names, codes and parents. Every question takes a day.
namespace org::unit_store {

std::optional<Unit> find(store::Tx& tx, UnitId id, base::Date day,
                         std::string_view line = kGovernment);
std::optional<UnitId> find_by_code(store::Tx& tx, std::string_view code, base::Date day);
/// The unit's name and code on the day; the nearest known ones when it was not alive then.
UnitRef ref(store::Tx& tx, UnitId id, base::Date day);
bool alive(store::Tx& tx, UnitId id, base::Date day);
/// The first day on which it stands; none for one that never does.
std::optional<base::Date> first_day(store::Tx& tx, UnitId id);

struct Search {
  std::string query;  ///< part of a name in any spelling, or the beginning of a code; empty for all
  base::Date day;
  std::string line = kGovernment;
  std::int64_t after = 0;  ///< id after which to go on
  int limit = 50;
};
std::vector<Unit> search(store::Tx& tx, const Search& search);
/// A unit found by a name it bears or bore.
struct Match {
  Unit unit;  ///< as of the day, or as it was nearest to it
  std::string
      matched;  ///< the name that fits, when the unit's name of the day does not; else empty
  bool is_alive = true;  ///< stands on the day
};
/// The best first: the code itself, then names with exactly these marks, then names that are the
/// same but for marks; among equals the whole name before its beginning before a part of it, units
/// that stand before those that do not. `after` is how many to pass over.
std::vector<Match> find_by_name(store::Tx& tx, const Search& search, bool with_past);
std::vector<Unit> children(store::Tx& tx, UnitId parent, base::Date day, std::string_view line);

/// All units of a line on the day, parents before children, without their parents' names.
std::vector<Unit> tree(store::Tx& tx, base::Date day, std::string_view line);

/// A node of a line's tree as of a day; `parent` is an index into the same vector, or -1.
struct Node {
  UnitId id;
  int parent = -1;
  int level = 0;  ///< as the catalogue says, else the parent's plus one, else 1
  bool is_leaf = true;
};
/// `root` and all units under it in the line on the day, parents before children.
std::vector<Node> subtree(store::Tx& tx, UnitId root, base::Date day, std::string_view line);
/// The codes of units on the day, for the nodes asked.
std::vector<UnitRef> refs(store::Tx& tx, const std::vector<UnitId>& ids, base::Date day);

struct DatedName {
  std::string name;
  std::string kind;
  std::optional<std::int64_t> level;
  base::Date from, to;
};
struct DatedCode {
  std::string code;
  base::Date from, to;
};
struct DatedParent {
  std::string line;
  std::optional<UnitRef> parent;
  base::Date from, to;
};
std::vector<DatedName> names(store::Tx& tx, UnitId id);
std::vector<DatedCode> codes(store::Tx& tx, UnitId id);
std::vector<DatedParent> parents(store::Tx& tx, UnitId id, base::Date day);

struct Line {
  std::string code, name_vi, name_en;
};
std::vector<Line> lines(store::Tx& tx);
bool line_exists(store::Tx& tx, std::string_view code);
void add_line(store::Tx& tx, const Line& line);

struct NewUnit {
  std::string code, name, kind;
  std::optional<std::int64_t> level;
  base::Date from;
};
UnitId add(store::Tx& tx, const NewUnit& unit, base::Instant now);
void add_parent(store::Tx& tx, UnitId unit, std::string_view line, std::optional<UnitId> parent,
                base::Date from);

}  // namespace org::unit_store
