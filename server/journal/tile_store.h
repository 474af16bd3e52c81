#pragma once

#include "journal/tree.h"
#include "store/db.h"

/// Roots of complete subtrees of 256 and of 65,536 leaves, kept so that a root or a path reads some
/// hundred hashes of a journal of any length.
namespace journal::tile_store {

constexpr int kLevels[] = {8, 16};

/// After leaf `size` was added: keeps the subtrees that it completed.
void keep(store::Tx& tx, std::int64_t size);

/// The root of any complete subtree of the journal. Tiles that were never kept are reckoned from
/// their leaves.
Digest subtree(store::Tx& tx, int level, std::int64_t position);

/// Every tile that is kept: told level, position, digest.
void each(store::Tx& tx, const std::function<void(int, std::int64_t, const Digest&)>& tell);

}  // namespace journal::tile_store
