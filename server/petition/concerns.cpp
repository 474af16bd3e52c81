#include "petition/concerns.h"

namespace petition {

std::vector<org::Concern> concerns_of(store::Tx& tx, const std::vector<org::UnitId>& units,
                                      std::optional<base::Instant> since) {
  static constexpr store::Sql kOpen{
      "petition.open_by_unit",
      "select o.unit_id, count(*) from (select r.unit_id, r.petition_id from petition_raiser r "
      "join petition p on p.id = r.petition_id where p.state in ('open', 'returned') union select "
      "t.holder_id, t.petition_id from petition_part t where t.state in ('held', 'asked')) o group "
      "by o.unit_id"};
  static constexpr store::Sql kOpenOf{
      "petition.open_of_unit",
      "select count(*) from (select r.petition_id from petition_raiser r join petition p on p.id = "
      "r.petition_id where p.state in ('open', 'returned') and r.unit_id = :unit union select "
      "t.petition_id from petition_part t where t.state in ('held', 'asked') and t.holder_id = "
      ":unit) o"};
  static constexpr store::Sql kSince{
      "petition.raised_since",
      "select unit_id, count(*) from petition where made_at >= :since group by unit_id"};
  static constexpr store::Sql kSinceOf{
      "petition.raised_since_of",
      "select count(*) from petition where made_at >= :since and unit_id = :unit"};
  if (since)
    return org::count_concerns(tx, "petitions", kSince, kSinceOf, units, {{"since", *since}});
  return org::count_concerns(tx, "petitions", kOpen, kOpenOf, units);
}

}  // namespace petition
