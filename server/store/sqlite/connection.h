#pragma once

#include <sqlite3.h>

#include <filesystem>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "store/db.h"

namespace store::sqlite {

struct CloseConnection {
  void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
};
struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

enum class Role {
  writer,  ///< creates the file; the only one that checkpoints
  reader,  ///< beside a writer of this process
  guest,   ///< beside another process, which may not even run
};

/// One connection, used by one thread at a time, with its prepared statements.
class Connection {
 public:
  Connection(const std::filesystem::path& file, Role role, bool synchronous_full);

  struct Prepared {
    std::string text;
    std::unique_ptr<sqlite3_stmt, Finalize> statement;
    std::vector<std::string> names;  ///< of its parameters, without the colon
  };
  /// A prepared statement, from the cache when it was there; good until the next is asked for.
  const Prepared& prepared(const Sql& sql);

  /// Runs a statement without parameters and rows, prepared once: begin, commit and their like.
  void control(const Sql& sql);

  /// Runs all statements of a text, without parameters and rows.
  void execute(const char* text, std::string_view name);

  bool in_transaction() const { return sqlite3_get_autocommit(db_.get()) == 0; }
  sqlite3* get() const { return db_.get(); }

 private:
  std::unique_ptr<sqlite3_stmt, Finalize> prepare(const Sql& sql);
  void set_up(Role role, bool synchronous_full);

  std::unique_ptr<sqlite3, CloseConnection> db_;
  std::list<Prepared> cached_;  ///< the most recently used first
  std::unordered_map<std::string_view, std::list<Prepared>::iterator> by_text_;
};

/// Throws the failure that an SQLite result code means, with the statement's name.
[[noreturn]] void fail(sqlite3* db, int code, std::string_view name);

}  // namespace store::sqlite
