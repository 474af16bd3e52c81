// A journal of a million acts: what a leaf costs, verifying all of it, a root and a receipt; beside
// reading the same rows alone.
#include "journal/journal.h"
#include "journal/tile_store.h"
#include "world.h"

namespace {

constexpr std::int64_t kLeaves = 1'000'000;
constexpr store::Sql kRows{"bench.rows", R"(
  select sequence, at, account_id, actor, act, object, unit_id, detail, previous_hash, hash
  from journal_leaf order by sequence)"};
constexpr store::Sql kNoTiles{"bench.no_tiles", "delete from journal_tile"};

double write_leaves(store::Db& db) {
  const auth::Actor actor = auth::console_actor("bench");
  return bench::time_of([&] {
    for (std::int64_t done = 0; done < kLeaves; done += 10'000) {
      db.write([&](store::Tx& tx) {
        for (std::int64_t i = done; i < done + 10'000; ++i) {
          journal::record(tx, actor, {1'650'000'000'000'000 + i},
                          {"report.saved", "report:" + std::to_string(i), i % 3321,
                           R"({"cells":3,"revision":2})"});
        }
      });
    }
  });
}

void tell_receipt(store::Db& db, const char* how) {
  const auto key = journal::SigningKey::of_seed({1});
  std::string text;
  const double took = bench::time_of([&] {
    db.read([&](store::Tx& tx) {
      text = journal::receipt(tx, *journal::newest(tx, "report:777776", "report.saved"), key, {1});
    });
  });
  bench::must(text.find("\nindex 777776\n") != std::string::npos, "the receipt's leaf");
  std::printf("receipt, %s: %.1f ms\n", how, took);
}

}  // namespace

int main() {
  const bench::Folder folder;
  const auto db = bench::open(folder);
  const double written = write_leaves(*db);
  std::printf("%lld leaves written: %.1f s, %.1f us each\n", static_cast<long long>(kLeaves),
              written / 1000, written * 1000 / kLeaves);

  std::int64_t bytes = 0;
  const double read = bench::time_of([&] {
    db->read([&](store::Tx& tx) {
      tx.each(kRows, {}, [&](const store::Row& row) {
        bytes += static_cast<std::int64_t>(row.string(7).size() + row.string(9).size());
      });
    });
  });
  bench::must(bytes > 64 * kLeaves, "the rows that were read");
  journal::Verdict verdict;
  const double verified =
      bench::time_of([&] { db->read([&](store::Tx& tx) { verdict = journal::verify(tx); }); });
  bench::must(verdict.leaves == kLeaves && verdict.first_bad == 0, "the verdict");
  std::printf("verified: %.2f s, %.0f leaves/s; %.2f of reading the rows alone\n", verified / 1000,
              kLeaves * 1000 / verified, verified / read);

  const auto key = journal::SigningKey::of_seed({1});
  const auto root = [&] {
    return db->read([&](store::Tx& tx) { return journal::checkpoint(tx, key, {1}).root; });
  };
  std::printf("checkpoint: %.1f ms\n",
              bench::time_of([&] { bench::must(root() == verdict.root, "the root"); }));
  tell_receipt(*db, "with tiles");
  db->write([](store::Tx& tx) { tx.run(kNoTiles); });
  bench::must(root() == verdict.root, "the root without tiles");
  tell_receipt(*db, "without tiles");
}
