#include <charconv>
#include <iostream>

#include "app/commands.h"
#include "app/print.h"
#include "journal/journal.h"
#include "store/migrate.h"

namespace app {
namespace {

using http::json::object;

/// A rule of the data that no constraint can hold, as a query that counts what breaks it.
struct Rule {
  const char* words;
  store::Sql sql;
};
constexpr Rule kRules[] = {
    {"names of a unit overlap in time",
     {"verify.names",
      "select count(*) from unit_name a join unit_name b on a.unit_id = b.unit_id and a.valid_from "
      "< b.valid_from and "
      "b.valid_from < a.valid_to"}},
    {"two units bear one code at a time",
     {"verify.codes",
      "select count(*) from unit_code a join unit_code b on a.code = b.code and (a.unit_id <> "
      "b.unit_id or "
      "a.valid_from <> b.valid_from) and a.valid_from <= b.valid_from and b.valid_from < "
      "a.valid_to"}},
    {"a unit has two parents in a line at a time",
     {"verify.parents",
      "select count(*) from unit_parent a join unit_parent b on a.unit_id = b.unit_id and a.line = "
      "b.line and "
      "a.valid_from < b.valid_from and b.valid_from < a.valid_to"}},
    {"a fact's last revision differs from the fact",
     {"verify.facts",
      "select count(*) from fact f left join fact_revision r on r.fact_id = f.id and r.revision = "
      "f.revision where "
      "f.revision > 0 and (r.fact_id is null or r.state <> f.state or r.status <> f.status or "
      "coalesce(r.amount, 0) <> coalesce(f.amount, 0))"}},
    {"a fact lacks a revision",
     {"verify.revisions",
      "select count(*) from (select f.id from fact f left join fact_revision r on r.fact_id = f.id "
      "where f.revision > 0 "
      "group by f.id, f.revision having count(r.revision) <> f.revision) as short_of"}},
    {"an accepted report has an open figure of its own",
     {"verify.reports",
      "select count(*) from report r join request q on q.id = r.request_id join fact f on "
      "f.report_id = r.id where "
      "r.state = 'accepted' and f.status in (0, 1)"}},
};

}  // namespace

int backup_command(const Place& place, const std::string& target) {
  const auto db = open_for_writing(place);
  db->backup(target);
  std::cout << target << "\n";
  return kDone;
}

int verify_command(const Place& place, bool json) {
  const auto db = open_for_reading(place);
  std::vector<std::string> faults = db->faults();
  const auto bar = json ? nullptr : progress_bar("verify");
  std::size_t done = 0;
  for (const Rule& rule : kRules) {
    const std::int64_t broken = db->read([&](store::Tx& tx) { return tx.integer(rule.sql); });
    if (broken > 0) faults.push_back(std::string(rule.words) + ": " + std::to_string(broken));
    if (bar) bar(++done, std::size(kRules));
  }
  const journal::Verdict verdict = db->read([](store::Tx& tx) { return journal::verify(tx); });
  if (verdict.first_bad > 0) {
    faults.push_back("journal: leaf " + std::to_string(verdict.first_bad) + " " + verdict.why);
  }
  if (json) {
    http::json::array items;
    for (const std::string& fault : faults) items.push_back(http::json::value(fault));
    std::cout << http::json::serialize(object{{"faults", items}, {"leaves", verdict.leaves}})
              << "\n";
  } else {
    for (const std::string& fault : faults) std::cout << fault << "\n";
    if (faults.empty()) {
      std::cout << (place.language == base::Language::vi ? "dữ liệu nguyên vẹn, nhật ký "
                                                         : "sound, journal ")
                << verdict.leaves
                << (place.language == base::Language::vi ? " mục\n" : " leaves\n");
    }
  }
  return faults.empty() ? kDone : kRefused;
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
