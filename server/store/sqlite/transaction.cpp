#include "store/sqlite/transaction.h"

#include "store/params.h"

namespace store::sqlite {
namespace {

class StatementRow final : public Row {
 public:
  StatementRow(const Sql& sql, sqlite3_stmt* statement)
      : sql_(sql), statement_(statement), columns_(sqlite3_column_count(statement)) {}

  bool is_null(int column) const override { return type(column) == SQLITE_NULL; }

  std::int64_t integer(int column) const override {
    if (type(column) != SQLITE_INTEGER) complain(column, "is not an integer");
    return sqlite3_column_int64(statement_, column);
  }

  std::string_view text(int column) const override {
    if (type(column) != SQLITE_TEXT) complain(column, "is not a text");
    const auto* const bytes = sqlite3_column_text(statement_, column);
    return {reinterpret_cast<const char*>(bytes),
            static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }

 private:
  int type(int column) const {
    if (column < 0 || column >= columns_) complain(column, "does not exist");
    return sqlite3_column_type(statement_, column);
  }

  [[noreturn]] void complain(int column, const char* what) const {
    throw std::logic_error(std::string(sql_.name) + ": column " + std::to_string(column) + " " +
                           what);
  }

  const Sql& sql_;
  sqlite3_stmt* statement_;
  int columns_;
};

/// A bound statement, free for its next use when this ends.
class Bound {
 public:
  Bound(Connection& connection, const Sql& sql, Params params) : db_(connection.get()), sql_(sql) {
    const Connection::Prepared& prepared = connection.prepared(sql);
    statement_ = prepared.statement.get();
    for (std::size_t i = 0; i < prepared.names.size(); ++i) {
      bind(static_cast<int>(i) + 1, value_for(sql, prepared.names[i], params, i).held());
    }
    refuse_extra(sql, prepared.names.size(), params);
  }
  ~Bound() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
  }
  Bound(const Bound&) = delete;
  Bound& operator=(const Bound&) = delete;

  /// True when there is a row.
  bool step() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) fail(db_, code, sql_.name);
    return false;
  }

  sqlite3_stmt* get() const { return statement_; }

 private:
  void bind(int index, const Value::Held& value) {
    int code = SQLITE_OK;
    if (const auto* const number = std::get_if<std::int64_t>(&value)) {
      code = sqlite3_bind_int64(statement_, index, *number);
    } else if (const auto* const text = std::get_if<std::string>(&value)) {
      // Not copied: the parameters outlive the call that runs the statement.
      code =
          sqlite3_bind_text64(statement_, index, text->data(), text->size(), nullptr, SQLITE_UTF8);
    } else {
      code = sqlite3_bind_null(statement_, index);
    }
    if (code != SQLITE_OK) fail(db_, code, sql_.name);
  }

  sqlite3* db_;
  const Sql& sql_;
  sqlite3_stmt* statement_ = nullptr;
};

}  // namespace

void Transaction::refuse_misuse(const Sql& sql) const {
  if (in_each_) {
    throw std::logic_error(std::string(sql.name) + ": run while the rows of another are taken");
  }
  // A full disk ends the whole transaction; what follows would commit on its own.
  if (!connection_.in_transaction()) {
    throw Failure(std::string(sql.name) + ": an earlier failure has ended the transaction");
  }
}

std::int64_t Transaction::run(const Sql& sql, Params params) {
  refuse_misuse(sql);
  Bound bound(connection_, sql, params);
  const auto before = sqlite3_total_changes64(connection_.get());
  while (bound.step()) {
  }
  const bool has_changed = sqlite3_total_changes64(connection_.get()) != before;
  return has_changed ? sqlite3_changes64(connection_.get()) : 0;
}

void Transaction::each(const Sql& sql, Params params, const std::function<void(const Row&)>& take) {
  refuse_misuse(sql);
  Bound bound(connection_, sql, params);
  const StatementRow row(sql, bound.get());
  struct Inside {
    bool& flag;
    explicit Inside(bool& in_each) : flag(in_each) { flag = true; }
    ~Inside() { flag = false; }
  } inside(in_each_);
  while (bound.step()) take(row);
}

void Transaction::script(const Sql& sql) {
  refuse_misuse(sql);
  connection_.execute(std::string(sql.text).c_str(), sql.name);
}

}  // namespace store::sqlite
