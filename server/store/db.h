#pragma once

#include <cstdint>
#include <exception>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "store/kept.h"

namespace store {

/// A named statement: the name goes to logs and errors, never the values.
/// Parameters are written :name and bound by name, on both databases.
struct Sql {
  std::string_view name;
  std::string_view text;
};

/// null, a 64-bit integer or a text. There is no floating point on purpose.
class Value {
 public:
  using Held = std::variant<std::monostate, std::int64_t, std::string>;

  Value() = default;
  Value(std::nullopt_t) {}
  template <class T>
    requires std::is_integral_v<T>
  Value(T value) : held_(static_cast<std::int64_t>(value)) {}
  Value(std::string value) : held_(std::move(value)) {}
  Value(std::string_view value) : held_(std::string(value)) {}
  Value(const char* value) : held_(std::string(value)) {}
  Value(base::Date value) : held_(value.text()) {}
  Value(base::Instant value) : held_(value.microseconds) {}
  template <class Tag>
  Value(base::Id<Tag> value) : held_(value.value) {}
  template <class T>
  Value(const std::optional<T>& value) {
    if (value) *this = Value(*value);
  }

  const Held& held() const { return held_; }

 private:
  Held held_;
};

struct Param {
  std::string_view name;  ///< without the colon
  Value value;
};

/// The parameters of one statement; refers to its elements, so pass it on and do not keep it.
class Params {
 public:
  Params() = default;
  Params(std::initializer_list<Param> params) : span_(params.begin(), params.size()) {}
  Params(const std::vector<Param>& params) : span_(params) {}
  auto begin() const { return span_.begin(); }
  auto end() const { return span_.end(); }
  std::size_t size() const { return span_.size(); }

 private:
  std::span<const Param> span_;
};

/// One row of an answer, valid until the next; columns count from 0. Asking a null column for a
/// value, or a text column for an integer, throws: it is a fault of the query.
class Row {
 public:
  virtual ~Row() = default;
  virtual bool is_null(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;
  virtual std::string_view text(int column) const = 0;

  std::optional<std::int64_t> maybe_integer(int column) const {
    return is_null(column) ? std::nullopt : std::optional(integer(column));
  }
  std::optional<std::string> maybe_text(int column) const {
    return is_null(column) ? std::nullopt : std::optional(std::string(text(column)));
  }
  std::string string(int column) const { return std::string(text(column)); }
  base::Date date(int column) const;
  base::Instant instant(int column) const { return base::Instant{integer(column)}; }
  template <class IdType>
  IdType id(int column) const {
    return IdType{integer(column)};
  }
};

enum class Dialect { sqlite, postgres };

/// A transaction in progress. Used by one thread.
class Tx {
 public:
  virtual ~Tx() = default;
  virtual Dialect dialect() const = 0;

  /// What is kept beside the database; null inside a write, whose sight may be rolled back.
  virtual Kept* kept() = 0;
  /// Has `work` done just before the commit, once for each mark and in the order of the marks: rows
  /// that many acts raise are held for a moment only, and never crosswise. Not done when the act
  /// refuses.
  void at_the_end(std::string mark, std::function<void(Tx&)> work) {
    ends_.try_emplace(std::move(mark), std::move(work));
  }

  /// Runs a statement; gives the number of rows it changed.
  virtual std::int64_t run(const Sql& sql, Params params = {}) = 0;

  /// Calls `take` for each row of the answer, in order. `take` may not use this Tx.
  virtual void each(const Sql& sql, Params params, const std::function<void(const Row&)>& take) = 0;

  /// All rows, each made into a value by `make(row)`.
  template <class Make>
  auto all(const Sql& sql, Params params, Make make) {
    std::vector<std::decay_t<std::invoke_result_t<Make, const Row&>>> made;
    each(sql, params, [&](const Row& row) { made.push_back(make(row)); });
    return made;
  }

  /// The first row made into a value, or none.
  template <class Make>
  auto one(const Sql& sql, Params params, Make make) {
    std::optional<std::decay_t<std::invoke_result_t<Make, const Row&>>> made;
    each(sql, params, [&](const Row& row) {
      if (!made) made.emplace(make(row));
    });
    return made;
  }

  /// Runs a text of several statements without parameters, as it stands. For migrations only.
  virtual void script(const Sql& sql) = 0;

  /// The integer in the only column of the only row (a count, `returning id`); throws when there is
  /// none.
  std::int64_t integer(const Sql& sql, Params params = {});

 private:
  friend class Db;
  void end() {
    for (const auto& [mark, work] : ends_) work(*this);
    ends_.clear();
  }

  std::map<std::string, std::function<void(Tx&)>> ends_;
};

/// The database said no in a way only we can mend (disk full, gone, corrupt, constraint).
struct Failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};
/// A unique, foreign-key or check constraint refused the statement.
struct ConstraintFailure : Failure {
  using Failure::Failure;
};
/// No room on the disk: nothing was written.
struct DiskFull : Failure {
  using Failure::Failure;
};
/// The database cannot be reached, or was lost before the commit: nothing was written. Trying again
/// later may work.
struct Unreachable : Failure {
  using Failure::Failure;
};
/// The data folder cannot be used by this program, with the reason in words (newer schema, edited
/// migration, in use).
struct Unusable : Failure {
  using Failure::Failure;
};

/// A database. Any thread may call it, with one transaction at a time: a read or write inside
/// another of the same database throws std::logic_error.
class Db {
 public:
  virtual ~Db() = default;
  virtual Dialect dialect() const = 0;

  /// One write transaction: commits, durably, when `work` returns a value; rolls back when it
  /// refuses (a Result without a value) or throws. May run `work` again after a busy or
  /// serialization failure, so `work` touches nothing but the transaction. Returns after the commit
  /// has returned.
  template <class Work>
  std::invoke_result_t<Work, Tx&> write(Work&& work) {
    using Answer = std::invoke_result_t<Work, Tx&>;
    if constexpr (std::is_void_v<Answer>) {
      write_erased([&](Tx& tx) {
        work(tx);
        tx.end();
        return true;
      });
    } else {
      std::optional<Answer> answer;
      write_erased([&](Tx& tx) {
        answer.emplace(work(tx));
        if constexpr (requires { answer->has_value(); }) {
          if (!answer->has_value()) return false;
        }
        tx.end();
        return true;
      });
      return *std::move(answer);
    }
  }

  /// One read transaction on a consistent snapshot; must not write.
  template <class Work>
  std::invoke_result_t<Work, Tx&> read(Work&& work) {
    using Answer = std::invoke_result_t<Work, Tx&>;
    if constexpr (std::is_void_v<Answer>) {
      read_erased([&](Tx& tx) { work(tx); });
    } else {
      std::optional<Answer> answer;
      read_erased([&](Tx& tx) { answer.emplace(work(tx)); });
      return *std::move(answer);
    }
  }

  /// A consistent copy while in use: a file for SQLite; throws Unusable for PostgreSQL (use
  /// pg_dump).
  virtual void backup(const std::filesystem::path& target) = 0;

  /// After much was written at once: lets the database learn how its tables look, so that the next
  /// questions are planned for them. PostgreSQL would learn it within minutes by itself.
  virtual void gather_statistics() {}

  /// Integrity and foreign keys, in words; empty when sound.
  virtual std::vector<std::string> faults() = 0;

 protected:
  virtual void write_erased(const std::function<bool(Tx&)>& work) = 0;
  virtual void read_erased(const std::function<void(Tx&)>& work) = 0;
};

struct SqliteOptions {
  bool synchronous_full = true;  ///< off only for tests that show what is lost without it
  int readers = 4;
  int group_limit = 64;    ///< at most this many acts share one commit
  bool read_only = false;  ///< for reports beside a running server: no writer, no lock
};

/// Opens or creates DIR/thongsuot.db: WAL, synchronous=FULL, one writer thread that owns every
/// write and checkpoint, group commit by savepoints, a read pool. Throws Unusable when another
/// process holds it.
std::unique_ptr<Db> open_sqlite(const std::filesystem::path& data_folder,
                                SqliteOptions options = {});

/// Opens "postgres://…" through libpq with a pool of `connections`; retries serialization failures.
/// Throws Unusable when the build has no libpq or the server cannot be reached.
std::unique_ptr<Db> open_postgres(const std::string& dsn, int connections = 8);

}  // namespace store
