#include "store/sqlite/connection.h"

#include <cerrno>

#include "store/sql_text.h"

namespace store::sqlite {
namespace {

constexpr std::size_t kCachedStatements = 256;

bool is_full(sqlite3* db, int code) {
  if ((code & 0xff) == SQLITE_FULL) return true;
  if ((code & 0xff) != SQLITE_IOERR) return false;
  const int reason = sqlite3_system_errno(db);
  return reason == ENOSPC || reason == EDQUOT;
}

/// Nobody asks how much memory SQLite holds, and counting it takes one lock of all threads at each
/// allocation. Only before the library is first used.
[[maybe_unused]] const int kUncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);

}  // namespace

void fail(sqlite3* db, int code, std::string_view name) {
  const std::string words = std::string(name) + ": " + sqlite3_errmsg(db) + " (SQLite " +
                            std::to_string(sqlite3_extended_errcode(db)) + ")";
  if (is_full(db, code)) throw DiskFull(words);
  if ((code & 0xff) == SQLITE_CONSTRAINT) throw ConstraintFailure(words);
  throw Failure(words);
}

Connection::Connection(const std::filesystem::path& file, Role role, bool synchronous_full) {
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  flags |= role == Role::guest ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  if (role == Role::writer) flags |= SQLITE_OPEN_CREATE;
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(file.c_str(), &opened, flags, nullptr);
  db_.reset(opened);
  if (code != SQLITE_OK) {
    throw Unusable("cannot open " + file.string() + ": " + sqlite3_errstr(code));
  }
  set_up(role, synchronous_full);
}

void Connection::set_up(Role role, bool synchronous_full) {
  // The name is for errors. The busy timeout stands first: the other pragmas may meet a lock.
  const auto set = [&](const char* pragma) { execute(pragma, pragma); };
  set("pragma busy_timeout=5000");
  set("pragma trusted_schema=0");
  set("pragma mmap_size=0");  // an I/O error must be an error, not a signal
  set("pragma foreign_keys=on");
  set("pragma temp_store=memory");
  set("pragma cache_size=-65536");
  sqlite3_db_config(db_.get(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(db_.get(), SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  // One plan for a statement whatever is bound. Otherwise each value that a partial index or the
  // statistics look at has the statement prepared anew: that was half of the time of saving a cell.
  sqlite3_db_config(db_.get(), SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
  sqlite3_db_config(db_.get(), SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  if (role == Role::writer) {
    set("pragma journal_mode=wal");
    set(synchronous_full ? "pragma synchronous=full" : "pragma synchronous=normal");
    set("pragma wal_autocheckpoint=1000");
    set("pragma journal_size_limit=67108864");
  } else {
    // Only the writer may checkpoint, not even the last to close.
    sqlite3_db_config(db_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    set("pragma wal_autocheckpoint=0");
    set("pragma query_only=1");
  }
}

std::unique_ptr<sqlite3_stmt, Finalize> Connection::prepare(const Sql& sql) {
  sqlite3_stmt* made = nullptr;
  const char* tail = nullptr;
  const int code = sqlite3_prepare_v3(db_.get(), sql.text.data(), static_cast<int>(sql.text.size()),
                                      SQLITE_PREPARE_PERSISTENT, &made, &tail);
  if (code != SQLITE_OK) fail(db_.get(), code, sql.name);
  std::unique_ptr<sqlite3_stmt, Finalize> statement(made);
  const auto used = static_cast<std::size_t>(tail - sql.text.data());
  if (!statement || !is_blank_sql(sql.text.substr(used))) {
    throw std::logic_error(std::string(sql.name) + ": not exactly one statement");
  }
  for (int i = 1; i <= sqlite3_bind_parameter_count(made); ++i) {
    const char* const name = sqlite3_bind_parameter_name(made, i);
    if (!name || name[0] != ':') {
      throw std::logic_error(std::string(sql.name) + ": a parameter is not written :name");
    }
  }
  return statement;
}

const Connection::Prepared& Connection::prepared(const Sql& sql) {
  if (const auto found = by_text_.find(sql.text); found != by_text_.end()) {
    cached_.splice(cached_.begin(), cached_, found->second);
    return *found->second;
  }
  Prepared made{std::string(sql.text), prepare(sql), {}};
  // Asked once and copied: SQLite looks for a name from the beginning each time, and has new ones
  // when it prepares the statement again.
  for (int i = 1; i <= sqlite3_bind_parameter_count(made.statement.get()); ++i) {
    made.names.emplace_back(sqlite3_bind_parameter_name(made.statement.get(), i) + 1);
  }
  cached_.push_front(std::move(made));
  by_text_.emplace(cached_.front().text, cached_.begin());
  if (cached_.size() > kCachedStatements) {
    by_text_.erase(cached_.back().text);
    cached_.pop_back();
  }
  return cached_.front();
}

void Connection::control(const Sql& sql) {
  sqlite3_stmt* const statement = prepared(sql).statement.get();
  const int code = sqlite3_step(statement);
  if (code != SQLITE_DONE) {
    try {
      fail(db_.get(), code, sql.name);
    } catch (...) {
      sqlite3_reset(statement);
      throw;
    }
  }
  sqlite3_reset(statement);
}

void Connection::execute(const char* text, std::string_view name) {
  const int code = sqlite3_exec(db_.get(), text, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(db_.get(), code, name);
}

}  // namespace store::sqlite
