#include <iostream>

#include "app/commands.h"
#include "app/print.h"
#include "direct/remind.h"
#include "direct/task_store.h"
#include "journal/journal.h"
#include "office/csv.h"
#include "report/remind_reports.h"

namespace app {

std::int64_t send_due_reminders(store::Db& db, const base::Clock& clock) {
  return db.write([&](store::Tx& tx) {
    const base::Instant now = clock.now();
    const auth::Actor actor = auth::console_actor("reminders");
    const base::Date day = clock.day_of(now);
    return direct::send_reminders(tx, actor, now, day) +
           report::send_report_reminders(tx, actor, {now, day});
  });
}

int remind_command(const Place& place) {
  const auto db = open_for_writing(place);
  std::cout << send_due_reminders(*db, *clock_of(place)) << "\n";
  return kDone;
}

namespace {

struct CalendarRow {
  base::Date day;
  bool is_holiday = true;
  std::string name;
};

base::Result<std::vector<CalendarRow>> read_calendar(const office::CsvTable& table) {
  base::Problems problems;
  std::vector<CalendarRow> rows;
  for (const char* column : {"day", "kind", "name"}) {
    if (table.column(column) == std::string::npos) {
      problems.push_back({base::ProblemKind::invalid, "csv.missing_column", "line 1", {column}});
    }
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    const auto& row = table.rows[r];
    const std::string place = "line " + std::to_string(table.lines[r]);
    const auto day = base::Date::parse(row[table.column("day")]);
    const std::string& kind = row[table.column("kind")];
    if (!day) {
      problems.push_back({base::ProblemKind::invalid,
                          "command.date",
                          place + ", day",
                          {row[table.column("day")]}});
    }
    if (kind != "holiday" && kind != "worked") {
      problems.push_back(
          {base::ProblemKind::invalid, "command.calendar_kind", place + ", kind", {kind}});
    }
    rows.push_back({day.value_or(base::Date()), kind == "holiday", row[table.column("name")]});
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  return rows;
}

}  // namespace

int import_calendar_command(const Place& place, const ImportOptions& options) {
  const auto table = office::read_csv(read_file(options.file));
  if (!table) return print_refusal(table.error(), place.language, options.json);
  const auto rows = read_calendar(*table);
  if (!rows) return print_refusal(rows.error(), place.language, options.json);
  const auto db = open_for_writing(place);
  const auto clock = clock_of(place);
  db->write([&](store::Tx& tx) {
    for (const CalendarRow& row : *rows) {
      direct::task_store::add_calendar_day(tx, row.day, row.is_holiday, row.name);
    }
    journal::record(
        tx, auth::console_actor("import"), clock->now(),
        {"calendar.imported", "calendar", 0, "{\"days\":" + std::to_string(rows->size()) + "}"});
  });
  if (options.json) {
    std::cout << http::json::serialize(http::json::object{{"taken", rows->size()},
                                                          {"unchanged", 0},
                                                          {"doubts", http::json::array()},
                                                          {"problems", http::json::array()}})
              << "\n";
  } else {
    std::cout << (place.language == base::Language::vi ? "đã nhận " : "taken ") << rows->size()
              << "\n";
  }
  return kDone;
}

}  // namespace app
