// A million facts taken in at once: our own csv, and dataValueSets of another system.
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

}  // namespace

int main() {
  from_csv();
  return 0;
}
