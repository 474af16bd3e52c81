#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/db.h"

namespace chaos {

/// Acts whose whole effect follows from the seed, the client and the act's number: what a database
/// must hold after a client's first n acts can be said without it. Each act replaces or removes one
/// row of bulk, adds a line and counts itself, in one transaction.
class Ledger {
 public:
  Ledger(std::uint64_t seed, int clients) : seed_(seed), clients_(clients) {}

  int clients() const { return clients_; }

  /// The tables, in one act.
  static void make(store::Db& db);

  /// Act number `number` (from 1) of `client`; throws what the store throws.
  void act(store::Db& db, int client, std::int64_t number) const;

  /// How many acts of each client the database holds, by its own count; none without tables.
  std::vector<std::int64_t> counted(store::Db& db) const;

  /// What does not agree with each client's first `counts` acts; empty when all does.
  std::string disagreement(store::Db& db, const std::vector<std::int64_t>& counts) const;

 private:
  struct Effect {
    std::int64_t slot;
    std::string filling;  ///< empty: the row goes
  };
  Effect effect(int client, std::int64_t number) const;
  std::string disagreement(store::Tx& tx, int client, std::int64_t count) const;

  std::uint64_t seed_;
  int clients_;
};

}  // namespace chaos
