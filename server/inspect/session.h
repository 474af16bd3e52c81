#pragma once

#include <optional>
#include <string>
#include <vector>

#include "inspect/inspection.h"
#include "store/db.h"

/// A working session with a unit: who was there and what was said, in order; and all SQL of it.
namespace inspect {

using WorkingSessionId = base::Id<struct WorkingSessionTag>;

struct SessionLine {
  std::string kind;  ///< "attendee", "statement", "question", "answer"
  std::string side;  ///< "team", "unit", "other"
  std::string speaker, title, text;
};

struct WorkingSession {
  WorkingSessionId id;
  InspectionId inspection;
  org::UnitId unit;
  base::Date on;
  std::string place, subject;
  std::vector<SessionLine> lines;
  std::int64_t revision = 1;
  std::string actor;
};

/// What its files belong to: "inspection_session:5".
std::string object_of(WorkingSessionId id);

/// "session.no_attendee"; "session.text_missing" for words that are none; "session.answer_first"
/// for an answer before any question.
base::Problems faults_of(const WorkingSession& session);

namespace session_store {

WorkingSessionId add(store::Tx& tx, const WorkingSession& session, const auth::Actor& actor,
                     base::Instant at);
/// False when someone saved a newer revision first.
[[nodiscard]] bool save(store::Tx& tx, const WorkingSession& session);
std::optional<WorkingSession> find(store::Tx& tx, WorkingSessionId id);
std::vector<WorkingSession> of_inspection(store::Tx& tx, InspectionId id);

}  // namespace session_store
}  // namespace inspect
