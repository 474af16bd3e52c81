#include "journal/tile_store.h"

#include <gtest/gtest.h>

#include "auth/testing.h"
#include "journal/journal.h"
#include "store/testing.h"

namespace journal {
namespace {

class TileStoreTest : public ::testing::TestWithParam<std::string> {
 protected:
  void record_some(int count) {
    db->write([&](store::Tx& tx) {
      for (int i = 0; i < count; ++i) {
        record(tx, lan, base::Instant{i}, {"report.saved", "report:" + std::to_string(i), 7, "{}"});
      }
    });
  }
  /// A leaf at a time, without tiles.
  Digest slow_root(std::int64_t size) {
    Frontier grown;
    db->read([&](store::Tx& tx) {
      each(tx, [&](const Leaf& leaf) {
        if (leaf.sequence <= size) grown.add(*base::digest_of_hex(leaf.hash));
      });
    });
    return grown.root();
  }
  Digest quick_root(std::int64_t size) {
    return db->read([&](store::Tx& tx) {
      return root(size, [&](int level, std::int64_t position) {
        return tile_store::subtree(tx, level, position);
      });
    });
  }
  std::int64_t tiles() {
    return db->read([](store::Tx& tx) {
      return tx.integer(store::Sql{"test.tiles", "select count(*) from journal_tile"});
    });
  }
  void run(const std::string& sql) {
    db->write([&](store::Tx& tx) { tx.run(store::Sql{"test.run", sql}); });
  }

  std::unique_ptr<store::Db> db = store::testing::fresh(GetParam());
  auth::Actor lan = auth::testing::actor_named(*db, "lan");
};

TEST_P(TileStoreTest, EveryTwoHundredFiftySixLeavesATileIsKept) {
  record_some(255);
  EXPECT_EQ(tiles(), 0);
  record_some(1);
  EXPECT_EQ(tiles(), 1);
  record_some(600);
  EXPECT_EQ(tiles(), 3);
}

TEST_P(TileStoreTest, RootsByTilesAreRootsByLeaves) {
  record_some(1100);
  for (const int size : {1, 2, 255, 256, 257, 512, 700, 1024, 1100}) {
    EXPECT_EQ(quick_root(size), slow_root(size)) << size;
  }
}

TEST_P(TileStoreTest, AJournalOlderThanItsTilesIsReckonedFromLeaves) {
  record_some(1100);
  const Digest before = quick_root(1100);
  run("delete from journal_tile where position = 1");
  EXPECT_EQ(quick_root(1100), before);
  run("delete from journal_tile");
  EXPECT_EQ(quick_root(1100), before);
  record_some(400);  // goes on keeping
  EXPECT_EQ(tiles(), 1);
  EXPECT_EQ(quick_root(1500), slow_root(1500));
}

TEST_P(TileStoreTest, SixtyFiveThousandLeavesHaveATileOfTheirOwn) {
  Frontier whole;  // 256 tiles of 256 leaves, of which the last is still to be kept
  record_some(256);
  const Digest one = quick_root(256);
  for (int i = 0; i < 256; ++i) whole.add(one);
  for (int i = 1; i < 256; ++i) {
    run("insert into journal_tile (level, position, hash) select 8, " + std::to_string(i) +
        ", hash from journal_tile where level = 8 and position = 0");
  }
  run("delete from journal_tile where position = 255");
  run("update journal_leaf set sequence = sequence + 65280");
  db->write([](store::Tx& tx) { tile_store::keep(tx, 65536); });
  EXPECT_EQ(tiles(), 257);
  EXPECT_EQ(quick_root(65536), whole.root());
  run("delete from journal_tile where level = 16");
  EXPECT_EQ(quick_root(65536), whole.root());
}

TEST_P(TileStoreTest, AChangedTileIsFound) {
  record_some(600);
  const auto check = [&] { return db->read([](store::Tx& tx) { return verify(tx); }); };
  EXPECT_EQ(check().first_bad, 0);
  run("update journal_tile set hash = (select hash from journal_leaf where sequence = 1) "
      "where position = 1");
  EXPECT_EQ(check().first_bad, 512);
  EXPECT_EQ(check().why, "tile");
}

TEST_P(TileStoreTest, AReceiptLeadsFromTheLeafToTheSignedRoot) {
  record_some(300);
  const SigningKey key = SigningKey::of_seed({7});
  const auto [leaf, text] = db->read([&](store::Tx& tx) {
    const Leaf found = newest(tx, "report:17", "report.saved").value();
    return std::pair(found, receipt(tx, found, key, base::Instant{1}));
  });
  EXPECT_EQ(leaf.sequence, 18);
  EXPECT_TRUE(text.starts_with("c2sp.org/tlog-proof@v1\nextra ")) << text;
  EXPECT_NE(text.find("\nindex 17\n"), std::string::npos);
  const auto note = read_note(text.substr(text.find("\n\n") + 2), key.verifier());
  ASSERT_TRUE(note);
  EXPECT_EQ(note->size, 300);
  EXPECT_EQ(note->root, slow_root(300));
}

TEST_P(TileStoreTest, WhatACheckpointHoldsIsProvenAndARebuiltJournalIsNot) {
  record_some(300);
  const SigningKey key = SigningKey::of_seed({7});
  const Checkpoint then =
      db->read([&](store::Tx& tx) { return checkpoint(tx, key, base::Instant{1}); });
  record_some(40);
  const Noted noted{then.size, "", then.root};
  const auto check = [&](const std::vector<Noted>& all) {
    return db->read([&](store::Tx& tx) { return verify(tx, all); });
  };
  EXPECT_EQ(check({}).proven, 0);
  EXPECT_EQ(check({noted}).proven, 300);
  EXPECT_EQ(check({noted}).first_bad, 0);
  run("delete from journal_leaf");
  run("delete from journal_tile");
  run("update journal_head set sequence = 0, hash = ''");
  record_some(1);  // another history of the same length, sound in itself
  record_some(339);
  EXPECT_EQ(check({}).first_bad, 0);
  EXPECT_EQ(check({noted}).first_bad, 300);
  EXPECT_EQ(check({noted}).why, "root");
  EXPECT_EQ(check({noted}).proven, 0);
}

INSTANTIATE_TEST_SUITE_P(Databases, TileStoreTest,
                         ::testing::ValuesIn(store::testing::databases()));

}  // namespace
}  // namespace journal
