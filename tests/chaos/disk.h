#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace chaos {

/// One thing a disk was asked, or one thing a client knows, in the order they happened.
struct Event {
  enum class Kind {
    create,
    write,
    truncate,
    remove,
    remove_for_good,  ///< and the folder was synced
    sync,
    failed_sync,
    begun,         ///< a client sent an act
    acknowledged,  ///< … and was told that it is done
  };
  Kind kind = Kind::sync;
  std::string file;         ///< its name, without the folder
  std::int64_t offset = 0;  ///< of a write; the new size of a truncate; the number of an act
  std::string bytes;        ///< of a write
  int client = 0;           ///< whose act
  std::size_t order = 0;    ///< its place among all events
};

/// What SQLite asks of a disk and can be told to fail.
enum class Call { open, read, write, sync, truncate, remove, share };

constexpr Call kCalls[] = {Call::open,     Call::read,   Call::write, Call::sync,
                           Call::truncate, Call::remove, Call::share};
const char* name_of(Call call);

/// The disk under every database of this process: SQLite's own file system of the platform, which
/// writes down what it is asked and fails when told to. It never syncs, for nothing here outlives
/// the process; what a sync would have made durable is reckoned from the events (power.h).
class Disk {
 public:
  /// The one disk; the first call makes it SQLite's default.
  static Disk& only();

  void record(bool on);
  /// From now on a sync is answered as done and does nothing: a disk that lies.
  void lie(bool on);
  /// From now on a sync that fails is answered as done.
  void hide_failed_syncs(bool on);
  std::vector<Event> take();
  void note(Event event);

  /// The call number `at` (from 1) of its kind fails with `error` (EIO or ENOSPC); with `lasting`
  /// all after it too, until healed.
  void fail(Call call, int error, std::int64_t at, bool lasting);
  void heal();
  std::int64_t failures() const;

 private:
  friend struct Shim;
  Disk();
  bool fails(Call call);

  mutable std::mutex mutex_;
  bool records_ = false;
  bool lies_ = false;
  bool hides_ = false;
  std::vector<Event> events_;
  bool is_armed_ = false;
  Call call_ = Call::write;
  int error_ = 0;
  bool lasting_ = false;
  std::int64_t left_ = 0;
  std::int64_t failures_ = 0;
  sqlite3_vfs* real_ = nullptr;
  sqlite3_vfs shim_ = {};
};

}  // namespace chaos
