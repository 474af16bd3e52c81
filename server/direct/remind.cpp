#include "direct/remind.h"

#include "direct/task_store.h"
#include "journal/journal.h"

namespace direct {
namespace {

/// Working days reach further in days of the calendar; no holiday is longer than this.
constexpr int kReach = 30;

std::optional<base::Date> done_until(store::Tx& tx) {
  static constexpr store::Sql kFind{"reminder_tick.find",
                                    "select done_until from reminder_tick where id = 1"};
  return tx.one(kFind, {}, [](const store::Row& row) { return row.date(0); });
}

void set_done_until(store::Tx& tx, base::Date day) {
  static constexpr store::Sql kSet{
      "reminder_tick.set",
      "insert into reminder_tick (id, done_until) values (1, :day) on conflict (id) do update set "
      "done_until = excluded.done_until"};
  tx.run(kSet, {{"day", day}});
}

std::int64_t send(store::Tx& tx, const Task& task, const ReminderDay& reminder) {
  static constexpr store::Sql kSend{
      "reminder.send",
      "insert into reminder (task_id, due_on, number, unit_id, on_day) values (:task, :due, "
      ":number, :unit, :on) on conflict (task_id, due_on, number) do nothing"};
  return tx.run(kSend, {{"task", task.id},
                        {"due", task.due},
                        {"number", reminder.number},
                        {"unit", reminder.number == kEscalation ? task.unit : task.lead},
                        {"on", reminder.day}});
}

#define MY_UNITS                                                                             \
  "(select p.unit_id from post p join appointment a on a.post_id = p.id where a.account_id " \
  "= :account and a.valid_from <= :day and :day < a.valid_to)"

}  // namespace

std::int64_t send_reminders(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                            base::Date today) {
  const base::Date after = done_until(tx).value_or(today.plus_days(-1));
  if (today <= after) return 0;
  const base::WorkingCalendar calendar = task_store::calendar(tx);
  std::int64_t sent = 0;
  for (const Task& task :
       task_store::open_due(tx, after.plus_days(-kReach), today.plus_days(kReach))) {
    for (const ReminderDay& reminder : reminder_days(task.due, calendar)) {
      // A day on which the task was not there yet speaks to nobody.
      if (reminder.day <= after || reminder.day > today || reminder.day < task.made_on) continue;
      sent += send(tx, task, reminder);
    }
  }
  set_done_until(tx, today);
  if (sent > 0) {
    journal::record(
        tx, actor, now,
        {"reminders.sent", "reminders", 0,
         "{\"count\":" + std::to_string(sent) + ",\"until\":\"" + today.text() + "\"}"});
  }
  return sent;
}

std::vector<Reminder> reminders(store::Tx& tx, const auth::Actor& actor, base::Date today,
                                bool unseen_only, std::int64_t before, int limit) {
  static constexpr store::Sql kMine{
      "reminder.of_account",
      "select id, task_id, due_on, on_day, number, unit_id, seen_at from reminder where (:before = "
      "0 "
      "or id < :before) and (:unseen = 0 or seen_at is null) and unit_id in " MY_UNITS
      " order by id desc limit :limit"};
  return tx.all(kMine,
                {{"before", before},
                 {"unseen", unseen_only},
                 {"account", actor.account()},
                 {"day", today},
                 {"limit", limit}},
                [](const store::Row& row) {
                  return Reminder{row.integer(0),
                                  row.id<TaskId>(1),
                                  row.date(2),
                                  row.date(3),
                                  static_cast<int>(row.integer(4)),
                                  row.id<org::UnitId>(5),
                                  !row.is_null(6)};
                });
}

std::int64_t see_reminders(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                           base::Date today, const std::vector<std::int64_t>& ids) {
  static constexpr store::Sql kSee{
      "reminder.see",
      "update reminder set seen_at = :at, seen_by = :by where id = :id and seen_at is null and "
      "unit_id in " MY_UNITS};
  std::int64_t seen = 0;
  for (const std::int64_t id : ids) {
    seen += tx.run(kSee, {{"at", now},
                          {"by", actor.name()},
                          {"id", id},
                          {"account", actor.account()},
                          {"day", today}});
  }
  if (seen > 0) {
    journal::record(tx, actor, now,
                    {"reminders.seen", "reminders", 0, "{\"count\":" + std::to_string(seen) + "}"});
  }
  return seen;
}

}  // namespace direct
