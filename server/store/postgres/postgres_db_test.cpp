#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <thread>

#include "store/db.h"
#include "store/testing.h"

namespace store {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

constexpr Sql kInsert{"sample.insert", "insert into sample (id, n) values (:id, 0)"};
constexpr Sql kAdd{"sample.add", "update sample set n = n + 1 where id = :id"};
constexpr Sql kSum{"sample.sum", "select cast(coalesce(sum(n), 0) as bigint) from sample"};
constexpr Sql kCount{"sample.count", "select count(*) from sample"};

std::vector<std::string> postgres_only() {
  auto kinds = testing::databases();
  std::erase(kinds, "sqlite");
  return kinds;
}

/// Parameterised only so that it is not there, rather than passed, without a server.
class Postgres : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    db_ = testing::empty(GetParam());
    db_->write([](Tx& tx) {
      tx.script({"make", "create table sample (id bigint primary key, n bigint not null)"});
      tx.run(kInsert, {{"id", 1}});
      tx.run(kInsert, {{"id", 2}});
    });
  }
  std::int64_t integer(const Sql& sql) {
    return db_->read([&](Tx& tx) { return tx.integer(sql); });
  }

  std::unique_ptr<Db> db_;
};

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Postgres);
INSTANTIATE_TEST_SUITE_P(Server, Postgres, ::testing::ValuesIn(postgres_only()),
                         [](const auto& kind) { return kind.param; });

TEST(OpenPostgres, IsUnusableWhereNoServerIs) {
  EXPECT_THROW(open_postgres("postgresql:///none?host=/nonexistent"), Unusable);
}

TEST_P(Postgres, GoesOnWithANewConnectionWhenTheOldOneIsCutOff) {
  std::atomic<int> tries = 0;
  db_->write([&](Tx& tx) {
    tx.run(kAdd, {{"id", 1}});
    if (++tries == 1) {
      tx.run({"cut", "select pg_terminate_backend(pg_backend_pid())"});
    }
  });
  EXPECT_EQ(tries, 2);
  EXPECT_EQ(integer(kSum), 1) << "the first try left nothing";
}

TEST_P(Postgres, SaysThatItIsUnreachableWhenEveryTryWasCutOff) {
  const auto act = [&] {
    db_->write([&](Tx& tx) {
      tx.run(kAdd, {{"id", 1}});
      tx.run({"cut", "select pg_terminate_backend(pg_backend_pid())"});
    });
  };
  EXPECT_THROW(act(), Unreachable);
  EXPECT_EQ(integer(kSum), 0) << "nothing is left, and it goes on";
}

TEST_P(Postgres, TriesAgainAfterADeadlock) {
  std::barrier both_hold_one(2);
  std::atomic<int> tries = 0;
  const auto add_both = [&](int first, int second) {
    bool is_first_try = true;
    db_->write([&](Tx& tx) {
      ++tries;
      tx.run(kAdd, {{"id", first}});
      if (std::exchange(is_first_try, false)) both_hold_one.arrive_and_wait();
      tx.run(kAdd, {{"id", second}});
    });
  };
  std::thread other([&] { add_both(2, 1); });
  add_both(1, 2);
  other.join();
  EXPECT_EQ(tries, 3);
  EXPECT_EQ(integer(kSum), 4);
}

TEST_P(Postgres, SaysThatACommitIsInDoubtAndDoesNotRepeatIt) {
  db_->write([](Tx& tx) {
    tx.script({"make",
               "create function cut() returns trigger language plpgsql as "
               "$$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$;"
               "create constraint trigger cut after insert on sample deferrable initially deferred "
               "for each row execute function cut();"});
  });
  int tries = 0;
  const auto act = [&] {
    db_->write([&](Tx& tx) {
      ++tries;
      tx.run(kInsert, {{"id", 3}});
    });
  };
  EXPECT_THAT(act, ThrowsMessage<Failure>(HasSubstr("in doubt")));
  EXPECT_EQ(tries, 1);
  EXPECT_EQ(integer(kCount), 2);
}

TEST_P(Postgres, CommitsNothingWhenAFailureWasSwallowed) {
  const auto act = [&] {
    db_->write([](Tx& tx) {
      tx.run(kInsert, {{"id", 3}});
      try {
        tx.run(kInsert, {{"id", 1}});
      } catch (const ConstraintFailure&) {
      }
    });
  };
  EXPECT_THROW(act(), Failure);
  EXPECT_EQ(integer(kCount), 2);
}

TEST_P(Postgres, TakesBigFiguresWhereverAParameterStands) {
  constexpr std::int64_t kBig = 5'000'000'000;
  db_->write([&](Tx& tx) {
    tx.run({"select",
            "insert into sample (id, n) select :id, :n from sample where id = 1 and :n <> 0"},
           {{"id", 3}, {"n", kBig}});
  });
  EXPECT_EQ(integer(kSum), kBig);
}

TEST_P(Postgres, LeavesBackupsToItsOwnPrograms) {
  EXPECT_THROW(db_->backup("/nonexistent/copy"), Unusable);
}

}  // namespace
}  // namespace store
