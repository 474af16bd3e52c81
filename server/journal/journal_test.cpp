#include "journal/journal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "auth/testing.h"
#include "store/testing.h"

namespace journal {
namespace {

using ::testing::ElementsAre;

class JournalTest : public ::testing::TestWithParam<std::string> {
 protected:
  void record_some(int count) {
    for (int i = 1; i <= count; ++i) {
      db->write([&](store::Tx& tx) {
        record(tx, lan, base::Instant{1'000'000 + i},
               {"report.saved", "report:" + std::to_string(i % 3), 7,
                R"({"n":)" + std::to_string(i) + "}"});
      });
    }
  }
  Verdict check(const std::vector<Noted>& noted = {}) {
    return db->read([&](store::Tx& tx) { return verify(tx, noted); });
  }
  void tamper(const std::string& sql) {
    db->write([&](store::Tx& tx) { tx.run(store::Sql{"test.tamper", sql}); });
  }
  static std::string found(const Verdict& verdict) {
    return std::to_string(verdict.first_bad) + " " + verdict.why;
  }

  std::unique_ptr<store::Db> db = store::testing::fresh(GetParam());
  auth::Actor lan = auth::testing::actor_named(*db, "lan");
};

TEST_P(JournalTest, AnEmptyChainHolds) {
  const Verdict verdict = check();
  EXPECT_EQ(verdict.leaves, 0);
  EXPECT_EQ(verdict.first_bad, 0);
}

TEST_P(JournalTest, AChainOfActsHoldsAndEndsInItsHead) {
  record_some(20);
  const Verdict verdict = check();
  EXPECT_EQ(verdict.leaves, 20);
  EXPECT_EQ(verdict.first_bad, 0) << verdict.why;
  EXPECT_EQ(verdict.head.size(), 64U);
  EXPECT_EQ(check({Noted{20, verdict.head, {}}}).first_bad, 0);
}

TEST_P(JournalTest, TheSameThingsHashTheSameWhateverTheOrderOfKeys) {
  db->write([&](store::Tx& tx) {
    record(tx, lan, {}, {"a.b", "x:1", 0, R"({"b": [1, {"z":1,"y":"é"}], "a": null})"});
  });
  db->read([&](store::Tx& tx) {
    EXPECT_EQ(about(tx, "x:1").at(0).event.detail, R"({"a":null,"b":[1,{"y":"é","z":1}]})");
  });
  EXPECT_EQ(check().first_bad, 0);
}

TEST_P(JournalTest, AChangedByteInAnyColumnIsFound) {
  const std::vector<std::string> changes = {"at = at + 1",          "account_id = account_id + 1",
                                            "actor = 'Người khác'", "act = 'report.savec'",
                                            "object = 'report:9'",  "unit_id = 8",
                                            "detail = '{\"n\":10}'"};
  record_some(10);
  for (const std::string& change : changes) {
    const auto before = db->read([](store::Tx& tx) {
      return tx
          .one(store::Sql{"test.leaf",
                          "select at, account_id, actor, act, object, unit_id, detail from "
                          "journal_leaf where sequence = 6"},
               {},
               [](const store::Row& row) {
                 return "at = " + std::to_string(row.integer(0)) +
                        ", account_id = " + std::to_string(row.integer(1)) + ", actor = '" +
                        row.string(2) + "', act = '" + row.string(3) + "', object = '" +
                        row.string(4) + "', unit_id = " + std::to_string(row.integer(5)) +
                        ", detail = '" + row.string(6) + "'";
               })
          .value();
    });
    tamper("update journal_leaf set " + change + " where sequence = 6");
    EXPECT_EQ(found(check()), "6 hash") << change;
    tamper("update journal_leaf set " + before + " where sequence = 6");
    ASSERT_EQ(check().first_bad, 0) << "the test did not put back " << change;
  }
  tamper("update journal_leaf set previous_hash = 'x' || previous_hash where sequence = 6");
  EXPECT_EQ(found(check()), "6 order");
}

TEST_P(JournalTest, AChangedHashIsFound) {
  record_some(5);
  tamper("update journal_leaf set hash = '0' || hash where sequence = 3");
  EXPECT_EQ(found(check()), "3 hash");
}

TEST_P(JournalTest, ADeletedLeafIsFound) {
  record_some(5);
  tamper("delete from journal_leaf where sequence = 3");
  EXPECT_EQ(found(check()), "3 gap");
}

TEST_P(JournalTest, ADeletedLeafIsFoundThoughTheRestIsRenumbered) {
  record_some(5);
  tamper("delete from journal_leaf where sequence = 3");
  tamper("update journal_leaf set sequence = 3 where sequence = 4");
  EXPECT_EQ(found(check()), "3 order");
}

TEST_P(JournalTest, AnInsertedLeafIsFound) {
  record_some(5);
  tamper(R"(insert into journal_leaf
    select 6, at, account_id, actor, act, object, unit_id, detail, hash, hash
    from journal_leaf where sequence = 5)");
  EXPECT_EQ(found(check()), "6 hash");
}

TEST_P(JournalTest, ReorderedLeavesAreFound) {
  record_some(5);
  tamper("update journal_leaf set sequence = 99 where sequence = 2");
  tamper("update journal_leaf set sequence = 2 where sequence = 3");
  tamper("update journal_leaf set sequence = 3 where sequence = 99");
  EXPECT_EQ(found(check()), "2 order");
}

TEST_P(JournalTest, ACutTailIsFoundByTheHeadRow) {
  record_some(5);
  tamper("delete from journal_leaf where sequence > 3");
  EXPECT_EQ(found(check()), "4 head");
}

TEST_P(JournalTest, ACutTailWithARebuiltHeadIsFoundByTheHeadNotedOutside) {
  record_some(5);
  const std::string noted = check().head;
  tamper("delete from journal_leaf where sequence > 3");
  tamper(
      "update journal_head set sequence = 3, hash = (select hash from journal_leaf where sequence "
      "= 3)");
  EXPECT_EQ(check().first_bad, 0);  // nothing inside the database can tell
  EXPECT_EQ(found(check({Noted{5, noted, {}}})), "4 head");
}

TEST_P(JournalTest, ARebuiltChainIsFoundByTheHeadNotedOutside) {
  record_some(2);
  const std::string noted = check().head;
  tamper("delete from journal_leaf");
  tamper("update journal_head set sequence = 0, hash = ''");
  db->write([&](store::Tx& tx) { record(tx, lan, {}, {"a.b", "x:1", 0, "{}"}); });
  db->write([&](store::Tx& tx) { record(tx, lan, {}, {"a.c", "x:1", 0, "{}"}); });
  EXPECT_EQ(check().first_bad, 0);
  EXPECT_EQ(found(check({Noted{2, noted, {}}})), "2 head");
}

TEST_P(JournalTest, ALeafGoesWithItsAct) {
  record_some(1);
  EXPECT_THROW(db->write([&](store::Tx& tx) {
    record(tx, lan, {}, {"report.saved", "report:1", 0, "{}"});
    throw std::runtime_error("the act failed");
  }),
               std::runtime_error);
  const auto refused = db->write([&](store::Tx& tx) -> base::Result<int> {
    record(tx, lan, {}, {"report.saved", "report:1", 0, "{}"});
    return base::refuse(base::ProblemKind::conflict, "report.locked");
  });
  EXPECT_FALSE(refused);
  EXPECT_EQ(check().leaves, 1);
  record_some(1);
  EXPECT_EQ(check().leaves, 2);
  EXPECT_EQ(check().first_bad, 0);
}

TEST_P(JournalTest, AboutGivesAnObjectsLeavesNewestFirst) {
  record_some(9);
  db->read([&](store::Tx& tx) {
    std::vector<std::int64_t> sequences;
    for (const Leaf& leaf : about(tx, "report:1", 2)) sequences.push_back(leaf.sequence);
    EXPECT_THAT(sequences, ElementsAre(7, 4));
    EXPECT_EQ(about(tx, "report:1").at(0).actor, "Nguyễn Thị lan");
    EXPECT_TRUE(about(tx, "report:17").empty());
  });
}

TEST_P(JournalTest, ActsAtTheSameTimeMakeOneChain) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back([this] { record_some(10); });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(check().leaves, 40);
  EXPECT_EQ(check().first_bad, 0) << check().why;
}

INSTANTIATE_TEST_SUITE_P(Databases, JournalTest, ::testing::ValuesIn(store::testing::databases()));

}  // namespace
}  // namespace journal
