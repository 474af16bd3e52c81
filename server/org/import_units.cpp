#include "org/import_units.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"
#include "journal/journal.h"
#include "org/unit_store.h"

namespace org {
namespace {

base::Problem problem_at(const UnitRow& row, std::string code, std::string column,
                         std::vector<std::string> args) {
  return {base::ProblemKind::invalid, std::move(code),
          "line " + std::to_string(row.file_line) + ", " + std::move(column), std::move(args)};
}

/// What the database already says of a code from the import's day on.
struct KnownCode {
  UnitId unit;
  base::Date from, to;
};

std::unordered_map<std::string, std::vector<KnownCode>> known_codes(store::Tx& tx, base::Date on) {
  static constexpr store::Sql kCodes{
      "unit_code.from_day",
      "select code, unit_id, valid_from, valid_to from unit_code where valid_to > :day"};
  std::unordered_map<std::string, std::vector<KnownCode>> known;
  tx.each(kCodes, {{"day", on}}, [&](const store::Row& row) {
    known[row.string(0)].push_back({row.id<UnitId>(1), row.date(2), row.date(3)});
  });
  return known;
}

struct KnownUnit {
  UnitId unit;
  std::string name;
  std::string parent_code;
  bool has_parent_row = false;
};

KnownUnit known_unit(store::Tx& tx, UnitId id, const ImportUnits& ask) {
  static constexpr store::Sql kPlaced{
      "unit_parent.placed",
      "select count(*) from unit_parent where unit_id = :unit and line "
      "= :line and valid_to > :day"};
  KnownUnit known{id, "", "", false};
  if (const auto unit = unit_store::find(tx, id, ask.on, ask.line)) {
    known.name = unit->name;
    if (unit->parent) known.parent_code = unit->parent->code;
  }
  known.has_parent_row =
      tx.integer(kPlaced, {{"unit", id}, {"line", ask.line}, {"day", ask.on}}) > 0;
  return known;
}

/// Decides row by row against the database; pure over what `known` tells.
class Planner {
 public:
  Planner(store::Tx& tx, const std::vector<UnitRow>& rows, const ImportUnits& ask)
      : tx_(tx), rows_(rows), ask_(ask), known_(known_codes(tx, ask.on)) {
    for (const UnitRow& row : rows) ++times_[row.code];
  }

  ImportPlan plan() {
    const auto cyclic = rows_in_cycles(rows_);
    in_cycle_.insert(cyclic.begin(), cyclic.end());
    plan_.makes_parent =
        ask_.parent_code && !at_day(*ask_.parent_code) && !times_.contains(*ask_.parent_code);
    if (plan_.makes_parent && known_.contains(*ask_.parent_code)) {
      plan_.refused.push_back({base::ProblemKind::invalid,
                               "unit.overlap",
                               "--parent",
                               {*ask_.parent_code, known_[*ask_.parent_code].front().from.text()}});
    }
    for (std::size_t i = 0; i < rows_.size(); ++i) judge(i);
    drop_orphans_of_refused();
    order_parents_first();
    return std::move(plan_);
  }

 private:
  const KnownCode* at_day(const std::string& code) const {
    const auto found = known_.find(code);
    if (found == known_.end()) return nullptr;
    for (const KnownCode& known : found->second) {
      if (known.from <= ask_.on) return &known;
    }
    return nullptr;
  }

  void refuse(std::size_t i, std::string code, std::string column, std::vector<std::string> args) {
    plan_.refused.push_back(
        problem_at(rows_[i], std::move(code), std::move(column), std::move(args)));
    bad_codes_.insert(rows_[i].code);
  }

  void judge(std::size_t i) {
    const UnitRow& row = rows_[i];
    bool fine = true;
    const auto fault = [&](std::string code, std::string column, std::vector<std::string> args) {
      refuse(i, std::move(code), std::move(column), std::move(args));
      fine = false;
    };
    if (times_[row.code] > 1) fault("unit.code_twice", "code", {row.code});
    if (in_cycle_.contains(i)) fault("unit.cycle", "parent_code", {row.code, row.parent_code});
    if (!row.parent_code.empty() && !times_.contains(row.parent_code) && !at_day(row.parent_code)) {
      fault("unit.parent_unknown", "parent_code", {row.parent_code, ask_.on.text()});
    }
    const KnownCode* same = at_day(row.code);
    if (!same && known_.contains(row.code)) {
      fault("unit.overlap", "code", {row.code, known_.at(row.code).front().from.text()});
    }
    if (same && fine) fine = judge_known(i, *same);
    if (fine && !same) plan_.rows.push_back(row), ++plan_.taken;
  }

  /// True when the row is settled here without a fault.
  bool judge_known(std::size_t i, const KnownCode& same) {
    const UnitRow& row = rows_[i];
    const KnownUnit known = known_unit(tx_, same.unit, ask_);
    if (base::same_name_key(known.name) != base::same_name_key(row.name)) {
      if (base::fold(known.name) != base::fold(row.name)) {
        refuse(i, "unit.code_taken", "code", {row.code, known.name, row.name});
        return false;
      }
      plan_.doubts.push_back(
          {row.file_line, problem_at(row, "unit.doubt_spelling", "name", {known.name, row.name})});
    }
    if (!known.has_parent_row) {
      plan_.rows.push_back(row);
      ++plan_.taken;
      return true;
    }
    const std::string wanted =
        row.parent_code.empty() ? ask_.parent_code.value_or("") : row.parent_code;
    if (known.parent_code != wanted) {
      refuse(i, "unit.has_parent", "parent_code", {row.code, known.parent_code, wanted});
      return false;
    }
    ++plan_.unchanged;
    return true;
  }

  /// With a refused parent its children cannot be taken either (matters for partial imports).
  void drop_orphans_of_refused() {
    for (bool changed = true; changed;) {
      changed = false;
      for (auto row = plan_.rows.begin(); row != plan_.rows.end();) {
        if (bad_codes_.contains(row->parent_code) && !row->parent_code.empty()) {
          plan_.refused.push_back(
              problem_at(*row, "unit.parent_refused", "parent_code", {row->parent_code}));
          bad_codes_.insert(row->code);
          row = plan_.rows.erase(row);
          --plan_.taken;
          changed = true;
        } else {
          ++row;
        }
      }
    }
  }

  void order_parents_first() {
    std::unordered_map<std::string, std::size_t> at;
    for (std::size_t i = 0; i < plan_.rows.size(); ++i) at.emplace(plan_.rows[i].code, i);
    std::vector<UnitRow> ordered;
    std::vector<bool> done(plan_.rows.size());
    for (std::size_t i = 0; i < plan_.rows.size(); ++i) {
      std::vector<std::size_t> chain;
      for (std::size_t j = i; !done[j];) {
        chain.push_back(j);
        done[j] = true;
        const auto parent = at.find(plan_.rows[j].parent_code);
        if (parent == at.end()) break;
        j = parent->second;
      }
      for (auto j = chain.rbegin(); j != chain.rend(); ++j) ordered.push_back(plan_.rows[*j]);
    }
    plan_.rows = std::move(ordered);
  }

  store::Tx& tx_;
  const std::vector<UnitRow>& rows_;
  const ImportUnits& ask_;
  std::unordered_map<std::string, std::vector<KnownCode>> known_;
  std::unordered_map<std::string, int> times_;
  std::set<std::size_t> in_cycle_;
  std::unordered_set<std::string> bad_codes_;
  ImportPlan plan_;
};

}  // namespace

base::Result<std::vector<UnitRow>> unit_rows(const office::CsvTable& table) {
  base::Problems problems;
  for (const std::string& column : table.columns) {
    static const std::set<std::string> kColumns{"code", "name", "level", "type", "parent_code"};
    if (!kColumns.contains(column)) {
      problems.push_back({base::ProblemKind::invalid,
                          "csv.unknown_column",
                          "line 1",
                          {column, "code, name, level, type, parent_code"}});
    }
  }
  for (const char* needed : {"code", "name"}) {
    if (table.column(needed) == std::string::npos) {
      problems.push_back({base::ProblemKind::invalid, "csv.missing_column", "line 1", {needed}});
    }
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  const auto text = [&](std::size_t row, const char* column) {
    const std::size_t at = table.column(column);
    return at == std::string::npos ? std::string() : base::tidy(table.rows[row][at]);
  };
  std::vector<UnitRow> rows;
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    UnitRow row{table.lines[i],  text(i, "code"),        text(i, "name"),
                text(i, "type"), text(i, "parent_code"), {}};
    if (row.code.empty()) problems.push_back(problem_at(row, "unit.code_missing", "code", {}));
    if (row.name.empty())
      problems.push_back(problem_at(row, "unit.name_missing", "name", {row.code}));
    if (base::length(row.name) > 200 || base::length(row.code) > 40) {
      problems.push_back(problem_at(row, "unit.too_long", "name", {row.code}));
    }
    if (const std::string level = text(i, "level"); !level.empty()) {
      if (level.size() == 1 && level[0] >= '1' && level[0] <= '9') {
        row.level = level[0] - '0';
      } else {
        problems.push_back(problem_at(row, "unit.level_form", "level", {level}));
      }
    }
    rows.push_back(std::move(row));
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  return rows;
}

std::vector<std::size_t> rows_in_cycles(const std::vector<UnitRow>& rows) {
  std::unordered_map<std::string, std::size_t> at;
  for (std::size_t i = 0; i < rows.size(); ++i) at.emplace(rows[i].code, i);
  std::vector<std::size_t> cyclic;
  std::vector<int> mark(rows.size(), 0);  // 0 unseen, else the walk that saw it
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const int walk = static_cast<int>(i) + 1;
    std::size_t j = i;
    while (mark[j] == 0) {
      mark[j] = walk;
      const auto parent = rows[j].parent_code.empty() ? at.end() : at.find(rows[j].parent_code);
      if (parent == at.end()) break;
      j = parent->second;
      if (mark[j] == walk) {  // closed a ring: every row on it
        for (std::size_t k = j;;) {
          cyclic.push_back(k);
          k = at.at(rows[k].parent_code);
          if (k == j) break;
        }
        break;
      }
    }
  }
  std::sort(cyclic.begin(), cyclic.end());
  return cyclic;
}

std::vector<Doubt> doubts_of(const std::vector<UnitRow>& rows) {
  std::vector<Doubt> doubts;
  std::unordered_map<std::string, const UnitRow*> by_code;
  std::unordered_set<std::string> parents;
  std::int64_t deepest = 0;
  for (const UnitRow& row : rows) {
    by_code.emplace(row.code, &row);
    parents.insert(row.parent_code);
    deepest = std::max(deepest, row.level.value_or(0));
  }
  std::map<std::pair<std::string, std::string>, const UnitRow*> siblings;
  const auto doubt = [&](const UnitRow& row, std::string code, std::string column,
                         std::vector<std::string> args) {
    doubts.push_back(
        {row.file_line, problem_at(row, std::move(code), std::move(column), std::move(args))});
  };
  for (const UnitRow& row : rows) {
    const auto [at, is_first] =
        siblings.emplace(std::pair(row.parent_code, base::fold(row.name)), &row);
    if (!is_first)
      doubt(row, "unit.doubt_same_name", "name", {row.name, at->second->code, row.code});
    if (!row.kind.empty() && !base::fold(row.name).starts_with(base::fold(row.kind)) &&
        base::fold(row.kind) != "thanh pho trung uong") {
      doubt(row, "unit.doubt_type", "type", {row.name, row.kind});
    }
    if (row.level && *row.level < deepest && !parents.contains(row.code)) {
      doubt(row, "unit.doubt_empty", "code", {row.code, row.name});
    }
    const auto parent = by_code.find(row.parent_code);
    if (row.level && parent != by_code.end() && parent->second->level &&
        *row.level != *parent->second->level + 1) {
      doubt(row, "unit.doubt_level", "level",
            {row.code, std::to_string(*row.level), std::to_string(*parent->second->level)});
    }
  }
  return doubts;
}

ImportPlan plan_units(store::Tx& tx, const std::vector<UnitRow>& rows, const ImportUnits& ask) {
  ImportPlan plan = Planner(tx, rows, ask).plan();
  std::vector<Doubt> doubts = doubts_of(rows);
  plan.doubts.insert(plan.doubts.end(), doubts.begin(), doubts.end());
  std::stable_sort(plan.doubts.begin(), plan.doubts.end(),
                   [](const Doubt& a, const Doubt& b) { return a.file_line < b.file_line; });
  return plan;
}

base::Result<ImportPlan> import_units(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                                      const std::vector<UnitRow>& rows, const ImportUnits& ask) {
  ImportPlan plan = plan_units(tx, rows, ask);
  if (!plan.refused.empty() && !ask.partial) return base::refuse(plan.refused);
  if (!unit_store::line_exists(tx, ask.line)) {
    unit_store::add_line(tx, {ask.line, ask.line, ask.line});
  }
  std::unordered_map<std::string, UnitId> ids;
  const auto id_of = [&](const std::string& code) -> std::optional<UnitId> {
    if (const auto at = ids.find(code); at != ids.end()) return at->second;
    return unit_store::find_by_code(tx, code, ask.on);
  };
  if (plan.makes_parent) {
    const UnitId top =
        unit_store::add(tx, {*ask.parent_code, *ask.parent_code, "", {}, ask.on}, now);
    unit_store::add_parent(tx, top, ask.line, std::nullopt, ask.on);
    ids.emplace(*ask.parent_code, top);
  }
  for (const UnitRow& row : plan.rows) {
    std::optional<UnitId> unit = id_of(row.code);
    if (!unit) unit = unit_store::add(tx, {row.code, row.name, row.kind, row.level, ask.on}, now);
    ids.emplace(row.code, *unit);
    const std::string above =
        row.parent_code.empty() ? ask.parent_code.value_or("") : row.parent_code;
    std::optional<UnitId> parent;
    if (!above.empty() && above != row.code) parent = id_of(above);
    unit_store::add_parent(tx, *unit, ask.line, parent, ask.on);
  }
  if (plan.taken > 0) {
    journal::record(tx, actor, now,
                    {"units.imported", "line:" + ask.line, 0,
                     "{\"on\":\"" + ask.on.text() + "\",\"taken\":" + std::to_string(plan.taken) +
                         ",\"unchanged\":" + std::to_string(plan.unchanged) + "}"});
  }
  return plan;
}

}  // namespace org
