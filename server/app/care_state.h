#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "app/place.h"

namespace app {

/// Notes that a copy was made now; what watches the place looks whether that was long ago.
void note_backup(const Place& place);
/// Seconds since the last copy by this program; none when there never was one.
std::optional<std::int64_t> backup_age(const Place& place);

/// What is left of the disk that the data stands on.
struct Room {
  std::uintmax_t free = 0, whole = 0;
  /// At least 1 GiB or a twentieth, whichever is more.
  std::uintmax_t least() const;
};
Room room_of(const std::filesystem::path& folder);

/// Why an act may be refused now, in a line; null when the writer can open a transaction (nothing
/// is written) and, on SQLite, the disk has room for the acts of the next minutes.
const char* why_not_ready(const Place& place, store::Db& db);

/// Bytes of a file of the data folder; 0 when it is not there.
std::uintmax_t bytes_of(const std::filesystem::path& file);

}  // namespace app
