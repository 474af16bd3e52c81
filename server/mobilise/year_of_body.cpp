#include "mobilise/contribution_store.h"
#include "mobilise/movement_store.h"
#include "mobilise/service.h"

namespace mobilise {
namespace {

constexpr int kMostOnPage = 500;

Tally summed(const std::vector<Counted>& counted) {
  Tally made;
  for (const Counted& one : counted) made.add(one);
  return made;
}

}  // namespace

YearOfBody year_of_body(store::Tx& tx, const auth::Actor& actor, base::Date day, org::UnitId unit,
                        int year) {
  const base::Date from(year, 1, 1), to(year + 1, 1, 1);
  movement_store::Wanted wanted;
  wanted.unit = unit;
  wanted.year = year;
  wanted.limit = kMostOnPage;
  YearOfBody made;
  for (Movement& one : movement_store::visible(tx, org::scope_of(actor, day), wanted)) {
    const MovementId id = one.id;
    made.movements.push_back({std::move(one),
                              summed(contribution_store::of_body(tx, id, unit, from, to, false)),
                              summed(contribution_store::of_body(tx, id, unit, from, to, true))});
  }
  made.models = model_store::of_body(tx, unit, from, to, kMostOnPage);
  made.commendations = commendation_store::of_unit(tx, unit, from, to, kMostOnPage);
  return made;
}

}  // namespace mobilise
