#include "report/burden.h"

#include "journal/journal.h"
#include "org/authority.h"
#include "report/burden_store.h"
#include "report/fact_store.h"

namespace report {
namespace {

/// How one line stands at one unit before it is asked.
enum class Standing { fresh, pending, known };

Standing standing_of(const std::optional<Fact>& fact) {
  if (!fact) return Standing::fresh;
  return fact->state == FactState::blank ? Standing::pending : Standing::known;
}

}  // namespace

base::Result<Burden> burden_of(store::Tx& tx, const auth::Actor& actor, Now now,
                               const NewRequest& asked) {
  ASSIGN_OR_RETURN(const CheckedRequest checked, check_request(tx, actor, now, asked));
  Burden burden;
  burden.sections = static_cast<int>(asked.outline.size());
  const int year = checked.period.year();
  const auto spent = minutes_in_year(tx, asked.units, year);
  for (std::size_t u = 0; u < asked.units.size(); ++u) {
    UnitBurden unit{asked.units[u]};
    for (const AskedCell& cell : checked.cells) {
      switch (
          standing_of(fact_store::find(tx, unit.unit, cell.indicator.id, cell.period, cell.kind))) {
        case Standing::fresh:
          ++unit.fresh;
          break;
        case Standing::pending:
          ++unit.pending;
          break;
        case Standing::known:
          ++unit.known;
          break;
      }
    }
    unit.minutes = minutes_of(unit.fresh, burden.sections);
    unit.year_minutes = spent[u];
    unit.budget = budget(tx, unit.unit, year);
    burden.units.push_back(unit);
  }
  for (const AskedCell& cell : checked.cells) {
    for (Overlap& overlap : burden_store::overlaps(tx, cell, asked.units)) {
      burden.overlaps.push_back(std::move(overlap));
    }
  }
  return burden;
}

std::vector<std::int64_t> minutes_in_year(store::Tx& tx, const std::vector<org::UnitId>& units,
                                          int year) {
  std::vector<std::int64_t> minutes;
  for (const org::UnitId unit : units) minutes.push_back(burden_store::minutes(tx, unit, year));
  return minutes;
}

std::vector<YearLine> year_of(store::Tx& tx, org::UnitId unit, int year) {
  return burden_store::lines(tx, unit, year);
}

std::optional<std::int64_t> budget(store::Tx& tx, org::UnitId unit, int year) {
  return burden_store::budget(tx, unit, year);
}

base::Result<void> set_budget(store::Tx& tx, const auth::Actor& actor, Now now, org::UnitId unit,
                              int year, std::int64_t minutes) {
  RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::appoint, unit, now.day));
  burden_store::set_budget(tx, unit, year, minutes, actor.account(), now.at);
  journal::record(
      tx, actor, now.at,
      {"burden.budget_set", "unit:" + std::to_string(unit.value), unit.value,
       "{\"year\":" + std::to_string(year) + ",\"minutes\":" + std::to_string(minutes) + "}"});
  return {};
}

}  // namespace report
