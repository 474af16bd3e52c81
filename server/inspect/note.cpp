#include "inspect/note.h"

namespace inspect::note_store {
namespace {

#define NOTE_COLUMNS                                                                 \
  "select id, inspection_id, text, is_shared, revision, account_id, actor, at from " \
  "inspection_note "

Note note_of(const store::Row& row) {
  return {row.id<NoteId>(0), row.id<InspectionId>(1),    row.string(2), row.integer(3) != 0,
          row.integer(4),    row.id<auth::AccountId>(5), row.string(6), row.instant(7)};
}

}  // namespace

NoteId add(store::Tx& tx, const Note& note) {
  static constexpr store::Sql kAdd{
      "inspection_note.add",
      "insert into inspection_note (inspection_id, text, is_shared, account_id, actor, at) values "
      "(:inspection, :text, :shared, :account, :actor, :at) returning id"};
  return {tx.integer(kAdd, {{"inspection", note.inspection},
                            {"text", note.text},
                            {"shared", note.is_shared ? 1 : 0},
                            {"account", note.account},
                            {"actor", note.actor},
                            {"at", note.at}})};
}

bool save(store::Tx& tx, const Note& note) {
  static constexpr store::Sql kSave{
      "inspection_note.save",
      "update inspection_note set text = :text, is_shared = :shared, revision = revision + 1 where "
      "id = :id and revision = :revision"};
  return tx.run(kSave, {{"text", note.text},
                        {"shared", note.is_shared ? 1 : 0},
                        {"id", note.id},
                        {"revision", note.revision}}) == 1;
}

std::optional<Note> find(store::Tx& tx, NoteId id) {
  static constexpr store::Sql kFind{"inspection_note.find", NOTE_COLUMNS "where id = :id"};
  return tx.one(kFind, {{"id", id}}, note_of);
}

std::vector<Note> readable(store::Tx& tx, InspectionId id, auth::AccountId reader) {
  static constexpr store::Sql kAll{"inspection_note.readable", NOTE_COLUMNS
                                   "where inspection_id = :id and (is_shared = 1 or account_id = "
                                   ":reader) order by id desc limit "
                                   "1000"};
  return tx.all(kAll, {{"id", id}, {"reader", reader}}, note_of);
}

}  // namespace inspect::note_store
