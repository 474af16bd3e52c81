#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "store/db.h"

namespace app {

/// Every row of one table, told without regard to their order.
struct TableDigest {
  std::string table;
  std::int64_t rows = 0;
  std::string sum;  ///< of the SHA-256 of each row's values, modulo 2^256, in hex
  friend bool operator==(const TableDigest&, const TableDigest&) = default;
};

/// One digest for each table, by name: two databases that give the same hold the same.
std::vector<TableDigest> digests_of(store::Tx& tx);

/// Each table by name with how many rows it has.
std::vector<std::pair<std::string, std::int64_t>> rows_of_tables(store::Tx& tx);

/// Is there anything in it but what the migrations put there? Every act leaves a line in the
/// journal.
bool holds_acts(store::Tx& tx);

/// Puts every row of `from` into `to`, a migrated PostgreSQL database without acts, ids and all,
/// and sets its counters on. Foreign keys are taken off meanwhile and put back, which checks them.
/// Throws store::Unusable when the two do not have the same tables and columns. `step(done, all)`
/// is told rows; it may be empty.
void move_tables(store::Tx& from, store::Tx& to,
                 const std::function<void(std::size_t, std::size_t)>& step = {});

}  // namespace app
