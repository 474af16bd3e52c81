#include "org/lent_sight.h"

namespace org::lent_sight {

void lend(store::Tx& tx, auth::AccountId account, UnitId unit, std::string_view because,
          base::Date day) {
  static constexpr store::Sql kLend{
      "lent_sight.add",
      "insert into lent_sight (account_id, unit_id, because, valid_from, valid_to) select "
      ":account, "
      ":unit, :because, :day, :forever where not exists (select 1 from lent_sight where because = "
      ":because and account_id = :account and unit_id = :unit and valid_to = :forever)"};
  tx.run(kLend, {{"account", account},
                 {"unit", unit},
                 {"because", because},
                 {"day", day},
                 {"forever", base::kForever}});
}

// A span that would end before it began is empty: it holds on no day.
#define LENT_ENDS                                                                               \
  "update lent_sight set valid_to = case when valid_from > :day then valid_from else :day end " \
  "where because = :because and valid_to > :day"

void take_back(store::Tx& tx, std::string_view because, base::Date day) {
  static constexpr store::Sql kEnd{"lent_sight.end", LENT_ENDS};
  tx.run(kEnd, {{"because", because}, {"day", day}});
}

void take_back(store::Tx& tx, std::string_view because, auth::AccountId account, base::Date day) {
  static constexpr store::Sql kEnd{"lent_sight.end_of_account",
                                   LENT_ENDS " and account_id = :account"};
  tx.run(kEnd, {{"because", because}, {"day", day}, {"account", account}});
}

std::vector<UnitId> of_account(store::Tx& tx, auth::AccountId account, base::Date day) {
  static constexpr store::Sql kUnits{"lent_sight.of_account",
                                     "select unit_id from lent_sight where account_id = :account "
                                     "and valid_from <= :day and :day < "
                                     "valid_to order by unit_id"};
  return tx.all(kUnits, {{"account", account}, {"day", day}},
                [](const store::Row& row) { return row.id<UnitId>(0); });
}

}  // namespace org::lent_sight
