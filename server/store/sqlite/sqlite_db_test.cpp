#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "base/hash.h"
#include "store/db.h"
#include "store/sqlite/connection.h"

namespace store {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

constexpr Sql kInsert{"insert", "insert into sample (filling) values (:filling)"};
constexpr Sql kCount{"count", "select count(*) from sample"};

class Sqlite : public ::testing::Test {
 protected:
  ~Sqlite() override {
    db_.reset();
    std::filesystem::remove_all(folder_);
  }

  void open(SqliteOptions options = {}) {
    db_.reset();
    db_ = open_sqlite(folder_, options);
  }
  void make() {
    open();
    db_->write([](Tx& tx) {
      tx.script({"make", "create table sample (n integer primary key, filling text) strict"});
    });
  }
  void insert(std::size_t bytes) {
    db_->write([&](Tx& tx) { tx.run(kInsert, {{"filling", std::string(bytes, 'x')}}); });
  }
  std::int64_t count() {
    return db_->read([](Tx& tx) { return tx.integer(kCount); });
  }
  std::int64_t pragma(std::string_view text) {
    return db_->write([&](Tx& tx) { return tx.integer({"pragma", text}); });
  }

  const std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("t_" + base::random_token(9));
  std::unique_ptr<Db> db_;
};

TEST_F(Sqlite, AStatementIsPreparedOnceWhateverIsBound) {
  std::filesystem::create_directories(folder_);
  sqlite::Connection connection(folder_ / "once.db", sqlite::Role::writer, true);
  connection.execute(
      "create table fact (id integer primary key, kind int, period text, amount int);"
      "create index scan on fact (period, amount) where kind = 0;"
      "with recursive n(i) as (select 1 union all select i + 1 from n where i < 500) "
      "insert into fact (kind, period, amount) select i % 3, '2021-0' || (1 + i % 9), i from n;"
      "analyze",
      "make");
  constexpr Sql kFind{"find", "select id from fact where period = :period and kind = :kind"};
  sqlite3_stmt* const statement = connection.prepared(kFind).statement.get();
  for (int i = 0; i < 30; ++i) {
    const std::string period = "2021-0" + std::to_string(1 + i % 9);
    sqlite3_bind_text(statement, 1, period.c_str(), -1, SQLITE_TRANSIENT);
    sqlite3_bind_int(statement, 2, i % 3);
    ASSERT_EQ(sqlite3_step(statement), SQLITE_ROW);
    sqlite3_reset(statement);
  }
  EXPECT_EQ(sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_REPREPARE, 0), 0);
}

TEST_F(Sqlite, KeepsWhatWasWrittenAndClosesWithoutALog) {
  make();
  insert(10);
  db_.reset();
  EXPECT_FALSE(std::filesystem::exists(folder_ / "thongsuot.db-wal"));
  open();
  EXPECT_EQ(count(), 1);
}

TEST_F(Sqlite, LetsOneProgramHoldAFolder) {
  make();
  EXPECT_THAT([&] { open_sqlite(folder_); }, ThrowsMessage<Unusable>(HasSubstr("in use")));
  db_.reset();
  EXPECT_NO_THROW(open());
}

TEST_F(Sqlite, LetsAGuestReadBesideTheHolderAndWriteNothing) {
  make();
  insert(10);
  const auto guest = open_sqlite(folder_, {.read_only = true});
  insert(10);
  EXPECT_EQ(guest->read([](Tx& tx) { return tx.integer(kCount); }), 2);
  EXPECT_THROW(guest->write([](Tx& tx) { tx.run(kInsert, {{"filling", "x"}}); }), Unusable);
  EXPECT_THROW(guest->backup(folder_ / "copy"), Unusable);
}

TEST_F(Sqlite, LetsAGuestReadWhatNobodyHolds) {
  make();
  insert(10);
  db_.reset();
  open({.read_only = true});
  EXPECT_EQ(count(), 1);
}

TEST_F(Sqlite, IsUnusableWhereThereIsNone) {
  EXPECT_THROW(open({.read_only = true}), Unusable);
  EXPECT_FALSE(std::filesystem::exists(folder_));
}

TEST_F(Sqlite, IsSetUpForDurabilityAndForeignKeys) {
  make();
  EXPECT_EQ(pragma("pragma synchronous"), 2);
  EXPECT_EQ(pragma("pragma foreign_keys"), 1);
  EXPECT_EQ(pragma("pragma mmap_size"), 0);
  EXPECT_EQ(pragma("pragma trusted_schema"), 0);
  EXPECT_EQ(db_->read([](Tx& tx) { return tx.integer({"pragma", "pragma wal_autocheckpoint"}); }),
            0);
}

TEST_F(Sqlite, SurvivesAFullDatabase) {
  make();
  insert(10);
  pragma("pragma max_page_count = 20");
  EXPECT_THROW(insert(500'000), DiskFull);
  EXPECT_EQ(count(), 1);
  insert(10);
  EXPECT_EQ(count(), 2) << "a small act still fits";
  pragma("pragma max_page_count = 100000");
  insert(500'000);
  EXPECT_EQ(count(), 3);
  EXPECT_TRUE(db_->faults().empty());
}

TEST_F(Sqlite, FailsOnlyTheActThatFillsTheDatabaseAmongThoseThatShareACommit) {
  make();
  pragma("pragma max_page_count = 200");
  std::atomic<int> written = 0;
  std::atomic<int> full = 0;
  std::atomic<int> other = 0;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 12; ++thread) {
    threads.emplace_back([&, thread] {
      for (int act = 0; act < 20; ++act) {
        try {
          insert(thread == 0 ? 2'000'000 : 10);
          ++written;
        } catch (const DiskFull&) {
          ++full;
        } catch (const std::exception&) {
          ++other;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(full, 20);
  EXPECT_EQ(other, 0);
  EXPECT_EQ(written, 11 * 20);
  EXPECT_EQ(count(), 11 * 20);
}

TEST_F(Sqlite, CommitsNothingOnItsOwnAfterAFullDatabaseWasSwallowed) {
  make();
  pragma("pragma max_page_count = 20");
  const auto act = [&] {
    db_->write([](Tx& tx) {
      try {
        tx.run(kInsert, {{"filling", std::string(500'000, 'x')}});
      } catch (const DiskFull&) {
      }
      tx.run(kInsert, {{"filling", "on its own"}});
    });
  };
  EXPECT_THROW(act(), Failure);
  EXPECT_EQ(count(), 0);
}

TEST_F(Sqlite, SharesACommitBetweenTheActsThatWait) {
  make();
  std::atomic<int> begun = 0;
  std::atomic<bool> is_held = true;
  std::thread holder([&] {
    db_->write([&](Tx&) {
      while (is_held) std::this_thread::yield();
    });
  });
  std::atomic<std::int64_t> most_shared = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      ++begun;
      db_->write([&](Tx& tx) {
        tx.run(kInsert, {{"filling", "x"}});
        std::int64_t committed = 0;
        std::thread([&] { committed = count(); }).join();
        most_shared = std::max<std::int64_t>(most_shared, tx.integer(kCount) - committed);
      });
    });
  }
  while (begun < 8) std::this_thread::yield();
  std::this_thread::sleep_for(std::chrono::milliseconds(100));  // until they stand in the queue
  is_held = false;
  holder.join();
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(count(), 8);
  EXPECT_GT(most_shared, 1) << "an act saw another's rows that were not committed yet";
}

}  // namespace
}  // namespace store
