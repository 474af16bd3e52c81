#include "mobilise/concerns.h"

namespace mobilise {

std::vector<org::Concern> concerns_of(store::Tx& tx, const std::vector<org::UnitId>& units,
                                      std::optional<base::Instant> since) {
  static constexpr store::Sql kAll{
      "contribution.by_unit_since",
      "select unit_id, count(*) from contribution where at >= :since group by unit_id"};
  static constexpr store::Sql kOne{
      "contribution.of_unit_since",
      "select count(*) from contribution where at >= :since and unit_id = :unit"};
  return org::count_concerns(tx, "contributions", kAll, kOne, units,
                             {{"since", since.value_or(base::Instant{})}});
}

}  // namespace mobilise
