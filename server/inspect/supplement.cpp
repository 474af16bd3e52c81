#include "inspect/supplement.h"

namespace inspect {

bool is_open(const Supplement& supplement, base::Date day) {
  return !supplement.answered_at && day <= supplement.due_on;
}

namespace supplement_store {

SupplementId add(store::Tx& tx, const Supplement& supplement, const auth::Actor& actor) {
  static constexpr store::Sql kAdd{
      "supplement_request.add",
      "insert into supplement_request (inspection_id, unit_id, report_id, number, round, due_on, "
      "remark, account_id, actor, at) values (:inspection, :unit, :report, :number, :round, :due, "
      ":remark, :account, :actor, :at) returning id"};
  static constexpr store::Sql kItem{
      "supplement_item.add",
      "insert into supplement_item (supplement_id, position, section, indicator, kind, remark) "
      "values (:id, :position, :section, :indicator, :kind, :remark)"};
  const SupplementId id{tx.integer(kAdd, {{"inspection", supplement.inspection},
                                          {"unit", supplement.unit},
                                          {"report", supplement.report},
                                          {"number", supplement.number},
                                          {"round", supplement.round},
                                          {"due", supplement.due_on},
                                          {"remark", supplement.remark},
                                          {"account", actor.account()},
                                          {"actor", actor.name()},
                                          {"at", supplement.at}})};
  int position = 0;
  for (const Supplement::Item& item : supplement.items) {
    tx.run(kItem, {{"id", id},
                   {"position", position++},
                   {"section", item.section},
                   {"indicator", item.indicator},
                   {"kind", item.kind},
                   {"remark", item.remark}});
  }
  return id;
}

std::vector<Supplement> of_inspection(store::Tx& tx, InspectionId id) {
  static constexpr store::Sql kAll{
      "supplement_request.of_inspection",
      "select s.id, s.unit_id, s.report_id, s.number, s.round, s.due_on, s.remark, s.actor, s.at, "
      "(select min(r.submitted_at) from report_round r where r.report_id = s.report_id and r.round "
      "> "
      "s.round) from supplement_request s where s.inspection_id = :id order by s.id"};
  static constexpr store::Sql kItems{"supplement_item.of_supplement",
                                     "select section, indicator, kind, remark from supplement_item "
                                     "where supplement_id = :id order "
                                     "by position"};
  auto found = tx.all(kAll, {{"id", id}}, [&](const store::Row& row) {
    Supplement made;
    made.id = row.id<SupplementId>(0);
    made.inspection = id;
    made.unit = row.id<org::UnitId>(1);
    made.report = row.id<report::ReportId>(2);
    made.number = static_cast<int>(row.integer(3));
    made.round = row.integer(4);
    made.due_on = row.date(5);
    made.remark = row.string(6);
    made.actor = row.string(7);
    made.at = row.instant(8);
    if (!row.is_null(9)) made.answered_at = row.instant(9);
    return made;
  });
  for (Supplement& one : found) {
    one.items = tx.all(kItems, {{"id", one.id}}, [](const store::Row& row) {
      return Supplement::Item{row.string(0), row.string(1), row.string(2), row.string(3)};
    });
  }
  return found;
}

}  // namespace supplement_store
}  // namespace inspect
