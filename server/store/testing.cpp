#include "store/testing.h"

#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "base/hash.h"
#include "store/migrate.h"

namespace store::testing {
namespace {

const char* postgres_dsn() {
  const char* const dsn = std::getenv("THONGSUOT_TEST_POSTGRES");
  return dsn && *dsn ? dsn : nullptr;
}

std::string unused_name() { return "t_" + base::sha256_hex(base::random_token(16)).substr(0, 16); }

/// A database that leaves nothing behind. All else it passes on.
class Passing final : public Db {
 public:
  Passing(std::unique_ptr<Db> db, std::function<void()> clean_up, std::string dsn = {})
      : db_(std::move(db)), clean_up_(std::move(clean_up)), dsn_(std::move(dsn)) {}
  ~Passing() override {
    db_.reset();
    clean_up_();
  }
  const std::string& dsn() const { return dsn_; }
  Dialect dialect() const override { return db_->dialect(); }
  void backup(const std::filesystem::path& target) override { db_->backup(target); }
  std::vector<std::string> faults() override { return db_->faults(); }

 protected:
  void write_erased(const std::function<bool(Tx&)>& work) override {
    db_->write([&](Tx& tx) { return work(tx) ? std::optional(true) : std::nullopt; });
  }
  void read_erased(const std::function<void(Tx&)>& work) override { db_->read(work); }

 private:
  std::unique_ptr<Db> db_;
  std::function<void()> clean_up_;
  std::string dsn_;  ///< of PostgreSQL
};

std::unique_ptr<Db> empty_sqlite() {
  const auto folder = std::filesystem::temp_directory_path() / unused_name();
  // Tests outlive no power cut; without the sync they are several times faster.
  auto db = open_sqlite(folder, {.synchronous_full = false, .readers = 2});
  return std::make_unique<Passing>(std::move(db), [folder] {
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
  });
}

/// `dsn` with every session in `schema`.
std::string within(const std::string& dsn, const std::string& schema) {
  if (!dsn.starts_with("postgres://") && !dsn.starts_with("postgresql://")) {
    return dsn + " options='-csearch_path=" + schema + "'";
  }
  return dsn + (dsn.find('?') == std::string::npos ? "?" : "&") + "options=-csearch_path%3D" +
         schema;
}

void run_script(const std::string& dsn, const std::string& text) {
  open_postgres(dsn, 1)->write([&](Tx& tx) { tx.script({"testing", text}); });
}

std::unique_ptr<Db> empty_postgres() {
  const char* const dsn = postgres_dsn();
  if (!dsn) throw Unusable("THONGSUOT_TEST_POSTGRES is not set");
  const std::string schema = unused_name();
  run_script(dsn, "create schema " + schema);
  return std::make_unique<Passing>(
      open_postgres(within(dsn, schema)),
      [dsn = std::string(dsn), schema] {
        try {
          run_script(dsn, "drop schema " + schema + " cascade");
        } catch (const Failure& failure) {
          std::cerr << "the test schema " << schema << " stays: " << failure.what() << "\n";
        }
      },
      within(dsn, schema));
}

}  // namespace

std::vector<std::string> databases() {
  if (postgres_dsn()) return {"sqlite", "postgres"};
  static const bool is_said = [] {
    std::cerr << "\n*** PostgreSQL tests did NOT run: THONGSUOT_TEST_POSTGRES is not set ***\n\n";
    return true;
  }();
  static_cast<void>(is_said);
  return {"sqlite"};
}

std::unique_ptr<Db> empty(const std::string& which) {
  return which == "postgres" ? empty_postgres() : empty_sqlite();
}

std::unique_ptr<Db> fresh(const std::string& which) {
  auto db = empty(which);
  migrate(*db, embedded_migrations());
  return db;
}

std::unique_ptr<Db> beside(const Db& db) {
  return open_postgres(dynamic_cast<const Passing&>(db).dsn(), 2);
}

}  // namespace store::testing
