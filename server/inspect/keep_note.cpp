#include "inspect/change_inspection.h"

namespace inspect {

using base::ProblemKind;

base::Result<NoteId> write_note(store::Tx& tx, const auth::Actor& actor, Now now,
                                InspectionId inspection, const std::string& text, bool is_shared) {
  ASSIGN_OR_RETURN(const Inspection seen, may_do(tx, actor, now.day, inspection, Deed::note));
  Note made;
  made.inspection = inspection;
  made.text = text;
  made.is_shared = is_shared;
  made.account = actor.account();
  made.actor = actor.name();
  made.at = now.at;
  const NoteId id = note_store::add(tx, made);
  record(tx, actor, now, seen, "noted");
  return id;
}

base::Result<void> rewrite_note(store::Tx& tx, const auth::Actor& actor, Now now,
                                InspectionId inspection, NoteId note, std::int64_t revision,
                                const std::string& text, bool is_shared) {
  ASSIGN_OR_RETURN(const Inspection seen, may_do(tx, actor, now.day, inspection, Deed::note));
  auto kept = note_store::find(tx, note);
  const bool is_own = kept && kept->inspection == inspection && kept->account == actor.account();
  if (!is_own) {
    const bool is_read = kept && kept->inspection == inspection && kept->is_shared;
    if (is_read) return base::refuse(ProblemKind::forbidden, "authority.not_yours");
    return base::refuse(ProblemKind::not_found, "note.not_found");
  }
  if (kept->is_shared && !is_shared)
    return base::refuse(ProblemKind::conflict, "note.shared_already", "/is_shared");
  const std::int64_t newest = kept->revision;
  kept->revision = revision;
  kept->text = text;
  kept->is_shared = is_shared;
  if (!note_store::save(tx, *kept)) {
    return base::refuse(ProblemKind::changed, "note.changed", "",
                        {std::to_string(revision), std::to_string(newest)});
  }
  record(tx, actor, now, seen, is_shared ? "note_shared" : "note_written");
  return {};
}

}  // namespace inspect
