// One cell saved by each of 200 writers at once, each in a report of 50 cells with a year behind
// it, answered with the whole report as the client gets it: first as fast as they can, then as
// people would, only far oftener.
#include <atomic>
#include <mutex>
#include <random>
#include <thread>

#include "report/desk.h"
#include "report/fact_store.h"
#include "report/report_store.h"
#include "world.h"

namespace {

constexpr int kWriters = 200;
constexpr int kCells = 50;
constexpr int kPast = 12;
constexpr int kSavesEach = 20;
constexpr auto kPause = std::chrono::milliseconds(500);

/// Facts of the year before, and one draft report for each writer.
std::vector<report::ReportId> make_reports(store::Db& db, const bench::Country& country,
                                           const std::vector<direct::IndicatorId>& indicators,
                                           const base::Clock& clock) {
  const auth::Actor console = auth::console_actor("bench");
  const std::vector<org::UnitId> units(country.communes.begin(),
                                       country.communes.begin() + kWriters);
  std::vector<report::ReportId> reports;
  const auto done = db.write([&](store::Tx& tx) -> base::Result<int> {
    base::Period period(2021, base::Frequency::month, 7);
    for (int back = 0; back < kPast; ++back) {
      period = period.previous();
      for (const org::UnitId unit : units) {
        for (const direct::IndicatorId indicator : indicators) {
          report::Fact fact;
          fact.unit = unit;
          fact.indicator = indicator;
          fact.period = period.text();
          fact.state = report::FactState::value;
          fact.status = report::FactStatus::accepted;
          fact.amount = 100 + back;
          report::fact_store::add(tx, fact, {console, "fact.imported", clock.now()});
        }
      }
    }
    report::NewRequest asked;
    asked.request = {{},  country.top, "Đo", org::kGovernment, "2021-07", base::Date(2021, 8, 4),
                     true};
    for (int i = 0; i < kCells; ++i) asked.indicators.push_back("B" + std::to_string(i));
    asked.units = units;
    ASSIGN_OR_RETURN(const report::RequestId request,
                     report::create_request(tx, console, {clock.now(), clock.today()}, asked));
    for (const auto& one : report::report_store::reports(tx, {{}, clock.today(), true}, request)) {
      reports.push_back(one.report.id);
    }
    return 0;
  });
  bench::must(done.has_value() && reports.size() == kWriters, "reports made");
  return reports;
}

struct Run {
  double took = 0;
  std::vector<double> times;
};

/// Every writer saves kSavesEach cells of its own report, one after the other.
Run save_all(store::Db& db, const std::vector<report::ReportId>& reports, const base::Clock& clock,
             int round, std::chrono::milliseconds pause) {
  const report::Desk desk{db, clock};
  const auth::Actor console = auth::console_actor("bench");
  std::vector<std::vector<double>> times(reports.size());
  std::atomic<int> refused = 0;
  Run run;
  run.took = bench::time_of([&] {
    std::vector<std::jthread> writers;
    for (std::size_t w = 0; w < reports.size(); ++w) {
      writers.emplace_back([&, w] {
        std::mt19937 random(static_cast<unsigned>(w));
        for (int save = 0; save < kSavesEach; ++save) {
          if (pause.count() > 0) {
            std::this_thread::sleep_for(
                pause / 2 +
                std::chrono::milliseconds(random() % static_cast<unsigned>(pause.count())));
          }
          http::Request request;
          request.method = http::Method::put;
          request.parameters["report"] = std::to_string(reports[w].value);
          request.path = "/api/v1/reports/" + request.parameters["report"] + "/cells";
          request.headers = {
              {"content-type", "application/json"},
              {"if-match", "\"" + std::to_string(1 + round * kSavesEach + save) + "\""}};
          request.body = R"({"cells":[{"indicator":"B)" + std::to_string(save) + R"(","value":")" +
                         std::to_string(100 + round) + "\"}]}";
          times[w].push_back(bench::time_of([&] {
            const auto answer = report::put_cells_route(desk, console, request);
            if (!answer || answer->body.size() < 1000) ++refused;
          }));
        }
      });
    }
  });
  bench::must(refused == 0, "every cell taken");
  for (const auto& of_writer : times) {
    run.times.insert(run.times.end(), of_writer.begin(), of_writer.end());
  }
  return run;
}

void check_sums(store::Db& db, const std::vector<report::ReportId>& reports, int amount) {
  db.read([&](store::Tx& tx) {
    for (const report::ReportId id : reports) {
      const auto sheet = report::report_store::sheet(tx, id).value();
      std::int64_t sum = 0;
      for (const auto& cell : sheet.cells) sum += cell.fact.amount.value_or(0);
      bench::must(sum == std::int64_t{kSavesEach} * amount, "every cell is there");
    }
  });
}

}  // namespace

int main() {
  bench::Folder folder;
  const auto db = bench::open(folder);
  const base::SystemClock clock;
  const bench::Country country = bench::make_country(*db, 1, 8, kWriters);
  const auto indicators = bench::make_indicators(*db, kCells);
  const auto reports = make_reports(*db, country, indicators, clock);

  const Run fast = save_all(*db, reports, clock, 0, {});
  check_sums(*db, reports, 100);
  const Run calm = save_all(*db, reports, clock, 1, kPause);
  check_sums(*db, reports, 101);
  const auto rate = [](const Run& run) {
    return static_cast<double>(run.times.size()) / run.took * 1000;
  };
  std::printf("200 writers without a pause    %9.0f /s   p50 %.1f ms  p95 %.1f ms\n", rate(fast),
              bench::percentile(fast.times, 0.5), bench::percentile(fast.times, 0.95));
  std::printf("200 writers, a cell each 0.5 s %9.0f /s   p50 %.1f ms  p95 %.1f ms (wanted <= 20)\n",
              rate(calm), bench::percentile(calm.times, 0.5), bench::percentile(calm.times, 0.95));
  return 0;
}
