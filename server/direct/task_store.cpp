#include "direct/task_store.h"

namespace direct::task_store {
namespace {

#define TASK_COLUMNS                                                                     \
  "select t.id, t.programme_id, coalesce(o.code, ''), t.parent_id, t.unit_id, t.title, " \
  "t.lead_id, t.deliverable, t.starts_on, t.due_on, t.state, t.percent, t.revision, "    \
  "t.overdue_reason, t.done_on, t.made_on from task t left join objective o on o.id = "  \
  "t.objective_id "

Task task_of(const store::Row& row) {
  Task made;
  made.id = row.id<TaskId>(0);
  made.programme = row.id<ProgrammeId>(1);
  made.objective = row.string(2);
  if (!row.is_null(3)) made.parent = row.id<TaskId>(3);
  made.unit = row.id<org::UnitId>(4);
  made.title = row.string(5);
  made.lead = row.id<org::UnitId>(6);
  made.deliverable = row.string(7);
  made.from = row.date(8);
  made.due = row.date(9);
  made.state = task_state_named(row.text(10)).value_or(TaskState::open);
  made.percent = static_cast<int>(row.integer(11));
  made.revision = row.integer(12);
  made.overdue_reason = row.string(13);
  if (!row.is_null(14)) made.done_on = row.date(14);
  made.made_on = row.date(15);
  return made;
}

void fill_supporting(store::Tx& tx, std::vector<Task>& tasks) {
  static constexpr store::Sql kSupporting{
      "task_support.of_task",
      "select unit_id from task_support where task_id = :task order by unit_id"};
  for (Task& task : tasks) {
    task.supporting = tx.all(kSupporting, {{"task", task.id}},
                             [](const store::Row& row) { return row.id<org::UnitId>(0); });
  }
}

std::vector<store::Param> scope_params(const org::Scope& scope) {
  return {{"account", scope.account}, {"day", scope.day}, {"sees_all", scope.sees_all ? 1 : 0}};
}

#define TASK_IS_VISIBLE                                                                    \
  "(+t.unit_id in (select unit_id from visible) or +t.lead_id in (select unit_id from "    \
  "visible) or exists (select 1 from task_support s where s.task_id = t.id and s.unit_id " \
  "in (select unit_id from visible)))"

Extension extension_of(const store::Row& row) {
  Extension made;
  made.id = row.integer(0);
  made.task = row.id<TaskId>(1);
  made.due_on = row.date(2);
  made.asked_due_on = row.date(3);
  made.reason = row.string(4);
  made.state = row.string(5);
  made.asked_at = row.instant(6);
  made.asked_by = row.string(7);
  if (!row.is_null(8)) made.decided_at = row.instant(8);
  made.decided_by = row.maybe_text(9).value_or("");
  made.decision = row.string(10);
  return made;
}

#define EXTENSION_COLUMNS                                                         \
  "select id, task_id, due_on, asked_due_on, reason, state, asked_at, asked_by, " \
  "decided_at, decided_by, decision from task_extension "

}  // namespace

TaskId add(store::Tx& tx, const Task& task) {
  static constexpr store::Sql kAdd{
      "task.add",
      "insert into task (programme_id, objective_id, parent_id, unit_id, title, lead_id, "
      "deliverable, starts_on, due_on, made_on) values (:programme, (select id from objective "
      "where "
      "programme_id = :programme and code = :objective), :parent, :unit, :title, :lead, "
      ":deliverable, :from, :due, :made) returning id"};
  const TaskId id{tx.integer(kAdd, {{"programme", task.programme},
                                    {"objective", task.objective},
                                    {"parent", task.parent},
                                    {"unit", task.unit},
                                    {"title", task.title},
                                    {"lead", task.lead},
                                    {"deliverable", task.deliverable},
                                    {"from", task.from},
                                    {"due", task.due},
                                    {"made", task.made_on}})};
  replace_supporting(tx, id, task.supporting);
  return id;
}

std::optional<Task> find(store::Tx& tx, TaskId id) {
  static constexpr store::Sql kFind{"task.find", TASK_COLUMNS "where t.id = :id"};
  auto found = tx.all(kFind, {{"id", id}}, task_of);
  fill_supporting(tx, found);
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

bool in_scope(store::Tx& tx, const org::Scope& scope, TaskId id) {
  static constexpr store::Sql kCount{
      "task.in_scope", "with recursive " ORG_VISIBLE_UNITS
                       "select count(*) from task t where t.id = :id and " TASK_IS_VISIBLE};
  auto params = scope_params(scope);
  params.push_back({"id", id});
  return tx.integer(kCount, params) > 0;
}

bool save(store::Tx& tx, const Task& task) {
  static constexpr store::Sql kSave{
      "task.save",
      "update task set title = :title, lead_id = :lead, deliverable = :deliverable, starts_on = "
      ":from, due_on = :due, state = :state, percent = :percent, revision = :revision, "
      "overdue_reason = :reason, done_on = :done where id = :id and revision = :before"};
  return tx.run(kSave, {{"title", task.title},
                        {"lead", task.lead},
                        {"deliverable", task.deliverable},
                        {"from", task.from},
                        {"due", task.due},
                        {"state", name(task.state)},
                        {"percent", task.percent},
                        {"revision", task.revision},
                        {"reason", task.overdue_reason},
                        {"done", task.done_on},
                        {"id", task.id},
                        {"before", task.revision - 1}}) == 1;
}

void replace_supporting(store::Tx& tx, TaskId id, const std::vector<org::UnitId>& units) {
  static constexpr store::Sql kRemove{"task_support.remove",
                                      "delete from task_support where task_id = :task"};
  static constexpr store::Sql kAdd{
      "task_support.add", "insert into task_support (task_id, unit_id) values (:task, :unit)"};
  tx.run(kRemove, {{"task", id}});
  for (const org::UnitId unit : units) tx.run(kAdd, {{"task", id}, {"unit", unit}});
}

namespace {

// A list is walked along the index that narrows it most, in the order it is told in, so that a
// first page costs a page and not the table. Each text names its way first; the rest is the same.
// The unary plus keeps both databases from choosing another way.
#define TASK_LIST(way)                                                                            \
  "with recursive " ORG_VISIBLE_UNITS TASK_COLUMNS "where " way                                   \
  " and t.due_on >= :after_due and (t.due_on > :after_due or t.id > :after_id) and "              \
  "(:programme = 0 or t.programme_id = :programme) and (:unit = 0 or t.unit_id = :unit) and "     \
  "(:lead = 0 or t.lead_id = :lead) and (:parent = 0 or t.parent_id = :parent) and (:state = '' " \
  "or t.state = :state) and t.due_on < :due_to and (:sees_all = 1 "                               \
  "or " TASK_IS_VISIBLE ") order by t.due_on, t.id limit :limit"

constexpr store::Sql kByParent{"task.list_by_parent", TASK_LIST("t.parent_id = :parent")};
constexpr store::Sql kByLead{"task.list_by_lead", TASK_LIST("t.lead_id = :lead")};
constexpr store::Sql kByUnit{"task.list_by_unit", TASK_LIST("t.unit_id = :unit")};
constexpr store::Sql kByProgramme{"task.list_by_programme",
                                  TASK_LIST("t.programme_id = :programme")};
constexpr store::Sql kByState{"task.list_by_state", TASK_LIST("t.state = :state")};
constexpr store::Sql kByDue{"task.list_by_due", TASK_LIST("t.due_on >= :after_due")};
constexpr store::Sql kByScope{
    "task.list_by_scope",
    TASK_LIST("t.id in (select id from task where lead_id in (select unit_id from visible) union "
              "select id from task where unit_id in (select unit_id from visible) union select "
              "task_id from task_support where unit_id in (select unit_id from visible))")};

/// Up to so many units their own tasks are gathered and sorted; beyond, the next page is soon met
/// by walking all tasks in order.
constexpr std::int64_t kFewUnits = 60;

bool sees_few(store::Tx& tx, const org::Scope& scope) {
  if (scope.sees_all) return false;
  static constexpr store::Sql kCount{
      "task.units_seen", "with recursive " ORG_VISIBLE_UNITS
                         "select count(*) from (select 1 from standing limit :few) few"};
  auto params = scope_params(scope);
  params.push_back({"few", kFewUnits + 1});
  return tx.integer(kCount, params) <= kFewUnits;
}

const store::Sql& way_to(store::Tx& tx, const org::Scope& scope, const Wanted& wanted) {
  if (wanted.parent) return kByParent;
  if (wanted.lead) return kByLead;
  if (sees_few(tx, scope)) return kByScope;
  if (wanted.unit) return kByUnit;
  if (wanted.programme) return kByProgramme;
  return wanted.state ? kByState : kByDue;
}

}  // namespace

std::vector<Task> visible(store::Tx& tx, const org::Scope& scope, const Wanted& wanted) {
  const auto id = [](const auto& asked) { return asked ? asked->value : 0; };
  auto params = scope_params(scope);
  const base::Date from = wanted.due_from.value_or(wanted.after_due);
  const bool goes_on = from <= wanted.after_due;
  params.push_back({"after_due", goes_on ? wanted.after_due : from});
  params.push_back({"after_id", goes_on ? wanted.after_id : 0});
  params.push_back({"programme", id(wanted.programme)});
  params.push_back({"unit", id(wanted.unit)});
  params.push_back({"lead", id(wanted.lead)});
  params.push_back({"parent", id(wanted.parent)});
  params.push_back({"state", wanted.state ? name(*wanted.state) : std::string_view()});
  params.push_back({"due_to", wanted.due_to.value_or(base::kForever)});
  params.push_back({"limit", wanted.limit});
  auto found = tx.all(way_to(tx, scope, wanted), params, task_of);
  fill_supporting(tx, found);
  return found;
}

std::vector<Task> duties(store::Tx& tx, org::UnitId unit, int limit) {
  static constexpr store::Sql kDuties{
      "task.duties", TASK_COLUMNS
      "where t.state = 'open' and (t.lead_id = :unit or t.id in (select task_id from task_support "
      "where unit_id = :unit)) order by t.due_on, t.id limit :limit"};
  auto found = tx.all(kDuties, {{"unit", unit}, {"limit", limit}}, task_of);
  fill_supporting(tx, found);
  return found;
}

std::vector<Task> open_due(store::Tx& tx, base::Date from, base::Date to) {
  static constexpr store::Sql kOpen{
      "task.open_due", TASK_COLUMNS
      "where t.state = 'open' and t.due_on >= :from and t.due_on < :to order by t.due_on, t.id"};
  return tx.all(kOpen, {{"from", from}, {"to", to}}, task_of);
}

std::int64_t add_update(store::Tx& tx, TaskId task, org::UnitId unit, UpdateKind kind, int percent,
                        const std::string& text, const auth::Actor& actor, base::Instant at) {
  static constexpr store::Sql kAdd{
      "task_update.add",
      "insert into task_update (task_id, unit_id, kind, percent, text, at, account_id, actor) "
      "values "
      "(:task, :unit, :kind, :percent, :text, :at, :account, :actor) returning id"};
  return tx.integer(kAdd, {{"task", task},
                           {"unit", unit},
                           {"kind", name(kind)},
                           {"percent", percent},
                           {"text", text},
                           {"at", at},
                           {"account", actor.account()},
                           {"actor", actor.name()}});
}

std::vector<Update> updates(store::Tx& tx, TaskId task) {
  static constexpr store::Sql kAll{"task_update.of_task",
                                   "select id, unit_id, kind, text, actor, percent, at, account_id "
                                   "from task_update where task_id "
                                   "= :task "
                                   "order by id desc limit 500"};
  return tx.all(kAll, {{"task", task}}, [](const store::Row& row) {
    return Update{row.integer(0), row.id<org::UnitId>(1),
                  row.string(2),  row.string(3),
                  row.string(4),  static_cast<int>(row.integer(5)),
                  row.instant(6), row.id<auth::AccountId>(7)};
  });
}

std::optional<std::int64_t> ask_extension(store::Tx& tx, const Extension& extension) {
  static constexpr store::Sql kAsk{
      "task_extension.ask",
      "insert into task_extension (task_id, due_on, asked_due_on, reason, state, asked_at, "
      "asked_by) "
      "select :task, :due, :asked, :reason, 'asked', :at, :by where not exists (select 1 from "
      "task_extension where task_id = :task and state = 'asked') returning id"};
  return tx.one(kAsk,
                {{"task", extension.task},
                 {"due", extension.due_on},
                 {"asked", extension.asked_due_on},
                 {"reason", extension.reason},
                 {"at", extension.asked_at},
                 {"by", extension.asked_by}},
                [](const store::Row& row) { return row.integer(0); });
}

void decide_extension(store::Tx& tx, const Extension& extension) {
  static constexpr store::Sql kDecide{
      "task_extension.decide",
      "update task_extension set state = :state, decided_at = :at, decided_by = :by, decision = "
      ":decision where id = :id and state = 'asked'"};
  tx.run(kDecide, {{"state", extension.state},
                   {"at", extension.decided_at},
                   {"by", extension.decided_by},
                   {"decision", extension.decision},
                   {"id", extension.id}});
}

std::optional<Extension> extension(store::Tx& tx, std::int64_t id) {
  static constexpr store::Sql kFind{"task_extension.find", EXTENSION_COLUMNS "where id = :id"};
  return tx.one(kFind, {{"id", id}}, extension_of);
}

std::vector<Extension> extensions(store::Tx& tx, TaskId task) {
  static constexpr store::Sql kAll{"task_extension.of_task",
                                   EXTENSION_COLUMNS "where task_id = :task order by id desc"};
  return tx.all(kAll, {{"task", task}}, extension_of);
}

base::WorkingCalendar calendar(store::Tx& tx) {
  static constexpr store::Sql kDays{"calendar_day.all", "select day, kind from calendar_day"};
  base::WorkingCalendar made;
  tx.each(kDays, {}, [&](const store::Row& row) {
    (row.text(1) == "holiday" ? made.holidays : made.worked).insert(row.date(0));
  });
  return made;
}

void add_calendar_day(store::Tx& tx, base::Date day, bool is_holiday, const std::string& name) {
  static constexpr store::Sql kAdd{
      "calendar_day.add",
      "insert into calendar_day (day, kind, name) values (:day, :kind, :name) on conflict (day) do "
      "update set kind = excluded.kind, name = excluded.name"};
  tx.run(kAdd, {{"day", day}, {"kind", is_holiday ? "holiday" : "worked"}, {"name", name}});
}

}  // namespace direct::task_store
