#include "org/unit_store.h"

#include <algorithm>
#include <unordered_map>

#include "base/text.h"

namespace org::unit_store {
namespace {

// A unit's columns as of :day in :line, with its parent of that day.
#define UNIT_COLUMNS                                                                              \
  "select n.unit_id, c.code, n.name, n.kind, n.level, n.valid_from, n.valid_to, p.parent_id, "    \
  "pc.code, pn.name from unit_name n "                                                            \
  "join unit_code c on c.unit_id = n.unit_id and c.valid_from <= :day and :day < c.valid_to "     \
  "left join unit_parent p on p.unit_id = n.unit_id and p.line = :line and p.valid_from <= :day " \
  "and :day < p.valid_to "                                                                        \
  "left join unit_code pc on pc.unit_id = p.parent_id and pc.valid_from <= :day "                 \
  "and :day < pc.valid_to "                                                                       \
  "left join unit_name pn on pn.unit_id = p.parent_id and pn.valid_from <= :day "                 \
  "and :day < pn.valid_to where n.valid_from <= :day and :day < n.valid_to "

constexpr store::Sql kFind{"unit.find", UNIT_COLUMNS "and n.unit_id = :unit"};
constexpr store::Sql kSearchName{
    "unit.search_name", UNIT_COLUMNS
    "and n.unit_id > :after and (n.search_key like :like or c.code like :code) "
    "order by n.unit_id limit :limit"};
constexpr store::Sql kChildren{"unit.children",
                               UNIT_COLUMNS "and p.parent_id = :unit order by c.code, n.unit_id"};
constexpr store::Sql kByCode{
    "unit.find_by_code",
    "select unit_id from unit_code where code = :code and valid_from <= :day and :day < valid_to"};
constexpr store::Sql kSubtree{
    "unit.subtree",
    "with recursive under(unit_id, parent_id) as ("
    "select u.id, cast(0 as bigint) from unit u where u.id = :root "
    "union all "
    "select p.unit_id, p.parent_id from under join unit_parent p on p.parent_id = under.unit_id "
    "where p.line = :line and p.valid_from <= :day and :day < p.valid_to) "
    "select under.unit_id, under.parent_id, n.level from under left join unit_name n "
    "on n.unit_id = under.unit_id and n.valid_from <= :day and :day < n.valid_to"};

Unit unit_of(const store::Row& row) {
  Unit unit{row.id<UnitId>(0), row.string(1),        row.string(2),
            row.string(3),     row.maybe_integer(4), {},
            row.date(5),       row.date(6)};
  if (!row.is_null(7)) {
    unit.parent =
        UnitRef{row.id<UnitId>(7), row.maybe_text(8).value_or(""), row.maybe_text(9).value_or("")};
  }
  return unit;
}

/// Escapes nothing: folded keys hold letters, digits and blanks; % and _ are dropped from a query.
std::string like_text(std::string text) {
  std::erase_if(text, [](char c) { return c == '%' || c == '_'; });
  return text;
}

}  // namespace

std::optional<Unit> find(store::Tx& tx, UnitId id, base::Date day, std::string_view line) {
  return tx.one(kFind, {{"unit", id}, {"day", day}, {"line", line}}, unit_of);
}

std::optional<UnitId> find_by_code(store::Tx& tx, std::string_view code, base::Date day) {
  return tx.one(kByCode, {{"code", code}, {"day", day}},
                [](const store::Row& row) { return row.id<UnitId>(0); });
}

UnitRef ref(store::Tx& tx, UnitId id, base::Date day) {
  static constexpr store::Sql kName{
      "unit.nearest_name",
      "select name from unit_name where unit_id = :unit order by case when valid_from <= :day and "
      ":day < valid_to then 0 else 1 end, valid_from desc limit 1"};
  static constexpr store::Sql kCode{
      "unit.nearest_code",
      "select code from unit_code where unit_id = :unit order by case when valid_from <= :day and "
      ":day < valid_to then 0 else 1 end, valid_from desc limit 1"};
  const auto first_text = [](const store::Row& row) { return row.string(0); };
  return {id, tx.one(kCode, {{"unit", id}, {"day", day}}, first_text).value_or(""),
          tx.one(kName, {{"unit", id}, {"day", day}}, first_text).value_or("")};
}

bool alive(store::Tx& tx, UnitId id, base::Date day) {
  static constexpr store::Sql kAlive{"unit.alive",
                                     "select count(*) from unit_name where unit_id = :unit and "
                                     "valid_from <= :day and :day < valid_to"};
  return tx.integer(kAlive, {{"unit", id}, {"day", day}}) > 0;
}

std::vector<Unit> search(store::Tx& tx, const Search& search) {
  const std::string key = like_text(base::fold(search.query));
  return tx.all(kSearchName,
                {{"day", search.day},
                 {"line", search.line},
                 {"after", search.after},
                 {"like", "%" + key + "%"},
                 {"code", like_text(search.query) + "%"},
                 {"limit", search.limit}},
                unit_of);
}

std::vector<Unit> children(store::Tx& tx, UnitId parent, base::Date day, std::string_view line) {
  return tx.all(kChildren, {{"unit", parent}, {"day", day}, {"line", line}}, unit_of);
}

std::vector<Node> subtree(store::Tx& tx, UnitId root, base::Date day, std::string_view line) {
  struct Found {
    std::int64_t unit, parent;
    std::optional<std::int64_t> level;
  };
  // A database may join as it likes, so the order is made here.
  auto found =
      tx.all(kSubtree, {{"root", root}, {"day", day}, {"line", line}}, [](const store::Row& row) {
        return Found{row.integer(0), row.integer(1), row.maybe_integer(2)};
      });
  std::sort(found.begin(), found.end(),
            [](const Found& a, const Found& b) { return a.unit < b.unit; });
  std::unordered_map<std::int64_t, std::vector<std::size_t>> children;
  children.reserve(found.size());
  std::vector<Node> nodes;
  nodes.reserve(found.size());
  const auto place = [&](std::size_t row, int parent) {
    const int above = parent < 0 ? 0 : nodes[static_cast<std::size_t>(parent)].level;
    nodes.push_back({{found[row].unit},
                     parent,
                     found[row].level ? static_cast<int>(*found[row].level) : above + 1});
    if (parent >= 0) nodes[static_cast<std::size_t>(parent)].is_leaf = false;
  };
  for (std::size_t row = 0; row < found.size(); ++row) {
    if (found[row].unit == root.value) {
      place(row, -1);
    } else {
      children[found[row].parent].push_back(row);
    }
  }
  for (std::size_t node = 0; node < nodes.size(); ++node) {
    const auto below = children.find(nodes[node].id.value);
    if (below == children.end()) continue;
    for (const std::size_t row : below->second) place(row, static_cast<int>(node));
  }
  return nodes;
}

std::vector<UnitRef> refs(store::Tx& tx, const std::vector<UnitId>& ids, base::Date day) {
  static constexpr store::Sql kAll{
      "unit.refs_all",
      "select n.unit_id, c.code, n.name from unit_name n join unit_code c on c.unit_id = n.unit_id "
      "and c.valid_from <= :day and :day < c.valid_to where n.valid_from <= :day and :day < "
      "n.valid_to"};
  std::vector<UnitRef> found;
  found.reserve(ids.size());
  if (ids.size() < 500) {
    for (const UnitId id : ids) found.push_back(ref(tx, id, day));
    return found;
  }
  std::unordered_map<UnitId, UnitRef> all;
  tx.each(kAll, {{"day", day}}, [&](const store::Row& row) {
    all.emplace(row.id<UnitId>(0), UnitRef{row.id<UnitId>(0), row.string(1), row.string(2)});
  });
  for (const UnitId id : ids) {
    const auto at = all.find(id);
    found.push_back(at == all.end() ? ref(tx, id, day) : at->second);
  }
  return found;
}

std::vector<DatedName> names(store::Tx& tx, UnitId id) {
  static constexpr store::Sql kNames{
      "unit.names",
      "select name, kind, level, valid_from, valid_to from unit_name "
      "where unit_id = :unit order by valid_from"};
  return tx.all(kNames, {{"unit", id}}, [](const store::Row& row) {
    return DatedName{row.string(0), row.string(1), row.maybe_integer(2), row.date(3), row.date(4)};
  });
}

std::vector<DatedCode> codes(store::Tx& tx, UnitId id) {
  static constexpr store::Sql kCodes{
      "unit.codes",
      "select code, valid_from, valid_to from unit_code where unit_id = :unit order by valid_from"};
  return tx.all(kCodes, {{"unit", id}}, [](const store::Row& row) {
    return DatedCode{row.string(0), row.date(1), row.date(2)};
  });
}

std::vector<DatedParent> parents(store::Tx& tx, UnitId id, base::Date day) {
  static constexpr store::Sql kParents{
      "unit.parents",
      "select line, parent_id, valid_from, valid_to from unit_parent where unit_id = :unit "
      "order by line, valid_from"};
  std::vector<std::optional<UnitId>> above;
  auto rows = tx.all(kParents, {{"unit", id}}, [&](const store::Row& row) {
    above.push_back(row.is_null(1) ? std::nullopt : std::optional(row.id<UnitId>(1)));
    return DatedParent{row.string(0), {}, row.date(2), row.date(3)};
  });
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (above[i])
      rows[i].parent = ref(tx, *above[i], std::max(rows[i].from, std::min(day, rows[i].to)));
  }
  return rows;
}

std::vector<Line> lines(store::Tx& tx) {
  static constexpr store::Sql kLines{"line.all",
                                     "select code, name_vi, name_en from line order by code"};
  return tx.all(kLines, {}, [](const store::Row& row) {
    return Line{row.string(0), row.string(1), row.string(2)};
  });
}

bool line_exists(store::Tx& tx, std::string_view code) {
  static constexpr store::Sql kCount{"line.count", "select count(*) from line where code = :code"};
  return tx.integer(kCount, {{"code", code}}) > 0;
}

void add_line(store::Tx& tx, const Line& line) {
  static constexpr store::Sql kAdd{
      "line.add", "insert into line (code, name_vi, name_en) values (:code, :name_vi, :name_en)"};
  tx.run(kAdd, {{"code", line.code}, {"name_vi", line.name_vi}, {"name_en", line.name_en}});
}

UnitId add(store::Tx& tx, const NewUnit& unit, base::Instant now) {
  static constexpr store::Sql kUnit{"unit.add",
                                    "insert into unit (created_at) values (:now) returning id"};
  static constexpr store::Sql kName{
      "unit_name.add",
      "insert into unit_name (unit_id, name, kind, level, search_key, valid_from) "
      "values (:unit, :name, :kind, :level, :key, :from)"};
  static constexpr store::Sql kCode{
      "unit_code.add",
      "insert into unit_code (unit_id, code, valid_from) values (:unit, :code, :from)"};
  const UnitId id{tx.integer(kUnit, {{"now", now}})};
  tx.run(kName, {{"unit", id},
                 {"name", unit.name},
                 {"kind", unit.kind},
                 {"level", unit.level},
                 {"key", base::fold(unit.name)},
                 {"from", unit.from}});
  tx.run(kCode, {{"unit", id}, {"code", unit.code}, {"from", unit.from}});
  return id;
}

void add_parent(store::Tx& tx, UnitId unit, std::string_view line, std::optional<UnitId> parent,
                base::Date from) {
  static constexpr store::Sql kAdd{"unit_parent.add",
                                   "insert into unit_parent (unit_id, line, parent_id, valid_from) "
                                   "values (:unit, :line, :parent, :from)"};
  tx.run(kAdd, {{"unit", unit}, {"line", line}, {"parent", parent}, {"from", from}});
}

}  // namespace org::unit_store
