#include "report/check_store.h"

namespace report::check_store {
namespace {

#define CHECK_COLUMNS                                                                  \
  "select c.id, c.code, c.formula, c.words_vi, c.words_en, c.severity, c.valid_from, " \
  "c.valid_to, c.revision from check_rule c "

Check check_of(const store::Row& row) {
  return {row.id<CheckId>(0), row.string(1), row.string(2),
          row.string(3),      row.string(4), severity_named(row.text(5)).value(),
          row.date(6),        row.date(7),   row.integer(8)};
}

std::vector<store::Param> params_of(const Check& check) {
  return {{"formula", check.formula},         {"vi", check.words_vi}, {"en", check.words_en},
          {"severity", name(check.severity)}, {"from", check.from},   {"to", check.to}};
}

void add_indicators(store::Tx& tx, CheckId id, const std::vector<direct::IndicatorId>& indicators) {
  static constexpr store::Sql kAdd{
      "check_rule_indicator.add",
      "insert into check_rule_indicator (check_id, indicator_id) values (:check, :indicator) on "
      "conflict (check_id, indicator_id) do nothing"};
  for (const auto indicator : indicators) tx.run(kAdd, {{"check", id}, {"indicator", indicator}});
}

}  // namespace

std::optional<CheckId> add(store::Tx& tx, const Check& check,
                           const std::vector<direct::IndicatorId>& indicators) {
  static constexpr store::Sql kAdd{
      "check_rule.add",
      "insert into check_rule (code, formula, words_vi, words_en, severity, valid_from, valid_to) "
      "values (:code, :formula, :vi, :en, :severity, :from, :to) on conflict (code) do nothing "
      "returning id"};
  auto params = params_of(check);
  params.push_back({"code", check.code});
  const auto id = tx.one(kAdd, params, [](const store::Row& row) { return row.id<CheckId>(0); });
  if (id) add_indicators(tx, *id, indicators);
  return id;
}

bool save(store::Tx& tx, const Check& check, const std::vector<direct::IndicatorId>& indicators) {
  static constexpr store::Sql kSave{
      "check_rule.save",
      "update check_rule set formula = :formula, words_vi = :vi, words_en = :en, severity = "
      ":severity, valid_from = :from, valid_to = :to, revision = revision + 1 where id = :id and "
      "revision = :revision"};
  static constexpr store::Sql kRemove{"check_rule_indicator.remove",
                                      "delete from check_rule_indicator where check_id = :id"};
  auto params = params_of(check);
  params.push_back({"id", check.id});
  params.push_back({"revision", check.revision});
  if (tx.run(kSave, params) != 1) return false;
  tx.run(kRemove, {{"id", check.id}});
  add_indicators(tx, check.id, indicators);
  return true;
}

std::optional<Check> find(store::Tx& tx, CheckId id) {
  static constexpr store::Sql kFind{"check_rule.find", CHECK_COLUMNS "where c.id = :id"};
  return tx.one(kFind, {{"id", id}}, check_of);
}

std::vector<Check> all(store::Tx& tx, std::int64_t after, int limit) {
  static constexpr store::Sql kAll{"check_rule.all",
                                   CHECK_COLUMNS "where c.id > :after order by c.id limit :limit"};
  return tx.all(kAll, {{"after", after}, {"limit", limit}}, check_of);
}

std::vector<Check> of_request(store::Tx& tx, RequestId request, base::Date day) {
  static constexpr store::Sql kOf{
      "check_rule.of_request", CHECK_COLUMNS
      "where c.valid_from <= :day and :day < c.valid_to and c.id in (select i.check_id from "
      "request_indicator q join check_rule_indicator i on i.indicator_id = q.indicator_id where "
      "q.request_id = :request and q.kind = 0) order by c.code"};
  return tx.all(kOf, {{"request", request}, {"day", day}}, check_of);
}

std::vector<Explanation> explanations(store::Tx& tx, ReportId report) {
  static constexpr store::Sql kAll{
      "explanation.of_report",
      "select doubt, fingerprint, text, actor, at from explanation where report_id = :report order "
      "by doubt"};
  return tx.all(kAll, {{"report", report}}, [](const store::Row& row) {
    return Explanation{row.string(0), row.string(1), row.string(2), row.string(3), row.instant(4)};
  });
}

void explain(store::Tx& tx, ReportId report, const Explanation& explanation,
             auth::AccountId account) {
  static constexpr store::Sql kSet{
      "explanation.set",
      "insert into explanation (report_id, doubt, fingerprint, text, account_id, actor, at) values "
      "(:report, :doubt, :fingerprint, :text, :account, :actor, :at) on conflict (report_id, "
      "doubt) do update set fingerprint = excluded.fingerprint, text = excluded.text, account_id "
      "= excluded.account_id, actor = excluded.actor, at = excluded.at"};
  tx.run(kSet, {{"report", report},
                {"doubt", explanation.doubt},
                {"fingerprint", explanation.fingerprint},
                {"text", explanation.text},
                {"account", account},
                {"actor", explanation.actor},
                {"at", explanation.at}});
}

std::optional<Draft> draft(store::Tx& tx, ReportId report, auth::AccountId account) {
  static constexpr store::Sql kFind{
      "entry_draft.find",
      "select body, at from entry_draft where report_id = :report and account_id = :account"};
  return tx.one(kFind, {{"report", report}, {"account", account}},
                [](const store::Row& row) { return Draft{row.string(0), row.instant(1)}; });
}

void keep_draft(store::Tx& tx, ReportId report, auth::AccountId account, const Draft& draft) {
  static constexpr store::Sql kKeep{
      "entry_draft.keep",
      "insert into entry_draft (report_id, account_id, body, at) values (:report, :account, :body, "
      ":at) on conflict (report_id, account_id) do update set body = excluded.body, at = "
      "excluded.at"};
  static constexpr store::Sql kForget{
      "entry_draft.forget",
      "delete from entry_draft where report_id = :report and account_id = :account"};
  if (draft.body.empty()) {
    tx.run(kForget, {{"report", report}, {"account", account}});
    return;
  }
  tx.run(kKeep, {{"report", report}, {"account", account}, {"body", draft.body}, {"at", draft.at}});
}

}  // namespace report::check_store
