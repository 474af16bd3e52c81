#include <stdio.h>

#include <fcntl.h>
#include <cerrno>
#include <iostream>
#include <system_error>

#include "app/commands.h"
#include "app/move_tables.h"
#include "app/print.h"
#include "app/soundness.h"
#include "report/report_json.h"
#include "report/service.h"

namespace app {
namespace {

/// Every total of a database: of each unit that stands above others and below none, in each line,
/// and each period that has figures, all indicators.
std::vector<report::RollupQuestion> all_questions(store::Tx& tx) {
  static constexpr store::Sql kPeriods{"move.periods",
                                       "select distinct period from fact order by period"};
  static constexpr store::Sql kTops{
      "move.tops",
      "select distinct p.parent_id, p.line from unit_parent p where p.valid_from <= :day and :day "
      "< "
      "p.valid_to and p.parent_id is not null and not exists (select 1 from unit_parent q where "
      "q.unit_id = p.parent_id and q.line = p.line and q.parent_id is not null and q.valid_from <= "
      ":day and :day < q.valid_to) order by p.line, p.parent_id"};
  std::vector<report::RollupQuestion> questions;
  for (const std::string& text :
       tx.all(kPeriods, {}, [](const store::Row& row) { return row.string(0); })) {
    const auto period = base::Period::parse(text);
    if (!period) continue;
    tx.each(kTops, {{"day", period->last()}}, [&](const store::Row& row) {
      report::RollupQuestion question{row.id<org::UnitId>(0), *period, {}, {}, row.string(1), {}};
      question.with_parts = true;
      questions.push_back(std::move(question));
    });
  }
  return questions;
}

/// The answer as it is told, or the refusal's codes.
std::string total(store::Tx& tx, const report::RollupQuestion& question) {
  const auto answer = report::roll_up(tx, question);
  if (answer) return http::json::serialize(report::rollup_json(tx, question, *answer));
  std::string codes;
  for (const base::Problem& problem : answer.error()) codes += problem.code + " ";
  return codes;
}

/// What differs between the two, in words; empty when nothing does.
std::vector<std::string> differences(store::Tx& from, store::Tx& to, std::size_t& totals) {
  std::vector<std::string> told;
  const auto before = digests_of(from), after = digests_of(to);
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (i < after.size() && before[i] == after[i]) continue;
    told.push_back("table " + before[i].table + ": " + std::to_string(before[i].rows) +
                   " rows here, " +
                   (i < after.size() ? std::to_string(after[i].rows) : "no table") + " there");
  }
  if (!told.empty()) return told;
  const auto questions = all_questions(from);
  for (const report::RollupQuestion& question : questions) {
    if (total(from, question) != total(to, question))
      told.push_back("totals of unit " + std::to_string(question.unit.value) + " in " +
                     question.period.text() + " differ");
  }
  totals = questions.size();
  return told;
}

std::int64_t rows_of(store::Tx& tx) {
  std::int64_t rows = 0;
  for (const TableDigest& digest : digests_of(tx)) rows += digest.rows;
  return rows;
}

}  // namespace

int move_command(const Place& place) {
  if (place.database.empty())
    throw store::Unusable(
        "name the PostgreSQL database with --database; the data are moved into it");
  const auto file = place.data / "thongsuot.db";
  if (!std::filesystem::exists(file))
    throw store::Unusable("no data in " + place.data.string() + " to move");
  Place here = place;
  here.database.clear();
  std::size_t totals = 0;
  std::int64_t rows = 0;
  {
    const auto source = open_for_writing(here);  // holds the folder: nobody writes meanwhile
    const Soundness sound = soundness_of(*source);
    for (const std::string& fault : sound.faults) std::cout << fault << "\n";
    if (!sound.faults.empty()) return kRefused;
    const auto target = open_for_writing(place);
    std::vector<std::string> differ;
    source->read([&](store::Tx& from) {
      target->write([&](store::Tx& to) -> std::optional<bool> {
        // What was moved already, and the answer lost on its way, is only compared.
        if (!holds_acts(to)) move_tables(from, to, progress_bar("move-to-postgres"));
        differ = differences(from, to, totals);
        rows = rows_of(from);
        return differ.empty() ? std::optional(true) : std::nullopt;
      });
    });
    for (const std::string& line : differ) std::cout << line << "\n";
    if (!differ.empty()) {
      std::cout << (place.language == base::Language::vi
                        ? "cơ sở dữ liệu kia có dữ liệu khác; chưa chuyển gì\n"
                        : "the other database holds something else; nothing was moved\n");
      return kRefused;
    }
  }
  carry_demo_day(here, place);
  const auto aside = place.data / "moved-to-postgres.db";
  if (::renameat2(AT_FDCWD, file.c_str(), AT_FDCWD, aside.c_str(), RENAME_NOREPLACE) != 0) {
    throw store::Failure("cannot name " + aside.string() + ": " +
                         std::generic_category().message(errno));
  }
  const bool vi = place.language == base::Language::vi;
  std::cout << (vi ? "đã chuyển và đối chiếu: " : "moved and compared: ") << rows
            << (vi ? " dòng, " : " rows, ") << totals
            << (vi ? " bảng tổng hợp như nhau; bản cũ để ở "
                   : " totals alike; what was there is in ")
            << aside.string() << "\n";
  return kDone;
}

}  // namespace app
