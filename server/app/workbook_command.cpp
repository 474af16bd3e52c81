#include <algorithm>
#include <filesystem>
#include <iostream>

#include "app/commands.h"
#include "app/print.h"
#include "office/package.h"
#include "report/workbook_json.h"
#include "report/workbook_store.h"

namespace app {
namespace {

namespace fs = std::filesystem;
using report::FileReading;
using report::Take;

constexpr std::size_t kPacked = 500;         // forms held at a time
constexpr std::size_t kTogether = 200;       // files taken in one transaction
constexpr std::size_t kParsedTogether = 64;  // held in memory, 4 MB each at most
constexpr std::size_t kMostTold = 1000;      // of one file, to programs
constexpr std::size_t kShown = 12;           // of one file, to people

/// Made with the first workbook sent out; without it none of ours can come back.
report::PlaceKey key_of(const Place& place) {
  {
    const auto db = open_for_reading(place);
    const auto key = db->read([](store::Tx& tx) { return report::workbook_store::find_key(tx); });
    if (key) return *key;
  }
  const auto db = open_for_writing(place);
  return report::place_key(*db);
}

void write_all(const std::vector<std::pair<std::string, std::string>>& files, const std::string& to,
               office::Package& zip) {
  for (const auto& [name, bytes] : files) {
    if (to.ends_with(".zip")) {
      zip.add(name, bytes);
    } else {
      write_file((fs::path(to) / name).string(), bytes);
    }
  }
}

struct Outcome {
  std::vector<FileReading> files;
  base::Problems refused;  ///< of zips and folders
};

class FilesOnDisk {
 public:
  FilesOnDisk(const Place& place, const WorkbookOptions& options)
      : options_(options),
        actor_(auth::console_actor("workbook")),
        clock_(clock_of(place)),
        day_(clock_->today()),
        reader_(key_of(place), options.request > 0
                                   ? std::optional(report::RequestId{options.request})
                                   : std::nullopt) {
    if (!options.copies.empty()) {
      fs::create_directories(options.copies);
      reader_.copies_to([&](const std::string& name, const std::string& bytes) {
        write_file((fs::path(options_.copies) / name).string(), bytes);
      });
    }
  }

  Outcome read(store::Db& db) {
    Outcome made;
    for (const std::string& from : options_.from) {
      db.read([&](store::Tx& tx) {
        if (fs::is_directory(from)) {
          folder(tx, from);
        } else if (from.ends_with(".zip")) {
          zip(tx, from, made.refused);
        } else {
          file(tx, from, from);
        }
        flush(tx);
      });
    }
    made.files = reader_.done();
    return made;
  }

  std::size_t take(store::Db& db, std::vector<FileReading>& files) {
    const Take how = options_.accept_cells ? Take::fresh_cells : Take::clear_files;
    std::size_t taken = 0;
    for (std::size_t from = 0; from < files.size(); from += kTogether) {
      taken += db.write([&](store::Tx& tx) {
        return report::take_files(tx, actor_, {clock_->now(), day_}, files, from, from + kTogether,
                                  how);
      });
    }
    return taken;
  }

 private:
  void folder(store::Tx& tx, const std::string& from) {
    std::vector<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(from)) {
      const std::string name = fs::relative(entry.path(), from).string();
      if (entry.is_regular_file() && !entry.is_symlink() && !report::is_leftover(name))
        names.push_back(name);
    }
    std::sort(names.begin(), names.end());
    const auto bar = progress_bar(from);
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (bar) bar(i, names.size());
      file(tx, names[i], fs::path(from) / names[i]);
    }
    if (bar) bar(names.size(), names.size());
  }

  void file(store::Tx& tx, const std::string& name, const fs::path& path) {
    if (fs::file_size(path) > report::kMostReturnedBytes) {
      add(tx, name, base::refuse(report::too_large_a_file()));
    } else {
      add(tx, name, read_file(path.string()));
    }
  }

  /// Files wait until they are worth several threads.
  void add(store::Tx& tx, const std::string& name, const base::Result<std::string>& bytes) {
    if (!bytes) {
      flush(tx);  // each in its turn
      reader_.refuse(name, bytes.error());
      return;
    }
    waiting_.emplace_back(name, *bytes);
    if (waiting_.size() == kParsedTogether) flush(tx);
  }

  void flush(store::Tx& tx) {
    reader_.read_many(tx, actor_, day_, waiting_);
    waiting_.clear();
  }

  void zip(store::Tx& tx, const std::string& from, base::Problems& refused) {
    const std::string bytes = read_file(from);
    const auto read = report::each_in_zip(
        bytes, [&](const std::string& name, const base::Result<std::string>& file) {
          add(tx, name, file);
        });
    if (read) return;
    for (base::Problem problem : read.error()) {
      problem.field = from;
      refused.push_back(std::move(problem));
    }
  }

  const WorkbookOptions& options_;
  auth::Actor actor_;
  std::unique_ptr<base::Clock> clock_;
  base::Date day_;
  report::ReturnedFiles reader_;
  std::vector<std::pair<std::string, std::string>> waiting_;
};

void print_problems(const base::Problems& problems, const Place& place, std::size_t most) {
  for (std::size_t i = 0; i < std::min(problems.size(), most); ++i) {
    const base::Problem& one = problems[i];
    std::cout << "    " << (one.field.empty() ? "" : one.field + ": ")
              << base::words(one, place.language) << " [" << one.code << "]\n";
  }
  if (problems.size() > most) std::cout << "    … +" << problems.size() - most << "\n";
}

void print_file(const FileReading& file, const Place& place) {
  const bool vi = place.language == base::Language::vi;
  if (file.refusals.empty() && file.is_clear) return;
  std::cout << file.name << (file.unit.name.empty() ? "" : " (" + file.unit.name + ")") << ": ";
  if (!file.is_read) {
    std::cout << (vi ? "không đọc được" : "not read") << "\n";
  } else {
    std::cout << (vi ? "mới " : "new ") << file.fresh << (vi ? ", nghi ngờ " : ", doubtful ")
              << file.doubtful << (vi ? ", không nhận " : ", refused ") << file.refused << "\n";
  }
  print_problems(file.refusals, place, kShown);
  print_problems(file.told, place, kShown);
}

int print_outcome(const Outcome& outcome, std::size_t taken, const Place& place, bool as_json) {
  const auto failed = static_cast<std::size_t>(
      std::count_if(outcome.files.begin(), outcome.files.end(),
                    [](const FileReading& file) { return !file.refusals.empty(); }));
  const int code = failed == 0 && outcome.refused.empty() ? kDone : kRefused;
  if (as_json) {
    http::json::object made = report::files_json(outcome.files, kMostTold);
    made["problems"] = problems_json(outcome.refused);
    std::cout << http::json::serialize(made) << "\n";
    return code;
  }
  const bool vi = place.language == base::Language::vi;
  for (const FileReading& file : outcome.files) print_file(file, place);
  print_problems(outcome.refused, place, kShown);
  const auto clear = std::count_if(outcome.files.begin(), outcome.files.end(),
                                   [](const FileReading& file) { return file.is_clear; });
  std::cout << (vi ? "đã đọc " : "read ") << outcome.files.size()
            << (vi ? " tệp, không có gì phải hỏi " : " files, clear ") << clear
            << (vi ? ", không nhận " : ", refused ") << failed << (vi ? ", đã ghi " : ", taken ")
            << taken << "\n";
  return code;
}

}  // namespace

int workbook_export_command(const Place& place, const WorkbookOptions& options) {
  const report::PlaceKey key = key_of(place);
  const auto db = open_for_reading(place);
  const auto clock = clock_of(place);
  const org::Scope everything = org::scope_of(auth::console_actor("workbook"), clock->today());
  const auto found = db->read(
      [&](store::Tx& tx) { return report::report_store::find_request(tx, {options.request}); });
  if (!found)
    return print_refusal({{base::ProblemKind::not_found, "request.not_found", "--request", {}}},
                         place.language, options.json);
  const bool is_zip = options.to.ends_with(".zip");
  if (!is_zip) fs::create_directories(options.to);
  office::Package zip;
  std::size_t count = 0;
  std::optional<report::ReportId> after = report::ReportId{};
  while (after) {
    const auto pack = db->read([&](store::Tx& tx) {
      return report::workbook_pack(tx, everything, {options.request}, *after, kPacked);
    });
    const auto files = report::workbook_files(pack.forms, key);
    write_all(files, options.to, zip);
    count += files.size();
    after = pack.last;
  }
  if (is_zip) write_file(options.to, zip.bytes());
  if (options.json) {
    std::cout << http::json::serialize(http::json::object{{"written", count}}) << "\n";
  } else {
    std::cout << options.to << ": " << count << "\n";
  }
  return kDone;
}

int workbook_read_command(const Place& place, const WorkbookOptions& options) {
  FilesOnDisk files(place, options);
  const bool takes = options.accept || options.accept_cells;
  const auto db = takes ? open_for_writing(place) : open_for_reading(place);
  Outcome outcome = files.read(*db);
  const std::size_t taken = takes ? files.take(*db, outcome.files) : 0;
  return print_outcome(outcome, taken, place, options.json);
}

}  // namespace app
