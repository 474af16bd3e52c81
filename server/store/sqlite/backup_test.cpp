#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/hash.h"
#include "store/db.h"

namespace store {
namespace {

constexpr Sql kInsert{"insert", "insert into sample (n, filling) values (:n, :filling)"};
constexpr Sql kCount{"count", "select count(*) from sample"};
constexpr Sql kGaps{"gaps",
                    "select cast(coalesce(max(n) - count(*) + 1, 0) as bigint) from sample"};

class Backup : public ::testing::Test {
 protected:
  Backup() {
    db_ = open_sqlite(folder_ / "live", {.synchronous_full = false});
    db_->write([](Tx& tx) {
      tx.script({"make", "create table sample (n integer primary key, filling text) strict"});
      for (int n = 0; n < 3000; ++n) {
        tx.run(kInsert, {{"n", n}, {"filling", std::string(1000, 'x')}});
      }
    });
  }
  ~Backup() override {
    db_.reset();
    std::filesystem::remove_all(folder_);
  }

  const std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("t_" + base::random_token(9));
  std::unique_ptr<Db> db_;
};

TEST_F(Backup, IsWholeAndSoundWhileOthersWrite) {
  std::filesystem::create_directories(folder_ / "copy");
  std::atomic<bool> is_over = false;
  std::atomic<int> next = 3000;
  std::atomic<int> acknowledged = 3000;
  std::thread writer([&] {
    while (!is_over) {
      const int n = next++;
      db_->write([&](Tx& tx) { tx.run(kInsert, {{"n", n}, {"filling", "new"}}); });
      ++acknowledged;
    }
  });
  while (acknowledged < 3010) std::this_thread::yield();
  const int before = acknowledged;
  db_->backup(folder_ / "copy" / "thongsuot.db");
  const int after = next;
  is_over = true;
  writer.join();

  EXPECT_FALSE(std::filesystem::exists(folder_ / "copy" / "thongsuot.db.part"));
  const auto copy = open_sqlite(folder_ / "copy");
  EXPECT_TRUE(copy->faults().empty());
  const auto copied = copy->read([](Tx& tx) { return tx.integer(kCount); });
  EXPECT_GE(copied, before);
  EXPECT_LE(copied, after);
  EXPECT_EQ(copy->read([](Tx& tx) { return tx.integer(kGaps); }), 0);
}

TEST_F(Backup, ReplacesNothing) {
  const auto target = folder_ / "kept";
  std::ofstream(target) << "kept";
  EXPECT_THROW(db_->backup(target), Unusable);
  EXPECT_EQ(std::filesystem::file_size(target), 4U);
}

TEST_F(Backup, LeavesNothingWhereItCannotWrite) {
  EXPECT_THROW(db_->backup(folder_ / "no such folder" / "copy.db"), Failure);
  EXPECT_EQ(db_->read([](Tx& tx) { return tx.integer(kCount); }), 3000);
}

TEST_F(Backup, TakesTheLeftoversOfOneThatWasCutOff) {
  std::ofstream(folder_ / "copy.db.part") << "half a copy";
  db_->backup(folder_ / "copy.db");
  EXPECT_GT(std::filesystem::file_size(folder_ / "copy.db"), 3'000'000U);
}

}  // namespace
}  // namespace store
