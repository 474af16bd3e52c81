#include "report/workbook_store.h"

#include "base/hash.h"

namespace report::workbook_store {
namespace {

constexpr const char* kPurpose = "report-workbook";

}  // namespace

std::optional<PlaceKey> find_key(store::Tx& tx) {
  static constexpr store::Sql kFind{"place_key.find",
                                    "select name, secret from place_key where purpose = :purpose"};
  return tx.one(kFind, {{"purpose", kPurpose}},
                [](const store::Row& row) { return PlaceKey{row.string(0), row.string(1)}; });
}

PlaceKey make_key(store::Tx& tx) {
  static constexpr store::Sql kMake{
      "place_key.make",
      "insert into place_key (purpose, name, secret) values (:purpose, :name, :secret) "
      "on conflict (purpose) do nothing"};
  tx.run(
      kMake,
      {{"purpose", kPurpose}, {"name", base::random_token(6)}, {"secret", base::random_token(32)}});
  return find_key(tx).value();
}

}  // namespace report::workbook_store
