#include <condition_variable>
#include <mutex>

#include "store/one_at_a_time.h"
#include "store/sqlite/backup.h"
#include "store/sqlite/folder_lock.h"
#include "store/sqlite/transaction.h"
#include "store/sqlite/writer.h"

namespace store {
namespace sqlite {
namespace {

constexpr Sql kBegin{"begin", "begin"};
constexpr Sql kEnd{"commit", "commit"};
constexpr Sql kIntegrity{"faults.integrity", "pragma integrity_check"};
constexpr Sql kForeignKeys{"faults.foreign_keys", "pragma foreign_key_check"};

/// Connections lent to one reader each.
class ReadPool {
 public:
  void add(Connection connection) {
    free_.push_back(std::make_unique<Connection>(std::move(connection)));
  }

  std::unique_ptr<Connection> lend() {
    std::unique_lock lock(mutex_);
    returned_.wait(lock, [&] { return !free_.empty(); });
    auto lent = std::move(free_.back());
    free_.pop_back();
    return lent;
  }

  void take_back(std::unique_ptr<Connection> connection) {
    {
      const std::scoped_lock lock(mutex_);
      free_.push_back(std::move(connection));
    }
    returned_.notify_one();
  }

 private:
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Connection>> free_;
};

/// A read transaction on a lent connection.
class Reading {
 public:
  explicit Reading(ReadPool& pool) : pool_(pool), connection_(pool.lend()) {
    try {
      connection_->control(kBegin);
    } catch (...) {
      pool_.take_back(std::move(connection_));
      throw;
    }
  }
  ~Reading() {
    try {
      connection_->control(kEnd);
    } catch (...) {  // nothing was written, so nothing is lost
      sqlite3_exec(connection_->get(), "rollback", nullptr, nullptr, nullptr);
    }
    pool_.take_back(std::move(connection_));
  }
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;
  Connection& connection() { return *connection_; }

 private:
  ReadPool& pool_;
  std::unique_ptr<Connection> connection_;
};

class SqliteDb final : public Db {
 public:
  SqliteDb(const std::filesystem::path& folder, const SqliteOptions& options) {
    const auto file = folder / "thongsuot.db";
    if (!options.read_only) {
      lock_.emplace(folder);
      writer_.emplace(Connection(file, Role::writer, options.synchronous_full), options.group_limit,
                      this);
    }
    for (int i = 0; i < std::max(1, options.readers); ++i) {
      readers_.add(Connection(file, options.read_only ? Role::guest : Role::reader,
                              options.synchronous_full));
    }
  }

  Dialect dialect() const override { return Dialect::sqlite; }

  void backup(const std::filesystem::path& target) override {
    const OneAtATime busy(this);
    const std::scoped_lock one_backup(backup_);
    back_up(writer(), target);
  }

  std::vector<std::string> faults() override {
    return read([](Tx& tx) {
      std::vector<std::string> faults;
      tx.each(kIntegrity, {}, [&](const Row& row) {
        if (row.text(0) != "ok") faults.push_back(row.string(0));
      });
      tx.each(kForeignKeys, {}, [&](const Row& row) {
        faults.push_back("table " + row.string(0) + ", row " +
                         std::to_string(row.maybe_integer(1).value_or(0)) +
                         ": refers to a row of " + row.string(2) + " that is not there");
      });
      return faults;
    });
  }

 protected:
  void write_erased(const std::function<bool(Tx&)>& work) override {
    const OneAtATime busy(this);
    writer().write(work);
  }

  void read_erased(const std::function<void(Tx&)>& work) override {
    const OneAtATime busy(this);
    Reading reading(readers_);
    Transaction transaction(reading.connection(), &kept_);
    work(transaction);
  }

 private:
  Writer& writer() {
    if (!writer_) throw Unusable("the database was opened for reading only");
    return *writer_;
  }

  // In this order: readers close first, the writer checkpoints, the folder is free last.
  std::optional<FolderLock> lock_;
  std::optional<Writer> writer_;
  ReadPool readers_;
  Kept kept_;
  std::mutex backup_;
};

}  // namespace
}  // namespace sqlite

std::unique_ptr<Db> open_sqlite(const std::filesystem::path& data_folder, SqliteOptions options) {
  if (!options.read_only && !std::filesystem::exists(data_folder)) {
    std::filesystem::create_directories(data_folder);
    std::filesystem::permissions(data_folder, std::filesystem::perms::owner_all);
  }
  try {
    return std::make_unique<sqlite::SqliteDb>(data_folder, options);
  } catch (const Unusable&) {
    throw;
  } catch (const Failure& failure) {
    throw Unusable("cannot open the database in " + data_folder.string() + ": " + failure.what());
  }
}

}  // namespace store
