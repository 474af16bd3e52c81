#include "inspect/session.h"

#include <algorithm>

namespace inspect {

using base::ProblemKind;

std::string object_of(WorkingSessionId id) {
  return "inspection_session:" + std::to_string(id.value);
}

base::Problems faults_of(const WorkingSession& session) {
  base::Problems problems;
  const auto is_attendee = [](const SessionLine& line) { return line.kind == "attendee"; };
  if (std::none_of(session.lines.begin(), session.lines.end(), is_attendee))
    problems.push_back({ProblemKind::invalid, "session.no_attendee", "/lines", {}});
  bool is_asked = false;
  for (std::size_t i = 0; i < session.lines.size(); ++i) {
    const SessionLine& line = session.lines[i];
    const std::string field = "/lines/" + std::to_string(i);
    if (!is_attendee(line) && line.text.empty())
      problems.push_back({ProblemKind::invalid, "session.text_missing", field + "/text", {}});
    if (line.kind == "question") is_asked = true;
    if (line.kind == "answer" && !is_asked)
      problems.push_back({ProblemKind::invalid, "session.answer_first", field + "/kind", {}});
  }
  return problems;
}

namespace session_store {
namespace {

void add_lines(store::Tx& tx, WorkingSessionId id, const std::vector<SessionLine>& lines) {
  static constexpr store::Sql kAdd{
      "session_line.add",
      "insert into session_line (session_id, position, kind, side, speaker, title, text) values "
      "(:id, :position, :kind, :side, :speaker, :title, :text)"};
  int position = 0;
  for (const SessionLine& line : lines) {
    tx.run(kAdd, {{"id", id},
                  {"position", position++},
                  {"kind", line.kind},
                  {"side", line.side},
                  {"speaker", line.speaker},
                  {"title", line.title},
                  {"text", line.text}});
  }
}

#define SESSION_COLUMNS                                                                         \
  "select id, inspection_id, unit_id, on_day, place, subject, revision, actor from inspection_" \
  "session "

WorkingSession session_of(const store::Row& row) {
  WorkingSession made;
  made.id = row.id<WorkingSessionId>(0);
  made.inspection = row.id<InspectionId>(1);
  made.unit = row.id<org::UnitId>(2);
  made.on = row.date(3);
  made.place = row.string(4);
  made.subject = row.string(5);
  made.revision = row.integer(6);
  made.actor = row.string(7);
  return made;
}

void fill_lines(store::Tx& tx, std::vector<WorkingSession>& found) {
  static constexpr store::Sql kLines{
      "session_line.of_session",
      "select kind, side, speaker, title, text from session_line where session_id = :id order by "
      "position"};
  for (WorkingSession& one : found) {
    one.lines = tx.all(kLines, {{"id", one.id}}, [](const store::Row& row) {
      return SessionLine{row.string(0), row.string(1), row.string(2), row.string(3), row.string(4)};
    });
  }
}

}  // namespace

WorkingSessionId add(store::Tx& tx, const WorkingSession& session, const auth::Actor& actor,
                     base::Instant at) {
  static constexpr store::Sql kAdd{
      "inspection_session.add",
      "insert into inspection_session (inspection_id, unit_id, on_day, place, subject, account_id, "
      "actor, at) values (:inspection, :unit, :on, :place, :subject, :account, :actor, :at) "
      "returning id"};
  const WorkingSessionId id{tx.integer(kAdd, {{"inspection", session.inspection},
                                              {"unit", session.unit},
                                              {"on", session.on},
                                              {"place", session.place},
                                              {"subject", session.subject},
                                              {"account", actor.account()},
                                              {"actor", actor.name()},
                                              {"at", at}})};
  add_lines(tx, id, session.lines);
  return id;
}

bool save(store::Tx& tx, const WorkingSession& session) {
  static constexpr store::Sql kSave{
      "inspection_session.save",
      "update inspection_session set unit_id = :unit, on_day = :on, place = :place, subject = "
      ":subject, revision = revision + 1 where id = :id and revision = :revision"};
  static constexpr store::Sql kClear{"session_line.remove",
                                     "delete from session_line where session_id = :id"};
  const bool is_saved = tx.run(kSave, {{"unit", session.unit},
                                       {"on", session.on},
                                       {"place", session.place},
                                       {"subject", session.subject},
                                       {"id", session.id},
                                       {"revision", session.revision}}) == 1;
  if (!is_saved) return false;
  tx.run(kClear, {{"id", session.id}});
  add_lines(tx, session.id, session.lines);
  return true;
}

std::optional<WorkingSession> find(store::Tx& tx, WorkingSessionId id) {
  static constexpr store::Sql kFind{"inspection_session.find", SESSION_COLUMNS "where id = :id"};
  auto found = tx.all(kFind, {{"id", id}}, session_of);
  fill_lines(tx, found);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<WorkingSession> of_inspection(store::Tx& tx, InspectionId id) {
  static constexpr store::Sql kAll{"inspection_session.of_inspection",
                                   SESSION_COLUMNS "where inspection_id = :id order by on_day, id"};
  auto found = tx.all(kAll, {{"id", id}}, session_of);
  fill_lines(tx, found);
  return found;
}

}  // namespace session_store
}  // namespace inspect
