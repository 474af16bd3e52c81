#pragma once

#include "store/postgres/connection.h"

namespace store::postgres {

/// A transaction on a connection; who makes it begins and ends it.
class Transaction final : public Tx {
 public:
  explicit Transaction(Connection& connection, Kept* kept = nullptr)
      : connection_(connection), kept_(kept) {}
  Dialect dialect() const override { return Dialect::postgres; }
  Kept* kept() override { return kept_; }
  std::int64_t run(const Sql& sql, Params params) override;
  void each(const Sql& sql, Params params, const std::function<void(const Row&)>& take) override;
  void script(const Sql& sql) override;

 private:
  void refuse_misuse(const Sql& sql) const;

  Connection& connection_;
  Kept* kept_;
  bool in_each_ = false;
};

}  // namespace store::postgres
