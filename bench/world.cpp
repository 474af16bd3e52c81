#include "world.h"

#include <unistd.h>

#include "direct/indicator_store.h"
#include "org/unit_store.h"
#include "store/migrate.h"

namespace bench {

Folder::Folder() {
  path_ = std::filesystem::temp_directory_path() / ("thongsuot-bench-" + std::to_string(getpid()));
  std::filesystem::create_directories(path_);
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::unique_ptr<store::Db> open(const Folder& folder) {
  auto db = store::open_sqlite(folder.path());
  store::migrate(*db, store::embedded_migrations());
  return db;
}

Country make_country(store::Db& db, int provinces, int districts, int communes) {
  Country country;
  const base::Date from(2021, 1, 1);
  db.write([&](store::Tx& tx) {
    const auto add = [&](const std::string& code, int level, std::optional<org::UnitId> parent) {
      const org::UnitId id =
          org::unit_store::add(tx, {code, "Đơn vị " + code, "", level, from}, {});
      org::unit_store::add_parent(tx, id, org::kGovernment, parent, from);
      return id;
    };
    country.top = add("VN", 1, std::nullopt);
    std::vector<org::UnitId> above;
    for (int p = 0; p < provinces; ++p) {
      const org::UnitId province = add("P" + std::to_string(p), 2, country.top);
      for (int d = p; d < districts; d += provinces)
        above.push_back(add("D" + std::to_string(d), 3, province));
    }
    for (int c = 0; c < communes; ++c) {
      country.communes.push_back(
          add("C" + std::to_string(c), 4, above[static_cast<std::size_t>(c) % above.size()]));
    }
  });
  return country;
}

std::vector<direct::IndicatorId> make_indicators(store::Db& db, int count) {
  std::vector<direct::IndicatorId> ids;
  db.write([&](store::Tx& tx) {
    for (int i = 0; i < count; ++i) {
      direct::Indicator indicator;
      indicator.code = "B" + std::to_string(i);
      indicator.name = "Chỉ số " + indicator.code;
      indicator.measure_unit = "người";
      indicator.frequency = base::Frequency::month;
      ids.push_back(direct::indicator_store::add(tx, indicator).value());
    }
  });
  return ids;
}

}  // namespace bench
