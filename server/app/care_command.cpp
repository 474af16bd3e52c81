#include <charconv>
#include <iostream>

#include "app/admin_socket.h"
#include "app/commands.h"
#include "app/print.h"
#include "app/soundness.h"
#include "journal/journal.h"
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

int audit_verify_command(const Place& place, const std::string& expected, bool json) {
  std::optional<std::pair<std::int64_t, std::string>> head;
  if (!expected.empty()) {
    std::int64_t leaves = 0;
    const std::size_t colon = expected.find(':');
    const auto [end, error] = std::from_chars(
        expected.data(), expected.data() + std::min(colon, expected.size()), leaves);
    if (colon == std::string::npos || error != std::errc() || end != expected.data() + colon) {
      std::cerr << "--expect COUNT:HASH\n";
      return 2;
    }
    head.emplace(leaves, expected.substr(colon + 1));
  }
  const auto db = open_for_reading(place);
  const journal::Verdict verdict =
      db->read([&](store::Tx& tx) { return journal::verify(tx, head); });
  if (json) {
    std::cout << http::json::serialize(object{{"leaves", verdict.leaves},
                                              {"first_bad", verdict.first_bad},
                                              {"why", verdict.why},
                                              {"head", verdict.head}})
              << "\n";
  } else if (verdict.first_bad == 0) {
    std::cout << (place.language == base::Language::vi ? "chuỗi nhật ký đúng: "
                                                       : "the chain holds: ")
              << verdict.leaves << ":" << verdict.head << "\n";
    if (!head) {
      std::cout << (place.language == base::Language::vi
                        ? "Chưa đối chiếu với mốc ghi ở nơi khác (--expect), nên không chứng minh "
                          "được việc dựng lại cả chuỗi.\n"
                        : "Not held against a head noted elsewhere (--expect), so a rebuilt chain "
                          "would not be seen.\n");
    }
  } else {
    std::cout << "leaf " << verdict.first_bad << ": " << verdict.why << "\n";
  }
  return verdict.first_bad == 0 ? kDone : kRefused;
}

int migrate_command(const Place& place) {
  const auto db = open_for_writing(place);
  std::cout << store::embedded_migrations().back().name << "\n";
  return kDone;
}

}  // namespace app
