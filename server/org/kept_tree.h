#pragma once

#include "org/unit_store.h"

/// The tree is kept in memory from one question to the next, and read again when it has changed
/// (`tree_number`). Never behind: the number is read in the transaction of the question.
namespace org::kept_tree {

/// To be called by every write of a unit's names or superiors; once in a transaction is enough.
void changed(store::Tx& tx);

/// The same as unit_store::subtree.
std::vector<unit_store::Node> subtree(store::Tx& tx, UnitId root, base::Date day,
                                      std::string_view line);

}  // namespace org::kept_tree
