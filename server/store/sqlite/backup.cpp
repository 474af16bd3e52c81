#include "store/sqlite/backup.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace store::sqlite {
namespace {

constexpr int kPagesPerStep = 256;

struct FinishBackup {
  void operator()(sqlite3_backup* backup) const { sqlite3_backup_finish(backup); }
};
using Backup = std::unique_ptr<sqlite3_backup, FinishBackup>;

[[noreturn]] void fail_with_errno(const std::string& doing) {
  const int reason = errno;
  const std::string words = doing + ": " + std::generic_category().message(reason);
  if (reason == ENOSPC || reason == EDQUOT) throw DiskFull(words);
  throw Failure(words);
}

void sync_to_disk(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) fail_with_errno("cannot open " + path.string());
  const int outcome = ::fsync(file);
  const int reason = errno;
  ::close(file);
  errno = reason;
  if (outcome != 0) fail_with_errno("cannot sync " + path.string());
}

/// A half-made copy, gone when the making of it fails.
class Part {
 public:
  explicit Part(std::filesystem::path path) : path_(std::move(path)) {
    std::filesystem::remove(path_);  // left by a copy that was cut off
  }
  ~Part() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  Part(const Part&) = delete;
  Part& operator=(const Part&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

void copy_pages(Writer& writer, sqlite3* copy) {
  Backup backup;
  writer.between([&](Connection& source) {
    backup.reset(sqlite3_backup_init(copy, "main", source.get(), "main"));
    if (!backup) fail(copy, sqlite3_errcode(copy), "backup");
  });
  try {
    for (bool is_done = false; !is_done;) {
      writer.between([&](Connection&) {
        const int code = sqlite3_backup_step(backup.get(), kPagesPerStep);
        if (code != SQLITE_OK && code != SQLITE_DONE) {
          const int finished = sqlite3_backup_finish(backup.release());
          fail(copy, finished, "backup");
        }
        is_done = code == SQLITE_DONE;
      });
    }
  } catch (...) {
    writer.between([&](Connection&) { backup.reset(); });
    throw;
  }
  writer.between([&](Connection&) { backup.reset(); });
}

}  // namespace

void back_up(Writer& writer, const std::filesystem::path& target) {
  if (std::filesystem::exists(target)) {
    throw Unusable("the file " + target.string() + " exists already; a backup replaces nothing");
  }
  const Part part(target.string() + ".part");
  {
    sqlite3* opened = nullptr;
    const int code = sqlite3_open_v2(part.path().c_str(), &opened,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    const std::unique_ptr<sqlite3, CloseConnection> copy(opened);
    if (code != SQLITE_OK) fail(opened, code, "backup");
    // The file is of no use until it is whole, and then it is synced below.
    sqlite3_exec(opened, "pragma journal_mode=off; pragma synchronous=off", nullptr, nullptr,
                 nullptr);
    copy_pages(writer, opened);
  }
  sync_to_disk(part.path());
  if (::renameat2(AT_FDCWD, part.path().c_str(), AT_FDCWD, target.c_str(), RENAME_NOREPLACE) != 0) {
    fail_with_errno("cannot name the copy " + target.string());
  }
  sync_to_disk(std::filesystem::absolute(target).parent_path());
}

}  // namespace store::sqlite
