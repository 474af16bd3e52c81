#include "inspect/inspection_store.h"

namespace inspect::inspection_store {
namespace {

#define INSPECTION_COLUMNS                                                                  \
  "select i.id, i.unit_id, i.procedure_id, i.title, i.team_name, i.line, i.state, i.year, " \
  "i.quarter, i.from_on, i.to_on, i.planned_reason, i.term_days, i.extended_days, "         \
  "i.extended_reason, i.decided_on, i.announced_on, i.received_on, i.drafted_on, "          \
  "i.conferred_on, i.concluded_on, i.handed_on, i.closed_on, i.cancelled_reason, "          \
  "i.report_period, i.report_due_on, i.request_id, i.summary, i.conference, "               \
  "i.is_illustrative, i.revision from inspection i "

std::optional<base::Date> maybe_date(const store::Row& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return row.date(column);
}

Inspection inspection_of(const store::Row& row) {
  Inspection made;
  made.id = row.id<InspectionId>(0);
  made.unit = row.id<org::UnitId>(1);
  made.procedure = row.id<ProcedureId>(2);
  made.title = row.string(3);
  made.team_name = row.string(4);
  made.line = row.string(5);
  made.state = state_named(row.text(6)).value_or(State::planned);
  made.year = static_cast<int>(row.integer(7));
  made.quarter = static_cast<int>(row.integer(8));
  made.from = row.date(9);
  made.to = row.date(10);
  made.planned_reason = row.string(11);
  made.term_days = static_cast<int>(row.integer(12));
  made.extended_days = static_cast<int>(row.integer(13));
  made.extended_reason = row.string(14);
  made.decided_on = maybe_date(row, 15);
  made.announced_on = maybe_date(row, 16);
  made.received_on = maybe_date(row, 17);
  made.drafted_on = maybe_date(row, 18);
  made.conferred_on = maybe_date(row, 19);
  made.concluded_on = maybe_date(row, 20);
  made.handed_on = maybe_date(row, 21);
  made.closed_on = maybe_date(row, 22);
  made.cancelled_reason = row.string(23);
  made.report_period = row.string(24);
  made.report_due_on = maybe_date(row, 25);
  if (!row.is_null(26)) made.request = row.id<report::RequestId>(26);
  made.summary = row.string(27);
  made.conference = row.string(28);
  made.is_illustrative = row.integer(29) != 0;
  made.revision = row.integer(30);
  return made;
}

void fill_scope(store::Tx& tx, Inspection& made) {
  static constexpr store::Sql kUnits{
      "inspection_unit.of_inspection",
      "select unit_id, report_id from inspection_unit where inspection_id = :id order by unit_id"};
  static constexpr store::Sql kProgrammes{
      "inspection_programme.of_inspection",
      "select programme_id from inspection_programme where inspection_id = :id order by "
      "programme_id"};
  static constexpr store::Sql kDocuments{
      "inspection_document.of_inspection",
      "select document_id from inspection_document where inspection_id = :id order by document_id"};
  made.units = tx.all(kUnits, {{"id", made.id}}, [](const store::Row& row) {
    Inspected one{row.id<org::UnitId>(0), {}};
    if (!row.is_null(1)) one.report = row.id<report::ReportId>(1);
    return one;
  });
  made.programmes = tx.all(kProgrammes, {{"id", made.id}},
                           [](const store::Row& row) { return row.id<direct::ProgrammeId>(0); });
  made.documents = tx.all(kDocuments, {{"id", made.id}},
                          [](const store::Row& row) { return row.id<registry::DocumentId>(0); });
}

void fill_rest(store::Tx& tx, Inspection& made) {
  static constexpr store::Sql kTeam{"inspection_member.of_inspection",
                                    "select m.account_id, a.login, a.name, m.role, m.covers from "
                                    "inspection_member m join account "
                                    "a on a.id = m.account_id where m.inspection_id = :id order by "
                                    "case m.role when 'head' then 0 "
                                    "when 'deputy' then 1 else 2 end, a.login"};
  static constexpr store::Sql kSections{
      "inspection_section.of_inspection",
      "select code, title, guidance, is_required from inspection_section where inspection_id = :id "
      "order by position"};
  static constexpr store::Sql kIndicators{
      "inspection_indicator.of_inspection",
      "select code from inspection_indicator where inspection_id = :id order by position"};
  made.team = tx.all(kTeam, {{"id", made.id}}, [](const store::Row& row) {
    return Member{row.id<auth::AccountId>(0), row.string(1), row.string(2),
                  team_role_named(row.text(3)).value_or(TeamRole::member), row.string(4)};
  });
  made.sections = tx.all(kSections, {{"id", made.id}}, [](const store::Row& row) {
    return report::OutlineSection{row.string(0), row.string(1), row.string(2), row.integer(3) != 0};
  });
  made.indicators =
      tx.all(kIndicators, {{"id", made.id}}, [](const store::Row& row) { return row.string(0); });
}

std::vector<Inspection> filled(store::Tx& tx, std::vector<Inspection> found) {
  for (Inspection& one : found) {
    fill_scope(tx, one);
    fill_rest(tx, one);
  }
  return found;
}

std::vector<store::Param> scope_params(const org::Scope& scope) {
  return {{"account", scope.account}, {"day", scope.day}, {"sees_all", scope.sees_all ? 1 : 0}};
}

#define INSPECTION_IS_IN_SIGHT                                                                     \
  "(i.unit_id in (select unit_id from visible) or (i.announced_on is not null and exists (select " \
  "1 from inspection_unit u where u.inspection_id = i.id and u.unit_id in (select unit_id from "   \
  "visible))) or (i.state in ('decided', 'reporting', 'verifying', 'drafted', 'conferred', "       \
  "'concluded', 'following') and exists (select 1 from inspection_member m where "                 \
  "m.inspection_id = i.id and m.account_id = :account)))"

}  // namespace

InspectionId add(store::Tx& tx, const Inspection& inspection, const auth::Actor& actor,
                 base::Instant at) {
  static constexpr store::Sql kAdd{
      "inspection.add",
      "insert into inspection (unit_id, procedure_id, title, team_name, line, state, year, "
      "quarter, "
      "from_on, to_on, planned_reason, is_illustrative, account_id, actor, made_at) values (:unit, "
      ":procedure, :title, :team_name, :line, 'planned', :year, :quarter, :from, :to, :reason, "
      ":illustrative, :account, :actor, :at) returning id"};
  return {tx.integer(kAdd, {{"unit", inspection.unit},
                            {"procedure", inspection.procedure},
                            {"title", inspection.title},
                            {"team_name", inspection.team_name},
                            {"line", inspection.line},
                            {"year", inspection.year},
                            {"quarter", inspection.quarter},
                            {"from", inspection.from},
                            {"to", inspection.to},
                            {"reason", inspection.planned_reason},
                            {"illustrative", inspection.is_illustrative ? 1 : 0},
                            {"account", actor.account()},
                            {"actor", actor.name()},
                            {"at", at}})};
}

std::optional<Inspection> find(store::Tx& tx, InspectionId id) {
  static constexpr store::Sql kFind{"inspection.find", INSPECTION_COLUMNS "where i.id = :id"};
  auto found = filled(tx, tx.all(kFind, {{"id", id}}, inspection_of));
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

bool save(store::Tx& tx, Inspection& inspection) {
  static constexpr store::Sql kSave{
      "inspection.save",
      "update inspection set procedure_id = :procedure, title = :title, team_name = :team_name, "
      "line "
      "= :line, state = :state, year = :year, quarter = :quarter, from_on = :from, to_on = :to, "
      "planned_reason = :planned_reason, term_days = :term, extended_days = :extended, "
      "extended_reason = :extended_reason, decided_on = :decided, announced_on = :announced, "
      "received_on = :received, drafted_on = :drafted, conferred_on = :conferred, concluded_on = "
      ":concluded, handed_on = :handed, closed_on = :closed, cancelled_reason = :cancelled, "
      "report_period = :period, report_due_on = :due, request_id = :request, summary = :summary, "
      "conference = :conference, is_illustrative = :illustrative, revision = revision + 1 where id "
      "= "
      ":id and revision = :revision"};
  const auto changed = tx.run(kSave, {{"procedure", inspection.procedure},
                                      {"title", inspection.title},
                                      {"team_name", inspection.team_name},
                                      {"line", inspection.line},
                                      {"state", name(inspection.state)},
                                      {"year", inspection.year},
                                      {"quarter", inspection.quarter},
                                      {"from", inspection.from},
                                      {"to", inspection.to},
                                      {"planned_reason", inspection.planned_reason},
                                      {"term", inspection.term_days},
                                      {"extended", inspection.extended_days},
                                      {"extended_reason", inspection.extended_reason},
                                      {"decided", inspection.decided_on},
                                      {"announced", inspection.announced_on},
                                      {"received", inspection.received_on},
                                      {"drafted", inspection.drafted_on},
                                      {"conferred", inspection.conferred_on},
                                      {"concluded", inspection.concluded_on},
                                      {"handed", inspection.handed_on},
                                      {"closed", inspection.closed_on},
                                      {"cancelled", inspection.cancelled_reason},
                                      {"period", inspection.report_period},
                                      {"due", inspection.report_due_on},
                                      {"request", inspection.request},
                                      {"summary", inspection.summary},
                                      {"conference", inspection.conference},
                                      {"illustrative", inspection.is_illustrative ? 1 : 0},
                                      {"id", inspection.id},
                                      {"revision", inspection.revision}});
  ++inspection.revision;
  return changed == 1;
}

void replace_scope(store::Tx& tx, const Inspection& inspection) {
  static constexpr store::Sql kNoUnits{"inspection_unit.remove",
                                       "delete from inspection_unit where inspection_id = :id"};
  static constexpr store::Sql kNoProgrammes{
      "inspection_programme.remove", "delete from inspection_programme where inspection_id = :id"};
  static constexpr store::Sql kNoDocuments{
      "inspection_document.remove", "delete from inspection_document where inspection_id = :id"};
  static constexpr store::Sql kUnit{
      "inspection_unit.add",
      "insert into inspection_unit (inspection_id, unit_id) values (:id, :unit)"};
  static constexpr store::Sql kProgramme{
      "inspection_programme.add",
      "insert into inspection_programme (inspection_id, programme_id) values (:id, :programme)"};
  static constexpr store::Sql kDocument{
      "inspection_document.add",
      "insert into inspection_document (inspection_id, document_id) values (:id, :document)"};
  tx.run(kNoUnits, {{"id", inspection.id}});
  tx.run(kNoProgrammes, {{"id", inspection.id}});
  tx.run(kNoDocuments, {{"id", inspection.id}});
  for (const Inspected& one : inspection.units)
    tx.run(kUnit, {{"id", inspection.id}, {"unit", one.unit}});
  for (const auto& programme : inspection.programmes)
    tx.run(kProgramme, {{"id", inspection.id}, {"programme", programme}});
  for (const auto& document : inspection.documents)
    tx.run(kDocument, {{"id", inspection.id}, {"document", document}});
}

void replace_team(store::Tx& tx, const Inspection& inspection) {
  static constexpr store::Sql kRemove{"inspection_member.remove",
                                      "delete from inspection_member where inspection_id = :id"};
  static constexpr store::Sql kAdd{
      "inspection_member.add",
      "insert into inspection_member (inspection_id, account_id, role, covers) values (:id, "
      ":account, :role, :covers)"};
  tx.run(kRemove, {{"id", inspection.id}});
  for (const Member& member : inspection.team) {
    tx.run(kAdd, {{"id", inspection.id},
                  {"account", member.account},
                  {"role", name(member.role)},
                  {"covers", member.covers}});
  }
}

void replace_outline(store::Tx& tx, const Inspection& inspection) {
  static constexpr store::Sql kNoSections{
      "inspection_section.remove", "delete from inspection_section where inspection_id = :id"};
  static constexpr store::Sql kNoIndicators{
      "inspection_indicator.remove", "delete from inspection_indicator where inspection_id = :id"};
  static constexpr store::Sql kSection{
      "inspection_section.add",
      "insert into inspection_section (inspection_id, position, code, title, guidance, "
      "is_required) "
      "values (:id, :position, :code, :title, :guidance, :required)"};
  static constexpr store::Sql kIndicator{
      "inspection_indicator.add",
      "insert into inspection_indicator (inspection_id, position, code) values (:id, :position, "
      ":code)"};
  tx.run(kNoSections, {{"id", inspection.id}});
  tx.run(kNoIndicators, {{"id", inspection.id}});
  int position = 0;
  for (const auto& section : inspection.sections) {
    tx.run(kSection, {{"id", inspection.id},
                      {"position", position++},
                      {"code", section.code},
                      {"title", section.title},
                      {"guidance", section.guidance},
                      {"required", section.is_required ? 1 : 0}});
  }
  position = 0;
  for (const auto& code : inspection.indicators)
    tx.run(kIndicator, {{"id", inspection.id}, {"position", position++}, {"code", code}});
}

void set_report(store::Tx& tx, InspectionId id, org::UnitId unit, report::ReportId report) {
  static constexpr store::Sql kSet{
      "inspection_unit.set_report",
      "update inspection_unit set report_id = :report where inspection_id = :id and unit_id = "
      ":unit"};
  tx.run(kSet, {{"report", report}, {"id", id}, {"unit", unit}});
}

bool in_scope(store::Tx& tx, const org::Scope& scope, InspectionId id) {
  static constexpr store::Sql kCount{
      "inspection.in_scope",
      "with recursive " ORG_UNITS_BY_POST
      "select count(*) from inspection i where i.id = :id and " INSPECTION_IS_IN_SIGHT};
  auto params = scope_params(scope);
  params.push_back({"id", id});
  return tx.integer(kCount, params) > 0;
}

bool by_post(store::Tx& tx, const org::Scope& scope, org::UnitId unit) {
  static constexpr store::Sql kCount{"inspection.unit_by_post",
                                     "with recursive " ORG_UNITS_BY_POST
                                     "select count(*) from visible where unit_id = :unit"};
  auto params = scope_params(scope);
  params.push_back({"unit", unit});
  return tx.integer(kCount, params) > 0;
}

std::vector<Inspection> visible(store::Tx& tx, const org::Scope& scope, const Wanted& wanted) {
  static constexpr store::Sql kList{
      "inspection.visible",
      "with recursive " ORG_UNITS_BY_POST INSPECTION_COLUMNS
      "where (:before = 0 or i.id < :before) and (:unit = 0 or i.unit_id = :unit) and (:subject = "
      "0 "
      "or exists (select 1 from inspection_unit s where s.inspection_id = i.id and s.unit_id = "
      ":subject)) and (:state = '' or i.state = :state) and (:year = 0 or i.year = :year) and "
      "(:mine "
      "= 0 or exists (select 1 from inspection_member o where o.inspection_id = i.id and "
      "o.account_id = :account)) and " INSPECTION_IS_IN_SIGHT " order by i.id desc limit :limit"};
  auto params = scope_params(scope);
  params.push_back({"before", wanted.before});
  params.push_back({"unit", wanted.unit ? wanted.unit->value : 0});
  params.push_back({"subject", wanted.subject ? wanted.subject->value : 0});
  params.push_back({"state", wanted.state ? name(*wanted.state) : std::string_view()});
  params.push_back({"year", wanted.year.value_or(0)});
  params.push_back({"mine", wanted.is_mine ? 1 : 0});
  params.push_back({"limit", wanted.limit});
  return filled(tx, tx.all(kList, params, inspection_of));
}

int others_at(store::Tx& tx, InspectionId but, org::UnitId unit, int year, int quarter) {
  static constexpr store::Sql kCount{
      "inspection.others_at",
      "select count(*) from inspection_unit u join inspection i on i.id = u.inspection_id where "
      "u.unit_id = :unit and i.id <> :but and i.year = :year and (:quarter = 0 or i.quarter = "
      ":quarter) and i.state <> 'cancelled'"};
  return static_cast<int>(
      tx.integer(kCount, {{"unit", unit}, {"but", but}, {"year", year}, {"quarter", quarter}}));
}

int other_teams(store::Tx& tx, InspectionId but, auth::AccountId account, int year, int quarter) {
  static constexpr store::Sql kCount{
      "inspection.other_teams",
      "select count(*) from inspection_member m join inspection i on i.id = m.inspection_id where "
      "m.account_id = :account and i.id <> :but and i.year = :year and i.quarter = :quarter and "
      "i.state <> 'cancelled'"};
  return static_cast<int>(tx.integer(
      kCount, {{"account", account}, {"but", but}, {"year", year}, {"quarter", quarter}}));
}

bool holds_post_at(store::Tx& tx, auth::AccountId account, org::UnitId unit, base::Date day) {
  static constexpr store::Sql kCount{
      "inspection.holds_post_at",
      "with recursive under(unit_id) as (select id from unit where id = :unit union select "
      "c.unit_id "
      "from unit_parent c join under u on c.parent_id = u.unit_id where c.valid_from <= :day and "
      ":day < c.valid_to) select count(*) from appointment a join post p on p.id = a.post_id where "
      "a.account_id = :account and a.valid_from <= :day and :day < a.valid_to and p.unit_id in "
      "(select unit_id from under)"};
  return tx.integer(kCount, {{"unit", unit}, {"day", day}, {"account", account}}) > 0;
}

std::vector<Inspection> concluded_at(store::Tx& tx, org::UnitId unit, InspectionId but, int limit) {
  static constexpr store::Sql kList{
      "inspection.concluded_at", INSPECTION_COLUMNS
      "join inspection_unit u on u.inspection_id = i.id where u.unit_id = :unit and i.id <> :but "
      "and "
      "i.concluded_on is not null order by i.concluded_on desc, i.id desc limit :limit"};
  return filled(tx, tx.all(kList, {{"unit", unit}, {"but", but}, {"limit", limit}}, inspection_of));
}

std::vector<Concluded> concluded(store::Tx& tx, const org::Scope& scope,
                                 const std::optional<org::UnitId>& unit, int year,
                                 std::int64_t skip, int limit) {
  static constexpr store::Sql kList{
      "inspection.concluded",
      "with recursive " ORG_UNITS_BY_POST
      "select i.id, u.unit_id from inspection_unit u join inspection i on i.id = u.inspection_id "
      "where i.concluded_on is not null and (:unit = 0 or u.unit_id = :unit) and (:first = '' or "
      "(i.concluded_on >= :first and i.concluded_on < :end)) and (i.unit_id in (select unit_id "
      "from "
      "visible) or u.unit_id in (select unit_id from visible)) order by i.concluded_on desc, i.id "
      "desc, u.unit_id limit :limit offset :skip"};
  auto params = scope_params(scope);
  params.push_back({"unit", unit ? unit->value : 0});
  params.push_back({"first", year ? base::Date(year, 1, 1).text() : std::string()});
  params.push_back({"end", year ? base::Date(year + 1, 1, 1).text() : std::string()});
  params.push_back({"limit", limit});
  params.push_back({"skip", skip});
  return tx.all(kList, params, [](const store::Row& row) {
    return Concluded{row.id<InspectionId>(0), row.id<org::UnitId>(1)};
  });
}

}  // namespace inspect::inspection_store
