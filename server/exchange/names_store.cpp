#include "exchange/names_store.h"

namespace exchange::names_store {

FieldNames names(store::Tx& tx, std::string_view system) {
  static constexpr store::Sql kNames{
      "exchange_name.of_system",
      "select packet, field, name from exchange_name where system = :system"};
  FieldNames made;
  tx.each(kNames, {{"system", system}},
          [&](const store::Row& row) { made[{row.string(0), row.string(1)}] = row.string(2); });
  return made;
}

void replace(store::Tx& tx, std::string_view system, const FieldNames& names) {
  static constexpr store::Sql kClear{"exchange_name.clear",
                                     "delete from exchange_name where system = :system"};
  static constexpr store::Sql kAdd{
      "exchange_name.add",
      "insert into exchange_name (system, packet, field, name) values (:system, :packet, :field, "
      ":name)"};
  tx.run(kClear, {{"system", system}});
  for (const auto& [field, name] : names) {
    tx.run(kAdd,
           {{"system", system}, {"packet", field.first}, {"field", field.second}, {"name", name}});
  }
}

}  // namespace exchange::names_store
