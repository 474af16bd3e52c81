#include "app/care_state.h"

#include <algorithm>
#include <chrono>
#include <fstream>

#include "base/result.h"

namespace app {
namespace {

std::filesystem::path backup_note(const Place& place) { return place.data / "last-backup"; }

std::int64_t seconds_now() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace

void note_backup(const Place& place) { std::ofstream(backup_note(place)) << seconds_now() << "\n"; }

std::optional<std::int64_t> backup_age(const Place& place) {
  std::ifstream note(backup_note(place));
  std::int64_t at = 0;
  if (!(note >> at)) return std::nullopt;
  return std::max<std::int64_t>(0, seconds_now() - at);
}

std::uintmax_t Room::least() const {
  return std::max<std::uintmax_t>(std::uintmax_t{1} << 30, whole / 20);
}

Room room_of(const std::filesystem::path& folder) {
  std::error_code ignored;
  const auto space = std::filesystem::space(folder, ignored);
  if (ignored) return {};
  return {space.available, space.capacity};
}

const char* why_not_ready(const Place& place, store::Db& db) {
  constexpr std::uintmax_t kLeastRoom = 4U << 20U;
  if (place.database.empty() && room_of(place.data).free < kLeastRoom)
    return "no room on the disk\n";
  try {
    const auto refused = db.write([](store::Tx&) -> base::Result<int> {
      return base::refuse(base::ProblemKind::conflict, "storage.probe");
    });
    return refused.has_value() ? "odd\n" : nullptr;
  } catch (const store::DiskFull&) {
    return "no room on the disk\n";
  } catch (const std::exception&) {
    return "the database does not answer\n";
  }
}

std::uintmax_t bytes_of(const std::filesystem::path& file) {
  std::error_code missing;
  const std::uintmax_t bytes = std::filesystem::file_size(file, missing);
  return missing ? 0 : bytes;
}

}  // namespace app
