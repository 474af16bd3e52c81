#pragma once

#include "store/postgres/connection.h"

namespace store::postgres {

/// A transaction on a connection; who makes it begins and ends it.
class Transaction final : public Tx {
 public:
  explicit Transaction(Connection& connection) : connection_(connection) {}
  Dialect dialect() const override { return Dialect::postgres; }
  std::int64_t run(const Sql& sql, Params params) override;
  void each(const Sql& sql, Params params, const std::function<void(const Row&)>& take) override;
  void script(const Sql& sql) override;

 private:
  void refuse_misuse(const Sql& sql) const;

  Connection& connection_;
  bool in_each_ = false;
};

}  // namespace store::postgres
