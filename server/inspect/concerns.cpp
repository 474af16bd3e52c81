#include "inspect/concerns.h"

namespace inspect {

std::vector<org::Concern> concerns_of(store::Tx& tx, const std::vector<org::UnitId>& units,
                                      std::optional<base::Instant> since) {
  static constexpr store::Sql kOpen{
      "inspection.open_by_unit",
      "select o.unit_id, count(*) from (select i.unit_id, i.id from inspection i where i.state not "
      "in ('closed', 'cancelled') union select u.unit_id, i.id from inspection_unit u join "
      "inspection i on i.id = u.inspection_id where i.state not in ('closed', 'cancelled')) o "
      "group by o.unit_id"};
  static constexpr store::Sql kOpenOf{
      "inspection.open_of_unit",
      "select count(*) from inspection i where i.state not in ('closed', 'cancelled') and "
      "(i.unit_id = :unit or exists (select 1 from inspection_unit u where u.inspection_id = i.id "
      "and u.unit_id = :unit))"};
  static constexpr store::Sql kSince{
      "inspection.planned_since",
      "select unit_id, count(*) from inspection where made_at >= :since group by unit_id"};
  static constexpr store::Sql kSinceOf{
      "inspection.planned_since_of",
      "select count(*) from inspection where made_at >= :since and unit_id = :unit"};
  if (since)
    return org::count_concerns(tx, "inspections", kSince, kSinceOf, units, {{"since", *since}});
  return org::count_concerns(tx, "inspections", kOpen, kOpenOf, units);
}

}  // namespace inspect
