#include "report/intake_store.h"

#include <algorithm>
#include <array>
#include <span>

#include "report/kept_facts.h"

namespace report::intake_store {
namespace {

constexpr std::size_t kRows = 32;  // of one statement; more gain nothing

/// Text and parameter names of an insert of `rows` facts, with or without an amount: a null has no
/// type of its own on PostgreSQL, so that each pattern of nulls would be prepared anew.
struct Insert {
  std::string text;
  std::vector<std::string> names;

  Insert(std::size_t rows, bool has_amount) {
    text = "insert into fact (unit_id, indicator_id, period, state, status, remark, note, ";
    text += has_amount ? "amount, " : "";
    text += "at, revision) values ";
    std::vector<std::string_view> columns{"unit",   "indicator", "period", "state",
                                          "status", "remark",    "note"};
    if (has_amount) columns.emplace_back("amount");
    for (std::size_t row = 0; row < rows; ++row) {
      text += row == 0 ? "(" : ", (";
      for (const std::string_view column : columns) {
        names.push_back(std::string(column) + std::to_string(row));
        text += ":" + names.back() + ", ";
      }
      text += ":at, 1)";
    }
    text += " returning id";
    // As the text names them: :at stands after the first row.
    names.insert(names.begin() + static_cast<std::ptrdiff_t>(columns.size()), "at");
  }
};

const Insert& insert_of(std::size_t rows, bool has_amount) {
  static const std::array<Insert, 4> kInserts{Insert(1, false), Insert(1, true),
                                              Insert(kRows, false), Insert(kRows, true)};
  return kInserts[(rows == 1 ? 0U : 2U) + (has_amount ? 1U : 0U)];
}

struct Ids {
  std::int64_t low = 0, high = 0;
};

void insert(store::Tx& tx, std::span<const Fact* const> facts, base::Instant at, Ids& ids) {
  const bool has_amount = facts.front()->amount.has_value();
  const Insert& text = insert_of(facts.size(), has_amount);
  std::vector<store::Param> params;
  params.reserve(text.names.size());
  const auto add = [&](store::Value value) {
    params.push_back({text.names[params.size()], std::move(value)});
  };
  for (const Fact* fact : facts) {
    add(fact->unit);
    add(fact->indicator);
    add(fact->period);
    add(static_cast<int>(fact->state));
    add(static_cast<int>(fact->status));
    add(fact->remark);
    add(fact->note);
    if (has_amount) add(*fact->amount);
    if (fact == facts.front()) add(at);
  }
  tx.each({"fact.add_many", text.text}, params, [&](const store::Row& row) {
    const std::int64_t id = row.integer(0);
    ids.low = ids.low == 0 ? id : std::min(ids.low, id);
    ids.high = std::max(ids.high, id);
  });
}

void insert_all(store::Tx& tx, const std::vector<const Fact*>& facts, base::Instant at, Ids& ids) {
  const std::span<const Fact* const> all(facts);
  std::size_t done = 0;
  for (; done + kRows <= all.size(); done += kRows) insert(tx, all.subspan(done, kRows), at, ids);
  for (; done < all.size(); ++done) insert(tx, all.subspan(done, 1), at, ids);
}

}  // namespace

std::vector<Fact> known(store::Tx& tx, org::UnitId unit, std::string_view period) {
  static constexpr store::Sql kKnown{
      "fact.known_of_unit",
      "select id, indicator_id, state, status, amount, remark, note, report_id, revision from fact "
      "where unit_id = :unit and period = :period and +kind = 0 order by indicator_id"};
  return tx.all(kKnown, {{"unit", unit}, {"period", period}}, [&](const store::Row& row) {
    return Fact{row.id<FactId>(0),
                unit,
                row.id<direct::IndicatorId>(1),
                std::string(period),
                static_cast<FactState>(row.integer(2)),
                static_cast<FactStatus>(row.integer(3)),
                row.maybe_integer(4),
                row.string(5),
                row.string(6),
                row.is_null(7) ? ReportId{} : row.id<ReportId>(7),
                row.integer(8)};
  });
}

bool is_of_a_report(store::Tx& tx, const Fact& fact) {
  static constexpr store::Sql kAct{
      "fact_revision.act",
      "select act from fact_revision where fact_id = :fact and revision = :at"};
  const auto act = tx.one(kAct, {{"fact", fact.id}, {"at", fact.revision}},
                          [](const store::Row& row) { return row.string(0); });
  return act && act->starts_with("report.");
}

void add(store::Tx& tx, const std::vector<Fact>& facts, const fact_store::Hand& hand) {
  if (facts.empty()) return;
  std::vector<const Fact*> with_amount, without;
  for (const Fact& fact : facts) {
    (fact.amount ? with_amount : without).push_back(&fact);
    kept_facts::changed(tx, fact.unit, fact.period);
  }
  Ids ids;
  insert_all(tx, with_amount, hand.at, ids);
  insert_all(tx, without, hand.at, ids);
  // Whoever writes beside us between these ids brings the revisions of its own facts.
  static constexpr store::Sql kRevisions{
      "fact_revision.add_many",
      "insert into fact_revision (fact_id, revision, state, status, amount, note, act, account_id, "
      "actor, at) "
      "select f.id, 1, f.state, f.status, f.amount, f.note, :act, :account, :actor, f.at from fact "
      "f "
      "where f.id between :low and :high and f.revision = 1 and f.at = :at and not exists "
      "(select 1 from fact_revision r where r.fact_id = f.id and r.revision = 1)"};
  tx.run(kRevisions, {{"act", hand.act},
                      {"account", hand.actor.account()},
                      {"actor", hand.actor.name()},
                      {"low", ids.low},
                      {"high", ids.high},
                      {"at", hand.at}});
}

}  // namespace report::intake_store
