// Whole-tree roll-up of 50 indicators over 10,598 communes against a plain scan of the same rows in
// sqlite3.
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "report/service.h"
#include "world.h"

namespace {

constexpr int kIndicators = 50;
constexpr int kCommunes = 10598;
constexpr const char* kPeriod = "2021-07";

std::int64_t amount(int commune, int indicator) { return (commune * 31 + indicator * 7) % 1000; }

void fill(store::Db& db, const bench::Country& country,
          const std::vector<direct::IndicatorId>& indicators) {
  static constexpr store::Sql kAdd{"bench.fact",
                                   "insert into fact (unit_id, indicator_id, period, state, "
                                   "status, amount, revision) values (:unit, :indicator, "
                                   ":period, 1, 3, :amount, 1)"};
  db.write([&](store::Tx& tx) {
    for (int c = 0; c < kCommunes; ++c) {
      for (int i = 0; i < kIndicators; ++i) {
        tx.run(kAdd, {{"unit", country.communes[static_cast<std::size_t>(c)]},
                      {"indicator", indicators[static_cast<std::size_t>(i)]},
                      {"period", kPeriod},
                      {"amount", amount(c, i)}});
      }
    }
  });
}

std::int64_t expected_total(int indicator) {
  std::int64_t sum = 0;
  for (int c = 0; c < kCommunes; ++c) sum += amount(c, indicator);
  return sum;
}

/// The rival: the same rows, stepped through and added up, nothing else.
void plain_scan(sqlite3* db) {
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(db,
                     "select unit_id, indicator_id, state, status, amount from fact where period = "
                     "'2021-07' and kind = 0",
                     -1, &statement, nullptr);
  std::vector<std::int64_t> sums(kIndicators + 1);
  while (sqlite3_step(statement) == SQLITE_ROW) {
    if (sqlite3_column_int64(statement, 2) == 1 && sqlite3_column_int64(statement, 3) == 3) {
      sums[static_cast<std::size_t>(sqlite3_column_int64(statement, 1))] +=
          sqlite3_column_int64(statement, 4);
    }
  }
  sqlite3_finalize(statement);
  for (int i = 0; i < kIndicators; ++i) {
    bench::must(sums[static_cast<std::size_t>(i) + 1] == expected_total(i), "plain scan");
  }
}

void roll_up(store::Db& db, org::UnitId top) {
  report::RollupQuestion question{
      top, base::Period::parse(kPeriod).value(), {}, {}, org::kGovernment, {}, false};
  const auto answer = db.read([&](store::Tx& tx) { return report::roll_up(tx, question); });
  bench::must(answer.has_value() && answer->measures.size() == kIndicators, "roll-up answers");
  for (std::size_t m = 0; m < answer->measures.size(); ++m) {
    const int number = std::atoi(answer->measures[m].indicator.code.c_str() + 1);
    const report::Total& total = answer->totals[0][m];
    bench::must(total.value == expected_total(number) && total.counted == kCommunes &&
                    total.expected == kCommunes,
                "roll-up total");
  }
}

/// Asks the kernel to forget the file, so that the next read comes from the disk.
void forget(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED);
  ::close(descriptor);
}

}  // namespace

int main() {
  bench::Folder folder;
  auto db = bench::open(folder);
  const bench::Country country = bench::make_country(*db, 63, 705, kCommunes);
  const auto indicators = bench::make_indicators(*db, kIndicators);
  const double filled = bench::time_of([&] { fill(*db, country, indicators); });
  std::printf("facts written                 %9.0f ms (%d rows)\n", filled,
              kIndicators * kCommunes);

  db.reset();
  forget(folder.database());
  db = bench::open(folder);
  const double cold = bench::time_of([&] { roll_up(*db, country.top); });

  sqlite3* plain = nullptr;
  bench::must(sqlite3_open_v2(folder.database().c_str(), &plain, SQLITE_OPEN_READONLY, nullptr) ==
                  SQLITE_OK,
              "open");
  sqlite3_exec(plain, "pragma cache_size = -65536", nullptr, nullptr, nullptr);
  std::vector<double> ours, theirs;
  for (int round = 0; round < 15; ++round) {
    theirs.push_back(bench::time_of([&] { plain_scan(plain); }));
    ours.push_back(bench::time_of([&] { roll_up(*db, country.top); }));
  }
  sqlite3_close(plain);
  const double our_median = bench::percentile(ours, 0.5);
  const double their_median = bench::percentile(theirs, 0.5);
  std::printf("roll-up, cold                 %9.1f ms\n", cold);
  std::printf("roll-up, warm (median of 15)  %9.1f ms\n", our_median);
  std::printf("plain sqlite3 scan (median)   %9.1f ms\n", their_median);
  std::printf("ratio roll-up / plain scan    %9.2f   (wanted <= 2.0)\n", our_median / their_median);
  return 0;
}
