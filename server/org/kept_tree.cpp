#include "org/kept_tree.h"

#include <tuple>

#include "store/kept.h"

namespace org::kept_tree {
namespace {

using unit_store::Node;
using Nodes = std::vector<Node>;
using Key = std::tuple<std::int64_t, std::string, std::string>;

constexpr std::size_t kMostBytes = 16U * 1024 * 1024;

struct Trees : store::ByNumber<Key, std::int64_t, Nodes> {
  Trees() : ByNumber(kMostBytes) {}
};

}  // namespace

void changed(store::Tx& tx) {
  static constexpr store::Sql kRaise{"tree_number.raise",
                                     "update tree_number set number = number + 1 where id = 1"};
  tx.at_the_end("tree_number", [](store::Tx& end) { end.run(kRaise); });
}

Nodes subtree(store::Tx& tx, UnitId root, base::Date day, std::string_view line) {
  static constexpr store::Sql kNumber{"tree_number.find",
                                      "select number from tree_number where id = 1"};
  if (tx.kept() == nullptr) return unit_store::subtree(tx, root, day, line);
  auto& trees = tx.kept()->of<Trees>();
  const std::int64_t number = tx.integer(kNumber);
  const Key key{root.value, day.text(), std::string(line)};
  if (const auto found = trees.find(key, number)) return *found;
  auto read = std::make_shared<const Nodes>(unit_store::subtree(tx, root, day, line));
  trees.put(key, number, read, sizeof(Nodes) + read->size() * sizeof(Node));
  return *read;
}

}  // namespace org::kept_tree
