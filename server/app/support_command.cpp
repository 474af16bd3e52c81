#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <iostream>
#include <regex>
#include <thread>

#include "app/care_state.h"
#include "app/commands.h"
#include "app/doctor.h"
#include "app/move_tables.h"
#include "app/print.h"
#include "http/json.h"
#include "office/package.h"
#include "store/migrate.h"

namespace app {
namespace {

using http::json::array;
using http::json::object;

constexpr std::size_t kMostLog = 1 << 20;  // bytes of its end

/// What may name a person or open a door is taken out of words that others made: addresses of
/// machines and mail, what stands in quotes, long runs of letters and figures like tokens.
std::string scrubbed(const std::string& text, const Place& place) {
  std::string made = text;
  if (!place.database.empty()) {
    for (std::size_t at = made.find(place.database); at != std::string::npos;
         at = made.find(place.database))
      made.replace(at, place.database.size(), "[database]");
  }
  static const std::regex kMail(R"([^\s<>"']+@[^\s<>"']+)");
  static const std::regex kAddress(
      R"(\b\d{1,3}(\.\d{1,3}){3}\b|\b[0-9a-fA-F]{0,4}(:[0-9a-fA-F]{0,4}){2,7}\b)");
  static const std::regex kQuoted(R"("[^"\n]*"|'[^'\n]*')");
  static const std::regex kToken(R"([A-Za-z0-9+/_-]{32,}=*)");
  made = std::regex_replace(made, kMail, "[mail]");
  made = std::regex_replace(made, kQuoted, "[text]");
  made = std::regex_replace(made, kToken, "[token]");
  return std::regex_replace(made, kAddress, "[address]");
}

object about(const Place& place) {
  utsname machine{};
  ::uname(&machine);
  return {{"program", THONGSUOT_VERSION},
          {"made_at", base::SystemClock().now().text()},
          {"database", place.database.empty() ? "sqlite" : "postgresql"},
          {"is_demo", is_demo(place)},
          {"system", std::string(machine.sysname) + " " + machine.release + " " + machine.machine},
          {"processors", std::thread::hardware_concurrency()},
          {"memory_bytes",
           static_cast<std::int64_t>(::sysconf(_SC_PHYS_PAGES)) * ::sysconf(_SC_PAGESIZE)},
          {"disk_free_bytes", room_of(place.data).free},
          {"disk_bytes", room_of(place.data).whole}};
}

array doctor(const Place& place) {
  array items;
  for (const Finding& one : look_over(place)) {
    items.push_back(object{
        {"about", one.about}, {"health", name(one.health)}, {"words", scrubbed(one.en, place)}});
  }
  return items;
}

/// How the database is set up: names of settings with their values, none of which is a person's.
object settings(store::Tx& tx) {
  static constexpr store::Sql kSqlite{
      "support.settings",
      "select 'version', sqlite_version() union all select 'page_size', cast(page_size as text) "
      "from "
      "pragma_page_size union all select 'pages', cast(page_count as text) from pragma_page_count "
      "union all select 'free_pages', cast(freelist_count as text) from pragma_freelist_count "
      "union "
      "all select 'journal_mode', journal_mode from pragma_journal_mode"};
  static constexpr store::Sql kPostgres{
      "support.settings",
      "select name, setting from pg_settings where name in ('server_version', 'server_encoding', "
      "'max_connections', 'shared_buffers', 'synchronous_commit', 'fsync', 'full_page_writes', "
      "'wal_level', 'default_transaction_isolation', 'data_checksums', 'TimeZone') union all "
      "select "
      "'synchronous_standbys', case when setting = '' then 'none' else 'named' end from "
      "pg_settings "
      "where name = 'synchronous_standby_names'"};
  object made;
  tx.each(tx.dialect() == store::Dialect::sqlite ? kSqlite : kPostgres, {},
          [&](const store::Row& row) { made[row.text(0)] = row.text(1); });
  return made;
}

object database(const Place& place) {
  try {
    const auto db = open_for_reading(place);
    return db->read([](store::Tx& tx) {
      static constexpr store::Sql kSteps{"support.steps",
                                         "select name from schema_migration order by name"};
      array steps;
      tx.each(kSteps, {}, [&](const store::Row& row) { steps.emplace_back(row.text(0)); });
      object rows;
      for (const auto& [table, count] : rows_of_tables(tx)) rows[table] = count;
      return object{{"settings", settings(tx)}, {"steps", steps}, {"rows", rows}};
    });
  } catch (const store::Failure& failure) {
    return {{"failure", scrubbed(failure.what(), place)}};  // that is what help is asked for
  }
}

/// Our own files by name; what else lies there only by how much it is.
object files(const Place& place) {
  static const std::regex kOurs(
      R"(thongsuot\.db(-wal|-shm)?|before-\d{4}\.db|moved-to-postgres\.db|(journal|sealing)\.key|lock|last-backup|setup-token|demo-day.*|admin\.sock)");
  object made;
  std::uintmax_t others = 0, bytes = 0;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(place.data, ignored)) {
    const std::string name = entry.path().filename().string();
    const std::uintmax_t size = bytes_of(entry.path());
    if (!std::regex_match(name, kOurs)) {
      ++others, bytes += size;
      continue;
    }
    struct stat seen{};
    ::stat(entry.path().c_str(), &seen);
    made[name.starts_with("demo-day") ? "demo-day" : name] =
        object{{"bytes", size}, {"mode", static_cast<std::int64_t>(seen.st_mode & 07777)}};
  }
  made["others"] = object{{"files", others}, {"bytes", bytes}};
  return made;
}

std::string end_of_log(const std::string& file, const Place& place) {
  std::string text = read_file(file);
  if (text.size() > kMostLog) {
    text.erase(0, text.size() - kMostLog);
    text.erase(0, text.find('\n') + 1);
  }
  return scrubbed(text, place);
}

}  // namespace

int support_command(const Place& place, const std::string& target, const std::string& log) {
  office::Package bundle;
  bundle.add("about.json", http::json::serialize(about(place)));
  bundle.add("doctor.json", http::json::serialize(doctor(place)));
  bundle.add("database.json", http::json::serialize(database(place)));
  bundle.add("files.json", http::json::serialize(files(place)));
  if (!log.empty()) bundle.add("log.txt", end_of_log(log, place));
  write_file(target, bundle.bytes());
  std::cout << target << "\n"
            << (place.language == base::Language::vi
                    ? "không có tên người, số liệu hay khoá; vẫn nên xem qua trước khi gửi\n"
                    : "no names of people, figures or keys are in it; look through it before you "
                      "send it\n");
  return kDone;
}

}  // namespace app
