#include "journal/tree.h"

#include <gtest/gtest.h>

#include <string>

namespace journal {
namespace {

// The eight leaves whose roots the authors of Certificate Transparency published with their code.
const std::vector<std::string> kLeaves = {
    std::string(),
    std::string("\x00", 1),
    "\x10",
    "\x20\x21",
    "\x30\x31",
    "\x40\x41\x42\x43",
    "\x50\x51\x52\x53\x54\x55\x56\x57",
    "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"};
const std::vector<std::string> kRoots = {
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

Digest leaf_hash(const std::string& data) { return base::sha256(std::string(1, '\0') + data); }

Digest numbered(std::int64_t number) { return leaf_hash(std::to_string(number)); }

/// By the definition, a leaf at a time.
Digest subtree_of_numbers(int level, std::int64_t position) {
  if (level == 0) return numbered(position);
  return node(subtree_of_numbers(level - 1, 2 * position),
              subtree_of_numbers(level - 1, 2 * position + 1));
}

TEST(Tree, HasThePublishedRoots) {
  Frontier grown;
  EXPECT_EQ(base::to_hex(grown.root()),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  for (std::size_t i = 0; i < kLeaves.size(); ++i) {
    grown.add(leaf_hash(kLeaves[i]));
    EXPECT_EQ(base::to_hex(grown.root()), kRoots[i]) << i;
  }
}

TEST(Tree, GrownOrAskedForHasTheSameRoot) {
  Frontier grown;
  for (std::int64_t size = 1; size <= 300; ++size) {
    grown.add(numbered(size - 1), [](int level, std::int64_t position, const Digest& digest) {
      EXPECT_EQ(digest, subtree_of_numbers(level, position));
    });
    ASSERT_EQ(grown.root(), root(size, subtree_of_numbers)) << size;
  }
}

TEST(Tree, EveryLeafsPathLeadsToTheRoot) {
  for (const std::int64_t size : {1, 2, 3, 7, 8, 9, 100, 257}) {
    const Digest whole = root(size, subtree_of_numbers);
    for (std::int64_t index = 0; index < size; ++index) {
      const auto path = audit_path(index, size, subtree_of_numbers);
      ASSERT_EQ(root_of_path(numbered(index), index, size, path), whole) << index << "/" << size;
    }
  }
}

TEST(Tree, APathOfAnotherLeafPlaceSizeOrLengthDoesNotLeadThere) {
  const std::int64_t size = 21;
  const Digest whole = root(size, subtree_of_numbers);
  const auto path = audit_path(13, size, subtree_of_numbers);
  EXPECT_NE(root_of_path(numbered(12), 13, size, path), whole);
  EXPECT_NE(root_of_path(numbered(13), 12, size, path), whole);
  EXPECT_NE(root_of_path(numbered(13), 13, size + 20, path), whole);
  EXPECT_EQ(root_of_path(numbered(13), 13, size, std::span(path).first(path.size() - 1)),
            std::nullopt);
  EXPECT_EQ(root_of_path(numbered(13), 21, size, path), std::nullopt);
  for (std::size_t i = 0; i < path.size(); ++i) {
    auto changed = path;
    changed[i][i] ^= 1;
    EXPECT_NE(root_of_path(numbered(13), 13, size, changed), whole);
  }
}

}  // namespace
}  // namespace journal
