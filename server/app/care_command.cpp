#include <iostream>

#include "app/admin_socket.h"
#include "app/care_state.h"
#include "app/commands.h"
#include "app/print.h"
#include "app/soundness.h"
#include "store/migrate.h"

namespace app {
namespace {

using http::json::object;

}  // namespace

int backup_command(const Place& place, const std::string& target) {
  const std::string whole = std::filesystem::absolute(target).string();
  if (place.database.empty() &&
      ask_server(place.data, object{{"do", "backup"}, {"file", whole}}).has_value()) {
    std::cout << target << "\n";
    return kDone;
  }
  open_for_writing(place)->backup(whole);
  note_backup(place);
  std::cout << target << "\n";
  return kDone;
}

int verify_command(const Place& place, bool json) {
  const auto db = open_for_reading(place);
  const Soundness found = soundness_of(*db, json ? nullptr : progress_bar("verify"));
  if (json) {
    http::json::array items;
    for (const std::string& fault : found.faults) items.push_back(http::json::value(fault));
    std::cout << http::json::serialize(object{{"faults", items}, {"leaves", found.leaves}}) << "\n";
  } else {
    for (const std::string& fault : found.faults) std::cout << fault << "\n";
    if (found.faults.empty()) {
      std::cout << (place.language == base::Language::vi ? "dữ liệu nguyên vẹn, nhật ký "
                                                         : "sound, journal ")
                << found.leaves << (place.language == base::Language::vi ? " mục\n" : " leaves\n");
    }
  }
  return found.faults.empty() ? kDone : kRefused;
}

int migrate_command(const Place& place) {
  const auto db = open_for_writing(place);
  std::cout << store::embedded_migrations().back().name << "\n";
  return kDone;
}

}  // namespace app
