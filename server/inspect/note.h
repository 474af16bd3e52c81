#pragma once

#include <optional>
#include <string>
#include <vector>

#include "inspect/inspection.h"
#include "store/db.h"

/// What a member notes down: private until it is shared with the team; and all SQL of it.
namespace inspect {

using NoteId = base::Id<struct NoteTag>;

struct Note {
  NoteId id;
  InspectionId inspection;
  std::string text;
  bool is_shared = false;
  std::int64_t revision = 1;
  auth::AccountId account;
  std::string actor;
  base::Instant at;
};

namespace note_store {

NoteId add(store::Tx& tx, const Note& note);
[[nodiscard]] bool save(store::Tx& tx, const Note& note);
std::optional<Note> find(store::Tx& tx, NoteId id);
/// The reader's own and those shared, newest first.
std::vector<Note> readable(store::Tx& tx, InspectionId id, auth::AccountId reader);

}  // namespace note_store
}  // namespace inspect
