#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/actor.h"
#include "base/date.h"
#include "base/id.h"
#include "base/result.h"
#include "org/unit.h"
#include "store/db.h"

/// Who may answer what, dated: subject × level × body. And all SQL of it.
namespace petition {

using CompetenceId = base::Id<struct CompetenceTag>;

struct Subject {
  std::string code, name_vi, name_en;
};

/// A unit of the tree for those under it, or a body outside of the tree (`body`) that is reached
/// through the unit, which answers for it. `days` are working days.
struct Competence {
  CompetenceId id;
  std::string subject;
  std::string level;  ///< "commune", "district", "province", "centre": the nearest first
  org::UnitId unit;
  std::string body;
  int days = 15;
  std::string basis;
  base::Date from, to = base::kForever;
};

/// Whom a petition may be sent to. `is_named` is false for a superior where nobody is named for the
/// subject.
struct Proposal {
  org::UnitId unit;
  std::string body;
  std::string level;
  int days = 15;
  std::string basis;
  bool is_named = true;

  bool is_for(org::UnitId other, std::string_view other_body) const {
    return unit == other && body == other_body;
  }
};

/// Pure: the rows of the subject that hold on the day for a unit with these superiors (the nearest
/// first, without itself), the lowest level first and the nearest unit in it; where there is none,
/// the superiors themselves.
std::vector<Proposal> proposals(const std::vector<Competence>& rows,
                                const std::vector<org::UnitId>& superiors, base::Date day);
/// The days of the row; none when the body is not competent.
std::optional<int> days_for(const std::vector<Proposal>& proposals, org::UnitId unit,
                            std::string_view body);

namespace competence_store {

std::vector<Subject> subjects(store::Tx& tx);
bool is_subject(store::Tx& tx, std::string_view code);
CompetenceId add(store::Tx& tx, const Competence& row, const auth::Actor& actor, base::Instant at);
std::optional<Competence> find(store::Tx& tx, CompetenceId id);
void end(store::Tx& tx, CompetenceId id, base::Date on);
/// In force on the day, of a subject or, with none, of all; by subject, level and id.
std::vector<Competence> in_force(store::Tx& tx, std::string_view subject, base::Date day);
/// One that overlaps the span for the same subject, unit and body.
std::optional<Competence> overlapping(store::Tx& tx, const Competence& row);

}  // namespace competence_store

/// The proposals for a unit on a day.
std::vector<Proposal> proposals_for(store::Tx& tx, org::UnitId unit, std::string_view subject,
                                    base::Date day);

}  // namespace petition
