#include "store/migrate.h"

#include <algorithm>

#include "base/hash.h"
#include "store/sqlite/dialect.h"

namespace store {
namespace {

constexpr Sql kCreate{"migration.create",
                      "create table if not exists schema_migration (name text primary key, "
                      "sha256 text not null, applied_at bigint not null)"};
constexpr Sql kCreateStrict{"migration.create",
                            "create table if not exists schema_migration (name text primary key, "
                            "sha256 text not null, applied_at integer not null) strict"};
constexpr Sql kApplied{"migration.applied",
                       "select name, sha256 from schema_migration order by name"};
constexpr Sql kRecord{"migration.record",
                      "insert into schema_migration (name, sha256, applied_at) "
                      "values (:name, :sha256, :applied_at)"};
// Any number will do as long as no other lock of this database uses it.
constexpr Sql kLock{"migration.lock", "select pg_advisory_xact_lock(7417012026)"};

struct Applied {
  std::string name;
  std::string sha256;
};

/// Several processes may start at once on one PostgreSQL; SQLite has its folder lock.
void take_turn(Tx& tx) {
  if (tx.dialect() == Dialect::postgres) tx.each(kLock, {}, [](const Row&) {});
}

std::vector<Applied> applied(Tx& tx) {
  return tx.all(kApplied, {}, [](const Row& row) { return Applied{row.string(0), row.string(1)}; });
}

bool is_applied(const std::vector<Applied>& done, std::string_view name) {
  return std::ranges::find(done, name, &Applied::name) != done.end();
}

void refuse_strangers(const std::vector<Applied>& done, const std::vector<Migration>& known) {
  for (const Applied& one : done) {
    const auto found = std::ranges::find(known, one.name, &Migration::name);
    if (found == known.end()) {
      throw Unusable("the data are of a newer version of the program: it has applied " + one.name +
                     ", which this one does not know; start the newer version");
    }
    if (base::sha256_hex(found->text) != one.sha256) {
      throw Unusable("migration " + one.name +
                     " was edited after it had been applied; restore its text and add a new one");
    }
  }
}

/// What is applied, all of it known here.
std::vector<Applied> known_steps(Db& db, const std::vector<Migration>& migrations) {
  std::vector<Applied> done = db.write([](Tx& tx) {
    take_turn(tx);
    tx.run(tx.dialect() == Dialect::sqlite ? kCreateStrict : kCreate);
    return applied(tx);
  });
  refuse_strangers(done, migrations);
  return done;
}

void apply(Tx& tx, const Migration& migration) {
  const bool is_sqlite = tx.dialect() == Dialect::sqlite;
  const std::string text =
      is_sqlite ? sqlite::dialect(migration.text) : std::string(migration.text);
  tx.script(Sql{migration.name, text});
  tx.run(kRecord, {{"name", migration.name},
                   {"sha256", base::sha256_hex(migration.text)},
                   {"applied_at", base::SystemClock().now()}});
}

}  // namespace

std::optional<std::string> next_migration(Db& db, const std::vector<Migration>& migrations) {
  const std::vector<Applied> done = known_steps(db, migrations);
  if (done.empty()) return std::nullopt;
  for (const Migration& migration : migrations) {
    if (!is_applied(done, migration.name)) return std::string(migration.name);
  }
  return std::nullopt;
}

int migrate(Db& db, const std::vector<Migration>& migrations) {
  const std::vector<Applied> done = known_steps(db, migrations);
  int count = 0;
  for (const Migration& migration : migrations) {
    if (is_applied(done, migration.name)) continue;
    count += db.write([&](Tx& tx) {
      take_turn(tx);
      // Another process may have applied it while this one waited for its turn.
      const auto now_done = applied(tx);
      refuse_strangers(now_done, migrations);
      if (is_applied(now_done, migration.name)) return 0;
      apply(tx, migration);
      return 1;
    });
  }
  return count;
}

void require_current(Db& db, const std::vector<Migration>& migrations) {
  std::vector<Applied> done;
  try {
    done = db.read(applied);
  } catch (const Failure& failure) {
    throw Unusable(std::string("the database has no readable record of migrations (") +
                   failure.what() + "); start the server once, it makes one");
  }
  refuse_strangers(done, migrations);
  for (const Migration& migration : migrations) {
    if (!is_applied(done, migration.name)) {
      throw Unusable("the data are of an older version: " + std::string(migration.name) +
                     " is not applied; start the server once, it applies it");
    }
  }
}

}  // namespace store
