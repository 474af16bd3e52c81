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
