#include "journal/tile_store.h"

#include <stdexcept>

namespace journal::tile_store {
namespace {

Digest stored(const store::Row& row, int column) {
  const auto digest = base::digest_of_hex(row.string(column));
  if (!digest) throw std::runtime_error("the journal holds a hash that is none");
  return *digest;
}

constexpr store::Sql kLeaves{"journal.leaf_hashes", R"(
  select hash from journal_leaf where sequence > :first and sequence <= :last order by sequence)"};
constexpr store::Sql kTiles{"journal.tiles", R"(
  select position, hash from journal_tile
  where level = :level and position >= :first and position < :end order by position)"};

/// The `count` neighbours from `first` on, all at one kept level (0: the leaves themselves).
std::vector<Digest> row_of(store::Tx& tx, int level, std::int64_t first, std::int64_t count) {
  std::vector<Digest> row;
  row.reserve(static_cast<std::size_t>(count));
  if (level == 0) {
    tx.each(kLeaves, {{"first", first}, {"last", first + count}},
            [&](const store::Row& leaf) { row.push_back(stored(leaf, 0)); });
    if (std::ssize(row) != count) throw std::logic_error("a subtree that is not complete");
    return row;
  }
  const auto fill = [&](std::int64_t until) {
    while (first + std::ssize(row) < until) {
      const int below = level == kLevels[0] ? 0 : kLevels[0];
      const std::int64_t wide = std::int64_t{1} << (level - below);
      Frontier missing;
      for (const Digest& one : row_of(tx, below, (first + std::ssize(row)) * wide, wide)) {
        missing.add(one);
      }
      row.push_back(missing.root());
    }
  };
  std::vector<std::pair<std::int64_t, Digest>> kept;
  tx.each(kTiles, {{"level", level}, {"first", first}, {"end", first + count}},
          [&](const store::Row& tile) { kept.emplace_back(tile.integer(0), stored(tile, 1)); });
  for (const auto& [position, digest] : kept) {
    fill(position);
    row.push_back(digest);
  }
  fill(first + count);
  return row;
}

constexpr store::Sql kKeep{"journal.keep_tile", R"(
  insert into journal_tile (level, position, hash) values (:level, :position, :hash))"};
constexpr store::Sql kEach{"journal.all_tiles", R"(
  select level, position, hash from journal_tile order by level, position)"};

}  // namespace

void keep(store::Tx& tx, std::int64_t size) {
  for (const int level : kLevels) {
    const std::int64_t wide = std::int64_t{1} << level;
    if (size % wide != 0) return;
    const std::int64_t position = size / wide - 1;
    Frontier whole;
    const int below = level == kLevels[0] ? 0 : kLevels[0];
    for (const Digest& one :
         row_of(tx, below, position << (level - below), std::int64_t{1} << (level - below))) {
      whole.add(one);
    }
    tx.run(kKeep, {{"level", level}, {"position", position}, {"hash", base::to_hex(whole.root())}});
  }
}

Digest subtree(store::Tx& tx, int level, std::int64_t position) {
  int kept = 0;
  for (const int one : kLevels) {
    if (one <= level) kept = one;
  }
  Frontier whole;
  const std::int64_t wide = std::int64_t{1} << (level - kept);
  for (const Digest& one : row_of(tx, kept, position * wide, wide)) whole.add(one);
  return whole.root();
}

void each(store::Tx& tx, const std::function<void(int, std::int64_t, const Digest&)>& tell) {
  tx.each(kEach, {}, [&](const store::Row& row) {
    tell(static_cast<int>(row.integer(0)), row.integer(1), stored(row, 2));
  });
}

}  // namespace journal::tile_store
