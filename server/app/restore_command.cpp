#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <iostream>
#include <system_error>

#include "app/commands.h"
#include "app/print.h"
#include "app/soundness.h"
#include "store/migrate.h"

namespace app {
namespace {

/// A folder beside the data where a copy is tried before it is theirs; gone at the end.
class TrialFolder {
 public:
  explicit TrialFolder(const std::filesystem::path& data)
      : path_(data / ("restoring-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(path_);
    std::filesystem::permissions(path_, std::filesystem::perms::owner_all);
  }
  ~TrialFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TrialFolder(const TrialFolder&) = delete;
  TrialFolder& operator=(const TrialFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

void sync_to_disk(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file >= 0 && ::fsync(file) == 0 && ::close(file) == 0) return;
  throw store::Failure("cannot sync " + path.string() + ": " +
                       std::generic_category().message(errno));
}

/// Only what SQLite itself wrote, and nothing that was copied from under a running server.
void refuse_what_is_no_copy(const std::filesystem::path& file) {
  if (!std::filesystem::is_regular_file(file)) {
    throw store::Unusable("there is no file " + file.string());
  }
  std::ifstream head(file, std::ios::binary);
  std::string magic(16, '\0');
  head.read(magic.data(), 16);
  if (magic != std::string("SQLite format 3\0", 16)) {
    throw store::Unusable(file.string() + " is not a copy made by thongsuot backup");
  }
  std::error_code none;
  const auto beside = std::filesystem::file_size(file.string() + "-wal", none);
  if (!none && beside > 0) {
    throw store::Unusable(file.string() +
                          " has a -wal file beside it: it is the file of a running or killed "
                          "server, not a copy; make one with thongsuot backup");
  }
}

}  // namespace

int restore_command(const Place& place, const std::string& file) {
  if (!place.database.empty()) {
    throw store::Unusable("PostgreSQL is put back by its own means: pg_restore");
  }
  const auto target = place.data / "thongsuot.db";
  std::filesystem::create_directories(place.data);
  if (std::filesystem::exists(target)) {
    throw store::Unusable("there are data in " + place.data.string() +
                          " already; move them aside first, nothing is replaced");
  }
  refuse_what_is_no_copy(file);
  const TrialFolder trial(place.data);
  const auto tried = trial.path() / "thongsuot.db";
  std::filesystem::copy_file(file, tried);
  std::filesystem::permissions(
      tried, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  int steps = 0;
  Soundness found;
  {
    const auto db = store::open_sqlite(trial.path());
    found.faults = db->faults();  // before a migration could trip over what is broken
    if (found.faults.empty()) {
      steps = store::migrate(*db, store::embedded_migrations());
      found = soundness_of(*db);
    }
  }
  for (const std::string& fault : found.faults) std::cout << fault << "\n";
  if (!found.faults.empty()) return kRefused;
  sync_to_disk(tried);
  if (::renameat2(AT_FDCWD, tried.c_str(), AT_FDCWD, target.c_str(), RENAME_NOREPLACE) != 0) {
    throw store::Failure("cannot name " + target.string() + ": " +
                         std::generic_category().message(errno));
  }
  sync_to_disk(place.data);
  const bool is_vi = place.language == base::Language::vi;
  std::cout << (is_vi ? "đã khôi phục, dữ liệu nguyên vẹn, nhật ký " : "restored, sound, journal ")
            << found.leaves << ":" << found.head << "\n";
  if (steps > 0) {
    std::cout << (is_vi ? "đã nâng cấp từ bản cũ, số bước: "
                        : "brought up to this version, steps: ")
              << steps << "\n";
  }
  return kDone;
}

}  // namespace app
