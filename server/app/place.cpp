#include "app/place.h"

#include <chrono>
#include <fstream>

#include "base/hash.h"
#include "store/migrate.h"

namespace app {
namespace {

/// Of this database only: a demo beside it must not move its clock.
std::filesystem::path demo_note(const Place& place) {
  return place.data / (place.database.empty()
                           ? "demo-day"
                           : "demo-day-" + base::sha256_hex(place.database).substr(0, 16));
}

/// The system's clock moved back so that the demo was loaded on its own day.
class DemoClock final : public base::Clock {
 public:
  explicit DemoClock(std::int64_t shift) : shift_(shift) {}
  base::Instant now() const override { return {base::SystemClock().now().microseconds - shift_}; }

 private:
  std::int64_t shift_;
};

/// A copy of data of an older version, as they were before this version touched them. One that
/// stands there already is of the same data: the step after it was cut off.
void keep_before(store::Db& db, const Place& place, const std::string& migration) {
  const auto copy = place.data / ("before-" + migration.substr(0, 4) + ".db");
  if (!std::filesystem::exists(copy)) db.backup(copy);
}

}  // namespace

std::unique_ptr<store::Db> open_for_writing(const Place& place) {
  std::unique_ptr<store::Db> db;
  if (place.database.empty()) {
    std::filesystem::create_directories(place.data);
    db = store::open_sqlite(place.data);
    if (const auto next = store::next_migration(*db, store::embedded_migrations())) {
      keep_before(*db, place, *next);
    }
  } else {
    db = store::open_postgres(place.database);
  }
  store::migrate(*db, store::embedded_migrations());
  return db;
}

std::unique_ptr<store::Db> open_for_reading(const Place& place) {
  std::unique_ptr<store::Db> db;
  if (place.database.empty()) {
    if (!std::filesystem::exists(place.data / "thongsuot.db")) {
      throw store::Unusable("no data in " + place.data.string() +
                            ": import something or load the demo first");
    }
    store::SqliteOptions options;
    options.read_only = true;
    db = store::open_sqlite(place.data, options);
  } else {
    db = store::open_postgres(place.database);
  }
  store::require_current(*db, store::embedded_migrations());
  return db;
}

std::unique_ptr<base::Clock> clock_of(const Place& place) {
  std::ifstream note(demo_note(place));
  std::int64_t shift = 0;
  if (note >> shift) return std::make_unique<DemoClock>(shift);
  return std::make_unique<base::SystemClock>();
}

void note_demo_day(const Place& place, base::Date day) {
  std::filesystem::create_directories(place.data);
  const base::SystemClock real;
  const auto days = (real.today().days() - day.days()).count();
  std::ofstream(demo_note(place)) << std::chrono::microseconds(std::chrono::days(days)).count()
                                  << "\n";
}

void carry_demo_day(const Place& from, const Place& to) {
  if (!is_demo(from)) return;
  std::filesystem::copy_file(demo_note(from), demo_note(to),
                             std::filesystem::copy_options::overwrite_existing);
}

bool is_demo(const Place& place) { return std::filesystem::exists(demo_note(place)); }

}  // namespace app
