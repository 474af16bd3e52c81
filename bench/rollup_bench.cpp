// Whole-tree roll-up of 50 indicators over 10,598 communes against a plain scan of the same rows in
// sqlite3.
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <ctime>

#include "direct/indicator_store.h"
#include "org/unit_store.h"
#include "report/kept_facts.h"
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

/// Indicators of the other rules, with twelve months of facts of every commune; B0 of the months
/// besides July too.
void fill_the_year(store::Db& db, const bench::Country& country, direct::IndicatorId sum) {
  static constexpr store::Sql kAdd{"bench.fact",
                                   "insert into fact (unit_id, indicator_id, period, state, "
                                   "status, amount, revision, at) values (:unit, :indicator, "
                                   ":period, 1, 3, :amount, 1, :at)"};
  db.write([&](store::Tx& tx) {
    const auto add = [&](const char* code, direct::AcrossUnits units, direct::AcrossTime time) {
      direct::Indicator made;
      made.code = made.name = code, made.measure_unit = "người";
      made.across_units = units, made.across_time = time;
      made.frequency = base::Frequency::month;
      if (units == direct::AcrossUnits::weighted_mean) made.weight = sum;
      if (units == direct::AcrossUnits::ratio) {
        made.formula = "([B0] + [L]) / [B0]";
        made.above = {{sum}, {direct::indicator_store::find_by_code(tx, "S")->id}};
        made.below = {{sum}};
      }
      return direct::indicator_store::add(tx, made).value();
    };
    using Units = direct::AcrossUnits;
    using Time = direct::AcrossTime;
    const std::vector<direct::IndicatorId> ids{add("S", Units::sum, Time::sum),
                                               add("L", Units::latest, Time::latest),
                                               add("M", Units::weighted_mean, Time::weighted_mean)};
    add("D", Units::ratio, Time::ratio);
    for (const base::Period& month :
         base::Period(2021, base::Frequency::year, 1).parts(base::Frequency::month)) {
      for (int c = 0; c < kCommunes; ++c) {
        const auto put = [&](direct::IndicatorId indicator, int number) {
          tx.run(kAdd, {{"unit", country.communes[static_cast<std::size_t>(c)]},
                        {"indicator", indicator},
                        {"period", month.text()},
                        {"amount", amount(c, number)},
                        {"at", c}});
        };
        for (const auto id : ids) put(id, 0);
        if (month.text() != kPeriod) put(sum, 0);
      }
    }
  });
  db.gather_statistics();
}

/// Somebody else's figure of July changes, and with it the facts that are kept of that month.
void change_a_figure(store::Db& db, org::UnitId unit) {
  db.write([&](store::Tx& tx) { report::kept_facts::changed(tx, unit, kPeriod); });
}

/// One total as somebody asks for it: p95 of 40, each after a figure has changed beside it.
void ask_one(store::Db& db, const char* what, org::UnitId unit, const char* code,
             const char* period, std::int64_t expected) {
  report::RollupQuestion question;
  question.unit = unit;
  question.period = base::Period::parse(period).value();
  question.indicators = {code};
  question.with_parts = true;
  std::vector<double> times;
  double worked = 0;
  for (int round = 0; round < 40; ++round) {
    change_a_figure(db, unit);
    const std::clock_t began = std::clock();
    times.push_back(bench::time_of([&] {
      const auto answer = db.read([&](store::Tx& tx) { return report::roll_up(tx, question); });
      bench::must(answer.has_value() && answer->totals[0][0].value == expected, what);
    }));
    worked += 1000.0 * static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC / 40;
  }
  std::printf("%-30s %9.1f ms p95 (wanted <= 50), %.1f ms of a core, the first %.1f ms\n", what,
              bench::percentile(times, 0.95), worked, times.front());
}

void ask_single_totals(store::Db& db, const bench::Country& country) {
  const org::UnitId province = db.read([&](store::Tx& tx) {
    return org::unit_store::find_by_code(tx, "P0", base::Date(2021, 7, 31)).value();
  });
  std::int64_t sum = 0, of_province = 0, squares = 0;
  for (int c = 0; c < kCommunes; ++c) {
    sum += amount(c, 0);
    squares += amount(c, 0) * amount(c, 0);
    if (c % 705 < 12) of_province += amount(c, 0);  // the first twelve districts are P0's
  }
  ask_one(db, "one sum, country, month", country.top, "S", kPeriod, sum);
  ask_one(db, "one sum, country, year", country.top, "S", "2021", 12 * sum);
  ask_one(db, "one sum, province, month", province, "S", kPeriod, of_province);
  ask_one(db, "one sum, province, year", province, "S", "2021", 12 * of_province);
  ask_one(db, "latest, country, month", country.top, "L", kPeriod, amount(kCommunes - 1, 0));
  ask_one(db, "latest, country, year", country.top, "L", "2021", amount(kCommunes - 1, 0));
  const std::int64_t mean = (2 * squares + sum) / (2 * sum);
  ask_one(db, "weighted mean, country, month", country.top, "M", kPeriod, mean);
  ask_one(db, "weighted mean, country, year", country.top, "M", "2021", mean);
  ask_one(db, "formula, country, month", country.top, "D", kPeriod, 2);
  ask_one(db, "formula, country, year", country.top, "D", "2021", 2);
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
  std::vector<double> ours, kept, theirs;
  for (int round = 0; round < 15; ++round) {
    theirs.push_back(bench::time_of([&] { plain_scan(plain); }));
    kept.push_back(bench::time_of([&] { roll_up(*db, country.top); }));
    change_a_figure(*db, country.top);
    ours.push_back(bench::time_of([&] { roll_up(*db, country.top); }));
  }
  sqlite3_close(plain);
  const double our_median = bench::percentile(ours, 0.5);
  const double their_median = bench::percentile(theirs, 0.5);
  std::printf("roll-up, cold                 %9.1f ms\n", cold);
  std::printf("roll-up, warm (median of 15)  %9.1f ms\n", our_median);
  std::printf("the same, nothing changed     %9.1f ms\n", bench::percentile(kept, 0.5));
  std::printf("plain sqlite3 scan (median)   %9.1f ms\n", their_median);
  std::printf("ratio roll-up / plain scan    %9.2f   (wanted <= 2.0)\n", our_median / their_median);
  fill_the_year(*db, country, indicators[0]);
  ask_single_totals(*db, country);
  return 0;
}
