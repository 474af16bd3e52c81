#include "report/regime_store.h"

#include "direct/indicator_store.h"

namespace report::regime_store {
namespace {

#define REGIME_COLUMNS                                                                             \
  "select g.id, g.unit_id, g.code, g.name, g.content, g.method, g.line, g.frequency, "             \
  "g.data_window, g.window_from_day, g.window_from_months, g.window_to_day, g.guidance, g.basis, " \
  "g.addressee_level, g.valid_from, g.valid_to, g.is_illustrative, g.revision from regime g "

// Whose regimes may ask the account's own units: those above them in any line on the day.
#define ASKING_UNITS                                                                           \
  ", asking(unit_id) as (select p.unit_id from post p join appointment a on a.post_id = p.id " \
  "where a.account_id = :account and a.valid_from <= :day and :day < a.valid_to "              \
  "union select c.parent_id from unit_parent c join asking k on c.unit_id = k.unit_id where "  \
  "c.parent_id is not null and c.valid_from <= :day and :day < c.valid_to) "

Regime regime_of(const store::Row& row) {
  Regime made;
  made.id = row.id<RegimeId>(0);
  made.unit = row.id<org::UnitId>(1);
  made.code = row.string(2);
  made.name = row.string(3);
  made.content = row.string(4);
  made.method = row.string(5);
  made.line = row.string(6);
  made.frequency = base::frequency_named(row.text(7)).value();
  made.window = {data_window_named(row.text(8)).value(), static_cast<int>(row.integer(9)),
                 static_cast<int>(row.integer(10)), static_cast<int>(row.integer(11))};
  made.guidance = row.string(12);
  made.basis = row.string(13);
  if (!row.is_null(14)) made.addressee_level = static_cast<int>(row.integer(14));
  made.from = row.date(15);
  made.to = row.date(16);
  made.is_illustrative = row.integer(17) != 0;
  made.revision = row.integer(18);
  return made;
}

void read_parts(store::Tx& tx, Regime& regime) {
  static constexpr store::Sql kUnits{
      "regime_addressee.of_regime",
      "select unit_id from regime_addressee where regime_id = :id order by unit_id"};
  static constexpr store::Sql kDeadlines{
      "regime_deadline.of_regime",
      "select level, working_days from regime_deadline where regime_id = :id order by level"};
  static constexpr store::Sql kCells{
      "regime_cell.of_regime",
      "select i.code, c.kind, c.whole_year, c.heading from regime_cell c join indicator i on i.id "
      "= c.indicator_id where c.regime_id = :id order by c.position"};
  static constexpr store::Sql kSections{
      "regime_section.of_regime",
      "select code, title, guidance, is_required from regime_section where regime_id = :id order "
      "by position"};
  const store::Param id{"id", regime.id};
  regime.addressees =
      tx.all(kUnits, {id}, [](const store::Row& row) { return row.id<org::UnitId>(0); });
  regime.deadlines = tx.all(kDeadlines, {id}, [](const store::Row& row) {
    return Deadline{static_cast<int>(row.integer(0)), static_cast<int>(row.integer(1))};
  });
  regime.cells = tx.all(kCells, {id}, [](const store::Row& row) {
    return RegimeCell{row.string(0), static_cast<FactKind>(row.integer(1)), row.integer(2) != 0,
                      row.string(3)};
  });
  regime.sections = tx.all(kSections, {id}, [](const store::Row& row) {
    return OutlineSection{row.string(0), row.string(1), row.string(2), row.integer(3) != 0};
  });
}

void add_cells(store::Tx& tx, const Regime& regime) {
  static constexpr store::Sql kCell{
      "regime_cell.add",
      "insert into regime_cell (regime_id, position, indicator_id, kind, whole_year, heading) "
      "values (:id, :position, :indicator, :kind, :year, :heading)"};
  for (std::size_t i = 0; i < regime.cells.size(); ++i) {
    const RegimeCell& cell = regime.cells[i];
    const auto indicator = direct::indicator_store::find_by_code(tx, cell.indicator);
    tx.run(kCell, {{"id", regime.id},
                   {"position", i},
                   {"indicator", indicator.value().id},
                   {"kind", static_cast<int>(cell.kind)},
                   {"year", cell.whole_year ? 1 : 0},
                   {"heading", cell.heading}});
  }
}

void add_parts(store::Tx& tx, const Regime& regime) {
  static constexpr store::Sql kUnit{"regime_addressee.add",
                                    "insert into regime_addressee (regime_id, unit_id) values "
                                    "(:id, :unit)"};
  static constexpr store::Sql kDeadline{
      "regime_deadline.add",
      "insert into regime_deadline (regime_id, level, working_days) values (:id, :level, :days)"};
  static constexpr store::Sql kSection{
      "regime_section.add",
      "insert into regime_section (regime_id, position, code, title, guidance, is_required) values "
      "(:id, :position, :code, :title, :guidance, :required)"};
  for (const org::UnitId unit : regime.addressees)
    tx.run(kUnit, {{"id", regime.id}, {"unit", unit}});
  for (const Deadline& deadline : regime.deadlines) {
    tx.run(kDeadline,
           {{"id", regime.id}, {"level", deadline.level}, {"days", deadline.working_days}});
  }
  add_cells(tx, regime);
  for (std::size_t i = 0; i < regime.sections.size(); ++i) {
    const OutlineSection& section = regime.sections[i];
    tx.run(kSection, {{"id", regime.id},
                      {"position", i},
                      {"code", section.code},
                      {"title", section.title},
                      {"guidance", section.guidance},
                      {"required", section.is_required ? 1 : 0}});
  }
}

void remove_parts(store::Tx& tx, RegimeId id) {
  static constexpr store::Sql kRemove[] = {
      {"regime_addressee.remove", "delete from regime_addressee where regime_id = :id"},
      {"regime_deadline.remove", "delete from regime_deadline where regime_id = :id"},
      {"regime_cell.remove", "delete from regime_cell where regime_id = :id"},
      {"regime_section.remove", "delete from regime_section where regime_id = :id"},
  };
  for (const store::Sql& sql : kRemove) tx.run(sql, {{"id", id}});
}

std::vector<store::Param> params_of(const Regime& regime) {
  return {{"name", regime.name},
          {"content", regime.content},
          {"method", regime.method},
          {"line", regime.line},
          {"frequency", base::name(regime.frequency)},
          {"window", name(regime.window.kind)},
          {"from_day", regime.window.from_day},
          {"from_months", regime.window.from_months},
          {"to_day", regime.window.to_day},
          {"guidance", regime.guidance},
          {"basis", regime.basis},
          {"level", regime.addressee_level},
          {"from", regime.from},
          {"to", regime.to},
          {"illustrative", regime.is_illustrative ? 1 : 0}};
}

}  // namespace

std::optional<RegimeId> add(store::Tx& tx, const Regime& regime) {
  static constexpr store::Sql kAdd{
      "regime.add",
      "insert into regime (unit_id, code, name, content, method, line, frequency, data_window, "
      "window_from_day, window_from_months, window_to_day, guidance, basis, addressee_level, "
      "valid_from, valid_to, is_illustrative) values (:unit, :code, :name, :content, :method, "
      ":line, :frequency, :window, :from_day, :from_months, :to_day, :guidance, :basis, :level, "
      ":from, :to, :illustrative) on conflict (unit_id, code) do nothing returning id"};
  auto params = params_of(regime);
  params.push_back({"unit", regime.unit});
  params.push_back({"code", regime.code});
  const auto id = tx.one(kAdd, params, [](const store::Row& row) { return row.id<RegimeId>(0); });
  if (!id) return std::nullopt;
  Regime made = regime;
  made.id = *id;
  add_parts(tx, made);
  return id;
}

bool save(store::Tx& tx, const Regime& regime) {
  static constexpr store::Sql kSave{
      "regime.save",
      "update regime set name = :name, content = :content, method = :method, line = :line, "
      "frequency = :frequency, data_window = :window, window_from_day = :from_day, "
      "window_from_months = :from_months, window_to_day = :to_day, guidance = :guidance, basis = "
      ":basis, addressee_level = :level, valid_from = :from, valid_to = :to, is_illustrative = "
      ":illustrative, revision = revision + 1 where id = :id and revision = :revision"};
  auto params = params_of(regime);
  params.push_back({"id", regime.id});
  params.push_back({"revision", regime.revision});
  if (tx.run(kSave, params) != 1) return false;
  remove_parts(tx, regime.id);
  add_parts(tx, regime);
  return true;
}

std::optional<Regime> find(store::Tx& tx, RegimeId id) {
  static constexpr store::Sql kFind{"regime.find", REGIME_COLUMNS "where g.id = :id"};
  auto found = tx.one(kFind, {{"id", id}}, regime_of);
  if (found) read_parts(tx, *found);
  return found;
}

std::vector<Regime> visible(store::Tx& tx, const org::Scope& scope, const Wanted& wanted) {
  static constexpr store::Sql kVisible{
      "regime.visible",
      "with recursive " ORG_VISIBLE_UNITS ASKING_UNITS REGIME_COLUMNS
      "where g.id > :after and (:unit = 0 or g.unit_id = :unit) and (g.unit_id in (select unit_id "
      "from visible) or g.unit_id in (select unit_id from asking)) order by g.id limit :limit"};
  auto found = tx.all(kVisible,
                      {{"account", scope.account},
                       {"day", scope.day},
                       {"sees_all", scope.sees_all ? 1 : 0},
                       {"after", wanted.after},
                       {"unit", wanted.unit ? wanted.unit->value : 0},
                       {"limit", wanted.limit}},
                      regime_of);
  for (Regime& regime : found) read_parts(tx, regime);
  return found;
}

bool in_scope(store::Tx& tx, const org::Scope& scope, RegimeId id) {
  static constexpr store::Sql kCount{
      "regime.in_scope",
      "with recursive " ORG_VISIBLE_UNITS ASKING_UNITS
      "select count(*) from regime g where g.id = :id and (g.unit_id in (select unit_id from "
      "visible) or g.unit_id in (select unit_id from asking))"};
  return tx.integer(kCount, {{"account", scope.account},
                             {"day", scope.day},
                             {"sees_all", scope.sees_all ? 1 : 0},
                             {"id", id}}) > 0;
}

bool was_asked(store::Tx& tx, RegimeId id, org::UnitId by, std::string_view period) {
  static constexpr store::Sql kCount{"request.of_regime",
                                     "select count(*) from request where regime_id = :id and "
                                     "period = :period and unit_id = :unit"};
  return tx.integer(kCount, {{"id", id}, {"period", period}, {"unit", by}}) > 0;
}

}  // namespace report::regime_store
