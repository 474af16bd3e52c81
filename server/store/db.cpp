#include "store/db.h"

namespace store {

base::Date Row::date(int column) const {
  const auto date = base::Date::parse(text(column));
  if (!date) throw std::logic_error("a column read as a date does not hold one");
  return *date;
}

std::int64_t Tx::integer(const Sql& sql, Params params) {
  const auto only = one(sql, params, [](const Row& row) { return row.integer(0); });
  if (!only)
    throw std::logic_error(std::string(sql.name) + ": no row where one integer was wanted");
  return *only;
}

}  // namespace store
