#include "org/boundary_store.h"

namespace org::boundary_store {

std::vector<Boundary> around(store::Tx& tx, UnitId unit, base::Date day, std::string_view line) {
  static constexpr store::Sql kAround{
      "unit_boundary.around",
      "select n.unit_id, c.code, n.name, b.geometry, b.source from unit_boundary b "
      "join unit_name n on n.unit_id = b.unit_id and n.valid_from <= :day and :day < n.valid_to "
      "join unit_code c on c.unit_id = b.unit_id and c.valid_from <= :day and :day < c.valid_to "
      "where b.valid_from <= :day and :day < b.valid_to and (b.unit_id = :unit or b.unit_id in "
      "(select unit_id from unit_parent where parent_id = :unit and line = :line and valid_from <= "
      ":day and :day < valid_to)) order by c.code"};
  return tx.all(kAround, {{"unit", unit}, {"day", day}, {"line", line}}, [](const store::Row& row) {
    return Boundary{
        {row.id<UnitId>(0), row.string(1), row.string(2)}, row.string(3), row.string(4)};
  });
}

void put(store::Tx& tx, UnitId unit, base::Date from, const std::string& geometry,
         const std::string& source) {
  static constexpr store::Sql kDrop{
      "unit_boundary.drop",
      "delete from unit_boundary where unit_id = :unit and valid_from = :from"};
  static constexpr store::Sql kClose{
      "unit_boundary.close",
      "update unit_boundary set valid_to = :from where unit_id = :unit and valid_from < :from and "
      "valid_to > :from"};
  static constexpr store::Sql kAdd{
      "unit_boundary.add",
      "insert into unit_boundary (unit_id, valid_from, valid_to, geometry, source) values (:unit, "
      ":from, coalesce((select min(valid_from) from unit_boundary where unit_id = :unit and "
      "valid_from > :from), '9999-12-31'), :geometry, :source)"};
  tx.run(kDrop, {{"unit", unit}, {"from", from}});
  tx.run(kClose, {{"unit", unit}, {"from", from}});
  tx.run(kAdd, {{"unit", unit}, {"from", from}, {"geometry", geometry}, {"source", source}});
}

}  // namespace org::boundary_store
