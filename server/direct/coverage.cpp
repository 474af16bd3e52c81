#include "direct/coverage.h"

#include <map>
#include <unordered_map>

#include "direct/programme_store.h"
#include "org/unit_store.h"

namespace direct {

char coverage_letter(std::int64_t adopted, std::int64_t declined, std::int64_t targets) {
  if (adopted + declined == 0) return 's';
  if (adopted == targets) return 'a';
  return adopted + declined < targets ? 'p' : 'd';
}

CoverageMatrix coverage_matrix(store::Tx& tx, const Programme& programme, base::Date day) {
  const std::vector<org::UnitId> units = programme_store::addressees(tx, programme.id);
  CoverageMatrix made;
  made.units = org::unit_store::refs(tx, units, day);
  std::unordered_map<org::UnitId, std::size_t> column;
  for (std::size_t u = 0; u < units.size(); ++u) column.emplace(units[u], u);

  std::map<std::string, std::size_t> row_of_code;
  for (const Objective& objective : programme_store::objectives(tx, programme.id)) {
    row_of_code.emplace(objective.code, made.rows.size());
    made.rows.push_back({objective.code, objective.title, 0, {}});
  }
  std::unordered_map<TargetId, std::size_t> row_of_target;
  for (const Target& target : programme_store::targets(tx, programme.id, programme.unit)) {
    auto row = row_of_code.find(target.objective);
    if (row == row_of_code.end()) {
      row = row_of_code.emplace(target.objective, made.rows.size()).first;
      made.rows.push_back({});
    }
    row_of_target.emplace(target.id, row->second);
    ++made.rows[row->second].targets;
  }
  if (made.rows.empty()) made.rows.push_back({});

  struct Answers {
    std::int32_t adopted = 0, declined = 0;
  };
  std::vector<Answers> cells(made.rows.size() * units.size());
  programme_store::each_answer(tx, programme.id, [&](const programme_store::Answer& answer) {
    const auto row = row_of_target.find(answer.target);
    const auto unit = column.find(answer.unit);
    if (row == row_of_target.end() || unit == column.end()) return;
    Answers& cell = cells[row->second * units.size() + unit->second];
    ++(answer.state == AdoptionState::declined ? cell.declined : cell.adopted);
  });
  // An objective without targets is answered by the answer to the programme.
  std::vector<AdoptionState> whole(units.size(), AdoptionState::silent);
  for (const auto& [unit, adoption] : programme_store::adoptions(tx, programme.id)) {
    if (const auto at = column.find(unit); at != column.end()) whole[at->second] = adoption.state;
  }
  for (std::size_t r = 0; r < made.rows.size(); ++r) {
    CoverageMatrix::Row& row = made.rows[r];
    row.states.reserve(units.size());
    for (std::size_t u = 0; u < units.size(); ++u) {
      const Answers& cell = cells[r * units.size() + u];
      char letter = coverage_letter(cell.adopted, cell.declined, row.targets);
      if (row.targets == 0) {
        letter = whole[u] == AdoptionState::adopted    ? 'a'
                 : whole[u] == AdoptionState::declined ? 'd'
                                                       : 's';
      }
      row.states += letter;
      ++(letter == 'a'   ? row.adopted
         : letter == 'd' ? row.declined
         : letter == 'p' ? row.partly
                         : row.silent);
    }
  }
  return made;
}

}  // namespace direct
