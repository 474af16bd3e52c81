#pragma once

#include <memory>
#include <string>
#include <vector>

#include "store/db.h"

namespace store::testing {

/// The databases that tests run on: "sqlite", and "postgres" when THONGSUOT_TEST_POSTGRES holds the
/// DSN of one that may be scribbled in. Says so, once and loudly, when it does not.
std::vector<std::string> databases();

/// An empty database of that kind, gone when the pointer is.
std::unique_ptr<Db> empty(const std::string& which);

/// The same with every migration applied.
std::unique_ptr<Db> fresh(const std::string& which);

/// Another program's hand on the same database, which must be of PostgreSQL and of `empty` or
/// `fresh`.
std::unique_ptr<Db> beside(const Db& db);

}  // namespace store::testing
