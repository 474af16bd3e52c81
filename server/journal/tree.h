#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "base/hash.h"

/// The Merkle tree of RFC 6962 §2.1 over the leaves' hashes. Its root at a size speaks for every
/// leaf up to there, and a leaf's place under a root is proven by about log2(size) hashes.
namespace journal {

using base::Digest;

/// SHA-256(0x01 ‖ left ‖ right).
Digest node(const Digest& left, const Digest& right);

/// Gives the root of the complete subtree whose 2^level leaves begin at position·2^level (from 0).
using Subtree = std::function<Digest(int level, std::int64_t position)>;

/// Of the first `size` leaves; SHA-256 of nothing for none.
Digest root(std::int64_t size, const Subtree& subtree);

/// The audit path of leaf `index` (from 0) in the tree of `size` leaves, from the leaf upwards.
/// Throws std::logic_error unless 0 ≤ index < size.
std::vector<Digest> audit_path(std::int64_t index, std::int64_t size, const Subtree& subtree);

/// The root which that path leads to. None when it has another length than the place asks for.
std::optional<Digest> root_of_path(const Digest& leaf, std::int64_t index, std::int64_t size,
                                   std::span<const Digest> path);

/// The tree as it grows, in about log2(size) hashes.
class Frontier {
 public:
  /// `complete`, when given, is told every subtree that this leaf completes, the leaf itself left
  /// out.
  void add(
      const Digest& leaf,
      const std::function<void(int level, std::int64_t position, const Digest&)>& complete = {});
  Digest root() const;
  std::int64_t size() const { return size_; }

 private:
  std::int64_t size_ = 0;
  std::vector<Digest> peaks_;  ///< of the complete subtrees, the largest first
};

}  // namespace journal
