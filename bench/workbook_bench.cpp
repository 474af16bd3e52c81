// A country's returned workbooks read, checked and entered. Usage: workbook_bench FOLDER, which is
// left full of them for workbook_bench.py to do the same with openpyxl.
#include <ctime>
#include <fstream>
#include <sstream>

#include "report/workbooks.h"
#include "world.h"

namespace {

constexpr int kCommunes = 3321;
constexpr int kIndicators = 30;
constexpr std::size_t kParsedTogether = 64;
constexpr std::size_t kTogether = 200;  // taken in one transaction, as the command line does

std::int64_t figure_of(std::size_t report, std::size_t cell) {
  return static_cast<std::int64_t>((report * 131 + cell * 17) % 9973);
}

report::RequestId make_request(store::Db& db, const bench::Country& country,
                               const base::Clock& clock) {
  report::NewRequest asked;
  asked.request = {{},  country.top, "Đo", org::kGovernment, "2021-07", base::Date(2021, 8, 4),
                   true};
  for (int i = 0; i < kIndicators; ++i) asked.indicators.push_back("B" + std::to_string(i));
  asked.units = country.communes;
  const auto made = db.write([&](store::Tx& tx) {
    return report::create_request(tx, auth::console_actor("bench"), {clock.now(), clock.today()},
                                  asked);
  });
  bench::must(made.has_value(), "request made");
  return *made;
}

/// Writes each report's workbook with every cell filled in; gives the sum of the figures.
std::int64_t send_and_fill(store::Db& db, report::RequestId request, const report::PlaceKey& key,
                           const std::filesystem::path& folder) {
  std::int64_t sum = 0;
  std::size_t number = 0;
  std::optional<report::ReportId> after = report::ReportId{};
  while (after) {
    const auto pack = db.read([&](store::Tx& tx) {
      return report::workbook_pack(tx, {{}, base::Date(2021, 8, 1), true}, request, *after, 500);
    });
    for (const report::ReportForm& one : pack.forms) {
      office::XlsxForm form = report::workbook_form(one, key);
      for (std::size_t cell = 0; cell < form.rows.size(); ++cell) {
        form.rows[cell][7].value = office::Figure{figure_of(number, cell), 0};
        sum += figure_of(number, cell);
      }
      std::ofstream(folder / report::workbook_file_name(one), std::ios::binary)
          << office::write_form(form);
      ++number;
    }
    after = pack.last;
  }
  bench::must(number == kCommunes, "a workbook for each commune");
  return sum;
}

std::string bytes_of(const std::filesystem::path& path) {
  std::ostringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  return std::move(bytes).str();
}

std::string hex_of(std::string_view bytes) {
  std::string hex;
  for (const unsigned char byte : bytes) {
    hex += "0123456789abcdef"[byte >> 4U];
    hex += "0123456789abcdef"[byte & 15U];
  }
  return hex;
}

/// Milliseconds that all threads of this program had a processor.
double used_until_now() { return 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

std::int64_t stored_sum(store::Db& db) {
  static constexpr store::Sql kSum{
      "bench.sum", "select cast(coalesce(sum(amount), 0) as bigint) from fact where state = 1"};
  return db.read([](store::Tx& tx) { return tx.integer(kSum); });
}

}  // namespace

int main(int argc, char** argv) {
  bench::must(argc == 2, "usage: workbook_bench FOLDER");
  const std::filesystem::path files_at = argv[1];
  const bench::Folder folder;
  const auto db = bench::open(folder);
  const base::SystemClock clock;
  const bench::Country country = bench::make_country(*db, 34, 34, kCommunes);
  bench::make_indicators(*db, kIndicators);
  const report::RequestId request = make_request(*db, country, clock);
  const report::PlaceKey key = report::place_key(*db);
  std::int64_t sum = 0;
  const double sent = bench::time_of([&] { sum = send_and_fill(*db, request, key, files_at); });

  const auth::Actor console = auth::console_actor("bench");
  const report::Now now{clock.now(), clock.today()};
  std::vector<report::FileReading> files;
  const double used_before = used_until_now();
  const double read = bench::time_of([&] {
    report::ReturnedFiles reader(key, request);
    db->read([&](store::Tx& tx) {
      std::vector<std::pair<std::string, std::string>> waiting;
      for (const auto& entry : std::filesystem::directory_iterator(files_at)) {
        waiting.emplace_back(entry.path().filename().string(), bytes_of(entry.path()));
        if (waiting.size() < kParsedTogether) continue;
        reader.read_many(tx, console, now.day, waiting);
        waiting.clear();
      }
      reader.read_many(tx, console, now.day, waiting);
    });
    files = reader.done();
  });
  bench::must(stored_sum(*db) == 0, "reading stores nothing");
  std::size_t taken = 0;
  const double taking = bench::time_of([&] {
    for (std::size_t from = 0; from < files.size(); from += kTogether) {
      taken += db->write([&](store::Tx& tx) {
        return report::take_files(tx, console, now, files, from, from + kTogether,
                                  report::Take::clear_files);
      });
    }
  });
  const double used = used_until_now() - used_before;
  bench::must(taken == kCommunes, "every workbook taken");
  bench::must(stored_sum(*db) == sum, "exactly what was filled in is stored");
  std::string reports;
  for (const report::FileReading& file : files)
    reports += (reports.empty() ? "" : ",") + std::to_string(file.report.value);
  std::printf(
      "{\"files\":%d,\"indicators\":%d,\"cells\":%d,\"sum\":%lld,\"written_ms\":%.0f,"
      "\"read_ms\":%.0f,\"taken_ms\":%.0f,\"used_ms\":%.0f,\"key\":\"%s\",\"reports\":[%s]}\n",
      kCommunes, kIndicators, kCommunes * kIndicators, static_cast<long long>(sum), sent, read,
      taking, used, hex_of(key.secret).c_str(), reports.c_str());
}
