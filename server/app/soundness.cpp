#include "app/soundness.h"

#include "journal/journal.h"

namespace app {
namespace {

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

Soundness soundness_of(store::Db& db, const std::function<void(std::size_t, std::size_t)>& step) {
  Soundness found;
  found.faults = db.faults();
  std::size_t done = 0;
  for (const Rule& rule : kRules) {
    const std::int64_t broken = db.read([&](store::Tx& tx) { return tx.integer(rule.sql); });
    if (broken > 0) found.faults.push_back(std::string(rule.words) + ": " + std::to_string(broken));
    if (step) step(++done, std::size(kRules));
  }
  const journal::Verdict verdict = db.read([](store::Tx& tx) { return journal::verify(tx); });
  if (verdict.first_bad > 0) {
    found.faults.push_back("journal: leaf " + std::to_string(verdict.first_bad) + " " +
                           verdict.why);
  }
  found.leaves = verdict.leaves;
  found.head = verdict.head;
  return found;
}

}  // namespace app
