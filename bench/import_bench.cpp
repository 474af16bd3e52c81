// A million facts taken in at once: our own csv, and dataValueSets of another system.
#include "exchange/mapping_store.h"
#include "exchange/service.h"
#include "org/unit_store.h"
#include "report/service.h"
#include "world.h"

namespace {

constexpr int kCommunes = 10'000;
constexpr int kIndicators = 50;
constexpr std::int64_t kFacts = 2LL * kCommunes * kIndicators;

std::int64_t amount_of(int month, int commune, int indicator) {
  return (commune * 31 + indicator * 7 + month) % 100'000;
}

template <class Take>
void each_fact(Take take) {
  for (int month = 1; month <= 2; ++month) {
    for (int commune = 0; commune < kCommunes; ++commune) {
      for (int indicator = 0; indicator < kIndicators; ++indicator) take(month, commune, indicator);
    }
  }
}

std::string csv() {
  std::string text = "unit_code,indicator,period,status,value,remark\n";
  each_fact([&](int month, int commune, int indicator) {
    text += "C" + std::to_string(commune) + ",B" + std::to_string(indicator) + ",2021-0" +
            std::to_string(month) + ",accepted," +
            std::to_string(amount_of(month, commune, indicator)) + ",\n";
  });
  return text;
}

/// As many facts as sent, with the sums and the revisions they must have.
void check(store::Db& db) {
  std::int64_t sum = 0;
  each_fact(
      [&](int month, int commune, int indicator) { sum += amount_of(month, commune, indicator); });
  const auto one = [&](const char* sql) {
    return db.read([&](store::Tx& tx) { return tx.integer({"bench.check", sql}); });
  };
  bench::must(
      one("select count(*) from fact where status = 3 and state = 1 and revision = 1") == kFacts,
      "every fact is there, accepted");
  bench::must(one("select sum(amount) from fact") == sum, "the amounts add up");
  bench::must(
      one("select count(*) from fact f join fact_revision r on r.fact_id = f.id and "
          "r.revision = 1 and r.amount = f.amount and r.status = 3 and r.state = 1") == kFacts,
      "every fact has its first revision");
}

double from_csv() {
  bench::Folder folder;
  const auto db = bench::open(folder);
  const base::SystemClock clock;
  bench::make_country(*db, 1, 29, kCommunes);
  bench::make_indicators(*db, kIndicators);
  const std::string text = csv();
  double reading = 0;
  const double took = bench::time_of([&] {
    base::Result<office::CsvTable> table;
    reading = bench::time_of([&] { table = office::read_csv(text); });
    const auto done = db->write([&](store::Tx& tx) {
      return report::import_facts(tx, auth::console_actor("bench"), {clock.now(), clock.today()},
                                  *table, {});
    });
    bench::must(done.has_value() && done->taken == kFacts, "csv taken");
  });
  check(*db);
  std::printf("csv, %lld facts              %8.2f s   (reading %.2f s; wanted <= 20)\n",
              static_cast<long long>(kFacts), took / 1000, reading / 1000);
  return took;
}

std::string data_value_set() {
  std::string text = "{\"dataValues\":[";
  each_fact([&](int month, int commune, int indicator) {
    text += text.size() == 15 ? "\n" : ",\n";
    text += "{\"dataElement\":\"de" + std::to_string(indicator) + "\",\"period\":\"20210" +
            std::to_string(month) + "\",\"orgUnit\":\"ou" + std::to_string(commune) +
            "\",\"categoryOptionCombo\":\"default\",\"value\":\"" +
            std::to_string(amount_of(month, commune, indicator)) +
            "\",\"storedBy\":\"admin\",\"lastUpdated\":\"2021-03-01T00:00:00.000+0000\"}";
  });
  return text + "\n]}";
}

void map_all(store::Db& db, const bench::Country& country,
             const std::vector<direct::IndicatorId>& indicators) {
  db.write([&](store::Tx& tx) {
    for (std::size_t i = 0; i < country.communes.size(); ++i) {
      exchange::Mapping row;
      row.kind = exchange::Kind::unit;
      row.foreign_id = "ou" + std::to_string(i);
      row.unit = country.communes[i];
      exchange::mapping_store::put(tx, "bench", row);
    }
    for (std::size_t i = 0; i < indicators.size(); ++i) {
      exchange::Mapping row;
      row.kind = exchange::Kind::indicator;
      row.foreign_id = "de" + std::to_string(i);
      row.indicator = indicators[i];
      exchange::mapping_store::put(tx, "bench", row);
    }
  });
}

double from_json() {
  bench::Folder folder;
  const auto db = bench::open(folder);
  const base::SystemClock clock;
  const bench::Country country = bench::make_country(*db, 1, 29, kCommunes);
  map_all(*db, country, bench::make_indicators(*db, kIndicators));
  const std::string text = data_value_set();
  double reading = 0;
  const double took = bench::time_of([&] {
    base::Result<exchange::ForeignSet> set;
    reading = bench::time_of([&] { set = exchange::read_foreign(text, exchange::form_of(text)); });
    bench::must(set.has_value(), "json read");
    exchange::ImportValues ask;
    ask.system = "bench";
    const auto done = db->write([&](store::Tx& tx) {
      return exchange::import_values(tx, auth::console_actor("bench"), {clock.now(), clock.today()},
                                     *set, ask);
    });
    bench::must(done.has_value() && done->taken.created == kFacts, "json taken");
  });
  check(*db);
  std::printf("dataValueSets JSON, %zu MB      %8.2f s   (reading %.2f s; wanted <= 20)\n",
              text.size() / 1'000'000, took / 1000, reading / 1000);
  return took;
}

}  // namespace

int main() {
  from_csv();
  from_json();
  return 0;
}
