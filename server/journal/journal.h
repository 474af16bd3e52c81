#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "auth/actor.h"
#include "base/date.h"
#include "base/result.h"
#include "http/message.h"
#include "journal/checkpoint.h"
#include "store/db.h"

namespace journal {

/// What was done. `detail` is canonical JSON text (an object) without personal values or secrets.
struct Event {
  std::string act;        ///< "report.submitted"
  std::string object;     ///< "report:17"
  std::int64_t unit = 0;  ///< the unit it concerns; 0 for none
  std::string detail = "{}";
};

struct Leaf {
  std::int64_t sequence = 0;  ///< from 1, without gaps
  base::Instant at;
  std::int64_t account = 0;
  std::string actor;
  Event event;
  std::string previous_hash;
  std::string hash;  ///< SHA-256 over 0x00 ‖ the canonical JSON of all the above
};

/// Appends one leaf in the act's own transaction. Returns its sequence.
std::int64_t record(store::Tx& tx, const auth::Actor& actor, base::Instant at, const Event& event);

/// The bytes a leaf's hash is made of, after a zero byte: its canonical JSON.
std::string canonical(const Leaf& leaf);

/// What was noted outside of this machine when the journal had `leaves` leaves.
struct Noted {
  std::int64_t leaves = 0;
  std::string head;            ///< the last leaf's hash; empty when not noted
  std::optional<Digest> root;  ///< of the tree (a checkpoint)
};

struct Verdict {
  std::int64_t leaves = 0;
  std::int64_t first_bad = 0;  ///< 0 when the chain holds
  std::string why;             ///< "hash", "gap", "order", "tile", "head", "root"
  std::string head;            ///< hash of the last leaf
  Digest root{};               ///< of all leaves
  /// Up to this leaf the journal is as it was noted elsewhere; 0: nothing is proven against
  /// someone who rewrote all of it.
  std::int64_t proven = 0;
};

/// Recomputes the chain and the tree, and holds both against what was noted.
Verdict verify(store::Tx& tx, const std::vector<Noted>& noted = {});

/// Every leaf in order. `take` may not use this Tx.
void each(store::Tx& tx, const std::function<void(const Leaf&)>& take);

/// The tree of all leaves so far.
Checkpoint checkpoint(store::Tx& tx, const SigningKey& key, base::Instant at);

/// The newest leaf of `act` about `object`, if there is one.
std::optional<Leaf> newest(store::Tx& tx, const std::string& object, const std::string& act);

/// What proves, without this machine, that the leaf stands in the journal: the leaf itself, its
/// audit path and a signed checkpoint (c2sp.org/tlog-proof@v1, the leaf's canonical JSON as
/// `extra`).
std::string receipt(store::Tx& tx, const Leaf& leaf, const SigningKey& key, base::Instant at);

/// Leaves about one object ("report:17"), newest first, at most `most`.
std::vector<Leaf> about(store::Tx& tx, const std::string& object, int most = 100);

/// Runs one act of an HTTP request: one write transaction, once. With an Idempotency-Key header
/// (POST: required, "idempotency.key_missing"; 8..200 printable ASCII, else
/// "idempotency.key_form"), the answer is stored in the same transaction under (account, method,
/// path, key) and replayed byte-equal on retry; the same key with another body is refused:
/// "idempotency.key_reused" (invalid). Refusals are not stored: nothing happened.
base::Result<http::Response> act(
    store::Db& db, const auth::Actor& actor, const http::Request& request, base::Instant now,
    const std::function<base::Result<http::Response>(store::Tx&)>& work);

}  // namespace journal
