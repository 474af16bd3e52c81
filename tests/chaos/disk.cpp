#include "disk.h"

#include <cerrno>
#include <filesystem>
#include <memory>
#include <utility>

namespace chaos {

const char* name_of(Call call) {
  switch (call) {
    case Call::open:
      return "open";
    case Call::read:
      return "read";
    case Call::write:
      return "write";
    case Call::sync:
      return "sync";
    case Call::truncate:
      return "truncate";
    case Call::remove:
      return "remove";
    case Call::share:
      return "share";
  }
  return "";
}

/// The functions SQLite calls.
struct Shim {
  struct File {
    sqlite3_file base;
    std::string* name;  ///< none for a temporary file
    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
  };

  static File& file_of(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
  static sqlite3_file* real(sqlite3_file* file) { return file_of(file).real(); }
  static Disk& disk() { return Disk::only(); }

  static void keep(const File& file, Event::Kind kind, std::int64_t offset = 0,
                   std::string bytes = {}) {
    if (!disk().records_ || !file.name) return;
    disk().events_.push_back({kind, *file.name, offset, std::move(bytes), 0, 0});
  }

  static int close(sqlite3_file* file) {
    const std::unique_ptr<std::string> name(std::exchange(file_of(file).name, nullptr));
    return real(file)->pMethods->xClose(real(file));
  }

  static int read(sqlite3_file* file, void* into, int count, sqlite3_int64 offset) {
    {
      const std::scoped_lock lock(disk().mutex_);
      if (disk().fails(Call::read)) return SQLITE_IOERR_READ;
    }
    return real(file)->pMethods->xRead(real(file), into, count, offset);
  }

  // A write that fails has written its first half.
  static int write(sqlite3_file* file, const void* from, int count, sqlite3_int64 offset) {
    const std::scoped_lock lock(disk().mutex_);
    const bool fails = disk().fails(Call::write);
    const int done = fails ? count / 2 : count;
    const int code = real(file)->pMethods->xWrite(real(file), from, done, offset);
    if (code == SQLITE_OK) {
      keep(file_of(file), Event::Kind::write, offset,
           std::string(static_cast<const char*>(from), static_cast<std::size_t>(done)));
    }
    if (!fails) return code;
    return disk().error_ == ENOSPC ? SQLITE_FULL : SQLITE_IOERR_WRITE;
  }

  static int truncate(sqlite3_file* file, sqlite3_int64 size) {
    const std::scoped_lock lock(disk().mutex_);
    if (disk().fails(Call::truncate)) return SQLITE_IOERR_TRUNCATE;
    const int code = real(file)->pMethods->xTruncate(real(file), size);
    if (code == SQLITE_OK) keep(file_of(file), Event::Kind::truncate, size);
    return code;
  }

  static int sync(sqlite3_file* file, int) {
    const std::scoped_lock lock(disk().mutex_);
    if (disk().fails(Call::sync)) {
      keep(file_of(file), Event::Kind::failed_sync);
      return disk().hides_ ? SQLITE_OK : SQLITE_IOERR_FSYNC;
    }
    if (!disk().lies_) keep(file_of(file), Event::Kind::sync);
    return SQLITE_OK;
  }

  static int file_size(sqlite3_file* file, sqlite3_int64* size) {
    return real(file)->pMethods->xFileSize(real(file), size);
  }
  static int lock(sqlite3_file* file, int kind) {
    return real(file)->pMethods->xLock(real(file), kind);
  }
  static int unlock(sqlite3_file* file, int kind) {
    return real(file)->pMethods->xUnlock(real(file), kind);
  }
  static int is_reserved(sqlite3_file* file, int* answer) {
    return real(file)->pMethods->xCheckReservedLock(real(file), answer);
  }
  static int control(sqlite3_file* file, int what, void* with) {
    return real(file)->pMethods->xFileControl(real(file), what, with);
  }
  static int sector_size(sqlite3_file* file) {
    return real(file)->pMethods->xSectorSize(real(file));
  }
  static int characteristics(sqlite3_file* file) {
    return real(file)->pMethods->xDeviceCharacteristics(real(file));
  }
  static int share(sqlite3_file* file, int region, int size, int extend, void volatile** at) {
    {
      const std::scoped_lock guard(disk().mutex_);
      if (disk().fails(Call::share)) {
        *at = nullptr;
        return SQLITE_IOERR_SHMSIZE;
      }
    }
    return real(file)->pMethods->xShmMap(real(file), region, size, extend, at);
  }
  static int share_lock(sqlite3_file* file, int offset, int count, int flags) {
    return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
  }
  static void share_barrier(sqlite3_file* file) { real(file)->pMethods->xShmBarrier(real(file)); }
  static int unshare(sqlite3_file* file, int remove) {
    return real(file)->pMethods->xShmUnmap(real(file), remove);
  }

  // Version 2: no memory mapping, so that every byte comes by.
  static constexpr sqlite3_io_methods kMethods = {
      2,       close,       read,    write,       truncate,        sync,  file_size,  lock,
      unlock,  is_reserved, control, sector_size, characteristics, share, share_lock, share_barrier,
      unshare, nullptr,     nullptr};

  static int open(sqlite3_vfs*, const char* path, sqlite3_file* file, int flags, int* out) {
    const std::scoped_lock lock(disk().mutex_);
    File& opened = file_of(file);
    opened.base.pMethods = nullptr;
    opened.name = nullptr;
    if (path && disk().fails(Call::open)) return SQLITE_CANTOPEN;
    const bool is_new = path && !std::filesystem::exists(path);
    const int code = disk().real_->xOpen(disk().real_, path, opened.real(), flags, out);
    if (code != SQLITE_OK) return code;
    if (path) {
      opened.name = std::make_unique<std::string>(std::filesystem::path(path).filename()).release();
    }
    if (is_new) keep(opened, Event::Kind::create);
    opened.base.pMethods = &kMethods;
    return SQLITE_OK;
  }

  static int remove(sqlite3_vfs*, const char* path, int folder_too) {
    const std::scoped_lock lock(disk().mutex_);
    if (disk().fails(Call::remove)) return SQLITE_IOERR_DELETE;
    const int code = disk().real_->xDelete(disk().real_, path, 0);
    if (code == SQLITE_OK && disk().records_) {
      const bool for_good = folder_too != 0 && !disk().lies_;
      disk().events_.push_back({for_good ? Event::Kind::remove_for_good : Event::Kind::remove,
                                std::filesystem::path(path).filename(),
                                0,
                                {},
                                0,
                                0});
    }
    return code;
  }

  static int last_error(sqlite3_vfs*, int size, char* words) {
    const std::scoped_lock lock(disk().mutex_);
    if (disk().failures_ > 0) return disk().error_;
    return disk().real_->xGetLastError(disk().real_, size, words);
  }
};

Disk::Disk() : real_(sqlite3_vfs_find(nullptr)), shim_(*real_) {
  shim_.szOsFile = static_cast<int>(sizeof(Shim::File)) + real_->szOsFile;
  shim_.pNext = nullptr;
  shim_.zName = "chaos";
  shim_.xOpen = Shim::open;
  shim_.xDelete = Shim::remove;
  shim_.xGetLastError = Shim::last_error;
  sqlite3_vfs_register(&shim_, 1);
}

Disk& Disk::only() {
  static Disk disk;
  return disk;
}

bool Disk::fails(Call call) {
  if (!is_armed_ || call != call_) return false;
  if (left_ > 1) {
    --left_;
    return false;
  }
  ++failures_;
  if (!lasting_) is_armed_ = false;
  return true;
}

void Disk::record(bool on) {
  const std::scoped_lock lock(mutex_);
  records_ = on;
}

void Disk::lie(bool on) {
  const std::scoped_lock lock(mutex_);
  lies_ = on;
}

void Disk::hide_failed_syncs(bool on) {
  const std::scoped_lock lock(mutex_);
  hides_ = on;
}

std::vector<Event> Disk::take() {
  const std::scoped_lock lock(mutex_);
  for (std::size_t i = 0; i < events_.size(); ++i) events_[i].order = i;
  return std::exchange(events_, {});
}

void Disk::note(Event event) {
  const std::scoped_lock lock(mutex_);
  events_.push_back(std::move(event));
}

void Disk::fail(Call call, int error, std::int64_t at, bool lasting) {
  const std::scoped_lock lock(mutex_);
  is_armed_ = true;
  call_ = call;
  error_ = error;
  left_ = at;
  lasting_ = lasting;
  failures_ = 0;
}

void Disk::heal() {
  const std::scoped_lock lock(mutex_);
  is_armed_ = false;
}

std::int64_t Disk::failures() const {
  const std::scoped_lock lock(mutex_);
  return failures_;
}

}  // namespace chaos
