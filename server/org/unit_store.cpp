#include "org/unit_store.h"

#include <algorithm>
#include <unordered_map>

#include "base/text.h"
#include "org/kept_tree.h"

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

std::optional<base::Date> first_day(store::Tx& tx, UnitId id) {
  static constexpr store::Sql kFirst{
      "unit.first_day",
      "select valid_from from unit_name where unit_id = :unit order by valid_from limit 1"};
  return tx.one(kFirst, {{"unit", id}}, [](const store::Row& row) { return row.date(0); });
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

namespace {

struct Candidate {
  UnitId unit;
  std::string name;
  base::Date from, to;
  int rank = 0;
};

/// 0 code · 1–3 exact marks: whole, beginning, part · 4–6 but for marks. With or without its kind.
int rank_of(const std::string& name, const std::string& kind, const std::string& marked,
            const std::string& folded) {
  const auto fit = [](const std::string& text, const std::string& of_kind,
                      const std::string& part) {
    const std::size_t at = text.find(part);
    if (at == std::string::npos) return 4;
    const bool has_kind = !of_kind.empty() && text.starts_with(of_kind + " ");
    const bool begins = at == 0 || (has_kind && at == of_kind.size() + 1);
    return !begins ? 3 : at + part.size() == text.size() ? 1 : 2;
  };
  const int exact = fit(base::same_name_key(name), base::same_name_key(kind), marked);
  return exact < 4 ? exact : 3 + fit(base::fold(name), base::fold(kind), folded);
}

}  // namespace

std::vector<Match> find_by_name(store::Tx& tx, const Search& search, bool with_past) {
  static constexpr store::Sql kNames{
      "unit_name.candidates",
      "select unit_id, name, valid_from, valid_to, kind from unit_name where search_key like :like "
      "and "
      "(:past = 1 or (valid_from <= :day and :day < valid_to)) order by length(search_key), "
      "unit_id limit 3000"};
  static constexpr store::Sql kCodes{
      "unit_code.candidates",
      "select c.unit_id, n.name, c.valid_from, c.valid_to, c.code from unit_code c join unit_name "
      "n "
      "on n.unit_id = c.unit_id and n.valid_from < c.valid_to and c.valid_from < n.valid_to "
      "where c.code like :code and (:past = 1 or (c.valid_from <= :day and :day < c.valid_to)) "
      "order by c.code, c.unit_id limit 500"};
  const std::string folded = like_text(base::fold(search.query));
  const std::string marked = base::same_name_key(search.query);
  std::vector<Candidate> found;
  if (!folded.empty()) {
    found = tx.all(kNames, {{"like", "%" + folded + "%"}, {"past", with_past}, {"day", search.day}},
                   [&](const store::Row& row) {
                     return Candidate{row.id<UnitId>(0), row.string(1), row.date(2), row.date(3),
                                      rank_of(row.string(1), row.string(4), marked, folded)};
                   });
    tx.each(kCodes,
            {{"code", like_text(search.query) + "%"}, {"past", with_past}, {"day", search.day}},
            [&](const store::Row& row) {
              found.push_back({row.id<UnitId>(0), row.string(1), row.date(2), row.date(3),
                               row.string(4) == search.query ? 0 : 2});
            });
  }
  const auto alive = [&](const Candidate& one) {
    return one.from <= search.day && search.day < one.to;
  };
  std::stable_sort(found.begin(), found.end(), [&](const Candidate& a, const Candidate& b) {
    if (a.rank != b.rank) return a.rank < b.rank;
    if (alive(a) != alive(b)) return alive(a);
    if (a.name.size() != b.name.size()) return a.name.size() < b.name.size();
    return a.unit < b.unit;
  });
  std::vector<Match> matches;
  std::unordered_map<UnitId, bool> seen;
  std::int64_t passed = 0;
  for (const Candidate& one : found) {
    if (!seen.emplace(one.unit, true).second || passed++ < search.after) continue;
    if (matches.size() == static_cast<std::size_t>(search.limit)) break;
    Match match;
    if (auto unit = find(tx, one.unit, search.day, search.line)) {
      match.unit = *std::move(unit);
      if (match.unit.name != one.name && one.rank != 0) match.matched = one.name;
    } else {
      const base::Date then = one.to > search.day ? one.from : one.to.plus_days(-1);
      if (auto was = find(tx, one.unit, then, search.line)) match.unit = *std::move(was);
      match.unit.id = one.unit;
      match.is_alive = false;
    }
    matches.push_back(std::move(match));
  }
  return matches;
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

std::vector<Unit> tree(store::Tx& tx, base::Date day, std::string_view line) {
  static constexpr store::Sql kTree{
      "unit.tree",
      "select p.unit_id, c.code, n.name, n.kind, n.level, n.valid_from, n.valid_to, p.parent_id "
      "from unit_parent p join unit_name n on n.unit_id = p.unit_id and n.valid_from <= :day and "
      ":day < n.valid_to join unit_code c on c.unit_id = p.unit_id and c.valid_from <= :day and "
      ":day < c.valid_to where p.line = :line and p.valid_from <= :day and :day < p.valid_to"};
  auto found = tx.all(kTree, {{"day", day}, {"line", line}}, [](const store::Row& row) {
    Unit unit{row.id<UnitId>(0), row.string(1),        row.string(2),
              row.string(3),     row.maybe_integer(4), {},
              row.date(5),       row.date(6)};
    if (!row.is_null(7)) unit.parent = UnitRef{row.id<UnitId>(7), "", ""};
    return unit;
  });
  std::sort(found.begin(), found.end(), [](const Unit& a, const Unit& b) {
    return a.code != b.code ? a.code < b.code : a.id < b.id;
  });
  std::unordered_map<UnitId, std::vector<std::size_t>> below;
  std::vector<std::size_t> order;
  order.reserve(found.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (found[i].parent) {
      below[found[i].parent->id].push_back(i);
    } else {
      order.push_back(i);
    }
  }
  for (std::size_t n = 0; n < order.size(); ++n) {
    if (const auto children = below.find(found[order[n]].id); children != below.end()) {
      order.insert(order.end(), children->second.begin(), children->second.end());
    }
  }
  std::vector<Unit> made;
  made.reserve(order.size());
  for (const std::size_t i : order) made.push_back(std::move(found[i]));
  return made;
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
  kept_tree::changed(tx);
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
  kept_tree::changed(tx);
  tx.run(kAdd, {{"unit", unit}, {"line", line}, {"parent", parent}, {"from", from}});
}

}  // namespace org::unit_store
