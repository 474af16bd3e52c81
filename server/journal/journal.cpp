#include "journal/journal.h"

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <stdexcept>

#include "base/base64.h"
#include "base/hash.h"
#include "journal/tile_store.h"

namespace journal {
namespace {

namespace json = boost::json;

/// JSON with its keys sorted and nothing between its parts: the same thing is always the same
/// bytes.
void append_canonical(std::string& out, const json::value& value) {
  if (const json::object* object = value.if_object()) {
    std::vector<std::string_view> keys;
    for (const auto& pair : *object) keys.emplace_back(pair.key().data(), pair.key().size());
    std::sort(keys.begin(), keys.end());
    out += '{';
    for (const std::string_view key : keys) {
      if (out.back() != '{') out += ',';
      out += json::serialize(json::string(key.data(), key.size()));
      out += ':';
      append_canonical(out, object->at({key.data(), key.size()}));
    }
    out += '}';
  } else if (const json::array* array = value.if_array()) {
    out += '[';
    for (const json::value& element : *array) {
      if (out.back() != '[') out += ',';
      append_canonical(out, element);
    }
    out += ']';
  } else {
    out += json::serialize(value);
  }
}

std::string canonical_detail(const std::string& text) {
  json::error_code error;
  const json::value value = json::parse(text, error);
  if (error || !value.is_object()) {
    throw std::logic_error("an event's detail is not a JSON object: " + text);
  }
  std::string out;
  append_canonical(out, value);
  return out;
}

/// RFC 6962: the zero byte tells a leaf from a node.
std::string hash_of(const Leaf& leaf) {
  return base::sha256_hex(std::string(1, '\0') + canonical(leaf));
}

Leaf leaf_of(const store::Row& row) {
  Leaf leaf;
  leaf.sequence = row.integer(0);
  leaf.at = row.instant(1);
  leaf.account = row.integer(2);
  leaf.actor = row.string(3);
  leaf.event = {row.string(4), row.string(5), row.integer(6), row.string(7)};
  leaf.previous_hash = row.string(8);
  leaf.hash = row.string(9);
  return leaf;
}

struct Head {
  std::int64_t sequence;
  std::string hash;
};

Head head_of(const store::Row& row) { return {row.integer(0), row.string(1)}; }

Subtree tree_of(store::Tx& tx) {
  return
      [&tx](int level, std::int64_t position) { return tile_store::subtree(tx, level, position); };
}

}  // namespace

std::string canonical(const Leaf& leaf) {
  const json::object whole = {
      {"account", leaf.account},
      {"act", leaf.event.act},
      {"actor", leaf.actor},
      {"at", leaf.at.microseconds},
      {"detail", leaf.event.detail},
      {"object", leaf.event.object},
      {"previous_hash", leaf.previous_hash},
      {"sequence", leaf.sequence},
      {"unit", leaf.event.unit},
  };
  std::string bytes;
  append_canonical(bytes, whole);
  return bytes;
}

// One row for all: whoever updates it waits for the one before, so the chain has no forks.
constexpr store::Sql kTakeNumber{"journal.take_number", R"(
  update journal_head set sequence = sequence + 1 where id = 1 returning sequence, hash)"};
constexpr store::Sql kAddLeaf{"journal.add_leaf", R"(
  insert into journal_leaf
    (sequence, at, account_id, actor, act, object, unit_id, detail, previous_hash, hash)
  values
    (:sequence, :at, :account, :actor, :act, :object, :unit, :detail, :previous_hash, :hash))"};
constexpr store::Sql kSetHead{"journal.set_head", R"(
  update journal_head set hash = :hash where id = 1)"};

std::int64_t record(store::Tx& tx, const auth::Actor& actor, base::Instant at, const Event& event) {
  const auto head = tx.one(kTakeNumber, {}, head_of);
  if (!head) throw std::logic_error("the journal has no head row");
  Leaf leaf;
  leaf.sequence = head->sequence;
  leaf.at = at;
  leaf.account = actor.account().value;
  leaf.actor = actor.name();
  leaf.event = event;
  leaf.event.detail = canonical_detail(event.detail);
  leaf.previous_hash = head->hash;
  leaf.hash = hash_of(leaf);
  tx.run(kAddLeaf, {{"sequence", leaf.sequence},
                    {"at", leaf.at},
                    {"account", leaf.account},
                    {"actor", leaf.actor},
                    {"act", leaf.event.act},
                    {"object", leaf.event.object},
                    {"unit", leaf.event.unit},
                    {"detail", leaf.event.detail},
                    {"previous_hash", leaf.previous_hash},
                    {"hash", leaf.hash}});
  tx.run(kSetHead, {{"hash", leaf.hash}});
  tile_store::keep(tx, leaf.sequence);
  return leaf.sequence;
}

constexpr store::Sql kAllLeaves{"journal.all_leaves", R"(
  select sequence, at, account_id, actor, act, object, unit_id, detail, previous_hash, hash
  from journal_leaf order by sequence)"};
constexpr store::Sql kHead{"journal.head", R"(
  select sequence, hash from journal_head where id = 1)"};

Verdict verify(store::Tx& tx, const std::vector<Noted>& noted) {
  Verdict verdict;
  const auto fault = [&](std::int64_t sequence, const char* why) {
    if (verdict.first_bad != 0) return;
    verdict.first_bad = sequence;
    verdict.why = why;
  };
  std::map<std::pair<int, std::int64_t>, Digest> tiles;
  tile_store::each(tx, [&](int level, std::int64_t position, const Digest& digest) {
    tiles[{level, position}] = digest;
  });
  Frontier tree;
  const auto look_at_tile = [&](int level, std::int64_t position, const Digest& digest) {
    const auto kept = tiles.find({level, position});
    if (kept == tiles.end()) return;
    if (kept->second != digest) fault(tree.size(), "tile");
    tiles.erase(kept);
  };
  std::string previous;
  tx.each(kAllLeaves, {}, [&](const store::Row& row) {
    const Leaf leaf = leaf_of(row);
    const std::int64_t due = ++verdict.leaves;
    const std::string reckoned = hash_of(leaf);
    if (leaf.sequence != due) fault(due, "gap");
    if (leaf.previous_hash != previous) fault(due, "order");
    if (leaf.hash != reckoned) fault(due, "hash");
    tree.add(*base::digest_of_hex(reckoned), look_at_tile);
    for (const Noted& one : noted) {
      if (one.leaves != due) continue;
      if (!one.head.empty() && one.head != leaf.hash) fault(due, "head");
      if (one.root && *one.root != tree.root()) fault(due, "root");
      if (verdict.first_bad == 0) verdict.proven = due;
    }
    previous = leaf.hash;
  });
  verdict.head = previous;
  verdict.root = tree.root();
  if (!tiles.empty()) fault(verdict.leaves + 1, "tile");  // of leaves that are not there
  for (const Noted& one : noted) {
    if (one.leaves > verdict.leaves) fault(verdict.leaves + 1, "head");
  }
  const auto head = tx.one(kHead, {}, head_of);
  if (!head || head->sequence > verdict.leaves) {
    fault(verdict.leaves + 1, "head");
  } else if (head->sequence < verdict.leaves) {
    fault(head->sequence + 1, "head");
  } else if (head->hash != previous) {
    fault(std::max<std::int64_t>(verdict.leaves, 1), "head");
  }
  return verdict;
}

void each(store::Tx& tx, const std::function<void(const Leaf&)>& take) {
  tx.each(kAllLeaves, {}, [&](const store::Row& row) { take(leaf_of(row)); });
}

Checkpoint checkpoint(store::Tx& tx, const SigningKey& key, base::Instant at) {
  const auto head = tx.one(kHead, {}, head_of);
  const std::int64_t size = head ? head->sequence : 0;
  return {key.name(), size, root(size, tree_of(tx)), at};
}

constexpr store::Sql kNewest{"journal.newest", R"(
  select sequence, at, account_id, actor, act, object, unit_id, detail, previous_hash, hash
  from journal_leaf where object = :object and act = :act order by sequence desc limit 1)"};

std::optional<Leaf> newest(store::Tx& tx, const std::string& object, const std::string& act) {
  return tx.one(kNewest, {{"object", object}, {"act", act}}, leaf_of);
}

std::string receipt(store::Tx& tx, const Leaf& leaf, const SigningKey& key, base::Instant at) {
  const Checkpoint now = checkpoint(tx, key, at);
  std::string text = "c2sp.org/tlog-proof@v1\nextra " + base::to_base64(canonical(leaf)) +
                     "\nindex " + std::to_string(leaf.sequence - 1) + "\n";
  for (const Digest& one : audit_path(leaf.sequence - 1, now.size, tree_of(tx))) {
    text += base::to_base64({reinterpret_cast<const char*>(one.data()), one.size()}) + "\n";
  }
  return text + "\n" + signed_note(now, key);
}

constexpr store::Sql kAbout{"journal.about", R"(
  select sequence, at, account_id, actor, act, object, unit_id, detail, previous_hash, hash
  from journal_leaf where object = :object order by sequence desc limit :most)"};

std::vector<Leaf> about(store::Tx& tx, const std::string& object, int most) {
  return tx.all(kAbout, {{"object", object}, {"most", most}}, leaf_of);
}

}  // namespace journal
