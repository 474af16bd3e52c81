#pragma once

#include <optional>
#include <string>
#include <vector>

#include "auth/actor.h"
#include "base/result.h"
#include "direct/follow_task.h"
#include "petition/competence.h"
#include "petition/petition.h"
#include "report/service.h"
#include "store/db.h"

/// The acts of this folder: each is called inside one write transaction and leaves one journal
/// leaf; it changes nothing when it refuses.
namespace petition {

using report::Now;

/// An act on a petition or one of its parts: `revision` is the petition's that the sender saw.
struct OnPetition {
  PetitionId petition;
  std::int64_t revision = 0;
};
struct OnPart {
  OnPetition on;
  PartId part;
};

/// By who defines what all units share. "competence.subject_unknown", "competence.unit_unknown",
/// "competence.overlaps" (args: from, to).
base::Result<CompetenceId> define_competence(store::Tx& tx, const auth::Actor& actor, Now now,
                                             const Competence& row);
/// "competence.not_found", "competence.end" for a day that is not in its span.
base::Result<void> end_competence(store::Tx& tx, const auth::Actor& actor, Now now, CompetenceId id,
                                  base::Date on);

/// Whom it is addressed to: each gets a part of its own.
struct Addressee {
  org::UnitId unit;
  std::string body;     ///< outside of the tree, reached through the unit
  std::string portion;  ///< what it is asked, when it is not all
};
struct AskedPetition {
  org::UnitId unit;
  PetitionKind kind = PetitionKind::recommendation;
  std::string subject, title, text;
  std::vector<Addressee> addressees;
  bool is_joinable = true;
  bool is_illustrative = false;
};
/// By who may enter for the unit. All at once: "petition.subject_unknown", "petition.no_addressee",
/// "petition.addressee_twice", "petition.not_competent" (args: who is asked, who is competent).
base::Result<PetitionId> raise_petition(store::Tx& tx, const auth::Actor& actor, Now now,
                                        const AskedPetition& asked);
/// Another unit raises the same: "petition.raised_already", "petition.closed" (withdrawn or
/// merged).
base::Result<void> join_petition(store::Tx& tx, const auth::Actor& actor, Now now, PetitionId id,
                                 org::UnitId unit, const std::string& text);
/// Puts it into another: every raiser goes along and gets that one's answers. By who decides for
/// every body that holds a part of either, or for a unit that raised the other and is above all who
/// raised this one. What `faults_of_merge` names; "authority.not_yours".
base::Result<void> merge_petition(store::Tx& tx, const auth::Actor& actor, Now now, OnPetition on,
                                  PetitionId into);
/// A word in the thread, by who raised, holds or held it; also after the answer.
base::Result<void> say(store::Tx& tx, const auth::Actor& actor, Now now, PetitionId id,
                       const std::string& text);
base::Result<void> attach_to_petition(store::Tx& tx, const auth::Actor& actor, Now now,
                                      PetitionId id, const direct::AskedFile& file);
/// By who raised it alone: "petition.others_joined".
base::Result<void> withdraw_petition(store::Tx& tx, const auth::Actor& actor, Now now,
                                     OnPetition on, const std::string& reason);

/// To the body that is competent; of a portion, the rest stays and a new part goes.
/// "petition.not_competent" (args: who is asked, who is competent), "petition.circular" (had it
/// before), "petition.holds_it".
base::Result<void> forward_part(store::Tx& tx, const auth::Actor& actor, Now now, OnPart on,
                                const Addressee& to, const std::string& text);
/// To a body outside of the tree; the holder goes on answering for it. "petition.dispatch_day".
base::Result<void> dispatch_part(store::Tx& tx, const auth::Actor& actor, Now now, OnPart on,
                                 const std::string& body, base::Date day, const std::string& text);
/// As not competent: to whom it came from, and from the first holder to who raised it.
base::Result<void> give_back_part(store::Tx& tx, const auth::Actor& actor, Now now, OnPart on,
                                  const std::string& reason);
/// Asks who raised it for more; the clock stands still until one of them supplies it.
base::Result<void> question_part(store::Tx& tx, const auth::Actor& actor, Now now, OnPart on,
                                 const std::string& text);
base::Result<void> supply_part(store::Tx& tx, const auth::Actor& actor, Now now, OnPart on,
                               const std::string& text);
/// Once, by at most the days it had: "petition.extended", "petition.extension_too_long" (args).
base::Result<void> extend_part(store::Tx& tx, const auth::Actor& actor, Now now, OnPart on,
                               int days, const std::string& reason);
/// After it came back. Refuses what forwarding does.
base::Result<void> route_part(store::Tx& tx, const auth::Actor& actor, Now now, OnPart on,
                              const Addressee& to, const std::string& text);
/// "petition.answered", "document.not_found".
base::Result<void> answer_part(store::Tx& tx, const auth::Actor& actor, Now now, OnPart on,
                               Outcome outcome, const std::string& text,
                               const std::optional<registry::DocumentId>& document);
/// The answer becomes a task of the holder: "petition.task_made", and what a task refuses.
base::Result<void> make_task(store::Tx& tx, const auth::Actor& actor, Now now, OnPart on,
                             direct::Task task);

/// What the public may read, by who answered: "petition.unanswered"; none closes it again:
/// "petition.not_public".
base::Result<void> open_to_public(store::Tx& tx, const auth::Actor& actor, Now now, OnPetition on,
                                  const std::optional<PublicVersion>& version);

}  // namespace petition
