#include "report/remind_reports.h"

#include <algorithm>

#include "direct/task_store.h"
#include "journal/journal.h"
#include "org/authority.h"

namespace report {
namespace {

/// Working days reach further in days of the calendar; no holiday is longer than this.
constexpr int kReach = 30;
constexpr std::int64_t kDayMicroseconds = 24LL * 3600 * 1'000'000;

#define MY_UNITS                                                                             \
  "(select p.unit_id from post p join appointment a on a.post_id = p.id where a.account_id " \
  "= :account and a.valid_from <= :day and :day < a.valid_to)"

struct OpenReport {
  ReportId id;
  org::UnitId unit, requester;
  base::Date due_on;
  base::Instant asked_at;
};

std::vector<OpenReport> open_due(store::Tx& tx, base::Date from, base::Date to) {
  static constexpr store::Sql kOpen{
      "report.open_due",
      "select r.id, r.unit_id, q.unit_id, r.due_on, q.at from report r join request q on q.id = "
      "r.request_id where r.state = :state and r.due_on >= :from and r.due_on < :to order by "
      "r.due_on, r.id"};
  std::vector<OpenReport> found;
  for (const ReportState state : {ReportState::draft, ReportState::returned}) {
    tx.each(kOpen, {{"state", name(state)}, {"from", from}, {"to", to}},
            [&](const store::Row& row) {
              found.push_back({row.id<ReportId>(0), row.id<org::UnitId>(1), row.id<org::UnitId>(2),
                               row.date(3), row.instant(4)});
            });
  }
  return found;
}

std::int64_t send(store::Tx& tx, const OpenReport& report, int number, base::Date on,
                  const std::string& words) {
  static constexpr store::Sql kSend{
      "report_reminder.send",
      "insert into report_reminder (report_id, due_on, number, unit_id, on_day, words) values "
      "(:report, :due, :number, :unit, :on, :words) on conflict (report_id, due_on, number) do "
      "nothing"};
  return tx.run(kSend, {{"report", report.id},
                        {"due", report.due_on},
                        {"number", number},
                        {"unit", number == direct::kEscalation ? report.requester : report.unit},
                        {"on", on},
                        {"words", words}});
}

std::optional<base::Date> done_until(store::Tx& tx) {
  static constexpr store::Sql kFind{"report_reminder_tick.find",
                                    "select done_until from report_reminder_tick where id = 1"};
  return tx.one(kFind, {}, [](const store::Row& row) { return row.date(0); });
}

void set_done_until(store::Tx& tx, base::Date day) {
  static constexpr store::Sql kSet{
      "report_reminder_tick.set",
      "insert into report_reminder_tick (id, done_until) values (1, :day) on conflict (id) do "
      "update set done_until = excluded.done_until"};
  tx.run(kSet, {{"day", day}});
}

}  // namespace

std::int64_t send_report_reminders(store::Tx& tx, const auth::Actor& actor, Now now) {
  const base::Date today = now.day;
  const base::Date after = done_until(tx).value_or(today.plus_days(-1));
  if (today <= after) return 0;
  const base::WorkingCalendar calendar = direct::task_store::calendar(tx);
  std::int64_t sent = 0;
  for (const OpenReport& report : open_due(tx, after.plus_days(-kReach), today.plus_days(kReach))) {
    const auto age = (now.at.microseconds - report.asked_at.microseconds) / kDayMicroseconds;
    const base::Date asked_on =
        today.plus_days(-static_cast<int>(std::clamp<std::int64_t>(age, 0, 10'000)));
    for (const auto& reminder : direct::reminder_days(report.due_on, calendar)) {
      // A day on which nobody had asked yet speaks to nobody.
      if (reminder.day <= after || reminder.day > today || reminder.day < asked_on) continue;
      sent += send(tx, report, reminder.number, reminder.day, "");
    }
  }
  set_done_until(tx, today);
  if (sent > 0) {
    journal::record(
        tx, actor, now.at,
        {"report_reminders.sent", "report_reminders", 0,
         "{\"count\":" + std::to_string(sent) + ",\"until\":\"" + today.text() + "\"}"});
  }
  return sent;
}

base::Result<std::int64_t> remind_silent(store::Tx& tx, const auth::Actor& actor, Now now,
                                         RequestId id, const std::string& words) {
  static constexpr store::Sql kSilent{
      "report.silent_of_request",
      "select r.id, r.unit_id, q.unit_id, r.due_on, q.at, (select coalesce(max(m.number), 0) from "
      "report_reminder m where m.report_id = r.id and m.due_on = r.due_on), (select "
      "coalesce(max(m.on_day), '') from report_reminder m where m.report_id = r.id and m.number >= "
      ":hand) from report r join request q on q.id = r.request_id where q.id = :request and "
      "r.state in ('draft', 'returned') order by r.id"};
  const auto request = report_store::in_scope(tx, org::scope_of(actor, now.day), id)
                           ? report_store::find_request(tx, id)
                           : std::nullopt;
  if (!request) {
    return base::refuse(base::ProblemKind::not_found, "request.not_found");
  }
  if (!org::allows(tx, actor, org::Act::decide, request->unit, now.day)) {
    return base::refuse(base::ProblemKind::forbidden, "authority.not_yours");
  }
  struct Silent {
    OpenReport report;
    int last = 0;
    std::string reminded_on;
  };
  const auto silent =
      tx.all(kSilent, {{"request", id}, {"hand", kByHand}}, [](const store::Row& row) {
        return Silent{{row.id<ReportId>(0), row.id<org::UnitId>(1), row.id<org::UnitId>(2),
                       row.date(3), row.instant(4)},
                      static_cast<int>(row.integer(5)),
                      row.string(6)};
      });
  std::int64_t sent = 0;
  for (const Silent& one : silent) {
    if (one.reminded_on == now.day.text()) continue;
    sent += send(tx, one.report, std::max(kByHand, one.last + 1), now.day, words);
  }
  if (sent == 0) {
    return base::refuse(base::ProblemKind::conflict,
                        silent.empty() ? "report.nobody_silent" : "report.reminded_today");
  }
  journal::record(tx, actor, now.at,
                  {"request.reminded", "request:" + std::to_string(id.value), request->unit.value,
                   "{\"count\":" + std::to_string(sent) + "}"});
  return sent;
}

std::vector<ReportReminder> report_reminders(store::Tx& tx, const auth::Actor& actor,
                                             base::Date today, bool unseen_only,
                                             std::int64_t before, int limit) {
  static constexpr store::Sql kMine{
      "report_reminder.of_account",
      "select id, report_id, due_on, on_day, number, unit_id, words, seen_at from report_reminder "
      "where (:before = 0 or id < :before) and (:unseen = 0 or seen_at is null) and unit_id "
      "in " MY_UNITS " order by id desc limit :limit"};
  return tx.all(kMine,
                {{"before", before},
                 {"unseen", unseen_only},
                 {"account", actor.account()},
                 {"day", today},
                 {"limit", limit}},
                [](const store::Row& row) {
                  return ReportReminder{row.integer(0),
                                        row.id<ReportId>(1),
                                        row.date(2),
                                        row.date(3),
                                        static_cast<int>(row.integer(4)),
                                        row.id<org::UnitId>(5),
                                        row.string(6),
                                        !row.is_null(7)};
                });
}

std::int64_t see_report_reminders(store::Tx& tx, const auth::Actor& actor, Now now,
                                  const std::vector<std::int64_t>& ids) {
  static constexpr store::Sql kSee{
      "report_reminder.see",
      "update report_reminder set seen_at = :at, seen_by = :by where id = :id and seen_at is null "
      "and unit_id in " MY_UNITS};
  std::int64_t seen = 0;
  for (const std::int64_t id : ids) {
    seen += tx.run(kSee, {{"at", now.at},
                          {"by", actor.name()},
                          {"id", id},
                          {"account", actor.account()},
                          {"day", now.day}});
  }
  if (seen > 0) {
    journal::record(tx, actor, now.at,
                    {"report_reminders.seen", "report_reminders", 0,
                     "{\"count\":" + std::to_string(seen) + "}"});
  }
  return seen;
}

}  // namespace report
