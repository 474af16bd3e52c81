#include "inspect/procedure_store.h"

namespace inspect::procedure_store {
namespace {

#define PROCEDURE_COLUMNS                                                                      \
  "select id, code, version, name, basis, valid_from, valid_to, clock, is_working, cap_city, " \
  "cap_district, cap_commune, extension_part, years_back, note from inspection_procedure "

int small(const store::Row& row, int column) { return static_cast<int>(row.integer(column)); }

Procedure procedure_of(const store::Row& row) {
  Procedure made;
  made.id = row.id<ProcedureId>(0);
  made.code = row.string(1);
  made.version = small(row, 2);
  made.name = row.string(3);
  made.basis = row.string(4);
  made.from = row.date(5);
  made.to = row.date(6);
  made.clock = clock_start_named(row.text(7)).value_or(ClockStart::announcement);
  made.is_working = row.integer(8) != 0;
  made.cap_city = small(row, 9);
  made.cap_district = small(row, 10);
  made.cap_commune = small(row, 11);
  made.extension_part = small(row, 12);
  made.years_back = small(row, 13);
  made.note = row.string(14);
  return made;
}

void fill_steps(store::Tx& tx, std::vector<Procedure>& procedures) {
  static constexpr store::Sql kSteps{
      "procedure_step.of_procedure",
      "select code, stage, name, paper, clock, days, is_working from procedure_step where "
      "procedure_id = :procedure order by position"};
  for (Procedure& procedure : procedures) {
    procedure.steps = tx.all(kSteps, {{"procedure", procedure.id}}, [](const store::Row& row) {
      return ProcedureStep{row.string(0),
                           row.string(1),
                           row.string(2),
                           row.string(3),
                           clock_start_named(row.text(4)).value_or(ClockStart::none),
                           small(row, 5),
                           row.integer(6) != 0};
    });
  }
}

std::optional<Procedure> first(store::Tx& tx, std::vector<Procedure> found) {
  if (found.empty()) return std::nullopt;
  fill_steps(tx, found);
  return std::move(found.front());
}

}  // namespace

std::optional<Procedure> find(store::Tx& tx, ProcedureId id) {
  static constexpr store::Sql kFind{"inspection_procedure.find",
                                    PROCEDURE_COLUMNS "where id = :id"};
  return first(tx, tx.all(kFind, {{"id", id}}, procedure_of));
}

std::optional<Procedure> in_force(store::Tx& tx, std::string_view code, base::Date day) {
  static constexpr store::Sql kInForce{
      "inspection_procedure.in_force", PROCEDURE_COLUMNS
      "where code = :code and valid_from <= :day and :day < valid_to order by version desc limit "
      "1"};
  return first(tx, tx.all(kInForce, {{"code", code}, {"day", day}}, procedure_of));
}

std::optional<Procedure> newest(store::Tx& tx, std::string_view code) {
  static constexpr store::Sql kNewest{"inspection_procedure.newest", PROCEDURE_COLUMNS
                                      "where code = :code order by version desc limit 1"};
  return first(tx, tx.all(kNewest, {{"code", code}}, procedure_of));
}

ProcedureId add(store::Tx& tx, const Procedure& procedure) {
  static constexpr store::Sql kAdd{
      "inspection_procedure.add",
      "insert into inspection_procedure (code, version, name, basis, valid_from, valid_to, clock, "
      "is_working, cap_city, cap_district, cap_commune, extension_part, years_back, note) values "
      "(:code, :version, :name, :basis, :from, :to, :clock, :working, :city, :district, :commune, "
      ":part, :years, :note) returning id"};
  static constexpr store::Sql kStep{
      "procedure_step.add",
      "insert into procedure_step (procedure_id, position, code, stage, name, paper, clock, days, "
      "is_working) values (:procedure, :position, :code, :stage, :name, :paper, :clock, :days, "
      ":working)"};
  const ProcedureId id{tx.integer(kAdd, {{"code", procedure.code},
                                         {"version", procedure.version},
                                         {"name", procedure.name},
                                         {"basis", procedure.basis},
                                         {"from", procedure.from},
                                         {"to", procedure.to},
                                         {"clock", name(procedure.clock)},
                                         {"working", procedure.is_working ? 1 : 0},
                                         {"city", procedure.cap_city},
                                         {"district", procedure.cap_district},
                                         {"commune", procedure.cap_commune},
                                         {"part", procedure.extension_part},
                                         {"years", procedure.years_back},
                                         {"note", procedure.note}})};
  int position = 0;
  for (const ProcedureStep& step : procedure.steps) {
    tx.run(kStep, {{"procedure", id},
                   {"position", ++position},
                   {"code", step.code},
                   {"stage", step.stage},
                   {"name", step.name},
                   {"paper", step.paper},
                   {"clock", name(step.clock)},
                   {"days", step.days},
                   {"working", step.is_working ? 1 : 0}});
  }
  return id;
}

void end(store::Tx& tx, ProcedureId id, base::Date day) {
  static constexpr store::Sql kEnd{
      "inspection_procedure.end", "update inspection_procedure set valid_to = :day where id = :id"};
  tx.run(kEnd, {{"day", day}, {"id", id}});
}

std::vector<Procedure> all(store::Tx& tx, const std::optional<base::Date>& day) {
  static constexpr store::Sql kAll{"inspection_procedure.all",
                                   PROCEDURE_COLUMNS "order by code, version"};
  static constexpr store::Sql kOfDay{
      "inspection_procedure.of_day",
      PROCEDURE_COLUMNS "where valid_from <= :day and :day < valid_to order by code, version"};
  auto found = day ? tx.all(kOfDay, {{"day", *day}}, procedure_of) : tx.all(kAll, {}, procedure_of);
  fill_steps(tx, found);
  return found;
}

}  // namespace inspect::procedure_store
