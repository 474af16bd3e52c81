#include "store/db.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <limits>
#include <optional>
#include <thread>

#include "base/result.h"
#include "store/testing.h"

namespace store {
namespace {

using ::testing::HasSubstr;

constexpr Sql kInsert{"sample.insert", "insert into sample (id, label) values (:id, :label)"};
constexpr Sql kCount{"sample.count", "select count(*) from sample"};
constexpr Sql kLabel{"sample.label", "select label from sample where id = :id"};

class EachDatabase : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    db_ = testing::empty(GetParam());
    db_->write([](Tx& tx) {
      const bool is_sqlite = tx.dialect() == Dialect::sqlite;
      tx.script({"make", is_sqlite
                             ? "create table sample (id integer primary key, label text unique, "
                               "amount integer) strict;"
                               "create table part (id integer primary key, sample_id integer "
                               "not null references sample (id)) strict;"
                             : "create table sample (id bigint primary key, label text unique, "
                               "amount bigint);"
                               "create table part (id bigint primary key, sample_id bigint "
                               "not null references sample (id));"});
    });
  }

  std::int64_t count() {
    return db_->read([](Tx& tx) { return tx.integer(kCount); });
  }
  void insert(std::int64_t id, Value label) {
    db_->write([&](Tx& tx) { tx.run(kInsert, {{"id", id}, {"label", label}}); });
  }

  std::unique_ptr<Db> db_;
};

INSTANTIATE_TEST_SUITE_P(Database, EachDatabase, ::testing::ValuesIn(testing::databases()),
                         [](const auto& kind) { return kind.param; });

TEST_P(EachDatabase, GivesBackEveryValueAsItWasGiven) {
  constexpr auto kMin = std::numeric_limits<std::int64_t>::min();
  constexpr auto kMax = std::numeric_limits<std::int64_t>::max();
  const std::string text = "Hòa Bình 🌾 ' \" \\ \n \t %";
  insert(kMin, text);
  insert(kMax, std::nullopt);
  insert(0, "");
  db_->read([&](Tx& tx) {
    const auto rows =
        tx.all({"all", "select id, label, amount from sample order by id"}, {},
               [](const Row& row) { return std::pair(row.integer(0), row.maybe_text(1)); });
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0], std::pair(kMin, std::optional(text)));
    EXPECT_EQ(rows[1], std::pair(std::int64_t{0}, std::optional<std::string>("")));
    EXPECT_EQ(rows[2], std::pair(kMax, std::optional<std::string>()));
  });
}

TEST_P(EachDatabase, BindsParametersByNameInAnyOrderAndAsOftenAsTheyStand) {
  const auto difference = db_->read([](Tx& tx) {
    return tx.integer({"difference", "select cast(:second - :first + :second - :second as bigint)"},
                      {{"first", 10}, {"second", 3}});
  });
  EXPECT_EQ(difference, -7);
}

TEST_P(EachDatabase, LeavesLiteralsAndCommentsOutOfTheParameters) {
  const auto text = db_->read([](Tx& tx) {
    return tx.one({"literal", "select ':no' || :yes -- :neither\n /* :nor */"}, {{"yes", "!"}},
                  [](const Row& row) { return row.string(0); });
  });
  EXPECT_EQ(text, ":no!");
}

TEST_P(EachDatabase, WantsEveryParameterAndNoOther) {
  const auto run = [&](Params params) { db_->write([&](Tx& tx) { tx.run(kInsert, params); }); };
  EXPECT_THAT([&] { run({{"id", 1}}); }, ::testing::ThrowsMessage<std::logic_error>(
                                             HasSubstr("sample.insert: no value for :label")));
  EXPECT_THROW(run({{"id", 1}, {"label", "a"}, {"more", 2}}), std::logic_error);
  EXPECT_THROW(run({{"id", 1}, {"label", "a"}, {"id", 2}}), std::logic_error);
  EXPECT_EQ(count(), 0);
}

TEST_P(EachDatabase, RefusesATextWithANul) {
  EXPECT_THROW(insert(1, std::string("a\0b", 3)), std::invalid_argument);
  EXPECT_EQ(count(), 0);
}

TEST_P(EachDatabase, TakesAnAbsentFilterAsNull) {
  insert(1, "a");
  constexpr Sql kFilter{
      "filter", "select count(*) from sample where (cast(:id as bigint) is null or id = :id)"};
  db_->read([&](Tx& tx) {
    EXPECT_EQ(tx.integer(kFilter, {{"id", std::optional<int>()}}), 1);
    EXPECT_EQ(tx.integer(kFilter, {{"id", 1}}), 1);
    EXPECT_EQ(tx.integer(kFilter, {{"id", 2}}), 0);
  });
}

TEST_P(EachDatabase, TellsHowManyRowsItChanged) {
  insert(1, "a");
  insert(2, "b");
  db_->write([](Tx& tx) {
    EXPECT_EQ(tx.run({"all", "update sample set amount = 5"}), 2);
    EXPECT_EQ(tx.run({"none", "update sample set amount = 5 where id = 9"}), 0);
    EXPECT_EQ(tx.run({"select", "select id from sample"}), 0);
    EXPECT_EQ(tx.integer({"back", "update sample set amount = 7 where id = 2 returning amount"}),
              7);
  });
}

TEST_P(EachDatabase, SumsToABigintWhenCast) {
  insert(1, "a");
  insert(2, "b");
  db_->write([](Tx& tx) { tx.run({"amounts", "update sample set amount = 4611686018427387000"}); });
  db_->read([](Tx& tx) {
    EXPECT_EQ(tx.integer({"sum", "select cast(sum(amount) as bigint) from sample"}),
              9223372036854774000);
  });
}

TEST_P(EachDatabase, RollsBackWhatIsRefused) {
  const auto refused = db_->write([](Tx& tx) -> base::Result<int> {
    tx.run(kInsert, {{"id", 1}, {"label", "a"}});
    return base::refuse(base::ProblemKind::conflict, "sample.refused");
  });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().at(0).code, "sample.refused");
  EXPECT_EQ(count(), 0);
}

TEST_P(EachDatabase, RollsBackWhatThrowsAndThrowsTheSame) {
  const auto act = [&] {
    db_->write([](Tx& tx) {
      tx.run(kInsert, {{"id", 1}, {"label", "a"}});
      throw std::out_of_range("mine");
    });
  };
  EXPECT_THAT(act, ::testing::ThrowsMessage<std::out_of_range>("mine"));
  EXPECT_EQ(count(), 0);
}

TEST_P(EachDatabase, ReportsWhatAConstraintRefuses) {
  insert(1, "a");
  EXPECT_THROW(insert(1, "b"), ConstraintFailure);
  EXPECT_THROW(insert(2, "a"), ConstraintFailure);
  constexpr Sql kOrphan{"part.insert", "insert into part (id, sample_id) values (1, :sample)"};
  EXPECT_THROW(db_->write([&](Tx& tx) { tx.run(kOrphan, {{"sample", 99}}); }), ConstraintFailure);
  db_->write([&](Tx& tx) { tx.run(kOrphan, {{"sample", 1}}); });
  EXPECT_EQ(count(), 1);
}

TEST_P(EachDatabase, TakesNoTextInANumberColumn) {
  insert(1, "a");
  EXPECT_THROW(db_->write([](Tx& tx) {
    tx.run({"wrong", "update sample set amount = :amount"}, {{"amount", "12abc"}});
  }),
               Failure);
}

TEST_P(EachDatabase, RefusesASecondStatementBehindTheFirst) {
  EXPECT_ANY_THROW(db_->write([](Tx& tx) {
    tx.run({"two", "insert into sample (id) values (1); insert into sample (id) values (2)"});
  }));
  EXPECT_EQ(count(), 0);
  db_->write([](Tx& tx) { tx.run({"one", "insert into sample (id) values (1); -- the end"}); });
  EXPECT_EQ(count(), 1);
}

TEST_P(EachDatabase, ThrowsForAColumnOfAnotherKind) {
  insert(1, std::nullopt);
  insert(2, "a");
  db_->read([](Tx& tx) {
    constexpr Sql kRows{"rows", "select id, label from sample order by id"};
    tx.one(kRows, {}, [](const Row& row) {
      EXPECT_THROW(row.text(1), std::logic_error);
      EXPECT_THROW(row.integer(1), std::logic_error);
      EXPECT_THROW(row.is_null(2), std::logic_error);
      EXPECT_THROW(row.is_null(-1), std::logic_error);
      EXPECT_EQ(row.maybe_integer(1), std::nullopt);
      return 0;
    });
    EXPECT_THROW(tx.integer(kLabel, {{"id", 2}}), std::logic_error);
    EXPECT_THROW(tx.integer(kLabel, {{"id", 3}}), std::logic_error) << "no row at all";
  });
}

TEST_P(EachDatabase, LetsNoStatementRunWhileRowsAreTaken) {
  insert(1, "a");
  db_->read([](Tx& tx) {
    EXPECT_THROW(tx.each(kCount, {}, [&](const Row&) { tx.integer(kCount); }), std::logic_error);
    EXPECT_EQ(tx.integer(kCount), 1) << "and goes on afterwards";
  });
}

TEST_P(EachDatabase, LetsNoTransactionRunInsideAnother) {
  EXPECT_THROW(db_->write([&](Tx&) { insert(1, "a"); }), std::logic_error);
  EXPECT_THROW(db_->write([&](Tx&) { return count(); }), std::logic_error);
  EXPECT_THROW(db_->read([&](Tx&) { return count(); }), std::logic_error);
  EXPECT_EQ(count(), 0);
}

TEST_P(EachDatabase, LetsNoReaderWrite) {
  EXPECT_THROW(db_->read([](Tx& tx) { tx.run(kInsert, {{"id", 1}, {"label", "a"}}); }), Failure);
  EXPECT_EQ(count(), 0);
}

TEST_P(EachDatabase, ShowsAReaderOneCommittedMomentOnly) {
  insert(1, "a");
  db_->read([&](Tx& tx) {
    EXPECT_EQ(tx.integer(kCount), 1);
    std::thread([&] {
      db_->write([&](Tx& writing) {
        writing.run(kInsert, {{"id", 2}, {"label", "b"}});
        EXPECT_EQ(writing.integer(kCount), 2);
        EXPECT_EQ(tx.integer(kCount), 1) << "not what is not committed";
      });
    }).join();
    EXPECT_EQ(tx.integer(kCount), 1) << "nor what was committed meanwhile";
  });
  EXPECT_EQ(count(), 2);
}

TEST_P(EachDatabase, CommitsManyThreadsActsAndNoneOfThoseThatFail) {
  constexpr int kThreads = 16;
  constexpr int kActs = 40;
  std::atomic<int> collisions = 0;
  std::atomic<int> refusals = 0;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      for (int act = 0; act < kActs; ++act) {
        const int id = thread * kActs + act;
        if (act % 4 == 1) {  // what it did before the constraint stopped it must not stay
          try {
            db_->write([&](Tx& tx) {
              tx.run(kInsert, {{"id", id}, {"label", "stays not " + std::to_string(id)}});
              tx.run(kInsert, {{"id", id}, {"label", "again"}});
            });
          } catch (const ConstraintFailure&) {
            ++collisions;
          }
        } else if (act % 4 == 2) {
          const auto refused = db_->write([&](Tx& tx) -> std::optional<int> {
            tx.run(kInsert, {{"id", id}, {"label", "stays not " + std::to_string(id)}});
            return std::nullopt;
          });
          if (!refused) ++refusals;
        } else {
          insert(id, "stays " + std::to_string(id));
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(collisions, kThreads * kActs / 4);
  EXPECT_EQ(refusals, kThreads * kActs / 4);
  EXPECT_EQ(count(), kThreads * kActs / 2);
  db_->read([](Tx& tx) {
    EXPECT_EQ(tx.integer({"strays",
                          "select count(*) from sample where label not like 'stays _%' or "
                          "label like 'stays not %'"}),
              0);
  });
}

TEST_P(EachDatabase, ReadsWithMoreThreadsThanConnections) {
  insert(1, "a");
  std::atomic<int> seen = 0;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 24; ++thread) {
    threads.emplace_back([&] {
      for (int i = 0; i < 20; ++i) seen += static_cast<int>(count());
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(seen, 24 * 20);
}

TEST_P(EachDatabase, GoesOnAfterMoreStatementsThanItKeepsPrepared) {
  db_->read([](Tx& tx) {
    for (int i = 0; i < 600; ++i) {
      const std::string text = "select cast(" + std::to_string(i % 300) + " as bigint)";
      EXPECT_EQ(tx.integer({"many", text}), i % 300);
    }
  });
}

TEST_P(EachDatabase, HasNoFaultsWhenSound) {
  insert(1, "a");
  EXPECT_EQ(db_->faults(), std::vector<std::string>());
}

}  // namespace
}  // namespace store
