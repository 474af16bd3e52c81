#pragma once

#include <optional>
#include <string>

#include "auth/actor.h"
#include "base/result.h"
#include "office/picture.h"
#include "publish/bulletin.h"
#include "publish/open_map.h"
#include "publish/opening.h"
#include "report/service.h"
#include "store/db.h"

/// The acts of this folder: each is called inside one write transaction and leaves one journal
/// leaf; it changes nothing when it refuses.
namespace publish {

using report::Now;

/// An act on a bulletin: `revision` is the one the sender saw.
struct OnBulletin {
  BulletinId bulletin;
  std::int64_t revision = 0;
};

/// What somebody wrote, held against the publications it speaks of: their frozen texts may be
/// large and never change, so this is done in a read transaction before the act. `problems` tells
/// "bulletin.figure_unpublished" (no such publication in sight, or none of its totals) and
/// "bulletin.source_unknown".
struct WrittenBulletin {
  Bulletin bulletin;
  base::Problems problems;
};
WrittenBulletin bound(store::Tx& tx, const auth::Actor& actor, base::Date day, Bulletin asked);

/// Of `asked` only what is written counts: title, lead, day, category, source, body, figures.
/// Refuses, all at once, what `faults_of_words` names and what was found when it was bound.
base::Result<BulletinId> create_bulletin(store::Tx& tx, const auth::Actor& actor, Now now,
                                         const WrittenBulletin& asked);
base::Result<void> replace_bulletin(store::Tx& tx, const auth::Actor& actor, Now now, OnBulletin on,
                                    const WrittenBulletin& asked);

/// A picture that was checked before the transaction began (office/picture.h). Besides
/// `faults_of_picture`: "picture.too_many" (args: how many).
struct AskedPicture {
  std::string caption, alternative;
  office::CheckedPicture made;
};
base::Result<void> add_picture(store::Tx& tx, const auth::Actor& actor, Now now, OnBulletin on,
                               const AskedPicture& asked);
/// "picture.not_found".
base::Result<void> word_picture(store::Tx& tx, const auth::Actor& actor, Now now, OnBulletin on,
                                PictureId picture, const std::string& caption,
                                const std::string& alternative);
base::Result<void> remove_picture(store::Tx& tx, const auth::Actor& actor, Now now, OnBulletin on,
                                  PictureId picture);

/// Refuses what `lacking` names.
base::Result<void> submit_bulletin(store::Tx& tx, const auth::Actor& actor, Now now, OnBulletin on);
/// "bulletin.remark" (short) when someone else's is sent back.
base::Result<void> send_back_bulletin(store::Tx& tx, const auth::Actor& actor, Now now,
                                      OnBulletin on, const std::string& remark);
/// Opens it to everybody, at once or from a moment on, by someone who did not write it:
/// "bulletin.own_review", "bulletin.moment_past", "bulletin.moment_far" (a year).
base::Result<void> publish_bulletin(store::Tx& tx, const auth::Actor& actor, Now now, OnBulletin on,
                                    const std::optional<base::Instant>& from);
/// "bulletin.reason" (short). Its old address tells who closed it, when and why, if it was ever
/// open.
base::Result<void> withdraw_bulletin(store::Tx& tx, const auth::Actor& actor, Now now,
                                     OnBulletin on, const std::string& reason);
base::Result<void> redraft_bulletin(store::Tx& tx, const auth::Actor& actor, Now now,
                                    OnBulletin on);

/// What would be told of a publication in the actor's sight; read before the act, as above.
/// "publication.not_found".
struct OpenContent {
  report::PublicationId publication;
  std::string text;
  OpenMap map;  ///< of the tree's day; empty where boundaries are not known
};
base::Result<OpenContent> open_content(store::Tx& tx, const auth::Actor& actor, base::Date day,
                                       report::PublicationId id);
/// Opens a publication's totals to everybody, by who decides for its unit. "publication.not_found",
/// "opening.superseded" (args: the newer one), "opening.is_open".
base::Result<void> open_publication(store::Tx& tx, const auth::Actor& actor, Now now,
                                    const OpenContent& content);
/// "opening.not_open", "opening.reason" (short).
base::Result<void> close_publication(store::Tx& tx, const auth::Actor& actor, Now now,
                                     report::PublicationId id, const std::string& reason);

}  // namespace publish
