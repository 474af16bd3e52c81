#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/actor.h"
#include "base/date.h"
#include "base/id.h"
#include "base/result.h"
#include "direct/task.h"
#include "org/unit.h"
#include "petition/course.h"
#include "registry/document.h"

/// An obstacle or a recommendation that travels up, and the answer that comes back.
namespace petition {

using PetitionId = base::Id<struct PetitionTag>;
using PartId = base::Id<struct PetitionPartTag>;

enum class PetitionKind { obstacle, recommendation };
std::string_view name(PetitionKind kind);
std::optional<PetitionKind> petition_kind_named(std::string_view name);

/// What the answer says: it is settled; it will be done; why it is as it is; it will not be done.
enum class Outcome { none, settled, accepted, explained, declined };
std::string_view name(Outcome outcome);
std::optional<Outcome> outcome_named(std::string_view name);

/// A unit that raises it, in its own words where it joined or was merged.
struct Raiser {
  org::UnitId unit;
  base::Date since;
  std::string text;
  std::optional<PetitionId> origin;  ///< the petition it was merged from
  std::string actor;
};

/// What one body is asked. The holder answers for it, also while a body outside of the tree
/// (`body`) has it.
struct Part {
  PartId id;
  int position = 0;
  std::string portion;  ///< in words, when it is not all of it
  PartState state = PartState::held;
  org::UnitId holder;
  std::string body;
  std::optional<base::Date> sent_on;  ///< to the outside body
  base::Date received_on;
  int days = 0;
  base::Date due_on;
  int extended_days = 0;
  std::optional<base::Date> asked_on;
  std::optional<base::Date> answered_on;
  Outcome outcome = Outcome::none;
  std::string answer;
  std::optional<registry::DocumentId> document;
  std::optional<direct::TaskId> task;

  bool is_unanswered() const { return state <= PartState::returned; }
};

/// What the public may read of it.
struct PublicVersion {
  std::string title, question, answer;
  base::Date on;
};

struct Petition {
  PetitionId id;
  org::UnitId unit;  ///< who raised it first
  PetitionKind kind = PetitionKind::recommendation;
  std::string subject, title, text;
  State state = State::open;
  bool is_joinable = true;  ///< units under a holder are shown it while they type the same
  bool is_illustrative = false;
  std::optional<PetitionId> merged_into;
  base::Date raised_on;
  std::optional<base::Date> answered_on;
  std::optional<PublicVersion> opened;
  std::int64_t revision = 1;
  std::string actor;
  std::vector<Raiser> raisers;
  std::vector<Part> parts;

  Part* part(PartId asked);
  const Raiser* raiser(org::UnitId asked) const;
  /// Every unanswered part goes into the state: nobody waits for anything any more.
  void drop(PartState into);
  /// The state of the whole and the day it was answered, as the parts stand.
  void settle(base::Date day);
};

/// One act of the thread.
struct Step {
  std::int64_t id = 0;
  std::optional<PartId> part;
  std::string kind;  ///< "raised", "joined", "merged", "said", "public" or a deed's name
  org::UnitId unit;  ///< in whose name
  std::optional<org::UnitId> to;
  std::string body, text;
  base::Date on;
  std::string actor;
};

/// What its files belong to: "petition:5".
std::string object_of(PetitionId id);

/// Has the body held the part before, or does it now? `steps` are the petition's.
bool has_held(const std::vector<Step>& steps, const Part& part, org::UnitId unit,
              std::string_view body);
/// Who holds it once it is given back: the one it came from, or nobody ("returned").
struct GivenBack {
  std::optional<org::UnitId> to;
};
GivenBack giver_of(const std::vector<Step>& steps, const Part& part);

/// How alike two petitions are, 0..100: the greater of their titles' and their texts' likeness, in
/// either direction (report/sameness.h).
int alike(const std::string& title, const std::string& text, const std::string& other_title,
          const std::string& other_text);
inline constexpr int kAlike = 50;  ///< from here on it is shown while typing

/// May `merged` go into `kept`? "petition.merge_itself", "petition.merge_state" (args: the state),
/// "petition.merge_subject", "petition.merge_leaves_part" (args: who holds what would be left).
base::Problems faults_of_merge(const Petition& kept, const Petition& merged);

}  // namespace petition
