#include <algorithm>

#include "exchange/packets.h"
#include "org/authority.h"
#include "org/post_store.h"
#include "org/unit_store.h"

namespace exchange {

using base::ProblemKind;
using report::FactStatus;

report::Strategy of_report(Strategy strategy) {
  switch (strategy) {
    case Strategy::create:
      return report::Strategy::create;
    case Strategy::update:
      return report::Strategy::update;
    case Strategy::create_and_update:
      return report::Strategy::create_and_update;
    case Strategy::erase:
      return report::Strategy::erase;
  }
  return report::Strategy::create;
}

base::Result<void> may_import(store::Tx& tx, const auth::Actor& actor, base::Date day,
                              const ImportValues& ask) {
  if (ask.status != FactStatus::accepted) return {};
  if (ask.unit) return org::allows(tx, actor, org::Act::decide, *ask.unit, day);
  if (actor.is_console()) return {};
  return base::refuse(ProblemKind::invalid, "exchange.unit_missing", "?unit");
}

base::Result<void> may_take(store::Tx& tx, const auth::Actor& actor, base::Date day,
                            const ImportValues& ask, org::UnitId unit) {
  if (ask.status != FactStatus::accepted) return org::allows(tx, actor, org::Act::enter, unit, day);
  if (!ask.unit) return {};  // the console: may_import has seen to it
  const base::Date standing = std::max(day, org::unit_store::first_day(tx, unit).value_or(day));
  for (const org::UnitId bearer : org::post_store::unit_or_heirs(tx, unit, day)) {
    const auto above = org::post_store::unit_and_superiors(tx, bearer, standing);
    if (std::find(above.begin(), above.end(), *ask.unit) != above.end()) return {};
  }
  return base::refuse(ProblemKind::forbidden, "exchange.not_below");
}

}  // namespace exchange
